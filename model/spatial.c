#include "model/spatial.h"

#include "model/alloc.h"
#include "model/error.h"

#include <assert.h>

pulang_spatial *pulang_spatial_new(const pulang_spatial_size *size) {
    pulang_spatial *s = pulang_alloc(1, sizeof *s);
    if (!s)
        return NULL;
    size_t places = (size_t)size->n_places, posts = (size_t)size->n_posts, classes = (size_t)size->n_classes;
    size_t fits = (size_t)size->n_occupations * (size_t)size->n_roles;
    s->size = *size;
    s->x = pulang_alloc(places, sizeof *s->x);
    s->y = pulang_alloc(places, sizeof *s->y);
    s->z = pulang_alloc(places, sizeof *s->z);
    s->post_place = pulang_alloc(posts, sizeof *s->post_place);
    s->post_role = pulang_alloc(posts, sizeof *s->post_role);
    s->lower = pulang_alloc(posts, sizeof *s->lower);
    s->upper = pulang_alloc(posts, sizeof *s->upper);
    s->class_place = pulang_alloc(classes, sizeof *s->class_place);
    s->class_occupation = pulang_alloc(classes, sizeof *s->class_occupation);
    s->supply = pulang_alloc(classes, sizeof *s->supply);
    s->fit = pulang_alloc(fits, sizeof *s->fit);
    s->bends = pulang_alloc((size_t)size->n_bends, sizeof *s->bends);
    if (!s->x || !s->y || !s->z || !s->post_place || !s->post_role || !s->lower || !s->upper ||
        !s->class_place || !s->class_occupation || !s->supply || !s->fit || !s->bends) {
        pulang_spatial_free(s);
        return NULL;
    }
    for (size_t i = 0; i < fits; i++)
        s->fit[i] = PULANG_FORBIDDEN;
    return s;
}

void pulang_spatial_free(pulang_spatial *s) {
    if (!s)
        return;
    void *parts[] = {s->x,     s->y,     s->z,           s->post_place,       s->post_role,
                     s->lower, s->upper, s->class_place, s->class_occupation, s->supply,
                     s->fit,   s->bends, s->curve};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_free(s);
}

pulang_status pulang_spatial_bend(pulang_spatial *s, pulang_error *error) {
    const pulang_bend *bends = s->bends;
    int last = s->size.n_bends - 1, at = 0;
    int n = bends[last].metres / PULANG_SPATIAL_STEP + 2;
    int32_t *curve = pulang_alloc((size_t)n, sizeof *curve);
    if (!curve)
        return pulang_fail_memory(error);
    for (int i = 0; i < n; i++) {
        int64_t metres = (int64_t)i * PULANG_SPATIAL_STEP;
        while (at < last && bends[at + 1].metres <= metres)
            at++;
        curve[i] = bends[at].cost;
        if (at < last)
            curve[i] += (int32_t)((metres - bends[at].metres) * (bends[at + 1].cost - bends[at].cost) /
                                  (bends[at + 1].metres - bends[at].metres));
        assert(i == 0 || curve[i] >= curve[i - 1]);
    }
    pulang_free(s->curve);
    s->curve = curve;
    s->n_steps = n;
    return PULANG_OK;
}

static double radians(double degrees) {
    return degrees * (3.14159265358979323846 / 180);
}

void pulang_spatial_point(double lat, double lon, int32_t *x, int32_t *y, int32_t *z) {
    double around = cos(radians(lat));
    *x = (int32_t)lround(PULANG_EARTH_METRES * (around * cos(radians(lon))));
    *y = (int32_t)lround(PULANG_EARTH_METRES * (around * sin(radians(lon))));
    *z = (int32_t)lround(PULANG_EARTH_METRES * sin(radians(lat)));
}

int64_t pulang_spatial_cost(const pulang_spatial *s, int class, int post) {
    int a = s->class_place[class], b = s->post_place[post];
    int64_t fit = s->fit[s->class_occupation[class] * s->size.n_roles + s->post_role[post]];
    if (fit == PULANG_FORBIDDEN)
        return PULANG_FORBIDDEN;
    double squared = pulang_spatial_squared(s->x[a] - s->x[b], s->y[a] - s->y[b], s->z[a] - s->z[b]);
    return fit + pulang_spatial_curve(s, squared);
}

static int64_t cost_of(const void *user, int row, int post) {
    return pulang_spatial_cost(user, row, post);
}

void pulang_spatial_transport(const pulang_spatial *s, pulang_transport *problem) {
    int64_t least = INT64_MAX, largest = INT64_MIN;
    for (int i = 0; i < s->size.n_occupations * s->size.n_roles; i++)
        if (s->fit[i] != PULANG_FORBIDDEN) {
            least = s->fit[i] < least ? s->fit[i] : least;
            largest = s->fit[i] > largest ? s->fit[i] : largest;
        }
    bool any = least <= largest;
    *problem = (pulang_transport){.n_rows = s->size.n_classes,
                                  .supply = s->supply,
                                  .n_posts = s->size.n_posts,
                                  .n_nodes = s->size.n_posts,
                                  .lower = s->lower,
                                  .upper = s->upper,
                                  .costs = {.cost = cost_of,
                                            .user = s,
                                            .least = any ? least + s->curve[0] : 0,
                                            .largest = any ? largest + s->curve[s->n_steps - 1] : 0}};
}
