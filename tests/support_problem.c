#include "tests/support_problem.h"

#include "model/shortage.h"

#include <assert.h>
#include <stdlib.h>

#define MAX_PIECES (2 * PULANG_SHORTAGE_PIECES + 8)

typedef struct builder {
    pulang_problem *problem;
    const test_problem_options *options;
    test_random random;
    int n_districts;
    int *district;                   /* [n_places] */
    int required, balance, shortage; /* levels, PULANG_NONE: not there */
} builder;

static int range(builder *b, int lo, int hi) {
    return test_random_range(&b->random, lo, hi);
}

static bool chance(builder *b, int percent) {
    return range(b, 1, 100) <= percent;
}

static void *take(builder *b, int count, size_t size) {
    void *memory = pulang_arena_alloc(b->problem->arena, (size_t)count, size);
    assert(memory);
    return memory;
}

static void make_classes(builder *b) {
    pulang_problem *p = b->problem;
    p->n_classes = range(b, 1, b->options->max_classes);
    p->supply = take(b, p->n_classes, sizeof *p->supply);
    p->bound = take(b, p->n_classes, sizeof *p->bound);
    p->member_begin = take(b, p->n_classes + 1, sizeof *p->member_begin);
    p->class_names = take(b, p->n_classes, sizeof *p->class_names);
    for (int k = 0; k < p->n_classes; k++) {
        p->supply[k] = chance(b, 50) ? 1 : range(b, 1, b->options->max_supply);
        p->bound[k] = chance(b, b->options->rarely_infeasible ? 3 : 15);
        p->member_begin[k + 1] = p->member_begin[k] + p->supply[k];
        p->class_names[k] = pulang_arena_printf(p->arena, "P%04d", k + 1);
    }
    p->members = take(b, p->member_begin[p->n_classes], sizeof *p->members);
    for (int i = 0; i < p->member_begin[p->n_classes]; i++)
        p->members[i] = i;
}

static void make_posts(builder *b) {
    pulang_problem *p = b->problem;
    p->n_posts = range(b, 1, b->options->max_posts);
    p->n_places = range(b, 1, p->n_posts / 2 + 1);
    b->n_districts = range(b, 1, p->n_places);
    b->district = take(b, p->n_places, sizeof *b->district);
    for (int i = 0; i < p->n_places; i++)
        b->district[i] = range(b, 0, b->n_districts - 1);
    int *place = take(b, p->n_posts, sizeof *place);
    p->post_names = take(b, p->n_posts, sizeof *p->post_names);
    for (int j = 0; j < p->n_posts; j++) {
        place[j] = range(b, 0, p->n_places - 1);
        p->post_names[j] = pulang_arena_printf(p->arena, "%s %d", chance(b, 50) ? "SD Negeri" : "post", j);
    }
    p->post_place = place;
    if (chance(b, 70)) {
        int32_t *metres = take(b, p->n_places * p->n_places, sizeof *metres);
        for (int i = 0; i < p->n_places; i++)
            for (int j = 0; j < i; j++)
                metres[i * p->n_places + j] = metres[j * p->n_places + i] = range(b, -100, 1000);
        p->metres = metres;
        p->near = chance(b, 50) ? 0 : 400;
    }
}

static void make_arcs(builder *b) {
    pulang_problem *p = b->problem;
    int density = range(b, 30, 100);
    p->arc_begin = take(b, p->n_classes + 1, sizeof *p->arc_begin);
    p->arc_post = take(b, p->n_classes * p->n_posts, sizeof *p->arc_post);
    for (int k = 0; k < p->n_classes; k++) {
        for (int j = 0; j < p->n_posts; j++)
            if (chance(b, density))
                p->arc_post[p->n_arcs++] = j;
        p->arc_begin[k + 1] = p->n_arcs;
    }
}

static void add_level(builder *b, const char *name) {
    pulang_problem *p = b->problem;
    p->levels[p->n_levels].name = name;
    p->n_levels++;
}

