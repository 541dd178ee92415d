#include "io/write_sphere.h"

#include "model/alloc.h"
#include "model/error.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_text(FILE *file, const char *comment, const pulang_spatial *s) {
    const pulang_spatial_size *size = &s->size;
    fprintf(file, "c %s\np sphere %d %d %d %d %d %d\n", comment, size->n_places, size->n_posts,
            size->n_classes, size->n_roles, size->n_occupations, size->n_bends);
    for (int i = 0; i < size->n_bends; i++)
        fprintf(file, "b %" PRId32 " %" PRId32 "\n", s->bends[i].metres, s->bends[i].cost);
    for (int i = 0; i < size->n_occupations * size->n_roles; i++)
        if (s->fit[i] != PULANG_FORBIDDEN)
            fprintf(file, "f %d %d %" PRId64 "\n", i / size->n_roles + 1, i % size->n_roles + 1, s->fit[i]);
    for (int i = 0; i < size->n_places; i++)
        fprintf(file, "v %" PRId32 " %" PRId32 " %" PRId32 "\n", s->x[i], s->y[i], s->z[i]);
    for (int j = 0; j < size->n_posts; j++)
        fprintf(file, "s %d %d %" PRId64 " %" PRId64 "\n", s->post_place[j] + 1, s->post_role[j] + 1,
                s->lower[j], s->upper[j]);
    for (int c = 0; c < size->n_classes; c++)
        fprintf(file, "o %d %d %d\n", s->class_place[c] + 1, s->class_occupation[c] + 1, s->supply[c]);
}

static pulang_status fail(const char *path, int fault, pulang_error *error) {
    return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(fault));
}

pulang_status pulang_sphere_write(const char *path, const char *comment, const pulang_spatial *spatial,
                                  pulang_error *error) {
    size_t room = strlen(path) + 32;
    char *temporary = pulang_alloc(room, 1);
    if (!temporary)
        return pulang_fail_memory(error);
    snprintf(temporary, room, "%s.%ld.tmp", path, (long)getpid());
    pulang_status status = PULANG_OK;
    FILE *file = fopen(temporary, "we");
    if (!file) {
        status = fail(path, errno, error);
    } else {
        write_text(file, comment, spatial);
        int fault = ferror(file) ? EIO : 0;
        if (fclose(file) != 0 && !fault)
            fault = errno;
        if (!fault && rename(temporary, path) != 0)
            fault = errno;
        if (fault) {
            unlink(temporary);
            status = fail(path, fault, error);
        }
    }
    pulang_free(temporary);
    return status;
}
