/*
 * The commands of the program. Each lives in cli/<name>.c and is listed in cli/main.c.
 */
#ifndef PULANG_CLI_COMMAND_H
#define PULANG_CLI_COMMAND_H

#include "pulang.h"

/* Exit codes, the same for every command. */
typedef enum exit_code {
    EXIT_SOLVED = 0,
    EXIT_BAD_INPUT = 1, /* also: a file that cannot be read or written */
    EXIT_USAGE = 2,
    EXIT_INFEASIBLE = 3,
    EXIT_LIMIT = 4,
    EXIT_INTERNAL = 5
} exit_code;

/* argv[0] is "pulang NAME" for messages; each parses its own arguments with argp. Returns an exit code. */
int command_check(int argc, char **argv);
int command_solve(int argc, char **argv);
int command_sweep(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_alternatives(int argc, char **argv);
int command_diagnose(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_template(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_report(int argc, char **argv);
int command_generate(int argc, char **argv);
int command_export(int argc, char **argv);
int command_bench(int argc, char **argv);

/* Prints an error (with file, line and column where it has them) to stderr; returns its exit code. */
int report_error(const pulang_error *error);
/* Prints findings to stderr as text, a summary line last. Of a kind (severity, file and column) only
   the first few are printed on a terminal, with a count of the others, unless all is set. */
void report_findings(const pulang_findings *findings, bool all);

#endif
