/*
 * An output folder read without the problem folder that it was made from, to be laid beside others: its plan,
 * its figures, and what was asked for.
 */
#ifndef PULANG_IO_RUN_H
#define PULANG_IO_RUN_H

#include "io/index.h"
#include "model/arena.h"
#include "model/findings.h"
#include "model/instance.h"
#include "model/scenario.h"
#include "model/table.h"

/* A table of the folder: columns are found by their heading, rows by their key. */
typedef struct pulang_run_table {
    pulang_table table;
    pulang_index rows; /* by person, by post, or by pulang_run_key of quota and group */
} pulang_run_table;

typedef struct pulang_run_level {
    const char *name;
    int64_t value;
    int64_t bound; /* INT64_MIN: none is known */
    bool proven;
} pulang_run_level;

typedef struct pulang_run_figure {
    const char *name, *unit;
    double value; /* NAN: not stated */
} pulang_run_figure;

/* Something that was set. Texts are as a person would write them; "" where there is none. */
typedef struct pulang_run_setting {
    const char *key, *text;
} pulang_run_setting;

typedef struct pulang_run_settings {
    int n;
    pulang_run_setting *items;
} pulang_run_settings;

typedef struct pulang_run_rule {
    const char *name;
    bool on;
    pulang_run_settings fields; /* without the name */
} pulang_run_rule;

typedef struct pulang_run {
    pulang_arena *arena; /* owns everything but the indexes */
    const char *folder;  /* as given */
    const char *name;    /* unique among the runs compared */
    const char *title, *status;
    bool today; /* the status quo: posts and figures of today */
    int n_levels, n_figures, n_rules;
    pulang_run_level *levels;
    pulang_run_figure *figures;
    pulang_run_settings settings, inputs; /* inputs: text is the hash */
    pulang_run_rule *rules;
    pulang_run_table persons, posts, quotas;
    int post_column;                 /* of persons: the post, or that of today */
    int term_column[PULANG_N_TERMS]; /* of persons: the term's cost, -1: it did not count */
} pulang_run;

/*
 * Reads summary.json, placements.csv, posts.csv and quotas.csv of the folder. All that is wrong goes to
 * findings: what is missing or cannot be read, somebody or something twice, numbers that are none, and tables
 * that do not agree with each other or with the summary, as after a change by hand. PULANG_ERROR_INPUT when
 * anything is.
 */
pulang_status pulang_run_read(const char *folder, pulang_findings *findings, pulang_run **run,
                              pulang_error *error);
/* The same folder with everybody where they are today. Nothing is asked of it, nothing proven. */
pulang_status pulang_run_read_today(const char *folder, pulang_findings *findings, pulang_run **run,
                                    pulang_error *error);
/* The settings, rules and inputs of an instance as a run would tell them, without a plan. */
pulang_status pulang_run_describe(const pulang_instance *instance, pulang_run **run, pulang_error *error);
void pulang_run_free(pulang_run *run);

/* The key of two cells; NULL: out of memory. */
const char *pulang_run_key(pulang_arena *arena, const char *first, const char *second);
/* Row of a key, -1: not there. */
int pulang_run_row(const pulang_run_table *table, const char *key);
/* The cell, "" where row or column is not there. */
const char *pulang_run_cell(const pulang_run_table *table, int row, const char *column);
/* The cell as a number, NAN where blank or not there; a percentage without its sign. */
double pulang_run_number(const pulang_run_table *table, int row, const char *column);
/* The person's post, "" without one. */
const char *pulang_run_post(const pulang_run *run, int person_row);
/* Weight of a term of the preference. */
double pulang_run_weight(const pulang_run *run, int term);
/* What the term costs a person in the run's post, points: 0 where it does not count, NAN without a post. */
double pulang_run_term(const pulang_run *run, int person_row, int term);
#define PULANG_RUN_ROUNDING 5e-4 /* costs are written to three decimals */
/* Seats missing to the target of a post. */
double pulang_run_short(const pulang_run *run, int post_row);
/* The value of a quota's group. */
double pulang_run_use(const pulang_run *run, int quota_row);
/* The text of a setting, "" where it is not there. */
const char *pulang_run_setting_text(const pulang_run_settings *settings, const char *key);

#endif
