#include "io/benchmark.h"
#include "io/known.h"
#include "io/write_knet.h"
#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[64];

static void setup(void) {
    test_folder_make(folder);
}

static void teardown(void) {
    test_folder_remove(folder);
}

TestSuite(benchmark, .init = setup, .fini = teardown);

static pulang_benchmark *read_good(const char *name, const char *text, const char *format) {
    pulang_benchmark *benchmark = NULL;
    pulang_error error = {0};
    cr_assert_eq(test_read_benchmark(folder, name, text, strlen(text), &benchmark, &error), PULANG_OK, "%s",
                 error.message);
    cr_assert_str_eq(benchmark->format, format);
    cr_assert_eq(pulang_benchmark_build(benchmark, &error), PULANG_OK);
    return benchmark;
}

static void assert_costs(const pulang_benchmark *benchmark, const int64_t *costs) {
    const pulang_transport *t = &benchmark->transport;
    for (int r = 0; r < t->n_rows; r++)
        for (int j = 0; j < t->n_posts; j++)
            cr_assert_eq(pulang_transport_cost(t, r, j), costs[r * t->n_posts + j], "cost %d, %d", r, j);
}

#define NO PULANG_FORBIDDEN

Test(benchmark, orlib_matrix) {
    pulang_benchmark *b = read_good("a.txt", " 2\r\n 5 -6\n\n7\n 2147483647\n", "or-library");
    cr_assert(b->dense32);
    cr_assert(b->transport.n_nodes == 2 && b->transport.upper[0] == 1 && b->transport.upper[1] == 1);
    assert_costs(b, (int64_t[]){5, -6, 7, 2147483647});
    pulang_benchmark_free(b);
}

Test(benchmark, orlib_matrix_of_large_costs) {
    pulang_benchmark *b = read_good("a.txt", "2\n5 6\n2147483648 -9223372036854775807", "or-library");
    cr_assert(b->dense64 && !b->dense32);
    assert_costs(b, (int64_t[]){5, 6, 2147483648, -INT64_MAX});
    pulang_benchmark_free(b);
}

Test(benchmark, orlib_pairs_in_any_order_the_cheaper_counts) {
    pulang_benchmark *b = read_good("b.txt", "4\n4 1 9\n1 3 5\n1 2 7 \n1 3 4\n1 2 8\n", "or-library-sparse");
    cr_assert_eq(b->n_arcs, 3);
    assert_costs(b, (int64_t[]){NO, 7, 4, NO, NO, NO, NO, NO, NO, NO, NO, NO, 9, NO, NO, NO});
    pulang_benchmark_free(b);
}

Test(benchmark, orlib_three_persons_are_told_apart) {
    pulang_benchmark_free(read_good("x.txt", "3\n1 2 3\n1 2 3\n1 2 3\n", "or-library"));
    pulang_benchmark_free(read_good("assignp3.txt", "3\n1 2 3\n2 3 1\n3 1 2\n", "or-library-sparse"));
    pulang_benchmark_free(read_good("x.txt", "3\n1 2 3\n2 3 1\n3 1 2\n3 2 2\n", "or-library-sparse"));
    pulang_benchmark_free(read_good("x.txt", "1\n1\n", "or-library"));
}

Test(benchmark, dimacs_assignment) {
    pulang_benchmark *b = read_good("a.asn",
                                    "c two and three\np asn 5 4\nn 1\nn 4\n"
                                    "a 4 2 -3\na 1 5 2\nc more\na 1 2 9\na 1 2 4\n",
                                    "dimacs-asn");
    cr_assert(b->transport.n_rows == 2 && b->transport.n_posts == 3);
    assert_costs(b, (int64_t[]){4, NO, 2, -3, NO, NO}); /* posts are nodes 2, 3, 5 */
    pulang_benchmark_free(b);
}

Test(benchmark, dimacs_flow) {
    pulang_benchmark *b =
        read_good("a.min", "p min 3 2\r\nn 1 4\r\nn 3 -4\r\na 1 2 0 4 -2\r\na 2 3 1 -1 5\r\n", "dimacs-min");
    const pulang_flow_network *n = &b->network;
    cr_assert(b->is_network && n->n_nodes == 3 && n->n_arcs == 2);
    cr_assert(n->supply[0] == 4 && n->supply[1] == 0 && n->supply[2] == -4);
    cr_assert(n->tail[1] == 1 && n->head[1] == 2 && n->lower[1] == 1 && n->cost[1] == 5);
    cr_assert(n->upper[0] == 4 && n->upper[1] == PULANG_FLOW_NO_UPPER && n->cost[0] == -2);
    pulang_benchmark_free(b);
}

