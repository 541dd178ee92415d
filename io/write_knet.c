#include "io/write_knet.h"

#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct pulang_knet_writer {
    FILE *file;
    char *path, *temporary;
    size_t n_posts;
    int fault; /* errno of the first failure, 0: none */
};

static void put(pulang_knet_writer *w, const int32_t *words, size_t n) {
    if (htole32(1) == 1) {
        if (fwrite(words, sizeof *words, n, w->file) != n && !w->fault)
            w->fault = errno;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t word = htole32((uint32_t)words[i]);
        if (fwrite(&word, sizeof word, 1, w->file) != 1 && !w->fault)
            w->fault = errno;
    }
}

static void free_writer(pulang_knet_writer *w) {
    if (!w)
        return;
    pulang_free(w->path);
    pulang_free(w->temporary);
    pulang_free(w);
}

static pulang_knet_writer *new_writer(const char *path) {
    pulang_knet_writer *w = pulang_alloc(1, sizeof *w);
    if (!w)
        return NULL;
    size_t room = strlen(path) + 32;
    w->path = pulang_strdup(path);
    w->temporary = pulang_alloc(room, 1);
    if (!w->path || !w->temporary) {
        free_writer(w);
        return NULL;
    }
    snprintf(w->temporary, room, "%s.%ld.tmp", path, (long)getpid());
    return w;
}

pulang_status pulang_knet_begin(const char *path, int n_rows, int n_posts, const int32_t *lower,
                                const int32_t *upper, pulang_knet_writer **writer, pulang_error *error) {
    pulang_knet_writer *w = new_writer(path);
    if (!w)
        return pulang_fail_memory(error);
    w->file = fopen(w->temporary, "wbe");
    if (!w->file) {
        pulang_status status = pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
        free_writer(w);
        return status;
    }
    w->n_posts = (size_t)n_posts;
    const int32_t header[PULANG_KNET_HEADER] = {PULANG_KNET_MAGIC, PULANG_KNET_VERSION, n_rows, n_posts};
    put(w, header, PULANG_KNET_HEADER);
    put(w, lower, w->n_posts);
    put(w, upper, w->n_posts);
    *writer = w;
    return PULANG_OK;
}

void pulang_knet_row(pulang_knet_writer *w, const int32_t *cost) {
    if (!w->fault)
        put(w, cost, w->n_posts);
}

pulang_status pulang_knet_finish(pulang_knet_writer *w, pulang_error *error) {
    if (fclose(w->file) != 0 && !w->fault)
        w->fault = errno;
    if (!w->fault && rename(w->temporary, w->path) != 0)
        w->fault = errno;
    pulang_status status = PULANG_OK;
    if (w->fault) {
        unlink(w->temporary);
        status = pulang_fail_at(error, PULANG_ERROR_IO, w->path, 0, 0, "%s", strerror(w->fault));
    }
    free_writer(w);
    return status;
}
