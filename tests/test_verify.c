#include "io/verify.h"
#include "model/alloc.h"
#include "model/check.h"
#include "tests/support_instance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Two natives of v1, one seat there and one at v2: the plan that test_bound proves by hand, written to
 * a folder as a solver would have it written.
 */
typedef struct case_folder {
    char path[64];
    pulang_instance *instance;
} case_folder;

static pulang_instance *make_instance(void) {
    static pulang_input_file input = {"persons.csv", "0123456789abcdef"};
    pulang_instance *instance = test_instance_new(2, 2, 2, 1);
    instance->persons[0].origin = instance->persons[1].origin = 0;
    test_instance_levels(instance, "unplaced hometown");
    instance->quotas[0].has_max = true;
    instance->quotas[0].max = 2;
    instance->inputs = &input;
    instance->n_inputs = 1;
    return instance;
}

/* What the folder says of the last level. */
typedef struct claimed {
    const char *method;
    bool priced;
    int64_t scale, price, held; /* of the last step: its scale, of a seat in j1, of who is unplaced */
    int64_t bound;
    bool by_cut;    /* the price is that of a cut, which comes to the same */
    bool by_branch; /* the price is that of a branch, beside no price at all: at most one in j1 */
} claimed;

static case_folder make_claim(const claimed *claim) {
    case_folder made = {.instance = make_instance()};
    test_folder_make(made.path);
    pulang_price prices[] = {{claim->by_cut ? PULANG_NONE : 0, PULANG_NONE, "", claim->price, 0}};
    int quotas[] = {0}, seats[] = {0};
    const char *keys[] = {""};
    pulang_cut_part part = {1, 1, seats};
    const pulang_cut cut = {1, quotas, keys, 1, &part};
    int64_t held[] = {claim->held};
    pulang_step steps[] = {
        {PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 0, NULL, 0, NULL, NULL},
        {PULANG_STEP_LEVEL, 0, 1, NULL, 0, NULL, 0, NULL, NULL},
        {PULANG_STEP_LEVEL, 1, claim->scale, claim->held ? held : NULL, 1, prices, 0, NULL, NULL}};
    int64_t below[] = {claim->price}, above[] = {0};
    pulang_leaf leaves[] = {{0, NULL, below}, {0, NULL, above}};
    pulang_branch branch = {1, seats, 1, ~0, ~1};
    const pulang_tree tree = {1, 2, &branch, leaves};
    if (claim->by_branch) {
        steps[2].n_prices = 0;
        steps[2].tree = &tree;
    }
    pulang_plan *plan = pulang_plan_new(made.instance);
    plan->exists = true;
    plan->post[0] = 0;
    plan->post[1] = 1;
    plan->levels[0] = (pulang_level_result){"unplaced", 0, 0, true, 0};
    plan->levels[1] = (pulang_level_result){"hometown", 1500, claim->bound, true, 0};
    plan->outcome = claim->bound == 1500 ? PULANG_OPTIMAL : PULANG_FEASIBLE;
    plan->method = claim->method;
    plan->steps = steps;
    plan->n_steps = claim->priced ? 3 : 0;
    for (int s = 0; s < plan->n_steps; s++) {
        steps[s].n_cuts = claim->by_cut;
        steps[s].cuts = &cut;
    }
    pulang_settings settings;
    pulang_settings_default(&settings);
    settings.gap = claim->bound == 1500 ? 0 : 0.1;
    pulang_error error = {0};
    cr_assert(eq(int, pulang_output_write(made.instance, plan, &settings, made.path, &error), PULANG_OK),
              "%s", error.message);
    pulang_plan_free(plan);
    return made;
}

static case_folder make_case(bool priced) {
    return make_claim(&(claimed){priced ? "core" : "glpk", priced, 1, 500, 0, 1500, false, false});
}

static void remove_case(case_folder *made) {
    test_folder_remove(made->path);
    pulang_instance_free(made->instance);
}

