/*
 * scenario.yaml: the settings of a problem. Every key is optional; what is not stated keeps its
 * default (model/scenario.c), or what the file named by `extend:` says (a path relative to the
 * extending file; chains are fine). An extending file changes only what it states: within maps key
 * by key, lists as a whole, `quotas` by name. A blank value puts the default back. The keys are in
 * the table of io/scenario_keys.c.
 */
#ifndef PULANG_IO_SCENARIO_H
#define PULANG_IO_SCENARIO_H

#include "model/arena.h"
#include "model/findings.h"
#include "model/scenario.h"

/* What a scenario changes of a quota of quotas.csv. NULL: as it is there; "": removed. Values are
   text as a cell of quotas.csv would hold it, for the reader of that file to check. */
typedef struct pulang_quota_override {
    const char *quota; /* its name */
    const char *on, *min, *target, *max, *weight, *tier;
    const char *file; /* where it was stated last, as shown to the user */
    int line;
} pulang_quota_override;

/* What was read. All of it belongs to the arena, or is a static default. */
typedef struct pulang_scenario_reading {
    pulang_scenario scenario;
    pulang_quota_override *overrides; /* [n_overrides] */
    int n_overrides;
    const char **files; /* [n_files] the paths of all files read, path first */
    int n_files;
} pulang_scenario_reading;

/*
 * Reads the scenario at path (NULL: there is none) and all it extends, and over them set[n_set]. shown_name
 * is the file's name in findings (names of extended files are relative to it). Everything wrong goes to
 * findings (line, and the column of the character in it) and is left at its default: PULANG_OK does not mean
 * that there were no faults. PULANG_ERROR_IO when path itself cannot be read.
 */
pulang_status pulang_scenario_read(const char *path, const char *shown_name, const pulang_override *set,
                                   int n_set, pulang_arena *arena, pulang_findings *findings,
                                   pulang_scenario_reading *reading, pulang_error *error);

#endif
