#include "solver/relaxed_build.h"

#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

typedef struct builder {
    const relaxed_model *model;
    const relaxed_form *form;
    const pulang_problem *base;
    pulang_problem *problem;
    int *arc;            /* [base arcs] of the problem, PULANG_NONE: left out */
    int64_t *heads;      /* [n_posts] who could come */
    int64_t persons;     /* of all classes */
    int64_t *low, *high; /* [n_classes] least and largest amount in a total */
    int64_t earned;
} builder;

/* What the form makes of a rule. */
static relaxed_mode mode_of(const builder *b, int rule) {
    relaxed_mode mode = b->form->mode[rule];
    pulang_change_kind kind = pulang_tariff_kind(&b->model->rules->rule[rule]);
    bool never = mode == RELAXED_ELASTIC && b->form->tariff.price[kind] == PULANG_PRICE_NEVER;
    return never ? RELAXED_HARD : mode;
}

static int64_t price_of(const builder *b, int rule) {
    return relaxed_price(b->model, &b->model->rules->rule[rule], &b->form->tariff);
}

static int alloc_parts(builder *b) {
    const pulang_problem *base = b->base;
    pulang_problem *p = b->problem;
    size_t n_classes = (size_t)base->n_classes, n_arcs = (size_t)base->n_arcs;
    p->supply = pulang_arena_alloc(p->arena, n_classes, sizeof *p->supply);
    p->bound = pulang_arena_alloc(p->arena, n_classes, sizeof *p->bound);
    p->arc_begin = pulang_arena_alloc(p->arena, n_classes + 1, sizeof *p->arc_begin);
    p->arc_post = pulang_arena_alloc(p->arena, n_arcs, sizeof *p->arc_post);
    p->levels = pulang_arena_alloc(p->arena, 1, sizeof *p->levels);
    p->totals = pulang_arena_alloc(p->arena, (size_t)base->n_totals, sizeof *p->totals);
    p->pairings = pulang_arena_alloc(p->arena, (size_t)base->n_pairings, sizeof *p->pairings);
    b->arc = pulang_alloc(n_arcs, sizeof *b->arc);
    b->heads = pulang_alloc((size_t)base->n_posts, sizeof *b->heads);
    b->low = pulang_alloc(n_classes, sizeof *b->low);
    b->high = pulang_alloc(n_classes, sizeof *b->high);
    if (!p->supply || !p->bound || !p->arc_begin || !p->arc_post || !p->levels || !p->totals ||
        !p->pairings || !b->arc || !b->heads || !b->low || !b->high)
        return -1;
    p->levels[0] = (pulang_problem_level){.name = base->levels[0].name};
    return 0;
}

/* Whether any arc has a price: recruits may come, or somebody be released. */
static bool has_costs(const builder *b) {
    if (b->form->most_hired > 0 && b->model->staff->n_recruits > 0)
        return true;
    for (int r = 0; r < b->model->rules->n; r++)
        if (b->model->rules->rule[r].person != PULANG_NONE && mode_of(b, r) == RELAXED_ELASTIC)
            return true;
    return false;
}

/* The arcs of a class that the form leaves it, with their costs. */
static void add_class(builder *b, int k) {
    const pulang_problem *base = b->base;
    pulang_problem *p = b->problem;
    int rule = b->model->held_rule[k];
    bool recruits = b->model->recruit[k] != PULANG_NONE;
    relaxed_mode mode = rule == PULANG_NONE ? RELAXED_OUT : mode_of(b, rule);
    int64_t *cost = p->levels[0].arc_cost;
    p->supply[k] = recruits && b->form->most_hired > 0 ? (int)b->form->most_hired : base->supply[k];
    p->bound[k] = mode == RELAXED_HARD;
    for (int a = base->arc_begin[k]; a < base->arc_begin[k + 1]; a++) {
        int post = base->arc_post[a];
        bool held = rule != PULANG_NONE && b->model->rules->rule[rule].post == post;
        b->arc[a] = PULANG_NONE;
        if ((recruits && b->form->most_hired == 0) || (mode == RELAXED_HARD && !held))
            continue;
        if (recruits)
            cost[p->n_arcs] = b->form->tariff.price[PULANG_CHANGE_HIRE] * b->model->scale;
        else if (held && mode == RELAXED_ELASTIC)
            cost[p->n_arcs] = -price_of(b, rule);
        b->heads[post] += p->supply[k];
        b->arc[a] = p->n_arcs;
        p->arc_post[p->n_arcs++] = post;
    }
    if (mode == RELAXED_ELASTIC)
        b->earned += price_of(b, rule);
    b->persons += p->supply[k];
    p->arc_begin[k + 1] = p->n_arcs;
}

/* The range of a total that counts arcs by terms, and its terms. */
static int take_terms(builder *b, const pulang_total *from, pulang_total *to) {
    pulang_problem *p = b->problem;
    size_t n = (size_t)from->n_terms;
    to->n_terms = 0;
    to->term_arc = pulang_arena_alloc(p->arena, n, sizeof *to->term_arc);
    to->term_amount = pulang_arena_alloc(p->arena, n, sizeof *to->term_amount);
    if (!to->term_arc || !to->term_amount)
        return -1;
    memset(b->low, 0, (size_t)p->n_classes * sizeof *b->low);
    memset(b->high, 0, (size_t)p->n_classes * sizeof *b->high);
    for (int i = 0, k = 0; i < from->n_terms; i++) {
        int arc = b->arc[from->term_arc[i]];
        int64_t amount = from->term_amount[i];
        while (from->term_arc[i] >= b->base->arc_begin[k + 1])
            k++;
        if (arc == PULANG_NONE)
            continue;
        to->term_arc[to->n_terms] = arc;
        to->term_amount[to->n_terms++] = amount;
        b->low[k] = amount < b->low[k] ? amount : b->low[k];
        b->high[k] = amount > b->high[k] ? amount : b->high[k];
    }
    to->lower = to->upper = 0;
    for (int k = 0; k < p->n_classes; k++) {
        to->lower += b->low[k] * p->supply[k];
        to->upper += b->high[k] * p->supply[k];
    }
    return 0;
}

