#include "io/verify_files.h"

#include "io/output.h"
#include "io/write_scenario.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/indicators.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- phases ---- */

/* Heads of the posts as the phases go on, and what no post may exceed: its maximum, or today's heads. */
typedef struct occupancy {
    int *heads, *most;
} occupancy;

static void begin_today(const pulang_instance *instance, const int *post_of, occupancy *o) {
    for (int p = 0; p < instance->n_persons; p++)
        if (instance->persons[p].current != PULANG_NONE)
            o->most[instance->persons[p].current]++;
    for (int j = 0; j < instance->n_posts; j++) {
        o->heads[j] = o->most[j];
        if (instance->posts[j].max > o->most[j])
            o->most[j] = instance->posts[j].max;
    }
    /* Who ends without a post leaves the old one first. */
    for (int p = 0; p < instance->n_persons; p++)
        if (instance->persons[p].current != PULANG_NONE && post_of[p] == PULANG_NONE)
            o->heads[instance->persons[p].current]--;
}

/* Moves everybody whose phase it is; returns the number who leave a post for another. */
static int run_phase(const pulang_instance *instance, const pulang_claim *claim, int phase, occupancy *o) {
    int moves = 0;
    for (int p = 0; p < instance->n_persons; p++) {
        int from = instance->persons[p].current;
        if (claim->phase[p] != phase || claim->post[p] == PULANG_NONE)
            continue;
        o->heads[claim->post[p]]++;
        if (from != PULANG_NONE) {
            o->heads[from]--;
            moves++;
        }
    }
    return moves;
}

static void verify_persons_phases(pulang_verifying *v) {
    for (int p = 0; p < v->instance->n_persons; p++) {
        int post = v->claim->post[p];
        bool moves = post != PULANG_NONE && post != v->instance->persons[p].current;
        if (moves != (v->claim->phase[p] > 0))
            pulang_verify_note(v, PULANG_VERDICT_WRONG, "phases",
                               moves ? _("person %s gets a new post in no phase")
                                     : _("person %s has a phase but gets no new post"),
                               v->instance->persons[p].id);
    }
}

static void verify_phases(pulang_verifying *v, occupancy *o) {
    const pulang_instance *instance = v->instance;
    const pulang_scenario *scenario = &instance->scenario;
    begin_today(instance, v->claim->post, o);
    for (int i = 0; i < scenario->n_phases; i++) {
        int moves = run_phase(instance, v->claim, i + 1, o);
        if (moves > scenario->phases[i].moves)
            pulang_verify_note(v, PULANG_VERDICT_WRONG, "phases", _("%d moves in phase %d, at most %d"),
                               moves, i + 1, scenario->phases[i].moves);
        for (int j = 0; j < instance->n_posts; j++)
            if (o->heads[j] > o->most[j])
                pulang_verify_note(v, PULANG_VERDICT_WRONG, "phases",
                                   _("post %s has %d people after phase %d, at most %d"),
                                   instance->posts[j].id, o->heads[j], i + 1, o->most[j]);
    }
}

pulang_status pulang_verify_phases(pulang_verifying *v, pulang_error *error) {
    if (!v->claim->phase)
        return PULANG_OK;
    size_t n_posts = (size_t)v->instance->n_posts;
    int before = v->out->n_wrong;
    occupancy o = {pulang_alloc(n_posts, sizeof(int)), pulang_alloc(n_posts, sizeof(int))};
    bool ok = o.heads && o.most;
    if (ok) {
        verify_persons_phases(v);
        verify_phases(v, &o);
        if (v->out->n_wrong == before)
            pulang_verify_note(v, PULANG_VERDICT_OK, "phases", "%s",
                               _("no phase has more moves than it may, no post is ever too full"));
    }
    pulang_free(o.heads);
    pulang_free(o.most);
    return ok ? PULANG_OK : pulang_fail_memory(error);
}

/* ---- figures ---- */

static void verify_figure(pulang_verifying *v, const pulang_indicator *figure, double stated) {
    double slack = 0.5 * pow(10, -figure->decimals) * 1.001 + fabs(figure->value) * 1e-12;
    if (!(fabs(stated - figure->value) <= slack))
        pulang_verify_note(v, PULANG_VERDICT_WRONG, "figures", _("%s is %.*f, summary.json says %.*f"),
                           figure->name, figure->decimals, figure->value, figure->decimals, stated);
}

