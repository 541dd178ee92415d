/*
 * The statement of the levels: how each was proven, and how low it could be if it came first, which is what
 * the levels above cost it.
 */
#ifndef PULANG_MODEL_STATEMENT_H
#define PULANG_MODEL_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

/* Who says that no plan as good at the levels above is below the bound of a level. */
typedef enum pulang_proof {
    PULANG_PROOF_NONE,   /* there is no bound */
    PULANG_PROOF_PRICES, /* the dual prices of the certificate: recomputed without the solver */
    PULANG_PROOF_SEARCH  /* branch and bound: the word of the search */
} pulang_proof;

typedef struct pulang_level_statement {
    pulang_proof proof;
    bool solved;   /* without the levels above; false: not in the time there was, and value means nothing */
    int64_t value; /* the least found then */
    int64_t bound; /* no plan of any kind is below; INT64_MIN: unknown */
    bool proven;   /* value is the least */
} pulang_level_statement;

#endif
