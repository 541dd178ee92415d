#include "io/read_output.h"

#include "io/index.h"
#include "io/json.h"
#include "model/error.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a claim is read with. */
typedef struct reading {
    const pulang_instance *instance;
    const char *out, *file; /* file: the one in hand */
    pulang_claim *claim;
    pulang_index posts;
    pulang_error *error;
} reading;

static pulang_status wrong(reading *in, const char *what) {
    return pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0,
                          _("%s is missing or not as expected"), what);
}

static const char *keep(reading *in, const char *text) {
    return pulang_arena_copy(in->claim->arena, text, strlen(text));
}

static pulang_status read_json(reading *in, const char *file, pulang_json **document) {
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

static pulang_status read_levels(reading *in, const pulang_json *document, pulang_claimed_level **levels) {
    const pulang_scenario *scenario = &in->instance->scenario;
    const pulang_json *stated = pulang_json_get(document, "levels");
    pulang_claimed_level *read =
        pulang_arena_alloc(in->claim->arena, (size_t)scenario->n_levels, sizeof *read);
    if (!read)
        return pulang_fail_memory(in->error);
    if (!pulang_json_is_array(stated) || pulang_json_length(stated) != (size_t)scenario->n_levels)
        return wrong(in, "levels");
    for (int l = 0; l < scenario->n_levels; l++)
        if (!read_level(pulang_json_at(stated, (size_t)l), scenario->levels[l].name, &read[l])) {
            char what[256];
            snprintf(what, sizeof what, "levels[%d] (%s)", l, scenario->levels[l].name);
            return wrong(in, what);
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
        return wrong(in, "inputs");
    pulang_claim *claim = in->claim;
    claim->inputs = pulang_arena_alloc(claim->arena, pulang_json_length(inputs), sizeof *claim->inputs);
    if (!claim->inputs)
        return pulang_fail_memory(in->error);
    const char *name = NULL;
    for (void *iterator = NULL; pulang_json_next(inputs, &iterator, &name, &value);) {
        const char *hash = pulang_json_to_text(value);
        if (!hash)
            return wrong(in, "inputs");
        pulang_input_file *file = &claim->inputs[claim->n_inputs++];
        file->name = keep(in, name);
        file->sha256 = keep(in, hash);
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
            return wrong(in, what);
    }
    return PULANG_OK;
}

static pulang_status read_summary_members(reading *in, const pulang_json *document) {
    pulang_claim *claim = in->claim;
    const char *method = pulang_json_to_text(pulang_json_get(document, "method"));
    if (!read_outcome(document, &claim->outcome))
        return wrong(in, "status");
    if (!pulang_json_to_boolean(pulang_json_get(document, "plan"), &claim->exists))
        return wrong(in, "plan");
    if (!method)
        return wrong(in, "method");
    if (!pulang_json_to_real(pulang_json_get(pulang_json_get(document, "settings"), "gap"), &claim->gap))
        return wrong(in, "settings.gap");
    claim->exact_prices = pulang_json_is_object(pulang_json_get(document, "exact_prices"));
    claim->method = keep(in, method);
    if (!claim->method)
        return pulang_fail_memory(in->error);
    pulang_status status = read_inputs(in, document);
    if (status == PULANG_OK)
        status = read_figures(in, document);
    return status == PULANG_OK && claim->exists ? read_levels(in, document, &claim->summary) : status;
}

static pulang_status read_summary(reading *in) {
    pulang_status status = read_json(in, "summary.json", &in->claim->document);
    return status == PULANG_OK ? read_summary_members(in, in->claim->document) : status;
}

/* ---- certificate.json ---- */

static pulang_status add_price(reading *in, pulang_step *step, const pulang_json *value, int post, int quota,
                               const char *key) {
    pulang_price *price = &step->prices[step->n_prices++];
    *price = (pulang_price){.post = post, .quota = quota, .key = keep(in, key)};
    if (!price->key)
        return pulang_fail_memory(in->error);
    return pulang_json_to_integer(value, &price->price) ? PULANG_OK : wrong(in, _("a price"));
}

static pulang_status read_post_prices(reading *in, const pulang_json *posts, pulang_step *step) {
    const char *id = NULL;
    const pulang_json *value = NULL;
    pulang_status status = PULANG_OK;
    for (void *i = NULL; status == PULANG_OK && pulang_json_next(posts, &i, &id, &value);) {
        int post = pulang_index_find(&in->posts, id);
        status = post < 0 ? pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0,
                                           _("post %s does not exist"), id)
                          : add_price(in, step, value, post, PULANG_NONE, "");
    }
    return status;
}

static int find_quota(const pulang_instance *instance, const char *name) {
    for (int q = 0; q < instance->n_quotas; q++)
        if (instance->quotas[q].on && strcmp(instance->quotas[q].name, name) == 0)
            return q;
    return PULANG_NONE;
}

static pulang_status read_quota_prices(reading *in, const pulang_json *quotas, pulang_step *step) {
    const char *name = NULL, *key = NULL;
    const pulang_json *groups = NULL, *value = NULL;
    pulang_status status = PULANG_OK;
    for (void *i = NULL; status == PULANG_OK && pulang_json_next(quotas, &i, &name, &groups);) {
        int quota = find_quota(in->instance, name);
        if (quota == PULANG_NONE)
            return pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0, _("quota %s does not exist"),
                                  name);
        for (void *k = NULL; status == PULANG_OK && pulang_json_next(groups, &k, &key, &value);)
            status = add_price(in, step, value, PULANG_NONE, quota, key);
    }
    return status;
}

