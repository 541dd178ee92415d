/*
 * A session keeps the instance with its changes, the problem as first compiled, and the last plan with
 * the prices of its proof. A solve compiles only the rows of persons who have changed anew
 * (pulang_problem_update), and starts from that plan (pulang_core_solve).
 */
#include "solver/session.h"

#include "model/alloc.h"
#include "model/error.h"
#include "model/plan.h"
#include "solver/limits.h"
#include "solver/solve.h"

#include <string.h>

struct pulang_session {
    const pulang_instance *base;
    pulang_settings settings;
    pulang_problem *problem;  /* of the base */
    pulang_instance instance; /* the base with own persons, posts and quotas, or with more persons */
    pulang_arena *arena;      /* owns those below */
    pulang_arena *more;       /* what persons were added with; NULL: nobody was */
    pulang_person *persons;   /* [n_persons] */
    pulang_post *posts;
    pulang_quota *quotas;
    bool *changed;             /* [n_persons] */
    bool totals_changed;       /* seats or bounds */
    pulang_solution *solution; /* of start */
    pulang_plan *start;        /* the last plan that exists, NULL: none yet */
    int n_started;             /* persons in it */
    pulang_plan *plan;         /* of the last solve: start, or one of its own that says why there is none */
};

static pulang_status init(pulang_session *s, pulang_error *error) {
    size_t n_persons = (size_t)s->base->n_persons, n_posts = (size_t)s->base->n_posts;
    s->arena = pulang_arena_new();
    s->changed = pulang_alloc(n_persons, sizeof *s->changed);
    if (!s->arena || !s->changed)
        return pulang_fail_memory(error);
    s->persons = pulang_arena_alloc(s->arena, n_persons, sizeof *s->persons);
    s->posts = pulang_arena_alloc(s->arena, n_posts, sizeof *s->posts);
    s->quotas = pulang_arena_alloc(s->arena, (size_t)s->base->n_quotas, sizeof *s->quotas);
    if (!s->persons || !s->posts || !s->quotas)
        return pulang_fail_memory(error);
    pulang_session_reset(s);
    return pulang_problem_new(s->base, &s->problem, error);
}

pulang_status pulang_session_new(const pulang_instance *instance, const pulang_settings *settings,
                                 pulang_session **session, pulang_error *error) {
    pulang_status status = pulang_solve_settings(settings, error);
    if (status != PULANG_OK)
        return status;
    pulang_session *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    made->base = instance;
    made->settings = *settings;
    status = init(made, error);
    if (status == PULANG_OK)
        status = pulang_session_solve(made, error);
    if (status == PULANG_OK)
        *session = made;
    else
        pulang_session_free(made);
    return status;
}

static void free_plans(pulang_session *s) {
    if (s->start != s->plan)
        pulang_plan_free(s->start);
    pulang_plan_free(s->plan);
    pulang_solution_free(s->solution);
}

void pulang_session_free(pulang_session *session) {
    if (!session)
        return;
    free_plans(session);
    pulang_problem_free(session->problem);
    pulang_arena_free(session->arena);
    pulang_arena_free(session->more);
    pulang_free(session->changed);
    pulang_free(session);
}

static pulang_status check_index(int index, int n, const char *message, pulang_error *error) {
    return index >= 0 && index < n ? PULANG_OK : pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s", message);
}

static pulang_status check_pair(const pulang_session *s, int person, int post, pulang_error *error) {
    pulang_status status = check_index(person, s->instance.n_persons, _("there is no such person"), error);
    return status != PULANG_OK ? status
                               : check_index(post, s->base->n_posts, _("there is no such post"), error);
}

/* Who was added is made anew in any case. */
static void set_changed(pulang_session *s, int person) {
    if (person < s->base->n_persons)
        s->changed[person] = true;
}

pulang_status pulang_session_forbid(pulang_session *session, int person, int post, pulang_error *error) {
    pulang_status status = check_pair(session, person, post, error);
    if (status != PULANG_OK)
        return status;
    pulang_ints *list = &session->instance.persons[person].forbid_posts;
    int *items = pulang_arena_alloc(session->arena, (size_t)list->n + 1, sizeof *items);
    if (!items)
        return pulang_fail_memory(error);
    if (list->n > 0)
        memcpy(items, list->items, (size_t)list->n * sizeof *items);
    items[list->n] = post;
    *list = (pulang_ints){.n = list->n + 1, .items = items};
    set_changed(session, person);
    return PULANG_OK;
}

pulang_status pulang_session_pin(pulang_session *session, int person, int post, pulang_error *error) {
    pulang_status status = check_pair(session, person, post == PULANG_NONE ? 0 : post, error);
    if (status != PULANG_OK)
        return status;
    session->instance.persons[person].pin = post;
    set_changed(session, person);
    return PULANG_OK;
}

pulang_status pulang_session_seats(pulang_session *session, int post, int min, int target, int max,
                                   pulang_error *error) {
    pulang_status status = check_index(post, session->base->n_posts, _("there is no such post"), error);
    if (status != PULANG_OK)
        return status;
    if (min < 0 || target < min || max < target)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s", _("seats must be 0 <= min <= target <= max"));
    pulang_post *changed = &session->instance.posts[post];
    changed->min = min;
    changed->target = target;
    changed->max = max;
    session->totals_changed = true;
    return PULANG_OK;
}

