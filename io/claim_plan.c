/*
 * From what an output folder claims to a plan that can be worked with.
 */
#include "io/read_output.h"
#include "model/check.h"
#include "model/error.h"

#include <string.h>

const pulang_input_file *pulang_input_find(const pulang_input_file *files, int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}

/* The first input that is another than the plan was made from, NULL: all are the same. */
static const char *changed_input(const pulang_instance *instance, const pulang_claim *claim) {
    for (int i = 0; i < instance->n_inputs; i++) {
        const pulang_input_file *now = &instance->inputs[i];
        const pulang_input_file *then = pulang_input_find(claim->inputs, claim->n_inputs, now->name);
        if (!then || strcmp(then->sha256, now->sha256) != 0)
            return now->name;
    }
    for (int i = 0; i < claim->n_inputs; i++)
        if (!pulang_input_find(instance->inputs, instance->n_inputs, claim->inputs[i].name))
            return claim->inputs[i].name;
    return NULL;
}

static pulang_status check_values(const pulang_instance *instance, const pulang_claim *claim,
                                  pulang_error *error) {
    pulang_evaluation *evaluation = NULL;
    pulang_status status = pulang_check_plan(instance, claim->post, &evaluation, error);
    if (status != PULANG_OK)
        return status;
    if (evaluation->n_violations > 0)
        status = pulang_fail(error, PULANG_ERROR_INPUT, _("the plan in %s breaks a rule: %s"), claim->folder,
                             evaluation->violations[0]);
    for (int l = 0; status == PULANG_OK && l < claim->n_levels; l++)
        if (evaluation->value[l] != claim->summary[l].value)
            status = pulang_fail(error, PULANG_ERROR_INPUT,
                                 _("the plan in %s does not have the value stated at level %s"),
                                 claim->folder, instance->scenario.levels[l].name);
    pulang_evaluation_free(evaluation);
    return status;
}

pulang_status pulang_claim_plan(const pulang_instance *instance, const pulang_claim *claim,
                                pulang_plan **plan, pulang_error *error) {
    const char *changed = changed_input(instance, claim);
    if (changed)
        return pulang_fail(error, PULANG_ERROR_INPUT,
                           _("the plan in %s was not made from this problem folder: %s is another file"),
                           claim->folder, changed);
    if (!claim->exists)
        return pulang_fail(error, PULANG_ERROR_INPUT, _("there is no plan in %s"), claim->folder);
    pulang_status status = check_values(instance, claim, error);
    if (status != PULANG_OK)
        return status;
    pulang_plan *made = pulang_plan_new(instance);
    if (!made)
        return pulang_fail_memory(error);
    made->exists = true;
    made->outcome = claim->outcome;
    memcpy(made->post, claim->post, (size_t)instance->n_persons * sizeof *made->post);
    for (int l = 0; l < made->n_levels; l++) {
        made->levels[l].value = claim->summary[l].value;
        made->levels[l].bound = claim->summary[l].bound;
        made->levels[l].proven = claim->summary[l].proven;
    }
    made->method = claim->method;
    made->phase = claim->phase;
    made->n_steps = claim->n_steps;
    made->steps = claim->steps;
    *plan = made;
    return PULANG_OK;
}
