/*
 * What the families of instances that `pulang bench` solves have in common.
 */
#ifndef PULANG_CLI_BENCH_H
#define PULANG_CLI_BENCH_H

#include "io/benchmark.h"

typedef struct bench_arguments {
    char **files; /* [n_files] of argv */
    int n_files, threads, repeat, seconds;
    bool maximise;
} bench_arguments;

/* A number that there may not be. */
typedef struct bench_number {
    bool exists;
    int64_t value;
} bench_number;

/* What is printed of an instance. */
typedef struct bench_row {
    const char *file, *instance, *format, *method, *status;
    const char *wrong; /* what a check says (English); NULL: nothing */
    bool maximise, optimal, certificate;
    bench_number objective, bound, known, violation, root_bound, nodes;
    double read, build, solve, verify; /* seconds; solve: median */
    double peak;                       /* MiB */
    int64_t n, m;
} bench_row;

/* Solve and check, and fill in the row from status to m; file, instance, format, read and build are there. */
pulang_status bench_core(const pulang_benchmark *benchmark, const bench_arguments *arguments, bench_row *row,
                         pulang_error *error);
pulang_status bench_gap(const pulang_gap *gap, const bench_arguments *arguments, bench_row *row,
                        pulang_error *error);

/* Solves as often as is asked for; each solve replaces the plan of the one before. *seconds: the median. */
typedef pulang_status bench_solve(void *user, pulang_error *error);
pulang_status bench_repeat(int repeat, bench_solve *solve, void *user, double *seconds, pulang_error *error);

pulang_status bench_print(const bench_row *row, pulang_error *error);
/* The exit code that the result deserves; says on stderr what is wrong. */
int bench_judge(const bench_row *row);

#endif
