/*
 * Reads the central directory (PKWARE APPNOTE 4.3) and inflates each entry. Archives beyond 4 GB (Zip64) are
 * not whole to this reader.
 */
#include "io/zip.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum { END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30, DEFLATED = 8, CHUNK = 1 << 15, NAME = 64 };

static uint32_t number(const char *bytes, int n) {
    uint32_t value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* What is kept of a document while it is inflated: its beginning and its end. */
typedef struct ends {
    char first[512], last[NAME + 8];
    size_t n_first, n_last;
} ends;

static void keep(ends *kept, const char *bytes, size_t n) {
    size_t room = sizeof kept->first - 1 - kept->n_first, begin = n < room ? n : room;
    memcpy(kept->first + kept->n_first, bytes, begin);
    kept->n_first += begin;
    if (n >= sizeof kept->last) {
        memcpy(kept->last, bytes + n - sizeof kept->last, sizeof kept->last);
        kept->n_last = sizeof kept->last;
        return;
    }
    size_t old = sizeof kept->last - n;
    if (kept->n_last > old) {
        memmove(kept->last, kept->last + kept->n_last - old, old);
        kept->n_last = old;
    }
    memcpy(kept->last + kept->n_last, bytes, n);
    kept->n_last += n;
}

/* Whether the last tag closes the first element. */
static bool closed(const ends *kept) {
    char end[NAME + 8];
    const char *begin = kept->first;
    for (const char *tag; (tag = strchr(begin, '<')) && (tag[1] == '?' || tag[1] == '!');)
        begin = tag + 1;
    begin = strchr(begin, '<');
    if (!begin)
        return false;
    size_t n = strcspn(begin + 1, " />\n\t"), last = kept->n_last;
    if (n == 0 || n > NAME)
        return false;
    while (last > 0 && strchr(" \n\r\t", kept->last[last - 1]))
        last--;
    memcpy(end, "</", 2);
    memcpy(end + 2, begin + 1, n);
    end[n + 2] = '>';
    return last >= n + 3 && memcmp(kept->last + last - (n + 3), end, n + 3) == 0;
}

static bool entry_whole(const char *data, size_t packed) {
    char chunk[CHUNK];
    ends kept = {.n_first = 0};
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)packed};
    int result = Z_OK;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    while (result == Z_OK) {
        stream.next_out = (Bytef *)chunk;
        stream.avail_out = sizeof chunk;
        result = inflate(&stream, Z_NO_FLUSH);
        keep(&kept, chunk, sizeof chunk - stream.avail_out);
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END && closed(&kept);
}

bool pulang_zip_whole(const char *bytes, size_t length) {
    if (length < END_SIZE || memcmp(bytes + length - END_SIZE, "PK\5\6", 4) != 0)
        return false;
    const char *end = bytes + length - END_SIZE;
    uint32_t n = number(end + 10, 2);
    size_t at = number(end + 16, 4);
    for (uint32_t i = 0; i < n; i++) {
        if (at + ENTRY_SIZE > length)
            return false;
        const char *entry = bytes + at;
        if (memcmp(entry, "PK\1\2", 4) != 0 || number(entry + 10, 2) != DEFLATED)
            return false;
        size_t packed = number(entry + 20, 4), local = number(entry + 42, 4);
        if (local + LOCAL_SIZE > length)
            return false;
        size_t data = local + LOCAL_SIZE + number(bytes + local + 26, 2) + number(bytes + local + 28, 2);
        if (data + packed > length || !entry_whole(bytes + data, packed))
            return false;
        at += ENTRY_SIZE + number(entry + 28, 2) + number(entry + 30, 2) + number(entry + 32, 2);
    }
    return n > 0;
}
