#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAGIC 0x4B4E4554 /* "TENK" in the file, KNET as a word */

void peer_fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void read_words(FILE *file, int32_t *words, size_t n) {
    if (fread(words, sizeof *words, n, file) != n)
        peer_fail("the file ends too early");
}

peer_problem peer_read(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file)
        peer_fail("the file cannot be opened");
    int32_t head[4];
    read_words(file, head, 4);
    if (head[0] != MAGIC || head[1] != 1 || head[2] < 1 || head[3] < 1)
        peer_fail("not a .knet file of version 1");
    size_t n = (size_t)head[2], m = (size_t)head[3];
    int32_t *words = malloc((2 * m + n * m) * sizeof *words);
    if (!words)
        peer_fail("out of memory");
    read_words(file, words, 2 * m + n * m);
    fclose(file);
    return (peer_problem){head[2], head[3], words, words + m, words + 2 * m};
}

double peer_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Most memory ever resident, in MiB. getrusage would count what the caller held before it started us. */
static double peak_mib(void) {
    char line[256];
    double kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, "VmHWM:", 6))
            kib = atof(line + 6);
    if (file)
        fclose(file);
    return kib / 1024;
}

void peer_print(const char *solver, const char *form, const char *file, int64_t objective, double setup,
                double solve) {
    printf("{\"solver\": \"%s\", \"form\": \"%s\", \"file\": \"%s\", \"objective\": %lld, "
           "\"seconds_setup\": %.6f, \"seconds_solve\": %.6f, \"peak_mib\": %.1f}\n",
           solver, form, file, (long long)objective, setup, solve, peak_mib());
}
