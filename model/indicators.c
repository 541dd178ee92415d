#include "model/indicators.h"

#include "model/alloc.h"
#include "model/distance.h"
#include "model/envy.h"
#include "model/error.h"
#include "model/preference.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const pulang_indicator descriptions[PULANG_N_INDICATORS] = {
    [PULANG_INDICATOR_PLACED] = {"placed", 0, 0, N_("persons"), N_("People who hold a post"), 1},
    [PULANG_INDICATOR_UNPLACED] = {"unplaced", 0, 0, N_("persons"), N_("People without a post"), -1},
    [PULANG_INDICATOR_FILLED_POSTS] = {"posts_at_target", 0, 0, N_("posts"),
                                       N_("Posts that have at least as many people as their target"), 1},
    [PULANG_INDICATOR_SHORT] = {"short", 0, 0, N_("seats"), N_("Seats missing to the targets of the posts"),
                                -1},
    [PULANG_INDICATOR_REQUIRED_MISSING] = {"required_missing", 0, 0, N_("seats"),
                                           N_("Seats missing to the minimums of the posts"), -1},
    [PULANG_INDICATOR_OVERFILLED] = {"overfilled", 0, 0, N_("seats"),
                                     N_("People beyond the maximums of the posts"), -1},
    [PULANG_INDICATOR_HOME_VILLAGE] = {"home_village_share", 0, 4, N_("share"),
                                       N_("Of the placed whose origin is known: placed in their place of "
                                          "origin"),
                                       1},
    [PULANG_INDICATOR_HOME_DISTRICT] = {"home_district_share", 0, 4, N_("share"),
                                        N_("Of the placed whose origin is known: placed elsewhere in the "
                                           "district of origin"),
                                        0},
    [PULANG_INDICATOR_ELSEWHERE] = {"elsewhere_share", 0, 4, N_("share"),
                                    N_("Of the placed whose origin is known: placed outside the district of "
                                       "origin"),
                                    -1},
    [PULANG_INDICATOR_HOME_KM_MEAN] = {"home_km_mean", 0, 1, N_("km"),
                                       N_("Mean travel distance from the place of origin to the post"), -1},
    [PULANG_INDICATOR_HOME_KM_MEDIAN] = {"home_km_median", 0, 1, N_("km"),
                                         N_("Median travel distance from the place of origin to the post"),
                                         -1},
    [PULANG_INDICATOR_HOME_KM_MAX] = {"home_km_max", 0, 1, N_("km"),
                                      N_("Largest travel distance from the place of origin to the post"), -1},
    [PULANG_INDICATOR_STAYERS] = {"expected_stayers", 0, 1, N_("persons"),
                                  N_("Expected number of the placed who stay (retention curve)"), 1},
    [PULANG_INDICATOR_SKILLS_MET] = {"skills_met_share", 0, 4, N_("share"),
                                     N_("Of the skills asked for (required or preferred) by the posts: held "
                                        "by their holders at the level asked for"),
                                     1},
    [PULANG_INDICATOR_MERIT_FIT] = {"merit_weighted", 0, 2, N_("points"),
                                    N_("Mean merit of the placed, weighted by the priority of their posts"),
                                    1},
    [PULANG_INDICATOR_MOVES] = {"moves", 0, 0, N_("persons"), N_("People who leave the post they hold now"),
                                -1},
    [PULANG_INDICATOR_PAY] = {"pay_total", 0, 2, N_("a month"), N_("Pay of all the placed"), -1},
    [PULANG_INDICATOR_UNEVENNESS_PLACES] = {"shortage_gini_places", 0, 4, "",
                                            N_("Gini coefficient of the share of target missing over the "
                                               "places: 0 all alike"),
                                            -1},
    [PULANG_INDICATOR_UNEVENNESS_ROLES] = {"shortage_gini_roles", 0, 4, "",
                                           N_("Gini coefficient of the share of target missing over the "
                                              "roles: 0 all alike"),
                                           -1},
    [PULANG_INDICATOR_WORST_DISTRICT] = {"worst_district_short_share", 0, 4, N_("share"),
                                         N_("Share of target missing in the district that is worst off"), -1},
    [PULANG_INDICATOR_WORST_ROLE] = {"worst_role_short_share", 0, 4, N_("share"),
                                     N_("Share of target missing in the role that is worst off"), -1},
    [PULANG_INDICATOR_WORK_UNCOVERED] = {"work_uncovered_share", 0, 4, N_("share"),
                                         N_("Of the hours of work of the units: more than their staff have"),
                                         -1},
    [PULANG_INDICATOR_UNEVENNESS_WORK] =
        {"workload_gini_units", 0, 4, "",
         N_("Gini coefficient of the hours of staff for an hour of work over "
            "the units: 0 all alike"),
         -1},
    [PULANG_INDICATOR_ENVIOUS] = {"envious", 0, 0, N_("persons"),
                                  N_("People who would rather have a post that somebody of less merit holds"),
                                  -1},
    [PULANG_INDICATOR_STABILITY] = {"stability_share", 0, 4, N_("share"),
                                    N_("Of the placed: no post that they would rather have is held by "
                                       "somebody of less merit"),
                                    1},
    [PULANG_INDICATOR_VIOLATIONS] = {"violations", 0, 0, N_("rules"), N_("Hard rules broken"), -1},
};