/* The prices of the cuts, in their order; missing where there are no cuts. */
static pulang_status read_cut_prices(reading *in, const pulang_json *cuts, pulang_step *step) {
    pulang_status status = PULANG_OK;
    if (pulang_json_length(cuts) != (size_t)step->n_cuts)
        return wrong(in, "steps: cuts");
    for (int c = 0; status == PULANG_OK && c < step->n_cuts; c++) {
        status = add_price(in, step, pulang_json_at(cuts, (size_t)c), PULANG_NONE, PULANG_NONE, "");
        step->prices[step->n_prices - 1].cut = c;
    }
    return status;
}

static size_t count_prices(const pulang_json *posts, const pulang_json *quotas) {
    size_t n = pulang_json_length(posts);
    const char *name = NULL;
    const pulang_json *groups = NULL;
    for (void *i = NULL; pulang_json_next(quotas, &i, &name, &groups);)
        n += pulang_json_length(groups);
    return n;
}

static bool read_kind(const pulang_json *step, pulang_step_kind *kind) {
    static const char *const names[] = {[PULANG_STEP_FEASIBLE] = "feasible",
                                        [PULANG_STEP_LEVEL] = "level",
                                        [PULANG_STEP_BELOW] = "below",
                                        [PULANG_STEP_HOLD] = "hold"};
    const char *name = pulang_json_to_text(pulang_json_get(step, "kind"));
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *kind = (pulang_step_kind)i;
            return true;
        }
    return false;
}

/* A sum level before the step's own; PULANG_NONE: name is not one. */
static int held_level(const pulang_scenario *scenario, const pulang_step *step, const char *name) {
    int level = pulang_scenario_level(scenario, name);
    bool sum = level != PULANG_NONE && scenario->levels[level].kind != PULANG_LEVEL_BALANCE;
    return sum && level < step->level ? level : PULANG_NONE;
}

