#include "cli/generate/knet.h"

#include "cli/command.h"
#include "cli/generate/draw.h"
#include "cli/number.h"
#include "io/write_knet.h"
#include "model/alloc.h"
#include "model/error.h"

#include <argp.h>
#include <math.h>
#include <string.h>

enum { N_CLUSTERS = 12, N_TIES = 5 };

typedef struct point {
    int x, y;
} point;

typedef struct knet_draft {
    draw_state random;
    const char *out;
    int kind, persons, posts, seed, max_cost; /* posts, max_cost 0: not given */
    int lower_percent;                        /* -1: as the kind has it */
    int32_t *lower, *upper, *cost;            /* [posts]; cost: of one row */
    point center[N_CLUSTERS], *place;         /* clustered; place: [posts] */
} knet_draft;

/* Sum of the seats, lower bounds as a share of the upper ones, and how a row of costs is drawn. */
typedef struct knet_kind {
    const char *name;
    int seats_percent, lower_percent; /* of the persons; of the post's seats */
    bool square;                      /* a seat each, as many posts as persons */
    int max_cost;
    void (*draw_row)(knet_draft *draft);
} knet_kind;

static void draw_uniform(knet_draft *draft) {
    for (int j = 0; j < draft->posts; j++)
        draft->cost[j] = draw_range(&draft->random, 1, draft->max_cost);
}

/* One of few costs. */
static void draw_ties(knet_draft *draft) {
    int step = draft->max_cost > N_TIES ? draft->max_cost / N_TIES : 1;
    for (int j = 0; j < draft->posts; j++)
        draft->cost[j] = step * draw_range(&draft->random, 1, N_TIES);
}

/* Near the center of some cluster, in a square whose diagonal is below the largest cost. */
static point draw_point(knet_draft *draft) {
    int side = (int)((int64_t)draft->max_cost * 7 / 10), spread = side / 8;
    const point *center = &draft->center[draw_range(&draft->random, 0, N_CLUSTERS - 1)];
    point p = {center->x + draw_bell(&draft->random, -spread, spread),
               center->y + draw_bell(&draft->random, -spread, spread)};
    p.x = p.x < 0 ? 0 : p.x > side ? side : p.x;
    p.y = p.y < 0 ? 0 : p.y > side ? side : p.y;
    return p;
}

/* Distances in the plane. */
static void draw_clustered(knet_draft *draft) {
    point home = draw_point(draft);
    for (int j = 0; j < draft->posts; j++) {
        double x = home.x - draft->place[j].x, y = home.y - draft->place[j].y;
        draft->cost[j] = (int32_t)sqrt(x * x + y * y);
    }
}

