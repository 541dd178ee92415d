/*
 * The format .sphere: read, written, refused.
 */
#include "io/benchmark.h"
#include "io/write_sphere.h"
#include "model/alloc.h"
#include "tests/support_folder.h"
#include "tests/support_spatial.h"

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

TestSuite(sphere, .init = setup, .fini = teardown);

#define HEAD "p sphere 2 2 1 2 1 2\n"
#define BENDS "b 0 5\nb 25600 105\n"
#define FIT "f 1 2 -3\n"
#define PLACES "v 6371000 0 0\nv 6371000 2560 -6371000\n"
#define POSTS "s 2 2 0 3\ns 1 1 1 1\n"
#define CLASSES "o 2 1 2\n"
#define WHOLE "c any\n" HEAD BENDS FIT PLACES POSTS CLASSES

Test(sphere, is_read) {
    static const char *const texts[] = {WHOLE,
                                        "\r\n" HEAD "\n" PLACES "c in between\n" POSTS CLASSES FIT BENDS};
    for (int i = 0; i < 2; i++) {
        pulang_benchmark *b = NULL;
        pulang_error error = {0};
        cr_assert_eq(test_read_benchmark(folder, "any", texts[i], strlen(texts[i]), &b, &error), PULANG_OK,
                     "%s", error.message);
        cr_assert_eq(pulang_benchmark_build(b, &error), PULANG_OK);
        const pulang_spatial *s = b->spatial;
        cr_assert_str_eq(b->format, "sphere");
        cr_assert(b->transport.n_rows == 1 && b->transport.n_posts == 2 && b->transport.n_nodes == 2);
        cr_assert(s->x[1] == 6371000 && s->y[1] == 2560 && s->z[1] == -6371000);
        cr_assert(s->post_place[0] == 1 && s->post_role[0] == 1 && s->lower[1] == 1 && s->upper[0] == 3);
        cr_assert(s->class_place[0] == 1 && s->class_occupation[0] == 0 && s->supply[0] == 2);
        cr_assert_eq(pulang_transport_cost(&b->transport, 0, 0), 2);
        cr_assert_eq(pulang_transport_cost(&b->transport, 0, 1), PULANG_FORBIDDEN);
        cr_assert(b->transport.costs.least == 2 && b->transport.costs.largest == 102);
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
    {"c only\n", 2, "there is no problem line (p)"},
    {"v 1 2 3\n" HEAD, 1, "the problem line (p) should come first"},
    {"p asn 2 1\n", 1, "the problem should be \"sphere\""},
    {"p sphere 2 2 1 2 1\n", 1, "the line ends where the number of bends should be"},
    {"p sphere 2 2 1 2 1 2 3\n", 1, "the line should end before \"3\""},
    {"p sphere 0 2 1 2 1 2\n" BENDS, 1, "the number of places should be in 1 .. "},
    {"p sphere 2 1000000000 1 2 1 2\n" BENDS, 1, "the number of posts should be in 1 .. 40, not 1000000000"},
    {"p sphere 2 2 1 1001 1 2\n" WHOLE, 1, "the number of roles should be in 1 .. 1000, not 1001"},
    {"p sphere 2 2 1 2 -1 2\n" WHOLE, 1, "the number of occupations should be in 1 .. 1000, not -1"},
    {WHOLE HEAD, 11, "a second problem line; the first is line 2"},
    {HEAD "v 1 2 x\n", 2, "a coordinate in metres should be a whole number, not \"x\""},
    {HEAD "v 1 2\n", 2, "the line ends where a coordinate in metres should be"},
    {HEAD "v 1 2 3.5\n", 2, "not \"3.5\""},
    {HEAD "v 1 2 6371001\n", 2, "a coordinate in metres should be in -6371000 .. 6371000, not 6371001"},
    {HEAD PLACES "v 1 2 3\n", 4, "there are more places (v) than the 2 of line 1"},
    {HEAD "s 3 1 0 1\n", 2, "a place should be in 1 .. 2, not 3"},
    {HEAD "s 1 3 0 1\n", 2, "a role should be in 1 .. 2, not 3"},
    {HEAD "s 1 1 -1 1\n", 2, "a lower bound should be in 0 .. 1000000000, not -1"},
    {HEAD "s 1 1 0 1000000001\n", 2, "an upper bound should be in 0 .. 1000000000"},
    {HEAD "s 1 1 2 1\n", 2, "the lower bound is above the upper bound"},
    {HEAD POSTS "s 1 1 0 1\n", 4, "there are more posts (s) than the 2 of line 1"},
    {HEAD "o 0 1 1\n", 2, "a place should be in 1 .. 2, not 0"},
    {HEAD "o 1 2 1\n", 2, "an occupation should be in 1 .. 1, not 2"},
    {HEAD "o 1 1 -1\n", 2, "a supply should be in 0 .. 1000000000, not -1"},
    {HEAD CLASSES CLASSES, 3, "there are more classes (o) than the 1 of line 1"},
    {HEAD "b 1 5\n", 2, "the bends should begin at 0 metres and ascend"},
    {HEAD "b 0 5\nb 0 6\n", 3, "the bends should begin at 0 metres and ascend"},
    {HEAD "b 0 5\nb 9 4\n", 3, "the curve should not fall"},
    {HEAD "b 0 -1\n", 2, "a cost should be in 0 .. 1000000000, not -1"},
    {HEAD "b 0 5\nb 22069792 6\n", 3, "a distance in metres should be in 0 .. 22069791, not 22069792"},
    {HEAD BENDS "b 99999 900\n", 4, "there are more bends (b) than the 2 of line 1"},
    {HEAD "f 1 1 1000000001\n", 2, "a cost should be in -1000000000 .. 1000000000"},
    {HEAD FIT FIT, 3, "this occupation and role come twice"},
    {HEAD "x 1\n", 2, "a line should begin with c, p, v, b, f, s or o"},
    {HEAD "vv 1\n", 2, "a line should begin with c, p, v, b, f, s or o"},
    {HEAD BENDS FIT POSTS CLASSES "v 1 2 3\n", 9, "the file ends after 1 of the 2 places (v) that line 1"},
    {HEAD BENDS FIT PLACES CLASSES, 8, "the file ends after 0 of the 2 posts (s) that line 1"},
};

Test(sphere, bad_texts_are_refused_with_their_line) {
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        const bad_text *bad = &bad_texts[i];
        pulang_benchmark *benchmark = NULL;
        pulang_error error = {0};
        cr_assert_eq(
            test_read_benchmark(folder, "bad.sphere", bad->text, strlen(bad->text), &benchmark, &error),
            PULANG_ERROR_INPUT, "%s", bad->text);
        cr_assert_null(benchmark);
        cr_assert(strstr(error.message, bad->message), "%s: %s", bad->text, error.message);
        cr_assert_eq(error.line, bad->line, "%s: line %d", bad->text, error.line);
    }
}

