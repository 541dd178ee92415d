#include "io/atomic.h"
#include "model/alloc.h"
#include "tests/support.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make(void) {
    test_folder_make(folder);
}

static void drop(void) {
    test_folder_remove(folder);
}

TestSuite(atomic, .init = make, .fini = drop);

/* Names in a folder, hidden ones included. */
static int count_files(const char *path) {
    int n = 0;
    DIR *dir = opendir(path);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static void expect_file(const char *path, const char *name, const char *text) {
    char *read = test_file_read(path, name);
    cr_assert(ne(ptr, read, NULL));
    cr_assert(eq(str, read, (char *)text));
    free(read);
}

Test(atomic, files_appear_at_commit_only) {
    char out[128];
    snprintf(out, sizeof out, "%s/new/deep/", folder);
    pulang_batch *batch = NULL;
    cr_assert(eq(int, pulang_batch_new(out, &batch, NULL), PULANG_OK));
    test_file_write(out, "old.csv", "old");
    test_file_write(out, "a.csv", "before");
    cr_assert(eq(int, pulang_batch_add(batch, "a.csv", "first", 5, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_batch_add(batch, "b.csv", "", 0, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_batch_remove(batch, "old.csv", NULL), PULANG_OK));
    cr_assert(eq(int, pulang_batch_remove(batch, "never.csv", NULL), PULANG_OK));
    expect_file(out, "a.csv", "before");
    expect_file(out, "old.csv", "old");
    cr_assert(eq(int, pulang_batch_commit(batch, NULL), PULANG_OK));
    pulang_batch_free(batch);
    expect_file(out, "a.csv", "first");
    expect_file(out, "b.csv", "");
    cr_assert(eq(int, count_files(out), 2));
}

Test(atomic, discards_what_is_not_committed) {
    pulang_batch *batch = NULL;
    test_file_write(folder, "a.csv", "before");
    cr_assert(eq(int, pulang_batch_new(folder, &batch, NULL), PULANG_OK));
    cr_assert(eq(int, pulang_batch_add(batch, "a.csv", "after", 5, NULL), PULANG_OK));
    pulang_batch_free(batch);
    expect_file(folder, "a.csv", "before");
    cr_assert(eq(int, count_files(folder), 1));
}

Test(atomic, a_full_disk_leaves_the_old_files) {
    char big[5000];
    memset(big, 'x', sizeof big);
    test_file_write(folder, "a.csv", "before");
    test_file_write(folder, "b.csv", "before");
    pulang_batch *batch = NULL;
    pulang_error error;
    cr_assert(eq(int, pulang_batch_new(folder, &batch, NULL), PULANG_OK));
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    pulang_status small = pulang_batch_add(batch, "a.csv", "after", 5, &error);
    pulang_status full = pulang_batch_add(batch, "b.csv", big, sizeof big, &error);
    setrlimit(RLIMIT_FSIZE, &before);
    cr_assert(eq(int, small, PULANG_OK));
    cr_assert(eq(int, full, PULANG_ERROR_IO));
    cr_assert(ne(ptr, strstr(error.file, "b.csv"), NULL));
    cr_assert(ne(ptr, strstr(error.message, "cannot be written"), NULL));
    pulang_batch_free(batch);
    expect_file(folder, "a.csv", "before");
    expect_file(folder, "b.csv", "before");
    cr_assert(eq(int, count_files(folder), 2));
}

Test(atomic, says_what_is_wrong_with_the_folder) {
    pulang_batch *batch = NULL;
    pulang_error error;
    char path[128];
    test_file_write(folder, "file", "x");
    snprintf(path, sizeof path, "%s/file", folder);
    cr_assert(eq(int, pulang_batch_new(path, &batch, &error), PULANG_ERROR_IO));
    cr_assert(ne(ptr, strstr(error.message, "is a file"), NULL));
    expect_file(folder, "file", "x");
    snprintf(path, sizeof path, "%s/file/below", folder);
    cr_assert(eq(int, pulang_batch_new(path, &batch, &error), PULANG_ERROR_IO));
    cr_assert(eq(int, pulang_batch_new("", &batch, &error), PULANG_ERROR_ARGUMENT));
    snprintf(path, sizeof path, "%s/a.csv", folder);
    mkdir(path, 0777);
    cr_assert(eq(int, pulang_batch_new(folder, &batch, &error), PULANG_OK));
    cr_assert(eq(int, pulang_batch_add(batch, "a.csv", "x", 1, &error), PULANG_ERROR_IO));
    cr_assert(ne(ptr, strstr(error.message, "in the way"), NULL));
    pulang_batch_free(batch);
}

Test(atomic, a_folder_that_is_read_only) {
    pulang_batch *batch = NULL;
    pulang_error error;
    chmod(folder, 0555);
    bool superuser = geteuid() == 0; /* who may write anywhere: become nobody */
    if (superuser)
        cr_assert(zero(int, seteuid(65534)));
    cr_assert(eq(int, pulang_batch_new(folder, &batch, &error), PULANG_OK));
    cr_assert(eq(int, pulang_batch_add(batch, "a.csv", "x", 1, &error), PULANG_ERROR_IO));
    cr_assert(ne(ptr, strstr(error.message, "cannot be made in this folder"), NULL));
    pulang_batch_free(batch);
    if (superuser)
        cr_assert(zero(int, seteuid(0)));
    chmod(folder, 0755);
}

Test(atomic, every_allocation_may_fail) {
    for (long k = 1;; k++) {
        pulang_batch *batch = NULL;
        pulang_alloc_fail_at(k);
        pulang_status status = pulang_batch_new(folder, &batch, NULL);
        if (status == PULANG_OK)
            status = pulang_batch_remove(batch, "old.csv", NULL);
        if (status == PULANG_OK)
            status = pulang_batch_add(batch, "a.csv", "x", 1, NULL);
        if (status == PULANG_OK)
            status = pulang_batch_commit(batch, NULL);
        pulang_alloc_fail_at(0);
        pulang_batch_free(batch);
        if (status == PULANG_OK)
            break;
        cr_assert(eq(int, status, PULANG_ERROR_MEMORY));
        cr_assert(eq(int, count_files(folder), 0));
        cr_assert(lt(long, k, 100));
    }
    cr_assert(eq(int, count_files(folder), 1));
}