static double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

/* ---- posts ---- */

static void count_posts(const pulang_instance *instance, const pulang_evaluation *evaluation,
                        pulang_indicator *out) {
    for (int j = 0; j < instance->n_posts; j++) {
        const pulang_post *post = &instance->posts[j];
        int heads = evaluation->filled[j];
        out[PULANG_INDICATOR_FILLED_POSTS].value += heads >= post->target;
        out[PULANG_INDICATOR_SHORT].value += heads < post->target ? post->target - heads : 0;
        out[PULANG_INDICATOR_REQUIRED_MISSING].value += heads < post->min ? post->min - heads : 0;
        out[PULANG_INDICATOR_OVERFILLED].value +=
            post->max != PULANG_UNLIMITED && heads > post->max ? heads - post->max : 0;
    }
}

/* What posts are grouped by to see how evenly shortage is spread. */
typedef const char *(*key_function)(const pulang_instance *instance, int post);

static const char *place_of(const pulang_instance *instance, int post) {
    return instance->places[instance->posts[post].place].id;
}

static const char *district_of(const pulang_instance *instance, int post) {
    return instance->places[instance->posts[post].place].district;
}

static const char *role_of(const pulang_instance *instance, int post) {
    return instance->posts[post].role;
}

typedef struct need {
    const char *key;
    double target, missing;
} need;

