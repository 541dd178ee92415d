#include "cli/generate/reference.h"

#include "cli/generate/people.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

#define SCALE 1000

typedef struct greedy {
    const problem_draft *draft;
    const int *weight; /* [n_posts] */
    reference_plan *plan;
    int stay;
    /* For each job the post whose next head mends most, of all and of those open to every contract; -1: all
       are full. */
    int neediest[N_JOBS], neediest_open[N_JOBS];
} greedy;

/* What one head more mends, where the shortage is w s^2 / T. */
static int64_t gain(const greedy *g, int post) {
    int64_t target = g->draft->posts[post].target, missing = target - g->plan->heads[post];
    return missing > 0 ? g->weight[post] * (2 * missing - 1) * SCALE / target : 0;
}

static int64_t loss(const greedy *g, int post) {
    int64_t target = g->draft->posts[post].target, missing = target - g->plan->heads[post];
    return g->weight[post] * (2 * missing + 1) * SCALE / target;
}

static bool is_open(const draft_post *post) {
    return !*post->cells[POST_CONTRACT];
}

static void find_neediest(greedy *g) {
    for (int job = 0; job < N_JOBS; job++)
        g->neediest[job] = g->neediest_open[job] = -1;
    for (int j = 0; j < g->draft->n_posts; j++) {
        const draft_post *post = &g->draft->posts[j];
        int *best = &g->neediest[post->job], *best_open = &g->neediest_open[post->job];
        if (gain(g, j) == 0)
            continue;
        if (*best < 0 || gain(g, j) > gain(g, *best))
            *best = j;
        if (is_open(post) && (*best_open < 0 || gain(g, j) > gain(g, *best_open)))
            *best_open = j;
    }
}

/* The neediest post that the person may hold, -1: none. */
static int post_for(const greedy *g, const draft_person *person) {
    int best = g->neediest[person->job];
    if (best >= 0 && !is_open(&g->draft->posts[best]) &&
        strcmp(g->draft->posts[best].cells[POST_CONTRACT], person->cells[PERSON_CONTRACT]) != 0)
        best = g->neediest_open[person->job];
    return best;
}

/* 2: the post is where the person comes from, 1: in that district. */
static int nearness(const greedy *g, const draft_person *person, int post) {
    int origin = draft_find_place(g->draft, person->cells[PERSON_ORIGIN]),
        place = g->draft->posts[post].place;
    if (origin < 0)
        return 0;
    return origin == place ? 2
                           : strcmp(g->draft->places[origin].district, g->draft->places[place].district) == 0;
}

static bool may_move(const greedy *g, const draft_person *person) {
    return person->current >= 0 && atoi(person->cells[PERSON_TENURE]) >= g->stay;
}

static void put(greedy *g, int person, int post) {
    if (g->plan->post[person] >= 0)
        g->plan->heads[g->plan->post[person]]--;
    g->plan->post[person] = post;
    g->plan->heads[post]++;
}

/* Makes the best move, of like ones the nearest to home; false: none mends anything. */
static bool step(greedy *g) {
    int best = -1, to = -1, best_near = 0;
    int64_t best_mended = 0;
    find_neediest(g);
    for (int p = 0; p < g->draft->n_persons; p++) {
        const draft_person *person = &g->draft->persons[p];
        int post = post_for(g, person);
        if (post < 0 || g->plan->post[p] != person->current || !may_move(g, person))
            continue;
        int64_t mended = gain(g, post) - loss(g, person->current);
        if (mended <= 0 || mended < best_mended)
            continue;
        int near = nearness(g, person, post);
        if (mended > best_mended || near > best_near) {
            best = p;
            to = post;
            best_mended = mended;
            best_near = near;
        }
    }
    if (best >= 0)
        put(g, best, to);
    return best >= 0;
}

void reference_make(const problem_draft *draft, const int *weight, int stay, int moves,
                    reference_plan *plan) {
    greedy g = {.draft = draft, .weight = weight, .plan = plan, .stay = stay};
    plan->post = pulang_alloc((size_t)draft->n_persons, sizeof *plan->post);
    plan->heads = pulang_alloc((size_t)draft->n_posts, sizeof *plan->heads);
    if (!plan->post || !plan->heads)
        draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
    for (int p = 0; p < draft->n_persons; p++) {
        plan->post[p] = draft->persons[p].current;
        if (plan->post[p] >= 0)
            plan->heads[plan->post[p]]++;
    }
    for (int p = 0; p < draft->n_persons; p++) {
        if (plan->post[p] >= 0)
            continue;
        find_neediest(&g);
        int post = post_for(&g, &draft->persons[p]);
        if (post >= 0)
            put(&g, p, post);
    }
    while (moves > 0 && step(&g))
        moves--;
}

void reference_clear(reference_plan *plan) {
    pulang_free(plan->post);
    pulang_free(plan->heads);
}

bool reference_moved(const problem_draft *draft, const reference_plan *plan, int person) {
    int current = draft->persons[person].current;
    return current >= 0 && plan->post[person] != current;
}
