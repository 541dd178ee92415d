/* placements.csv, read back: who holds which post. */
#include "io/csv.h"
#include "io/csv_write.h"
#include "io/index.h"
#include "io/read_output.h"
#include "model/alloc.h"
#include "model/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "placements.csv"

typedef struct placements {
    const pulang_instance *instance;
    pulang_csv csv;
    pulang_index persons, posts;
    int person, post, place, phase; /* columns */
    bool *seen;                     /* [n_persons] */
} placements;

static const char *cell(const placements *in, int row, int column) {
    return pulang_csv_unguard(in->csv.cells[in->csv.begin[row] + (size_t)column]);
}

/* The column with that heading, PULANG_NONE: none or several. */
static int find_column(const placements *in, const char *heading) {
    int found = PULANG_NONE, n = 0;
    for (int c = 0; c < (int)in->csv.begin[1]; c++)
        if (strcmp(in->csv.cells[c], heading) == 0) {
            found = c;
            n++;
        }
    return n == 1 ? found : PULANG_NONE;
}

static pulang_status find_columns(placements *in, pulang_error *error) {
    const struct {
        const char *heading;
        int *column;
    } wanted[] = {{"person", &in->person}, {"post", &in->post}, {"place", &in->place}, {"phase", &in->phase}};
    size_t n = in->instance->scenario.n_phases > 0 ? 4 : 3;
    for (size_t i = 0; i < n; i++) {
        *wanted[i].column = in->csv.n_rows > 0 ? find_column(in, wanted[i].heading) : PULANG_NONE;
        if (*wanted[i].column == PULANG_NONE)
            return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, 1, 0, _("needs one column %s"),
                                  wanted[i].heading);
    }
    return PULANG_OK;
}

/* The post of a row and its place, which must go together. */
static pulang_status read_post(const placements *in, int row, int *post, pulang_error *error) {
    const char *id = cell(in, row, in->post), *place = cell(in, row, in->place);
    int line = in->csv.line[row], found = PULANG_NONE;
    if (*id && (found = pulang_index_find(&in->posts, id)) < 0)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, line, in->post + 1,
                              _("post %s does not exist"), id);
    const pulang_instance *instance = in->instance;
    const char *expected = *id ? instance->places[instance->posts[found].place].id : "";
    if (strcmp(place, expected) != 0)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, line, in->place + 1,
                              _("post %s is in \"%s\", not in \"%s\""), id, expected, place);
    *post = *id ? found : PULANG_NONE;
    return PULANG_OK;
}

/* 0: does not move; beyond the last phase: n_phases + 1. */
static pulang_status read_phase(const placements *in, int row, int *phase, pulang_error *error) {
    const char *text = cell(in, row, in->phase);
    char *end = NULL;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end || errno || number < 0 || number > in->instance->scenario.n_phases + 1)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, in->csv.line[row], in->phase + 1,
                              _("phase %s does not exist"), text);
    *phase = (int)number;
    return PULANG_OK;
}

static pulang_status read_row(placements *in, int row, int *post_of, int *phase, pulang_error *error) {
    int line = in->csv.line[row];
    if (in->csv.begin[row + 1] - in->csv.begin[row] != in->csv.begin[1])
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, line, 0,
                              _("has more or fewer cells than the header"));
    const char *id = cell(in, row, in->person);
    int person = pulang_index_find(&in->persons, id);
    if (person < 0)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, line, in->person + 1,
                              _("person %s does not exist"), id);
    if (in->seen[person])
        return pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, line, in->person + 1,
                              _("person %s has a row already"), id);
    in->seen[person] = true;
    pulang_status status = read_post(in, row, &post_of[person], error);
    return status == PULANG_OK && phase ? read_phase(in, row, &phase[person], error) : status;
}

static pulang_status read_rows(placements *in, int *post_of, int *phase, pulang_error *error) {
    pulang_status status = find_columns(in, error);
    for (int row = 1; status == PULANG_OK && row < in->csv.n_rows; row++)
        status = read_row(in, row, post_of, phase, error);
    for (int p = 0; status == PULANG_OK && p < in->instance->n_persons; p++)
        if (!in->seen[p])
            status = pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, 0, 0, _("person %s has no row"),
                                    in->instance->persons[p].id);
    return status;
}

static pulang_status prepare(placements *in, pulang_error *error) {
    const pulang_instance *instance = in->instance;
    int failed = 0;
    for (int p = 0; p < instance->n_persons; p++)
        failed |= pulang_index_add(&in->persons, instance->persons[p].id, p);
    for (int j = 0; j < instance->n_posts; j++)
        failed |= pulang_index_add(&in->posts, instance->posts[j].id, j);
    in->seen = pulang_alloc((size_t)instance->n_persons, sizeof *in->seen);
    return failed || !in->seen ? pulang_fail_memory(error) : PULANG_OK;
}

/* Reads the CSV; whatever is found wrong with it is an error here. */
static pulang_status read_csv(placements *in, const char *path, pulang_arena *arena, pulang_error *error) {
    pulang_findings *findings = pulang_findings_new();
    if (!findings)
        return pulang_fail_memory(error);
    pulang_status status = pulang_csv_read(path, FILE_NAME, arena, findings, &in->csv);
    if (status == PULANG_ERROR_MEMORY || pulang_findings_broken(findings)) {
        status = pulang_fail_memory(error);
    } else if (pulang_findings_total(findings) > 0) {
        const pulang_finding *first = pulang_findings_at(findings, 0);
        status = pulang_fail_at(error, PULANG_ERROR_INPUT, FILE_NAME, first->line, first->column, "%s",
                                first->message);
    } else if (status != PULANG_OK) {
        status = pulang_fail_at(error, status, FILE_NAME, 0, 0, "%s", _("cannot be read"));
    }
    pulang_findings_free(findings);
    return status;
}

pulang_status pulang_placements_read(const pulang_instance *instance, const char *path, int *post_of,
                                     int *phase, pulang_error *error) {
    placements in = {.instance = instance};
    pulang_arena *arena = pulang_arena_new();
    size_t n = (size_t)instance->n_persons;
    int *read = pulang_alloc(2 * n, sizeof *read);
    int *read_phases = read && instance->scenario.n_phases > 0 ? read + n : NULL;
    pulang_status status = arena && read ? prepare(&in, error) : pulang_fail_memory(error);
    if (status == PULANG_OK)
        status = read_csv(&in, path, arena, error);
    if (status == PULANG_OK)
        status = read_rows(&in, read, read_phases, error);
    if (status == PULANG_OK) {
        memcpy(post_of, read, n * sizeof *read);
        if (read_phases)
            memcpy(phase, read_phases, n * sizeof *read);
    }
    pulang_csv_free(&in.csv);
    pulang_index_clear(&in.persons);
    pulang_index_clear(&in.posts);
    pulang_free(in.seen);
    pulang_free(read);
    pulang_arena_free(arena);
    return status;
}
