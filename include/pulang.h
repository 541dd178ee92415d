/*
 * pulang: places people in posts, provably best.
 *
 * Life-cycle: read an instance from a problem folder, solve it, look at the plan, write the output
 * folder, free everything:
 *
 *     pulang_findings *findings = pulang_findings_new();
 *     pulang_instance *instance = NULL;
 *     pulang_plan *plan = NULL;
 *     pulang_settings settings;
 *     pulang_error error;
 *     pulang_settings_default(&settings);
 *     if (pulang_instance_read("datasets/tiny", NULL, findings, &instance, &error) == PULANG_OK &&
 *         pulang_solve(instance, &settings, &plan, &error) == PULANG_OK)
 *         pulang_output_write(instance, plan, &settings, "out", &error);
 *     pulang_plan_free(plan);
 *     pulang_instance_free(instance);
 *     pulang_findings_free(findings);
 *
 * Conventions
 *   - Functions return a pulang_status (could it run?); what was found is a pulang_outcome.
 *     Results come by out-pointer and are untouched on failure. The last argument is a nullable
 *     pulang_error, filled on failure.
 *   - The library never prints and never exits. It keeps no global state but the message
 *     catalogue of gettext.
 *   - Everything returned by a *_new, *_read or pulang_solve is owned by the caller and freed by
 *     the matching *_free, which accepts NULL. Strings handed out belong to their object.
 *   - Numbers in files have a decimal point: a program that calls setlocale leaves LC_NUMERIC at "C".
 *   - All costs are integers; the scale is stated where they are made (docs/model.md).
 */
#ifndef PULANG_H
#define PULANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PULANG_VERSION "0.1.0"

/* Whether a call could do its work. */
typedef enum pulang_status {
    PULANG_OK = 0,
    PULANG_ERROR_INPUT,    /* the user's files are wrong; the findings or the error say where */
    PULANG_ERROR_IO,       /* a file could not be read or written */
    PULANG_ERROR_MEMORY,   /* an allocation failed */
    PULANG_ERROR_ARGUMENT, /* the caller passed something outside its documented range */
    PULANG_ERROR_LIMIT,    /* the problem is too large for the method's number range */
    PULANG_ERROR_SOLVER    /* a solver library failed; the message says how */
} pulang_status;

/* What a solve found. */
typedef enum pulang_outcome {
    PULANG_OPTIMAL = 0, /* every level proven optimal */
    PULANG_FEASIBLE,    /* a plan within the gap asked for */
    PULANG_INFEASIBLE,  /* proven: no plan meets the hard rules */
    PULANG_LIMIT        /* time was up or the user interrupted; there may be a plan */
} pulang_outcome;

/* Where and why a call failed. file is "" and line, column 0 where there is none. */
typedef struct pulang_error {
    pulang_status code;
    char file[256];
    int line;   /* 1-based physical line */
    int column; /* 1-based field number */
    char message[512];
} pulang_error;

/* One thing found wrong (or doubtful) in the input. Strings are never NULL, "" where empty. */
typedef enum pulang_severity { PULANG_WARNING, PULANG_FAULT } pulang_severity;
typedef struct pulang_finding {
    pulang_severity severity;
    const char *file;
    int line;            /* 1-based, 0: the whole file */
    int column;          /* 1-based field number, 0: the whole line */
    const char *heading; /* name of the column */
    const char *value;   /* the cell as written */
    const char *message; /* what is wrong */
    const char *mend;    /* what to do about it */
} pulang_finding;

typedef struct pulang_findings pulang_findings;
typedef struct pulang_instance pulang_instance;
typedef struct pulang_plan pulang_plan;
typedef struct pulang_session pulang_session;

