/*
 * What the writers of programs share: names that every reader accepts, numbers that read back exactly,
 * and a file that appears whole.
 */
#ifndef PULANG_IO_PROGRAM_TEXT_H
#define PULANG_IO_PROGRAM_TEXT_H

#include "model/program.h"
#include "model/words.h"
#include "pulang.h"

typedef struct pulang_program_names {
    const char **rows, **columns; /* [n_rows], [n_columns] */
    pulang_arena *arena;
} pulang_program_names;

/*
 * Safe names: letters, digits and _ . , ( ) only (other characters become _), beginning with a letter
 * that cannot be taken for a number, at most 90 characters, unique among the rows and among the columns
 * (by #2, #3, ... where the change has made two alike).
 */
pulang_status pulang_program_names_make(const pulang_program *program, pulang_program_names *names,
                                        pulang_error *error);
void pulang_program_names_clear(pulang_program_names *names);

/* A column fixed at 1 whose cost is the constant of the objective; the columns of our models have
   brackets in their names. */
#define PULANG_CONSTANT_COLUMN "constant_1"

#define PULANG_NUMBER_SIZE 32
/* The shortest decimal that reads back as the number. Returns text ([PULANG_NUMBER_SIZE]). */
const char *pulang_program_number(double number, char *text);

/* Writes the text to path; the file is renamed into place when whole. */
pulang_status pulang_program_save(const pulang_words *text, const char *path, pulang_error *error);

#endif
