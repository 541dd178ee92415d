#include "io/program_text.h"

#include "io/atomic.h"
#include "model/alloc.h"
#include "model/error.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 80 /* CBC reads at most 100 characters; room is left for a suffix */

typedef struct named {
    const char *name;
    int index;
} named;

static const char *make_safe(pulang_arena *arena, const char *name) {
    char safe[LONGEST_NAME + 2];
    size_t n = 0;
    /* "e5" could pass for a number */
    if (!isalpha((unsigned char)*name) || *name == 'e' || *name == 'E')
        safe[n++] = '_';
    for (; *name && n < LONGEST_NAME; name++)
        safe[n++] = (isalnum((unsigned char)*name) && *name > 0) || strchr("_.,()", *name) ? *name : '_';
    return pulang_arena_copy(arena, safe, n);
}

static int compare(const void *left, const void *right) {
    const named *a = left, *b = right;
    int by_name = strcmp(a->name, b->name);
    return by_name ? by_name : (a->index > b->index) - (a->index < b->index);
}

/* Numbers the names that have become alike. Returns 0, or -1: out of memory. */
static int make_unique(pulang_arena *arena, const char **names, int n) {
    named *sorted = pulang_alloc((size_t)n, sizeof *sorted);
    if (!sorted)
        return -1;
    for (int i = 0; i < n; i++)
        sorted[i] = (named){.name = names[i], .index = i};
    qsort(sorted, (size_t)n, sizeof *sorted, compare);
    int copies = 1, failed = 0;
    for (int i = 1; i < n; i++) {
        copies = strcmp(sorted[i - 1].name, sorted[i].name) == 0 ? copies + 1 : 1;
        const char **name = &names[sorted[i].index];
        if (copies > 1)
            *name = pulang_arena_printf(arena, "%s#%d", sorted[i].name, copies);
        failed |= !*name;
    }
    pulang_free(sorted);
    return failed ? -1 : 0;
}

pulang_status pulang_program_names_make(const pulang_program *program, pulang_program_names *names,
                                        pulang_error *error) {
    size_t n_rows = (size_t)program->n_rows, n_columns = (size_t)program->n_columns;
    pulang_program_names made = {.arena = pulang_arena_new()};
    made.rows = made.arena ? pulang_arena_alloc(made.arena, n_rows, sizeof *made.rows) : NULL;
    made.columns = made.arena ? pulang_arena_alloc(made.arena, n_columns, sizeof *made.columns) : NULL;
    bool done = made.rows && made.columns;
    for (size_t r = 0; done && r < n_rows; r++)
        done = (made.rows[r] = make_safe(made.arena, program->rows[r].name)) != NULL;
    for (size_t c = 0; done && c < n_columns; c++)
        done = (made.columns[c] = make_safe(made.arena, program->columns[c].name)) != NULL;
    done = done && !make_unique(made.arena, made.rows, program->n_rows) &&
           !make_unique(made.arena, made.columns, program->n_columns);
    if (!done) {
        pulang_arena_free(made.arena);
        return pulang_fail_memory(error);
    }
    *names = made;
    return PULANG_OK;
}

void pulang_program_names_clear(pulang_program_names *names) {
    pulang_arena_free(names->arena);
    *names = (pulang_program_names){0};
}

const char *pulang_program_number(double number, char *text) {
    snprintf(text, PULANG_NUMBER_SIZE, "%.15g", number);
    if (strtod(text, NULL) != number)
        snprintf(text, PULANG_NUMBER_SIZE, "%.17g", number);
    return text;
}

pulang_status pulang_program_save(const pulang_words *text, const char *path, pulang_error *error) {
    if (text->failed)
        return pulang_fail_memory(error);
    const char *slash = strrchr(path, '/');
    char *folder = pulang_strdup(slash ? path : ".");
    pulang_batch *batch = NULL;
    if (!folder)
        return pulang_fail_memory(error);
    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    pulang_status status = pulang_batch_new(folder, &batch, error);
    if (status == PULANG_OK)
        status = pulang_batch_add(batch, slash ? slash + 1 : path, text->text, text->length, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    pulang_free(folder);
    return status;
}
