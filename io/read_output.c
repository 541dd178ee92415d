#include "io/read_output.h"

#include "io/reading.h"
#include "model/error.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

pulang_status reading_wrong(reading *in, const char *what) {
    return pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0,
                          _("%s is missing or not as expected"), what);
}

const char *reading_keep(reading *in, const char *text) {
    return pulang_arena_copy(in->claim->arena, text, strlen(text));
}

pulang_status reading_json(reading *in, const char *file, pulang_json **document) {
    char path[PATH_MAX];
    in->file = file;
    snprintf(path, sizeof path, "%s/%s", in->out, file);
    return pulang_json_read(path, file, document, in->error);
}

/* ---- levels ---- */

bool pulang_output_read_bound(const pulang_json *level, int64_t *bound) {
    const pulang_json *value = pulang_json_get(level, "bound");
    *bound = INT64_MIN;
    return pulang_json_to_integer(value, bound) || pulang_json_is_null(value);
}

static bool read_level(const pulang_json *level, const char *name, pulang_claimed_level *read) {
    const char *stated = pulang_json_to_text(pulang_json_get(level, "name"));
    return stated && strcmp(stated, name) == 0 &&
           pulang_json_to_integer(pulang_json_get(level, "value"), &read->value) &&
           pulang_output_read_bound(level, &read->bound) &&
           pulang_json_to_boolean(pulang_json_get(level, "proven"), &read->proven);
}

pulang_status reading_levels(reading *in, const pulang_json *document, pulang_claimed_level **levels) {
    const pulang_scenario *scenario = &in->instance->scenario;
    const pulang_json *stated = pulang_json_get(document, "levels");
    pulang_claimed_level *read =
        pulang_arena_alloc(in->claim->arena, (size_t)scenario->n_levels, sizeof *read);
    if (!read)
        return pulang_fail_memory(in->error);
    if (!pulang_json_is_array(stated) || pulang_json_length(stated) != (size_t)scenario->n_levels)
        return reading_wrong(in, "levels");
    for (int l = 0; l < scenario->n_levels; l++)
        if (!read_level(pulang_json_at(stated, (size_t)l), scenario->levels[l].name, &read[l])) {
            char what[256];
            snprintf(what, sizeof what, "levels[%d] (%s)", l, scenario->levels[l].name);
            return reading_wrong(in, what);
        }
    *levels = read;
    return PULANG_OK;
}

/* ---- summary.json ---- */

static bool read_outcome(const pulang_json *document, pulang_outcome *outcome) {
    static const struct {
        const char *name;
        pulang_outcome outcome;
    } known[] = {{"optimal", PULANG_OPTIMAL},
                 {"feasible", PULANG_FEASIBLE},
                 {"infeasible", PULANG_INFEASIBLE},
                 {"limit", PULANG_LIMIT}};
    const char *name = pulang_json_to_text(pulang_json_get(document, "status"));
    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i].name) == 0) {
            *outcome = known[i].outcome;
            return true;
        }
    return false;
}

static pulang_status read_inputs(reading *in, const pulang_json *document) {
    const pulang_json *inputs = pulang_json_get(document, "inputs"), *value = NULL;
    if (!pulang_json_is_object(inputs))
        return reading_wrong(in, "inputs");
    pulang_claim *claim = in->claim;
    claim->inputs = pulang_arena_alloc(claim->arena, pulang_json_length(inputs), sizeof *claim->inputs);
    if (!claim->inputs)
        return pulang_fail_memory(in->error);
    const char *name = NULL;
    for (void *iterator = NULL; pulang_json_next(inputs, &iterator, &name, &value);) {
        const char *hash = pulang_json_to_text(value);
        if (!hash)
            return reading_wrong(in, "inputs");
        pulang_input_file *file = &claim->inputs[claim->n_inputs++];
        file->name = reading_keep(in, name);
        file->sha256 = reading_keep(in, hash);
        if (!file->name || !file->sha256)
            return pulang_fail_memory(in->error);
    }
    return PULANG_OK;
}

static bool read_figure(const pulang_json *stated, const char *key, double *figure) {
    const pulang_json *value = pulang_json_get(stated, key);
    *figure = NAN;
    return pulang_json_to_real(value, figure) || pulang_json_is_null(value);
}

