#include "io/hash.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static pulang_status hash_of(const char *text, char hex[65]) {
    char folder[64], path[128];
    test_folder_make(folder);
    test_file_write(folder, "f", text);
    snprintf(path, sizeof path, "%s/f", folder);
    pulang_status status = pulang_hash_file(path, hex, NULL);
    test_folder_remove(folder);
    return status;
}

/* Examples of FIPS 180-2. */
Test(hash, known_answers) {
    char hex[65];
    cr_assert_eq(hash_of("", hex), PULANG_OK);
    cr_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    cr_assert_eq(hash_of("abc", hex), PULANG_OK);
    cr_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

Test(hash, missing_file_and_folder_fail) {
    char hex[65] = "untouched";
    pulang_error error;
    cr_assert_eq(pulang_hash_file("/nonexistent/file", hex, &error), PULANG_ERROR_IO);
    cr_assert_str_eq(error.file, "/nonexistent/file");
    cr_assert_eq(pulang_hash_file("/", hex, &error), PULANG_ERROR_IO);
    cr_assert_str_eq(hex, "untouched");
}
