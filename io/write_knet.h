/*
 * Writes transportation problems in the format .knet, row by row, so that no matrix is held in memory.
 */
#ifndef PULANG_IO_WRITE_KNET_H
#define PULANG_IO_WRITE_KNET_H

#include "pulang.h"

typedef struct pulang_knet_writer pulang_knet_writer;

/* lower, upper: [n_posts]. Nothing appears under the name path before the file is whole. */
pulang_status pulang_knet_begin(const char *path, int n_rows, int n_posts, const int32_t *lower,
                                const int32_t *upper, pulang_knet_writer **writer, pulang_error *error);
/* The next row; cost: [n_posts]. A failure is remembered. To be called n_rows times. */
void pulang_knet_row(pulang_knet_writer *writer, const int32_t *cost);
/* Puts the file in its place, or removes it where something failed. Frees the writer in any case. */
pulang_status pulang_knet_finish(pulang_knet_writer *writer, pulang_error *error);

#endif
