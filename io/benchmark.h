/*
 * Instances of the literature: transportation, linear and generalized assignment, minimum-cost flow.
 *
 *   or-library          n, then n x n costs (Beasley 1990: assign100 ...)
 *   or-library-sparse   n, then a line `i j cost` for each pair that may be (assignp800 ...)
 *   or-library-gap      m n, the costs, uses and capacities; or how many problems, and so many of these (gap1
 * ...) dimacs-asn          p asn NODES ARCS; n I for each left node; a I J COST dimacs-min          p min
 * NODES ARCS; n I SUPPLY; a I J LOWER UPPER COST (UPPER negative: none) knet                little-endian
 * int32: 0x4B4E4554, 1, N, M, lower[M], upper[M], cost[N * M] row by row sphere              places on the
 * sphere, posts and classes; costs are computed (pulang_spatial)
 *
 * docs/bench.md describes them. The format is found by the content.
 */
#ifndef PULANG_IO_BENCHMARK_H
#define PULANG_IO_BENCHMARK_H

#include "io/mapping.h"
#include "io/scanner.h"
#include "model/flow_network.h"
#include "model/gap.h"
#include "model/spatial.h"
#include "model/transport.h"

#define PULANG_KNET_MAGIC 0x4B4E4554
#define PULANG_KNET_VERSION 1
/* Words before lower[M]. */
#define PULANG_KNET_HEADER 4

typedef struct pulang_benchmark {
    const char *format; /* one of the names above */
    bool is_network;
    pulang_flow_network network; /* if is_network, else: */
    pulang_transport transport;  /* complete after pulang_benchmark_build */
    pulang_spatial *spatial;     /* where costs are computed, else NULL; owned */
    pulang_gap **gaps;           /* [n_gaps] where it is generalized assignment, and nothing else; owned */
    int n_gaps;
    bool several; /* the file says how many problems it has */
    /* what transport points to, owned */
    pulang_mapping mapping; /* of a .knet file, whose matrix is used as it is */
    int64_t *lower, *upper;
    int32_t *dense32;
    int64_t *dense64;
    int n_arcs, *arc_row, *arc_post, *row_begin;
    int64_t *arc_cost;
} pulang_benchmark;

/* Reads a file. The error says file and line (of a text) of what is wrong. */
pulang_status pulang_benchmark_read(const char *path, pulang_benchmark **benchmark, pulang_error *error);
/* Orders sparse arcs by row; of pairs named twice the cheaper counts. To be called once. */
pulang_status pulang_benchmark_build(pulang_benchmark *benchmark, pulang_error *error);
void pulang_benchmark_free(pulang_benchmark *benchmark);

/* The readers; the scanner is at the begin of the text. What they allocate is freed with the benchmark. */
pulang_status pulang_read_knet(const char *path, pulang_benchmark *benchmark, pulang_error *error);
pulang_status pulang_read_orlib(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error);
pulang_status pulang_read_gap(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error);
pulang_status pulang_read_sphere(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error);
pulang_status pulang_read_dimacs(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error);
/* Whether the numbers from here to the end are those of generalized assignment problems. */
bool pulang_is_gap(const pulang_scanner *scanner);

#endif
