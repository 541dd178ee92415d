/* placements.csv: one row a person, in the order of persons.csv. */
#include "io/aliases.h"
#include "io/order.h"
#include "io/output.h"
#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"
#include "model/preference.h"

#include <stdio.h>
#include <string.h>

/* Whether a column of posts.csv is one of the user's own. */
static bool own_column(const pulang_table *posts, int column) {
    int n;
    const pulang_known *known = pulang_sheet_columns(PULANG_SHEET_POSTS, &n);
    for (int i = 0; i < n; i++)
        if (strcmp(known[i].name, posts->columns[column]) == 0)
            return false;
    return true;
}

/* What a month costs is told of each person where posts.csv states it. */
static bool pay_shown(const pulang_instance *instance) {
    return pulang_table_column(&instance->posts_table, "pay") >= 0;
}

/* Terms without a weight cost nothing and are left out. */
static bool shown(const pulang_output *output, int term) {
    return output->instance->scenario.weight[term] > 0;
}

static void headings(const pulang_output *output, pulang_csv_writer *csv) {
    static const char *const names[] = {"person",   "name",     "origin", "origin_name", "category",
                                        "contract", "old_post", "post",   "place",       "place_name",
                                        "district", "unit",     "role"};
    const pulang_table *posts = &output->instance->posts_table;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    for (int c = 0; c < posts->n_columns; c++)
        if (own_column(posts, c)) {
            char name[128];
            snprintf(name, sizeof name, "post.%s", posts->columns[c]);
            pulang_csv_text(csv, name);
        }
    if (pay_shown(output->instance))
        pulang_csv_text(csv, "pay");
    pulang_csv_text(csv, "home_km");
    if (output->instance->scenario.by_hours)
        pulang_csv_text(csv, "home_hours");
    pulang_csv_text(csv, "moves");
    if (output->plan->phase)
        pulang_csv_text(csv, "phase");
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (shown(output, t)) {
            char name[32];
            snprintf(name, sizeof name, "cost_%s", pulang_term_names[t]);
            pulang_csv_text(csv, name);
        }
    pulang_csv_text(csv, "cost");
    pulang_csv_text(csv, "why");
    pulang_csv_end_row(csv);
}

static void write_post(const pulang_instance *instance, int j, pulang_csv_writer *csv) {
    if (j == PULANG_NONE) {
        for (int i = 0; i < 6; i++)
            pulang_csv_blank(csv);
        return;
    }
    const pulang_post *post = &instance->posts[j];
    const pulang_place *place = &instance->places[post->place];
    pulang_csv_text(csv, post->id);
    pulang_csv_text(csv, place->id);
    pulang_csv_text(csv, place->name);
    pulang_csv_text(csv, place->district);
    pulang_csv_text(csv, post->unit);
    pulang_csv_text(csv, post->role);
}

/* The user's own columns of the post, and what the person costs a month there. */
static void write_own(const pulang_instance *instance, int person, int j, pulang_csv_writer *csv) {
    const pulang_table *posts = &instance->posts_table;
    for (int c = 0; c < posts->n_columns; c++)
        if (own_column(posts, c))
            pulang_csv_text(csv, j == PULANG_NONE ? "" : pulang_table_cell(posts, j, c));
    if (!pay_shown(instance))
        return;
    if (j == PULANG_NONE)
        pulang_csv_blank(csv);
    else
        pulang_csv_fixed(csv,
                         instance->posts[j].pay == PULANG_NONE ? instance->persons[person].pay
                                                               : instance->posts[j].pay,
                         2);
}

/* Distance from home; blank where one of the two ends is unknown. */
static void write_home(const pulang_instance *instance, int person, int post, pulang_csv_writer *csv) {
    int origin = instance->persons[person].origin;
    bool known = origin != PULANG_NONE && post != PULANG_NONE;
    int place = known ? instance->posts[post].place : PULANG_NONE;
    int32_t metres = known ? pulang_distance_metres(instance, origin, place) : -1;
    if (metres >= 0)
        pulang_csv_fixed(csv, (metres + 50) / 100, 1);
    else
        pulang_csv_blank(csv);
    if (!instance->scenario.by_hours)
        return;
    int32_t seconds = known ? pulang_distance_seconds(instance, origin, place) : -1;
    if (seconds >= 0)
        pulang_csv_fixed(csv, (seconds + 18) / 36, 2);
    else
        pulang_csv_blank(csv);
}

static void write_costs(const pulang_output *output, const pulang_preference *preference, int person,
                        int post, pulang_csv_writer *csv) {
    int64_t sum = 0;
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        if (!shown(output, t))
            continue;
        if (post == PULANG_NONE) {
            pulang_csv_blank(csv);
            continue;
        }
        int64_t cost = pulang_preference_term(preference, (pulang_term)t, person, post);
        pulang_csv_fixed(csv, cost, 3);
        sum += cost;
    }
    if (post == PULANG_NONE)
        pulang_csv_blank(csv);
    else
        pulang_csv_fixed(csv, sum, 3);
}

pulang_status pulang_write_placements(const pulang_output *output, pulang_csv_writer *csv,
                                      pulang_error *error) {
    const pulang_instance *instance = output->instance;
    pulang_preference preference;
    int *order = pulang_order_of_file(&instance->persons_table, instance->n_persons);
    if (!order)
        return pulang_fail_memory(error);
    pulang_preference_init(&preference, instance);
    headings(output, csv);
    for (int i = 0; i < instance->n_persons; i++) {
        int p = order[i], post = output->plan->post[p];
        const pulang_person *person = &instance->persons[p];
        pulang_csv_text(csv, person->id);
        pulang_csv_text(csv, person->name);
        pulang_csv_text(csv, person->origin == PULANG_NONE ? "" : instance->places[person->origin].id);
        pulang_csv_text(csv, person->origin == PULANG_NONE ? "" : instance->places[person->origin].name);
        pulang_csv_text(csv, person->category);
        pulang_csv_text(csv, person->contract);
        pulang_csv_text(csv, person->current == PULANG_NONE ? "" : instance->posts[person->current].id);
        write_post(instance, post, csv);
        write_own(instance, p, post, csv);
        write_home(instance, p, post, csv);
        pulang_csv_text(csv, pulang_output_moves(output, p) ? "yes" : "no");
        if (output->plan->phase)
            pulang_csv_integer(csv, output->plan->phase[p]);
        write_costs(output, &preference, p, post, csv);
        pulang_csv_text(csv, output->reasons->person[p]);
        pulang_csv_end_row(csv);
    }
    pulang_free(order);
    return PULANG_OK;
}
