#include "io/nip.h"

#include <criterion/criterion.h>
#include <string.h>

Test(nip, known_answers) {
    static const struct {
        const char *nip;
        pulang_nip_fault fault;
    } cases[] = {
        {"198609262015051001", PULANG_NIP_GOOD},
        {"199003252024211012", PULANG_NIP_GOOD}, /* NI PPPK: 21 instead of a month */
        {"200002292022012002", PULANG_NIP_GOOD}, /* leap day */
        {"19860926201505100", PULANG_NIP_LENGTH},
        {"1986092620150510011", PULANG_NIP_LENGTH},
        {"19860926201505100x", PULANG_NIP_LENGTH},
        {"", PULANG_NIP_LENGTH},
        {"198609262015051000", PULANG_NIP_MANGLED},
        {"198613262015051001", PULANG_NIP_BIRTH},
        {"198602302015051001", PULANG_NIP_BIRTH},
        {"190002292015051001", PULANG_NIP_BIRTH}, /* 1900 was no leap year */
        {"198609002015051001", PULANG_NIP_BIRTH},
        {"198609262015001001", PULANG_NIP_START},
        {"198609262015131001", PULANG_NIP_START},
        {"198609261985051001", PULANG_NIP_START},
        {"198609261986091001", PULANG_NIP_START},
        {"198609261986211001", PULANG_NIP_START},
        {"198609262015053001", PULANG_NIP_SEX},
        {"198609262015050001", PULANG_NIP_SEX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_eq(pulang_nip_check(cases[i].nip), cases[i].fault, "%s", cases[i].nip);
}

Test(nip, spreadsheet_wrappings_come_off) {
    static const char *const cases[][2] = {
        {"198609262015051001", "198609262015051001"},
        {"'198609262015051001", "198609262015051001"},
        {"=\"198609262015051001\"", "198609262015051001"},
        {"=\"'1986 09262015051001\"", "198609262015051001"},
        {"19860926 201505 1 001", "198609262015051001"},
        {"'62.02.10.2017", "62.02.10.2017"},
        {"=\"007\"", "007"},
        {"two words", "two words"}, /* blanks only go from 18 digits */
        {"1 2", "1 2"},
        {"1986 0926 2015 0510 011", "1986 0926 2015 0510 011"},
        {"'", "'"},
        {"", ""},
    };
    pulang_arena *arena = pulang_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(pulang_id_clean(arena, cases[i][0]), cases[i][1], "%s", cases[i][0]);
    pulang_arena_free(arena);
}

Test(nip, mangled_ids_are_recognised) {
    cr_assert(pulang_id_mangled("1.98E+17"));
    cr_assert(pulang_id_mangled("1,98609E+17"));
    cr_assert(pulang_id_mangled("2e+17"));
    cr_assert_not(pulang_id_mangled("198609262015051001"));
    cr_assert_not(pulang_id_mangled("62.02.10.2017"));
    cr_assert_not(pulang_id_mangled("1E"));
    cr_assert_not(pulang_id_mangled("E+17"));
    cr_assert_not(pulang_id_mangled("1.98E+17x"));
    cr_assert_not(pulang_id_mangled(""));
}