/* A text, the line at fault (0: none stated) and what must be said. */
typedef struct bad_text {
    const char *name, *text;
    int line;
    const char *message;
} bad_text;

static const bad_text bad_texts[] = {
    {"a.txt", "", 0, "the file is empty"},
    {"a.txt", " \n\n", 3, "the file is empty"},
    {"a.txt", "hello\n", 1, "this is none of the formats"},
    {"a.txt", "0\n", 1, "the number of persons should be in 1 .. 2147483646, not 0"},
    {"a.txt", "-2\n1 2\n", 1, "not -2"},
    {"a.txt", "2x\n1 2\n", 1, "the number of persons should be a whole number, not \"2x\""},
    {"a.txt", "2\n1 2\n3\n", 4, "the file ends where a cost should be"},
    {"a.txt", "2\n1 2\n3 4\n5\n", 4, "there is more in the file than 2 x 2 costs"},
    {"a.txt", "2\n1 2\n3 4.5\n", 3, "a cost should be a whole number, not \"4.5\""},
    {"a.txt", "2\n1 2\n3 9223372036854775807\n", 3, "a cost should be in"},
    {"a.txt", "2\n1 2\n3 -9223372036854775808\n", 3, "a cost should be in"},
    {"a.txt", "2\n1 2\n3 99999999999999999999999\n", 3, "a cost should be in"},
    {"a.txt", "2\n1 2\n3 -\n", 3, "a cost should be a whole number, not \"-\""},
    {"a.txt", "1000000000\n1 2\n", 1, "the file is too short for so many persons"},
    {"a.txt", "5\n1 2 3\n1 6 2\n", 3, "a post should be in 1 .. 5, not 6"},
    {"a.txt", "5\n1 2 3\n0 6 2\n", 3, "a person should be in 1 .. 5, not 0"},
    {"a.txt", "5\n1 2 3\n1 4\n", 3, "the line ends where a cost should be"},
    {"a.txt", "5\n1 2 3\n1 4", 3, "the file ends where a cost should be"},
    {"a.txt", "5\n1 2 3\n1 4 5 6\n", 3, "the line should end before \"6\""},
    {"a.asn", "c only\n", 2, "there is no problem line (p)"},
    {"a.asn", "n 1\np asn 2 1\n", 1, "the problem line (p) should come first"},
    {"a.asn", "p asn 2 1\nn 1\nn 1\n", 3, "node 1 comes twice"},
    {"a.asn", "p asn 2 1\nn 3\n", 2, "a node should be in 1 .. 2, not 3"},
    {"a.asn", "p asn 2 1\nn 1\na 2 1 5\n", 3, "an arc should go from a node of the n lines"},
    {"a.asn", "p asn 3 2\nn 1\na 1 3 5\nn 2\n", 4, "the nodes should come before the arcs"},
    {"a.asn", "p asn 2 1\nn 1\na 1 2 5\na 1 2 6\n", 4, "there are more arcs than the 1 of line 1"},
    {"a.asn", "p asn 2 3\nn 1\na 1 2 5\n", 4, "the file ends after 1 of the 3 arcs that line 1 speaks of"},
    {"a.asn", "p asn 2 1\nn 1 1\na 1 2 5\n", 2, "the line should end before \"1\""},
    {"a.min", "p max 2 1\n", 1, "the problem should be \"asn\" or \"min\""},
    {"a.min", "p min 2 1\np min 2 1\n", 2, "a second problem line; the first is line 1"},
    {"a.min", "p min 2 2000000000\na 1 2 0 1 1\n", 1, "the number of arcs should be in 0 .. "},
    {"a.min", "p min 2\n", 1, "the line ends where the number of arcs should be"},
    {"a.min", "p min 2 1\nn 1 4\nn 1 3\n", 3, "node 1 comes twice"},
    {"a.min", "p min 2 1\na 1 2 5 4 1\n", 2, "the lower bound is above the upper bound"},
    {"a.min", "p min 2 1\na 1 2 -5 4 1\n", 2, "a lower bound should be in 0 .. "},
    {"a.min", "p min 2 1\na 1 2 0 4\n", 2, "the line ends where a cost should be"},
    {"a.min", "p min 2 1\nx 1 2\n", 2, "a line should begin with c, p, n or a"},
    {"a.knet", "2\n1 2 3 4\n", 0, "a .knet file begins with the word 0x4B4E4554"},
};