/* Replaces the n-th (from 1) occurrence of old in a file of the folder. */
static void tamper(const case_folder *made, const char *file, int n, const char *old, const char *new) {
    char *text = test_file_read(made->path, file), *at = text;
    cr_assert(text != NULL);
    for (int i = 1; i <= n; i++) {
        at = strstr(i == 1 ? at : at + 1, old);
        cr_assert(at != NULL, "%s has no %d x %s:\n%s", file, n, old, text);
    }
    char *changed = malloc(strlen(text) + strlen(new) + 1);
    sprintf(changed, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    test_file_write(made->path, file, changed);
    free(changed);
    free(text);
}

/* Number of things wrong, -1 when the folder cannot be read; words: expected in some line or message. */
static int count_wrong(const case_folder *made, const char *words, pulang_verdict verdict) {
    pulang_claim *claim = NULL;
    pulang_verification *verification = NULL;
    pulang_error error = {0};
    if (pulang_output_read(made->instance, made->path, &claim, &error) != PULANG_OK) {
        cr_assert(strstr(error.message, words) != NULL, "%s:%d: %s", error.file, error.line, error.message);
        return -1;
    }
    cr_assert(eq(int, pulang_verify(made->instance, claim, &verification, &error), PULANG_OK), "%s",
              error.message);
    bool found = false;
    for (int i = 0; i < verification->n; i++)
        found = found ||
                (verification->items[i].verdict == verdict && strstr(verification->items[i].text, words));
    for (int i = 0; !found && i < verification->n; i++)
        cr_log_warn("%d %s: %s", verification->items[i].verdict, verification->items[i].subject,
                    verification->items[i].text);
    cr_assert(found, "nothing says: %s", words);
    int n_wrong = verification->n_wrong;
    pulang_verification_free(verification);
    pulang_claim_free(claim);
    return n_wrong;
}

Test(verify, confirms_a_proven_plan) {
    case_folder made = make_case(true);
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1500: proven", PULANG_VERDICT_OK), 0));
    remove_case(&made);
}

Test(verify, tells_a_solvers_word_from_a_proof) {
    case_folder made = make_case(false);
    cr_assert(eq(
        int, count_wrong(&made, "that no plan is below 1500 is the word of glpk", PULANG_VERDICT_OPEN), 0));
    /* A level that is 0 needs no prices. */
    cr_assert(eq(int, count_wrong(&made, "no plan is below 0: proven", PULANG_VERDICT_OK), 0));
    remove_case(&made);
}

/* Whether a file of the folder has the text. */
static bool has(const case_folder *made, const char *file, const char *wanted) {
    char *text = test_file_read(made->path, file);
    bool found = text && strstr(text, wanted);
    free(text);
    return found;
}

Test(verify, reads_scaled_prices_and_levels_held) {
    case_folder made = make_claim(&(claimed){"lagrange", true, 2, 1001, 7, 1500, false, false});
    cr_assert(has(&made, "certificate.json", "\"scale\": 2,\n      \"held\": {\n        \"unplaced\": 7\n"));
    cr_assert(has(&made, "posts.csv", ",501,"), "500.5 in whole units");
    /* Half a unit too high costs half a unit of the bound, which is whole. */
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1500: proven", PULANG_VERDICT_OK), 0));
    remove_case(&made);
    made = make_case(true);
    bool stated = has(&made, "certificate.json", "scale") || has(&made, "certificate.json", "held");
    cr_assert(eq(int, stated, false), "left out where they say nothing");
    remove_case(&made);
}

Test(verify, tells_what_the_prices_prove_from_what_the_search_says) {
    case_folder made = make_claim(&(claimed){"lagrange", true, 1, 490, 0, 1500, false, false});
    cr_assert(eq(int,
                 count_wrong(&made,
                             "the prices prove that no plan is below 1490; that none is below 1500 is the "
                             "word of the search (lagrange)",
                             PULANG_VERDICT_OPEN),
                 0));
    remove_case(&made);
    made = make_claim(&(claimed){"lagrange", true, 1, 490, 0, 1485, false, false});
    cr_assert(eq(int,
                 count_wrong(&made, "no plan is below 1485: proven; the value is at most 1 % too high",
                             PULANG_VERDICT_OK),
                 0));
    remove_case(&made);
}

typedef struct tampering {
    const char *file, *old, *new;
    int n;             /* which occurrence of old */
    const char *words; /* what verify says */
} tampering;

Test(verify, catches_every_tampering) {
    static const tampering tamperings[] = {
        /* the plan */
        {"placements.csv", "j2,v2", "j1,v1", 1, "post j1 in v1 has 2 people"},
        {"placements.csv", "j2,v2", ",", 1, "the value is 1, summary.json says 0"},
        {"placements.csv", "j2,v2", "j9,v2", 1, "post j9 does not exist"},
        {"placements.csv", "j2,v2", "j2,v1", 1, "post j2 is in \"v2\", not in \"v1\""},
        {"placements.csv", "\np2,", "\np1,", 1, "person p1 has a row already"},
        {"placements.csv", "\np2,", "\np3,", 1, "person p3 does not exist"},
        {"placements.csv", "\np2,", "\np2,,", 1, "more or fewer cells"},
        {"placements.csv", "person,", "who,", 1, "needs one column person"},
        {"placements.csv", "\np2,", "\n\"p2,", 1, "quotation mark"},
        /* values, bounds and proofs */
        {"summary.json", "\"value\": 1500", "\"value\": 1400", 1,
         "the value is 1500, summary.json says 1400"},
        {"certificate.json", "\"value\": 1500", "\"value\": 1400", 1, "certificate.json says 1400"},
        {"summary.json", "\"bound\": 1500", "\"bound\": 1499", 1, "differ in the bound"},
        /* what was asked for */
        {"summary.json", "\"weights.hometown\": 10", "\"weights.hometown\": 11", 1,
         "another weights.hometown than the problem folder"},
        {"summary.json", "\"weights.wish\": ", "\"weights.wishes\": ", 1, "another weights.wish"},
        {"summary.json", "\"max\": 2.0", "\"max\": 3.0", 1, "has rule q1 otherwise"},
        {"summary.json", "\"rules\": [", "\"rules\": [{}, ", 1, "rules that the problem folder has not"},
        {"summary.json", "\"bound\": 1500", "\"bound\": 1501", 1, "the bound 1501 is above the value"},
        {"certificate.json", "\"bound\": 1500", "\"bound\": null", 1, "differ in the bound"},
        {"certificate.json", "\"proven\": true", "\"proven\": false", 2, "differ in the bound"},
        {"certificate.json", "500\n", "499\n", 1, "the prices do not prove that no plan is below 1500"},
        {"certificate.json", "\"j1\": 500", "\"j2\": 500", 1,
         "the prices do not prove that no plan is below 1500"},
        {"certificate.json", "\"j1\": 500", "\"j1\": 9223372036854775807", 1, "do not fit 64 bits"},
        {"certificate.json", "\"j1\": 500", "\"j1\": 1e3", 1, "a price is missing or not as expected"},
        {"certificate.json", "\"j1\": 500", "\"j7\": 500", 1, "post j7 does not exist"},
        {"certificate.json", "\"quotas\": {}", "\"quotas\": {\"q1\": {\"x\": 1}}", 3,
         "something that does not exist"},
        {"certificate.json", "\"quotas\": {}", "\"quotas\": {\"q5\": {\"\": 1}}", 3,
         "quota q5 does not exist"},
        {"certificate.json", "\"level\": \"hometown\"", "\"level\": \"unplaced\"", 1,
         "the prices do not prove"},
        {"certificate.json", "\"kind\": \"level\"", "\"kind\": \"hold\"", 2, "the prices do not prove"},
        {"certificate.json", "\"kind\": \"level\"", "\"kind\": \"trust\"", 2, "steps: kind is missing"},
        {"certificate.json", "\"prices\": {", "\"scale\": 0, \"prices\": {", 3, "steps: scale is missing"},
        {"certificate.json", "\"prices\": {", "\"scale\": 1.5, \"prices\": {", 3, "steps: scale is missing"},
        {"certificate.json", "\"prices\": {", "\"held\": {\"unplaced\": -1}, \"prices\": {", 3,
         "steps: held is missing"},
        {"certificate.json", "\"prices\": {", "\"held\": [1], \"prices\": {", 3, "steps: held is missing"},
        {"certificate.json", "\"prices\": {", "\"held\": {\"unplaced\": 1}, \"prices\": {", 1,
         "steps: held is missing"},
        {"certificate.json", "\"prices\": {", "\"held\": {\"hometown\": 1}, \"prices\": {", 3,
         "a step holds hometown, which is no sum level before its own"},
        {"certificate.json", "\"prices\": {", "\"held\": {\"elsewhere\": 1}, \"prices\": {", 3,
         "a step holds elsewhere, which is no sum level"},
        {"certificate.json", "\"prices\": {", "\"scale\": 9223372036854775807, \"prices\": {", 3,
         "do not fit 64 bits"},
        {"certificate.json", "\"version\": 1", "\"version\": 2", 1, "version is missing"},
        {"certificate.json", "\"method\": \"core\"", "\"method\": \"glpk\"", 1, "method is missing"},
        /* the figures and the other files */
        {"summary.json", "\"plan\": 2.0", "\"plan\": 3.0", 1, "placed is 2, summary.json says 3"},
        {"summary.json", "\"status_quo\": 2.0", "\"status_quo\": 0.0", 1,
         "unplaced is 2, summary.json says 0"},
        {"summary.json", "\"moves\"", "\"mover\"", 1, "indicators.moves is missing"},
        {"posts.csv", "j2", "j3", 1, "posts.csv is not what the plan gives, line 3"},
        {"quotas.csv", "q1", "q2", 1, "quotas.csv is not what the plan gives, line 2"},
        {"units.csv", "\n", "\nx\n", 1, "units.csv is not what the plan gives, line 2"},
        {"placements.csv", "no,", "yes,", 1, "placements.csv is not what the plan gives, line 2"},
        /* the inputs and what the summary says */
        {"summary.json", "0123456789abcdef", "1123456789abcdef", 1, "persons.csv has changed"},
        {"summary.json", "\"persons.csv\"", "\"people.csv\"", 1, "people.csv, from which the plan was made"},
        {"summary.json", "\"status\": \"optimal\"", "\"status\": \"perfect\"", 1, "status is missing"},
        {"summary.json", "\"status\": \"optimal\"", "\"status\": \"infeasible\"", 1,
         "infeasible, but there is a plan"},
        {"summary.json", "\"plan\": true", "\"plan\": false", 1, "solved, but there is no plan"},
        {"summary.json", "\"name\": \"hometown\"", "\"name\": \"homes\"", 1,
         "levels[1] (hometown) is missing"},
        {"summary.json", "\"status\"", "\"status", 1, "not valid JSON"},
    };
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        const tampering *t = &tamperings[i];
        case_folder made = make_case(true);
        tamper(&made, t->file, t->n, t->old, t->new);
        cr_assert(ne(int, count_wrong(&made, t->words, PULANG_VERDICT_WRONG), 0), "%s: %s", t->file, t->new);
        remove_case(&made);
    }
}

