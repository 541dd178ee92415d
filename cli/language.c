#include "cli/language.h"

#include "model/error.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The locale asked for, by the precedence of POSIX. */
static const char *wanted_locale(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "C";
}

/* The folder of the catalogues: po beside a program that has not been installed, else the share/locale
   of its prefix. */
static void find_catalogues(char *folder, size_t size) {
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    snprintf(folder, size, "%s/po", program);
    if (access(folder, R_OK))
        snprintf(folder, size, "%s/../share/locale", program);
}

void language_init(void) {
    const char *wanted = wanted_locale();
    bool indonesian = strncmp(wanted, "id", 2) == 0 && strchr("_.@", wanted[2]);
    /* An Indonesian locale that this system does not have still gets Indonesian messages. */
    if (!setlocale(LC_ALL, "") && indonesian && setlocale(LC_ALL, "C.UTF-8"))
        setenv("LANGUAGE", "id", 1);
    setlocale(LC_NUMERIC, "C");
    char folder[PATH_MAX + 32];
    find_catalogues(folder, sizeof folder);
    bindtextdomain(PULANG_TEXT_DOMAIN, folder);
    bind_textdomain_codeset(PULANG_TEXT_DOMAIN, "UTF-8");
}

bool language_is_indonesian(void) {
    return strcmp(pulang_language(), "id") == 0;
}
