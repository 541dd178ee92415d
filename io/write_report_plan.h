/*
 * The plan as the page gets it: columns of short rows, in which names and reasons are indices into lists.
 * docs/report.md lists the members. The files write_report_*.c share what is here.
 */
#ifndef PULANG_IO_WRITE_REPORT_PLAN_H
#define PULANG_IO_WRITE_REPORT_PLAN_H

#include "io/flows.h"
#include "io/index.h"
#include "io/output.h"

/* What fewer persons than this have in common is not told in an anonymous report. */
#define PULANG_REPORT_FEWEST 5

/* A list of different texts. */
typedef struct pulang_report_names {
    pulang_index index;
    const char **names; /* [n], not owned */
    size_t n, capacity;
    bool failed; /* memory was out */
} pulang_report_names;

/* A person of an anonymous report. */
typedef struct pulang_report_row {
    int post, district;
} pulang_report_row;

typedef struct pulang_report_writer {
    const pulang_output *output;
    const pulang_instance *instance;
    pulang_json_builder *json;
    bool anonymous;
    pulang_report_names districts, roles, units, categories, reasons;
    const pulang_report_row *rows; /* while they are being written, as are those below */
    const pulang_flow *flows;
} pulang_report_writer;

/* Writes value i of a column. */
typedef void (*pulang_report_cell)(pulang_report_writer *writer, int i);
typedef struct pulang_report_column {
    const char *name;
    pulang_report_cell write;
} pulang_report_column;

/* The member "plan" as a JSON text, to be freed by pulang_free. */
pulang_status pulang_write_report_plan(const pulang_output *output, bool anonymous, char **json,
                                       pulang_error *error);

/* The index of a text in a list, added where it is new. */
int pulang_report_name(pulang_report_names *names, const char *text);
/* Adds columns with n values each to the object that is open. A cell may write nothing: the column stays
 * empty. */
void pulang_report_columns(pulang_report_writer *writer, const pulang_report_column *columns, int n_columns,
                           int n);
/* Adds the persons one by one, or what is told where they are too many; and what tells nothing of single
   ones: heads by way and by distance. */
pulang_status pulang_report_persons(pulang_report_writer *writer, pulang_error *error);
/* Adds the quotas, and the work and the hours of the units. */
pulang_status pulang_report_rules(pulang_report_writer *writer, pulang_error *error);
/* Adds the outlines of the places, null where none are given. */
pulang_status pulang_report_boundaries(pulang_report_writer *writer, pulang_error *error);
/*
 * The district of origin that an anonymous report may tell of each person, [n_persons]: indices into
 * writer->districts, PULANG_NONE: none. Who knows the holders of a post learns of none of them where they
 * come from: see the source.
 */
pulang_status pulang_report_origins(pulang_report_writer *writer, int *district, pulang_error *error);

#endif