static void make_costs(builder *b, pulang_problem_level *level) {
    int lo = chance(b, 30) ? -50 : 0, hi = chance(b, 30) ? 100000 : chance(b, 50) ? 100 : 5;
    level->arc_cost = take(b, b->problem->n_arcs, sizeof *level->arc_cost);
    for (int a = 0; a < b->problem->n_arcs; a++)
        level->arc_cost[a] = range(b, lo, hi);
}

/* Usually in the usual order, sometimes the last two or first two changed about. */
static void make_levels(builder *b) {
    pulang_problem *p = b->problem;
    p->levels = take(b, 6, sizeof *p->levels);
    b->required = b->balance = b->shortage = PULANG_NONE;
    bool costs_first = chance(b, 15), unplaced_first = chance(b, 20);
    if (costs_first) {
        make_costs(b, &p->levels[p->n_levels]);
        add_level(b, "preference");
    }
    if (unplaced_first) {
        p->levels[p->n_levels].unplaced = true;
        add_level(b, "unplaced");
    }
    if (chance(b, 60)) {
        b->required = p->n_levels;
        add_level(b, "required");
    }
    if (!unplaced_first && chance(b, 80)) {
        p->levels[p->n_levels].unplaced = true;
        add_level(b, "unplaced");
    }
    if (b->options->largest && chance(b, 50)) {
        b->balance = p->n_levels;
        p->levels[p->n_levels].largest = true;
        add_level(b, "balance");
    }
    if (chance(b, 70)) {
        b->shortage = p->n_levels;
        add_level(b, "shortage");
    }
    if (!costs_first || p->n_levels == 0) {
        make_costs(b, &p->levels[p->n_levels]);
        add_level(b, "merit");
    }
}

static void add_piece(builder *b, pulang_total *total, int level, bool excess, int64_t from, int64_t to,
                      int64_t slope) {
    if (level == PULANG_NONE || from >= to || slope <= 0)
        return;
    assert(total->n_pieces < MAX_PIECES);
    if (b->problem->levels[level].largest) {
        for (int i = 0; i < total->n_pieces; i++)
            if (total->pieces[i].level == level)
                return;
        if (excess)
            return;
        slope = 1;
    }
    total->pieces[total->n_pieces++] =
        (pulang_piece){.level = level, .excess = excess, .from = from, .to = to, .slope = slope};
}

static void add_shortage(builder *b, pulang_total *total, int64_t target) {
    int64_t weight = range(b, 1, 3) * 1000;
    for (int i = 0; i < pulang_shortage_pieces(target); i++)
        add_piece(b, total, b->shortage, false, target - pulang_shortage_break(target, i + 1),
                  target - pulang_shortage_break(target, i),
                  pulang_shortage_slope(target, i, weight, total->unit));
}

/* Uniform in 0 .. most, for any most. */
static int64_t upto(builder *b, int64_t most) {
    return (int64_t)(test_random_next(&b->random) % (uint64_t)(most + 1));
}

static bool all_positive(const pulang_total *total) {
    for (int i = 0; i < total->n_terms; i++)
        if (total->term_amount[i] < 0)
            return false;
    return true;
}

/* Bounds and prices of a total that can reach at most `most`. */
static void make_rules(builder *b, pulang_total *total, int64_t most) {
    int tight = b->options->rarely_infeasible ? 2 : 8;
    total->pieces = take(b, MAX_PIECES, sizeof *total->pieces);
    total->upper = chance(b, 50) ? most : upto(b, most);
    total->lower = chance(b, tight) ? upto(b, most) : 0;
    if (chance(b, 50))
        add_piece(b, total, b->required, false, 0, upto(b, most), 1);
    if (chance(b, 60))
        add_shortage(b, total, upto(b, most + most / 10 + 2));
    if (chance(b, 30))
        add_piece(b, total, b->shortage, true, upto(b, most), most, range(b, 1, 2000));
    if (chance(b, 40))
        add_piece(b, total, b->balance, false, 0, upto(b, most + most / 10 + 1) + 1, 1);
    if (b->options->rules && chance(b, 30) && total->lower == 0 && total->upper > 0 && all_positive(total))
        total->open = 1 + upto(b, total->upper - 1);
}

