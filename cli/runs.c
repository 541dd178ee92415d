#include "cli/runs.h"

#include "cli/command.h"
#include "model/error.h"

#include <string.h>

void runs_clear(runs *read) {
    for (int r = 0; r < read->n; r++)
        pulang_run_free(read->items[r]);
    read->n = 0;
}

/* Where two folders end in the same name, their whole paths tell them apart. */
static void name_apart(runs *read) {
    bool twice[RUNS_MOST + 1] = {false};
    for (int r = 0; r < read->n; r++)
        for (int s = 0; s < read->n; s++)
            twice[r] |= s != r && strcmp(read->items[r]->name, read->items[s]->name) == 0;
    for (int r = 0; r < read->n; r++)
        if (twice[r])
            read->items[r]->name = read->items[r]->folder;
}

/* The error is that of the first folder which has one. */
static pulang_status read_all(const char *const *folders, int n_folders, bool today,
                              pulang_findings *findings, runs *read, pulang_error *error) {
    pulang_status status = PULANG_OK;
    for (int f = 0; f < n_folders; f++) {
        pulang_error fault;
        pulang_status one = pulang_run_read(folders[f], findings, &read->items[read->n], &fault);
        read->n += one == PULANG_OK;
        if (one != PULANG_OK && status == PULANG_OK) {
            status = one;
            *error = fault;
        }
    }
    if (today && status == PULANG_OK) {
        status = pulang_run_read_today(folders[0], findings, &read->items[read->n], error);
        read->n += status == PULANG_OK;
    }
    name_apart(read);
    return status;
}

int runs_read(const char *const *folders, int n_folders, bool today, bool all, runs *read) {
    pulang_error error;
    pulang_findings *findings = pulang_findings_new();
    *read = (runs){.n = 0};
    pulang_status status =
        findings ? read_all(folders, n_folders, today, findings, read, &error) : pulang_fail_memory(&error);
    bool told = findings && pulang_findings_total(findings) > 0;
    if (told)
        report_findings(findings, all);
    pulang_findings_free(findings);
    return status == PULANG_OK                    ? EXIT_SOLVED
           : told && status == PULANG_ERROR_INPUT ? EXIT_BAD_INPUT
                                                  : report_error(&error);
}
