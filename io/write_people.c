/* people.csv: one row a person, with what one more like that person would be worth. */
#include "io/order.h"
#include "io/output.h"
#include "model/alloc.h"
#include "model/bound.h"
#include "model/error.h"

#include <stdio.h>

void pulang_output_exact_headings(const pulang_output *output, const char *change, pulang_csv_writer *csv) {
    const pulang_plan *plan = output->plan;
    for (int l = 0; plan->prices && l < plan->n_levels; l++) {
        char heading[256];
        snprintf(heading, sizeof heading, "exact_%s%s", change, plan->levels[l].name);
        pulang_csv_text(csv, heading);
    }
}

void pulang_output_exact_cells(const pulang_output *output, const pulang_exact_price *price,
                               pulang_csv_writer *csv) {
    for (int l = 0; l < output->plan->n_levels; l++)
        if (price->state == PULANG_PRICE_KNOWN)
            pulang_csv_integer(csv, price->change[l]);
        else if (price->state == PULANG_PRICE_IMPOSSIBLE)
            pulang_csv_text(csv, "impossible");
        else
            pulang_csv_blank(csv);
}

static void headings(const pulang_output *output, pulang_csv_writer *csv) {
    const pulang_plan *plan = output->plan;
    pulang_csv_text(csv, "person");
    pulang_csv_text(csv, "name");
    for (int l = 0; l < plan->n_levels; l++)
        if (pulang_output_step(plan, l) != PULANG_NONE) {
            char heading[256];
            snprintf(heading, sizeof heading, "estimate_%s", plan->levels[l].name);
            pulang_csv_text(csv, heading);
        }
    pulang_output_exact_headings(output, "", csv);
    pulang_csv_end_row(csv);
}

static void write_person(const pulang_output *output, int p, const int64_t *least, pulang_csv_writer *csv) {
    const pulang_instance *instance = output->instance;
    const pulang_plan *plan = output->plan;
    pulang_csv_text(csv, instance->persons[p].id);
    pulang_csv_text(csv, instance->persons[p].name);
    for (int l = 0; l < plan->n_levels; l++) {
        int64_t estimate = least[(size_t)l * (size_t)instance->n_persons + (size_t)p];
        if (pulang_output_step(plan, l) == PULANG_NONE)
            continue;
        if (estimate == INT64_MIN)
            pulang_csv_blank(csv);
        else
            pulang_csv_integer(csv, estimate);
    }
    if (plan->prices)
        pulang_output_exact_cells(output, plan->prices->person[p], csv);
    pulang_csv_end_row(csv);
}

pulang_status pulang_write_people(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    const pulang_plan *plan = output->plan;
    int64_t *least = pulang_alloc((size_t)plan->n_levels * (size_t)instance->n_persons, sizeof *least);
    int *order = pulang_order_of_file(&instance->persons_table, instance->n_persons);
    if (!least || !order) {
        pulang_free(least);
        pulang_free(order);
        return pulang_fail_memory(error);
    }
    pulang_status status =
        pulang_bound_persons(instance, plan->steps, plan->n_steps, output->evaluation->value, least, error);
    /* Prices that prove nothing estimate nothing: least is as far as they went. */
    if (status != PULANG_ERROR_MEMORY) {
        status = PULANG_OK;
        headings(output, csv);
        for (int i = 0; i < instance->n_persons; i++)
            write_person(output, order[i], least, csv);
    }
    pulang_free(least);
    pulang_free(order);
    return status;
}
