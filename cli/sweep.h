/*
 * What the files of pulang sweep share.
 */
#ifndef PULANG_CLI_SWEEP_H
#define PULANG_CLI_SWEEP_H

#include "cli/folders.h"
#include "cli/options.h"
#include "io/frontier.h"

typedef struct sweep_job {
    const folder_arguments *folders; /* with the settings that are the same at all points */
    const settings_arguments *settings;
    pulang_sweep sweep;
    const pulang_instance *instance; /* at those settings: whose inputs the runs must have */
    int lock;                        /* the folder, locked against a second sweep; below 0: not locked */
    bool quiet;
} sweep_job;

/* The folder of a point's run and below it the file name. */
void sweep_path(const sweep_job *job, int point, const char *name, char *path, size_t size);
/* Whether the folder of the point holds all files of a finished run, made from these inputs and settings. */
bool sweep_finished(const sweep_job *job, int point);
/* Makes the run of a point: reads, solves, writes. An exit code. */
int sweep_run(const sweep_job *job, int point);
/* Makes the runs of todo[n], n_jobs at a time, each in a process of its own. An exit code. */
int sweep_pool(const sweep_job *job, const int *todo, int n, int n_jobs);
/* Writes a Slurm job array and its collector, and says how to submit them. An exit code. */
int sweep_write_slurm(const sweep_job *job);
/* Removes the temporary files that a killed process has left in a folder. */
void sweep_clear(const char *folder);
/* Removes the results of before: they would be taken for those of the runs which are under way. */
pulang_status sweep_remove_results(const char *folder, pulang_error *error);
/* Writes the results of finished runs, and prints them to stdout, quiet, as a table or as JSON. An exit code.
 */
int sweep_collect(const sweep_job *job, bool as_json);
/* Prints the points as a table to stdout. */
void sweep_print(const pulang_frontier *frontier);

#endif
