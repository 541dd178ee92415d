/*
 * What the problems of Kotawaringin Timur have in common.
 */
#ifndef PULANG_CLI_GENERATE_KOTIM_H
#define PULANG_CLI_GENERATE_KOTIM_H

#include "cli/generate/draft.h"

#define KOTIM_SEAT "62.02.06.1002" /* Mentawa Baru Hilir in Sampit, the seat of the regency */
#define KOTIM_STAFF_PERCENT 87     /* of the seats */

/* Zones around the seat. */
void kotim_place_zones(problem_draft *draft);
/* Weight of a shortage in the place, in tenths: the farther out, the weightier. */
int kotim_priority(const draft_place *place);
/* A post with its priority; those of the town are for civil servants. */
int kotim_add_post(problem_draft *draft, const post_order *order);
/* Where somebody comes from; -1: not recorded. */
int kotim_draw_origin(problem_draft *draft);
/* Share of contract staff in a job, percent; offices of the town have none. */
int kotim_contract_share(int job);

/* Share of people who are still there after some years, by hours of travel from home (scenario.yaml). */
#define KOTIM_HOMETOWN                                                                                       \
    "hometown:\n"                                                                                            \
    "  by: hours\n"                                                                                          \
    "  curve:\n"                                                                                             \
    "    - {at: 0, retention: 0.95}\n"                                                                       \
    "    - {at: 0.5, retention: 0.90}\n"                                                                     \
    "    - {at: 1, retention: 0.82}\n"                                                                       \
    "    - {at: 2, retention: 0.70}\n"                                                                       \
    "    - {at: 4, retention: 0.55}\n"                                                                       \
    "    - {at: 8, retention: 0.42}\n"                                                                       \
    "    - {at: 16, retention: 0.35}\n"

#endif