/* scale and held, which are left out where they are 1 and nothing. */
static pulang_status read_weights(reading *in, const pulang_json *stated, pulang_step *step) {
    const pulang_json *scale = pulang_json_get(stated, "scale"), *held = pulang_json_get(stated, "held");
    const pulang_json *value = NULL;
    const char *name = NULL;
    step->scale = 1;
    if (scale && (!pulang_json_to_integer(scale, &step->scale) || step->scale < 1))
        return wrong(in, "steps: scale");
    if (!held)
        return PULANG_OK;
    if (!pulang_json_is_object(held) || step->level == PULANG_NONE)
        return wrong(in, "steps: held");
    step->held = pulang_arena_alloc(in->claim->arena, (size_t)step->level, sizeof *step->held);
    if (!step->held)
        return pulang_fail_memory(in->error);
    for (void *i = NULL; pulang_json_next(held, &i, &name, &value);) {
        int level = held_level(&in->instance->scenario, step, name);
        if (level == PULANG_NONE)
            return pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0,
                                  _("a step holds %s, which is no sum level before its own"), name);
        if (!pulang_json_to_integer(value, &step->held[level]) || step->held[level] < 0)
            return wrong(in, "steps: held");
    }
    return PULANG_OK;
}

static pulang_status read_step(reading *in, const pulang_json *stated, pulang_step *step) {
    if (!read_kind(stated, &step->kind))
        return wrong(in, "steps: kind");
    const char *level = pulang_json_to_text(pulang_json_get(stated, "level"));
    step->level = level ? pulang_scenario_level(&in->instance->scenario, level) : PULANG_NONE;
    if ((step->kind == PULANG_STEP_FEASIBLE) != (step->level == PULANG_NONE))
        return wrong(in, "steps: level");
    pulang_status status = read_weights(in, stated, step);
    if (status != PULANG_OK)
        return status;
    const pulang_json *prices = pulang_json_get(stated, "prices");
    const pulang_json *posts = pulang_json_get(prices, "posts"), *quotas = pulang_json_get(prices, "quotas");
    if (!pulang_json_is_object(posts) || !pulang_json_is_object(quotas))
        return wrong(in, "steps: prices");
    size_t n_prices = count_prices(posts, quotas) + (size_t)step->n_cuts;
    step->prices = pulang_arena_alloc(in->claim->arena, n_prices, sizeof *step->prices);
    if (!step->prices)
        return pulang_fail_memory(in->error);
    status = read_post_prices(in, posts, step);
    if (status == PULANG_OK)
        status = read_quota_prices(in, quotas, step);
    return status == PULANG_OK ? read_cut_prices(in, pulang_json_get(prices, "cuts"), step) : status;
}

static bool read_length(const pulang_json *array, int *n) {
    *n = (int)pulang_json_length(array);
    return pulang_json_is_array(array) && pulang_json_length(array) <= INT_MAX;
}

static pulang_status read_cut_groups(reading *in, const pulang_json *groups, pulang_cut *cut) {
    if (!read_length(groups, &cut->n_groups))
        return wrong(in, "cuts: quotas");
    cut->quotas = pulang_arena_alloc(in->claim->arena, (size_t)cut->n_groups, sizeof *cut->quotas);
    cut->keys = pulang_arena_alloc(in->claim->arena, (size_t)cut->n_groups, sizeof *cut->keys);
    if (!cut->quotas || !cut->keys)
        return pulang_fail_memory(in->error);
    for (int i = 0; i < cut->n_groups; i++) {
        const pulang_json *group = pulang_json_at(groups, (size_t)i);
        const char *name = pulang_json_to_text(pulang_json_get(group, "quota"));
        const char *key = pulang_json_to_text(pulang_json_get(group, "group"));
        cut->quotas[i] = name ? find_quota(in->instance, name) : PULANG_NONE;
        if (cut->quotas[i] == PULANG_NONE || !key)
            return wrong(in, "cuts: quotas");
        if (!(cut->keys[i] = keep(in, key)))
            return pulang_fail_memory(in->error);
    }
    return PULANG_OK;
}

static pulang_status read_cut_part(reading *in, const pulang_json *stated, pulang_cut_part *part) {
    const pulang_json *posts = pulang_json_get(stated, "posts");
    if (!pulang_json_to_integer(pulang_json_get(stated, "weight"), &part->weight) || part->weight < 0 ||
        !read_length(posts, &part->n_posts))
        return wrong(in, "cuts: parts");
    part->posts = pulang_arena_alloc(in->claim->arena, (size_t)part->n_posts, sizeof *part->posts);
    if (!part->posts)
        return pulang_fail_memory(in->error);
    for (int i = 0; i < part->n_posts; i++) {
        const char *id = pulang_json_to_text(pulang_json_at(posts, (size_t)i));
        part->posts[i] = id ? pulang_index_find(&in->posts, id) : -1;
        if (part->posts[i] < 0)
            return wrong(in, "cuts: posts");
    }
    return PULANG_OK;
}