Test(verify, catches_a_consistent_lie) {
    case_folder made = make_case(true);
    /* The same in both files: a bound that is too weak for its claim, then a proof taken back. */
    tamper(&made, "summary.json", 1, "\"bound\": 1500", "\"bound\": 1400");
    tamper(&made, "certificate.json", 1, "\"bound\": 1500", "\"bound\": 1400");
    cr_assert(ne(int, count_wrong(&made, "claimed to be proven", PULANG_VERDICT_WRONG), 0));
    tamper(&made, "summary.json", 2, "\"proven\": true", "\"proven\": false");
    tamper(&made, "certificate.json", 2, "\"proven\": true", "\"proven\": false");
    cr_assert(ne(int, count_wrong(&made, "optimal, but not every level is proven", PULANG_VERDICT_WRONG), 0));
    tamper(&made, "summary.json", 1, "\"optimal\"", "\"limit\"");
    cr_assert(eq(int, count_wrong(&made, "stopped at a limit", PULANG_VERDICT_OK), 0));
    remove_case(&made);
    /* A worse plan with its own values, proven by nothing. */
    made = make_case(true);
    tamper(&made, "placements.csv", 1, "j1,v1", ",");
    for (int i = 0; i < 2; i++) {
        const char *file = i == 0 ? "summary.json" : "certificate.json";
        tamper(&made, file, 1, "\"value\": 0", "\"value\": 1");
        tamper(&made, file, 1, "\"bound\": 0", "\"bound\": 1");
        tamper(&made, file, 1, "\"value\": 1500", "\"value\": 1000");
        tamper(&made, file, 1, "\"bound\": 1500", "\"bound\": 1000");
    }
    cr_assert(ne(
        int, count_wrong(&made, "the prices do not prove that no plan is below 1", PULANG_VERDICT_WRONG), 0));
    remove_case(&made);
}

