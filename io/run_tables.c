/* The CSV files of a run, for io/run.c. */
#include "io/csv.h"
#include "io/csv_write.h"
#include "io/run_state.h"
#include "model/alloc.h"
#include "model/error.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A file, and what of it must be there. */
typedef struct wanted {
    const char *file;
    const char *const *columns; /* ended by NULL; the key first */
    int n_keys;                 /* columns of the key, 1 or 2 */
} wanted;

static const char *const person_columns[] = {"person", "name", "post", "old_post", "why", NULL};
static const char *const post_columns[] = {"post",   "role",  "district",          "min", "target", "max",
                                           "filled", "short", "status_quo_filled", NULL};
static const char *const quota_columns[] = {"quota", "group", "measure",    "min", "target",
                                            "max",   "value", "status_quo", NULL};

/* ---- one table ---- */

static void check_columns(pulang_run_reading *in, const wanted *file, const pulang_table *table) {
    for (int i = 0; file->columns[i]; i++)
        if (pulang_table_column(table, file->columns[i]) < 0)
            pulang_run_fault(in, file->file, 1, 0, "", _("needs one column %s"), file->columns[i]);
    for (int c = 0; c < table->n_columns; c++)
        if (pulang_table_column(table, table->columns[c]) != c)
            pulang_run_fault(in, file->file, 1, c + 1, "", _("column %s is there twice"), table->columns[c]);
}

/* Headings and cells, those with a guarding apostrophe without it. False: rows are not as the header. */
static bool take_cells(pulang_run_reading *in, const wanted *file, const pulang_csv *csv,
                       pulang_table *table) {
    int width = csv->n_rows > 0 ? (int)csv->begin[1] : 0;
    bool even = width > 0;
    for (int r = 1; r < csv->n_rows; r++)
        if ((int)(csv->begin[r + 1] - csv->begin[r]) != width) {
            pulang_run_fault(in, file->file, csv->line[r], 0, "", "%s",
                             _("has more or fewer cells than the header"));
            even = false;
        }
    if (!even)
        return false;
    size_t n_cells = csv->begin[csv->n_rows] - (size_t)width;
    *table = (pulang_table){
        .file = file->file, .n_columns = width, .n_rows = csv->n_rows - 1, .separator = csv->separator};
    table->columns = table->headings = pulang_arena_alloc(in->run->arena, (size_t)width, sizeof(char *));
    table->cells = pulang_arena_alloc(in->run->arena, n_cells, sizeof(char *));
    table->lines = pulang_arena_alloc(in->run->arena, (size_t)table->n_rows, sizeof(int));
    in->failed |= !table->columns || !table->cells || !table->lines;
    if (in->failed)
        return false;
    memcpy(table->columns, csv->cells, (size_t)width * sizeof(char *));
    for (size_t i = 0; i < n_cells; i++)
        table->cells[i] = pulang_csv_unguard(csv->cells[(size_t)width + i]);
    memcpy(table->lines, csv->line + 1, (size_t)table->n_rows * sizeof(int));
    return true;
}

/* The key of a row, several columns of it joined; NULL: memory is out. */
static const char *key_of(pulang_run_reading *in, const wanted *file, const pulang_table *table, int row) {
    const char *first = pulang_table_cell(table, row, pulang_table_column(table, file->columns[0]));
    if (file->n_keys == 1)
        return first;
    const char *second = pulang_table_cell(table, row, pulang_table_column(table, file->columns[1]));
    return pulang_run_key(in->run->arena, first, second);
}

static void index_rows(pulang_run_reading *in, const wanted *file, pulang_run_table *read) {
    for (int r = 0; !in->failed && r < read->table.n_rows; r++) {
        const char *key = key_of(in, file, &read->table, r);
        int first = key ? pulang_index_find(&read->rows, key) : -1;
        if (first >= 0)
            pulang_run_fault(in, file->file, read->table.lines[r], 0, "",
                             _("%s %s is there twice, first on line %d"), file->columns[0],
                             pulang_run_cell(read, r, file->columns[0]), read->table.lines[first]);
        else
            in->failed |= !key || pulang_index_add(&read->rows, key, r) != 0;
    }
}

static void read_table(pulang_run_reading *in, const wanted *file, pulang_run_table *read) {
    char path[PATH_MAX], shown[PATH_MAX];
    pulang_csv csv = {0};
    snprintf(path, sizeof path, "%s/%s", in->run->folder, file->file);
    snprintf(shown, sizeof shown, "%s/%s", in->run->folder, file->file);
    pulang_status status = pulang_csv_read(path, shown, in->run->arena, in->findings, &csv);
    in->failed |= status == PULANG_ERROR_MEMORY;
    if (status == PULANG_OK && take_cells(in, file, &csv, &read->table)) {
        check_columns(in, file, &read->table);
        index_rows(in, file, read);
    }
    pulang_csv_free(&csv);
}

