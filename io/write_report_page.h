/*
 * The parts of the page that are made at build time, by cmake/report.cmake.
 */
#ifndef PULANG_IO_WRITE_REPORT_PAGE_H
#define PULANG_IO_WRITE_REPORT_PAGE_H

/* Each ends with a NUL. In the template {{language}}, {{title}}, {{style}}, {{script}} and {{data}} stand for
   what is put there. */
extern const char pulang_report_template[], pulang_report_style[], pulang_report_script[];

/* The texts that the script shows, in English; NULL ends them. */
extern const char *const pulang_report_texts[];

#endif
