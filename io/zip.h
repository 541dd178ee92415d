/*
 * A look into a ZIP archive of XML documents.
 */
#ifndef PULANG_IO_ZIP_H
#define PULANG_IO_ZIP_H

#include <stdbool.h>
#include <stddef.h>

/* Whether every document in the archive ends with the end of its first element, as one does that was not
   cut short. */
bool pulang_zip_whole(const char *bytes, size_t length);

#endif
