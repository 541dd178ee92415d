#include "ours.h"

#include "model/findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double ours_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

uint64_t ours_random(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int ours_main(const ours_program *program, int argc, char **argv) {
    int k = program->preset, at = 1;
    if (argc > 3 && strcmp(argv[1], program->option) == 0) {
        k = atoi(argv[2]);
        at = 3;
    }
    if (at + 1 != argc || k < 1 || k > program->most) {
        fprintf(stderr, "usage: %s [%s K] DIR, K up to %d\n", program->name, program->option, program->most);
        return 2;
    }
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_error error = {0};
    bool done = findings && pulang_instance_read(argv[at], NULL, findings, &instance, &error) == PULANG_OK &&
                program->run(argv[at], k, instance, &error);
    if (!done)
        fprintf(stderr, "%s: %s\n", program->name, error.message);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return done ? 0 : 1;
}
