/*
 * YAML as a tree that remembers where everything stands, so that each fault can be shown at its line
 * (libcyaml stops at the first one and knows the line of the value before it only). The only file
 * that includes <yaml.h>.
 */
#ifndef PULANG_IO_YAML_H
#define PULANG_IO_YAML_H

#include "model/arena.h"
#include "model/error.h"

typedef enum pulang_yaml_kind { PULANG_YAML_TEXT, PULANG_YAML_LIST, PULANG_YAML_MAP } pulang_yaml_kind;

typedef struct pulang_yaml pulang_yaml;

/* A key of a map with its value, or an item of a list (key is then NULL). */
typedef struct pulang_yaml_entry {
    const pulang_yaml *key, *value;
} pulang_yaml_entry;

struct pulang_yaml {
    pulang_yaml_kind kind;
    int line, column; /* 1-based line and character */
    const char *text; /* of a TEXT; "" otherwise */
    bool blank;       /* a TEXT that is nothing at all, ~ or null; not the quoted "" */
    int n;
    pulang_yaml_entry *entries; /* [n] of a LIST or MAP */
};

/*
 * Reads the file at path. *root (arena) is NULL for a file without a document.
 * PULANG_ERROR_IO: it cannot be read; PULANG_ERROR_INPUT: it is no YAML that is understood here, with
 * line and column (and shown_name) in error.
 */
pulang_status pulang_yaml_read(const char *path, const char *shown_name, pulang_arena *arena,
                               const pulang_yaml **root, pulang_error *error);

#endif
