/*
 * Assignment problems of the OR-Library (Beasley 1990): all costs, or a line for each pair that may be.
 */
#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

/* Any but the one that forbids. */
static const pulang_number any_cost = {N_("a cost"), -INT64_MAX, INT64_MAX - 1};

/* Reads the matrix as 32-bit numbers; *wide: a cost does not fit, and where it stands. */
static pulang_status read_narrow(pulang_scanner *s, size_t n_costs, pulang_benchmark *b, bool *wide,
                                 pulang_error *error) {
    for (size_t i = 0; i < n_costs; i++) {
        int64_t cost;
        pulang_status status = pulang_scanner_number_anywhere(s, &any_cost, &cost, error);
        if (status != PULANG_OK)
            return status;
        if (cost != (int32_t)cost) {
            *wide = true;
            return PULANG_OK;
        }
        b->dense32[i] = (int32_t)cost;
    }
    return PULANG_OK;
}

static pulang_status read_wide(pulang_scanner *s, size_t n_costs, pulang_benchmark *b, pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (size_t i = 0; i < n_costs && status == PULANG_OK; i++)
        status = pulang_scanner_number_anywhere(s, &any_cost, &b->dense64[i], error);
    return status;
}

static pulang_status read_matrix(pulang_scanner *s, pulang_benchmark *b, pulang_error *error) {
    pulang_scanner start = *s;
    bool wide = false;
    size_t n_costs = (size_t)b->transport.n_rows * (size_t)b->transport.n_posts;
    size_t most = (size_t)(s->end - s->at) / 2 + 1; /* numbers that the file can have at all */
    size_t room = n_costs < most ? n_costs : most;
    b->dense32 = pulang_alloc(room, sizeof *b->dense32);
    pulang_status status = b->dense32 ? read_narrow(s, n_costs, b, &wide, error) : pulang_fail_memory(error);
    if (status == PULANG_OK && wide) {
        *s = start;
        pulang_free(b->dense32);
        b->dense32 = NULL;
        b->dense64 = pulang_alloc(room, sizeof *b->dense64);
        status = b->dense64 ? read_wide(s, n_costs, b, error) : pulang_fail_memory(error);
    }
    if (status == PULANG_OK && pulang_scanner_skip(s))
        status = pulang_scanner_fail(s, error, _("there is more in the file than %d x %d costs"),
                                     b->transport.n_rows, b->transport.n_posts);
    return status;
}

static size_t count_lines(const pulang_scanner *s) {
    size_t n = 1;
    for (const char *at = s->at; (at = memchr(at, '\n', (size_t)(s->end - at))); at++)
        n++;
    return n;
}

static pulang_status read_arc(pulang_scanner *s, int n, pulang_benchmark *b, pulang_error *error) {
    pulang_number row = {N_("a person"), 1, n}, post = {N_("a post"), 1, n};
    int64_t i, j;
    int a = b->n_arcs;
    pulang_status status = pulang_scanner_number(s, &row, &i, error);
    if (status == PULANG_OK)
        status = pulang_scanner_number(s, &post, &j, error);
    if (status == PULANG_OK)
        status = pulang_scanner_number(s, &any_cost, &b->arc_cost[a], error);
    if (status == PULANG_OK)
        status = pulang_scanner_end_line(s, error);
    if (status != PULANG_OK)
        return status;
    b->arc_row[a] = (int)i - 1;
    b->arc_post[a] = (int)j - 1;
    b->n_arcs++;
    return PULANG_OK;
}

static pulang_status read_arcs(pulang_scanner *s, pulang_benchmark *b, pulang_error *error) {
    size_t room = count_lines(s);
    if (room > INT32_MAX)
        return pulang_scanner_fail(s, error, "%s", _("the file has too many lines"));
    b->arc_row = pulang_alloc(room, sizeof *b->arc_row);
    b->arc_post = pulang_alloc(room, sizeof *b->arc_post);
    b->arc_cost = pulang_alloc(room, sizeof *b->arc_cost);
    if (!b->arc_row || !b->arc_post || !b->arc_cost)
        return pulang_fail_memory(error);
    pulang_status status = PULANG_OK;
    while (status == PULANG_OK && pulang_scanner_skip(s))
        status = read_arc(s, b->transport.n_rows, b, error);
    return status;
}

static bool has_numbers(pulang_scanner s, int wanted) {
    size_t length;
    int n = 0;
    for (; n <= wanted && pulang_scanner_skip(&s); n++)
        s.at = pulang_scanner_word(&s, &length) + length;
    return n == wanted;
}

/*
 * Lines of three numbers are pairs. Three persons with nine numbers can be read both ways; the name decides
 * then, as the library gives it: assignpN.
 */
static bool is_sparse(pulang_scanner s, int n) {
    if (pulang_scanner_words(&s) > 0 || !pulang_scanner_skip(&s) || pulang_scanner_words(&s) != 3)
        return false;
    const char *slash = strrchr(s.path, '/'), *name = slash ? slash + 1 : s.path;
    return n != 3 || !has_numbers(s, 9) || strncmp(name, "assignp", strlen("assignp")) == 0;
}

pulang_status pulang_read_orlib(pulang_scanner *s, pulang_benchmark *b, pulang_error *error) {
    pulang_number persons = {N_("the number of persons"), 1, INT32_MAX - 1};
    int64_t n;
    pulang_status status = pulang_scanner_number_anywhere(s, &persons, &n, error);
    if (status != PULANG_OK)
        return status;
    if ((size_t)n > (size_t)(s->end - s->at))
        return pulang_scanner_fail(s, error, "%s", _("the file is too short for so many persons"));
    b->transport.n_rows = b->transport.n_posts = (int)n;
    bool sparse = is_sparse(*s, (int)n);
    b->format = sparse ? "or-library-sparse" : "or-library";
    return sparse ? read_arcs(s, b, error) : read_matrix(s, b, error);
}