static bool among(const pulang_total *total, int post) {
    for (int i = 0; i < total->n_posts; i++)
        if (total->posts[i] == post)
            return true;
    return false;
}

/* A total over the posts for which in[post] is set. */
static pulang_total *add_total(builder *b, const bool *in) {
    pulang_problem *p = b->problem;
    pulang_total *total = &p->totals[p->n_totals++];
    total->post = PULANG_NONE;
    total->quota = p->n_totals - p->n_posts;
    total->key = "";
    total->name = "q";
    total->uniform = true;
    total->unit = 1;
    total->posts = take(b, p->n_posts, sizeof *total->posts);
    for (int j = 0; j < p->n_posts; j++)
        if (in[j])
            total->posts[total->n_posts++] = j;
    return total;
}

/* Members who could be in the posts of a total. */
static int64_t reach(const pulang_problem *p, const pulang_total *total) {
    int64_t heads = 0;
    for (int k = 0; k < p->n_classes; k++)
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            if (among(total, p->arc_post[a])) {
                heads += p->supply[k];
                break;
            }
    return heads;
}

static void add_uniform(builder *b, const bool *in, int64_t unit) {
    pulang_total *total = add_total(b, in);
    if (total->n_posts == 0) {
        b->problem->n_totals--; /* no group of a quota is empty */
        return;
    }
    total->unit = unit;
    make_rules(b, total, unit * reach(b->problem, total));
}

/* A total with an amount for each arc. */
static void add_terms(builder *b, const bool *in) {
    pulang_problem *p = b->problem;
    pulang_total *total = add_total(b, in);
    bool money = chance(b, 30), negative = chance(b, 15);
    int64_t most = 0;
    total->uniform = false;
    total->term_arc = take(b, p->n_arcs, sizeof *total->term_arc);
    total->term_amount = take(b, p->n_arcs, sizeof *total->term_amount);
    for (int k = 0; k < p->n_classes; k++)
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
            int amount = range(b, negative ? -2 : 0, 4) * (money ? 25000000 + range(b, 0, 9999) : 1);
            if (!among(total, p->arc_post[a]) || amount == 0)
                continue;
            total->term_arc[total->n_terms] = a;
            total->term_amount[total->n_terms++] = amount;
            most += amount > 0 ? (int64_t)amount * p->supply[k] : 0;
        }
    make_rules(b, total, most);
    if (money && chance(b, 70)) {
        total->upper = most / 1000 * range(b, 200, 1000);
        total->lower = 0;
        total->open = total->open > total->upper ? total->upper : total->open;
    }
}

/* At least or at most a share, hard or at a level: amounts of both signs against 0. */
static void add_share(builder *b, const bool *in) {
    pulang_problem *p = b->problem;
    pulang_total *total = add_total(b, in);
    int whole = chance(b, 50) ? 100 : 1000, part = range(b, 0, whole);
    bool money = chance(b, 30);
    int64_t least = 0, most = 0;
    total->uniform = false;
    total->term_arc = take(b, p->n_arcs, sizeof *total->term_arc);
    total->term_amount = take(b, p->n_arcs, sizeof *total->term_amount);
    total->pieces = take(b, 1, sizeof *total->pieces);
    for (int k = 0; k < p->n_classes; k++) {
        bool counted = chance(b, 40);
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++) {
            int64_t measure = money ? 2500000 + range(b, 0, 9999) : range(b, 1, 2);
            int64_t amount = (counted ? whole - part : -part) * measure;
            if (!among(total, p->arc_post[a]) || amount == 0)
                continue;
            total->term_arc[total->n_terms] = a;
            total->term_amount[total->n_terms++] = amount;
            *(amount > 0 ? &most : &least) += amount * p->supply[k];
        }
    }
    bool at_least = chance(b, 50), hard = b->required == PULANG_NONE || chance(b, 60);
    total->lower = hard && at_least ? 0 : least;
    total->upper = hard && !at_least ? 0 : most;
    if (!hard)
        add_piece(b, total, b->required, !at_least, at_least ? least : 0, at_least ? 0 : most, 1);
}

