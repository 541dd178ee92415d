#include "model/nearest.h"

#include <criterion/criterion.h>

static const char *const names[] = {"hometown", "skills", "merit", "wish", "move", "pay", "pairs"};

Test(nearest, finds_the_name_that_was_meant) {
    static const struct {
        const char *text;
        int index;
    } known[] = {
        {"hometwon", 0},  /* two letters swapped */
        {"Home-Town", 0}, /* case and a letter too many */
        {"skils", 1},     /* a letter left out */
        {"nerit", 2},     /* a letter replaced */
        {"mvoe", 4},      /* a swap counts once */
        {"pair", 6},      /* nearer than pay */
        {"pay", 5},       /* itself */
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        cr_assert_eq(pulang_nearest(known[i].text, names, 7), known[i].index, "%s", known[i].text);
}

Test(nearest, finds_nothing_where_all_is_far) {
    cr_assert_eq(pulang_nearest("salary", names, 7), -1);
    cr_assert_eq(pulang_nearest("", names, 7), -1);
    cr_assert_eq(pulang_nearest("merit", names, 0), -1);
    char long_text[200] = {0};
    for (int i = 0; i < 199; i++)
        long_text[i] = 'a';
    cr_assert_eq(pulang_nearest(long_text, names, 7), -1);
}

Test(nearest, takes_the_first_of_equals) {
    static const char *const codes[] = {"62.02.01", "62.02.02", "62.02.03"};
    cr_assert_eq(pulang_nearest("62.02.09", codes, 3), 0);
}
