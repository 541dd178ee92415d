/*
 * The formats of the first DIMACS challenge (1991): assignment (.asn) and minimum-cost flow (.min). A
 * line begins with its kind: c(omment), p(roblem), n(ode) or a(rc).
 */
#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

typedef struct dimacs {
    pulang_scanner *scanner;
    pulang_benchmark *benchmark;
    pulang_error *error;
    int n_nodes, n_arcs; /* as the problem line says */
    int problem_line;    /* 0: not met yet */
    int arcs;            /* met so far */
    int *index;          /* .asn: [n_nodes] 1: left, until the first arc; then its row, or -1 - its post */
    bool numbered;
} dimacs;

/* Reads count numbers to the end of the line. */
static pulang_status read_numbers(const dimacs *d, const pulang_number *numbers, int count, int64_t *values) {
    pulang_status status = PULANG_OK;
    for (int i = 0; i < count && status == PULANG_OK; i++)
        status = pulang_scanner_number(d->scanner, &numbers[i], &values[i], d->error);
    return status == PULANG_OK ? pulang_scanner_end_line(d->scanner, d->error) : status;
}

static bool alloc_network(const dimacs *d) {
    pulang_flow_network *n = &d->benchmark->network;
    size_t nodes = (size_t)d->n_nodes, arcs = (size_t)d->n_arcs;
    n->n_nodes = d->n_nodes;
    n->n_arcs = d->n_arcs;
    n->supply = pulang_alloc(nodes, sizeof *n->supply);
    n->tail = pulang_alloc(arcs, sizeof *n->tail);
    n->head = pulang_alloc(arcs, sizeof *n->head);
    n->lower = pulang_alloc(arcs, sizeof *n->lower);
    n->upper = pulang_alloc(arcs, sizeof *n->upper);
    n->cost = pulang_alloc(arcs, sizeof *n->cost);
    return n->supply && n->tail && n->head && n->lower && n->upper && n->cost;
}

static bool alloc_assignment(dimacs *d) {
    pulang_benchmark *b = d->benchmark;
    size_t arcs = (size_t)d->n_arcs;
    d->index = pulang_alloc((size_t)d->n_nodes, sizeof *d->index);
    b->arc_row = pulang_alloc(arcs, sizeof *b->arc_row);
    b->arc_post = pulang_alloc(arcs, sizeof *b->arc_post);
    b->arc_cost = pulang_alloc(arcs, sizeof *b->arc_cost);
    return d->index && b->arc_row && b->arc_post && b->arc_cost;
}

static pulang_status read_problem(dimacs *d) {
    if (d->problem_line)
        return pulang_scanner_fail(d->scanner, d->error, _("a second problem line; the first is line %d"),
                                   d->problem_line);
    size_t length;
    const char *kind = pulang_scanner_word(d->scanner, &length);
    bool network = length == 3 && memcmp(kind, "min", 3) == 0;
    if (!network && !(length == 3 && memcmp(kind, "asn", 3) == 0))
        return pulang_scanner_fail(d->scanner, d->error, "%s",
                                   _("the problem should be \"asn\" or \"min\"; others cannot be read"));
    d->scanner->at = kind + length;
    d->problem_line = d->scanner->line;
    /* Nodes and arcs that matter take more than a byte each. */
    int64_t bytes = d->scanner->end - d->scanner->at, most = bytes < INT32_MAX - 1 ? bytes : INT32_MAX - 1;
    pulang_number numbers[] = {{N_("the number of nodes"), 1, most}, {N_("the number of arcs"), 0, most}};
    int64_t values[2];
    pulang_status status = read_numbers(d, numbers, 2, values);
    if (status != PULANG_OK)
        return status;
    d->n_nodes = (int)values[0];
    d->n_arcs = (int)values[1];
    d->benchmark->is_network = network;
    d->benchmark->format = network ? "dimacs-min" : "dimacs-asn";
    return (network ? alloc_network(d) : alloc_assignment(d)) ? PULANG_OK : pulang_fail_memory(d->error);
}

static pulang_status read_node(dimacs *d) {
    pulang_number numbers[] = {{N_("a node"), 1, d->n_nodes}, {N_("a supply"), -INT64_MAX, INT64_MAX}};
    bool network = d->benchmark->is_network;
    pulang_scanner line = *d->scanner;
    int64_t values[2] = {1, 1};
    pulang_status status = read_numbers(d, numbers, network ? 2 : 1, values);
    if (status != PULANG_OK)
        return status;
    int node = (int)values[0] - 1;
    if (d->numbered)
        return pulang_scanner_fail(&line, d->error, "%s", _("the nodes should come before the arcs"));
    if (network ? d->benchmark->network.supply[node] != 0 : d->index[node] != 0)
        return pulang_scanner_fail(&line, d->error, _("node %d comes twice"), node + 1);
    if (network)
        d->benchmark->network.supply[node] = values[1];
    else
        d->index[node] = 1;
    return PULANG_OK;
}

