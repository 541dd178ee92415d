/*
 * The parts of pulang_verify that are about what was written beside the proof: the phases, the figures
 * of summary.json and every cell of the CSV files.
 */
#ifndef PULANG_IO_VERIFY_FILES_H
#define PULANG_IO_VERIFY_FILES_H

#include "io/verify.h"

/* A verification under way. */
typedef struct pulang_verifying {
    const pulang_instance *instance;
    const pulang_claim *claim;
    pulang_verification *out;
    bool failed; /* memory ran out while notes were taken */
} pulang_verifying;

/* Takes down what was verified. */
void pulang_verify_note(pulang_verifying *verifying, pulang_verdict verdict, const char *subject,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Nobody moves in a wrong phase, no phase has too many moves, no post is ever too full. */
pulang_status pulang_verify_phases(pulang_verifying *verifying, pulang_error *error);
/* The figures of summary.json, to their decimals. evaluation: of the plan. */
pulang_status pulang_verify_figures(pulang_verifying *verifying, const pulang_evaluation *evaluation,
                                    pulang_error *error);
/* The settings and rules of summary.json are those that the problem folder gives. */
pulang_status pulang_verify_settings(pulang_verifying *verifying, pulang_error *error);
/* The CSV files are those that the plan gives, byte by byte. */
pulang_status pulang_verify_tables(pulang_verifying *verifying, pulang_error *error);

#endif