static pulang_status read_figures(reading *in, const pulang_json *document) {
    const pulang_json *stated = pulang_json_get(document, "indicators");
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        const char *name = pulang_indicator_name((pulang_indicator_id)i);
        const pulang_json *figure = pulang_json_get(stated, name);
        char what[64];
        snprintf(what, sizeof what, "indicators.%s", name);
        if (!read_figure(figure, "plan", &in->claim->figure[i][0]) ||
            !read_figure(figure, "status_quo", &in->claim->figure[i][1]))
            return reading_wrong(in, what);
    }
    return PULANG_OK;
}

static pulang_status read_summary_members(reading *in, const pulang_json *document) {
    pulang_claim *claim = in->claim;
    const char *method = pulang_json_to_text(pulang_json_get(document, "method"));
    if (!read_outcome(document, &claim->outcome))
        return reading_wrong(in, "status");
    if (!pulang_json_to_boolean(pulang_json_get(document, "plan"), &claim->exists))
        return reading_wrong(in, "plan");
    if (!method)
        return reading_wrong(in, "method");
    if (!pulang_json_to_real(pulang_json_get(pulang_json_get(document, "settings"), "gap"), &claim->gap))
        return reading_wrong(in, "settings.gap");
    claim->exact_prices = pulang_json_is_object(pulang_json_get(document, "exact_prices"));
    claim->method = reading_keep(in, method);
    if (!claim->method)
        return pulang_fail_memory(in->error);
    pulang_status status = read_inputs(in, document);
    if (status == PULANG_OK)
        status = read_figures(in, document);
    return status == PULANG_OK && claim->exists ? reading_levels(in, document, &claim->summary) : status;
}

static pulang_status read_summary(reading *in) {
    pulang_status status = reading_json(in, "summary.json", &in->claim->document);
    return status == PULANG_OK ? read_summary_members(in, in->claim->document) : status;
}

/* ---- the folder ---- */

static pulang_status read_plan(reading *in) {
    pulang_claim *claim = in->claim;
    char path[PATH_MAX];
    if (!claim->exists)
        return PULANG_OK;
    claim->post = pulang_arena_alloc(claim->arena, (size_t)in->instance->n_persons, sizeof *claim->post);
    if (!claim->post)
        return pulang_fail_memory(in->error);
    if (in->instance->scenario.n_phases > 0) {
        claim->phase =
            pulang_arena_alloc(claim->arena, (size_t)in->instance->n_persons, sizeof *claim->phase);
        if (!claim->phase)
            return pulang_fail_memory(in->error);
    }
    snprintf(path, sizeof path, "%s/placements.csv", in->out);
    return pulang_placements_read(in->instance, path, claim->post, claim->phase, in->error);
}

static pulang_claim *claim_new(const pulang_instance *instance, const char *out) {
    pulang_arena *arena = pulang_arena_new();
    pulang_claim *claim = arena ? pulang_arena_alloc(arena, 1, sizeof *claim) : NULL;
    if (!claim) {
        pulang_arena_free(arena);
        return NULL;
    }
    claim->arena = arena;
    claim->n_levels = instance->scenario.n_levels;
    claim->folder = pulang_arena_copy(arena, out, strlen(out));
    if (!claim->folder) {
        pulang_arena_free(arena);
        return NULL;
    }
    return claim;
}

pulang_status pulang_output_read(const pulang_instance *instance, const char *out, pulang_claim **claim,
                                 pulang_error *error) {
    reading in = {.instance = instance, .out = out, .claim = claim_new(instance, out), .error = error};
    pulang_status status = in.claim ? read_summary(&in) : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = read_plan(&in);
    if (status == PULANG_OK)
        status = reading_certificate(&in);
    pulang_index_clear(&in.posts);
    if (status != PULANG_OK) {
        pulang_claim_free(in.claim);
        return status;
    }
    *claim = in.claim;
    return PULANG_OK;
}

void pulang_claim_free(pulang_claim *claim) {
    if (!claim)
        return;
    pulang_json_free(claim->document);
    pulang_arena_free(claim->arena);
}
