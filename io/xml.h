/*
 * Reading a part of a zip file as XML, element by element (expat). Names come without their prefix.
 * Document type declarations, which no workbook has, are refused with all they could do.
 */
#ifndef PULANG_IO_XML_H
#define PULANG_IO_XML_H

#include "io/archive.h"

/* What is told while reading; each ends it by returning what is not PULANG_OK. */
typedef struct pulang_xml_handler {
    pulang_status (*start)(void *user, const char *name, const char *const *attributes);
    pulang_status (*end)(void *user, const char *name);                  /* may be NULL */
    pulang_status (*text)(void *user, const char *bytes, size_t length); /* UTF-8; may be NULL */
    void *user;
} pulang_xml_handler;

/* PULANG_ERROR_INPUT: the part is missing or damaged; PULANG_ERROR_LIMIT: too large; else what the
   handler said. */
pulang_status pulang_xml_read(pulang_archive *archive, const char *part, const pulang_xml_handler *handler);

/* The value of an attribute (named without prefix), NULL: not there. */
const char *pulang_xml_attribute(const char *const *attributes, const char *name);

#endif