static pulang_status figures_today(const pulang_instance *instance, pulang_indicator *figures,
                                   pulang_error *error) {
    pulang_evaluation *today = NULL;
    int *post_of = pulang_alloc((size_t)instance->n_persons, sizeof *post_of);
    if (!post_of)
        return pulang_fail_memory(error);
    pulang_status_quo(instance, post_of);
    pulang_status status = pulang_check_plan(instance, post_of, &today, error);
    if (status == PULANG_OK)
        status = pulang_indicators_compute(instance, post_of, today, figures, error);
    pulang_evaluation_free(today);
    pulang_free(post_of);
    return status;
}

pulang_status pulang_verify_figures(pulang_verifying *v, const pulang_evaluation *evaluation,
                                    pulang_error *error) {
    pulang_indicator plan[PULANG_N_INDICATORS], today[PULANG_N_INDICATORS];
    int before = v->out->n_wrong;
    pulang_status status = figures_today(v->instance, today, error);
    if (status == PULANG_OK)
        status = pulang_indicators_compute(v->instance, v->claim->post, evaluation, plan, error);
    if (status != PULANG_OK)
        return status;
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        verify_figure(v, &plan[i], v->claim->figure[i][0]);
        verify_figure(v, &today[i], v->claim->figure[i][1]);
    }
    if (v->out->n_wrong == before)
        pulang_verify_note(v, PULANG_VERDICT_OK, "figures", "%s",
                           _("those of the plan and of the status quo are as summary.json says"));
    return PULANG_OK;
}

/* ---- settings and rules ---- */

/* Members of expected that stated has otherwise, or lacks. */
static void verify_members(pulang_verifying *v, const pulang_json *expected, const pulang_json *stated) {
    const char *key = NULL;
    const pulang_json *value = NULL;
    for (void *i = NULL; pulang_json_next(expected, &i, &key, &value);)
        if (!pulang_json_equal(value, pulang_json_get(stated, key)))
            pulang_verify_note(v, PULANG_VERDICT_WRONG, "settings",
                               _("summary.json has another %s than the problem folder"), key);
    if (pulang_json_length(stated) > pulang_json_length(expected))
        pulang_verify_note(v, PULANG_VERDICT_WRONG, "settings", "%s",
                           _("summary.json has settings that are unknown"));
}

static void verify_stated_rules(pulang_verifying *v, const pulang_json *expected, const pulang_json *stated) {
    for (size_t q = 0; q < pulang_json_length(expected); q++) {
        const pulang_json *rule = pulang_json_at(expected, q);
        if (!pulang_json_equal(rule, pulang_json_at(stated, q)))
            pulang_verify_note(v, PULANG_VERDICT_WRONG, "settings",
                               _("summary.json has rule %s otherwise than the problem folder"),
                               pulang_json_to_text(pulang_json_get(rule, "name")));
    }
    if (pulang_json_length(stated) > pulang_json_length(expected))
        pulang_verify_note(v, PULANG_VERDICT_WRONG, "settings", "%s",
                           _("summary.json has rules that the problem folder has not"));
}

pulang_status pulang_verify_settings(pulang_verifying *v, pulang_error *error) {
    const pulang_json *stated = v->claim->document;
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return pulang_fail_memory(error);
    pulang_scenario_write(&v->instance->scenario, json);
    pulang_rules_write(v->instance, json);
    const pulang_json *expected = pulang_json_builder_document(json);
    int before = v->out->n_wrong;
    if (expected) {
        verify_members(v, pulang_json_get(expected, "scenario"), pulang_json_get(stated, "scenario"));
        verify_stated_rules(v, pulang_json_get(expected, "rules"), pulang_json_get(stated, "rules"));
        if (v->out->n_wrong == before)
            pulang_verify_note(v, PULANG_VERDICT_OK, "settings", "%s",
                               _("those in summary.json, and its rules, are those of the problem folder"));
    }
    pulang_json_builder_free(json);
    return expected ? PULANG_OK : pulang_fail_memory(error);
}

/* ---- tables ---- */

/* A file beside what it ought to be. */
typedef struct comparison {
    FILE *file;
    char separator;
    bool exact;  /* rows may go on with exact prices */
    int n_cells; /* of exact prices in each row, -1: not known yet */
    bool in_quotes;
} comparison;

/* An exact price as a cell: blank, a whole number, or that there is no plan. */
static bool is_exact_price(const char *cell) {
    size_t sign = cell[0] == '-', digits = strspn(cell + sign, "0123456789");
    return !*cell || strcmp(cell, "impossible") == 0 || (digits > 0 && !cell[sign + digits]);
}

