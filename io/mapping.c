#include "io/mapping.h"

#include "model/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static pulang_status map(int file, const char *path, pulang_mapping *mapping, pulang_error *error) {
    struct stat info;
    if (fstat(file, &info) != 0)
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    if (!S_ISREG(info.st_mode))
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", _("this is not a regular file"));
    if (info.st_size == 0)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0, "%s", _("the file is empty"));
    void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED)
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    *mapping = (pulang_mapping){bytes, (size_t)info.st_size};
    return PULANG_OK;
}

pulang_status pulang_mapping_open(const char *path, pulang_mapping *mapping, pulang_error *error) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* opening a pipe must not hang */
    if (file < 0)
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    pulang_status status = map(file, path, mapping, error);
    close(file); /* the mapping stays */
    return status;
}

void pulang_mapping_close(pulang_mapping *mapping) {
    if (mapping->bytes)
        munmap((void *)mapping->bytes, mapping->length);
    *mapping = (pulang_mapping){NULL, 0};
}