/* The bounds that a group of the quota has of its own, added where it has none; NULL: out of memory. */
static pulang_own_bounds *own_bounds(pulang_quota *quota, const char *key, pulang_arena *arena) {
    for (int i = 0; i < quota->n_own; i++)
        if (strcmp(quota->own[i].key, key) == 0)
            return &quota->own[i];
    pulang_own_bounds *own = pulang_arena_alloc(arena, (size_t)quota->n_own + 1, sizeof *own);
    const char *copy = pulang_arena_copy(arena, key, strlen(key));
    if (!own || !copy)
        return NULL;
    if (quota->n_own > 0)
        memcpy(own, quota->own, (size_t)quota->n_own * sizeof *own);
    own[quota->n_own].key = copy;
    quota->own = own;
    return &own[quota->n_own++];
}

pulang_status pulang_session_bounds(pulang_session *session, int quota, const char *key, int64_t min,
                                    int64_t max, pulang_error *error) {
    pulang_status status = check_index(quota, session->base->n_quotas, _("there is no such quota"), error);
    if (status != PULANG_OK)
        return status;
    pulang_own_bounds *own = own_bounds(&session->instance.quotas[quota], key, session->arena);
    if (!own)
        return pulang_fail_memory(error);
    own->min = min;
    own->max = max;
    session->totals_changed = true;
    return PULANG_OK;
}

pulang_status pulang_session_add_like(pulang_session *session, int person, pulang_error *error) {
    pulang_status status =
        check_index(person, session->instance.n_persons, _("there is no such person"), error);
    if (status != PULANG_OK)
        return status;
    if (!session->more)
        session->more = pulang_arena_new();
    if (!session->more)
        return pulang_fail_memory(error);
    return pulang_instance_add_like(&session->instance, session->more, person, error);
}

void pulang_session_reset(pulang_session *s) {
    memcpy(s->persons, s->base->persons, (size_t)s->base->n_persons * sizeof *s->persons);
    memcpy(s->posts, s->base->posts, (size_t)s->base->n_posts * sizeof *s->posts);
    if (s->base->n_quotas > 0)
        memcpy(s->quotas, s->base->quotas, (size_t)s->base->n_quotas * sizeof *s->quotas);
    s->instance = *s->base;
    s->instance.persons = s->persons;
    s->instance.posts = s->posts;
    s->instance.quotas = s->quotas;
    pulang_arena_free(s->more);
    s->more = NULL;
    memset(s->changed, 0, (size_t)s->base->n_persons * sizeof *s->changed);
    s->totals_changed = false;
}

/* The problem of the instance as changed. */
static pulang_status update(const pulang_session *s, pulang_problem **problem, pulang_error *error) {
    int *persons = pulang_alloc((size_t)s->base->n_persons, sizeof *persons), n = 0;
    if (!persons)
        return pulang_fail_memory(error);
    for (int p = 0; p < s->base->n_persons; p++)
        if (s->changed[p])
            persons[n++] = p;
    pulang_problem_change change = {.n_persons = n, .persons = persons, .posts = s->totals_changed};
    pulang_status status = pulang_problem_update(s->problem, &s->instance, &change, problem, error);
    pulang_free(persons);
    return status;
}

/* Takes over what a solve has made. */
static void keep(pulang_session *s, pulang_solution *solution, pulang_plan *plan) {
    if (plan->exists) {
        free_plans(s);
        s->solution = solution;
        s->start = s->plan = plan;
        s->n_started = s->instance.n_persons;
        return;
    }
    if (s->plan != s->start)
        pulang_plan_free(s->plan);
    s->plan = plan;
    pulang_solution_free(solution);
}

/* The rule against envy is kept by a search, which no plan before helps: solved from nothing. */
static pulang_status solve_anew(pulang_session *s, pulang_error *error) {
    pulang_plan *plan = NULL;
    pulang_status status = pulang_solve(&s->instance, &s->settings, &plan, error);
    if (status == PULANG_OK)
        keep(s, NULL, plan);
    return status;
}

/* Solves the problem from the last plan, in which who has come since has no post. */
static pulang_status solve_on(const pulang_session *s, const pulang_problem *problem,
                              pulang_solution **solution, pulang_error *error) {
    if (!s->start)
        return pulang_solve_problem(problem, &s->settings, NULL, solution, error);
    int *post_of = pulang_alloc((size_t)s->instance.n_persons, sizeof *post_of);
    if (!post_of)
        return pulang_fail_memory(error);
    for (int p = 0; p < s->instance.n_persons; p++)
        post_of[p] = p < s->n_started ? s->start->post[p] : PULANG_NONE;
    const pulang_core_start start = {
        .post_of = post_of, .n_steps = s->solution->n_steps, .steps = s->solution->steps};
    pulang_status status = pulang_solve_problem(problem, &s->settings, &start, solution, error);
    pulang_free(post_of);
    return status;
}

pulang_status pulang_session_solve(pulang_session *s, pulang_error *error) {
    if (s->base->envy_forbidden)
        return solve_anew(s, error);
    pulang_problem *problem = NULL;
    pulang_solution *solution = NULL;
    pulang_plan *plan = NULL;
    double begin = pulang_clock();
    pulang_status status = update(s, &problem, error);
    double built = pulang_clock();
    if (status == PULANG_OK)
        status = solve_on(s, problem, &solution, error);
    if (status == PULANG_OK)
        status = pulang_solve_plan(&s->instance, problem, solution, &plan, error);
    if (status == PULANG_OK) {
        plan->seconds_build = built - begin;
        plan->seconds = pulang_clock() - begin;
        keep(s, solution, plan);
    } else {
        pulang_solution_free(solution);
    }
    pulang_problem_free(problem);
    return status;
}

const pulang_plan *pulang_session_plan(const pulang_session *session) {
    return session->plan;
}

const pulang_instance *pulang_session_instance(const pulang_session *session) {
    return &session->instance;
}

const pulang_problem *pulang_session_problem(const pulang_session *session) {
    return session->problem;
}