/* Reads the next cell of a row; false: it is longer than any that is expected. *end: what comes after it. */
static bool read_cell(FILE *file, char separator, char *cell, size_t size, int *end) {
    size_t n = 0;
    while ((*end = getc(file)) != EOF && *end != separator && *end != '\n' && n + 1 < size)
        cell[n++] = (char)*end;
    cell[n] = '\0';
    return *end == EOF || *end == separator || *end == '\n';
}

/* Reads the exact prices that end a row, from behind the first separator on: as many as in all rows. */
static bool read_exact_prices(comparison *c) {
    char cell[256];
    int end = c->separator, n = 0;
    while (end == c->separator) {
        bool good = read_cell(c->file, c->separator, cell, sizeof cell, &end);
        if (!good || !(c->n_cells < 0 ? strncmp(cell, "exact_", 6) == 0 : is_exact_price(cell)))
            return false;
        n++;
    }
    if (c->n_cells < 0)
        c->n_cells = n;
    return end == '\n' && n == c->n_cells;
}

/* The first line in which the file differs from the table, 0: none. */
static int first_difference(comparison *c, const pulang_output_table *table) {
    int line = 1;
    for (size_t i = 0; i < table->length; i++) {
        int expected = (unsigned char)table->bytes[i], found = getc(c->file);
        c->in_quotes ^= expected == '"';
        bool row_ends = expected == '\n' && !c->in_quotes;
        if (row_ends && c->exact && found == c->separator) {
            if (!read_exact_prices(c))
                return line;
        } else if (found != expected || (row_ends && c->n_cells > 0)) {
            return line;
        }
        line += expected == '\n';
    }
    return getc(c->file) == EOF ? 0 : line;
}

/* Whether the file is the table; what is not is noted. */
static bool verify_table(pulang_verifying *v, const pulang_output_table *table) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", v->claim->folder, table->name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        pulang_verify_note(v, PULANG_VERDICT_WRONG, "files", _("%s cannot be read"), table->name);
        return false;
    }
    comparison c = {.file = file,
                    .separator = v->instance->persons_table.separator == ';' ? ';' : ',',
                    .exact = v->claim->exact_prices,
                    .n_cells = -1};
    int line = first_difference(&c, table);
    fclose(file);
    if (line == 0)
        return true;
    const char *language = pulang_json_to_text(pulang_json_get(v->claim->document, "language"));
    if (language && strcmp(language, pulang_language()) != 0)
        pulang_verify_note(
            v, PULANG_VERDICT_OPEN, "files",
            _("%s is in another language (%s): to check its words, verify it in that language"), table->name,
            language);
    else
        pulang_verify_note(v, PULANG_VERDICT_WRONG, "files",
                           _("%s is not what the plan gives, line %d is the first that differs"), table->name,
                           line);
    return false;
}

/* The plan that the folder claims, as a solver would have handed it out. */
static pulang_plan *claimed_plan(const pulang_instance *instance, const pulang_claim *claim) {
    pulang_plan *plan = pulang_plan_new(instance);
    if (!plan)
        return NULL;
    plan->outcome = claim->outcome;
    plan->exists = true;
    plan->post = claim->post;
    plan->phase = claim->phase;
    for (int l = 0; l < plan->n_levels; l++) {
        plan->levels[l].value = claim->summary[l].value;
        plan->levels[l].bound = claim->summary[l].bound;
        plan->levels[l].proven = claim->summary[l].proven;
    }
    plan->n_steps = claim->n_steps;
    plan->steps = claim->steps;
    plan->method = claim->method;
    return plan;
}

pulang_status pulang_verify_tables(pulang_verifying *v, pulang_error *error) {
    pulang_output_table tables[PULANG_OUTPUT_TABLES];
    pulang_plan *plan = claimed_plan(v->instance, v->claim);
    pulang_status status =
        plan ? pulang_output_tables(v->instance, plan, v->claim->exact_prices, tables, error)
             : pulang_fail_memory(error);
    pulang_plan_free(plan);
    if (status != PULANG_OK)
        return status;
    bool same = true;
    for (int i = 0; i < PULANG_OUTPUT_TABLES; i++)
        if (tables[i].bytes && !verify_table(v, &tables[i]))
            same = false;
    if (same)
        pulang_verify_note(v, PULANG_VERDICT_OK, "files", "%s",
                           _("every line of the CSV files is what the plan gives"));
    if (v->claim->exact_prices)
        pulang_verify_note(v, PULANG_VERDICT_OPEN, "files", "%s",
                           _("the exact prices are the word of the solver: solving again would repeat them"));
    pulang_output_tables_clear(tables);
    return PULANG_OK;
}