Test(benchmark, bad_texts_are_refused_with_their_line) {
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        const bad_text *bad = &bad_texts[i];
        pulang_benchmark *benchmark = NULL;
        pulang_error error = {0};
        cr_assert_eq(test_read_benchmark(folder, bad->name, bad->text, strlen(bad->text), &benchmark, &error),
                     PULANG_ERROR_INPUT, "%s", bad->text);
        cr_assert_null(benchmark);
        cr_assert(strstr(error.message, bad->message), "%s: %s", bad->text, error.message);
        cr_assert_eq(error.line, bad->line, "%s: line %d", bad->text, error.line);
        cr_assert(strstr(error.file, bad->name));
    }
}

/* Every beginning of a good file is refused, but for what is whole already. */
Test(benchmark, cut_texts_are_refused_or_whole) {
    static const char *const texts[] = {"2\n10 20\n30 40\n", "p asn 4 2\nn 1\nn 2\na 1 3 5\na 2 4 5\n",
                                        "p min 2 1\nn 1 4\nn 2 -4\na 1 2 0 4 3\n"};
    static const size_t whole[] = {12, 33, 34}; /* the last number has its first digit */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t length = 0; length < strlen(texts[i]); length++) {
            pulang_benchmark *benchmark = NULL;
            pulang_error error;
            pulang_status status = test_read_benchmark(folder, "cut", texts[i], length, &benchmark, &error);
            cr_assert_eq(status == PULANG_OK, length >= whole[i], "%.*s", (int)length, texts[i]);
            pulang_benchmark_free(benchmark);
        }
}

Test(benchmark, missing_files_and_folders_are_refused) {
    pulang_benchmark *benchmark = NULL;
    pulang_error error;
    cr_assert_eq(pulang_benchmark_read("/nonexistent/file", &benchmark, &error), PULANG_ERROR_IO);
    cr_assert_str_eq(error.file, "/nonexistent/file");
    cr_assert_eq(pulang_benchmark_read(folder, &benchmark, &error), PULANG_ERROR_IO);
    cr_assert_null(benchmark);
}

static void knet_path(char path[128]) {
    snprintf(path, 128, "%s/x.knet", folder);
}

/* 2 persons, 3 posts. */
static const int32_t knet_words[] = {PULANG_KNET_MAGIC, 1, 2, 3, 0, 1, 0, 2, 1, 5, 10, 20, 30, -1, -2, -3};

static void write_words(const char *path) {
    pulang_knet_writer *writer = NULL;
    pulang_error error = {0};
    cr_assert_eq(pulang_knet_begin(path, 2, 3, knet_words + 4, knet_words + 7, &writer, &error), PULANG_OK,
                 "%s", error.message);
    pulang_knet_row(writer, knet_words + 10);
    pulang_knet_row(writer, knet_words + 13);
    cr_assert_eq(pulang_knet_finish(writer, &error), PULANG_OK);
}

Test(benchmark, knet_written_and_read) {
    char path[128];
    knet_path(path);
    write_words(path);
    FILE *file = fopen(path, "rb");
    unsigned char bytes[sizeof knet_words + 1];
    cr_assert_eq(fread(bytes, 1, sizeof bytes, file), sizeof knet_words);
    fclose(file);
    for (size_t i = 0; i < sizeof knet_words; i++) /* least byte first */
        cr_assert_eq(bytes[i], (uint32_t)knet_words[i / 4] >> 8 * (i % 4) & 255);

    pulang_benchmark *b = NULL;
    pulang_error error;
    cr_assert_eq(pulang_benchmark_read(path, &b, &error), PULANG_OK);
    cr_assert_eq(pulang_benchmark_build(b, &error), PULANG_OK);
    cr_assert_str_eq(b->format, "knet");
    cr_assert(b->transport.n_rows == 2 && b->transport.n_posts == 3 && b->transport.n_nodes == 3);
    for (int j = 0; j < 3; j++) {
        cr_assert_eq(b->transport.lower[j], knet_words[4 + j]);
        cr_assert_eq(b->transport.upper[j], knet_words[7 + j]);
    }
    assert_costs(b, (int64_t[]){10, 20, 30, -1, -2, -3});
    pulang_benchmark_free(b);
}

