/*
 * Reading the places, and writing a draft as a problem folder.
 */
#ifndef PULANG_CLI_GENERATE_FOLDER_H
#define PULANG_CLI_GENERATE_FOLDER_H

#include "cli/generate/draft.h"

/* Reads places.csv into the draft. A file that is no good ends the program with what is wrong. */
void folder_read_places(problem_draft *draft, const char *path);
/*
 * Writes the draft into dir, all files or none. places: path of the places.csv that was read, copied
 * with a travel.csv that stands beside it; NULL: the draft made its own places.
 */
pulang_status folder_write(const problem_draft *draft, const char *places, const char *dir,
                           pulang_error *error);

#endif
