#include "io/json.h"
#include "model/alloc.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pulang_json_builder *sample(void) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "z", "</script> \"q\" \\ \n \x01 \xC3\xA9");
    pulang_json_integer(json, "least", INT64_MIN);
    pulang_json_integer(json, "most", INT64_MAX);
    pulang_json_open_array(json, "list");
    pulang_json_real(json, NULL, 0.1 + 0.2, 3);
    pulang_json_real(json, NULL, 1e9 / 3, 2);
    pulang_json_real(json, NULL, -0.0001, 2);
    pulang_json_real(json, NULL, INFINITY, 2);
    pulang_json_boolean(json, NULL, true);
    pulang_json_open_object(json, NULL);
    pulang_json_close(json);
    pulang_json_text(json, NULL, NULL);
    pulang_json_close(json);
    pulang_json_integer(json, "a", 0);
    return json;
}

Test(json, writes_exactly_these_bytes) {
    pulang_json_builder *json = sample();
    char *text = pulang_json_finish(json);
    cr_assert(eq(str, text,
                 "{\n"
                 "  \"z\": \"</script> \\\"q\\\" \\\\ \\n \\u0001 \xC3\xA9\",\n"
                 "  \"least\": -9223372036854775808,\n"
                 "  \"most\": 9223372036854775807,\n"
                 "  \"list\": [\n"
                 "    0.3,\n"
                 "    333333333.33,\n"
                 "    0.0,\n"
                 "    null,\n"
                 "    true,\n"
                 "    {},\n"
                 "    null\n"
                 "  ],\n"
                 "  \"a\": 0\n"
                 "}\n"));
    pulang_free(text);
    pulang_json_builder_free(json);
}

Test(json, text_that_is_not_utf8_is_refused) {
    pulang_json_builder *json = pulang_json_builder_new();
    pulang_json_text(json, "a", "\xFF");
    cr_assert(zero(ptr, pulang_json_finish(json)));
    pulang_json_builder_free(json);
}

Test(json, every_allocation_may_fail) {
    bool done = false;
    for (long k = 1; !done; k++) {
        pulang_alloc_fail_at(k);
        pulang_json_builder *json = sample();
        char *text = json ? pulang_json_finish(json) : NULL;
        pulang_alloc_fail_at(0);
        done = text != NULL;
        pulang_free(text);
        pulang_json_builder_free(json);
        cr_assert(lt(long, k, 500));
    }
}

static pulang_status read_text(const char *text, pulang_json **document, pulang_error *error) {
    char folder[64], path[80];
    test_folder_make(folder);
    test_file_write(folder, "x.json", text);
    snprintf(path, sizeof path, "%s/x.json", folder);
    pulang_status status = pulang_json_read(path, "x.json", document, error);
    test_folder_remove(folder);
    return status;
}

Test(json, reads_what_it_wrote) {
    pulang_json_builder *json = sample();
    char *text = pulang_json_finish(json);
    pulang_json *document = NULL;
    pulang_error error;
    cr_assert(eq(int, read_text(text, &document, &error), PULANG_OK));
    int64_t integer;
    double real;
    bool boolean = false;
    cr_assert(pulang_json_is_object(document));
    cr_assert(eq(sz, pulang_json_length(document), 5));
    cr_assert(pulang_json_to_integer(pulang_json_get(document, "least"), &integer));
    cr_assert(eq(i64, integer, INT64_MIN));
    const pulang_json *list = pulang_json_get(document, "list");
    cr_assert(pulang_json_is_array(list));
    cr_assert(eq(sz, pulang_json_length(list), 7));
    cr_assert(pulang_json_to_real(pulang_json_at(list, 0), &real));
    cr_assert(eq(dbl, real, 0.3));
    cr_assert(not(pulang_json_to_integer(pulang_json_at(list, 0), &integer)));
    cr_assert(pulang_json_to_boolean(pulang_json_at(list, 4), &boolean));
    cr_assert(boolean);
    cr_assert(zero(ptr, (void *)pulang_json_at(list, 7)));
    cr_assert(zero(ptr, (void *)pulang_json_get(list, "z")));
    cr_assert(eq(str, (char *)pulang_json_to_text(pulang_json_get(document, "z")),
                 "</script> \"q\" \\ \n \x01 \xC3\xA9"));
    const char *keys[5], *key;
    const pulang_json *value;
    void *iterator = NULL;
    int n = 0;
    while (pulang_json_next(document, &iterator, &key, &value))
        keys[n++] = key;
    cr_assert(eq(int, n, 5));
    cr_assert(eq(str, (char *)keys[0], "z"));
    cr_assert(eq(str, (char *)keys[4], "a"));
    pulang_json_free(document);
    pulang_json_builder_free(json);
    pulang_free(text);
}

Test(json, faults_state_their_line) {
    static const struct {
        const char *text;
        int line;
    } bad[] = {
        {"", 1},
        {"{\n \"a\": 1,\n}", 3},
        {"{\"a\": 1,\n \"a\": 2}", 2},
        {"{\n\n\"a\": 9223372036854775808}", 3},
        {"{\n\"a\": \"\xFF\"}", 2},
        {"{} x", 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        pulang_json *document = NULL;
        pulang_error error;
        cr_assert(eq(int, read_text(bad[i].text, &document, &error), PULANG_ERROR_INPUT));
        cr_assert(eq(int, error.line, bad[i].line), "case %zu: %s", i, error.message);
        cr_assert(eq(str, error.file, "x.json"));
        cr_assert(zero(ptr, document));
    }
    pulang_json *document = NULL;
    pulang_error error;
    cr_assert(eq(int, pulang_json_read("/nowhere/x.json", "x.json", &document, &error), PULANG_ERROR_IO));
}
