#include "io/benchmark.h"

#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

void pulang_benchmark_free(pulang_benchmark *b) {
    if (!b)
        return;
    pulang_flow_network_clear(&b->network);
    pulang_mapping_close(&b->mapping);
    pulang_spatial_free(b->spatial);
    for (int i = 0; i < b->n_gaps; i++)
        pulang_gap_free(b->gaps[i]);
    pulang_free(b->gaps);
    void *parts[] = {b->lower,   b->upper,    b->dense32,   b->dense64,
                     b->arc_row, b->arc_post, b->row_begin, b->arc_cost};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_free(b);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool is_knet(const pulang_mapping *mapping, const char *path) {
    static const char magic[4] = {'T', 'E', 'N', 'K'}; /* the word, least byte first */
    return ends_with(path, ".knet") || (mapping->length >= 4 && memcmp(mapping->bytes, magic, 4) == 0);
}

/* Whether the problem line, the first that is no comment, says so. */
static bool is_sphere(pulang_scanner s) {
    size_t length;
    while (pulang_scanner_skip(&s) && *s.at == 'c')
        pulang_scanner_skip_line(&s);
    if (s.at == s.end || *s.at != 'p')
        return false;
    s.at++;
    const char *word = pulang_scanner_word(&s, &length);
    return length == strlen("sphere") && memcmp(word, "sphere", length) == 0;
}

static pulang_status read_text(const char *path, pulang_benchmark *b, pulang_error *error) {
    pulang_scanner scanner = pulang_scanner_begin(path, b->mapping.bytes, b->mapping.length);
    pulang_scanner start = scanner;
    pulang_status status;
    if (!pulang_scanner_skip(&start))
        status = pulang_scanner_fail(&start, error, "%s", _("the file is empty"));
    else if (is_sphere(start) || ends_with(path, ".sphere"))
        status = pulang_read_sphere(&scanner, b, error);
    else if (strchr("cpna", *start.at))
        status = pulang_read_dimacs(&scanner, b, error);
    else if (strchr("+-0123456789", *start.at) && pulang_is_gap(&scanner))
        status = pulang_read_gap(&scanner, b, error);
    else if (strchr("+-0123456789", *start.at))
        status = pulang_read_orlib(&scanner, b, error);
    else
        status = pulang_scanner_fail(
            &start, error, "%s",
            _("this is none of the formats: OR-Library, DIMACS .asn or .min, .knet, .sphere"));
    pulang_mapping_close(&b->mapping);
    return status;
}

pulang_status pulang_benchmark_read(const char *path, pulang_benchmark **benchmark, pulang_error *error) {
    pulang_benchmark *b = pulang_alloc(1, sizeof *b);
    if (!b)
        return pulang_fail_memory(error);
    pulang_status status = pulang_mapping_open(path, &b->mapping, error);
    if (status == PULANG_OK)
        status = is_knet(&b->mapping, path) ? pulang_read_knet(path, b, error) : read_text(path, b, error);
    if (status == PULANG_OK)
        *benchmark = b;
    else
        pulang_benchmark_free(b);
    return status;
}

static bool is_ordered(const pulang_benchmark *b) {
    for (int a = 1; a < b->n_arcs; a++)
        if (b->arc_row[a] < b->arc_row[a - 1] ||
            (b->arc_row[a] == b->arc_row[a - 1] && b->arc_post[a] <= b->arc_post[a - 1]))
            return false;
    return true;
}

/* A stable counting sort of the arcs `from` by key into `to`. begin: [n_keys + 1]. */
static void sort_by(const int *key, int n_keys, const int *from, int n, int *begin, int *to) {
    memset(begin, 0, ((size_t)n_keys + 1) * sizeof *begin);
    for (int i = 0; i < n; i++)
        begin[key[from[i]] + 1]++;
    for (int k = 0; k < n_keys; k++)
        begin[k + 1] += begin[k];
    for (int i = 0; i < n; i++)
        to[begin[key[from[i]]]++] = from[i];
}

/* Takes the arcs over in the given order, the cheaper of two of the same pair. */
static void take(pulang_benchmark *b, const int *order, int *row, int *post, int64_t *cost) {
    int kept = 0;
    for (int i = 0; i < b->n_arcs; i++) {
        int a = order[i], last = kept - 1;
        if (kept > 0 && row[last] == b->arc_row[a] && post[last] == b->arc_post[a]) {
            cost[last] = b->arc_cost[a] < cost[last] ? b->arc_cost[a] : cost[last];
            continue;
        }
        row[kept] = b->arc_row[a];
        post[kept] = b->arc_post[a];
        cost[kept++] = b->arc_cost[a];
    }
    pulang_free(b->arc_row);
    pulang_free(b->arc_post);
    pulang_free(b->arc_cost);
    b->arc_row = row;
    b->arc_post = post;
    b->arc_cost = cost;
    b->n_arcs = kept;
}

static int order_arcs(pulang_benchmark *b) {
    int n_rows = b->transport.n_rows, n_posts = b->transport.n_posts;
    size_t n = (size_t)b->n_arcs, keys = (size_t)(n_rows > n_posts ? n_rows : n_posts) + 1;
    int *order = pulang_alloc(n, sizeof *order), *by_post = pulang_alloc(n, sizeof *by_post);
    int *begin = pulang_alloc(keys, sizeof *begin);
    int *row = pulang_alloc(n, sizeof *row), *post = pulang_alloc(n, sizeof *post);
    int64_t *cost = pulang_alloc(n, sizeof *cost);
    bool all = order && by_post && begin && row && post && cost;
    if (all) {
        for (int a = 0; a < b->n_arcs; a++)
            order[a] = a;
        sort_by(b->arc_post, n_posts, order, b->n_arcs, begin, by_post);
        sort_by(b->arc_row, n_rows, by_post, b->n_arcs, begin, order);
        take(b, order, row, post, cost);
    } else {
        pulang_free(row);
        pulang_free(post);
        pulang_free(cost);
    }
    pulang_free(order);
    pulang_free(by_post);
    pulang_free(begin);
    return all ? 0 : -1;
}

static pulang_status build_rows(pulang_benchmark *b, pulang_error *error) {
    b->row_begin = pulang_alloc((size_t)b->transport.n_rows + 1, sizeof *b->row_begin);
    if (!b->row_begin || (!is_ordered(b) && order_arcs(b)))
        return pulang_fail_memory(error);
    for (int a = 0; a < b->n_arcs; a++)
        b->row_begin[b->arc_row[a] + 1]++;
    for (int r = 0; r < b->transport.n_rows; r++)
        b->row_begin[r + 1] += b->row_begin[r];
    pulang_free(b->arc_row);
    b->arc_row = NULL;
    return PULANG_OK;
}

pulang_status pulang_benchmark_build(pulang_benchmark *b, pulang_error *error) {
    if (b->is_network || b->gaps)
        return PULANG_OK;
    pulang_transport *t = &b->transport;
    if (b->spatial) {
        pulang_spatial_transport(b->spatial, t);
        return PULANG_OK;
    }
    t->n_nodes = t->n_posts;
    if (b->arc_row) {
        pulang_status status = build_rows(b, error);
        if (status != PULANG_OK)
            return status;
        t->costs =
            (pulang_cost_source){.row_begin = b->row_begin, .arc_post = b->arc_post, .arc_cost = b->arc_cost};
    } else if (!b->mapping.bytes) {
        t->costs = (pulang_cost_source){.dense32 = b->dense32, .dense64 = b->dense64};
    }
    if (!b->upper) { /* assignment: one seat each */
        b->upper = pulang_alloc((size_t)t->n_posts, sizeof *b->upper);
        if (!b->upper)
            return pulang_fail_memory(error);
        for (int j = 0; j < t->n_posts; j++)
            b->upper[j] = 1;
    }
    t->lower = b->lower;
    t->upper = b->upper;
    return PULANG_OK;
}