/* A total as far as it can go, without rules. */
static int add_total(builder *b, int t) {
    const pulang_total *from = &b->base->totals[t];
    pulang_total *to = &b->problem->totals[t];
    *to = *from;
    to->open = 0;
    to->n_pieces = 0;
    to->pieces = pulang_arena_alloc(b->problem->arena, 2, sizeof *to->pieces);
    if (!to->pieces)
        return -1;
    if (!from->uniform)
        return take_terms(b, from, to);
    int64_t heads = 0;
    for (int i = 0; i < from->n_posts; i++)
        heads += b->heads[from->posts[i]];
    to->lower = 0;
    to->upper = (heads < b->persons ? heads : b->persons) * from->unit;
    return 0;
}

static void add_piece(pulang_total *total, bool excess, int64_t from, int64_t to, int64_t slope) {
    if (from < to)
        total->pieces[total->n_pieces++] =
            (pulang_piece){.level = 0, .excess = excess, .from = from, .to = to, .slope = slope};
}

/* Lower and upper bounds first, in force or at a price; then openings, which look at them. */
static void set_bound(const builder *b, int r) {
    const pulang_rule *rule = &b->model->rules->rule[r];
    pulang_total *total = &b->problem->totals[rule->total];
    bool least = rule->kind == PULANG_RULE_MINIMUM || rule->kind == PULANG_RULE_AT_LEAST;
    bool elastic = mode_of(b, r) == RELAXED_ELASTIC;
    if (least && elastic)
        add_piece(total, false, total->lower, rule->bound, price_of(b, r));
    else if (least && rule->bound > total->lower)
        total->lower = rule->bound;
    else if (!least && elastic)
        add_piece(total, true, rule->bound > total->lower ? rule->bound : total->lower, total->upper,
                  price_of(b, r));
    else if (!least && rule->bound < total->upper)
        total->upper = rule->bound;
}

static int add_totals(builder *b) {
    const pulang_rules *rules = b->model->rules;
    for (int t = 0; t < b->base->n_totals; t++)
        if (add_total(b, t))
            return -1;
    for (int r = 0; r < rules->n; r++)
        if (rules->rule[r].total != PULANG_NONE && !relaxed_switches(&rules->rule[r]) &&
            mode_of(b, r) != RELAXED_OUT)
            set_bound(b, r);
    for (int r = 0; r < rules->n; r++)
        if (rules->rule[r].total != PULANG_NONE && relaxed_switches(&rules->rule[r]) &&
            mode_of(b, r) != RELAXED_OUT)
            pulang_total_set_open(&b->problem->totals[rules->rule[r].total], rules->rule[r].bound);
    return 0;
}

/* The pairings of the groups that are in force. */
static void add_pairings(builder *b) {
    const pulang_rules *rules = b->model->rules;
    const pulang_instance *instance = &b->model->staff->instance;
    b->problem->n_pairings = 0;
    for (int i = 0; i < b->base->n_pairings; i++) {
        const pulang_pairing *pairing = &b->base->pairings[i];
        int group = instance->persons[b->base->members[b->base->member_begin[pairing->a]]].group;
        for (int r = rules->n - 1; r >= 0 && rules->rule[r].group != PULANG_NONE; r--)
            if (rules->rule[r].group == group && mode_of(b, r) != RELAXED_OUT)
                b->problem->pairings[b->problem->n_pairings++] = *pairing;
    }
}

static int build(builder *b) {
    pulang_problem *p = b->problem;
    if (alloc_parts(b))
        return -1;
    if (has_costs(b)) {
        p->levels[0].arc_cost =
            pulang_arena_alloc(p->arena, (size_t)b->base->n_arcs, sizeof *p->levels[0].arc_cost);
        if (!p->levels[0].arc_cost)
            return -1;
    }
    p->n_arcs = 0;
    for (int k = 0; k < b->base->n_classes; k++)
        add_class(b, k);
    if (add_totals(b))
        return -1;
    add_pairings(b);
    return 0;
}

pulang_status relaxed_build(const relaxed_model *model, const relaxed_form *form, pulang_problem **problem,
                            int64_t *earned, pulang_error *error) {
    pulang_arena *arena = pulang_arena_new();
    builder b = {.model = model, .form = form, .base = model->problem};
    b.problem = arena ? pulang_arena_alloc(arena, 1, sizeof *b.problem) : NULL;
    int failed = -1;
    if (b.problem) {
        *b.problem = *model->problem;
        b.problem->arena = arena;
        failed = build(&b);
    }
    pulang_free(b.arc);
    pulang_free(b.heads);
    pulang_free(b.low);
    pulang_free(b.high);
    if (failed) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    *earned = b.earned;
    *problem = b.problem;
    return PULANG_OK;
}
