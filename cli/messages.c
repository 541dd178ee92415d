/* What the commands say on stderr: errors and findings (cli/command.h, cli/folders.h). */
#include "cli/command.h"
#include "cli/folders.h"
#include "model/error.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* On a terminal so many findings of a kind are printed; more would push the others out of sight. */
#define SHOWN_PER_KIND 5
/* Kinds beyond these are printed in full. */
#define MOST_KINDS 64

/* A kind of finding: where it is, not its words, which may quote the value. */
typedef struct finding_kind {
    const pulang_finding *first;
    size_t count;
} finding_kind;

int report_error(const pulang_error *error) {
    fputs("pulang: ", stderr);
    if (error->file[0]) {
        fputs(error->file, stderr);
        if (error->line)
            fprintf(stderr, ":%d", error->line);
        if (error->line && error->column)
            fprintf(stderr, ":%d", error->column);
        fputs(": ", stderr);
    }
    fprintf(stderr, "%s\n", error->message);
    switch (error->code) {
    case PULANG_OK:
        return EXIT_SOLVED;
    case PULANG_ERROR_INPUT:
    case PULANG_ERROR_IO:
    case PULANG_ERROR_LIMIT:
        return EXIT_BAD_INPUT;
    case PULANG_ERROR_ARGUMENT:
        return EXIT_USAGE;
    case PULANG_ERROR_MEMORY:
    case PULANG_ERROR_SOLVER:
        break;
    }
    return EXIT_INTERNAL;
}

static bool same_kind(const pulang_finding *a, const pulang_finding *b) {
    return a->severity == b->severity && a->column == b->column && strcmp(a->file, b->file) == 0;
}

/* The kind of finding, added where it is new; NULL when there is no room. */
static finding_kind *kind_of(finding_kind *kinds, int *n, const pulang_finding *finding) {
    for (int i = 0; i < *n; i++)
        if (same_kind(kinds[i].first, finding))
            return &kinds[i];
    if (*n == MOST_KINDS)
        return NULL;
    kinds[*n] = (finding_kind){finding, 0};
    return &kinds[(*n)++];
}

static void print_finding(const pulang_finding *finding) {
    fputs(finding->file, stderr);
    if (finding->line)
        fprintf(stderr, ":%d", finding->line);
    if (finding->line && finding->column)
        fprintf(stderr, ":%d", finding->column);
    fprintf(stderr, ": %s: %s", finding->severity == PULANG_FAULT ? _("fault") : _("warning"),
            finding->message);
    if (finding->heading[0])
        fprintf(stderr, " [%s: \"%s\"]", finding->heading, finding->value);
    fputc('\n', stderr);
    if (finding->mend[0])
        fprintf(stderr, "    %s %s\n", _("mend:"), finding->mend);
}

static void print_hidden(const finding_kind *kinds, int n) {
    for (int i = 0; i < n; i++)
        if (kinds[i].count > SHOWN_PER_KIND)
            fprintf(stderr, _("%s: %zu more like \"%s\" (--all shows them)\n"), kinds[i].first->file,
                    kinds[i].count - SHOWN_PER_KIND, kinds[i].first->message);
}

void report_findings(const pulang_findings *findings, bool all) {
    finding_kind kinds[MOST_KINDS];
    int n = 0;
    all = all || !isatty(STDERR_FILENO);
    for (size_t i = 0; i < pulang_findings_total(findings); i++) {
        const pulang_finding *finding = pulang_findings_at(findings, i);
        finding_kind *kind = all ? NULL : kind_of(kinds, &n, finding);
        if (!kind || kind->count++ < SHOWN_PER_KIND)
            print_finding(finding);
    }
    print_hidden(kinds, n);
    if (pulang_findings_total(findings))
        fprintf(stderr, _("faults: %zu, warnings: %zu\n"), pulang_findings_count(findings, PULANG_FAULT),
                pulang_findings_count(findings, PULANG_WARNING));
}

int read_instance(const folder_arguments *folders, bool quiet, pulang_instance **instance) {
    pulang_error error;
    pulang_findings *findings = pulang_findings_new();
    if (!findings) {
        pulang_fail_memory(&error);
        return report_error(&error);
    }
    pulang_status status = pulang_instance_read_set(folders->dir, folders->scenario, folders->set,
                                                    folders->n_set, findings, instance, &error);
    size_t faults = pulang_findings_count(findings, PULANG_FAULT);
    if (faults || !quiet)
        report_findings(findings, false);
    pulang_findings_free(findings);
    if (status == PULANG_OK)
        return EXIT_SOLVED;
    /* The findings have said it all; other failures have only their error. */
    return faults ? EXIT_BAD_INPUT : report_error(&error);
}
