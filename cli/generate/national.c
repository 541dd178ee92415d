#include "cli/generate/national.h"

#include "cli/command.h"
#include "cli/number.h"
#include "io/write_sphere.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <stdio.h>

/* Of the whole program for a village: staff, and companions of its cooperative. */
enum { N_ROLES = 2, SEATS = 13, LEAST_SEATS = 10 };
static const struct { int lower, upper; } roles[N_ROLES] = {{8, 10}, {2, 3}};

/* Shares of 100 persons, and what it costs to have them in a role, in ten-thousandths of a person who stays;
   -1: not eligible. Assumptions, as in the other generators. */
typedef struct occupation {
    const char *name;
    int share, fit[N_ROLES];
} occupation;
static const occupation occupations[] = {
    {"administrator", 22, {0, 1500}}, {"teacher", 20, {600, -1}},          {"nurse", 10, {800, -1}},
    {"midwife", 8, {900, -1}},        {"farming adviser", 10, {400, 800}}, {"accountant", 10, {900, 200}},
    {"technician", 12, {300, 1200}},  {"cooperative manager", 8, {-1, 0}},
};
enum { N_OCCUPATIONS = sizeof occupations / sizeof *occupations };

/* Expected loss of retention by the distance from home, in ten-thousandths: the default curve of
   docs/model.md, and beyond it half a ten-thousandth for each kilometre, so that nothing farther is as good
   as what is nearer. */
static const pulang_bend curve[] = {{0, 500},       {10000, 1000},  {30000, 2000},   {60000, 3200},
                                    {120000, 4800}, {250000, 6000}, {1000000, 7000}, {12742000, 12871}};
enum { N_BENDS = sizeof curve / sizeof *curve };

typedef struct national_draft {
    const char *villages, *regencies, *out;
    int persons, places, seed; /* 0: not given (seed: always) */
    draw_state random;
    national_map map;
    int *supply; /* [villages * N_OCCUPATIONS] */
} national_draft;

enum { KEY_VILLAGES = 256, KEY_REGENCIES, KEY_PERSONS, KEY_PLACES, KEY_SEED };

