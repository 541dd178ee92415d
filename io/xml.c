#include "io/xml.h"

#include "model/alloc.h"

#include <expat.h>
#include <string.h>

typedef struct reading {
    XML_Parser parser;
    const pulang_xml_handler *handler;
    pulang_status status;
} reading;

static void *allocate(size_t size) {
    return pulang_alloc(size, 1);
}

static void *reallocate(void *old, size_t size) {
    return pulang_realloc(old, size, 1);
}

static void keep(reading *r, pulang_status status) {
    if (status == PULANG_OK || r->status != PULANG_OK)
        return;
    r->status = status;
    XML_StopParser(r->parser, XML_FALSE);
}

static const char *local_name(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* After a stop expat may still tell of what it had read already: that is not handed on. */
static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    reading *r = user;
    if (r->status == PULANG_OK)
        keep(r, r->handler->start(r->handler->user, local_name(name), (const char *const *)attributes));
}

static void XMLCALL on_end(void *user, const XML_Char *name) {
    reading *r = user;
    if (r->status == PULANG_OK && r->handler->end)
        keep(r, r->handler->end(r->handler->user, local_name(name)));
}

static void XMLCALL on_text(void *user, const XML_Char *bytes, int length) {
    reading *r = user;
    if (r->status == PULANG_OK && r->handler->text)
        keep(r, r->handler->text(r->handler->user, bytes, (size_t)length));
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    keep(user, PULANG_ERROR_INPUT);
}

static pulang_status parse(reading *r, const char *bytes, size_t length, bool last) {
    enum XML_Status status = XML_Parse(r->parser, bytes, (int)length, last);
    if (r->status == PULANG_OK && status != XML_STATUS_OK)
        r->status =
            XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY ? PULANG_ERROR_MEMORY : PULANG_ERROR_INPUT;
    return r->status;
}

static pulang_status on_piece(void *user, const char *bytes, size_t length) {
    return parse(user, bytes, length, false);
}

pulang_status pulang_xml_read(pulang_archive *archive, const char *part, const pulang_xml_handler *handler) {
    static const XML_Memory_Handling_Suite memory = {allocate, reallocate, pulang_free};
    reading r = {XML_ParserCreate_MM(NULL, &memory, NULL), handler, PULANG_OK};
    if (!r.parser)
        return PULANG_ERROR_MEMORY;
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    pulang_status status = pulang_archive_read(archive, part, on_piece, &r);
    if (status == PULANG_OK)
        status = parse(&r, "", 0, true);
    XML_ParserFree(r.parser);
    return status;
}

const char *pulang_xml_attribute(const char *const *attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (strcmp(local_name(*attributes), name) == 0)
            return attributes[1];
    return NULL;
}
