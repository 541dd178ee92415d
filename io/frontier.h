/*
 * The frontier of a sweep: what came out at each of its points, read back from the folders of the runs.
 */
#ifndef PULANG_IO_FRONTIER_H
#define PULANG_IO_FRONTIER_H

#include "io/csv_write.h"
#include "io/sweep.h"
#include "model/indicators.h"

/* A level at a point. */
typedef struct pulang_frontier_level {
    int64_t value;
    int64_t bound; /* INT64_MIN: none is known */
} pulang_frontier_level;

typedef struct pulang_frontier_point {
    char name[PULANG_SWEEP_NAME];
    const char *status;                  /* "optimal", ... as in summary.json */
    bool plan;                           /* there is one; else the rest means nothing */
    pulang_frontier_level *levels;       /* [n_levels of the scenario] */
    double figures[PULANG_N_INDICATORS]; /* of the plan */
} pulang_frontier_point;

typedef struct pulang_frontier {
    pulang_arena *arena; /* owns the points */
    const pulang_instance *instance;
    const pulang_sweep *sweep;
    int n_points;
    pulang_frontier_point *points; /* [n_points] */
} pulang_frontier;

/* Reads runs/NAME/summary.json of every point below folder. instance: at any settings of the sweep. */
pulang_status pulang_frontier_read(const pulang_sweep *sweep, const pulang_instance *instance,
                                   const char *folder, pulang_frontier **frontier, pulang_error *error);
void pulang_frontier_free(pulang_frontier *frontier);

/* Whether the summary at path is one that a frontier can be made from; *plan: it has a plan. */
bool pulang_frontier_readable(const pulang_instance *instance, const char *path, bool *plan);

/* frontier.csv: a row a point. */
void pulang_write_frontier_csv(const pulang_frontier *frontier, pulang_csv_writer *csv);
/* frontier.json, also the part of report.html; to be freed by pulang_free; NULL: out of memory. */
char *pulang_write_frontier_json(const pulang_frontier *frontier);

#endif