static void make_totals(builder *b) {
    pulang_problem *p = b->problem;
    bool *in = take(b, p->n_posts, sizeof *in);
    p->totals = take(b, 2 * p->n_posts + p->n_places + b->n_districts + 4, sizeof *p->totals);
    for (int t = 0; t < p->n_posts; t++) {
        for (int j = 0; j < p->n_posts; j++)
            in[j] = j == t;
        add_uniform(b, in, 1);
        p->totals[t].post = t;
        p->totals[t].quota = PULANG_NONE;
    }
    for (int i = 0; i < p->n_places; i++) {
        for (int j = 0; j < p->n_posts; j++)
            in[j] = p->post_place[j] == i;
        if (chance(b, 40))
            add_uniform(b, in, chance(b, 80) ? 1 : range(b, 2, 400));
    }
    for (int d = 0; d < b->n_districts; d++) {
        for (int j = 0; j < p->n_posts; j++)
            in[j] = b->district[p->post_place[j]] == d;
        if (chance(b, 30))
            add_uniform(b, in, 1);
    }
    for (int j = 0; j < p->n_posts; j++)
        in[j] = true;
    if (chance(b, 20))
        add_uniform(b, in, range(b, 1, 3));
    for (int i = b->options->crossing ? range(b, 1, 3) : 0; i > 0; i--) {
        for (int j = 0; j < p->n_posts; j++)
            in[j] = chance(b, 60);
        if (b->options->rules && chance(b, 40))
            add_share(b, in);
        else if (chance(b, 25))
            add_uniform(b, in, 1);
        else
            add_terms(b, in);
    }
}

static void make_pairings(builder *b) {
    pulang_problem *p = b->problem;
    p->pairings = take(b, 3, sizeof *p->pairings);
    for (int i = b->options->pairings && p->n_classes > 1 ? range(b, 1, 2) : 0; i > 0; i--) {
        int first = range(b, 0, p->n_classes - 2), second = range(b, first + 1, p->n_classes - 1);
        if (p->supply[first] == 1 && p->supply[second] == 1)
            p->pairings[p->n_pairings++] = (pulang_pairing){.a = first, .b = second};
    }
}

pulang_problem *test_problem_random(uint64_t seed, const test_problem_options *options) {
    pulang_arena *arena = pulang_arena_new();
    assert(arena);
    builder b = {.problem = pulang_arena_alloc(arena, 1, sizeof(pulang_problem)),
                 .options = options,
                 .random = {.state = seed}};
    assert(b.problem);
    b.problem->arena = arena;
    make_classes(&b);
    make_posts(&b);
    make_arcs(&b);
    make_levels(&b);
    make_totals(&b);
    make_pairings(&b);
    return b.problem;
}

/* ---- enumeration ---- */

typedef struct search {
    const pulang_problem *problem;
    int *flow;
    int64_t *value, *best; /* [n_levels] */
    bool found;
} search;

static int64_t naive_total(const pulang_problem *p, const pulang_total *total, const int *flow) {
    int64_t m = 0;
    if (total->uniform)
        for (int a = 0; a < p->n_arcs; a++)
            m += among(total, p->arc_post[a]) ? total->unit * flow[a] : 0;
    for (int i = 0; i < total->n_terms; i++)
        m += total->term_amount[i] * flow[total->term_arc[i]];
    return m;
}

static int64_t naive_units(const pulang_piece *piece, int64_t m) {
    if (piece->excess)
        return m <= piece->from ? 0 : m >= piece->to ? piece->to - piece->from : m - piece->from;
    return m >= piece->to ? 0 : m <= piece->from ? piece->to - piece->from : piece->to - m;
}

