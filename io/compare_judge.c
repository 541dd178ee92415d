/* The reasons that lie in a person's own posts: io/compare.h has the rules. */
#include "io/compare_state.h"
#include "model/error.h"

#include <math.h>
#include <string.h>

#define EPSILON 1e-6

/* Adds a reason to the text of a difference; the first decides its kind. */
static void give(pulang_judge *judge, pulang_difference *d, pulang_why why, int change, const char *text) {
    if (!text) {
        judge->failed = true;
        return;
    }
    if (*d->text) {
        d->text = pulang_arena_printf(judge->arena, "%s; %s", d->text, text);
        judge->failed |= !d->text;
        return;
    }
    d->why = why;
    d->change = change;
    d->text = text;
}

/* ---- the files ---- */

static void judge_posts(pulang_judge *judge, pulang_difference *d) {
    if (*d->before && pulang_run_row(&judge->after->posts, d->before) < 0)
        give(judge, d, PULANG_WHY_FILES, -1,
             pulang_arena_printf(judge->arena, _("the post %s is not there any more"), d->before));
    if (*d->after && pulang_run_row(&judge->before->posts, d->after) < 0)
        give(judge, d, PULANG_WHY_FILES, -1,
             pulang_arena_printf(judge->arena, _("the post %s is new"), d->after));
}

static void judge_person(pulang_judge *judge, pulang_difference *d) {
    static const char *const columns[] = {"origin", "category", "contract", "old_post"};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        const char *was = pulang_run_cell(&judge->before->persons, d->row_before, columns[c]);
        const char *is = pulang_run_cell(&judge->after->persons, d->row_after, columns[c]);
        if (strcmp(was, is) != 0)
            give(judge, d, PULANG_WHY_FILES, -1,
                 pulang_arena_printf(judge->arena, _("persons.csv says %s \"%s\" instead of \"%s\""),
                                     columns[c], is, was));
    }
}

/* Whether the post has as many people as the bound allows, in the run where the bound is the lower (of a
   minimum: no more than it asks for, where it is the higher). */
static bool seats_bind(const pulang_judge *judge, const char *post, const char *column, bool raised) {
    bool minimum = strcmp(column, "min") == 0;
    const pulang_run *run = raised == minimum ? judge->after : judge->before;
    int row = pulang_run_row(&run->posts, post);
    double heads = pulang_run_number(&run->posts, row, "filled");
    double bound = pulang_run_number(&run->posts, row, column);
    return minimum ? heads <= bound : heads >= bound;
}

/* sign: 1 for the post that is taken, whose seats would have to be more; -1 for the one that is left. */
static void judge_seats(pulang_judge *judge, pulang_difference *d, const char *post, int sign) {
    static const char *const columns[] = {"min", "target", "max"};
    int was_row = pulang_run_row(&judge->before->posts, post);
    int row = pulang_run_row(&judge->after->posts, post);
    for (size_t c = 0; was_row >= 0 && row >= 0 && c < sizeof columns / sizeof *columns; c++) {
        double was = pulang_run_number(&judge->before->posts, was_row, columns[c]);
        double is = pulang_run_number(&judge->after->posts, row, columns[c]);
        double more = (isnan(is) ? INFINITY : is) - (isnan(was) ? INFINITY : was);
        if (!(more * sign > 0) || !seats_bind(judge, post, columns[c], sign > 0))
            continue;
        give(judge, d, PULANG_WHY_FILES, -1,
             pulang_arena_printf(judge->arena, _("the %s of post %s is %s instead of %s"), columns[c], post,
                                 pulang_run_cell(&judge->after->posts, row, columns[c]),
                                 pulang_run_cell(&judge->before->posts, was_row, columns[c])));
    }
}

/* ---- rules ---- */

/* A bound of a rule in a run: that of the group in quotas.csv, where it may be the group's own. */
static double bound_of(const pulang_run *run, const char *key, const char *column) {
    return pulang_run_number(&run->quotas, pulang_run_row(&run->quotas, key), column);
}

static int sign_of(double number) {
    return (number > EPSILON) - (number < -EPSILON);
}

/* Which way a bound was moved: 1 up, -1 down; missing is what stands for no bound. */
static int moved(const pulang_judge *judge, const char *key, const char *column, double missing) {
    double was = bound_of(judge->before, key, column), is = bound_of(judge->after, key, column);
    was = isnan(was) ? missing : was;
    is = isnan(is) ? missing : is;
    return (is > was) - (is < was);
}

/* Whether the group is at a bound, beyond it, or short of its target. */
static bool group_binds(const pulang_run *run, const char *key) {
    int row = pulang_run_row(&run->quotas, key);
    double value = row < 0 ? NAN : pulang_run_use(run, row);
    return value <= bound_of(run, key, "min") + EPSILON || value >= bound_of(run, key, "max") - EPSILON ||
           value < bound_of(run, key, "target") - EPSILON;
}

