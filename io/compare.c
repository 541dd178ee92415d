#include "io/compare.h"

#include "io/compare_state.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/indicators.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- lists of figures ---- */

/* The line with the key, added where it is new; NULL: out of memory. */
static pulang_compared *line_of(pulang_comparison *out, pulang_compared_list *list, const char *key) {
    int found = pulang_index_find(&list->keys, key);
    if (found >= 0)
        return &list->items[found];
    void *items = list->items;
    if (pulang_grow(&items, &list->capacity, (size_t)list->n + 1, sizeof *list->items) != 0)
        return NULL;
    list->items = items;
    double *values = pulang_arena_alloc(out->arena, (size_t)out->n_runs, sizeof *values);
    bool *otherwise = pulang_arena_alloc(out->arena, (size_t)out->n_runs, sizeof *otherwise);
    if (!values || !otherwise || pulang_index_add(&list->keys, key, list->n) != 0)
        return NULL;
    for (int r = 0; r < out->n_runs; r++)
        values[r] = NAN;
    pulang_compared *line = &list->items[list->n++];
    *line = (pulang_compared){.name = key,
                              .group = "",
                              .measure = "",
                              .unit = "",
                              .description = "",
                              .values = values,
                              .otherwise = otherwise};
    return line;
}

static void list_clear(pulang_compared_list *list) {
    pulang_free(list->items);
    pulang_index_clear(&list->keys);
}

/* ---- levels and indicators ---- */

static bool add_levels(pulang_comparison *out, int r) {
    for (int l = 0; l < out->runs[r]->n_levels; l++) {
        const pulang_run_level *level = &out->runs[r]->levels[l];
        pulang_compared *line = line_of(out, &out->levels, level->name);
        if (!line)
            return false;
        line->better = -1;
        line->values[r] = (double)level->value;
    }
    return true;
}

/* Texts and decimals of an indicator; one of another version of pulang has its name only. */
static void describe(pulang_compared *line, const char *unit) {
    line->unit = unit;
    line->description = line->name;
    line->decimals = 4;
    for (int i = 0; i < PULANG_N_INDICATORS; i++)
        if (strcmp(pulang_indicator_name((pulang_indicator_id)i), line->name) == 0) {
            pulang_indicator known = pulang_indicator_describe((pulang_indicator_id)i);
            line->unit = known.unit;
            line->description = known.description;
            line->decimals = known.decimals;
            line->better = known.better;
        }
}

static bool add_figures(pulang_comparison *out, int r) {
    for (int f = 0; f < out->runs[r]->n_figures; f++) {
        const pulang_run_figure *figure = &out->runs[r]->figures[f];
        pulang_compared *line = line_of(out, &out->figures, figure->name);
        if (!line)
            return false;
        describe(line, figure->unit);
        line->values[r] = figure->value;
    }
    return true;
}

/* ---- shortage and quotas ---- */

static bool add_short(pulang_comparison *out, int r, pulang_compared_list *list, const char *column) {
    const pulang_run_table *posts = &out->runs[r]->posts;
    for (int j = 0; j < posts->table.n_rows; j++) {
        const char *key = pulang_run_cell(posts, j, column);
        pulang_compared *line = *key ? line_of(out, list, key) : NULL;
        if (*key && !line)
            return false;
        if (!line)
            continue;
        line->better = -1;
        line->values[r] = (isnan(line->values[r]) ? 0 : line->values[r]) + pulang_run_short(out->runs[r], j);
    }
    return true;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const pulang_compared *)a)->name, ((const pulang_compared *)b)->name);
}

static bool add_quotas(pulang_comparison *out, int r) {
    const pulang_run_table *quotas = &out->runs[r]->quotas;
    for (int q = 0; q < quotas->table.n_rows; q++) {
        const char *name = pulang_run_cell(quotas, q, "quota"), *group = pulang_run_cell(quotas, q, "group");
        const char *key = pulang_run_key(out->arena, name, group);
        pulang_compared *line = key ? line_of(out, &out->quotas, key) : NULL;
        if (line && !line->max) {
            line->name = name;
            line->group = group;
            line->measure = pulang_run_cell(quotas, q, "measure");
            line->decimals = 2;
            line->max = pulang_arena_alloc(out->arena, (size_t)out->n_runs, sizeof *line->max);
            for (int i = 0; line->max && i < out->n_runs; i++)
                line->max[i] = NAN;
        }
        if (!line || !line->max)
            return false;
        line->values[r] = pulang_run_use(out->runs[r], q);
        line->max[r] = out->runs[r]->today ? NAN : pulang_run_number(quotas, q, "max");
    }
    return true;
}

/* ---- what does not compare ---- */

