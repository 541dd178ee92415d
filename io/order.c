#include "io/order.h"

#include "io/nip.h"
#include "model/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef struct row {
    const char *id;
    int index, line;
} row;

static int by_id(const void *a, const void *b) {
    const row *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_line(const void *a, const void *b) {
    const row *x = a, *y = b;
    int order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Puts the rows of the table into the order of rows. */
static int permute(pulang_table *table, const row *rows, pulang_arena *arena) {
    size_t width = (size_t)table->n_columns, n = (size_t)table->n_rows;
    const char **cells = pulang_arena_alloc(arena, n * width, sizeof *cells);
    int *lines = pulang_arena_alloc(arena, n, sizeof *lines);
    if (!cells || !lines)
        return -1;
    for (size_t r = 0; r < n; r++) {
        memcpy(cells + r * width, table->cells + (size_t)rows[r].index * width, width * sizeof *cells);
        lines[r] = table->lines[rows[r].index];
    }
    table->cells = cells;
    table->lines = lines;
    return 0;
}

int pulang_order_by_id(pulang_table *table, int column, pulang_arena *arena) {
    row *rows = pulang_alloc((size_t)table->n_rows, sizeof *rows);
    bool ok = rows != NULL;
    for (int r = 0; ok && r < table->n_rows; r++) {
        rows[r] = (row){.id = pulang_id_clean(arena, pulang_table_cell(table, r, column)), .index = r};
        ok = rows[r].id != NULL;
    }
    if (ok && table->n_rows > 0) {
        qsort(rows, (size_t)table->n_rows, sizeof *rows, by_id);
        ok = permute(table, rows, arena) == 0;
    }
    pulang_free(rows);
    return ok ? 0 : -1;
}

int *pulang_order_of_file(const pulang_table *table, int n) {
    row *rows = pulang_alloc((size_t)n, sizeof *rows);
    int *order = pulang_alloc((size_t)n, sizeof *order);
    if (!rows || !order) {
        pulang_free(rows);
        pulang_free(order);
        return NULL;
    }
    for (int r = 0; r < n; r++)
        rows[r] = (row){.index = r, .line = table->lines && table->n_rows == n ? table->lines[r] : r};
    qsort(rows, (size_t)n, sizeof *rows, by_line);
    for (int r = 0; r < n; r++)
        order[r] = rows[r].index;
    pulang_free(rows);
    return order;
}
