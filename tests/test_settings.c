#include "model/settings.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const pulang_setting *named(const char *name) {
    for (int i = 0; i < pulang_n_settings; i++)
        if (strcmp(pulang_settings_table[i].name, name) == 0)
            return &pulang_settings_table[i];
    cr_assert_fail("no setting %s", name);
    return NULL;
}

Test(settings, defaults_prove_without_limit) {
    pulang_settings settings;
    memset(&settings, 0xff, sizeof settings);
    pulang_settings_default(&settings);
    cr_expect_eq(settings.method, PULANG_METHOD_AUTO);
    cr_expect(isinf(settings.time_limit));
    cr_expect_eq(settings.gap, 0);
    cr_expect_eq(settings.threads, 1);
    cr_expect_eq(settings.seed, 1);
    cr_expect_null(settings.progress);
    cr_expect_null(settings.progress_user);
}

Test(settings, values_are_read) {
    pulang_settings settings;
    pulang_settings_default(&settings);
    cr_expect_eq(pulang_setting_parse(named("method"), "glpk", &settings, NULL), PULANG_OK);
    cr_expect_eq(pulang_setting_parse(named("time"), "2.5", &settings, NULL), PULANG_OK);
    cr_expect_eq(pulang_setting_parse(named("gap"), "1e-3", &settings, NULL), PULANG_OK);
    cr_expect_eq(pulang_setting_parse(named("threads"), "8", &settings, NULL), PULANG_OK);
    cr_expect_eq(pulang_setting_parse(named("seed"), "4294967295", &settings, NULL), PULANG_OK);
    cr_expect_eq(settings.method, PULANG_METHOD_GLPK);
    cr_expect_eq(settings.time_limit, 2.5);
    cr_expect_eq(settings.gap, 1e-3);
    cr_expect_eq(settings.threads, 8);
    cr_expect_eq(settings.seed, UINT32_MAX);
}

Test(settings, bad_values_are_refused_and_change_nothing) {
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"method", "simplex"}, {"method", ""},       {"time", "0"},  {"time", "-1"},
        {"time", "nan"},       {"time", "5 s"},      {"time", ""},   {"time", " 5"},
        {"gap", "-0.1"},       {"gap", "1.5"},       {"gap", "0,1"}, {"threads", "0"},
        {"threads", "2.5"},    {"threads", "99999"}, {"seed", "-1"}, {"seed", "4294967296"},
    };
    pulang_settings settings, before;
    pulang_settings_default(&settings);
    before = settings;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pulang_error error;
        cr_expect_eq(pulang_setting_parse(named(cases[i].name), cases[i].text, &settings, &error),
                     PULANG_ERROR_ARGUMENT, "%s=%s", cases[i].name, cases[i].text);
        cr_expect(strstr(error.message, cases[i].name) != NULL);
    }
    cr_expect_eq(settings.method, before.method);
    cr_expect_eq(settings.time_limit, before.time_limit);
    cr_expect_eq(settings.gap, before.gap);
    cr_expect_eq(settings.threads, before.threads);
    cr_expect_eq(settings.seed, before.seed);
}
