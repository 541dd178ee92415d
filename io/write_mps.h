/*
 * Free MPS, as CBC, GLPK, lp_solve and most solvers read it.
 */
#ifndef PULANG_IO_WRITE_MPS_H
#define PULANG_IO_WRITE_MPS_H

#include "model/program.h"
#include "pulang.h"

/* Writes the program to path. Names are made safe (io/program_text.h). */
pulang_status pulang_mps_write(const pulang_program *program, const char *path, pulang_error *error);

#endif
