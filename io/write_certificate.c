/* certificate.json: the dual prices that prove the bounds (model/certificate.h, model/bound.h). */
#include "io/output.h"

static void add_levels(const pulang_plan *plan, pulang_json_builder *json) {
    pulang_json_open_array(json, "levels");
    for (int l = 0; plan->exists && l < plan->n_levels; l++) {
        const pulang_level_result *level = &plan->levels[l];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", level->name);
        pulang_json_integer(json, "value", level->value);
        pulang_output_bound(json, level->bound);
        pulang_json_boolean(json, "proven", level->proven);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

/* Quotas with their groups: the prices of one quota follow one another. */
static void add_quota_prices(const pulang_instance *instance, const pulang_step *step,
                             pulang_json_builder *json) {
    int open = PULANG_NONE;
    pulang_json_open_object(json, "quotas");
    for (int i = 0; i < step->n_prices; i++) {
        const pulang_price *price = &step->prices[i];
        if (price->post != PULANG_NONE || price->quota == PULANG_NONE)
            continue;
        if (price->quota != open) {
            if (open != PULANG_NONE)
                pulang_json_close(json);
            pulang_json_open_object(json, instance->quotas[price->quota].name);
            open = price->quota;
        }
        pulang_json_integer(json, price->key, price->price);
    }
    if (open != PULANG_NONE)
        pulang_json_close(json);
    pulang_json_close(json);
}

/* The prices of all cuts, in their order. */
static void add_cut_prices(const pulang_step *step, pulang_json_builder *json) {
    int i = 0;
    while (i < step->n_prices &&
           (step->prices[i].post != PULANG_NONE || step->prices[i].quota != PULANG_NONE))
        i++;
    pulang_json_open_array(json, "cuts");
    for (int c = 0; c < step->n_cuts; c++) {
        bool priced = i < step->n_prices && step->prices[i].cut == c;
        pulang_json_integer(json, NULL, priced ? step->prices[i++].price : 0);
    }
    pulang_json_close(json);
}

static void add_cut(const pulang_instance *instance, const pulang_cut *cut, pulang_json_builder *json) {
    pulang_json_open_object(json, NULL);
    pulang_json_open_array(json, "quotas");
    for (int i = 0; i < cut->n_groups; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "quota", instance->quotas[cut->quotas[i]].name);
        pulang_json_text(json, "group", cut->keys[i]);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    pulang_json_open_array(json, "parts");
    for (int k = 0; k < cut->n_parts; k++) {
        pulang_json_open_object(json, NULL);
        pulang_json_integer(json, "weight", cut->parts[k].weight);
        pulang_json_open_array(json, "posts");
        for (int i = 0; i < cut->parts[k].n_posts; i++)
            pulang_json_text(json, NULL, instance->posts[cut->parts[k].posts[i]].id);
        pulang_json_close(json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    pulang_json_close(json);
}

/* The cuts that the steps have prices for, where there are any. */
static void add_cuts(const pulang_plan *plan, pulang_json_builder *json) {
    if (plan->n_steps == 0 || plan->steps[0].n_cuts == 0)
        return;
    pulang_json_open_array(json, "cuts");
    for (int c = 0; c < plan->steps[0].n_cuts; c++)
        add_cut(plan->instance, &plan->steps[0].cuts[c], json);
    pulang_json_close(json);
}

/* What is not as in a step of the core alone: scale and held, where they are not 1 and nothing. */
static void add_weights(const pulang_plan *plan, const pulang_step *step, pulang_json_builder *json) {
    if (step->scale != 1)
        pulang_json_integer(json, "scale", step->scale);
    if (!step->held)
        return;
    pulang_json_open_object(json, "held");
    for (int l = 0; l < step->level; l++)
        if (step->held[l] != 0)
            pulang_json_integer(json, plan->levels[l].name, step->held[l]);
    pulang_json_close(json);
}

/* Opens "prices", and leaves it open. */
static void open_prices(const pulang_instance *instance, const pulang_step *step, pulang_json_builder *json) {
    pulang_json_open_object(json, "prices");
    pulang_json_open_object(json, "posts");
    for (int i = 0; i < step->n_prices; i++)
        if (step->prices[i].post != PULANG_NONE)
            pulang_json_integer(json, instance->posts[step->prices[i].post].id, step->prices[i].price);
    pulang_json_close(json);
    add_quota_prices(instance, step, json);
    if (step->n_cuts > 0)
        add_cut_prices(step, json);
}

/* depth: the branches on the way. */
static void add_leaf(const pulang_instance *instance, const pulang_step *step, const pulang_leaf *leaf,
                     int depth, pulang_json_builder *json) {
    const pulang_step priced = {.n_cuts = step->n_cuts, .n_prices = leaf->n_prices, .prices = leaf->prices};
    open_prices(instance, &priced, json);
    pulang_json_open_array(json, "branches");
    for (int i = 0; i < depth; i++)
        pulang_json_integer(json, NULL, leaf->path[i]);
    pulang_json_close(json);
    pulang_json_close(json);
}

/* A branch with all that hangs at it, or ~index of a leaf, as the member key. */
static void add_node(const pulang_instance *instance, const pulang_step *step, int index, int depth,
                     const char *key, pulang_json_builder *json) {
    pulang_json_open_object(json, key);
    if (index < 0) {
        add_leaf(instance, step, &step->tree->leaves[~index], depth, json);
        pulang_json_close(json);
        return;
    }
    const pulang_branch *branch = &step->tree->branches[index];
    pulang_json_open_array(json, "posts");
    for (int i = 0; i < branch->n_posts; i++)
        pulang_json_text(json, NULL, instance->posts[branch->posts[i]].id);
    pulang_json_close(json);
    pulang_json_integer(json, "most", branch->most);
    add_node(instance, step, branch->below, depth + 1, "below", json);
    add_node(instance, step, branch->above, depth + 1, "above", json);
    pulang_json_close(json);
}

static void add_step(const pulang_plan *plan, const pulang_step *step, pulang_json_builder *json) {
    static const char *const kinds[] = {[PULANG_STEP_FEASIBLE] = "feasible",
                                        [PULANG_STEP_LEVEL] = "level",
                                        [PULANG_STEP_BELOW] = "below",
                                        [PULANG_STEP_HOLD] = "hold"};
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "kind", kinds[step->kind]);
    pulang_json_text(json, "level", step->level == PULANG_NONE ? NULL : plan->levels[step->level].name);
    add_weights(plan, step, json);
    open_prices(plan->instance, step, json);
    pulang_json_close(json);
    if (step->tree)
        add_node(plan->instance, step, 0, 0, "branches", json);
    pulang_json_close(json);
}

char *pulang_write_certificate(const pulang_output *output) {
    const pulang_plan *plan = output->plan;
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_integer(json, "version", 1);
    pulang_json_text(json, "method", plan->method);
    add_levels(plan, json);
    add_cuts(plan, json);
    pulang_json_open_array(json, "steps");
    for (int s = 0; s < plan->n_steps; s++)
        add_step(plan, &plan->steps[s], json);
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
