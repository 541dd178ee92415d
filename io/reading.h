/*
 * What reads an output folder back (io/read_output.h), in parts: the summary and the plan in read_output.c,
 * the certificate in read_certificate.c, the branches of its steps in read_tree.c.
 */
#ifndef PULANG_IO_READING_H
#define PULANG_IO_READING_H

#include "io/index.h"
#include "io/read_output.h"

/* What a claim is read with. */
typedef struct reading {
    const pulang_instance *instance;
    const char *out, *file; /* file: the one in hand */
    pulang_claim *claim;
    pulang_index posts;
    pulang_error *error;
} reading;

/* PULANG_ERROR_INPUT: what is missing or not as expected. */
pulang_status reading_wrong(reading *in, const char *what);
/* A copy that lives as long as the claim; NULL: out of memory. */
const char *reading_keep(reading *in, const char *text);
/* Opens a file of the folder, which becomes the one in hand. */
pulang_status reading_json(reading *in, const char *file, pulang_json **document);
/* The member levels of a document. */
pulang_status reading_levels(reading *in, const pulang_json *document, pulang_claimed_level **levels);
/* The length of an array; false: it is none. */
bool reading_length(const pulang_json *array, int *n);

/* certificate.json, where it is written. */
pulang_status reading_certificate(reading *in);
/* Prices of posts, of quotas' groups and of the step's cuts: the prices of a step, or of a leaf as of a step.
 */
pulang_status reading_prices(reading *in, const pulang_json *prices, pulang_step *step);
/* The branches of a step. */
pulang_status reading_tree(reading *in, const pulang_json *branches, pulang_step *step);

#endif
