/*
 * A comparison as files: comparison.csv (figures, a row each), people.csv (who is placed otherwise, a row for
 * each person and run) and comparison.json (both, and what the report page shows).
 */
#ifndef PULANG_IO_WRITE_COMPARE_H
#define PULANG_IO_WRITE_COMPARE_H

#include "io/compare.h"
#include "io/csv_write.h"
#include "io/json.h"

/* The dialect of the first run. */
pulang_csv_dialect pulang_comparison_dialect(const pulang_comparison *comparison);
void pulang_comparison_write_figures(const pulang_comparison *comparison, pulang_csv_writer *csv);
void pulang_comparison_write_people(const pulang_comparison *comparison, pulang_csv_writer *csv);
/* Adds the members of the comparison to the object that is open. people: who is placed otherwise, too. */
void pulang_comparison_write_members(const pulang_comparison *comparison, bool people,
                                     pulang_json_builder *json);
/* comparison.json, to be freed by pulang_free; NULL: out of memory. */
char *pulang_comparison_write_json(const pulang_comparison *comparison);
/* All of them, and report.html, in a folder, which is created where missing; renamed into place when whole.
   anonymous: nobody can be picked out of the page. */
pulang_status pulang_comparison_write(const pulang_comparison *comparison, const char *folder, bool anonymous,
                                      pulang_error *error);

/* The kind of a reason in files: "rule", "room", ... */
const char *pulang_why_name(pulang_why why);

#endif
