#include "io/json.h"

#include "model/alloc.h"
#include "model/error.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

/* Reals are rounded to few decimals first; 15 digits then print them without a binary tail. */
#define DUMP_FLAGS JSON_REAL_PRECISION(15)

struct pulang_json_builder {
    json_t **open; /* [depth] containers, the document first; each is owned by the one before */
    size_t depth, capacity;
    bool failed;
};

/* jansson calls some of its failed allocations a syntax error. */
static _Thread_local bool memory_was_out;

static void *allocate(size_t size) {
    void *memory = pulang_alloc(size, 1);
    memory_was_out |= !memory;
    return memory;
}

/* jansson's allocator is global to the process; ours is compatible with malloc and free, so that
   values made before stay valid. */
static void use_our_memory(void) {
    json_set_alloc_funcs(allocate, pulang_free);
}

pulang_json_builder *pulang_json_builder_new(void) {
    use_our_memory();
    pulang_json_builder *builder = pulang_alloc(1, sizeof *builder);
    if (!builder)
        return NULL;
    json_t *document = json_object();
    if (!document || pulang_grow((void **)&builder->open, &builder->capacity, 1, sizeof(json_t *)) != 0) {
        json_decref(document);
        pulang_free(builder);
        return NULL;
    }
    builder->open[builder->depth++] = document;
    return builder;
}

void pulang_json_builder_free(pulang_json_builder *builder) {
    if (!builder)
        return;
    json_decref(builder->open[0]);
    pulang_free(builder->open);
    pulang_free(builder);
}

/* Takes over value (NULL: it could not be made). */
static bool add(pulang_json_builder *builder, const char *key, json_t *value) {
    json_t *top = builder->open[builder->depth - 1];
    assert(json_is_object(top) == (key != NULL));
    int failed = key ? json_object_set_new(top, key, value) : json_array_append_new(top, value);
    if (failed)
        builder->failed = true;
    return !failed;
}

static void open_container(pulang_json_builder *builder, const char *key, json_t *container) {
    if (!add(builder, key, container))
        return;
    if (pulang_grow((void **)&builder->open, &builder->capacity, builder->depth + 1, sizeof(json_t *)) != 0)
        builder->failed = true;
    else
        builder->open[builder->depth++] = container;
}

void pulang_json_open_object(pulang_json_builder *builder, const char *key) {
    if (!builder->failed)
        open_container(builder, key, json_object());
}

void pulang_json_open_array(pulang_json_builder *builder, const char *key) {
    if (!builder->failed)
        open_container(builder, key, json_array());
}

void pulang_json_close(pulang_json_builder *builder) {
    if (builder->failed)
        return;
    assert(builder->depth > 1);
    builder->depth--;
}

void pulang_json_integer(pulang_json_builder *builder, const char *key, int64_t value) {
    if (!builder->failed)
        add(builder, key, json_integer(value));
}

void pulang_json_real(pulang_json_builder *builder, const char *key, double value, int decimals) {
    if (builder->failed)
        return;
    double scale = pow(10, decimals);
    double rounded = round(value * scale) / scale;
    /* + 0.0 turns a negative zero into zero. */
    add(builder, key, isfinite(rounded) ? json_real(rounded + 0.0) : json_null());
}

void pulang_json_boolean(pulang_json_builder *builder, const char *key, bool value) {
    if (!builder->failed)
        add(builder, key, json_boolean(value));
}

void pulang_json_text(pulang_json_builder *builder, const char *key, const char *text) {
    if (!builder->failed)
        add(builder, key, text ? json_string(text) : json_null());
}

static char *finish(pulang_json_builder *builder, size_t flags) {
    if (builder->failed)
        return NULL;
    assert(builder->depth == 1);
    char *text = json_dumps(builder->open[0], flags);
    if (!text)
        return NULL;
    size_t length = strlen(text);
    char *line = pulang_realloc(text, length + 2, 1);
    if (!line) {
        pulang_free(text);
        return NULL;
    }
    memcpy(line + length, "\n", 2);
    return line;
}

char *pulang_json_finish(pulang_json_builder *builder) {
    return finish(builder, JSON_INDENT(2) | DUMP_FLAGS);
}

char *pulang_json_finish_line(pulang_json_builder *builder) {
    return finish(builder, DUMP_FLAGS);
}

const pulang_json *pulang_json_builder_document(const pulang_json_builder *builder) {
    return builder->failed ? NULL : builder->open[0];
}

char *pulang_json_finish_compact(pulang_json_builder *builder) {
    assert(builder->failed || builder->depth == 1);
    return builder->failed ? NULL : json_dumps(builder->open[0], JSON_COMPACT | DUMP_FLAGS);
}

pulang_status pulang_json_read(const char *path, const char *shown_name, pulang_json **document,
                               pulang_error *error) {
    use_our_memory();
    json_error_t fault;
    memory_was_out = false;
    errno = 0;
    json_t *read = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (read) {
        *document = read;
        return PULANG_OK;
    }
    if (memory_was_out)
        return pulang_fail_memory(error);
    switch (json_error_code(&fault)) {
    case json_error_cannot_open_file:
        return pulang_fail_at(error, PULANG_ERROR_IO, shown_name, 0, 0, _("cannot be read: %s"),
                              strerror(errno));
    default:
        return pulang_fail_at(error, PULANG_ERROR_INPUT, shown_name, fault.line > 0 ? fault.line : 0,
                              fault.column > 0 ? fault.column : 0, _("not valid JSON: %s"), fault.text);
    }
}

void pulang_json_free(pulang_json *document) {
    json_decref(document);
}

bool pulang_json_is_object(const pulang_json *value) {
    return json_is_object(value);
}

bool pulang_json_is_array(const pulang_json *value) {
    return json_is_array(value);
}

bool pulang_json_is_null(const pulang_json *value) {
    return json_is_null(value);
}

size_t pulang_json_length(const pulang_json *value) {
    return json_is_object(value) ? json_object_size(value) : json_array_size(value);
}

bool pulang_json_equal(const pulang_json *a, const pulang_json *b) {
    return json_equal(a, b);
}

const pulang_json *pulang_json_get(const pulang_json *object, const char *key) {
    return json_object_get(object, key);
}

const pulang_json *pulang_json_at(const pulang_json *array, size_t i) {
    return json_array_get(array, i);
}

bool pulang_json_next(const pulang_json *object, void **iterator, const char **key,
                      const pulang_json **value) {
    json_t *members = (json_t *)object; /* jansson's iterators want it without const, but only read */
    *iterator = *iterator ? json_object_iter_next(members, *iterator) : json_object_iter(members);
    if (!*iterator)
        return false;
    *key = json_object_iter_key(*iterator);
    *value = json_object_iter_value(*iterator);
    return true;
}

bool pulang_json_to_integer(const pulang_json *value, int64_t *integer) {
    if (!json_is_integer(value))
        return false;
    *integer = json_integer_value(value);
    return true;
}

bool pulang_json_to_real(const pulang_json *value, double *real) {
    if (!json_is_number(value))
        return false;
    *real = json_number_value(value);
    return true;
}

bool pulang_json_to_boolean(const pulang_json *value, bool *boolean) {
    if (!json_is_boolean(value))
        return false;
    *boolean = json_boolean_value(value);
    return true;
}

const char *pulang_json_to_text(const pulang_json *value) {
    return json_string_value(value);
}
