#include "io/benchmark.h"
#include "io/known.h"
#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char folder[64];

static void setup(void) {
    test_folder_make(folder);
}

static void teardown(void) {
    test_folder_remove(folder);
}

TestSuite(read_gap, .init = setup, .fini = teardown);

static pulang_benchmark *read_good(const char *name, const char *text, const char *format) {
    pulang_benchmark *benchmark = NULL;
    pulang_error error = {0};
    cr_assert_eq(test_read_benchmark(folder, name, text, strlen(text), &benchmark, &error), PULANG_OK,
                 "%s: %s", text, error.message);
    cr_assert_str_eq(benchmark->format, format, "%s", text);
    cr_assert_eq(pulang_benchmark_build(benchmark, &error), PULANG_OK);
    return benchmark;
}

#define SMALL " 2 3\r\n 4 -5 6\n 7 8 9\n 1 2 3\n 0 5 6\n 7 8\n"

static void assert_small(const pulang_gap *gap) {
    static const int32_t cost[] = {4, -5, 6, 7, 8, 9}, use[] = {1, 2, 3, 0, 5, 6};
    cr_assert(gap->n_agents == 2 && gap->n_jobs == 3 && gap->n_resources == 1);
    cr_assert_arr_eq(gap->cost, cost, sizeof cost);
    cr_assert_arr_eq(gap->use, use, sizeof use);
    cr_assert(gap->capacity[0] == 7 && gap->capacity[1] == 8);
}

Test(read_gap, one_problem) {
    pulang_benchmark *b = read_good("x", SMALL, "or-library-gap");
    cr_assert(b->n_gaps == 1 && !b->several && !b->gaps[0]->maximise);
    assert_small(b->gaps[0]);
    pulang_benchmark_free(b);
}

Test(read_gap, several_problems) {
    pulang_benchmark *b =
        read_good("x", "3\n" SMALL "1 1\n3000000 2000000 9999999999\n" SMALL, "or-library-gap");
    cr_assert(b->n_gaps == 3 && b->several);
    assert_small(b->gaps[0]);
    cr_assert(b->gaps[1]->cost[0] == 3000000 && b->gaps[1]->use[0] == 2000000);
    cr_assert_eq(b->gaps[1]->capacity[0], 9999999999);
    assert_small(b->gaps[2]);
    pulang_benchmark_free(b);
}

Test(read_gap, file_of_one_problem_that_says_so) {
    pulang_benchmark *b = read_good("x", "1 " SMALL, "or-library-gap");
    cr_assert(b->n_gaps == 1 && b->several);
    pulang_benchmark_free(b);
}

Test(read_gap, lines_broken_anywhere) {
    pulang_benchmark_free(read_good("x", "2 3 4 -5 6 7 8 9 1 2 3 0 5 6 7 8", "or-library-gap"));
    pulang_benchmark_free(
        read_good("x", "2\n3\n4\n-5\n6\n7\n8\n9\n1\n2\n3\n0\n5\n6\n7\n8\n", "or-library-gap"));
    pulang_benchmark_free(read_good("x", "2 " SMALL " 1 1 5\n5 5\n", "or-library-gap"));
}

Test(read_gap, assignment_problems_are_told_apart) {
    pulang_benchmark_free(read_good("x", "1 5\n", "or-library"));
    pulang_benchmark_free(read_good("x", "2\n1 2\n3 4\n", "or-library"));
    pulang_benchmark_free(read_good("x", "6\n1 2 3\n4 5 6\n", "or-library-sparse"));
    /* 5 x 5 ones are five problems as well: two numbers on a line of their own make the difference */
    pulang_benchmark_free(
        read_good("x", "5\n1 1 1 1 1\n1 1 1 1 1\n1 1 1 1 1\n1 1 1 1 1\n1 1 1 1 1\n", "or-library"));
    pulang_benchmark_free(
        read_good("x", "5\n1 1\n1 1 1\n1 1\n1 1 1\n1 1\n1 1 1\n1 1\n1 1 1\n1 1\n1 1 1\n", "or-library-gap"));
}

