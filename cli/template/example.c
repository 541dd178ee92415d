#include "cli/template/example.h"

#include "model/error.h"

#include <string.h>

/* What is written in the user's language; all else is codes and keywords. */
static const char *const words[] = {
    N_("health"),
    N_("nurse:3"),
    N_("nurse:2"),
    N_("couple"),
    N_("education"),
    N_("teacher:2"),
    N_("teacher:3"),
    N_("administration"),
    N_("health office"),
    N_("nurse"),
    N_("education office"),
    N_("teacher"),
    N_("village office"),
    N_("clerk"),
    N_("at most six moves"),
    N_("decree of the regent"),
    N_("pay of the health office"),
    N_("unit=health office"),
    N_("a teacher in each district that has a school"),
    N_("role=teacher"),
    N_("letters answered"),
    N_("village budget"),
};

enum { PERSON_CELLS = 15, PLACE_CELLS = 7, POST_CELLS = 15, QUOTA_CELLS = 14 };

/* person name origin category contract skills merit hours pay current pin forbid wish group tenure */
static const char *const persons[][PERSON_CELLS] = {
    {"P01", "Ani", "62.02.10.2017", "health", "pns", "nurse:3", "80", "37.5", "4000000", "SPT-CLINIC", "", "",
     "62.02.10.2017", "", "4"},
    {"P02", "Budi", "62.02.10.2017", "health", "pppk", "nurse:2", "71.5", "37.5", "3500000", "SPT-CLINIC", "",
     "", "", "couple", "2"},
    {"P03", "Citra", "62.02.10.2017", "education", "pppk", "teacher:2", "75", "37.5", "3500000", "SPT-SCHOOL",
     "", "", "", "couple", "2"},
    {"P04", "Dewi", "62.02.09.2008", "education", "pns", "teacher:3", "88", "37.5", "4200000", "SPT-SCHOOL",
     "", "", "PRG-SCHOOL", "", "6"},
    {"P05", "Eko", "62.02.06.1003", "education", "pns", "teacher:3", "90", "37.5", "4500000", "SPT-SCHOOL",
     "SPT-SCHOOL", "", "", "", "9"},
    {"P06", "Fitri", "62.02.06.1003", "health", "pns", "nurse:2", "82", "37.5", "4000000", "SPT-CLINIC", "",
     "62.02.10.2017", "", "", "3"},
    {"P07", "Gunawan", "62.02.07.2001", "administration", "pppk", "", "64", "20", "2500000", "", "", "", "",
     "", ""},
    {"P08", "Hasanah", "62.02.09.2008", "administration", "pppk", "", "70", "20", "2500000", "", "", "",
     "PRG-OFFICE", "", ""},
    {"P09", "Iwan", "", "health", "pppk", "nurse:2", "60", "37.5", "3500000", "", "", "", "", "", ""},
};

/* place name district region lat lon remoteness */
static const char *const places[][PLACE_CELLS] = {
    {"62.02.06.1003", "Sampit", "Mentawa Baru Ketapang", "Kotawaringin Timur", "-2.533", "112.950", "0"},
    {"62.02.09.2008", "Parenggean", "Parenggean", "Kotawaringin Timur", "-1.983", "112.733", "0.5"},
    {"62.02.07.2001", "Kuala Kuayan", "Mentaya Hulu", "Kotawaringin Timur", "-1.933", "112.483", "0.6"},
    {"62.02.10.2017", "Tumbang Gagu", "Antang Kalang", "Kotawaringin Timur", "-1.257", "112.407", "0.9"},
};

/* post place unit role min target max open_min requires prefers contract min_merit priority hours pay */
static const char *const posts[][POST_CELLS] = {
    {"SPT-CLINIC", "62.02.06.1003", "health office", "nurse", "1", "2", "3", "", "nurse:2", "", "", "", "",
     "", ""},
    {"GAGU-CLINIC", "62.02.10.2017", "health office", "nurse", "1", "2", "2", "", "nurse:2", "", "pns|pppk",
     "", "2", "", ""},
    {"SPT-SCHOOL", "62.02.06.1003", "education office", "teacher", "1", "1", "2", "", "teacher:2", "", "", "",
     "", "", ""},
    {"PRG-SCHOOL", "62.02.09.2008", "education office", "teacher", "", "1", "2", "", "teacher:2", "", "", "",
     "", "", ""},
    {"GAGU-SCHOOL", "62.02.10.2017", "education office", "teacher", "", "1", "1", "", "teacher:2", "", "", "",
     "", "", ""},
    {"PRG-OFFICE", "62.02.09.2008", "village office", "clerk", "", "", "", "", "", "", "", "", "", "", ""},
    {"KUAYAN-OFFICE", "62.02.07.2001", "village office", "clerk", "", "1", "1", "", "", "", "", "", "", "",
     ""},
};

/* quota basis each persons of posts measure min target max or_none weight tier on */
static const char *const quotas[][QUOTA_CELLS] = {
    {"at most six moves", "decree of the regent", "", "", "", "", "moves", "", "", "6", "", "", "", ""},
    {"pay of the health office", "", "", "", "", "unit=health office", "pay", "", "", "20000000", "", "", "",
     ""},
    {"a teacher in each district that has a school", "", "district", "", "", "role=teacher", "heads", "1", "",
     "", "", "", "required", ""},
};

/* from to km hours */
static const char *const travel[][4] = {
    {"62.02.06.1003", "62.02.09.2008", "105", "2.5"},
    {"62.02.09.2008", "62.02.07.2001", "45", "1.5"},
    {"62.02.07.2001", "62.02.10.2017", "95", "5"},
};

/* person post cost */
static const char *const pairs[][3] = {{"P06", "SPT-CLINIC", "-0.5"}};

/* post task volume norm_hours */
static const char *const workload[][4] = {
    {"PRG-OFFICE", "letters answered", "1200", "0.75"},
    {"PRG-OFFICE", "village budget", "6", "60"},
};

#define ROWS(array) &(array)[0][0], sizeof *(array) / sizeof **(array), sizeof(array) / sizeof *(array)
static const struct {
    const char *const *cells;
    size_t n_cells, n_rows;
} tables[PULANG_N_SHEETS] = {
    [PULANG_SHEET_PERSONS] = {ROWS(persons)},   [PULANG_SHEET_PLACES] = {ROWS(places)},
    [PULANG_SHEET_POSTS] = {ROWS(posts)},       [PULANG_SHEET_QUOTAS] = {ROWS(quotas)},
    [PULANG_SHEET_TRAVEL] = {ROWS(travel)},     [PULANG_SHEET_PAIRS] = {ROWS(pairs)},
    [PULANG_SHEET_WORKLOAD] = {ROWS(workload)},
};

const char *const *example_row(pulang_sheet sheet, int row) {
    return (size_t)row < tables[sheet].n_rows ? tables[sheet].cells + (size_t)row * tables[sheet].n_cells
                                              : NULL;
}

const char *example_text(const char *cell) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(cell, words[i]) == 0)
            return _(words[i]);
    return cell;
}
