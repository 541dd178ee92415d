/*
 * A sweep on more than one machine: a job array of Slurm makes the runs (pulang sweep --point), a second job
 * that waits for it puts them together (pulang sweep --collect).
 */
#include "cli/command.h"
#include "cli/sweep.h"
#include "io/atomic.h"
#include "model/error.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_MOST                                                                                           \
    1000 /* tasks; Slurm's MaxArraySize is 1001 where it is not set. Each takes several points */

/* Writes text so that a shell reads it as one word. */
static void put_quoted(FILE *out, const char *text) {
    putc('\'', out);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", out);
        else
            putc(*text, out);
    putc('\'', out);
}

/* The path from the root, for tasks begin elsewhere. */
static void put_path(FILE *out, const char *option, const char *path) {
    char whole[PATH_MAX];
    fprintf(out, " %s", option);
    put_quoted(out, realpath(path, whole) ? whole : path);
}

/* The key and the values that it takes, one or a list. */
static void put_setting(FILE *out, const char *option, const char *key, const char *const *values, int n) {
    fprintf(out, " %s ", option);
    put_quoted(out, key);
    for (int i = 0; i < n; i++) {
        putc(i == 0 ? '=' : ',', out);
        put_quoted(out, values[i]);
    }
}

/* A folder within the double quotes of an #SBATCH line, where Slurm puts something in for %. */
static void put_folder(FILE *out, const char *path) {
    for (; *path; path++) {
        if (*path == '%' || *path == '"')
            putc(*path == '%' ? '%' : '\\', out);
        putc(*path, out);
    }
}

/* Where a job writes what it says; file: its name, in which Slurm's % count. */
static void put_log(FILE *out, const char *folder, const char *file) {
    fputs("#SBATCH --output=\"", out);
    put_folder(out, folder);
    fprintf(out, "/%s\"\n", file);
}

/* The command that this sweep is, without its --slurm. */
static void put_command(FILE *out, const sweep_job *job) {
    const pulang_sweep *sweep = &job->sweep;
    put_path(out, "", "/proc/self/exe");
    fputs(" sweep", out);
    put_path(out, "", job->folders->dir);
    put_path(out, "--output ", job->folders->out);
    if (job->folders->scenario)
        put_path(out, "--scenario ", job->folders->scenario);
    for (int i = 0; i < sweep->n_set; i++)
        put_setting(out, "--set", sweep->set[i].key, &sweep->set[i].value, 1);
    for (int a = 0; a < sweep->n_axes; a++)
        put_setting(out, "--vary", sweep->axes[a].key, sweep->axes[a].values.items, sweep->axes[a].values.n);
    for (int i = 0; i < sweep->n_given; i++) {
        fprintf(out, " --%s ", sweep->given[i][0]);
        put_quoted(out, sweep->given[i][1]);
    }
    fputs(" --quiet", out);
}

static void put_array(FILE *out, const sweep_job *job, const char *logs) {
    int n = pulang_sweep_points(&job->sweep), tasks = n < ARRAY_MOST ? n : ARRAY_MOST;
    fprintf(out,
            "#!/bin/sh\n"
            "#SBATCH --job-name=pulang-sweep\n"
            "#SBATCH --array=0-%d\n"
            "#SBATCH --ntasks=1\n",
            tasks - 1);
    put_log(out, logs, "%A_%a.log");
    fprintf(out,
            "point=$SLURM_ARRAY_TASK_ID\n"
            "while [ \"$point\" -lt %d ]; do\n   ",
            n);
    put_command(out, job);
    fprintf(out,
            " --point \"$point\" || exit\n"
            "    point=$((point + %d))\n"
            "done\n",
            tasks);
}

static void put_collector(FILE *out, const sweep_job *job, const char *logs) {
    fputs("#!/bin/sh\n"
          "#SBATCH --job-name=pulang-collect\n"
          "#SBATCH --ntasks=1\n",
          out);
    put_log(out, logs, "collect.log");
    fputs("exec", out);
    put_command(out, job);
    fputs(" --collect\n", out);
}

typedef void (*script_function)(FILE *, const sweep_job *, const char *);

static pulang_status add_script(pulang_batch *batch, const char *name, script_function put,
                                const sweep_job *job, const char *logs, pulang_error *error) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return pulang_fail_memory(error);
    put(out, job, logs);
    pulang_status status =
        fclose(out) == 0 ? pulang_batch_add(batch, name, text, length, error) : pulang_fail_memory(error);
    free(text);
    return status;
}

static pulang_status write_scripts(const sweep_job *job, const char *folder, pulang_error *error) {
    char logs[PATH_MAX];
    pulang_batch *batch = NULL;
    pulang_status status = pulang_batch_new(folder, &batch, error);
    if (status == PULANG_OK && !realpath(folder, logs))
        status = pulang_fail_at(error, PULANG_ERROR_IO, folder, 0, 0, "%s", strerror(errno));
    if (status == PULANG_OK)
        status = add_script(batch, "array.sh", put_array, job, logs, error);
    if (status == PULANG_OK)
        status = add_script(batch, "collect.sh", put_collector, job, logs, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_batch_free(batch);
    return status;
}

int sweep_write_slurm(const sweep_job *job) {
    char folder[PATH_MAX];
    pulang_error error;
    snprintf(folder, sizeof folder, "%s/slurm", job->folders->out);
    if (write_scripts(job, folder, &error) != PULANG_OK)
        return report_error(&error);
    if (!job->quiet)
        fprintf(stderr, _("Points: %d. To be submitted by:\n"), pulang_sweep_points(&job->sweep));
    fputs("id=$(sbatch --parsable ", stdout);
    put_quoted(stdout, folder);
    fputs("/array.sh) && sbatch --dependency=afterany:$id ", stdout);
    put_quoted(stdout, folder);
    fputs("/collect.sh\n", stdout);
    return EXIT_SOLVED;
}