static const knet_kind kinds[] = {
    {"A", 105, 0, false, 10000, draw_uniform},          {"B", 105, 80, false, 10000, draw_uniform},
    {"C", 100, 0, true, 10000, draw_uniform},           {"clustered", 105, 0, false, 10000, draw_clustered},
    {"ties", 105, 0, false, 10000, draw_ties},          {"degenerate", 100, 0, false, 10000, draw_uniform},
    {"range", 105, 0, false, 1000000000, draw_uniform},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

enum { KEY_KIND = 256, KEY_PERSONS, KEY_POSTS, KEY_SEED, KEY_MAX_COST, KEY_LOWER };

static const struct argp_option options[] = {
    {"kind", KEY_KIND, "K", 0, N_("A, B, C, clustered, ties, degenerate or range (default: A)"), 0},
    {"persons", KEY_PERSONS, "N", 0, N_("persons, 1 .. 10000000 (default: 1000)"), 0},
    {"posts", KEY_POSTS, "M", 0, N_("posts, 1 .. 10000000 (default: 100; kind C has one for each person)"),
     0},
    {"seed", KEY_SEED, "S", 0, N_("seed of the random numbers, 0 .. 2147483647 (default: 1)"), 0},
    {"max-cost", KEY_MAX_COST, "C", 0,
     N_("largest cost, 1 .. 2147483647 (default: 10000; range: 1000000000)"), 0},
    {"lower", KEY_LOWER, "PERCENT", 0,
     N_("part of a post's seats that must be filled, 0 .. 95 (default: B: 80, others: 0)"), 0},
    {"output", 'o', "FILE", 0, N_("write FILE"), 0},
    {0},
};

static int kind_argument(const char *name, struct argp_state *state) {
    for (int i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return i;
    argp_error(state, _("unknown kind %s: there are A, B, C, clustered, ties, degenerate and range"), name);
    return 0;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
    knet_draft *draft = state->input;
    switch (key) {
    case KEY_KIND:
        draft->kind = kind_argument(argument, state);
        return 0;
    case KEY_PERSONS:
        draft->persons = number_argument(argument, 1, 10000000, "persons", state);
        return 0;
    case KEY_POSTS:
        draft->posts = number_argument(argument, 1, 10000000, "posts", state);
        return 0;
    case KEY_SEED:
        draft->seed = number_argument(argument, 0, 2147483647, "seed", state);
        return 0;
    case KEY_MAX_COST:
        draft->max_cost = number_argument(argument, 1, 2147483647, "max-cost", state);
        return 0;
    case KEY_LOWER:
        draft->lower_percent = number_argument(argument, 0, 95, "lower", state);
        return 0;
    case 'o':
        draft->out = argument;
        return 0;
    case ARGP_KEY_SUCCESS:
        if (!draft->out)
            argp_error(state, "%s", _("which file to write? Give it with -o"));
        if (kinds[draft->kind].square && draft->posts && draft->posts != draft->persons)
            argp_error(state, "%s", _("kind C has as many posts as persons"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Seats are dealt out one by one. */
static void deal_seats(knet_draft *draft) {
    const knet_kind *kind = &kinds[draft->kind];
    int lower_percent = draft->lower_percent < 0 ? kind->lower_percent : draft->lower_percent;
    int64_t seats = (int64_t)draft->persons * kind->seats_percent / 100;
    for (int64_t i = 0; i < seats; i++)
        draft->upper[kind->square ? i : draw_range(&draft->random, 0, draft->posts - 1)]++;
    for (int j = 0; j < draft->posts; j++)
        draft->lower[j] = (int32_t)((int64_t)draft->upper[j] * lower_percent / 100);
}

static void scatter(knet_draft *draft) {
    int side = (int)((int64_t)draft->max_cost * 7 / 10);
    for (int i = 0; i < N_CLUSTERS; i++) {
        draft->center[i].x = draw_range(&draft->random, 0, side);
        draft->center[i].y = draw_range(&draft->random, 0, side);
    }
    for (int j = 0; j < draft->posts; j++)
        draft->place[j] = draw_point(draft);
}

static pulang_status write_draft(knet_draft *draft, pulang_error *error) {
    pulang_knet_writer *writer = NULL;
    deal_seats(draft);
    if (kinds[draft->kind].draw_row == draw_clustered)
        scatter(draft);
    pulang_status status = pulang_knet_begin(draft->out, draft->persons, draft->posts, draft->lower,
                                             draft->upper, &writer, error);
    if (status != PULANG_OK)
        return status;
    for (int r = 0; r < draft->persons; r++) {
        kinds[draft->kind].draw_row(draft);
        pulang_knet_row(writer, draft->cost);
    }
    return pulang_knet_finish(writer, error);
}

static pulang_status generate(knet_draft *draft, pulang_error *error) {
    const knet_kind *kind = &kinds[draft->kind];
    draft->posts = kind->square ? draft->persons : draft->posts ? draft->posts : 100;
    draft->max_cost = draft->max_cost ? draft->max_cost : kind->max_cost;
    draft->random.state = (uint64_t)draft->seed;
    size_t posts = (size_t)draft->posts;
    draft->lower = pulang_alloc(posts, sizeof *draft->lower);
    draft->upper = pulang_alloc(posts, sizeof *draft->upper);
    draft->cost = pulang_alloc(posts, sizeof *draft->cost);
    draft->place = pulang_alloc(posts, sizeof *draft->place);
    pulang_status status = draft->lower && draft->upper && draft->cost && draft->place
                               ? write_draft(draft, error)
                               : pulang_fail_memory(error);
    pulang_free(draft->lower);
    pulang_free(draft->upper);
    pulang_free(draft->cost);
    pulang_free(draft->place);
    return status;
}

int generate_knet(int argc, char **argv) {
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .doc =
            N_("Makes a dense transportation problem for benchmarks, as a .knet file: everybody is placed. "
               "A: upper seats only, 5 % more than persons; B: the same, and four fifths of the seats must "
               "be filled; C: an assignment problem. In these the costs are random; clustered: they are "
               "distances in the plane; ties: there are few different ones; degenerate: random, with just "
               "as many seats as persons; range: up to a thousand million.\v"
               "  pulang generate knet --kind B --persons 5000 --posts 925 --seed 1 -o b.knet\n"
               "  pulang bench b.knet"),
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    knet_draft draft = {.persons = 1000, .seed = 1, .lower_percent = -1};
    pulang_error error;
    argp_parse(&argp, argc, argv, 0, NULL, &draft);
    return generate(&draft, &error) == PULANG_OK ? EXIT_SOLVED : report_error(&error);
}