pulang_findings *pulang_findings_new(void); /* NULL: out of memory */
void pulang_findings_free(pulang_findings *findings);
size_t pulang_findings_count(const pulang_findings *findings, pulang_severity severity);
size_t pulang_findings_total(const pulang_findings *findings);
/* The i-th finding, 0 <= i < total, ordered by file, line and column; owned by findings. */
const pulang_finding *pulang_findings_at(const pulang_findings *findings, size_t i);

/*
 * Reads and checks the problem folder dir. scenario: path of a scenario file, NULL for
 * dir/scenario.yaml where there is one. Every problem met goes to findings, all in one go.
 * PULANG_ERROR_INPUT when at least one is a fault; *instance is then untouched.
 */
pulang_status pulang_instance_read(const char *dir, const char *scenario, pulang_findings *findings,
                                   pulang_instance **instance, pulang_error *error);

/* A setting of the scenario that takes the place of what its file says. */
typedef struct pulang_override {
    const char *key;    /* "weights.hometown", "quotas.NAME.min": a path to a single value */
    const char *value;  /* as the file would state it; "": the default, of a quota's bound: none */
    const char *source; /* how findings call the place where it was given, such as "--set" */
} pulang_override;

/* The same with settings that beat the scenario, the later the stronger. All strings are copied. */
pulang_status pulang_instance_read_set(const char *dir, const char *scenario, const pulang_override *set,
                                       int n_set, pulang_findings *findings, pulang_instance **instance,
                                       pulang_error *error);
/*
 * What would be wrong with these settings for an instance that was read from the same scenario: keys, ranges,
 * names and bounds of quotas. Much faster than reading the folder again. PULANG_ERROR_INPUT: see the
 * findings.
 */
pulang_status pulang_instance_check_set(const pulang_instance *instance, const char *scenario,
                                        const pulang_override *set, int n_set, pulang_findings *findings,
                                        pulang_error *error);
void pulang_instance_free(pulang_instance *instance);
int pulang_instance_persons(const pulang_instance *instance);
int pulang_instance_posts(const pulang_instance *instance);
int pulang_instance_places(const pulang_instance *instance);
const char *pulang_instance_person_id(const pulang_instance *instance, int person);
const char *pulang_instance_post_id(const pulang_instance *instance, int post);

typedef enum pulang_method {
    PULANG_METHOD_AUTO,
    PULANG_METHOD_CORE,
    PULANG_METHOD_GLPK,
    PULANG_METHOD_LAGRANGE
} pulang_method;

/* State of a running solve, handed to the progress callback. */
typedef struct pulang_progress {
    const char *method; /* "core" (its branches too), "glpk" */
    const char *level;  /* name of the level being solved, or what it is that is being worked out */
    int level_index;    /* 0-based */
    int n_levels;
    double seconds;   /* since the solve began */
    double time_left; /* seconds to the time limit, infinite without one */
    bool has_incumbent;
    double incumbent; /* value of this level in the best plan so far */
    double bound;     /* proven bound of this level, -infinity while there is none */
    double rate;      /* iterations (pivots or nodes) a second */
} pulang_progress;

/* Called now and then from the solving thread; return true to stop with the best plan so far. */
typedef bool (*pulang_progress_function)(const pulang_progress *progress, void *user);

typedef struct pulang_settings {
    pulang_method method;
    double time_limit; /* seconds, > 0; infinity: none */
    double gap;        /* relative gap at which a level counts as solved, 0..1; 0: proven */
    int threads;       /* >= 1 */
    uint32_t seed;
    bool exact_prices; /* of pulang_solve: how the optimum changes with one more seat, person or step of a
                          quota's bound; kept with the plan for pulang_output_write */
    bool statement;    /* of pulang_solve: what each level could be if it came first; kept likewise */
    bool tables_only;  /* of pulang_output_write: CSV and JSON, but no report.html, no maps and no workbook */
    bool anonymous;    /* of pulang_output_write: nobody can be picked out of report.html and the maps, and
                          there is no workbook; the tables hold the names all the same */
    bool no_times; /* of pulang_output_write: no seconds in summary.json, so that the same plan is the same
                      bytes in every file */
    pulang_progress_function progress; /* may be NULL */
    void *progress_user;
} pulang_settings;