static void assert_bad_knet(const int32_t *words, size_t length, const char *message) {
    pulang_benchmark *benchmark = NULL;
    pulang_error error = {0};
    cr_assert_eq(test_read_benchmark(folder, "bad.knet", words, length, &benchmark, &error),
                 PULANG_ERROR_INPUT);
    cr_assert(strstr(error.message, message), "%s", error.message);
    cr_assert_null(benchmark);
}

Test(benchmark, bad_knets_are_refused) {
    int32_t words[sizeof knet_words / sizeof *knet_words + 1] = {0};
    memcpy(words, knet_words, sizeof knet_words);
    for (size_t length = 16; length < sizeof knet_words; length++)
        assert_bad_knet(words, length, "2 persons and 3 posts take 16 words of 4 bytes, but the file has");
    assert_bad_knet(words, sizeof knet_words + 4, "but the file has 68 bytes");
    assert_bad_knet(words, 3, "begins with the word");
    words[1] = 2;
    assert_bad_knet(words, sizeof knet_words, "not version 2");
    words[1] = 1, words[2] = 0;
    assert_bad_knet(words, sizeof knet_words, "there should be persons and posts, not 0 and 3");
    words[2] = words[3] = INT32_MAX; /* bytes beyond 64 bits */
    assert_bad_knet(words, sizeof knet_words, "but the file has 64 bytes");
    words[2] = 2, words[3] = 3, words[5] = 2;
    assert_bad_knet(words, sizeof knet_words, "post 2: the seats should be 0 <= lower <= upper, not 2 .. 1");
    words[5] = -1;
    assert_bad_knet(words, sizeof knet_words, "post 2: the seats should be 0 <= lower <= upper, not -1 .. 1");
}

Test(benchmark, knet_writer_says_when_it_cannot) {
    pulang_knet_writer *writer = NULL;
    pulang_error error;
    cr_assert_eq(pulang_knet_begin("/nonexistent/x.knet", 1, 1, knet_words, knet_words, &writer, &error),
                 PULANG_ERROR_IO);
    cr_assert_null(writer);
    cr_assert_eq(pulang_knet_begin(folder, 1, 1, knet_words, knet_words, &writer, &error), PULANG_OK);
    pulang_knet_row(writer, knet_words);
    cr_assert_eq(pulang_knet_finish(writer, &error), PULANG_ERROR_IO); /* a folder has that name */
    cr_assert_str_eq(error.file, folder);
}

Test(benchmark, survives_every_failing_allocation) {
    static const char *const texts[] = {"2\n1 2\n3 4\n", "2\n1 9999999999\n3 4\n", "4\n4 1 9\n1 3 5\n",
                                        "p asn 2 1\nn 1\na 1 2 5\n", "p min 2 1\na 1 2 0 4 1\n"};
    char path[128];
    knet_path(path);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bool done = false;
        for (long k = 1; !done; k++) {
            pulang_benchmark *b = NULL;
            pulang_alloc_fail_at(k);
            pulang_status status = test_read_benchmark(folder, "a", texts[i], strlen(texts[i]), &b, NULL);
            status = status == PULANG_OK ? pulang_benchmark_build(b, NULL) : status;
            pulang_alloc_fail_at(0);
            cr_assert(status == PULANG_OK || status == PULANG_ERROR_MEMORY);
            done = status == PULANG_OK;
            pulang_benchmark_free(b);
        }
    }
    for (long k = 1; k <= 3; k++) {
        pulang_knet_writer *writer = NULL;
        pulang_alloc_fail_at(k);
        cr_assert_eq(pulang_knet_begin(path, 1, 1, knet_words, knet_words, &writer, NULL),
                     PULANG_ERROR_MEMORY);
        pulang_alloc_fail_at(0);
        cr_assert_null(writer);
    }
}

Test(benchmark, known_optima) {
    int64_t optimum = 0;
    cr_assert(pulang_known_optimum("assign100", 100, &optimum) && optimum == 305);
    cr_assert(pulang_known_optimum("assignp1500", 1500, &optimum) && optimum == 5839);
    cr_assert(!pulang_known_optimum("assign100", 99, &optimum));
    cr_assert(!pulang_known_optimum("mine", 100, &optimum));
}