/* What a change of the rule lets or makes a group do. */
typedef struct pull {
    bool may_gain, may_lose, must_gain, must_lose;
} pull;

static pull pull_of(const pulang_judge *judge, const char *key) {
    int min = moved(judge, key, "min", -INFINITY), target = moved(judge, key, "target", -INFINITY);
    int max = moved(judge, key, "max", INFINITY);
    bool same = !min && !target && !max; /* it counts others, or is of another tier */
    return (pull){.may_gain = same || min > 0 || target > 0 || max > 0,
                  .may_lose = same || min < 0 || target < 0 || (max < 0),
                  .must_gain = (min > 0) || target > 0,
                  .must_lose = max < 0};
}

/* Whether a group that gains or loses by the person does so because the rule was changed. */
static bool group_explains(const pulang_judge *judge, const char *key, double gain) {
    pull drawn = pull_of(judge, key);
    int sign = sign_of(gain);
    return ((sign > 0 && drawn.may_gain) || (sign < 0 && drawn.may_lose)) &&
           (group_binds(judge->before, key) || group_binds(judge->after, key));
}

/* Whether the group has to lose by the change where it gains, or the other way round. */
static bool group_opposes(const pulang_judge *judge, const char *key, double gain) {
    pull drawn = pull_of(judge, key);
    return gain > 0 ? drawn.must_lose : drawn.must_gain;
}

/* What the person brings to the rule in a run. */
static double amount_of(const pulang_run *run, const pulang_run_rule *rule, int person) {
    const char *measure = pulang_run_setting_text(&rule->fields, "measure");
    if (strcmp(measure, "moves") == 0)
        return strcmp(pulang_run_cell(&run->persons, person, "moves"), "yes") == 0;
    double pay = strcmp(measure, "pay") == 0 ? pulang_run_number(&run->persons, person, "pay") : NAN;
    return isnan(pay) ? 1 : pay;
}

/* Key of the group that counts the person in a run, NULL: none; *amount: what the person brings. */
static const char *counted(pulang_judge *judge, const pulang_run *run, const pulang_run_rule *rule,
                           const pulang_scope *scope, int person, const char *post, double *amount) {
    int row = *post ? pulang_run_row(&run->posts, post) : -1;
    const char *group = row >= 0 && scope->counts[person] ? scope->group[row] : NULL;
    *amount = group ? amount_of(run, rule, person) : 0;
    if (!group)
        return NULL;
    const char *key = pulang_run_key(judge->arena, rule->name, group);
    judge->failed |= !key;
    return key;
}

/* Somebody who goes from one group to another explains nothing where the one that is left is drawn on as
 * much. */
static bool rule_explains(const pulang_judge *judge, const char *from, double left, const char *to,
                          double taken) {
    if (from && to && strcmp(from, to) == 0)
        return group_explains(judge, to, taken - left);
    if (to && group_explains(judge, to, taken))
        return !from || !group_opposes(judge, from, -left);
    return from && group_explains(judge, from, -left) && (!to || !group_opposes(judge, to, taken));
}

static void judge_rule(pulang_judge *judge, pulang_difference *d, int c) {
    const pulang_change *change = &judge->against->changes[c];
    const pulang_run_rule *was = change->rule_before ? change->rule_before : change->rule_after;
    const pulang_run_rule *is = change->rule_after ? change->rule_after : change->rule_before;
    double left, taken;
    const char *from =
        counted(judge, judge->before, was, &judge->scope_before[c], d->row_before, d->before, &left);
    const char *to = counted(judge, judge->after, is, &judge->scope_after[c], d->row_after, d->after, &taken);
    if (rule_explains(judge, from, left, to, taken))
        give(judge, d, PULANG_WHY_RULE, c, change->text);
}

/* ---- settings ---- */

static int term_named(const char *key) {
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (strncmp(key, "weights.", 8) == 0 && strcmp(key + 8, pulang_term_names[t]) == 0)
            return t;
    return -1;
}

/* What the person loses by the term, of the most there can be; NAN where the term did not count. */
static double loss_of(const pulang_run *run, int person, int term) {
    double weight = pulang_run_weight(run, term);
    return weight > 0 ? pulang_run_term(run, person, term) / weight : NAN;
}

/* What tells of a term where it does not count: larger is worse; NAN: nothing does. */
static double trace_of(const pulang_run *run, int person, int term) {
    switch ((pulang_term)term) {
    case PULANG_TERM_HOMETOWN:
        return pulang_run_number(&run->persons, person, "home_km");
    case PULANG_TERM_MOVE:
        return strcmp(pulang_run_cell(&run->persons, person, "moves"), "yes") == 0;
    case PULANG_TERM_PAY:
        return pulang_run_number(&run->persons, person, "pay");
    default:
        return NAN;
    }
}

/* How sure a reason is. */
typedef enum surety { NO, PERHAPS, YES } surety;

/* A term that counts more explains who loses less by it now. A run in which it did not count at all does not
   tell the loss: then its trace is looked at, and where there is none, the reason is one that may be. */