Test(verify, follows_the_phases) {
    /* p1 and p2 change places: two moves, in one phase or never. */
    case_folder made = make_case(false);
    pulang_phase phases[] = {{"first", 1}, {"second", 2}};
    made.instance->scenario.phases = phases;
    made.instance->scenario.n_phases = 2;
    made.instance->persons[0].current = 1;
    made.instance->persons[1].current = 0;
    int phase[] = {2, 2};
    pulang_plan *plan = pulang_plan_new(made.instance);
    plan->exists = true;
    plan->post[0] = 0;
    plan->post[1] = 1;
    plan->phase = phase;
    plan->levels[1].value = plan->levels[1].bound = 1500;
    plan->levels[0].proven = plan->levels[1].proven = true;
    plan->method = "glpk";
    pulang_settings settings;
    pulang_settings_default(&settings);
    cr_assert(eq(int, pulang_output_write(made.instance, plan, &settings, made.path, NULL), PULANG_OK));
    cr_assert(eq(int, count_wrong(&made, "no phase has more moves", PULANG_VERDICT_OK), 0));
    tamper(&made, "placements.csv", 1, "yes,2", "yes,1");
    cr_assert(ne(int, count_wrong(&made, "post j1 has 2 people after phase 1", PULANG_VERDICT_WRONG), 0));
    tamper(&made, "placements.csv", 1, "yes,2", "yes,1");
    cr_assert(ne(int, count_wrong(&made, "2 moves in phase 1, at most 1", PULANG_VERDICT_WRONG), 0));
    tamper(&made, "placements.csv", 1, "yes,1", "yes,0");
    cr_assert(ne(int, count_wrong(&made, "person p1 gets a new post in no phase", PULANG_VERDICT_WRONG), 0));
    tamper(&made, "placements.csv", 1, "yes,0", "yes,4");
    cr_assert(eq(int, count_wrong(&made, "phase 4 does not exist", PULANG_VERDICT_WRONG), -1));
    pulang_plan_free(plan);
    remove_case(&made);
}

