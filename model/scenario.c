#include "model/scenario.h"

#include <string.h>

const char *const pulang_term_names[PULANG_N_TERMS] = {"hometown", "skills", "merit", "wish",
                                                       "move",     "pay",    "pairs"};

/* Settling near home: most stay in their own village, few beyond a day's journey. Defaults for
   planners to replace by their own figures; only the shape matters to the placement. */
static pulang_curve_point default_curve[] = {
    {0, 0.95}, {10, 0.90}, {30, 0.80}, {60, 0.68}, {120, 0.52}, {250, 0.40}, {1000, 0.30},
};

static pulang_level default_levels[] = {
    {"required", PULANG_LEVEL_REQUIRED, PULANG_N_TERMS},
    {"unplaced", PULANG_LEVEL_UNPLACED, PULANG_N_TERMS},
    {"shortage", PULANG_LEVEL_SHORTAGE, PULANG_N_TERMS},
    {"preference", PULANG_LEVEL_PREFERENCE, PULANG_N_TERMS},
};

void pulang_scenario_default(pulang_scenario *scenario) {
    *scenario = (pulang_scenario){
        .title = "",
        .levels = default_levels,
        .n_levels = sizeof default_levels / sizeof *default_levels,
        .weight = {[PULANG_TERM_HOMETOWN] = 10000,
                   [PULANG_TERM_SKILLS] = 2000,
                   [PULANG_TERM_MERIT] = 1000,
                   [PULANG_TERM_WISH] = 3000,
                   [PULANG_TERM_MOVE] = 1000,
                   [PULANG_TERM_PAY] = 0,
                   [PULANG_TERM_PAIRS] = 1000},
        .curve = default_curve,
        .n_curve = sizeof default_curve / sizeof *default_curve,
        .mismatch = 0.4,
        .unknown_retention = 0.5,
        .detour = 1.3,
        .speed_kmh = 30,
        .effective_hours = 1250,
        .gap = -1,
        .max_moves = -1,
        .envy_forbid = "",
    };
}

int pulang_scenario_level(const pulang_scenario *scenario, const char *name) {
    for (int i = 0; i < scenario->n_levels; i++)
        if (strcmp(scenario->levels[i].name, name) == 0)
            return i;
    return -1;
}

pulang_level pulang_level_named(const char *name) {
    static const struct {
        const char *name;
        pulang_level_kind kind;
    } known[] = {
        {"required", PULANG_LEVEL_REQUIRED},     {"unplaced", PULANG_LEVEL_UNPLACED},
        {"balance", PULANG_LEVEL_BALANCE},       {"shortage", PULANG_LEVEL_SHORTAGE},
        {"preference", PULANG_LEVEL_PREFERENCE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return (pulang_level){name, known[i].kind, PULANG_N_TERMS};
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (strcmp(pulang_term_names[t], name) == 0)
            return (pulang_level){name, PULANG_LEVEL_TERM, (pulang_term)t};
    return (pulang_level){name, PULANG_LEVEL_QUOTAS, PULANG_N_TERMS};
}