static pulang_status read_cut(reading *in, const pulang_json *stated, pulang_cut *cut) {
    const pulang_json *parts = pulang_json_get(stated, "parts");
    pulang_status status = read_cut_groups(in, pulang_json_get(stated, "quotas"), cut);
    if (status != PULANG_OK)
        return status;
    if (!read_length(parts, &cut->n_parts))
        return wrong(in, "cuts: parts");
    cut->parts = pulang_arena_alloc(in->claim->arena, (size_t)cut->n_parts, sizeof *cut->parts);
    if (!cut->parts)
        return pulang_fail_memory(in->error);
    for (int k = 0; status == PULANG_OK && k < cut->n_parts; k++)
        status = read_cut_part(in, pulang_json_at(parts, (size_t)k), &cut->parts[k]);
    return status;
}

/* The cuts that the steps have prices for, given to all of them. */
static pulang_status read_cuts(reading *in, const pulang_json *cuts) {
    pulang_claim *claim = in->claim;
    pulang_status status = PULANG_OK;
    int n = 0;
    if (!cuts)
        return PULANG_OK;
    if (!read_length(cuts, &n))
        return wrong(in, "cuts");
    pulang_cut *read = pulang_arena_alloc(claim->arena, (size_t)n, sizeof *read);
    if (!read)
        return pulang_fail_memory(in->error);
    for (int c = 0; status == PULANG_OK && c < n; c++)
        status = read_cut(in, pulang_json_at(cuts, (size_t)c), &read[c]);
    for (int s = 0; s < claim->n_steps; s++) {
        claim->steps[s].n_cuts = n;
        claim->steps[s].cuts = read;
    }
    return status;
}

static pulang_status read_certificate_members(reading *in, const pulang_json *document) {
    pulang_claim *claim = in->claim;
    int64_t version = 0;
    const char *method = pulang_json_to_text(pulang_json_get(document, "method"));
    if (!pulang_json_to_integer(pulang_json_get(document, "version"), &version) || version != 1)
        return wrong(in, "version");
    if (!method || strcmp(method, claim->method) != 0)
        return wrong(in, "method");
    const pulang_json *steps = pulang_json_get(document, "steps");
    if (!pulang_json_is_array(steps) || pulang_json_length(steps) > INT_MAX)
        return wrong(in, "steps");
    pulang_status status = claim->exists ? read_levels(in, document, &claim->certified) : PULANG_OK;
    claim->n_steps = (int)pulang_json_length(steps);
    claim->steps = pulang_arena_alloc(claim->arena, (size_t)claim->n_steps, sizeof *claim->steps);
    if (!claim->steps)
        return pulang_fail_memory(in->error);
    if (status == PULANG_OK)
        status = read_cuts(in, pulang_json_get(document, "cuts"));
    for (int s = 0; status == PULANG_OK && s < claim->n_steps; s++)
        status = read_step(in, pulang_json_at(steps, (size_t)s), &claim->steps[s]);
    return status;
}

/* A certificate is not written where there is neither a plan nor a proof that there is none. */
static pulang_status read_certificate(reading *in) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/certificate.json", in->out);
    if (!in->claim->exists && access(path, F_OK) != 0)
        return PULANG_OK;
    for (int j = 0; j < in->instance->n_posts; j++)
        if (pulang_index_add(&in->posts, in->instance->posts[j].id, j) != 0)
            return pulang_fail_memory(in->error);
    pulang_json *document = NULL;
    pulang_status status = read_json(in, "certificate.json", &document);
    if (status == PULANG_OK)
        status = read_certificate_members(in, document);
    pulang_json_free(document);
    return status;
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
        status = read_certificate(&in);
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