static bool naive_paired(const pulang_problem *p, const pulang_pairing *pairing, const int *flow) {
    int place[2] = {PULANG_NONE, PULANG_NONE};
    for (int side = 0; side < 2; side++) {
        int k = side ? pairing->b : pairing->a;
        for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
            if (flow[a])
                place[side] = p->post_place[p->arc_post[a]];
    }
    if (place[0] == place[1])
        return true;
    if (place[0] == PULANG_NONE || place[1] == PULANG_NONE || !p->metres || p->near == 0)
        return false;
    int32_t metres = p->metres[place[0] * p->n_places + place[1]];
    return metres >= 0 && metres <= p->near;
}

static bool naive_evaluate(search *s) {
    const pulang_problem *p = s->problem;
    for (int i = 0; i < p->n_pairings; i++)
        if (!naive_paired(p, &p->pairings[i], s->flow))
            return false;
    for (int l = 0; l < p->n_levels; l++)
        s->value[l] = 0;
    for (int t = 0; t < p->n_totals; t++) {
        const pulang_total *total = &p->totals[t];
        int64_t m = naive_total(p, total, s->flow);
        if (m < total->lower || m > total->upper || (m > 0 && m < total->open))
            return false;
        for (int i = 0; i < total->n_pieces; i++) {
            const pulang_piece *piece = &total->pieces[i];
            int64_t units = naive_units(piece, m), width = piece->to - piece->from;
            int64_t permille = (1000 * units + width - 1) / width, *value = &s->value[piece->level];
            if (!p->levels[piece->level].largest)
                *value += piece->slope * units;
            else if (permille > *value)
                *value = permille;
        }
    }
    for (int l = 0; l < p->n_levels; l++) {
        for (int a = 0; p->levels[l].arc_cost && a < p->n_arcs; a++)
            s->value[l] += p->levels[l].arc_cost[a] * s->flow[a];
        for (int k = 0; p->levels[l].unplaced && k < p->n_classes; k++) {
            s->value[l] += p->supply[k];
            for (int a = p->arc_begin[k]; a < p->arc_begin[k + 1]; a++)
                s->value[l] -= s->flow[a];
        }
    }
    return true;
}

static void keep_best(search *s) {
    if (!naive_evaluate(s))
        return;
    int l = 0, n = s->problem->n_levels;
    while (s->found && l < n && s->value[l] == s->best[l])
        l++;
    if (s->found && (l == n || s->value[l] > s->best[l]))
        return;
    s->found = true;
    for (int i = 0; i < n; i++)
        s->best[i] = s->value[i];
}

/* Arc a of class k may still take `left` members. */
static void try_arc(search *s, int k, int a, int left) {
    const pulang_problem *p = s->problem;
    if (k == p->n_classes) {
        keep_best(s);
        return;
    }
    if (a == p->arc_begin[k + 1]) {
        if (left == 0 || !p->bound[k])
            try_arc(s, k + 1, a, k + 1 < p->n_classes ? p->supply[k + 1] : 0);
        return;
    }
    for (int f = 0; f <= left; f++) {
        s->flow[a] = f;
        try_arc(s, k, a + 1, left - f);
    }
    s->flow[a] = 0;
}

bool test_problem_enumerate(const pulang_problem *problem, int64_t *best) {
    search s = {.problem = problem, .best = best};
    s.flow = calloc((size_t)problem->n_arcs + 1, sizeof *s.flow);
    s.value = calloc((size_t)problem->n_levels, sizeof *s.value);
    assert(s.flow && s.value);
    try_arc(&s, 0, 0, problem->supply[0]);
    free(s.value);
    free(s.flow);
    return s.found;
}

long test_problem_flows(const pulang_problem *problem, long limit) {
    long flows = 1;
    for (int k = 0; k < problem->n_classes; k++) {
        /* ways to spread the supply over the arcs and nowhere: (supply + arcs) over arcs */
        int arcs = problem->arc_begin[k + 1] - problem->arc_begin[k];
        long ways = 1;
        for (int i = 1; i <= arcs && ways <= limit; i++)
            ways = ways * (problem->supply[k] + i) / i;
        flows *= ways;
        if (flows > limit)
            return limit + 1;
    }
    return flows;
}
