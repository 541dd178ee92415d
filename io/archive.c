#include "io/archive.h"

#include "model/alloc.h"

#include <zip.h>

struct pulang_archive {
    zip_t *zip;
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

pulang_status pulang_archive_open(const void *bytes, size_t length, pulang_archive **archive) {
    pulang_archive *opened = pulang_alloc(1, sizeof *opened);
    if (!opened)
        return PULANG_ERROR_MEMORY;
    zip_error_t error;
    zip_error_init(&error);
    opened->left = PULANG_ARCHIVE_LARGEST;
    opened->zip = open_bytes(bytes, length, &error);
    pulang_status status = opened->zip ? PULANG_OK : status_of(&error);
    zip_error_fini(&error);
    if (status == PULANG_OK)
        *archive = opened;
    else
        pulang_free(opened);
    return status;
}

void pulang_archive_free(pulang_archive *archive) {
    if (archive)
        zip_discard(archive->zip);
    pulang_free(archive);
}

bool pulang_archive_has(pulang_archive *archive, const char *part) {
    return zip_name_locate(archive->zip, part, ZIP_FL_NOCASE) >= 0;
}

static pulang_status read_pieces(pulang_archive *archive, zip_file_t *file, pulang_archive_sink sink,
                                 void *user) {
    char piece[16384];
    zip_int64_t length;
    while ((length = zip_fread(file, piece, sizeof piece)) > 0) {
        if ((size_t)length > archive->left)
            return PULANG_ERROR_LIMIT;
        archive->left -= (size_t)length;
        pulang_status status = sink(user, piece, (size_t)length);
        if (status != PULANG_OK)
            return status;
    }
    return length < 0 ? status_of(zip_file_get_error(file)) : PULANG_OK;
}

pulang_status pulang_archive_read(pulang_archive *archive, const char *part, pulang_archive_sink sink,
                                  void *user) {
    zip_stat_t stat;
    if (zip_stat(archive->zip, part, ZIP_FL_NOCASE, &stat) != 0)
        return PULANG_ERROR_INPUT;
    /* The size as stated spares the work; the size as found is counted all the same. */
    if ((stat.valid & ZIP_STAT_SIZE) && stat.size > archive->left)
        return PULANG_ERROR_LIMIT;
    zip_file_t *file = zip_fopen(archive->zip, part, ZIP_FL_NOCASE);
    if (!file)
        return status_of(zip_get_error(archive->zip));
    pulang_status status = read_pieces(archive, file, sink, user);
    zip_fclose(file);
    return status;
}