static const struct argp_option options[] = {
    {"villages", KEY_VILLAGES, "FILE", 0,
     N_("the villages: a CSV file with code, lat and lon (default: drawn)"), 0},
    {"regencies", KEY_REGENCIES, "FILE", 0,
     N_("their regencies: a CSV file with code and pop_total, the population (default: all villages count "
        "alike)"),
     0},
    {"places", KEY_PLACES, "N", 0, N_("only N of the villages, drawn"), 0},
    {"persons", KEY_PERSONS, "N", 0, N_("persons, 10 to 13 for each village (default: 13, as many as seats)"),
     0},
    {"seed", KEY_SEED, "S", 0, N_("seed of the random numbers, 0 .. 2147483647 (default: 1)"), 0},
    {"output", 'o', "FILE", 0, N_("write FILE"), 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state) {
    national_draft *draft = state->input;
    switch (key) {
    case KEY_VILLAGES:
        draft->villages = argument;
        return 0;
    case KEY_REGENCIES:
        draft->regencies = argument;
        return 0;
    case KEY_PLACES:
        draft->places = number_argument(argument, 1, 10000000, "places", state);
        return 0;
    case KEY_PERSONS:
        draft->persons = number_argument(argument, 1, 100000000, "persons", state);
        return 0;
    case KEY_SEED:
        draft->seed = number_argument(argument, 0, 2147483647, "seed", state);
        return 0;
    case 'o':
        draft->out = argument;
        return 0;
    case ARGP_KEY_SUCCESS:
        if (!draft->out)
            argp_error(state, "%s", _("which file to write? Give it with -o"));
        if (draft->regencies && !draft->villages)
            argp_error(state, "%s", _("regencies are of use with villages only"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static pulang_status read_map(national_draft *draft, pulang_error *error) {
    national_map *map = &draft->map;
    if (!draft->villages)
        return national_map_draw(&draft->random, map) ? pulang_fail_memory(error) : PULANG_OK;
    return national_map_read(draft->villages, draft->regencies, map, error);
}

/* Keeps `places` of the villages, all choices alike (Knuth's selection sampling). */
static void sample(national_draft *draft) {
    national_map *map = &draft->map;
    int kept = 0;
    for (int i = 0; i < map->n_villages; i++)
        if (draw_range(&draft->random, 1, map->n_villages - i) <= draft->places - kept)
            map->villages[kept++] = map->villages[i];
    map->n_villages = kept;
}

static pulang_status check_size(national_draft *draft, pulang_error *error) {
    int n = draft->map.n_villages;
    if (draft->places > n)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("there are only %d villages"), n);
    n = draft->places ? draft->places : n;
    if (n > INT32_MAX / SEATS / N_OCCUPATIONS)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("%d villages are too many"), n);
    if (!draft->persons)
        draft->persons = SEATS * n;
    if (draft->persons < LEAST_SEATS * n || draft->persons > SEATS * n)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("%d villages take %d to %d persons, not %d"), n,
                           LEAST_SEATS * n, SEATS * n, draft->persons);
    return PULANG_OK;
}

/* The first village at which the sum of the weights is above `at`. */
static int find_village(const int64_t *sums, int n, int64_t at) {
    int low = 0, high = n - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (sums[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Draws where each person comes from, and what he or she is. */
static int draw_persons(national_draft *draft) {
    const national_map *map = &draft->map;
    int64_t *sums = pulang_alloc((size_t)map->n_villages, sizeof *sums), sum = 0;
    draft->supply = pulang_alloc((size_t)map->n_villages * N_OCCUPATIONS, sizeof *draft->supply);
    int share[N_OCCUPATIONS];
    for (int o = 0; o < N_OCCUPATIONS; o++)
        share[o] = occupations[o].share;
    if (sums && draft->supply) {
        for (int i = 0; i < map->n_villages; i++)
            sums[i] = sum += map->villages[i].weight + 1; /* nowhere is quite empty */
        for (int p = 0; p < draft->persons; p++) {
            int64_t at = (int64_t)(draw_next(&draft->random) % (uint64_t)sum);
            int village = find_village(sums, map->n_villages, at);
            draft->supply[village * N_OCCUPATIONS + draw_weighted(&draft->random, share, N_OCCUPATIONS)]++;
        }
    }
    pulang_free(sums);
    return sums && draft->supply ? 0 : -1;
}

static void fill_posts(const national_draft *draft, pulang_spatial *s) {
    for (int j = 0; j < s->size.n_posts; j++) {
        s->post_place[j] = j / N_ROLES;
        s->post_role[j] = j % N_ROLES;
        s->lower[j] = roles[j % N_ROLES].lower;
        s->upper[j] = roles[j % N_ROLES].upper;
    }
    for (int i = 0; i < draft->map.n_villages; i++)
        pulang_spatial_point(draft->map.villages[i].lat, draft->map.villages[i].lon, &s->x[i], &s->y[i],
                             &s->z[i]);
}

static void fill_classes(const national_draft *draft, pulang_spatial *s) {
    int class = 0;
    for (int i = 0; i < N_OCCUPATIONS * draft->map.n_villages; i++)
        if (draft->supply[i] > 0) {
            s->class_place[class] = i / N_OCCUPATIONS;
            s->class_occupation[class] = i % N_OCCUPATIONS;
            s->supply[class ++] = draft->supply[i];
        }
    for (int i = 0; i < N_OCCUPATIONS * N_ROLES; i++)
        if (occupations[i / N_ROLES].fit[i % N_ROLES] >= 0)
            s->fit[i] = occupations[i / N_ROLES].fit[i % N_ROLES];
    for (int i = 0; i < N_BENDS; i++)
        s->bends[i] = curve[i];
}

static pulang_status write_draft(const national_draft *draft, pulang_error *error) {
    int n = draft->map.n_villages;
    pulang_spatial_size size = {.n_places = n,
                                .n_posts = N_ROLES * n,
                                .n_roles = N_ROLES,
                                .n_occupations = N_OCCUPATIONS,
                                .n_bends = N_BENDS};
    for (int i = 0; i < N_OCCUPATIONS * n; i++)
        size.n_classes += draft->supply[i] > 0;
    pulang_spatial *spatial = pulang_spatial_new(&size);
    if (!spatial)
        return pulang_fail_memory(error);
    fill_posts(draft, spatial);
    fill_classes(draft, spatial);
    char comment[128];
    snprintf(comment, sizeof comment, "pulang generate national: %d villages, %d persons, seed %d", n,
             draft->persons, draft->seed);
    pulang_status status = pulang_sphere_write(draft->out, comment, spatial, error);
    pulang_spatial_free(spatial);
    return status;
}

static pulang_status generate(national_draft *draft, pulang_error *error) {
    draft->random.state = (uint64_t)draft->seed;
    pulang_status status = read_map(draft, error);
    if (status == PULANG_OK)
        status = check_size(draft, error);
    if (status != PULANG_OK)
        return status;
    if (national_map_settle(&draft->random, &draft->map))
        return pulang_fail_memory(error);
    if (draft->places)
        sample(draft);
    return draw_persons(draft) ? pulang_fail_memory(error) : write_draft(draft, error);
}

int generate_national(int argc, char **argv) {
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .doc = N_(
            "Makes the whole country as one transportation problem, as a .sphere file for pulang bench: "
            "every "
            "village has ten seats for staff, eight of which must be filled, and three for companions of its "
            "cooperative, two of which must be; people of eight occupations come from villages by their "
            "population, and cost what is expected to be lost by the distance from home. Without files the "
            "83,762 villages are drawn, scattered over the provinces as they are in the country.\v"
            "  pulang generate national -o country.sphere\n"
            "  pulang generate national --places 200 --seed 7 -o small.sphere\n"
            "  pulang bench small.sphere"),
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    national_draft draft = {.seed = 1};
    pulang_error error;
    argp_parse(&argp, argc, argv, 0, NULL, &draft);
    pulang_status status = generate(&draft, &error);
    national_map_clear(&draft.map);
    pulang_free(draft.supply);
    return status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
}
