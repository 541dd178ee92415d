#include "model/move.h"

#include "model/alloc.h"
#include "model/penalty.h"

#include <assert.h>

struct pulang_moves {
    const pulang_instance *instance;
    const int *post_of;
    const pulang_evaluation *evaluation;
    pulang_preference preference;
    int *begin;     /* [n_posts + 1] groups that count post j: uses[begin[j]] .. uses[begin[j + 1] - 1] */
    int *uses;      /* indices into evaluation->uses, ascending within a post */
    int *n_largest; /* [n_levels] at a balance level: groups as short as the shortest */
};

/* One move. */
typedef struct step {
    const pulang_moves *moves;
    int person, from, to; /* from: PULANG_NONE when unplaced */
} step;

static void list_uses(pulang_moves *moves) {
    const pulang_evaluation *evaluation = moves->evaluation;
    int n_posts = moves->instance->n_posts;
    for (int u = 0; u < evaluation->n_uses; u++)
        for (int i = 0; i < evaluation->uses[u].info.n_posts; i++)
            moves->begin[evaluation->uses[u].info.posts[i]]++;
    /* Each begin is first the end of its post, and walks back to the start as the uses are filled in. */
    for (int j = 1; j <= n_posts; j++)
        moves->begin[j] += moves->begin[j - 1];
    for (int u = evaluation->n_uses - 1; u >= 0; u--)
        for (int i = 0; i < evaluation->uses[u].info.n_posts; i++)
            moves->uses[--moves->begin[evaluation->uses[u].info.posts[i]]] = u;
}

static int64_t use_cost(const pulang_moves *moves, int level, int use, int64_t change) {
    const pulang_quota_use *u = &moves->evaluation->uses[use];
    return pulang_penalty_group(moves->instance, level, &u->info, u->value + change);
}

static void count_largest(pulang_moves *moves) {
    const pulang_instance *instance = moves->instance;
    for (int l = 0; l < instance->scenario.n_levels; l++)
        if (instance->scenario.levels[l].kind == PULANG_LEVEL_BALANCE)
            for (int u = 0; u < moves->evaluation->n_uses; u++)
                moves->n_largest[l] += use_cost(moves, l, u, 0) == moves->evaluation->value[l];
}

pulang_moves *pulang_moves_new(const pulang_instance *instance, const int *post_of,
                               const pulang_evaluation *evaluation) {
    pulang_moves *moves = pulang_alloc(1, sizeof *moves);
    if (!moves)
        return NULL;
    size_t total = 0;
    for (int u = 0; u < evaluation->n_uses; u++)
        total += (size_t)evaluation->uses[u].info.n_posts;
    *moves = (pulang_moves){.instance = instance, .post_of = post_of, .evaluation = evaluation};
    pulang_preference_init(&moves->preference, instance);
    moves->begin = pulang_alloc((size_t)instance->n_posts + 1, sizeof *moves->begin);
    moves->uses = pulang_alloc(total, sizeof *moves->uses);
    moves->n_largest = pulang_alloc((size_t)instance->scenario.n_levels, sizeof *moves->n_largest);
    if (!moves->begin || !moves->uses || !moves->n_largest) {
        pulang_moves_free(moves);
        return NULL;
    }
    list_uses(moves);
    count_largest(moves);
    return moves;
}

void pulang_moves_free(pulang_moves *moves) {
    if (!moves)
        return;
    pulang_free(moves->begin);
    pulang_free(moves->uses);
    pulang_free(moves->n_largest);
    pulang_free(moves);
}

/* A walk through the groups that the move touches, each once. */
typedef struct walk {
    int a, a_end, b, b_end; /* into moves->uses: of the post left, of the post taken */
} walk;

static walk walk_begin(const step *s) {
    const int *begin = s->moves->begin;
    walk w = {0, 0, begin[s->to], begin[s->to + 1]};
    if (s->from != PULANG_NONE) {
        w.a = begin[s->from];
        w.a_end = begin[s->from + 1];
    }
    return w;
}

static int64_t amount(const step *s, int use, int post) {
    const pulang_instance *instance = s->moves->instance;
    const pulang_quota *quota = &instance->quotas[s->moves->evaluation->uses[use].info.quota];
    return pulang_quota_amount(instance, quota, s->person, post);
}

/* The next group and the change of its value; PULANG_NONE at the end. */
static int walk_next(const step *s, walk *w, int64_t *change) {
    const int *uses = s->moves->uses;
    int left = w->a < w->a_end ? uses[w->a] : INT32_MAX;
    int taken = w->b < w->b_end ? uses[w->b] : INT32_MAX;
    int use = left < taken ? left : taken;
    if (use == INT32_MAX)
        return PULANG_NONE;
    *change = 0;
    if (left == use) {
        *change -= amount(s, use, s->from);
        w->a++;
    }
    if (taken == use) {
        *change += amount(s, use, s->to);
        w->b++;
    }
    return use;
}

static bool breaks_group(const step *s) {
    const pulang_instance *instance = s->moves->instance;
    int group = instance->persons[s->person].group;
    if (group == PULANG_NONE)
        return false;
    const pulang_ints *members = &instance->groups[group].persons;
    for (int i = 0; i < members->n; i++)
        if (members->items[i] != s->person &&
            !pulang_check_together(instance, s->moves->post_of[members->items[i]], s->to))
            return true;
    return false;
}

