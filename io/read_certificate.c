/* certificate.json read back (model/certificate.h). */
#include "io/reading.h"
#include "model/error.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pulang_status add_price(reading *in, pulang_step *step, const pulang_json *value, int post, int quota,
                               const char *key) {
    pulang_price *price = &step->prices[step->n_prices++];
    *price = (pulang_price){.post = post, .quota = quota, .key = reading_keep(in, key)};
    if (!price->key)
        return pulang_fail_memory(in->error);
    return pulang_json_to_integer(value, &price->price) ? PULANG_OK : reading_wrong(in, _("a price"));
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
        return reading_wrong(in, "steps: cuts");
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

pulang_status reading_prices(reading *in, const pulang_json *prices, pulang_step *step) {
    const pulang_json *posts = pulang_json_get(prices, "posts"), *quotas = pulang_json_get(prices, "quotas");
    if (!pulang_json_is_object(posts) || !pulang_json_is_object(quotas))
        return reading_wrong(in, "steps: prices");
    size_t n_prices = count_prices(posts, quotas) + (size_t)step->n_cuts;
    step->prices = pulang_arena_alloc(in->claim->arena, n_prices, sizeof *step->prices);
    if (!step->prices)
        return pulang_fail_memory(in->error);
    pulang_status status = read_post_prices(in, posts, step);
    if (status == PULANG_OK)
        status = read_quota_prices(in, quotas, step);
    return status == PULANG_OK ? read_cut_prices(in, pulang_json_get(prices, "cuts"), step) : status;
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
        return reading_wrong(in, "steps: scale");
    if (!held)
        return PULANG_OK;
    if (!pulang_json_is_object(held) || step->level == PULANG_NONE)
        return reading_wrong(in, "steps: held");
    step->held = pulang_arena_alloc(in->claim->arena, (size_t)step->level, sizeof *step->held);
    if (!step->held)
        return pulang_fail_memory(in->error);
    for (void *i = NULL; pulang_json_next(held, &i, &name, &value);) {
        int level = held_level(&in->instance->scenario, step, name);
        if (level == PULANG_NONE)
            return pulang_fail_at(in->error, PULANG_ERROR_INPUT, in->file, 0, 0,
                                  _("a step holds %s, which is no sum level before its own"), name);
        if (!pulang_json_to_integer(value, &step->held[level]) || step->held[level] < 0)
            return reading_wrong(in, "steps: held");
    }
    return PULANG_OK;
}

static pulang_status read_step(reading *in, const pulang_json *stated, pulang_step *step) {
    if (!read_kind(stated, &step->kind))
        return reading_wrong(in, "steps: kind");
    const char *level = pulang_json_to_text(pulang_json_get(stated, "level"));
    step->level = level ? pulang_scenario_level(&in->instance->scenario, level) : PULANG_NONE;
    if ((step->kind == PULANG_STEP_FEASIBLE) != (step->level == PULANG_NONE))
        return reading_wrong(in, "steps: level");
    pulang_status status = read_weights(in, stated, step);
    if (status != PULANG_OK)
        return status;
    const pulang_json *branches = pulang_json_get(stated, "branches");
    status = reading_prices(in, pulang_json_get(stated, "prices"), step);
    return status == PULANG_OK && branches ? reading_tree(in, branches, step) : status;
}

bool reading_length(const pulang_json *array, int *n) {
    *n = (int)pulang_json_length(array);
    return pulang_json_is_array(array) && pulang_json_length(array) <= INT_MAX;
}

static pulang_status read_cut_groups(reading *in, const pulang_json *groups, pulang_cut *cut) {
    if (!reading_length(groups, &cut->n_groups))
        return reading_wrong(in, "cuts: quotas");
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
            return reading_wrong(in, "cuts: quotas");
        if (!(cut->keys[i] = reading_keep(in, key)))
            return pulang_fail_memory(in->error);
    }
    return PULANG_OK;
}

static pulang_status read_cut_part(reading *in, const pulang_json *stated, pulang_cut_part *part) {
    const pulang_json *posts = pulang_json_get(stated, "posts");
    if (!pulang_json_to_integer(pulang_json_get(stated, "weight"), &part->weight) || part->weight < 0 ||
        !reading_length(posts, &part->n_posts))
        return reading_wrong(in, "cuts: parts");
    part->posts = pulang_arena_alloc(in->claim->arena, (size_t)part->n_posts, sizeof *part->posts);
    if (!part->posts)
        return pulang_fail_memory(in->error);
    for (int i = 0; i < part->n_posts; i++) {
        const char *id = pulang_json_to_text(pulang_json_at(posts, (size_t)i));
        part->posts[i] = id ? pulang_index_find(&in->posts, id) : -1;
        if (part->posts[i] < 0)
            return reading_wrong(in, "cuts: posts");
    }
    return PULANG_OK;
}

static pulang_status read_cut(reading *in, const pulang_json *stated, pulang_cut *cut) {
    const pulang_json *parts = pulang_json_get(stated, "parts");
    pulang_status status = read_cut_groups(in, pulang_json_get(stated, "quotas"), cut);
    if (status != PULANG_OK)
        return status;
    if (!reading_length(parts, &cut->n_parts))
        return reading_wrong(in, "cuts: parts");
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
    if (!reading_length(cuts, &n))
        return reading_wrong(in, "cuts");
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
        return reading_wrong(in, "version");
    if (!method || strcmp(method, claim->method) != 0)
        return reading_wrong(in, "method");
    const pulang_json *steps = pulang_json_get(document, "steps");
    if (!pulang_json_is_array(steps) || pulang_json_length(steps) > INT_MAX)
        return reading_wrong(in, "steps");
    pulang_status status = claim->exists ? reading_levels(in, document, &claim->certified) : PULANG_OK;
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
pulang_status reading_certificate(reading *in) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/certificate.json", in->out);
    if (!in->claim->exists && access(path, F_OK) != 0)
        return PULANG_OK;
    for (int j = 0; j < in->instance->n_posts; j++)
        if (pulang_index_add(&in->posts, in->instance->posts[j].id, j) != 0)
            return pulang_fail_memory(in->error);
    pulang_json *document = NULL;
    pulang_status status = reading_json(in, "certificate.json", &document);
    if (status == PULANG_OK)
        status = read_certificate_members(in, document);
    pulang_json_free(document);
    return status;
}
