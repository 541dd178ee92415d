#include "cli/peak.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/resource.h>

void peak_reset(void) {
    malloc_trim(0); /* what earlier work has freed does not count */
    FILE *file = fopen("/proc/self/clear_refs", "we");
    if (!file)
        return;
    fputs("5", file); /* proc(5): resets the peak resident set size */
    fclose(file);
}

double peak_mebibytes(void) {
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    long kibibytes = usage.ru_maxrss; /* since the process began: for systems without /proc */
    FILE *file = fopen("/proc/self/status", "re");
    char line[128];
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %ld kB", &kibibytes) == 1)
            break;
    if (file)
        fclose(file);
    return (double)kibibytes / 1024;
}
