/* Who is placed otherwise: a join of two placements.csv by person. */
#include "io/compare_state.h"

#include <math.h>
#include <string.h>

/* Whether what a term costs is worked out otherwise in the two runs, the weight aside. */
static bool worked_out_otherwise(const pulang_against *against, int term) {
    for (int c = 0; c < against->n_changes; c++) {
        const char *key = against->changes[c].key;
        if (term == PULANG_TERM_HOMETOWN &&
            (strncmp(key, "hometown.", 9) == 0 || strncmp(key, "distance.", 9) == 0))
            return true;
    }
    return false;
}

/* What the term costs more in the post of now than in that of before, both by the weights of now: points. NAN
   where the folders do not tell. */
static double term_difference(const pulang_run *before, const pulang_run *after,
                              const pulang_against *against, const pulang_difference *d, int term) {
    double was = pulang_run_weight(before, term), is = pulang_run_weight(after, term);
    if (is == 0 && !after->today)
        return pulang_run_term(before, d->row_before, term) * 0; /* NAN stays NAN */
    if (was == 0 || worked_out_otherwise(against, term))
        return NAN;
    double more =
        pulang_run_term(after, d->row_after, term) - pulang_run_term(before, d->row_before, term) * is / was;
    bool noise = is != was && fabs(more) < PULANG_RUN_ROUNDING * (1 + is / was);
    return noise ? 0 : more;
}

static pulang_difference difference_of(const pulang_run *before, const pulang_run *after,
                                       const pulang_against *against, const char *person, int row_before,
                                       int row_after) {
    const pulang_run *named = row_after >= 0 ? after : before;
    pulang_difference d = {
        .person = person,
        .name = pulang_run_cell(&named->persons, row_after >= 0 ? row_after : row_before, "name"),
        .row_before = row_before,
        .row_after = row_after,
        .before = row_before >= 0 ? pulang_run_post(before, row_before) : "",
        .after = row_after >= 0 ? pulang_run_post(after, row_after) : "",
        .change = -1,
        .next = -1,
        .text = ""};
    for (int t = 0; t < PULANG_N_TERMS; t++) {
        d.term[t] = term_difference(before, after, against, &d, t);
        d.cost += d.term[t];
    }
    return d;
}

static int add(pulang_against *against, pulang_difference difference) {
    against->differences[against->n_differences] = difference;
    return pulang_index_add(&against->by_person, difference.person, against->n_differences++);
}

int pulang_compare_people(pulang_arena *arena, const pulang_run *before, const pulang_run *after,
                          pulang_against *against) {
    int n_before = before->persons.table.n_rows, n_after = after->persons.table.n_rows;
    int failed = 0;
    against->differences =
        pulang_arena_alloc(arena, (size_t)n_before + (size_t)n_after, sizeof *against->differences);
    if (!against->differences)
        return -1;
    for (int p = 0; p < n_before; p++) {
        const char *person = pulang_run_cell(&before->persons, p, "person");
        int row = pulang_run_row(&after->persons, person);
        if (row < 0 || strcmp(pulang_run_post(before, p), pulang_run_post(after, row)) != 0)
            failed |= add(against, difference_of(before, after, against, person, p, row));
    }
    for (int p = 0; p < n_after; p++) {
        const char *person = pulang_run_cell(&after->persons, p, "person");
        if (pulang_run_row(&before->persons, person) < 0)
            failed |= add(against, difference_of(before, after, against, person, -1, p));
    }
    return failed ? -1 : 0;
}