/* The first hard quota that the move would push over one of its bounds (further over counts too). */
static bool breaks_quota(const step *s, pulang_move_effect *effect) {
    const pulang_instance *instance = s->moves->instance;
    walk w = walk_begin(s);
    int64_t change;
    for (int use; (use = walk_next(s, &w, &change)) != PULANG_NONE;) {
        const pulang_quota_use *u = &s->moves->evaluation->uses[use];
        if (change == 0 || !pulang_penalty_hard(instance, &instance->quotas[u->info.quota]))
            continue;
        bool low = (change < 0 || u->info.or_none) && pulang_quota_below(&u->info, u->value + change);
        bool high = change > 0 && u->info.has_max && u->value + change > u->info.max;
        if (low || high) {
            *effect =
                (pulang_move_effect){low ? PULANG_MOVE_QUOTA_MIN : PULANG_MOVE_QUOTA_MAX, use, PULANG_NONE};
            return true;
        }
    }
    return false;
}

/* How a sum level changes. */
static int64_t sum_change(const step *s, int level) {
    const pulang_moves *moves = s->moves;
    const pulang_instance *instance = moves->instance;
    const int *filled = moves->evaluation->filled;
    bool unplaced = instance->scenario.levels[level].kind == PULANG_LEVEL_UNPLACED;
    int64_t change = pulang_preference_cost(&moves->preference, level, s->person, s->to);
    change += pulang_penalty_post(instance, level, s->to, filled[s->to] + 1) -
              pulang_penalty_post(instance, level, s->to, filled[s->to]);
    if (s->from != PULANG_NONE) {
        change -= pulang_preference_cost(&moves->preference, level, s->person, s->from);
        change += pulang_penalty_post(instance, level, s->from, filled[s->from] - 1) -
                  pulang_penalty_post(instance, level, s->from, filled[s->from]);
    } else if (unplaced) {
        change--;
    }
    walk w = walk_begin(s);
    int64_t difference;
    for (int use; (use = walk_next(s, &w, &difference)) != PULANG_NONE;)
        change += use_cost(moves, level, use, difference) - use_cost(moves, level, use, 0);
    return change;
}

/* How a largest level changes: its sign. */
static int64_t largest_change(const step *s, int level) {
    int64_t largest = s->moves->evaluation->value[level], change;
    int n_largest = s->moves->n_largest[level]; /* groups that are as short after the move */
    walk w = walk_begin(s);
    for (int use; (use = walk_next(s, &w, &change)) != PULANG_NONE;) {
        int64_t after = use_cost(s->moves, level, use, change);
        if (after > largest)
            return 1;
        n_largest += (after == largest) - (use_cost(s->moves, level, use, 0) == largest);
    }
    return largest > 0 && n_largest == 0 ? -1 : 0;
}

static pulang_move_effect compare_levels(const step *s) {
    const pulang_scenario *scenario = &s->moves->instance->scenario;
    for (int l = 0; l < scenario->n_levels; l++) {
        bool largest = scenario->levels[l].kind == PULANG_LEVEL_BALANCE;
        int64_t change = largest ? largest_change(s, l) : sum_change(s, l);
        if (change != 0)
            return (pulang_move_effect){change > 0 ? PULANG_MOVE_WORSE : PULANG_MOVE_BETTER, PULANG_NONE, l};
    }
    return (pulang_move_effect){PULANG_MOVE_EQUAL, PULANG_NONE, PULANG_NONE};
}

/* Whether a post has somebody, but fewer than it opens with. */
static bool half_open(const pulang_post *post, int heads) {
    return heads > 0 && heads < post->open_min;
}

pulang_move_effect pulang_move_try(const pulang_moves *moves, int person, int post) {
    const pulang_instance *instance = moves->instance;
    const int *filled = moves->evaluation->filled;
    step s = {moves, person, moves->post_of[person], post};
    assert(s.from != s.to);
    pulang_move_effect effect = {PULANG_MOVE_FULL, PULANG_NONE, PULANG_NONE};
    if (instance->posts[post].max != PULANG_UNLIMITED && filled[post] >= instance->posts[post].max)
        return effect;
    effect.kind = PULANG_MOVE_MINIMUM;
    if (instance->scenario.hard_minimums && s.from != PULANG_NONE &&
        filled[s.from] <= instance->posts[s.from].min)
        return effect;
    effect.kind = PULANG_MOVE_OPEN;
    if (half_open(&instance->posts[post], filled[post] + 1) ||
        (s.from != PULANG_NONE && half_open(&instance->posts[s.from], filled[s.from] - 1)))
        return effect;
    effect.kind = PULANG_MOVE_GROUP;
    if (breaks_group(&s))
        return effect;
    if (breaks_quota(&s, &effect))
        return effect;
    return compare_levels(&s);
}

int pulang_move_needed(const pulang_moves *moves, int person) {
    const step s = {moves, person, PULANG_NONE, moves->post_of[person]};
    walk w = walk_begin(&s);
    int64_t share;
    for (int use; (use = walk_next(&s, &w, &share)) != PULANG_NONE;) {
        const pulang_quota_use *u = &moves->evaluation->uses[use];
        if (u->info.has_min && u->value >= u->info.min && pulang_quota_below(&u->info, u->value - share))
            return use;
    }
    return PULANG_NONE;
}
