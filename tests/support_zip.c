#include "tests/support_zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t crc32_of(const char *bytes, size_t length) {
    uint32_t crc = ~UINT32_C(0);
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static void put(FILE *out, uint32_t value, int bytes) {
    for (; bytes > 0; bytes--, value >>= 8)
        fputc((int)(value & 0xFF), out);
}

/* What the local header and the entry of the directory have in common (APPNOTE 4.3.7 and 4.3.12). */
static void put_header(FILE *out, const test_part *part) {
    uint32_t size = (uint32_t)strlen(part->text);
    put(out, 20, 2); /* version needed */
    put(out, 0, 2);  /* flags */
    put(out, 0, 2);  /* stored */
    put(out, 0, 4);  /* time and date */
    put(out, crc32_of(part->text, size), 4);
    put(out, size, 4);
    put(out, part->stated_size ? part->stated_size : size, 4);
    put(out, (uint32_t)strlen(part->name), 2);
    put(out, 0, 2); /* extra field */
}

static uint32_t put_part(FILE *out, const test_part *part) {
    uint32_t at = (uint32_t)ftell(out);
    put(out, 0x04034b50, 4);
    put_header(out, part);
    fputs(part->name, out);
    fputs(part->text, out);
    return at;
}

static void put_entry(FILE *out, const test_part *part, uint32_t at) {
    put(out, 0x02014b50, 4);
    put(out, 20, 2); /* version made by */
    put_header(out, part);
    put(out, 0, 2); /* comment */
    put(out, 0, 2); /* disk */
    put(out, 0, 2); /* internal attributes */
    put(out, 0, 4); /* external attributes */
    put(out, at, 4);
    fputs(part->name, out);
}

unsigned char *test_zip_make(const test_part *parts, size_t *length) {
    char *bytes = NULL;
    uint32_t at[32], n = 0;
    FILE *out = open_memstream(&bytes, length);
    for (; parts[n].name; n++)
        at[n] = put_part(out, &parts[n]);
    uint32_t directory = (uint32_t)ftell(out);
    for (uint32_t i = 0; i < n; i++)
        put_entry(out, &parts[i], at[i]);
    uint32_t size = (uint32_t)ftell(out) - directory;
    put(out, 0x06054b50, 4);
    put(out, 0, 4); /* disks */
    put(out, n, 2);
    put(out, n, 2);
    put(out, size, 4);
    put(out, directory, 4);
    put(out, 0, 2); /* comment */
    fclose(out);
    return (unsigned char *)bytes;
}
