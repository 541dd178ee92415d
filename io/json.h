/*
 * JSON, written and read. The only file that knows jansson is io/json.c.
 *
 * Writing is by a builder that remembers failure, so that a document is built without a check at
 * every step: keys stay in the order in which they come, integers are exact in 64 bits, reals are
 * rounded to a stated number of decimals, and the same calls give the same bytes.
 */
#ifndef PULANG_IO_JSON_H
#define PULANG_IO_JSON_H

#include "pulang.h"

typedef struct json_t pulang_json;
typedef struct pulang_json_builder pulang_json_builder;

/* A document whose top is an object (open at first); NULL: out of memory. */
pulang_json_builder *pulang_json_builder_new(void);
void pulang_json_builder_free(pulang_json_builder *builder);
/* Opens an object or array within the one that is open. key: NULL inside an array. */
void pulang_json_open_object(pulang_json_builder *builder, const char *key);
void pulang_json_open_array(pulang_json_builder *builder, const char *key);
void pulang_json_close(pulang_json_builder *builder);
/* Adds a value to what is open. A number that is not finite becomes null. text: UTF-8, NULL: null. */
void pulang_json_integer(pulang_json_builder *builder, const char *key, int64_t value);
void pulang_json_real(pulang_json_builder *builder, const char *key, double value, int decimals);
void pulang_json_boolean(pulang_json_builder *builder, const char *key, bool value);
void pulang_json_text(pulang_json_builder *builder, const char *key, const char *text);
/* The document, indented by two and ended by a newline; everything must be closed. To be freed by
   pulang_free. NULL: memory was out at some step. */
char *pulang_json_finish(pulang_json_builder *builder);
/* The same on one line. */
char *pulang_json_finish_line(pulang_json_builder *builder);
/* What has been built so far, to be looked at; owned by the builder. NULL: memory was out at some step. */
const pulang_json *pulang_json_builder_document(const pulang_json_builder *builder);
/* The same without a blank, and without a newline at the end: to be put into another document. */
char *pulang_json_finish_compact(pulang_json_builder *builder);

/*
 * Reads a file. Errors state shown_name, line and column of what is wrong: a syntax error, a repeated
 * key, an integer beyond 64 bits, text that is not UTF-8.
 */
pulang_status pulang_json_read(const char *path, const char *shown_name, pulang_json **document,
                               pulang_error *error);
void pulang_json_free(pulang_json *document);

bool pulang_json_is_object(const pulang_json *value);
bool pulang_json_is_array(const pulang_json *value);
bool pulang_json_is_null(const pulang_json *value); /* the literal null; a missing value is not */
/* Members of an object or elements of an array; 0 for anything else, NULL included. */
size_t pulang_json_length(const pulang_json *value);
/* Whether both are the same in type and value, members in any order. */
bool pulang_json_equal(const pulang_json *a, const pulang_json *b);
/* NULL when there is none (or value is NULL or of another type). Owned by the document. */
const pulang_json *pulang_json_get(const pulang_json *object, const char *key);
const pulang_json *pulang_json_at(const pulang_json *array, size_t i);
/* Steps through the members of an object in the order of the file; *iterator begins as NULL. Returns
   false at the end, and at once when value is no object. */
bool pulang_json_next(const pulang_json *object, void **iterator, const char **key,
                      const pulang_json **value);
/* The value itself as a number, ...; false (and untouched) when it is of another type or NULL. */
bool pulang_json_to_integer(const pulang_json *value, int64_t *integer);
bool pulang_json_to_real(const pulang_json *value, double *real); /* integers too */
bool pulang_json_to_boolean(const pulang_json *value, bool *boolean);
const char *pulang_json_to_text(const pulang_json *value); /* NULL: no text */

#endif
