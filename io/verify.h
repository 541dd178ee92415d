/*
 * Verifies what an output folder claims, from the instance alone: that it was made from these inputs,
 * that the plan keeps the hard rules, that every level has the value stated, and that the prices prove
 * the bounds. No code is shared with the solvers.
 */
#ifndef PULANG_IO_VERIFY_H
#define PULANG_IO_VERIFY_H

#include "io/read_output.h"

typedef enum pulang_verdict {
    PULANG_VERDICT_OK,
    PULANG_VERDICT_WRONG,
    PULANG_VERDICT_OPEN /* there is nothing to check it by: a solver's word */
} pulang_verdict;

/* One thing verified. */
typedef struct pulang_verified {
    pulang_verdict verdict;
    const char *subject; /* "inputs", "rules", "status", or the level's name */
    const char *text;    /* translated */
} pulang_verified;

typedef struct pulang_verification {
    pulang_arena *arena; /* owns the texts */
    int n;
    pulang_verified *items; /* [n] in the order of checking */
    size_t capacity;
    int n_wrong;
} pulang_verification;

pulang_status pulang_verify(const pulang_instance *instance, const pulang_claim *claim,
                            pulang_verification **verification, pulang_error *error);
void pulang_verification_free(pulang_verification *verification);

#endif
