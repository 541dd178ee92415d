/*
 * The settings of a solve in one table: it drives the defaults, the ranges, the reading of values
 * and the help text.
 */
#ifndef PULANG_MODEL_SETTINGS_H
#define PULANG_MODEL_SETTINGS_H

#include "pulang.h"

typedef enum pulang_setting_kind {
    PULANG_SETTING_CHOICE, /* an enum; value = index into choices */
    PULANG_SETTING_REAL,   /* double */
    PULANG_SETTING_INT,    /* int */
    PULANG_SETTING_UINT32  /* uint32_t */
} pulang_setting_kind;

typedef struct pulang_setting {
    const char *name;     /* "time" */
    const char *argument; /* "S": how the help names the value */
    const char *help;     /* to be translated where it is shown */
    pulang_setting_kind kind;
    size_t offset; /* in pulang_settings */
    double preset, least, most;
    bool above_least;           /* the least value itself is not allowed */
    const char *const *choices; /* ended by NULL */
} pulang_setting;

extern const pulang_setting pulang_settings_table[];
extern const int pulang_n_settings;

/* Names of pulang_method, ended by NULL. */
extern const char *const pulang_method_names[];

/* Reads text into the setting; PULANG_ERROR_ARGUMENT when it is none or out of range. */
pulang_status pulang_setting_parse(const pulang_setting *setting, const char *text, pulang_settings *settings,
                                   pulang_error *error);

#endif
