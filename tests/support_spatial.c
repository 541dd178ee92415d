#include "tests/support_spatial.h"

#include <assert.h>
#include <stdlib.h>

typedef enum spread { GLOBE, POLE, ANTIMERIDIAN, POINT, LINE, N_SPREADS } spread;

static void draw_places(test_random *random, pulang_spatial *s) {
    spread kind = (spread)test_random_range(random, 0, N_SPREADS - 1);
    for (int i = 0; i < s->size.n_places; i++) {
        double lat = test_random_range(random, -90000, 90000) / 1000.0;
        double lon = test_random_range(random, -180000, 180000) / 1000.0;
        if (kind == POLE)
            lat = 90 - test_random_range(random, 0, 1000) / 1000.0;
        else if (kind == ANTIMERIDIAN)
            lat /= 50, lon = (lon < 0 ? -180 : 180) - lon / 100;
        else if (kind == POINT)
            lat = -1.25, lon = 112.4;
        else if (kind == LINE)
            lat = 0, lon = i / 100.0;
        pulang_spatial_point(lat, lon, &s->x[i], &s->y[i], &s->z[i]);
    }
}

static void draw_curve(test_random *random, pulang_spatial *s) {
    int metres = 0, cost = test_random_range(random, 0, 50), steep = test_random_range(random, 0, 3);
    for (int i = 0; i < s->size.n_bends; i++) {
        s->bends[i] = (pulang_bend){metres, cost};
        metres += test_random_range(random, 1, steep == 1 ? 1000 : 2000000);
        cost += steep == 0 ? 0 : test_random_range(random, 0, 1000);
    }
    if (pulang_spatial_bend(s, NULL) != PULANG_OK)
        abort();
}

/* Seats for everybody, where enough of them fit. */
static void draw_people(test_random *random, pulang_spatial *s) {
    int persons = 0;
    for (int c = 0; c < s->size.n_classes; c++) {
        s->class_place[c] = test_random_range(random, 0, s->size.n_places - 1);
        s->class_occupation[c] = test_random_range(random, 0, s->size.n_occupations - 1);
        s->supply[c] = test_random_range(random, 0, 3);
        persons += s->supply[c];
    }
    int share = persons / s->size.n_posts + 1;
    for (int j = 0; j < s->size.n_posts; j++) {
        s->post_place[j] = test_random_range(random, 0, s->size.n_places - 1);
        s->post_role[j] = test_random_range(random, 0, s->size.n_roles - 1);
        s->upper[j] = test_random_range(random, share, 2 * share);
        s->lower[j] = test_random_range(random, 0, 3) == 0 ? test_random_range(random, 0, share / 2) : 0;
    }
}

pulang_spatial *test_spatial_random(uint64_t seed, int max_places) {
    test_random random = {seed};
    int n = test_random_range(&random, 1, max_places);
    pulang_spatial_size size = {.n_places = n,
                                .n_posts = test_random_range(&random, 1, 3 * n),
                                .n_classes = test_random_range(&random, 1, 3 * n),
                                .n_roles = test_random_range(&random, 1, 3),
                                .n_occupations = test_random_range(&random, 1, 4),
                                .n_bends = test_random_range(&random, 1, 6)};
    pulang_spatial *s = pulang_spatial_new(&size);
    if (!s)
        abort();
    draw_places(&random, s);
    draw_curve(&random, s);
    draw_people(&random, s);
    int forbidden = test_random_range(&random, 0, 4);
    for (int i = 0; i < size.n_occupations * size.n_roles; i++)
        if (test_random_range(&random, 0, 9) >= forbidden)
            s->fit[i] = test_random_range(&random, -300, 300);
    return s;
}

int64_t *test_spatial_matrix(const pulang_spatial *s, pulang_transport *problem) {
    size_t n = (size_t)s->size.n_classes, m = (size_t)s->size.n_posts;
    int64_t *costs = malloc(n * m * sizeof *costs);
    if (!costs)
        abort();
    for (size_t i = 0; i < n * m; i++)
        costs[i] = pulang_spatial_cost(s, (int)(i / m), (int)(i % m));
    pulang_spatial_transport(s, problem);
    problem->costs = (pulang_cost_source){.dense64 = costs};
    return costs;
}
