/*
 * Reads an output folder back: what it claims, before anything of it is believed.
 */
#ifndef PULANG_IO_READ_OUTPUT_H
#define PULANG_IO_READ_OUTPUT_H

#include "io/json.h"
#include "model/indicators.h"
#include "model/plan.h"

/* A level as a file states it. */
typedef struct pulang_claimed_level {
    int64_t value;
    int64_t bound; /* INT64_MIN: null */
    bool proven;
} pulang_claimed_level;

typedef struct pulang_claim {
    pulang_arena *arena; /* owns everything */
    const char *folder;
    pulang_outcome outcome;
    bool exists; /* there is a plan; what is marked (plan) is NULL or 0 without one */
    const char *method;
    double gap;                            /* the gap that was asked for */
    bool exact_prices;                     /* the tables have them */
    int *post;                             /* (plan) [n_persons] PULANG_NONE: unplaced */
    int *phase;                            /* (plan) [n_persons] NULL where the scenario has no phases */
    double figure[PULANG_N_INDICATORS][2]; /* of the plan (NAN without one) and of the status quo */
    int n_levels;                          /* those of the instance's scenario */
    pulang_claimed_level *summary;         /* (plan) [n_levels] */
    pulang_claimed_level *certified;       /* (plan) [n_levels] in certificate.json */
    int n_steps;
    pulang_step *steps; /* of certificate.json */
    int n_inputs;
    pulang_input_file *inputs;
    pulang_json *document; /* summary.json as it is, owned too */
} pulang_claim;

/*
 * Reads summary.json and, as far as the summary tells of them, placements.csv and certificate.json of
 * the folder out. Strict: an unknown person or post, a person twice or missing, a level that is not
 * the scenario's, a value of the wrong type are PULANG_ERROR_INPUT with the file and place.
 */
pulang_status pulang_output_read(const pulang_instance *instance, const char *out, pulang_claim **claim,
                                 pulang_error *error);
void pulang_claim_free(pulang_claim *claim);
/* The member "bound" of a level as pulang_output_bound writes it: INT64_MIN for null. False: it is neither
   that nor an integer. */
bool pulang_output_read_bound(const pulang_json *level, int64_t *bound);
/* The input of that name, NULL: there is none. */
const pulang_input_file *pulang_input_find(const pulang_input_file *files, int n, const char *name);
/*
 * The plan that is claimed, with its levels, once it is known to be one of this instance: PULANG_ERROR_INPUT
 * when an input has changed since, there is no plan, a hard rule is broken, or a level has another value. The
 * steps of its proof, its phases and its method are those of the claim, which must outlive it.
 */
pulang_status pulang_claim_plan(const pulang_instance *instance, const pulang_claim *claim,
                                pulang_plan **plan, pulang_error *error);

/* The posts and phases of placements.csv at path: post_of[n_persons]; phase[n_persons], NULL where the
   scenario has no phases. */
pulang_status pulang_placements_read(const pulang_instance *instance, const char *path, int *post_of,
                                     int *phase, pulang_error *error);

#endif
