/*
 * What the two halves of reading a run share: summary.json (io/run_summary.c) and the tables
 * (io/run_tables.c).
 */
#ifndef PULANG_IO_RUN_STATE_H
#define PULANG_IO_RUN_STATE_H

#include "io/json.h"
#include "io/run.h"

typedef struct pulang_run_reading {
    pulang_run *run;
    pulang_findings *findings;
    double placed, missing; /* by the summary; NAN: not stated */
    bool failed;            /* memory ran out */
} pulang_run_reading;

/* A fault in a file of the folder; line and column 0: none. Texts are translated; mend may be "". */
void pulang_run_fault(pulang_run_reading *in, const char *file, int line, int column, const char *mend,
                      const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Levels, figures, settings, rules and inputs. False: there is no use in reading on. */
bool pulang_run_read_summary(pulang_run_reading *in);
/* Settings and rules of a document. */
void pulang_run_read_asked(pulang_run_reading *in, const pulang_json *document);
/* The tables, and whether they agree with each other and with the summary. */
void pulang_run_read_tables(pulang_run_reading *in);

#endif
