/*
 * Files that appear whole or not at all.
 *
 * A batch stages every file under a temporary name in its folder (flushed to disk) and renames them
 * all at commit. When staging fails (disk full, folder not writable) nothing in the folder has
 * changed, and freeing the batch removes what was staged.
 */
#ifndef PULANG_IO_ATOMIC_H
#define PULANG_IO_ATOMIC_H

#include "pulang.h"

typedef struct pulang_batch pulang_batch;

/* Creates the folder with its parents where missing. */
pulang_status pulang_batch_new(const char *folder, pulang_batch **batch, pulang_error *error);
/* Discards what is not committed. */
void pulang_batch_free(pulang_batch *batch);
/* Stages a file of the folder: length bytes. */
pulang_status pulang_batch_add(pulang_batch *batch, const char *name, const void *bytes, size_t length,
                               pulang_error *error);
/* Has an older file of that name removed at commit; none is fine. */
pulang_status pulang_batch_remove(pulang_batch *batch, const char *name, pulang_error *error);
/* Removes, then renames in the order of adding. */
pulang_status pulang_batch_commit(pulang_batch *batch, pulang_error *error);

#endif