Test(verify, judges_a_claim_that_there_is_no_plan) {
    case_folder made = make_case(true);
    pulang_plan *plan = pulang_plan_new(made.instance);
    plan->outcome = PULANG_INFEASIBLE;
    plan->method = "core";
    pulang_price price = {0, PULANG_NONE, "", 1, 0};
    pulang_step step = {PULANG_STEP_FEASIBLE, PULANG_NONE, 1, NULL, 1, &price, 0, NULL, NULL};
    plan->steps = &step;
    plan->n_steps = 1;
    pulang_settings settings;
    pulang_settings_default(&settings);
    /* The status quo, nobody placed, keeps all rules. */
    cr_assert(eq(int, pulang_output_write(made.instance, plan, &settings, made.path, NULL), PULANG_OK));
    cr_assert(ne(int, count_wrong(&made, "the status quo keeps all hard rules", PULANG_VERDICT_WRONG), 0));
    made.instance->persons[0].pin = made.instance->persons[1].pin = 0;
    cr_assert(eq(int, count_wrong(&made, "no plan keeps the hard rules: proven", PULANG_VERDICT_OK), 0));
    tamper(&made, "certificate.json", 1, "\"j1\": 1", "\"j1\": -1");
    cr_assert(ne(int, count_wrong(&made, "the prices do not prove that no plan", PULANG_VERDICT_WRONG), 0));
    pulang_plan_free(plan);
    remove_case(&made);
}

Test(verify, reads_cuts) {
    case_folder made = make_claim(&(claimed){"lagrange", true, 1, 500, 0, 1500, true, false});
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1500: proven", PULANG_VERDICT_OK), 0));
    tamper(&made, "certificate.json", 1, "\"weight\": 1", "\"weight\": 2");
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1000", PULANG_VERDICT_OPEN), 0));
    tamper(&made, "certificate.json", 1, "\"weight\": 2", "\"weight\": -1");
    cr_assert(eq(int, count_wrong(&made, "", PULANG_VERDICT_WRONG), -1));
    tamper(&made, "certificate.json", 1, "\"weight\": -1", "\"wait\": 1");
    cr_assert(eq(int, count_wrong(&made, "", PULANG_VERDICT_WRONG), -1));
    remove_case(&made);
}

static const claimed branched = {"lagrange", true, 1, 500, 0, 1500, false, true};

Test(verify, reads_branches) {
    case_folder made = make_claim(&branched);
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1500: proven", PULANG_VERDICT_OK), 0));
    cr_assert(
        has(&made, "certificate.json",
            "\"branches\": {\n        \"posts\": [\n          \"j1\"\n        ],\n        \"most\": 1,\n"));
    tamper(&made, "certificate.json", 1, "500\n", "490\n");
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1490", PULANG_VERDICT_OPEN), 0));
    tamper(&made, "certificate.json", 1, "\"most\": 1", "\"most\": 0");
    cr_assert(eq(int, count_wrong(&made, "no plan is below 1000", PULANG_VERDICT_OPEN), 0),
              "one may be above");
    remove_case(&made);
}

