#include "cli/options.h"

#include "model/error.h"
#include "model/instance.h"
#include "model/settings.h"

#include <assert.h>

/* Keys of the settings are this and the index in the table. */
#define FIRST_KEY 1024

static error_t parse(int key, char *argument, struct argp_state *state) {
    settings_arguments *arguments = state->input;
    if (key < FIRST_KEY || key >= FIRST_KEY + pulang_n_settings)
        return ARGP_ERR_UNKNOWN;
    pulang_error error;
    pulang_settings scratch;
    if (pulang_setting_parse(&pulang_settings_table[key - FIRST_KEY], argument, &scratch, &error) !=
        PULANG_OK)
        argp_error(state, "%s", error.message);
    arguments->text[key - FIRST_KEY] = argument;
    return 0;
}

const struct argp *settings_argp(void) {
    static struct argp_option options[SETTINGS_MOST + 1];
    static const struct argp argp = {.options = options, .parser = parse, .argp_domain = PULANG_TEXT_DOMAIN};
    assert(pulang_n_settings <= SETTINGS_MOST);
    for (int i = 0; i < pulang_n_settings; i++) {
        const pulang_setting *setting = &pulang_settings_table[i];
        options[i] = (struct argp_option){
            .name = setting->name, .key = FIRST_KEY + i, .arg = setting->argument, .doc = setting->help};
    }
    return &argp;
}

void settings_make(pulang_settings *settings, const pulang_instance *instance,
                   const settings_arguments *arguments) {
    pulang_settings_default(settings);
    if (instance->scenario.time_limit > 0)
        settings->time_limit = instance->scenario.time_limit;
    if (instance->scenario.gap >= 0)
        settings->gap = instance->scenario.gap;
    for (int i = 0; i < pulang_n_settings; i++)
        if (arguments->text[i])
            pulang_setting_parse(&pulang_settings_table[i], arguments->text[i], settings, NULL);
}