Test(read_gap, only_problems_of_the_library_are_maximised) {
    static const struct {
        const char *name;
        bool maximise;
    } cases[] = {{"gap1.txt", true},  {"gap12", true},      {"gap13.txt", false},  {"gap0.txt", false},
                 {"gapa.txt", false}, {"gap1x.txt", false}, {"mygap1.txt", false}, {"gap100", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pulang_benchmark *b = read_good(cases[i].name, SMALL, "or-library-gap");
        cr_assert_eq(b->gaps[0]->maximise, cases[i].maximise, "%s", cases[i].name);
        pulang_benchmark_free(b);
    }
}

/* A text, the line at fault and what must be said. */
typedef struct bad_text {
    const char *text;
    int line;
    const char *message;
} bad_text;

static const bad_text bad_texts[] = {
    {"2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 x\n7 8\n", 5, "what a job takes should be a whole number, not \"x\""},
    {"2 3\n4 5 6\n7 8.5 9\n1 2 3\n4 5 6\n7 8\n", 3, "a cost should be a whole number, not \"8.5\""},
    {"2 3\n4 5 6\n7 2147483648 9\n1 2 3\n4 5 6\n7 8\n", 3, "a cost should be in -2147483647 .. 2147483647"},
    {"2 3\n4 5 6\n7 8 9\n1 -2 3\n4 5 6\n7 8\n", 4, "what a job takes should be in 0 .. 2147483647, not -2"},
    {"2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 6\n7 -8\n", 6,
     "a capacity should be in 0 .. 9223372036854775806, not -8"},
    {"2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 6\n7 99999999999999999999\n", 6, "a capacity should be in 0 .. "},
    {"2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 6\n7\n", 7, "the file ends where a capacity should be"},
    {"2 3\n4 5 6\n7 8 9\n1 2 3\n4 5 6\n7 8\n9\n", 7, "there is more in the file than its problems take"},
    {"0 3\n4 5 6\n", 1, "the number of agents should be in 1 .. 2147483646, not 0"},
    {"2 0\n4 5\n", 1, "the number of jobs should be in 1 .. 2147483646, not 0"},
    {"2000000000 2000000000\n4 5 6\n", 1, "the file is too short for so many agents and jobs"},
    {"9223372036854775808 3\n4 5 6\n", 1, "the number of agents should be in"},
    {"3\n1 1\n1 1 1\n1 1\n1 1 1\n1 1\n1 1\n1 1 1\n", 8, "there is more in the file than its problems take"},
    {"2\n1 1\n1 1 1\n1 2\n1 1\n1 1\n", 7, "the file ends where a capacity should be"},
};

Test(read_gap, bad_texts_are_refused_with_their_line) {
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        const bad_text *bad = &bad_texts[i];
        pulang_benchmark *benchmark = NULL;
        pulang_error error = {0};
        cr_assert_eq(test_read_benchmark(folder, "x", bad->text, strlen(bad->text), &benchmark, &error),
                     PULANG_ERROR_INPUT, "%s", bad->text);
        cr_assert_null(benchmark);
        cr_assert(strstr(error.message, bad->message), "%s: %s", bad->text, error.message);
        cr_assert_eq(error.line, bad->line, "%s: line %d", bad->text, error.line);
    }
}

/* No beginning of a good file passes for the whole (the first five numbers are an assignment problem). */
Test(read_gap, cut_texts_are_no_whole_ones) {
    static const char text[] = "2\n2 1\n4\n7\n1\n2\n7 8\n1 2\n3 4\n5 6\n9";
    for (size_t length = 0; length < sizeof text; length++) {
        char cut[sizeof text];
        snprintf(cut, sizeof cut, "%.*s", (int)length, text);
        pulang_benchmark *b = NULL;
        bool read = test_read_benchmark(folder, "cut", cut, strlen(cut), &b, NULL) == PULANG_OK && b->gaps;
        cr_assert_eq(read, length == sizeof text - 1, "%s", cut);
        pulang_benchmark_free(b);
    }
}

Test(read_gap, survives_every_failing_allocation) {
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_benchmark *b = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status =
            test_read_benchmark(folder, "x", "2\n" SMALL SMALL, strlen("2\n" SMALL SMALL), &b, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
        done = status == PULANG_OK;
        pulang_benchmark_free(b);
    }
}

Test(read_gap, known_optima) {
    int64_t optimum = 0;
    cr_assert(pulang_known_optimum("gap1-0", 15, &optimum) && optimum == 336);
    cr_assert(pulang_known_optimum("gap12-4", 60, &optimum) && optimum == 1446);
    cr_assert(pulang_known_optimum("a20200", 200, &optimum) && optimum == 2339);
    cr_assert(pulang_known_optimum("e10200", 200, &optimum) && optimum == 23307);
    cr_assert(!pulang_known_optimum("d20200", 200, &optimum)); /* open */
}
