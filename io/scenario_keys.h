/*
 * The keys of scenario.yaml: what each may hold and where it goes.
 */
#ifndef PULANG_IO_SCENARIO_KEYS_H
#define PULANG_IO_SCENARIO_KEYS_H

#include "io/scenario.h"
#include "io/yaml.h"

/* A scenario in the making. */
typedef struct pulang_scenario_draft {
    pulang_arena *arena;
    pulang_findings *findings;
    pulang_scenario *scenario;
    pulang_scenario defaults;
    const char *shown_name; /* of the file being read; each file has a pointer of its own */
    const pulang_yaml *by;  /* hometown.by as stated last, and in which file */
    const char *by_file;
    pulang_quota_override *overrides; /* grown with pulang_grow */
    size_t n_overrides, overrides_capacity;
    bool out_of_memory;
} pulang_scenario_draft;

/* A fault at a node. The message and mend are translated already; NULL counts as out of memory. */
void pulang_scenario_fault(pulang_scenario_draft *draft, const pulang_yaml *at, const char *heading,
                           const char *message, const char *mend);
/* The i-th key as a dotted path ("weights.hometown") in the arena, NULL behind the last or when memory is
 *out; single: it holds one value, not a list. */
const char *pulang_scenario_key(pulang_arena *arena, size_t i, bool *single);
/* The value of a file's extend, NULL: it extends none. */
const pulang_yaml *pulang_scenario_extend(const pulang_yaml *root);
/* Takes over all that the file states. */
void pulang_scenario_apply(pulang_scenario_draft *draft, const pulang_yaml *root);
/* What can be said only when all files are read. */
void pulang_scenario_finish(pulang_scenario_draft *draft);

#endif
