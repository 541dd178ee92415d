/* The points of a sweep as a table on stdout (cli/sweep.h). */
#include "cli/sweep.h"
#include "model/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What is shown of each plan after its levels; frontier.csv has all figures. */
static const struct {
    pulang_indicator_id id;
    const char *heading;
    double scale;
    int decimals;
} shown[] = {
    {PULANG_INDICATOR_SHORT, N_("short"), 1, 0},
    {PULANG_INDICATOR_HOME_VILLAGE, N_("home %"), 100, 1},
    {PULANG_INDICATOR_HOME_KM_MEAN, N_("km"), 1, 1},
    {PULANG_INDICATOR_MOVES, N_("moves"), 1, 0},
};
enum { N_SHOWN = sizeof shown / sizeof *shown };

/* Bytes of the longest value of an axis or its key. */
static int axis_width(const pulang_sweep_axis *axis) {
    size_t width = strlen(axis->key);
    for (int i = 0; i < axis->values.n; i++)
        if (strlen(axis->values.items[i]) > width)
            width = strlen(axis->values.items[i]);
    return (int)width;
}

static void print_headings(const pulang_frontier *frontier) {
    const pulang_scenario *scenario = &frontier->instance->scenario;
    for (int a = 0; a < frontier->sweep->n_axes; a++)
        printf("%*s  ", axis_width(&frontier->sweep->axes[a]), frontier->sweep->axes[a].key);
    printf("%-10s", _("status"));
    for (int l = 0; l < scenario->n_levels; l++)
        printf("  %12s", scenario->levels[l].name);
    for (int i = 0; i < N_SHOWN; i++)
        printf("  %8s", _(shown[i].heading));
    putchar('\n');
}

static void print_point(const pulang_frontier *frontier, int p) {
    const pulang_frontier_point *point = &frontier->points[p];
    for (int a = 0; a < frontier->sweep->n_axes; a++)
        printf("%*s  ", axis_width(&frontier->sweep->axes[a]), pulang_sweep_value(frontier->sweep, p, a));
    printf(point->plan ? "%-10s" : "%s", point->status);
    for (int l = 0; point->plan && l < frontier->instance->scenario.n_levels; l++)
        printf("  %12" PRId64, point->levels[l].value);
    for (int i = 0; point->plan && i < N_SHOWN; i++)
        printf("  %8.*f", shown[i].decimals, shown[i].scale * point->figures[shown[i].id]);
    putchar('\n');
}

void sweep_print(const pulang_frontier *frontier) {
    print_headings(frontier);
    for (int p = 0; p < frontier->n_points; p++)
        print_point(frontier, p);
}
