/* comparison.json. */
#include "io/level_text.h"
#include "io/output.h"
#include "io/write_compare.h"
#include "model/alloc.h"

#include <math.h>
#include <string.h>

static void write_level(const pulang_run_level *level, pulang_json_builder *json) {
    pulang_level known = pulang_level_named(level->name);
    pulang_json_text(json, "name", level->name);
    pulang_json_text(json, "text", pulang_level_text(&known));
    pulang_json_integer(json, "value", level->value);
    pulang_output_bound(json, level->bound);
    pulang_json_boolean(json, "proven", level->proven);
}

/* The levels of a run, and which of them are counted otherwise than in the first. */
static void write_levels(const pulang_comparison *comparison, int r, pulang_json_builder *json) {
    const pulang_run *run = comparison->runs[r];
    pulang_json_open_array(json, "levels");
    for (int l = 0; l < run->n_levels; l++) {
        int line = pulang_index_find(&comparison->levels.keys, run->levels[l].name);
        pulang_json_open_object(json, NULL);
        write_level(&run->levels[l], json);
        pulang_json_boolean(json, "otherwise", comparison->levels.items[line].otherwise[r]);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

/* The title, with the name where another run has the same. */
static const char *title_of(const pulang_comparison *comparison, int r) {
    const pulang_run *run = comparison->runs[r];
    for (int s = 0; s < comparison->n_runs; s++)
        if (s != r && *run->title && strcmp(comparison->runs[s]->title, run->title) == 0)
            return run->today ? run->name
                              : pulang_arena_printf(comparison->arena, "%s (%s)", run->title, run->name);
    return run->title;
}

static void write_scenarios(const pulang_comparison *comparison, pulang_json_builder *json) {
    pulang_json_open_array(json, "scenarios");
    for (int r = 0; r < comparison->n_runs; r++) {
        const pulang_run *run = comparison->runs[r];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", run->name);
        pulang_json_text(json, "title", title_of(comparison, r));
        pulang_json_text(json, "status", *run->status ? run->status : NULL);
        write_levels(comparison, r, json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_reals(const char *key, const double *values, int n, int decimals,
                        pulang_json_builder *json) {
    pulang_json_open_array(json, key);
    for (int r = 0; r < n; r++)
        pulang_json_real(json, NULL, values[r], decimals);
    pulang_json_close(json);
}

static void write_figures(const pulang_comparison *comparison, pulang_json_builder *json) {
    pulang_json_open_array(json, "indicators");
    for (int f = 0; f < comparison->figures.n; f++) {
        const pulang_compared *line = &comparison->figures.items[f];
        pulang_json_open_object(json, NULL);
        pulang_output_describe(json, &(pulang_indicator){.name = line->name,
                                                         .description = line->description,
                                                         .unit = line->unit,
                                                         .decimals = line->decimals,
                                                         .better = line->better});
        write_reals("values", line->values, comparison->n_runs, line->decimals, json);
        pulang_json_open_array(json, "otherwise");
        for (int r = 0; r < comparison->n_runs; r++)
            pulang_json_boolean(json, NULL, line->otherwise[r]);
        pulang_json_close(json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_named(const pulang_comparison *comparison, const char *key,
                        const pulang_compared_list *list, pulang_json_builder *json) {
    pulang_json_open_array(json, key);
    for (int i = 0; i < list->n; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", list->items[i].name);
        write_reals("values", list->items[i].values, comparison->n_runs, 0, json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_quotas(const pulang_comparison *comparison, pulang_json_builder *json) {
    pulang_json_open_array(json, "quotas");
    for (int q = 0; q < comparison->quotas.n; q++) {
        const pulang_compared *line = &comparison->quotas.items[q];
        double max = line->max[0];
        for (int r = 1; r < comparison->n_runs && isnan(max); r++)
            max = line->max[r];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "name", line->name);
        pulang_json_text(json, "group", line->group);
        pulang_json_text(json, "measure", line->measure);
        pulang_json_real(json, "max", max, line->decimals);
        write_reals("maxima", line->max, comparison->n_runs, line->decimals, json);
        write_reals("values", line->values, comparison->n_runs, line->decimals, json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_changes(const pulang_comparison *comparison, pulang_json_builder *json) {
    pulang_json_open_array(json, "changes");
    for (int r = 0; r < comparison->n_runs; r++) {
        pulang_json_open_array(json, NULL);
        for (int c = 0; c < comparison->against[r].n_changes; c++)
            pulang_json_text(json, NULL, comparison->against[r].changes[c].text);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_effects(const pulang_comparison *comparison, pulang_json_builder *json) {
    if (comparison->n_effects == 0)
        return;
    pulang_json_open_array(json, "effects");
    for (int e = 0; e < comparison->n_effects; e++) {
        const pulang_effect *effect = &comparison->effects[e];
        const pulang_change *change = &comparison->against[effect->run].changes[effect->change];
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "scenario", comparison->runs[effect->run]->name);
        pulang_json_text(json, "change", change->text);
        pulang_json_boolean(json, "tried", effect->tried);
        pulang_json_boolean(json, "plan", effect->exists);
        pulang_json_open_array(json, "levels");
        for (int l = 0; l < effect->n_levels; l++) {
            pulang_json_open_object(json, NULL);
            write_level(&effect->levels[l], json);
            pulang_json_close(json);
        }
        pulang_json_close(json);
        if (effect->exists)
            pulang_json_integer(json, "elsewhere", effect->elsewhere);
        else
            pulang_json_text(json, "elsewhere", NULL);
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

/* ---- people ---- */

/* The post of a person in a run, NULL: not in it. */
static const char *post_of(const pulang_run *run, const char *person) {
    int row = pulang_run_row(&run->persons, person);
    return row < 0 ? NULL : pulang_run_post(run, row);
}

static void write_posts(const pulang_comparison *comparison, const char *person, pulang_json_builder *json) {
    pulang_json_open_array(json, "posts");
    for (int r = 0; r < comparison->n_runs; r++) {
        const char *post = post_of(comparison->runs[r], person);
        pulang_json_text(json, NULL,
                         post ? pulang_run_post_text(comparison->runs[r], comparison->arena, post) : NULL);
    }
    pulang_json_close(json);
    pulang_json_open_array(json, "post_ids");
    for (int r = 0; r < comparison->n_runs; r++)
        pulang_json_text(json, NULL, post_of(comparison->runs[r], person));
    pulang_json_close(json);
}

static void write_reasons(const pulang_comparison *comparison, const char *person,
                          pulang_json_builder *json) {
    pulang_json_open_array(json, "why");
    for (int r = 0; r < comparison->n_runs; r++) {
        const pulang_difference *d = r ? pulang_comparison_find(comparison, r, person) : NULL;
        pulang_json_text(json, NULL, d ? d->text : "");
    }
    pulang_json_close(json);
    pulang_json_open_array(json, "reasons");
    for (int r = 0; r < comparison->n_runs; r++) {
        const pulang_difference *d = r ? pulang_comparison_find(comparison, r, person) : NULL;
        pulang_json_text(json, NULL, d ? pulang_why_name(d->why) : NULL);
    }
    pulang_json_close(json);
    pulang_json_open_array(json, "points");
    for (int r = 0; r < comparison->n_runs; r++) {
        const pulang_difference *d = r ? pulang_comparison_find(comparison, r, person) : NULL;
        pulang_json_real(json, NULL, d ? d->cost : NAN, 3);
    }
    pulang_json_close(json);
}

/* Whether an earlier run had the person already. */
static bool told(const pulang_comparison *comparison, int run, const char *person) {
    for (int r = 1; r < run; r++)
        if (pulang_comparison_find(comparison, r, person))
            return true;
    return false;
}

static void write_people(const pulang_comparison *comparison, pulang_json_builder *json) {
    pulang_json_open_array(json, "people");
    for (int r = 1; r < comparison->n_runs; r++)
        for (int i = 0; i < comparison->against[r].n_differences; i++) {
            const pulang_difference *d = &comparison->against[r].differences[i];
            if (told(comparison, r, d->person))
                continue;
            pulang_json_open_object(json, NULL);
            pulang_json_text(json, "person", d->person);
            pulang_json_text(json, "name", d->name);
            write_posts(comparison, d->person, json);
            write_reasons(comparison, d->person, json);
            pulang_json_close(json);
        }
    pulang_json_close(json);
}

void pulang_comparison_write_members(const pulang_comparison *comparison, bool people,
                                     pulang_json_builder *json) {
    write_scenarios(comparison, json);
    write_figures(comparison, json);
    pulang_json_open_object(json, "shortage");
    write_named(comparison, "roles", &comparison->roles, json);
    write_named(comparison, "districts", &comparison->districts, json);
    pulang_json_close(json);
    write_quotas(comparison, json);
    write_changes(comparison, json);
    write_effects(comparison, json);
    if (people)
        write_people(comparison, json);
}

char *pulang_comparison_write_json(const pulang_comparison *comparison) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_comparison_write_members(comparison, true, json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
