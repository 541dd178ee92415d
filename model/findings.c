#include "model/findings.h"

#include "model/alloc.h"
#include "model/arena.h"

#include <stdlib.h>
#include <string.h>

struct pulang_findings {
    pulang_arena *arena;
    pulang_finding *items;
    size_t n, capacity;
    bool broken;
};

pulang_findings *pulang_findings_new(void) {
    pulang_findings *findings = pulang_alloc(1, sizeof *findings);
    if (!findings)
        return NULL;
    findings->arena = pulang_arena_new();
    if (!findings->arena) {
        pulang_free(findings);
        return NULL;
    }
    return findings;
}

void pulang_findings_free(pulang_findings *findings) {
    if (!findings)
        return;
    pulang_arena_free(findings->arena);
    pulang_free(findings->items);
    pulang_free(findings);
}

static const char *copy(pulang_findings *findings, const char *text) {
    const char *copied = pulang_arena_copy(findings->arena, text ? text : "", text ? strlen(text) : 0);
    if (!copied)
        findings->broken = true;
    return copied ? copied : "";
}

static int compare(const pulang_finding *a, const pulang_finding *b) {
    int by_file = strcmp(a->file, b->file);
    if (by_file)
        return by_file;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

void pulang_findings_add(pulang_findings *findings, const pulang_finding *finding) {
    void *items = findings->items;
    if (pulang_grow(&items, &findings->capacity, findings->n + 1, sizeof *findings->items)) {
        findings->broken = true;
        return;
    }
    findings->items = items;
    pulang_finding added = *finding;
    added.file = copy(findings, finding->file);
    added.heading = copy(findings, finding->heading);
    added.value = copy(findings, finding->value);
    added.message = copy(findings, finding->message);
    added.mend = copy(findings, finding->mend);
    /* Kept sorted, stable: files are read top to bottom, so the place is near the end. */
    size_t at = findings->n;
    while (at > 0 && compare(&findings->items[at - 1], &added) > 0)
        at--;
    memmove(findings->items + at + 1, findings->items + at, (findings->n - at) * sizeof added);
    findings->items[at] = added;
    findings->n++;
}

bool pulang_findings_broken(const pulang_findings *findings) {
    return findings->broken;
}

size_t pulang_findings_count(const pulang_findings *findings, pulang_severity severity) {
    size_t n = 0;
    for (size_t i = 0; i < findings->n; i++)
        n += findings->items[i].severity == severity;
    return n;
}

size_t pulang_findings_total(const pulang_findings *findings) {
    return findings->n;
}

const pulang_finding *pulang_findings_at(const pulang_findings *findings, size_t i) {
    return &findings->items[i];
}
