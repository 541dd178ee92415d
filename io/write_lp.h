/*
 * The LP format of CPLEX, as CBC, GLPK and most solvers read it: the one for human eyes.
 */
#ifndef PULANG_IO_WRITE_LP_H
#define PULANG_IO_WRITE_LP_H

#include "model/program.h"
#include "pulang.h"

/* Writes the program to path. Names are made safe (io/program_text.h). */
pulang_status pulang_lp_write(const pulang_program *program, const char *path, pulang_error *error);

#endif