static surety weight_explains(const pulang_judge *judge, const pulang_difference *d, int term) {
    double was = pulang_run_weight(judge->before, term), is = pulang_run_weight(judge->after, term);
    double before = loss_of(judge->before, d->row_before, term);
    double after = loss_of(judge->after, d->row_after, term);
    double rounding = PULANG_RUN_ROUNDING / was + PULANG_RUN_ROUNDING / is + EPSILON;
    if (was == 0 || is == 0) {
        double known = was == 0 ? after : before;
        before = trace_of(judge->before, d->row_before, term);
        after = trace_of(judge->after, d->row_after, term);
        rounding = EPSILON;
        if (isnan(before) || isnan(after))
            return known < 1 - EPSILON ? PERHAPS : NO;
    }
    double less = is > was ? before - after : after - before;
    return less > rounding ? YES : NO;
}

static bool elsewhere(const pulang_judge *judge, const pulang_difference *d) {
    return *d->before && *d->after &&
           strcmp(pulang_run_cell(&judge->before->persons, d->row_before, "place"),
                  pulang_run_cell(&judge->after->persons, d->row_after, "place")) != 0;
}

/* Whether the person's two posts differ in what a setting is about. */
static surety setting_explains(const pulang_judge *judge, const pulang_difference *d,
                               const pulang_change *change) {
    int term = term_named(change->key);
    const char *old_post = pulang_run_cell(&judge->after->persons, d->row_after, "old_post");
    bool known = *pulang_run_cell(&judge->after->persons, d->row_after, "origin") != '\0';
    if (term >= 0)
        return weight_explains(judge, d, term);
    if (strcmp(change->key, "hometown.unknown") == 0)
        return !known && elsewhere(judge, d) ? YES : NO;
    if (strncmp(change->key, "hometown.", 9) == 0 || strncmp(change->key, "distance.", 9) == 0)
        return known && elsewhere(judge, d) ? YES : NO;
    if (strcmp(change->key, "tenure.min_years") == 0)
        return *old_post && (strcmp(d->before, old_post) == 0 || strcmp(d->after, old_post) == 0) ? YES : NO;
    return NO;
}

static const char *setting_reason(const pulang_judge *judge, const pulang_change *change, surety sure) {
    return pulang_arena_printf(
        judge->arena, sure == YES ? _("%s: %s instead of %s") : _("perhaps %s: %s instead of %s"),
        pulang_setting_words(change->key), *change->after ? change->after : _("not set"),
        *change->before ? change->before : _("not set"));
}

/* What is sure comes first. */
static void judge_settings(pulang_judge *judge, pulang_difference *d, surety sure) {
    for (int c = 0; c < judge->against->n_changes; c++) {
        const pulang_change *change = &judge->against->changes[c];
        if (change->kind == PULANG_CHANGE_SETTING && setting_explains(judge, d, change) == sure)
            give(judge, d, PULANG_WHY_SETTING, c, setting_reason(judge, change, sure));
    }
}

/* ---- all of them ---- */

void pulang_judge_begin(pulang_judge *judge) {
    const pulang_against *against = judge->against;
    size_t n = (size_t)against->n_changes;
    judge->scope_before = pulang_arena_alloc(judge->arena, n, sizeof *judge->scope_before);
    judge->scope_after = pulang_arena_alloc(judge->arena, n, sizeof *judge->scope_after);
    judge->failed |= !judge->scope_before || !judge->scope_after;
    for (int c = 0; !judge->failed && c < against->n_changes; c++) {
        const pulang_change *change = &against->changes[c];
        if (change->kind != PULANG_CHANGE_RULE)
            continue;
        const pulang_run_rule *was = change->rule_before ? change->rule_before : change->rule_after;
        const pulang_run_rule *is = change->rule_after ? change->rule_after : change->rule_before;
        /* The groups of a rule that only one run has are those of that run. */
        const pulang_run *with_was = change->rule_before ? judge->before : judge->after;
        const pulang_run *with_is = change->rule_after ? judge->after : judge->before;
        judge->failed |=
            !pulang_scope_of_rule(judge->before, with_was, was, judge->arena, &judge->scope_before[c]) ||
            !pulang_scope_of_rule(judge->after, with_is, is, judge->arena, &judge->scope_after[c]);
    }
}

bool pulang_judge_direct(pulang_judge *judge, pulang_difference *d) {
    judge_posts(judge, d);
    judge_person(judge, d);
    judge_seats(judge, d, d->before, -1);
    judge_seats(judge, d, d->after, 1);
    for (int c = 0; c < judge->against->n_changes; c++)
        if (judge->against->changes[c].kind == PULANG_CHANGE_RULE)
            judge_rule(judge, d, c);
    judge_settings(judge, d, YES);
    if (!*d->text)
        judge_settings(judge, d, PERHAPS);
    return *d->text != '\0';
}