/* Numbers the left nodes as rows and the others as posts. */
static void number_nodes(dimacs *d) {
    pulang_transport *t = &d->benchmark->transport;
    for (int v = 0; v < d->n_nodes; v++)
        d->index[v] = d->index[v] ? t->n_rows++ : -1 - t->n_posts++;
    d->numbered = true;
}

static pulang_status read_pair(dimacs *d) {
    pulang_number node = {N_("a node"), 1, d->n_nodes};
    pulang_number numbers[] = {node, node, {N_("a cost"), -INT64_MAX, INT64_MAX - 1}};
    pulang_scanner line = *d->scanner;
    int64_t values[3];
    pulang_status status = read_numbers(d, numbers, 3, values);
    if (status != PULANG_OK)
        return status;
    if (!d->numbered)
        number_nodes(d);
    int left = d->index[values[0] - 1], right = d->index[values[1] - 1];
    if (left < 0 || right >= 0)
        return pulang_scanner_fail(&line, d->error, "%s",
                                   _("an arc should go from a node of the n lines to one that is not there"));
    d->benchmark->arc_row[d->arcs] = left;
    d->benchmark->arc_post[d->arcs] = -1 - right;
    d->benchmark->arc_cost[d->arcs] = values[2];
    return PULANG_OK;
}

static pulang_status read_arc(dimacs *d) {
    pulang_number node = {N_("a node"), 1, d->n_nodes};
    pulang_number numbers[] = {node,
                               node,
                               {N_("a lower bound"), 0, INT64_MAX - 1},
                               {N_("an upper bound"), INT64_MIN, INT64_MAX},
                               {N_("a cost"), -INT64_MAX, INT64_MAX}};
    pulang_flow_network *n = &d->benchmark->network;
    pulang_scanner line = *d->scanner;
    int64_t values[5];
    pulang_status status = read_numbers(d, numbers, 5, values);
    if (status != PULANG_OK)
        return status;
    int64_t upper = values[3] < 0 ? PULANG_FLOW_NO_UPPER : values[3];
    if (values[2] > upper)
        return pulang_scanner_fail(&line, d->error, "%s", _("the lower bound is above the upper bound"));
    n->tail[d->arcs] = (int)values[0] - 1;
    n->head[d->arcs] = (int)values[1] - 1;
    n->lower[d->arcs] = values[2];
    n->upper[d->arcs] = upper;
    n->cost[d->arcs] = values[4];
    return PULANG_OK;
}

static pulang_status read_line(dimacs *d) {
    size_t length;
    const char *kind = pulang_scanner_word(d->scanner, &length);
    if (*kind == 'c') {
        pulang_scanner_skip_line(d->scanner);
        return PULANG_OK;
    }
    if (length != 1 || !strchr("pna", *kind))
        return pulang_scanner_fail(d->scanner, d->error, "%s", _("a line should begin with c, p, n or a"));
    d->scanner->at = kind + length;
    if (*kind == 'p')
        return read_problem(d);
    if (!d->problem_line)
        return pulang_scanner_fail(d->scanner, d->error, "%s", _("the problem line (p) should come first"));
    if (*kind == 'n')
        return read_node(d);
    if (d->arcs == d->n_arcs)
        return pulang_scanner_fail(d->scanner, d->error, _("there are more arcs than the %d of line %d"),
                                   d->n_arcs, d->problem_line);
    pulang_status status = d->benchmark->is_network ? read_arc(d) : read_pair(d);
    d->arcs += status == PULANG_OK;
    return status;
}

static pulang_status finish(dimacs *d) {
    if (!d->problem_line)
        return pulang_scanner_fail(d->scanner, d->error, "%s", _("there is no problem line (p)"));
    if (d->arcs < d->n_arcs)
        return pulang_scanner_fail(d->scanner, d->error,
                                   _("the file ends after %d of the %d arcs that line %d speaks of"), d->arcs,
                                   d->n_arcs, d->problem_line);
    if (!d->benchmark->is_network && !d->numbered)
        number_nodes(d);
    d->benchmark->n_arcs = d->arcs;
    return PULANG_OK;
}

pulang_status pulang_read_dimacs(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error) {
    dimacs d = {.scanner = scanner, .benchmark = benchmark, .error = error};
    pulang_status status = PULANG_OK;
    while (status == PULANG_OK && pulang_scanner_skip(scanner))
        status = read_line(&d);
    if (status == PULANG_OK)
        status = finish(&d);
    pulang_free(d.index);
    return status;
}