static bool begins(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool pulang_change_rescales(const pulang_change *change, const char *level) {
    pulang_level_kind kind = pulang_level_named(level).kind;
    bool terms = kind == PULANG_LEVEL_PREFERENCE || kind == PULANG_LEVEL_TERM;
    bool quotas = kind == PULANG_LEVEL_QUOTAS || kind == PULANG_LEVEL_BALANCE;
    switch (change->kind) {
    case PULANG_CHANGE_SETTING:
        return terms && (begins(change->key, "weights.") || begins(change->key, "hometown.") ||
                         begins(change->key, "distance.") || strcmp(change->key, "levels") == 0);
    case PULANG_CHANGE_RULE:
        return quotas;
    case PULANG_CHANGE_INPUT:
        return terms && strcmp(change->key, "pairs.csv") == 0;
    }
    return false;
}

static bool rescales_figure(const pulang_change *change, const char *figure) {
    bool distance = begins(change->key, "distance.") || strcmp(change->key, "travel.csv") == 0;
    bool curve = begins(change->key, "hometown.");
    return (distance && begins(figure, "home_km")) ||
           ((distance || curve) && strcmp(figure, "expected_stayers") == 0);
}

static void mark_otherwise(pulang_comparison *out, int r) {
    for (int c = 0; c < out->against[r].n_changes; c++) {
        const pulang_change *change = &out->against[r].changes[c];
        for (int l = 0; l < out->levels.n; l++)
            out->levels.items[l].otherwise[r] |= pulang_change_rescales(change, out->levels.items[l].name);
        for (int f = 0; f < out->figures.n; f++)
            out->figures.items[f].otherwise[r] |= rescales_figure(change, out->figures.items[f].name);
    }
}

int pulang_compare_mark(const pulang_compared *line, int run) {
    double more = line->values[run] - line->values[0];
    if (line->otherwise[run] || isnan(more) || fabs(more) < 0.5 * pow(10, -line->decimals))
        return 0;
    return more > 0 ? line->better : -line->better;
}

/* ---- the whole ---- */

const pulang_run_level *pulang_run_level_named(const pulang_run *run, const char *name) {
    for (int l = 0; l < run->n_levels; l++)
        if (strcmp(run->levels[l].name, name) == 0)
            return &run->levels[l];
    return NULL;
}

static bool within_gap(const pulang_run_level *level, const pulang_run_level *other) {
    return !level->proven && level->value > other->value &&
           (level->bound == INT64_MIN || level->bound <= other->value);
}

bool pulang_compare_open(const pulang_run_level *a, const pulang_run_level *b) {
    return within_gap(a, b) || within_gap(b, a);
}

const char *pulang_run_post_text(const pulang_run *run, pulang_arena *arena, const char *post) {
    int row = *post ? pulang_run_row(&run->posts, post) : -1;
    if (!*post)
        return _("without a post");
    const char *role = pulang_run_cell(&run->posts, row, "role");
    const char *unit = pulang_run_cell(&run->posts, row, "unit");
    const char *place = pulang_run_cell(&run->posts, row, "place_name");
    if (!*role)
        return post;
    if (!*unit || strstr(unit, place))
        return pulang_arena_printf(arena, "%s, %s", role, *unit ? unit : place);
    return pulang_arena_printf(arena, "%s, %s, %s", role, unit, place);
}

const pulang_difference *pulang_comparison_find(const pulang_comparison *comparison, int run,
                                                const char *person) {
    const pulang_against *against = &comparison->against[run];
    int found = pulang_index_find(&against->by_person, person);
    return found < 0 ? NULL : &against->differences[found];
}

static bool fill(pulang_comparison *out) {
    bool good = true;
    for (int r = 0; good && r < out->n_runs; r++)
        good = add_levels(out, r) && add_figures(out, r) && add_short(out, r, &out->roles, "role") &&
               add_short(out, r, &out->districts, "district") && add_quotas(out, r);
    for (int r = 1; good && r < out->n_runs; r++)
        good = pulang_compare_changes(out->arena, out->runs[0], out->runs[r], &out->against[r]) == 0 &&
               pulang_compare_people(out->arena, out->runs[0], out->runs[r], &out->against[r]) == 0 &&
               pulang_compare_reasons(out->arena, out->runs[0], out->runs[r], &out->against[r]) == 0;
    for (int r = 1; good && r < out->n_runs; r++)
        mark_otherwise(out, r);
    if (good && out->roles.n > 0)
        qsort(out->roles.items, (size_t)out->roles.n, sizeof *out->roles.items, by_name);
    if (good && out->districts.n > 0)
        qsort(out->districts.items, (size_t)out->districts.n, sizeof *out->districts.items, by_name);
    return good;
}

pulang_status pulang_compare(const pulang_run *const *runs, int n_runs, pulang_comparison **comparison,
                             pulang_error *error) {
    assert(n_runs >= 2);
    pulang_arena *arena = pulang_arena_new();
    pulang_comparison *out = arena ? pulang_arena_alloc(arena, 1, sizeof *out) : NULL;
    if (!out) {
        pulang_arena_free(arena);
        return pulang_fail_memory(error);
    }
    *out = (pulang_comparison){.arena = arena, .n_runs = n_runs, .runs = runs};
    out->against = pulang_arena_alloc(arena, (size_t)n_runs, sizeof *out->against);
    if (!out->against || !fill(out)) {
        pulang_comparison_free(out);
        return pulang_fail_memory(error);
    }
    *comparison = out;
    return PULANG_OK;
}

void pulang_comparison_free(pulang_comparison *comparison) {
    if (!comparison)
        return;
    list_clear(&comparison->levels);
    list_clear(&comparison->figures);
    list_clear(&comparison->roles);
    list_clear(&comparison->districts);
    list_clear(&comparison->quotas);
    for (int r = 0; comparison->against && r < comparison->n_runs; r++)
        pulang_index_clear(&comparison->against[r].by_person);
    pulang_arena_free(comparison->arena);
}