static int by_key(const void *a, const void *b) {
    return strcmp(((const need *)a)->key, ((const need *)b)->key);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Ascending shares of target missing, one for each key that has a target; returns how many. */
static int short_shares(const pulang_instance *instance, const int *filled, key_function key, need *needs,
                        double *shares) {
    for (int j = 0; j < instance->n_posts; j++) {
        int target = instance->posts[j].target;
        needs[j] = (need){key(instance, j), target, filled[j] < target ? target - filled[j] : 0};
    }
    qsort(needs, (size_t)instance->n_posts, sizeof *needs, by_key);
    int n = 0;
    for (int j = 0, end; j < instance->n_posts; j = end) {
        double target = 0, missing = 0;
        for (end = j; end < instance->n_posts && by_key(&needs[j], &needs[end]) == 0; end++) {
            target += needs[end].target;
            missing += needs[end].missing;
        }
        if (target > 0)
            shares[n++] = missing / target;
    }
    qsort(shares, (size_t)n, sizeof *shares, ascending);
    return n;
}

/* Gini coefficient of ascending values: sum of (2 i - n - 1) x_i / (n * sum of x_i), i from 1. */
static double gini(const double *values, int n) {
    double weighted = 0, sum = 0;
    for (int i = 0; i < n; i++) {
        weighted += (2.0 * (i + 1) - n - 1) * values[i];
        sum += values[i];
    }
    return sum > 0 ? weighted / (n * sum) : 0;
}

static pulang_status measure_evenness(const pulang_instance *instance, const int *filled,
                                      pulang_indicator *out, pulang_error *error) {
    need *needs = pulang_alloc((size_t)instance->n_posts, sizeof *needs);
    double *shares = pulang_alloc((size_t)instance->n_posts, sizeof *shares);
    bool ok = needs && shares;
    if (ok) {
        int n = short_shares(instance, filled, place_of, needs, shares);
        out[PULANG_INDICATOR_UNEVENNESS_PLACES].value = gini(shares, n);
        n = short_shares(instance, filled, district_of, needs, shares);
        out[PULANG_INDICATOR_WORST_DISTRICT].value = n > 0 ? shares[n - 1] : 0;
        n = short_shares(instance, filled, role_of, needs, shares);
        out[PULANG_INDICATOR_UNEVENNESS_ROLES].value = gini(shares, n);
        out[PULANG_INDICATOR_WORST_ROLE].value = n > 0 ? shares[n - 1] : 0;
    }
    pulang_free(needs);
    pulang_free(shares);
    return ok ? PULANG_OK : pulang_fail_memory(error);
}

/* ---- persons ---- */

static bool same_district(const pulang_place *a, const pulang_place *b) {
    return *a->district != '\0' && strcmp(a->district, b->district) == 0;
}

/* Home shares and distances of the placed whose origin is known. km: room for n_persons. */
static void measure_homes(const pulang_instance *instance, const int *post_of, double *km,
                          pulang_indicator *out) {
    double known = 0, village = 0, district = 0, sum = 0;
    int n = 0;
    for (int p = 0; p < instance->n_persons; p++) {
        int origin = instance->persons[p].origin;
        if (post_of[p] == PULANG_NONE || origin == PULANG_NONE)
            continue;
        int place = instance->posts[post_of[p]].place;
        known++;
        if (place == origin)
            village++;
        else if (same_district(&instance->places[place], &instance->places[origin]))
            district++;
        int32_t metres = pulang_distance_metres(instance, origin, place);
        if (metres >= 0)
            sum += km[n++] = metres / 1000.0;
    }
    qsort(km, (size_t)n, sizeof *km, ascending);
    out[PULANG_INDICATOR_HOME_VILLAGE].value = share(village, known);
    out[PULANG_INDICATOR_HOME_DISTRICT].value = share(district, known);
    out[PULANG_INDICATOR_ELSEWHERE].value = share(known - village - district, known);
    out[PULANG_INDICATOR_HOME_KM_MEAN].value = share(sum, n);
    out[PULANG_INDICATOR_HOME_KM_MEDIAN].value = n > 0 ? (km[(n - 1) / 2] + km[n / 2]) / 2 : 0;
    out[PULANG_INDICATOR_HOME_KM_MAX].value = n > 0 ? km[n - 1] : 0;
}

/* How many of the asked skills a person has at the level asked for. */
static int skills_held(const pulang_skill_list *asked, const pulang_person *person) {
    int held = 0;
    for (int i = 0; i < asked->n; i++)
        held += pulang_skill_level(&person->skills, asked->items[i].skill) >= asked->items[i].level;
    return held;
}

static void measure_persons(const pulang_instance *instance, const int *post_of, pulang_indicator *out) {
    double asked = 0, held = 0, merit = 0, weight = 0, pay = 0;
    for (int p = 0; p < instance->n_persons; p++) {
        const pulang_person *person = &instance->persons[p];
        if (post_of[p] == PULANG_NONE) {
            out[PULANG_INDICATOR_UNPLACED].value++;
            out[PULANG_INDICATOR_MOVES].value += person->current != PULANG_NONE;
            continue;
        }
        const pulang_post *post = &instance->posts[post_of[p]];
        out[PULANG_INDICATOR_PLACED].value++;
        out[PULANG_INDICATOR_MOVES].value += person->current != PULANG_NONE && person->current != post_of[p];
        out[PULANG_INDICATOR_STAYERS].value += pulang_preference_stay(instance, p, post->place);
        asked += post->requires.n + post->prefers.n;
        held += skills_held(&post->requires, person) + skills_held(&post->prefers, person);
        pay += (double)(post->pay == PULANG_NONE ? person->pay : post->pay);
        if (person->merit != PULANG_NONE) {
            merit += (double)person->merit * (double)post->priority;
            weight += (double)post->priority;
        }
    }
    out[PULANG_INDICATOR_SKILLS_MET].value = share(held, asked);
    out[PULANG_INDICATOR_MERIT_FIT].value = share(merit, weight) / PULANG_HUNDREDTHS;
    out[PULANG_INDICATOR_PAY].value = pay / PULANG_HUNDREDTHS;
}

/* ---- work ---- */

typedef struct unit {
    const char *name;
    double work, staff; /* hours a week */
} unit;

static int by_unit(const void *a, const void *b) {
    return strcmp(((const unit *)a)->name, ((const unit *)b)->name);
}

/* Joins the units[n] of like names, in place; returns how many are left that have work. */
static int join_units(unit *units, int n) {
    int joined = 0;
    qsort(units, (size_t)n, sizeof *units, by_unit);
    for (int i = 0, end; i < n; i = end) {
        unit sum = {units[i].name, 0, 0};
        for (end = i; end < n && by_unit(&units[i], &units[end]) == 0; end++) {
            sum.work += units[end].work;
            sum.staff += units[end].staff;
        }
        if (*sum.name && sum.work > 0)
            units[joined++] = sum;
    }
    return joined;
}

/* How the hours of the staff of each unit meet its work. Posts without a unit are left out. */
static pulang_status measure_work(const pulang_instance *instance, const int *post_of, pulang_indicator *out,
                                  pulang_error *error) {
    unit *units = pulang_alloc((size_t)instance->n_posts, sizeof *units);
    double *cover = pulang_alloc((size_t)instance->n_posts, sizeof *cover);
    bool ok = units && cover;
    if (ok) {
        double work = 0, uncovered = 0;
        for (int j = 0; j < instance->n_posts; j++)
            units[j] = (unit){instance->posts[j].unit, (double)instance->posts[j].hours, 0};
        for (int p = 0; p < instance->n_persons; p++)
            if (post_of[p] != PULANG_NONE)
                units[post_of[p]].staff += (double)instance->persons[p].hours;
        int n = join_units(units, instance->n_posts);
        for (int i = 0; i < n; i++) {
            work += units[i].work;
            uncovered += units[i].staff < units[i].work ? units[i].work - units[i].staff : 0;
            cover[i] = units[i].staff / units[i].work;
        }
        qsort(cover, (size_t)n, sizeof *cover, ascending);
        out[PULANG_INDICATOR_WORK_UNCOVERED].value = share(uncovered, work);
        out[PULANG_INDICATOR_UNEVENNESS_WORK].value = gini(cover, n);
    }
    pulang_free(units);
    pulang_free(cover);
    return ok ? PULANG_OK : pulang_fail_memory(error);
}

static pulang_status measure_envy(const pulang_instance *instance, const int *post_of, pulang_indicator *out,
                                  pulang_error *error) {
    pulang_audit *audit = NULL;
    pulang_status status = pulang_audit_new(instance, post_of, false, &audit, error);
    if (status != PULANG_OK)
        return status;
    double placed = out[PULANG_INDICATOR_PLACED].value;
    out[PULANG_INDICATOR_ENVIOUS].value = audit->n_envious;
    out[PULANG_INDICATOR_STABILITY].value = share(placed - audit->n_envious_placed, placed);
    pulang_audit_free(audit);
    return PULANG_OK;
}

pulang_status pulang_indicators_compute(const pulang_instance *instance, const int *post_of,
                                        const pulang_evaluation *evaluation,
                                        pulang_indicator indicators[PULANG_N_INDICATORS],
                                        pulang_error *error) {
    pulang_indicator out[PULANG_N_INDICATORS];
    for (int i = 0; i < PULANG_N_INDICATORS; i++)
        out[i] = pulang_indicator_describe((pulang_indicator_id)i);
    double *km = pulang_alloc((size_t)instance->n_persons, sizeof *km);
    if (!km)
        return pulang_fail_memory(error);
    count_posts(instance, evaluation, out);
    measure_homes(instance, post_of, km, out);
    measure_persons(instance, post_of, out);
    out[PULANG_INDICATOR_VIOLATIONS].value = evaluation->n_violations;
    pulang_free(km);
    pulang_status status = measure_evenness(instance, evaluation->filled, out, error);
    if (status == PULANG_OK)
        status = measure_work(instance, post_of, out, error);
    if (status == PULANG_OK)
        status = measure_envy(instance, post_of, out, error);
    if (status == PULANG_OK)
        memcpy(indicators, out, sizeof out);
    return status;
}

pulang_indicator pulang_indicator_describe(pulang_indicator_id id) {
    pulang_indicator indicator = descriptions[id];
    assert(indicator.name);
    indicator.unit = *indicator.unit ? _(indicator.unit) : "";
    indicator.description = _(indicator.description);
    return indicator;
}

const char *pulang_indicator_name(pulang_indicator_id id) {
    return descriptions[id].name;
}

void pulang_status_quo(const pulang_instance *instance, int *post_of) {
    for (int p = 0; p < instance->n_persons; p++)
        post_of[p] = instance->persons[p].current;
}

bool pulang_indicator_is_share(const char *name) {
    static const char end[] = "_share";
    size_t length = strlen(name), own = sizeof end - 1;
    return length > own && strcmp(name + length - own, end) == 0;
}
