#include "io/zip.h"

#include "model/alloc.h"

#include <zip.h>

struct pulang_zip {
    zip_t *archive;
    size_t left; /* bytes that may still be unpacked */
};

static pulang_status status_of(const zip_error_t *error) {
    return zip_error_code_zip(error) == ZIP_ER_MEMORY ? PULANG_ERROR_MEMORY : PULANG_ERROR_INPUT;
}

static zip_t *open_bytes(const void *bytes, size_t length, zip_error_t *error) {
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, error);
    if (!source)
        return NULL;
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, error);
    if (!archive)
        zip_source_free(source);
    return archive;
}

pulang_status pulang_zip_open(const void *bytes, size_t length, pulang_zip **zip) {
    pulang_zip *opened = pulang_alloc(1, sizeof *opened);
    if (!opened)
        return PULANG_ERROR_MEMORY;
    zip_error_t error;
    zip_error_init(&error);
    opened->left = PULANG_ZIP_LARGEST;
    opened->archive = open_bytes(bytes, length, &error);
    pulang_status status = opened->archive ? PULANG_OK : status_of(&error);
    zip_error_fini(&error);
    if (status == PULANG_OK)
        *zip = opened;
    else
        pulang_free(opened);
    return status;
}

void pulang_zip_free(pulang_zip *zip) {
    if (zip)
        zip_discard(zip->archive);
    pulang_free(zip);
}

bool pulang_zip_has(pulang_zip *zip, const char *part) {
    return zip_name_locate(zip->archive, part, ZIP_FL_NOCASE) >= 0;
}

static pulang_status read_pieces(pulang_zip *zip, zip_file_t *file, pulang_zip_sink sink, void *user) {
    char piece[16384];
    zip_int64_t length;
    while ((length = zip_fread(file, piece, sizeof piece)) > 0) {
        if ((size_t)length > zip->left)
            return PULANG_ERROR_LIMIT;
        zip->left -= (size_t)length;
        pulang_status status = sink(user, piece, (size_t)length);
        if (status != PULANG_OK)
            return status;
    }
    return length < 0 ? status_of(zip_file_get_error(file)) : PULANG_OK;
}

pulang_status pulang_zip_read(pulang_zip *zip, const char *part, pulang_zip_sink sink, void *user) {
    zip_stat_t stat;
    if (zip_stat(zip->archive, part, ZIP_FL_NOCASE, &stat) != 0)
        return PULANG_ERROR_INPUT;
    /* The size as stated spares the work; the size as found is counted all the same. */
    if ((stat.valid & ZIP_STAT_SIZE) && stat.size > zip->left)
        return PULANG_ERROR_LIMIT;
    zip_file_t *file = zip_fopen(zip->archive, part, ZIP_FL_NOCASE);
    if (!file)
        return status_of(zip_get_error(zip->archive));
    pulang_status status = read_pieces(zip, file, sink, user);
    zip_fclose(file);
    return status;
}
