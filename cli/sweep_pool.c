/*
 * The runs of a sweep in processes of their own: a run that fails takes no other with it, GLPK and the JSON
 * library share nothing between them, and what one run has allocated is gone with it. Each is forked from a
 * process that has no threads and has solved nothing.
 */
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/sweep.h"
#include "model/alloc.h"
#include "model/error.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_BETWEEN 0.2 /* of the progress line */

typedef struct child {
    pid_t process;
    int point;
} child;

typedef struct pool {
    const sweep_job *job;
    child *children; /* [n_running] */
    int n_running, n_done, n;
    sigset_t before; /* the signals that were blocked before the pool blocked SIGCHLD */
    bool stopped;    /* the children have been told to stop */
    bool show;
    double begin;
    int code;
} pool;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void run_child(const pool *p, int point, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a sweep that is killed leaves nobody who writes */
    if (getppid() != parent)
        _exit(EXIT_INTERNAL);
    if (p->job->lock >= 0)
        close(p->job->lock); /* it is the sweep's, not the run's */
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    sigprocmask(SIG_SETMASK, &p->before, NULL);
    int code = sweep_run(p->job, point);
    fflush(stderr);
    _exit(code);
}

static void start(pool *p, int point) {
    pid_t parent = getpid();
    fflush(NULL); /* or a child would print it again */
    pid_t process = fork();
    if (process == 0)
        run_child(p, point, parent);
    if (process < 0) {
        fprintf(stderr, _("pulang: no process can be started: %s\n"), strerror(errno));
        p->code = EXIT_INTERNAL;
        return;
    }
    p->children[p->n_running++] = (child){process, point};
}

static void failed(pool *p, int point, int status) {
    char name[PULANG_SWEEP_NAME];
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_INTERNAL;
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGTERM)) {
        interrupt_request(); /* stopped: so is the sweep, and nothing is wrong with the run */
        return;
    }
    if (p->code == EXIT_SOLVED)
        p->code = code;
    if (pulang_sweep_name(&p->job->sweep, point, name, NULL) == PULANG_OK)
        fprintf(stderr, _("pulang: the run %s failed\n"), name);
}

/* Takes note of all children that have ended. */
static void reap(pool *p) {
    int status;
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < p->n_running; i++)
            if (p->children[i].process == process) {
                if (status == 0)
                    p->n_done++;
                else
                    failed(p, p->children[i].point, status);
                p->children[i] = p->children[--p->n_running];
                break;
            }
}

/* At a terminal Ctrl-C reaches the children by itself; a signal to this process alone does not. */
static void stop_children(pool *p) {
    for (int i = 0; !p->stopped && i < p->n_running; i++)
        kill(p->children[i].process, SIGTERM);
    p->stopped = true;
}

static void draw(const pool *p) {
    if (!p->show)
        return;
    double seconds = now() - p->begin;
    fputc('\r', stderr);
    fprintf(stderr, _("%d of %d runs done, %d at work, %.0f s"), p->n_done, p->n, p->n_running, seconds);
    if (p->n_done > 0)
        fprintf(stderr, _(", about %.0f s left"), seconds * (p->n - p->n_done) / p->n_done);
    fputs("\033[K", stderr);
    fflush(stderr);
}

static void work(pool *p, const int *todo, int n_jobs) {
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    const struct timespec wait = {0, (long)(SECONDS_BETWEEN * 1e9)};
    for (int next = 0;;) {
        bool more = next < p->n && p->code == EXIT_SOLVED && !interrupt_requested();
        if (more && p->n_running < n_jobs) {
            start(p, todo[next++]);
            continue;
        }
        if (p->n_running == 0)
            return;
        if (interrupt_requested())
            stop_children(p);
        draw(p);
        sigtimedwait(&ended, NULL, &wait);
        reap(p);
    }
}

int sweep_pool(const sweep_job *job, const int *todo, int n, int n_jobs) {
    pool p = {.job = job, .n = n, .begin = now(), .code = EXIT_SOLVED};
    p.show = !job->quiet && isatty(STDERR_FILENO);
    p.children = pulang_alloc((size_t)n_jobs, sizeof *p.children);
    if (!p.children) {
        pulang_error error;
        pulang_fail_memory(&error);
        return report_error(&error);
    }
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &p.before);
    interrupt_init();
    work(&p, todo, n_jobs);
    if (p.show)
        fputs("\r\033[K", stderr);
    sigprocmask(SIG_SETMASK, &p.before, NULL);
    pulang_free(p.children);
    return p.code == EXIT_SOLVED && interrupt_requested() ? EXIT_LIMIT : p.code;
}