Test(verify, refuses_branches_that_are_none) {
    static const tampering tamperings[] = {
        {"", "\"below\"", "\"beneath\"", 1, "steps: branches is missing"},
        {"", "\"above\"", "\"over\"", 1, "steps: branches is missing"},
        {"", "\"branches\": {", "\"branches\": 7, \"other\": {", 1, "steps: branches is missing"},
        {"", "\"branches\": {", "\"branches\": {\"prices\": {}, ", 1, "steps: branches is missing"},
        {"", "\"kind\": \"level\"", "\"kind\": \"hold\"", 2, "steps: branches is missing"},
        {"", "\"most\": 1", "\"least\": 1", 1, "branches: most is missing"},
        {"", "\"most\": 1", "\"most\": 1.5", 1, "branches: most is missing"},
        {"", "\"j1\"", "\"j9\"", 1, "branches: posts is missing"},
        {"", "\"j1\"", "1", 1, "branches: posts is missing"},
        {"", "\"j1\"", "\"j1\", \"j1\"", 1, "branches: posts is missing"},
        {"", "\"j1\"", "\"j2\", \"j1\"", 1, "branches: posts is missing"},
        {"", "500\n", "500, 0\n", 1, "branches: prices is missing"},
        {"", "500\n", "\"500\"\n", 1, "branches: prices is missing"},
        {"", "500\n", "\n", 1, "branches: prices is missing"},
        {"", "\"branches\": [", "\"cuts\": [", 1, "steps: cuts is missing"},
        {"", "\"branches\": [", "\"path\": [", 1, "branches: prices is missing"},
        {"", "\"quotas\": {}", "\"quotas\": {\"q5\": {\"\": 1}}", 4, "quota q5 does not exist"},
        {"", "\"posts\": {}", "\"posts\": {\"j7\": 1}", 4, "post j7 does not exist"},
        {"", "\"posts\": {}", "\"posts\": []", 4, "steps: prices is missing"},
    };
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        const tampering *t = &tamperings[i];
        case_folder made = make_claim(&branched);
        tamper(&made, "certificate.json", t->n, t->old, t->new);
        cr_assert(eq(int, count_wrong(&made, t->words, PULANG_VERDICT_WRONG), -1), "%s", t->new);
        remove_case(&made);
    }
}

/* Hangs n objects within one another below the branch. */
static void deepen(const case_folder *made, int n) {
    static const char begin[] = "\"below\": {", end[] = "}, \"other\": {";
    size_t depth = (size_t)n, step = sizeof begin - 1;
    char *deep = malloc(depth * (step + 1) + step + sizeof end);
    if (!deep)
        abort();
    for (size_t i = 0; i <= depth; i++)
        memcpy(deep + i * step, begin, step);
    memset(deep + (depth + 1) * step, '}', depth);
    memcpy(deep + (depth + 1) * step + depth, end, sizeof end);
    tamper(made, "certificate.json", 1, "\"below\": {", deep);
    free(deep);
}

Test(verify, refuses_branches_that_are_too_deep) {
    static const struct {
        int n;
        const char *words;
    } cases[] = {{1500, "steps: branches is missing"}, {100000, "not valid JSON"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        case_folder made = make_claim(&branched);
        deepen(&made, cases[i].n);
        cr_assert(eq(int, count_wrong(&made, cases[i].words, PULANG_VERDICT_WRONG), -1));
        remove_case(&made);
    }
}

static void check_memory(const claimed *stated) {
    case_folder made = make_claim(stated);
    pulang_status status = PULANG_ERROR_MEMORY;
    for (long k = 1; status != PULANG_OK; k++) {
        pulang_claim *claim = NULL;
        pulang_verification *verification = NULL;
        pulang_alloc_fail_at(k);
        pulang_error error = {0};
        status = pulang_output_read(made.instance, made.path, &claim, &error);
        if (status == PULANG_OK)
            status = pulang_verify(made.instance, claim, &verification, &error);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY, "allocation %ld: %s", k,
                  error.message);
        pulang_verification_free(verification);
        pulang_claim_free(claim);
    }
    remove_case(&made);
}

Test(verify, fails_cleanly_without_memory) {
    check_memory(&(claimed){"lagrange", true, 1, 500, 0, 1500, true, false});
    check_memory(&branched);
}
