/*
 * report.html: one self-contained page. Its template, style and script are the files of io/report/ and the
 * libraries of Debian, embedded at build time; its data are one JSON document.
 */
#ifndef PULANG_IO_WRITE_REPORT_H
#define PULANG_IO_WRITE_REPORT_H

#include "io/output.h"

/* Above so many persons a page holds none of them one by one: it would be too large for a browser. */
#define PULANG_REPORT_MOST_PERSONS 30000

/* What a page shows; each part but the title may be missing (NULL). */
typedef struct pulang_report {
    const char *title;         /* "": one of the page's own */
    const pulang_output *plan; /* of a plan that exists */
    const char *comparison;    /* JSON text of an object, UTF-8, as its writer made it; where the page is */
    const char *frontier;      /* to be anonymous, its writer has left the persons out. Likewise. */
    bool anonymous;            /* nobody can be picked out of the plan: docs/output.md says what that means */
} pulang_report;

/* The page, to be freed by pulang_free. The same report gives the same bytes. */
pulang_status pulang_write_report(const pulang_report *report, char **html, pulang_error *error);

#endif
