/*
 * What the readers of the files share: the instance being built, the codes known so far, and the
 * ways to look them up. Running out of memory is remembered in `failed`, so that a reader need not
 * check each step; pulang_instance_read looks at it at the end of each file.
 */
#ifndef PULANG_IO_READER_H
#define PULANG_IO_READER_H

#include "io/aliases.h"
#include "io/field.h"
#include "io/index.h"
#include "io/scenario.h"
#include "model/instance.h"

typedef enum pulang_code {
    PULANG_CODE_PLACE,
    PULANG_CODE_POST,
    PULANG_CODE_PERSON,
    PULANG_N_CODES
} pulang_code;

/* The codes of one file, to be looked up from others. */
typedef struct pulang_register {
    pulang_index index;
    const char **ids; /* [n] in the order of the rows; arena */
    int n;
    bool usable; /* the file could be read; else nothing can be looked up, and nothing is reported */
} pulang_register;

typedef struct pulang_reader {
    pulang_instance *instance;
    pulang_findings *findings;
    pulang_register codes[PULANG_N_CODES];
    pulang_index skills; /* by lower-case name */
    const char **skill_names;
    size_t skills_room;
    const pulang_quota_override *overrides;
    int n_overrides;
    long suggestions; /* candidates that may still be compared to suggest a code */
    bool failed;      /* out of memory */
} pulang_reader;

/* Memory of the instance's arena; NULL sets failed. */
void *pulang_reader_alloc(pulang_reader *reader, int count, size_t size);
/* Takes in the codes of a table (cleaned): missing, mangled and duplicate ones are faults. */
void pulang_reader_register(pulang_reader *reader, pulang_code code, const pulang_table *table, int column);
/* The index that text stands for; PULANG_NONE when it is blank or unknown (a fault, with the nearest
   known code). */
int pulang_reader_find(pulang_reader *reader, pulang_code code, const pulang_field *field, const char *text);
/* The same for a field of one code. */
int pulang_reader_code(pulang_reader *reader, pulang_code code, const pulang_field *field);
/* A list of posts and places, a post where both are called so. wishes: [*n]. */
pulang_wish *pulang_reader_spots(pulang_reader *reader, const pulang_field *field, int *n);
/* A list of skills, name:level or name (level 1). */
pulang_skill_list pulang_reader_skills(pulang_reader *reader, const pulang_field *field);
void pulang_reader_texts(pulang_reader *reader, const pulang_field *field, pulang_texts *texts);

/* The files, in the order in which they are read. Tables are in the instance already where they
   belong to it. */
void pulang_read_places(pulang_reader *reader);
/* boundaries.geojson of the folder, where it is there. */
void pulang_read_boundaries(pulang_reader *reader);
void pulang_read_posts(pulang_reader *reader);
void pulang_read_persons(pulang_reader *reader);
void pulang_read_travel(pulang_reader *reader, const pulang_table *table);
void pulang_read_pairs(pulang_reader *reader, const pulang_table *table);
void pulang_read_workload(pulang_reader *reader, const pulang_table *table);
/* Fills what posts.csv left blank of min, target and max; call after workload.csv. */
void pulang_read_seats(pulang_reader *reader);
void pulang_read_quotas(pulang_reader *reader);
/* The posts at which the scenario (file: as shown) forbids envy. */
void pulang_read_envy(pulang_reader *reader, const char *file);

#endif
