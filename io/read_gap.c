/*
 * Generalized assignment problems, as the OR-Library (Beasley 1990) and the collections after it have them:
 *
 *   m n, the m x n costs, what each of the m x n takes of its agent's capacity, the m capacities
 *
 * agent by agent, broken into lines anywhere; or how many problems, and so many of these. Nothing in a file
 * says whether the costs are to be high: gap1 .. gap12 are the library's problems of maximisation.
 */
#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>

/* m n, a cost, a use and a capacity. */
#define LEAST_NUMBERS 5
#define MOST_MAXIMISED 12

typedef enum gap_layout { LAYOUT_NONE, LAYOUT_ONE, LAYOUT_SEVERAL } gap_layout;

static const pulang_number n_problems = {N_("the number of problems"), 1, INT32_MAX - 1};
static const pulang_number n_agents = {N_("the number of agents"), 1, INT32_MAX - 1};
static const pulang_number n_jobs = {N_("the number of jobs"), 1, INT32_MAX - 1};

static size_t count_words(const pulang_scanner *s) {
    size_t n = 0;
    bool inside = false;
    for (const char *at = s->at; at < s->end; at++) {
        bool blank = *at == ' ' || *at == '\t' || *at == '\r' || *at == '\n';
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

static bool take(pulang_scanner *s, const pulang_number *number, size_t *left, int64_t *value) {
    if (*left == 0 || pulang_scanner_number_anywhere(s, number, value, NULL) != PULANG_OK)
        return false;
    --*left;
    return true;
}

static void pass(pulang_scanner *s, size_t n) {
    size_t length;
    for (; n > 0 && pulang_scanner_skip(s); n--)
        s->at = pulang_scanner_word(s, &length) + length;
}

/* Whether the words of the text are just those of one problem, or of as many as its first number says. */
static bool adds_up(pulang_scanner s, size_t words, bool several) {
    size_t left = words;
    int64_t problems = 1, m, n;
    if (several && !take(&s, &n_problems, &left, &problems))
        return false;
    for (; problems > 0; problems--) {
        if (!take(&s, &n_agents, &left, &m) || !take(&s, &n_jobs, &left, &n))
            return false;
        if ((uint64_t)n > left / (uint64_t)m || 2 * (uint64_t)(m * n) + (uint64_t)m > left)
            return false;
        size_t numbers = 2 * (size_t)(m * n) + (size_t)m;
        pass(&s, numbers);
        left -= numbers;
    }
    return left == 0;
}

/* n and n x n costs. */
static bool is_assignment(pulang_scanner s, size_t words) {
    int64_t n;
    return take(&s, &n_agents, &words, &n) && words == (uint64_t)n * (uint64_t)n;
}

/* By the lines at the begin: m n on a line of its own, first or after the number of problems. */
static gap_layout layout_of_lines(pulang_scanner s, size_t words) {
    int64_t problems;
    pulang_scanner_skip(&s);
    if (pulang_scanner_words(&s) == 2)
        return LAYOUT_ONE;
    if (pulang_scanner_number(&s, &n_problems, &problems, NULL) != PULANG_OK ||
        pulang_scanner_words(&s) > 0 || (uint64_t)problems > words / LEAST_NUMBERS)
        return LAYOUT_NONE;
    return pulang_scanner_skip(&s) && pulang_scanner_words(&s) == 2 ? LAYOUT_SEVERAL : LAYOUT_NONE;
}

/* A number alone, and then three on a line: pairs of an assignment problem. */
static bool is_pairs(pulang_scanner s) {
    pulang_scanner_skip(&s);
    if (pulang_scanner_words(&s) != 1)
        return false;
    pulang_scanner_skip_line(&s);
    return pulang_scanner_skip(&s) && pulang_scanner_words(&s) == 3;
}

/*
 * Lines come first, also where the numbers do not add up, so that the reader can say what is wrong; but the
 * costs of an assignment problem may stand in such lines as well.
 */
static gap_layout find_layout(pulang_scanner s) {
    size_t words = count_words(&s);
    gap_layout seen = layout_of_lines(s, words);
    bool assignment = is_assignment(s, words);
    if (seen != LAYOUT_NONE && (!assignment || adds_up(s, words, seen == LAYOUT_SEVERAL)))
        return seen;
    if (assignment || is_pairs(s))
        return LAYOUT_NONE;
    if (adds_up(s, words, false))
        return LAYOUT_ONE;
    return adds_up(s, words, true) ? LAYOUT_SEVERAL : LAYOUT_NONE;
}

bool pulang_is_gap(const pulang_scanner *scanner) {
    return find_layout(*scanner) != LAYOUT_NONE;
}

/* gap1 .. gap12, whatever the ending. */
static bool is_maximised(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int number, length;
    if (sscanf(name, "gap%2d%n", &number, &length) != 1 || (name[length] && name[length] != '.'))
        return false;
    return number >= 1 && number <= MOST_MAXIMISED;
}

static pulang_status read_narrow(pulang_scanner *s, const pulang_number *number, size_t n, int32_t *numbers,
                                 pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (size_t i = 0; i < n && status == PULANG_OK; i++) {
        int64_t value = 0;
        status = pulang_scanner_number_anywhere(s, number, &value, error);
        numbers[i] = (int32_t)value;
    }
    return status;
}

static pulang_status read_numbers(pulang_scanner *s, pulang_gap *gap, pulang_error *error) {
    const pulang_number cost = {N_("a cost"), -INT32_MAX, INT32_MAX};
    const pulang_number use = {N_("what a job takes"), 0, INT32_MAX};
    const pulang_number capacity = {N_("a capacity"), 0, INT64_MAX - 1};
    size_t n = (size_t)gap->n_agents * (size_t)gap->n_jobs;
    pulang_status status = read_narrow(s, &cost, n, gap->cost, error);
    if (status == PULANG_OK)
        status = read_narrow(s, &use, n, gap->use, error);
    for (int i = 0; i < gap->n_agents && status == PULANG_OK; i++)
        status = pulang_scanner_number_anywhere(s, &capacity, &gap->capacity[i], error);
    return status;
}

static pulang_status read_problem(pulang_scanner *s, bool maximise, pulang_gap **problem,
                                  pulang_error *error) {
    int64_t m, n;
    pulang_status status = pulang_scanner_number_anywhere(s, &n_agents, &m, error);
    if (status == PULANG_OK)
        status = pulang_scanner_number_anywhere(s, &n_jobs, &n, error);
    if (status != PULANG_OK)
        return status;
    if ((uint64_t)m * (uint64_t)n > (uint64_t)(s->end - s->at)) /* before there is room for them */
        return pulang_scanner_fail(s, error, "%s", _("the file is too short for so many agents and jobs"));
    *problem = pulang_gap_new((int)m, (int)n, 1);
    if (!*problem)
        return pulang_fail_memory(error);
    (*problem)->maximise = maximise;
    return read_numbers(s, *problem, error);
}

pulang_status pulang_read_gap(pulang_scanner *s, pulang_benchmark *b, pulang_error *error) {
    int64_t n = 1;
    pulang_status status = PULANG_OK;
    b->format = "or-library-gap";
    b->several = find_layout(*s) == LAYOUT_SEVERAL;
    if (b->several)
        status = pulang_scanner_number_anywhere(s, &n_problems, &n, error);
    if (status != PULANG_OK)
        return status;
    if ((size_t)n > (size_t)(s->end - s->at))
        return pulang_scanner_fail(s, error, "%s", _("the file is too short for so many problems"));
    b->gaps = pulang_alloc((size_t)n, sizeof(pulang_gap *));
    if (!b->gaps)
        return pulang_fail_memory(error);
    b->n_gaps = (int)n;
    for (int p = 0; p < b->n_gaps && status == PULANG_OK; p++)
        status = read_problem(s, is_maximised(s->path), &b->gaps[p], error);
    if (status == PULANG_OK && pulang_scanner_skip(s))
        status = pulang_scanner_fail(s, error, "%s", _("there is more in the file than its problems take"));
    return status;
}
