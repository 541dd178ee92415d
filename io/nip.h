/*
 * Ids of people as spreadsheets hand them over, and the NIP of civil servants: 18 digits, of which
 * 8 date of birth, 4 year and 2 month of appointment (for contract staff, PPPK, 21 and up instead of
 * the month: the number of the contract), 1 sex (1 man, 2 woman), 3 serial (from 001).
 */
#ifndef PULANG_IO_NIP_H
#define PULANG_IO_NIP_H

#include "model/arena.h"

#include <stdbool.h>

/* The id without what spreadsheets put around it ('123, ="123"); 18 digits lose the blanks among
   them. Returns id itself where nothing is to do; NULL: out of memory. */
const char *pulang_id_clean(pulang_arena *arena, const char *id);
/* Whether a spreadsheet has turned the id into a number and lost digits: 1.98E+17. */
bool pulang_id_mangled(const char *id);

typedef enum pulang_nip_fault {
    PULANG_NIP_GOOD = 0,
    PULANG_NIP_LENGTH,  /* not 18 digits */
    PULANG_NIP_MANGLED, /* the last three digits are 000: a spreadsheet keeps 15 digits only */
    PULANG_NIP_BIRTH,   /* digits 1-8 are no date */
    PULANG_NIP_START,   /* digits 9-14 are no month, or not after the birth */
    PULANG_NIP_SEX      /* digit 15 is neither 1 nor 2 */
} pulang_nip_fault;

/* The first thing wrong with a NIP (cleaned). */
pulang_nip_fault pulang_nip_check(const char *nip);
/* Whether the id is 18 digits. */
bool pulang_nip_is(const char *id);

#endif
