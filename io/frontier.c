#include "io/frontier.h"

#include "io/json.h"
#include "io/read_output.h"
#include "model/alloc.h"
#include "model/error.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char *const statuses[] = {"optimal", "feasible", "infeasible", "limit"};

static const char *known_status(const char *text) {
    for (size_t i = 0; text && i < sizeof statuses / sizeof *statuses; i++)
        if (strcmp(statuses[i], text) == 0)
            return statuses[i];
    return NULL;
}

/* The levels of the summary; false: not those of the scenario. */
static bool read_levels(const pulang_scenario *scenario, const pulang_json *list,
                        pulang_frontier_level *levels) {
    if (pulang_json_length(list) != (size_t)scenario->n_levels)
        return false;
    for (int l = 0; l < scenario->n_levels; l++) {
        const pulang_json *level = pulang_json_at(list, (size_t)l);
        const char *name = pulang_json_to_text(pulang_json_get(level, "name"));
        if (!name || strcmp(name, scenario->levels[l].name) != 0 ||
            !pulang_json_to_integer(pulang_json_get(level, "value"), &levels[l].value) ||
            !pulang_output_read_bound(level, &levels[l].bound))
            return false;
    }
    return true;
}

static bool read_figures(const pulang_json *indicators, double *figures) {
    for (int i = 0; i < PULANG_N_INDICATORS; i++) {
        const pulang_json *figure =
            pulang_json_get(indicators, pulang_indicator_name((pulang_indicator_id)i));
        if (!pulang_json_to_real(pulang_json_get(figure, "plan"), &figures[i]))
            return false;
    }
    return true;
}

static bool read_summary(const pulang_scenario *scenario, const pulang_json *summary,
                         pulang_frontier_point *point) {
    point->status = known_status(pulang_json_to_text(pulang_json_get(summary, "status")));
    if (!point->status || !pulang_json_to_boolean(pulang_json_get(summary, "plan"), &point->plan))
        return false;
    return !point->plan || (read_levels(scenario, pulang_json_get(summary, "levels"), point->levels) &&
                            read_figures(pulang_json_get(summary, "indicators"), point->figures));
}

bool pulang_frontier_readable(const pulang_instance *instance, const char *path, bool *plan) {
    pulang_json *summary = NULL;
    pulang_frontier_point point = {.status = NULL};
    point.levels = pulang_alloc((size_t)instance->scenario.n_levels, sizeof *point.levels);
    bool readable = point.levels && pulang_json_read(path, path, &summary, NULL) == PULANG_OK &&
                    read_summary(&instance->scenario, summary, &point);
    *plan = readable && point.plan;
    pulang_json_free(summary);
    pulang_free(point.levels);
    return readable;
}

static pulang_status read_point(pulang_frontier *frontier, const char *folder, int p, pulang_error *error) {
    pulang_frontier_point *point = &frontier->points[p];
    const pulang_scenario *scenario = &frontier->instance->scenario;
    char path[PATH_MAX];
    pulang_json *summary = NULL;
    point->levels = pulang_arena_alloc(frontier->arena, (size_t)scenario->n_levels, sizeof *point->levels);
    if (!point->levels)
        return pulang_fail_memory(error);
    pulang_status status = pulang_sweep_name(frontier->sweep, p, point->name, error);
    if (status != PULANG_OK)
        return status;
    snprintf(path, sizeof path, "%s/runs/%s/summary.json", folder, point->name);
    status = pulang_json_read(path, path, &summary, error);
    if (status == PULANG_OK && !read_summary(scenario, summary, point))
        status = pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0, "%s",
                                _("is not the summary of a run of this sweep"));
    pulang_json_free(summary);
    return status;
}

pulang_status pulang_frontier_read(const pulang_sweep *sweep, const pulang_instance *instance,
                                   const char *folder, pulang_frontier **frontier, pulang_error *error) {
    pulang_frontier *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    *made = (pulang_frontier){.arena = pulang_arena_new(),
                              .instance = instance,
                              .sweep = sweep,
                              .n_points = pulang_sweep_points(sweep)};
    if (made->arena)
        made->points = pulang_arena_alloc(made->arena, (size_t)made->n_points, sizeof *made->points);
    pulang_status status = made->points ? PULANG_OK : pulang_fail_memory(error);
    for (int p = 0; status == PULANG_OK && p < made->n_points; p++)
        status = read_point(made, folder, p, error);
    if (status == PULANG_OK)
        *frontier = made;
    else
        pulang_frontier_free(made);
    return status;
}

void pulang_frontier_free(pulang_frontier *frontier) {
    if (!frontier)
        return;
    pulang_arena_free(frontier->arena);
    pulang_free(frontier);
}
