#include "io/yaml.h"

#include "model/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

#define DEEPEST 32

typedef struct loader {
    yaml_parser_t parser;
    const char *shown_name;
    pulang_arena *arena;
    pulang_error *error;
} loader;

static pulang_status fail_at(loader *l, yaml_mark_t mark, const char *message) {
    return pulang_fail_at(l->error, PULANG_ERROR_INPUT, l->shown_name, (int)mark.line + 1,
                          (int)mark.column + 1, "%s", message);
}

static pulang_status fail_parser(loader *l) {
    const yaml_parser_t *parser = &l->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return pulang_fail_memory(l->error);
    const char *problem = parser->problem ? parser->problem : "";
    if (parser->error == YAML_READER_ERROR)
        return pulang_fail_at(l->error, PULANG_ERROR_INPUT, l->shown_name, 0, 0,
                              _("not readable as text: %s"), problem);
    return pulang_fail_at(l->error, PULANG_ERROR_INPUT, l->shown_name, (int)parser->problem_mark.line + 1,
                          (int)parser->problem_mark.column + 1, _("not valid YAML: %s"), problem);
}

static bool is_null(const yaml_event_t *event) {
    const char *text = (const char *)event->data.scalar.value;
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (strcmp(text, "") == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

/* A node for the event, without its entries; NULL: out of memory. */
static pulang_yaml *make_node(loader *l, const yaml_event_t *event) {
    pulang_yaml *node = pulang_arena_alloc(l->arena, 1, sizeof *node);
    if (!node)
        return NULL;
    *node = (pulang_yaml){.kind = event->type == YAML_MAPPING_START_EVENT    ? PULANG_YAML_MAP
                                  : event->type == YAML_SEQUENCE_START_EVENT ? PULANG_YAML_LIST
                                                                             : PULANG_YAML_TEXT,
                          .line = (int)event->start_mark.line + 1,
                          .column = (int)event->start_mark.column + 1,
                          .text = ""};
    if (event->type == YAML_SCALAR_EVENT) {
        node->blank = is_null(event);
        node->text =
            pulang_arena_copy(l->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    }
    return node->text ? node : NULL;
}

static pulang_status load_node(loader *l, int depth, const pulang_yaml **node);

/* The entries of a list or map, up to its end. */
static pulang_status load_entries(loader *l, int depth, pulang_yaml *node) {
    pulang_yaml_entry *entries = NULL;
    size_t capacity = 0, n = 0;
    pulang_status status = PULANG_OK;
    for (;;) {
        pulang_yaml_entry entry = {0};
        status = load_node(l, depth, node->kind == PULANG_YAML_MAP ? &entry.key : &entry.value);
        if (status || (!entry.key && !entry.value))
            break;
        if (entry.key)
            status = load_node(l, depth, &entry.value);
        void *items = entries;
        if (!status && pulang_grow(&items, &capacity, n + 1, sizeof *entries))
            status = pulang_fail_memory(l->error);
        entries = items;
        if (status)
            break;
        entries[n++] = entry;
    }
    if (!status) {
        node->entries = pulang_arena_alloc(l->arena, n, sizeof *entries);
        node->n = (int)n;
        if (!node->entries)
            status = pulang_fail_memory(l->error);
        else if (n > 0)
            memcpy(node->entries, entries, n * sizeof *entries);
    }
    pulang_free(entries);
    return status;
}

/* The next node; *node stays NULL at the end of a list, a map or the document. */
static pulang_status load_node(loader *l, int depth, const pulang_yaml **node) {
    yaml_event_t event;
    if (!yaml_parser_parse(&l->parser, &event))
        return fail_parser(l);
    pulang_status status = PULANG_OK;
    if (event.type == YAML_ALIAS_EVENT) {
        status = fail_at(l, event.start_mark, _("aliases (*name) are not understood here, use extend"));
    } else if (event.type == YAML_SCALAR_EVENT || event.type == YAML_SEQUENCE_START_EVENT ||
               event.type == YAML_MAPPING_START_EVENT) {
        pulang_yaml *made = make_node(l, &event);
        if (!made)
            status = pulang_fail_memory(l->error);
        else if (depth >= DEEPEST)
            status = fail_at(l, event.start_mark, _("nested too deep"));
        else if (made->kind != PULANG_YAML_TEXT)
            status = load_entries(l, depth + 1, made);
        if (!status)
            *node = made;
    }
    yaml_event_delete(&event);
    return status;
}

/* Reads on to the next document, which is loaded, or to the end of the file. */
static pulang_status load_document(loader *l, const pulang_yaml **root) {
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&l->parser, &event))
            return fail_parser(l);
        yaml_event_type_t type = event.type;
        yaml_event_delete(&event);
        if (type == YAML_DOCUMENT_START_EVENT)
            return load_node(l, 0, root);
        if (type == YAML_STREAM_END_EVENT)
            return PULANG_OK;
    }
}

static pulang_status load(loader *l, const pulang_yaml **root) {
    const pulang_yaml *first = NULL, *second = NULL;
    pulang_status status = load_document(l, &first);
    if (!status && first)
        status = load_document(l, &second);
    if (!status && second)
        status = pulang_fail_at(l->error, PULANG_ERROR_INPUT, l->shown_name, second->line, 0, "%s",
                                _("a second document begins: only one is read"));
    if (!status)
        *root = first;
    return status;
}

pulang_status pulang_yaml_read(const char *path, const char *shown_name, pulang_arena *arena,
                               const pulang_yaml **root, pulang_error *error) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return pulang_fail_at(error, PULANG_ERROR_IO, shown_name, 0, 0, _("cannot be opened: %s"),
                              strerror(errno));
    loader l = {.shown_name = shown_name, .arena = arena, .error = error};
    pulang_status status = PULANG_OK;
    if (yaml_parser_initialize(&l.parser)) {
        yaml_parser_set_input_file(&l.parser, file);
        status = load(&l, root);
        yaml_parser_delete(&l.parser);
    } else {
        status = pulang_fail_memory(error);
    }
    if (ferror(file))
        status = pulang_fail_at(error, PULANG_ERROR_IO, shown_name, 0, 0, _("cannot be read: %s"),
                                strerror(errno));
    fclose(file);
    return status;
}