/* ---- whether they agree ---- */

/* The heads of each post in placements.csv, by column: of the plan, or of today. */
static bool count_heads(pulang_run_reading *in, int column, int *heads) {
    const pulang_run *run = in->run;
    bool known = true;
    for (int p = 0; p < run->persons.table.n_rows; p++) {
        const char *post = pulang_table_cell(&run->persons.table, p, column);
        int row = *post ? pulang_index_find(&run->posts.rows, post) : -1;
        if (row >= 0) {
            heads[row]++;
        } else if (*post) {
            pulang_run_fault(in, "placements.csv", run->persons.table.lines[p], column + 1, "",
                             _("post %s is not in posts.csv"), post);
            known = false;
        }
    }
    return known;
}

static const char *changed_since(void) {
    return _("the files were changed since they were written: solve again");
}

/* The heads and what is missing of every post. */
static double check_posts(pulang_run_reading *in, const int *heads) {
    const pulang_run_table *posts = &in->run->posts;
    const char *column = in->run->today ? "status_quo_filled" : "filled";
    double missing = 0;
    for (int j = 0; j < posts->table.n_rows; j++) {
        const char *id = pulang_run_cell(posts, j, "post");
        if (pulang_run_number(posts, j, column) != heads[j])
            pulang_run_fault(in, "posts.csv", posts->table.lines[j], 0, changed_since(),
                             _("post %s has %d people in placements.csv, but %s here"), id, heads[j],
                             pulang_run_cell(posts, j, column));
        double target = pulang_run_number(posts, j, "target");
        double here = fmax(0, target - heads[j]);
        if (isnan(target) || (!in->run->today && pulang_run_number(posts, j, "short") != here))
            pulang_run_fault(in, "posts.csv", posts->table.lines[j], 0, changed_since(),
                             _("what post %s is short of is not its target less its people"), id);
        missing += here;
    }
    return missing;
}

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The terms of each person add up to the cost. */
static void check_costs(pulang_run_reading *in) {
    const pulang_run_table *persons = &in->run->persons;
    const pulang_table *table = &persons->table;
    if (pulang_table_column(table, "cost") < 0 || in->run->today)
        return;
    for (int p = 0; p < table->n_rows; p++) {
        double sum = 0, cost = pulang_run_number(persons, p, "cost");
        for (int c = 0; c < table->n_columns; c++)
            if (starts_with(table->columns[c], "cost_"))
                sum += pulang_run_number(persons, p, table->columns[c]);
        bool placed = *pulang_run_post(in->run, p) != '\0';
        if (placed && !(fabs(sum - cost) < 1e-6))
            pulang_run_fault(in, "placements.csv", table->lines[p], 0, changed_since(),
                             _("the terms of %s do not add up to the cost"),
                             pulang_run_cell(persons, p, "person"));
    }
}

static void check_total(pulang_run_reading *in, const char *name, double stated, double counted) {
    if (!isnan(stated) && stated != counted)
        pulang_run_fault(in, "summary.json", 0, 0, changed_since(),
                         _("%s is %.0f by the tables, but %.0f here"), name, counted, stated);
}

static void check_agreement(pulang_run_reading *in) {
    pulang_run *run = in->run;
    int *heads = pulang_alloc((size_t)run->posts.table.n_rows, sizeof *heads);
    in->failed |= !heads;
    if (heads && count_heads(in, run->post_column, heads)) {
        double placed = 0;
        for (int j = 0; j < run->posts.table.n_rows; j++)
            placed += heads[j];
        check_total(in, "short", in->missing, check_posts(in, heads));
        check_total(in, "placed", in->placed, placed);
        check_costs(in);
    }
    pulang_free(heads);
}

static void find_columns(pulang_run *run) {
    const pulang_table *table = &run->persons.table;
    run->post_column = pulang_table_column(table, run->today ? "old_post" : "post");
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        char heading[64];
        snprintf(heading, sizeof heading, "cost_%s", pulang_term_names[t]);
        run->term_column[t] = run->today ? -1 : pulang_table_column(table, heading);
    }
}

void pulang_run_read_tables(pulang_run_reading *in) {
    static const wanted persons = {"placements.csv", person_columns, 1},
                        posts = {"posts.csv", post_columns, 1}, quotas = {"quotas.csv", quota_columns, 2};
    size_t faults = pulang_findings_total(in->findings);
    read_table(in, &persons, &in->run->persons);
    read_table(in, &posts, &in->run->posts);
    read_table(in, &quotas, &in->run->quotas);
    find_columns(in->run);
    if (!in->failed && pulang_findings_total(in->findings) == faults)
        check_agreement(in);
}