/* Every beginning of a good file is refused, but for what is whole already. */
Test(sphere, cut_texts_are_refused_or_whole) {
    for (size_t length = 0; length < strlen(WHOLE) - 1; length++) {
        pulang_benchmark *benchmark = NULL;
        cr_assert_eq(test_read_benchmark(folder, "cut.sphere", WHOLE, length, &benchmark, NULL),
                     PULANG_ERROR_INPUT, "%d bytes", (int)length);
        cr_assert_null(benchmark);
    }
}

static void assert_same(const pulang_spatial *a, const pulang_spatial *b) {
    cr_assert_eq(memcmp(&a->size, &b->size, sizeof a->size), 0);
    cr_assert_eq(a->n_steps, b->n_steps);
#define SAME(array, n) cr_assert_eq(memcmp(a->array, b->array, (size_t)(n) * sizeof *a->array), 0)
    SAME(x, a->size.n_places);
    SAME(y, a->size.n_places);
    SAME(z, a->size.n_places);
    SAME(post_place, a->size.n_posts);
    SAME(post_role, a->size.n_posts);
    SAME(lower, a->size.n_posts);
    SAME(upper, a->size.n_posts);
    SAME(class_place, a->size.n_classes);
    SAME(class_occupation, a->size.n_classes);
    SAME(supply, a->size.n_classes);
    SAME(fit, a->size.n_occupations * a->size.n_roles);
    SAME(curve, a->n_steps);
#undef SAME
}

Test(sphere, written_and_read) {
    char path[128];
    snprintf(path, sizeof path, "%s/x.sphere", folder);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        pulang_spatial *s = test_spatial_random(seed, 20);
        pulang_benchmark *b = NULL;
        pulang_error error = {0};
        cr_assert_eq(pulang_sphere_write(path, "random", s, &error), PULANG_OK, "%s", error.message);
        cr_assert_eq(pulang_benchmark_read(path, &b, &error), PULANG_OK, "%s", error.message);
        assert_same(s, b->spatial);
        pulang_benchmark_free(b);
        pulang_spatial_free(s);
    }
}

Test(sphere, writer_says_when_it_cannot) {
    pulang_spatial *s = test_spatial_random(1, 3);
    pulang_error error;
    cr_assert_eq(pulang_sphere_write("/nonexistent/x.sphere", "", s, &error), PULANG_ERROR_IO);
    cr_assert_str_eq(error.file, "/nonexistent/x.sphere");
    cr_assert_eq(pulang_sphere_write(folder, "", s, &error), PULANG_ERROR_IO); /* a folder has that name */
    cr_assert_str_eq(error.file, folder);
    pulang_alloc_fail_at(1);
    cr_assert_eq(pulang_sphere_write(folder, "", s, NULL), PULANG_ERROR_MEMORY);
    pulang_alloc_fail_at(0);
    pulang_spatial_free(s);
}

Test(sphere, reader_survives_every_failing_allocation) {
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_benchmark *b = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status = test_read_benchmark(folder, "a", WHOLE, strlen(WHOLE), &b, NULL);
        pulang_alloc_fail_at(0);
        cr_assert(status == PULANG_OK || (status == PULANG_ERROR_MEMORY && !b));
        done = status == PULANG_OK;
        pulang_benchmark_free(b);
    }
}
