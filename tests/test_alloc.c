#include "model/alloc.h"
#include "model/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(alloc, refuses_products_that_overflow) {
    cr_assert_null(pulang_alloc(SIZE_MAX / 2, 4));
    cr_assert_null(pulang_realloc(NULL, SIZE_MAX, 2));
}

Test(alloc, fails_from_the_kth_on) {
    pulang_alloc_fail_at(2);
    void *first = pulang_alloc(1, 1);
    cr_assert_not_null(first);
    cr_assert_null(pulang_alloc(1, 1));
    cr_assert_null(pulang_strdup("x"));
    pulang_alloc_fail_at(0);
    pulang_free(first);
}

Test(arena, keeps_texts_and_large_blocks) {
    pulang_arena *arena = pulang_arena_new();
    const char *text = pulang_arena_printf(arena, "%s %d", "village", 7);
    char *large = pulang_arena_alloc(arena, 1, 1 << 20);
    memset(large, 1, 1 << 20);
    cr_assert_str_eq(text, "village 7");
    pulang_arena_free(arena);
}