void pulang_settings_default(pulang_settings *settings);

/* A level of the objective, as solved. value: of the plan; bound: no plan can be below. */
typedef struct pulang_level_result {
    const char *name;
    int64_t value;
    int64_t bound;
    bool proven; /* value == bound, or within the gap asked for */
    double seconds;
} pulang_level_result;

/*
 * Solves the instance. PULANG_OK whenever the solver could run, also when it proved that no plan
 * exists: see pulang_plan_outcome. The plan keeps pointers into the instance, which must outlive it.
 */
pulang_status pulang_solve(const pulang_instance *instance, const pulang_settings *settings,
                           pulang_plan **plan, pulang_error *error);
void pulang_plan_free(pulang_plan *plan);
pulang_outcome pulang_plan_outcome(const pulang_plan *plan);
/* False when the solve ended without a plan (infeasible, or the limit came first). */
bool pulang_plan_exists(const pulang_plan *plan);
const char *pulang_plan_method(const pulang_plan *plan);
/* Post of a person (index into the posts), -1: unplaced. */
int pulang_plan_post(const pulang_plan *plan, int person);
int pulang_plan_levels(const pulang_plan *plan);
const pulang_level_result *pulang_plan_level(const pulang_plan *plan, int level);
/* Why no plan exists, in words, where the solver can say; "" otherwise. */
const char *pulang_plan_reason(const pulang_plan *plan);

/*
 * A session: an instance that is solved again and again after small changes ("what if she may not go
 * there?"), each time from the last plan, which takes a fraction of a solve from nothing where the
 * assignment core applies (benchmarks/README.md has figures). Every plan is as proven and as checked as one
 * of pulang_solve.
 *
 *     pulang_session *session = NULL;
 *     if (pulang_session_new(instance, &settings, &session, &error) == PULANG_OK &&
 *         pulang_session_forbid(session, person, post, &error) == PULANG_OK &&
 *         pulang_session_solve(session, &error) == PULANG_OK)
 *         look_at(pulang_session_plan(session));
 *     pulang_session_free(session);
 *
 * docs/session.c is a whole program.
 */

/* Solves the instance, which stays as it is and must outlive the session. */
pulang_status pulang_session_new(const pulang_instance *instance, const pulang_settings *settings,
                                 pulang_session **session, pulang_error *error);
void pulang_session_free(pulang_session *session);
/*
 * Changes, on top of those before, in force from the next solve on. PULANG_ERROR_ARGUMENT when there is no
 * such person or post, or the seats are not 0 <= min <= target <= max.
 */
/* The person may not hold the post; as everywhere, a pin or the minimum stay there beats this. */
pulang_status pulang_session_forbid(pulang_session *session, int person, int post, pulang_error *error);
/* The person must hold the post; -1: no longer pinned. */
pulang_status pulang_session_pin(pulang_session *session, int person, int post, pulang_error *error);
pulang_status pulang_session_seats(pulang_session *session, int post, int min, int target, int max,
                                   pulang_error *error);
/* Takes all changes back. */
void pulang_session_reset(pulang_session *session);
/* Solves the instance as changed. When it fails, the plan stays the one before. */
pulang_status pulang_session_solve(pulang_session *session, pulang_error *error);
/* The plan of the last solve, owned by the session; the next solve frees it. */
const pulang_plan *pulang_session_plan(const pulang_session *session);
/* The instance with all changes so far, owned by the session. */
const pulang_instance *pulang_session_instance(const pulang_session *session);

/* Writes the output folder (created if missing); every file is renamed into place when whole. */
pulang_status pulang_output_write(const pulang_instance *instance, const pulang_plan *plan,
                                  const pulang_settings *settings, const char *out, pulang_error *error);

#ifdef __cplusplus
}
#endif
#endif
