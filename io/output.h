/*
 * What the writers of the output folder share. Public: pulang_output_write in pulang.h.
 */
#ifndef PULANG_IO_OUTPUT_H
#define PULANG_IO_OUTPUT_H

#include "io/csv_write.h"
#include "io/json.h"
#include "model/check.h"
#include "model/envy.h"
#include "model/indicators.h"
#include "model/plan.h"
#include "model/reason.h"

/* A plan with everything that is reported of it. */
typedef struct pulang_output {
    const pulang_instance *instance;
    const pulang_plan *plan;
    const pulang_settings *settings;
    pulang_csv_dialect dialect;
    bool people;              /* people.csv is written */
    double begin;             /* pulang_output_clock() when writing began */
    int *status_quo;          /* [n_persons] the post held today, PULANG_NONE */
    int64_t *hours;           /* [n_posts] of the persons placed there, hundredths; when the plan exists */
    pulang_evaluation *today; /* of the status quo */
    pulang_evaluation *evaluation; /* of the plan; NULL when there is none */
    pulang_reasons *reasons;       /* NULL when there is no plan */
    pulang_audit *audit;           /* NULL when there is no plan */
    pulang_indicator figures_today[PULANG_N_INDICATORS];
    pulang_indicator figures[PULANG_N_INDICATORS]; /* when the plan exists */
} pulang_output;

/* Seconds on a clock that never goes back. */
double pulang_output_clock(void);
/* Whether the person leaves the post held today. */
bool pulang_output_moves(const pulang_output *output, int person);
/* Index of the step that prices a sum level, PULANG_NONE: there is none. */
int pulang_output_step(const pulang_plan *plan, int level);
/* The i-th price of a step in the level's own units, rounded to the nearest. */
int64_t pulang_output_price(const pulang_step *step, int i);
/* Headings price_<level> of the levels that have prices, in order. */
void pulang_output_price_headings(const pulang_plan *plan, pulang_csv_writer *csv);
/* Headings exact_<change>_<level> of all levels (change "": exact_<level>), and the cells under them: the
   exact price, blank where it is not known. Nothing where no exact prices were asked for. */
void pulang_output_exact_headings(const pulang_output *output, const char *change, pulang_csv_writer *csv);
void pulang_output_exact_cells(const pulang_output *output, const pulang_exact_price *price,
                               pulang_csv_writer *csv);
/* Cells hours_work, hours_staff, load (their quotient); hundredths of hours, work 0: not given. */
void pulang_output_hours(int64_t work, int64_t staff, pulang_csv_writer *csv);
/* Cell of a person's merit, blank for PULANG_NONE and where none is given. */
void pulang_output_merit(const pulang_output *output, int person, pulang_csv_writer *csv);
/* "optimal", "feasible", "infeasible" or "limit". */
const char *pulang_output_status(const pulang_plan *plan);
/* The largest relative gap of a level; NAN where a bound or the plan is missing. */
double pulang_output_gap(const pulang_plan *plan);
/* Member "bound"; null where none is known (INT64_MIN). */
void pulang_output_bound(pulang_json_builder *json, int64_t bound);
/* Members that tell of an indicator: "name", "description", "unit", "decimals", "better". */
void pulang_output_describe(pulang_json_builder *json, const pulang_indicator *indicator);

/* A file as it is written. */
typedef struct pulang_output_table {
    const char *name;
    char *bytes; /* [length], owned; pulang_output_tables_clear frees it; NULL: not written */
    size_t length;
} pulang_output_table;

/* The page of a plan that exists (io/write_report.h), and placements.xlsx unless workbook is NULL;
   comparison: a JSON text, NULL: none. *html and workbook->bytes are to be freed by pulang_free. */
pulang_status pulang_output_page(const pulang_instance *instance, const pulang_plan *plan, bool anonymous,
                                 const char *comparison, char **html, pulang_output_table *workbook,
                                 pulang_error *error);

#define PULANG_OUTPUT_TABLES 6

/* Makes the CSV files of a plan that exists, in memory. people: people.csv too. tables is filled on success
   only. */
pulang_status pulang_output_tables(const pulang_instance *instance, const pulang_plan *plan, bool people,
                                   pulang_output_table tables[PULANG_OUTPUT_TABLES], pulang_error *error);
void pulang_output_tables_clear(pulang_output_table tables[PULANG_OUTPUT_TABLES]);

/* Each writes one file, headings first. */
pulang_status pulang_write_placements(const pulang_output *output, pulang_csv_writer *csv,
                                      pulang_error *error);
pulang_status pulang_write_posts(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error);
pulang_status pulang_write_quotas(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error);
pulang_status pulang_write_units(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error);
pulang_status pulang_write_envy(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error);
pulang_status pulang_write_people(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error);
/* Each makes one JSON file, to be freed by pulang_free; NULL: out of memory. */
char *pulang_write_certificate(const pulang_output *output);
char *pulang_write_summary(const pulang_output *output);

#endif
