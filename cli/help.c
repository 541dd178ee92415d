#include "cli/help.h"

#include <argp.h>

char *help_list(int key, const char *text, void (*print)(FILE *out)) {
    if (key != ARGP_KEY_HELP_EXTRA)
        return (char *)text;
    char *list = NULL;
    size_t size;
    FILE *out = open_memstream(&list, &size);
    if (!out)
        return NULL;
    print(out);
    fclose(out);
    return list;
}
