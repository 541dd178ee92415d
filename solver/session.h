/*
 * Changes of a session that the public header does not offer.
 */
#ifndef PULANG_SOLVER_SESSION_H
#define PULANG_SOLVER_SESSION_H

#include "model/problem.h"

/* The group of the quota with this key gets other bounds, in measure * scale; of its minimum and maximum
   those that the quota has. PULANG_ERROR_ARGUMENT when there is no such quota. */
pulang_status pulang_session_bounds(pulang_session *session, int quota, const char *key, int64_t min,
                                    int64_t max, pulang_error *error);
/* One person more, the last, exactly like the one given but in no group. */
pulang_status pulang_session_add_like(pulang_session *session, int person, pulang_error *error);
/* The problem without any changes, owned by the session. */
const pulang_problem *pulang_session_problem(const pulang_session *session);

#endif
