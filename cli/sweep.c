/*
 * pulang sweep DIR: the best plan at each point of a grid over one or two settings.
 */
#include "cli/sweep.h"
#include "cli/command.h"
#include "cli/number.h"
#include "io/values.h"
#include "model/error.h"
#include "model/findings.h"
#include "model/settings.h"

#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct sweep_arguments {
    folder_arguments folders;
    settings_arguments settings;
    folder_arguments axes; /* KEY=VALUES of --vary and --max-moves, in their order */
    int n_jobs;            /* 0: not given */
    int point;             /* -1: all */
    bool quiet, json, slurm, collect;
} sweep_arguments;

enum { KEY_VARY = 256, KEY_MAX_MOVES, KEY_JOBS, KEY_JSON, KEY_SLURM, KEY_POINT, KEY_COLLECT };

#define JOBS_MOST 1024

static const struct argp_option options[] = {
    {"vary", KEY_VARY, "KEY=VALUES", 0,
     N_("let the setting KEY of the scenario take VALUES: FROM:TO:STEP, or a list a,b,c; twice for a grid"),
     0},
    {"max-moves", KEY_MAX_MOVES, "VALUES", 0, N_("the same as --vary limits.moves=VALUES"), 0},
    {"output", 'o', "FOLDER", 0, N_("write to FOLDER (default: sweep), each run to a folder below it"), 0},
    {"jobs", KEY_JOBS, "N", 0, N_("make N runs at a time (default: one for each processor)"), 0},
    {"slurm", KEY_SLURM, NULL, 0, N_("run nothing; write a job array for Slurm to FOLDER/slurm"), 0},
    {"point", KEY_POINT, "I", 0, N_("make only run I, counted from 0: what a task of the job array does"), 0},
    {"collect", KEY_COLLECT, NULL, 0, N_("run nothing; put together the runs that are finished"), 0},
    {"quiet", 'q', NULL, 0, N_("print errors only"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print frontier.json to stdout"), 0},
    {0},
};

static void check_axes(const sweep_arguments *arguments, struct argp_state *state) {
    const pulang_override *axis = &arguments->axes.set[arguments->axes.n_set - 1];
    if (arguments->axes.n_set > PULANG_SWEEP_AXES)
        argp_error(state, _("at most %d settings can be varied"), PULANG_SWEEP_AXES);
    if (arguments->axes.n_set == 2 && strcmp(arguments->axes.set[0].key, axis->key) == 0)
        argp_error(state, _("%s is varied twice"), axis->key);
}

static void check_usage(const sweep_arguments *arguments, struct argp_state *state) {
    const folder_arguments *folders = &arguments->folders, *axes = &arguments->axes;
    if (axes->n_set == 0)
        argp_error(state, "%s", _("which setting? --vary KEY=FROM:TO:STEP names it"));
    if (folders->n_set + axes->n_set > SET_MOST)
        argp_error(state, _("%s: at most %d settings"), "--set", SET_MOST - axes->n_set);
    for (int a = 0; a < axes->n_set; a++)
        for (int i = 0; i < folders->n_set; i++)
            if (strcmp(axes->set[a].key, folders->set[i].key) == 0)
                argp_error(state, _("%s is both set and varied"), axes->set[a].key);
    if (arguments->slurm + arguments->collect + (arguments->point >= 0) > 1)
        argp_error(state, "%s", _("one of --slurm, --point and --collect at a time"));
}

static error_t parse(int key, char *argument, struct argp_state *state) {
    sweep_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        state->child_inputs[1] = &arguments->folders;
        return 0;
    case ARGP_KEY_END:
        check_usage(arguments, state);
        return 0;
    case KEY_VARY:
        set_add(&arguments->axes, argument, "--vary", state);
        check_axes(arguments, state);
        return 0;
    case KEY_MAX_MOVES:
        arguments->axes.set[arguments->axes.n_set++] =
            (pulang_override){"limits.moves", argument, "--max-moves"};
        check_axes(arguments, state);
        return 0;
    case 'o':
        arguments->folders.out = argument;
        return 0;
    case KEY_JOBS:
        arguments->n_jobs = number_argument(argument, 1, JOBS_MOST, "jobs", state);
        return 0;
    case KEY_SLURM:
        arguments->slurm = true;
        return 0;
    case KEY_POINT:
        arguments->point = number_argument(argument, 0, INT_MAX, "point", state);
        return 0;
    case KEY_COLLECT:
        arguments->collect = true;
        return 0;
    case 'q':
        arguments->quiet = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* -- What is to be run -- */

static pulang_status make_axes(const sweep_arguments *arguments, pulang_sweep *sweep, pulang_arena *arena,
                               pulang_error *error) {
    int points = 1;
    for (int a = 0; a < arguments->axes.n_set; a++) {
        const pulang_override *axis = &arguments->axes.set[a];
        pulang_sweep_axis *made = &sweep->axes[a];
        *made = (pulang_sweep_axis){.key = axis->key, .source = axis->source};
        pulang_status status = pulang_values_parse(axis->value, arena, &made->values, error);
        if (status != PULANG_OK)
            return status;
        sweep->n_axes++;
        if (made->values.n > PULANG_VALUES_MOST / points)
            return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("more than %d points"), PULANG_VALUES_MOST);
        points *= made->values.n;
    }
    return PULANG_OK;
}

/* given[SETTINGS_MOST] holds what the sweep points to. */
static pulang_status make_sweep(const sweep_arguments *arguments, pulang_sweep *sweep, const char *given[][2],
                                pulang_arena *arena, pulang_error *error) {
    char name[PULANG_SWEEP_NAME];
    *sweep = (pulang_sweep){.set = arguments->folders.set, .n_set = arguments->folders.n_set, .given = given};
    for (int i = 0; i < pulang_n_settings; i++)
        if (arguments->settings.text[i]) {
            given[sweep->n_given][0] = pulang_settings_table[i].name;
            given[sweep->n_given++][1] = arguments->settings.text[i];
        }
    pulang_status status = make_axes(arguments, sweep, arena, error);
    int n = status == PULANG_OK ? pulang_sweep_points(sweep) : 0;
    if (status == PULANG_OK && arguments->point >= n)
        status = pulang_fail(error, PULANG_ERROR_ARGUMENT, _("there is no point %d: the last is %d"),
                             arguments->point, n - 1);
    for (int i = 0; status == PULANG_OK && i < n; i++)
        status = pulang_sweep_name(sweep, i, name, error);
    return status;
}

static bool same_finding(const pulang_finding *a, const pulang_finding *b) {
    return strcmp(a->heading, b->heading) == 0 && strcmp(a->message, b->message) == 0;
}

/* Adds the faults that are not among all yet; of a fault at several points the first is enough. */
static void add_new(pulang_findings *all, const pulang_findings *found) {
    for (size_t i = 0; i < pulang_findings_total(found); i++) {
        const pulang_finding *finding = pulang_findings_at(found, i);
        bool known = finding->severity != PULANG_FAULT;
        for (size_t k = 0; !known && k < pulang_findings_total(all); k++)
            known = same_finding(finding, pulang_findings_at(all, k));
        if (!known)
            pulang_findings_add(all, finding);
    }
}

static pulang_status check_point(const sweep_job *job, int point, pulang_findings *all, pulang_error *error) {
    pulang_override set[SET_MOST];
    pulang_findings *found = pulang_findings_new();
    if (!found)
        return pulang_fail_memory(error);
    pulang_sweep_settings(&job->sweep, point, set);
    pulang_status status = pulang_instance_check_set(job->instance, job->folders->scenario, set,
                                                     job->sweep.n_set + job->sweep.n_axes, found, error);
    if (status == PULANG_ERROR_INPUT) {
        add_new(all, found);
        status = PULANG_OK;
    }
    pulang_findings_free(found);
    return status;
}

/* All that is wrong with the values, before anything runs. An exit code. */
static int check_points(const sweep_job *job) {
    pulang_findings *all = pulang_findings_new();
    pulang_error error;
    pulang_status status = all ? PULANG_OK : pulang_fail_memory(&error);
    for (int i = 0; status == PULANG_OK && i < pulang_sweep_points(&job->sweep); i++)
        status = check_point(job, i, all, &error);
    int code = status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
    if (status == PULANG_OK && pulang_findings_total(all)) {
        report_findings(all, false);
        code = EXIT_BAD_INPUT;
    }
    pulang_findings_free(all);
    return code;
}

/* The points that are not finished: todo[n]. Says why runs that are there do not count. */
static int find_unfinished(const sweep_job *job, int *todo, pulang_arena *arena) {
    int n = 0, n_points = pulang_sweep_points(&job->sweep), n_changed = 0;
    const char *change = NULL;
    char path[PATH_MAX];
    for (int i = 0; i < n_points; i++) {
        if (sweep_finished(job, i))
            continue;
        todo[n++] = i;
        sweep_path(job, i, PULANG_SWEEP_RECORD, path, sizeof path);
        const char *why =
            access(path, R_OK) ? NULL : pulang_sweep_change(&job->sweep, job->instance, path, arena);
        n_changed += why != NULL;
        change = change ? change : why;
    }
    if (n_changed > 0)
        fprintf(stderr, _("Runs out of date: %d; what has changed since: %s.\n"), n_changed, change);
    if (n < n_points && !job->quiet)
        fprintf(stderr, _("Runs kept: %d of %d, finished before.\n"), n_points - n, n_points);
    return n;
}

/* -- The ways to go about it -- */

/* Creates timings.csv where there is none. */
static void begin_timings(const char *folder) {
    static const char headings[] = "run,read,build,solve,write,total\n";
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/timings.csv", folder);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0)
        return;
    if (write(file, headings, sizeof headings - 1) < 0)
        errno = 0; /* a full disk shows where it matters */
    close(file);
}

/* A point that reaches a limit of time depends on the machine. */
static void warn_of_time(const sweep_job *job) {
    bool limited = job->instance->scenario.time_limit > 0;
    for (int i = 0; i < job->sweep.n_given; i++)
        limited = limited || strcmp(job->sweep.given[i][0], "time") == 0;
    for (int a = 0; a < job->sweep.n_axes; a++)
        limited = limited || strcmp(job->sweep.axes[a].key, "limits.time") == 0;
    if (limited && !job->quiet)
        fprintf(stderr, "%s\n",
                _("The time of a run is limited: points with the status limit depend on the machine and on "
                  "--jobs."));
}

static int report_unfinished(const sweep_job *job, const int *todo, int n) {
    char name[PULANG_SWEEP_NAME];
    pulang_sweep_name(&job->sweep, todo[0], name, NULL);
    fprintf(stderr, _("pulang: runs that are not finished: %d of %d; the first is %s\n"), n,
            pulang_sweep_points(&job->sweep), name);
    return EXIT_BAD_INPUT;
}

/* Makes what is not finished, n_jobs at a time. */
static int run_all(const sweep_job *job, int *todo, pulang_arena *arena, int n_jobs) {
    pulang_error error;
    int n = find_unfinished(job, todo, arena);
    if (n == 0)
        return EXIT_SOLVED;
    if (sweep_remove_results(job->folders->out, &error) != PULANG_OK)
        return report_error(&error);
    int code = sweep_pool(job, todo, n, n_jobs);
    int n_before = n;
    n = 0;
    for (int i = 0; i < n_before; i++)
        if (!sweep_finished(job, todo[i]))
            todo[n++] = todo[i];
    if (code == EXIT_LIMIT)
        fprintf(stderr, _("Stopped. Finished runs stay (%d of %d); the same command goes on from there.\n"),
                pulang_sweep_points(&job->sweep) - n, pulang_sweep_points(&job->sweep));
    if (code == EXIT_SOLVED && n > 0) {
        fprintf(stderr, "%s\n", _("pulang: the input was changed while the sweep ran; start it again"));
        code = report_unfinished(job, todo, n);
    }
    return code;
}

/* Keeps a second sweep out of the folder; the lock goes with the process. A file system without locks has
   none. */
static pulang_status lock_folder(sweep_job *job, pulang_error *error) {
    job->lock = open(job->folders->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (job->lock >= 0 && flock(job->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return pulang_fail_at(error, PULANG_ERROR_IO, job->folders->out, 0, 0, "%s",
                              _("another sweep is at work in this folder"));
    return PULANG_OK;
}

static int processors(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > JOBS_MOST ? JOBS_MOST : (int)n;
}

/* todo has room for all points. */
static int go(const sweep_arguments *arguments, sweep_job *job, int *todo, pulang_arena *arena) {
    pulang_error error;
    if (arguments->slurm)
        return sweep_write_slurm(job);
    if (arguments->point >= 0)
        return sweep_finished(job, arguments->point) ? EXIT_SOLVED : sweep_run(job, arguments->point);
    if (lock_folder(job, &error) != PULANG_OK)
        return report_error(&error);
    sweep_clear(job->folders->out);
    int code = EXIT_SOLVED;
    if (arguments->collect) {
        int n = find_unfinished(job, todo, arena);
        if (n > 0)
            return report_unfinished(job, todo, n);
    } else {
        code = run_all(job, todo, arena, arguments->n_jobs ? arguments->n_jobs : processors());
    }
    return code == EXIT_SOLVED ? sweep_collect(job, arguments->json) : code;
}

static int sweep(const sweep_arguments *arguments, sweep_job *job, pulang_arena *arena) {
    pulang_error error;
    const char *given[SETTINGS_MOST][2];
    if (make_sweep(arguments, &job->sweep, given, arena, &error) != PULANG_OK)
        return report_error(&error);
    pulang_instance *instance = NULL;
    int code = read_instance(job->folders, job->quiet || arguments->point >= 0, &instance);
    job->instance = instance;
    if (code == EXIT_SOLVED)
        code = check_points(job);
    if (code == EXIT_SOLVED && output_prepare(job->folders->out, &error) != PULANG_OK)
        code = report_error(&error);
    if (code == EXIT_SOLVED) {
        int *todo = pulang_arena_alloc(arena, (size_t)pulang_sweep_points(&job->sweep), sizeof *todo);
        warn_of_time(job);
        begin_timings(job->folders->out);
        code = todo ? go(arguments, job, todo, arena)
                    : report_error(&(pulang_error){.code = PULANG_ERROR_MEMORY});
    }
    pulang_instance_free(instance);
    return code;
}

int command_sweep(int argc, char **argv) {
    const struct argp_child children[] = {{settings_argp(), 0, NULL, 0}, {folder_argp(), 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR",
        .doc = N_(
            "Solves the problem folder DIR at each value of one or two settings and lays the plans side by "
            "side: frontier.csv, frontier.json, report.html. A run that is finished is kept: the same "
            "command goes on "
            "where it was stopped.\vExamples:\n"
            "  pulang sweep datasets/tiny --vary weights.hometown=0:10:1\n"
            "  pulang sweep datasets/kotim --max-moves 0:1000:50 --time 60 -o out/moves\n"
            "  pulang sweep datasets/tiny --vary tenure.min_years=0,2,5 --vary weights.move=0:4:2\n\n"
            "Exit codes: 0 all points are done; 1 bad input, or a run failed; 2 wrong usage; 3 no point has "
            "a plan; 4 stopped by Ctrl-C, or a point reached its time limit; 5 internal error."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    sweep_arguments arguments = {.folders = {.out = "sweep"}, .point = -1};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    sweep_job job = {
        .folders = &arguments.folders, .settings = &arguments.settings, .lock = -1, .quiet = arguments.quiet};
    pulang_arena *arena = pulang_arena_new();
    int code = arena ? sweep(&arguments, &job, arena) : EXIT_INTERNAL;
    pulang_arena_free(arena);
    return code;
}
