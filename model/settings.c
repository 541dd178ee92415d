#include "model/settings.h"

#include "model/error.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const pulang_method_names[] = {"auto", "core", "glpk", "lagrange", NULL};

#define AT(field) offsetof(pulang_settings, field)

const pulang_setting pulang_settings_table[] = {
    {"method", "NAME",
     N_("auto, core (assignment core, where no rule cuts across the posts), lagrange (prices on the rules "
        "that cut across) or glpk (mixed-integer model)"),
     PULANG_SETTING_CHOICE, AT(method), PULANG_METHOD_AUTO, 0, PULANG_METHOD_LAGRANGE, false,
     pulang_method_names},
    {"time", "S", N_("stop after S seconds of solving with the best plan so far"), PULANG_SETTING_REAL,
     AT(time_limit), HUGE_VAL, 0, HUGE_VAL, true, NULL},
    {"gap", "G", N_("take a level as solved at the relative gap G, 0 to 1 (0: proven)"), PULANG_SETTING_REAL,
     AT(gap), 0, 0, 1, false, NULL},
    {"threads", "N", N_("use up to N threads; the plan does not depend on it"), PULANG_SETTING_INT,
     AT(threads), 1, 1, 1024, false, NULL},
    {"seed", "N", N_("seed of the search heuristic"), PULANG_SETTING_UINT32, AT(seed), 1, 0, UINT32_MAX,
     false, NULL},
};
const int pulang_n_settings = sizeof pulang_settings_table / sizeof *pulang_settings_table;

static void store(const pulang_setting *setting, double value, pulang_settings *settings) {
    void *field = (char *)settings + setting->offset;
    switch (setting->kind) {
    case PULANG_SETTING_CHOICE:
        *(pulang_method *)field = (pulang_method)value;
        break;
    case PULANG_SETTING_REAL:
        *(double *)field = value;
        break;
    case PULANG_SETTING_INT:
        *(int *)field = (int)value;
        break;
    case PULANG_SETTING_UINT32:
        *(uint32_t *)field = (uint32_t)value;
        break;
    }
}

void pulang_settings_default(pulang_settings *settings) {
    memset(settings, 0, sizeof *settings);
    for (int i = 0; i < pulang_n_settings; i++)
        store(&pulang_settings_table[i], pulang_settings_table[i].preset, settings);
}

static bool read_choice(const pulang_setting *setting, const char *text, double *value) {
    for (int i = 0; setting->choices[i]; i++)
        if (strcmp(setting->choices[i], text) == 0) {
            *value = i;
            return true;
        }
    return false;
}

static bool read_number(const pulang_setting *setting, const char *text, double *value) {
    char *end;
    if (isspace((unsigned char)*text))
        return false;
    *value = strtod(text, &end);
    if (end == text || *end || isnan(*value))
        return false;
    if (*value < setting->least || *value > setting->most ||
        (setting->above_least && *value == setting->least))
        return false;
    return setting->kind == PULANG_SETTING_REAL || *value == floor(*value);
}

pulang_status pulang_setting_parse(const pulang_setting *setting, const char *text, pulang_settings *settings,
                                   pulang_error *error) {
    double value;
    bool good = setting->kind == PULANG_SETTING_CHOICE ? read_choice(setting, text, &value)
                                                       : read_number(setting, text, &value);
    if (!good)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("--%s: \"%s\" will not do; %s"), setting->name,
                           text, _(setting->help));
    store(setting, value, settings);
    return PULANG_OK;
}
