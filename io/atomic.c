#include "io/atomic.h"

#include "model/alloc.h"
#include "model/arena.h"
#include "model/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_NAMES 100 /* tried before giving up: names left over by processes that were killed */

typedef struct entry {
    const char *path;
    const char *temporary; /* NULL: path is to be removed; "": done */
} entry;

struct pulang_batch {
    pulang_arena *arena; /* the strings */
    const char *folder;
    entry *entries; /* [n] */
    size_t n, capacity;
};

static pulang_status fail_errno(const char *path, const char *format, pulang_error *error) {
    return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, format, strerror(errno));
}

static pulang_status make_folder(char *path, pulang_error *error) {
    struct stat info;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777); /* a parent that fails shows in the last mkdir */
        *slash = '/';
    }
    if (mkdir(path, 0777) == 0)
        return PULANG_OK;
    if (errno == EEXIST && stat(path, &info) == 0 && !S_ISDIR(info.st_mode))
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s",
                              _("is a file where the output folder should be"));
    if (errno != EEXIST)
        return fail_errno(path, _("the output folder cannot be made: %s"), error);
    return PULANG_OK;
}

static pulang_status make_folders(const char *folder, pulang_error *error) {
    if (!*folder)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s", _("the output folder has no name"));
    char *path = pulang_strdup(folder);
    if (!path)
        return pulang_fail_memory(error);
    for (size_t length = strlen(path); length > 1 && path[length - 1] == '/';)
        path[--length] = '\0';
    pulang_status status = make_folder(path, error);
    pulang_free(path);
    return status;
}

pulang_status pulang_batch_new(const char *folder, pulang_batch **batch, pulang_error *error) {
    pulang_status status = make_folders(folder, error);
    if (status != PULANG_OK)
        return status;
    pulang_batch *made = pulang_alloc(1, sizeof *made);
    if (!made)
        return pulang_fail_memory(error);
    made->arena = pulang_arena_new();
    if (made->arena)
        made->folder = pulang_arena_copy(made->arena, folder, strlen(folder));
    if (!made->folder) {
        pulang_batch_free(made);
        return pulang_fail_memory(error);
    }
    *batch = made;
    return PULANG_OK;
}

void pulang_batch_free(pulang_batch *batch) {
    if (!batch)
        return;
    for (size_t i = 0; i < batch->n; i++)
        if (batch->entries[i].temporary && *batch->entries[i].temporary)
            unlink(batch->entries[i].temporary);
    pulang_free(batch->entries);
    pulang_arena_free(batch->arena);
    pulang_free(batch);
}

static pulang_status write_all(int file, const char *bytes, size_t length, const char *path,
                               pulang_error *error) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail_errno(path, _("cannot be written: %s"), error);
        bytes += written;
        length -= (size_t)written;
    }
    if (fsync(file) != 0)
        return fail_errno(path, _("cannot be written to disk: %s"), error);
    return PULANG_OK;
}

/* Opens a file that did not exist; *temporary is its path. -1: see *status. */
static int open_temporary(pulang_batch *batch, const char *name, const char **temporary,
                          pulang_status *status, pulang_error *error) {
    int file = -1;
    const char *path = NULL;
    for (int i = 0; i < TEMPORARY_NAMES && file < 0; i++) {
        path = pulang_arena_printf(batch->arena, "%s/.%s.%ld-%d.tmp", batch->folder, name, (long)getpid(), i);
        if (!path) {
            *status = pulang_fail_memory(error);
            return -1;
        }
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    if (file < 0)
        *status = fail_errno(batch->folder, _("files cannot be made in this folder: %s"), error);
    else
        *temporary = path;
    return file;
}

/* Room for one more entry, and its path. */
static const char *reserve(pulang_batch *batch, const char *name) {
    if (pulang_grow((void **)&batch->entries, &batch->capacity, batch->n + 1, sizeof *batch->entries))
        return NULL;
    return pulang_arena_printf(batch->arena, "%s/%s", batch->folder, name);
}

pulang_status pulang_batch_add(pulang_batch *batch, const char *name, const void *bytes, size_t length,
                               pulang_error *error) {
    const char *path = reserve(batch, name);
    if (!path)
        return pulang_fail_memory(error);
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s",
                              _("is in the way: it is not a plain file"));
    pulang_status status = PULANG_OK;
    const char *temporary = NULL;
    int file = open_temporary(batch, name, &temporary, &status, error);
    if (file < 0)
        return status;
    batch->entries[batch->n++] = (entry){path, temporary};
    status = write_all(file, bytes, length, path, error);
    if (close(file) != 0 && status == PULANG_OK)
        status = fail_errno(path, _("cannot be written: %s"), error);
    return status;
}

pulang_status pulang_batch_remove(pulang_batch *batch, const char *name, pulang_error *error) {
    const char *path = reserve(batch, name);
    if (!path)
        return pulang_fail_memory(error);
    batch->entries[batch->n++] = (entry){path, NULL};
    return PULANG_OK;
}

/* Makes the new names last through a power cut, on the file systems that can. */
static void sync_folder(const char *folder) {
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return;
    fsync(handle);
    close(handle);
}

pulang_status pulang_batch_commit(pulang_batch *batch, pulang_error *error) {
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->entries[i].temporary && unlink(batch->entries[i].path) != 0 && errno != ENOENT)
            return fail_errno(batch->entries[i].path, _("cannot be removed: %s"), error);
    for (size_t i = 0; i < batch->n; i++) {
        entry *e = &batch->entries[i];
        if (!e->temporary || !*e->temporary)
            continue;
        if (rename(e->temporary, e->path) != 0)
            return fail_errno(e->path, _("cannot be put in place: %s"), error);
        e->temporary = "";
    }
    sync_folder(batch->folder);
    return PULANG_OK;
}
