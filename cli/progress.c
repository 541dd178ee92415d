#include "cli/progress.h"

#include "cli/interrupt.h"
#include "model/error.h"

#include <math.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SECONDS_BETWEEN 0.2

void progress_begin(progress_line *line, bool quiet) {
    line->show = !quiet && isatty(STDERR_FILENO);
    line->shown_at = 0;
}

static int terminal_width(void) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

static void draw(const pulang_progress *progress) {
    char text[256];
    size_t n = 0;
    FILE *out = fmemopen(text, sizeof text, "w");
    if (!out)
        return;
    fprintf(out, _("%d/%d %s"), progress->level_index + 1, progress->n_levels, progress->level);
    if (progress->has_incumbent)
        fprintf(out, _(", best %.0f"), progress->incumbent);
    if (isfinite(progress->bound))
        fprintf(out, _(", bound %.0f"), progress->bound);
    if (progress->has_incumbent && isfinite(progress->bound))
        fprintf(out, _(", gap %.2f %%"),
                100 * (progress->incumbent - progress->bound) / fmax(1, fabs(progress->incumbent)));
    fprintf(out, _(", %.0f steps/s, %.0f s"), progress->rate, progress->seconds);
    if (isfinite(progress->time_left))
        fprintf(out, _(", %.0f s left"), fmax(0, progress->time_left));
    fflush(out);
    n = (size_t)ftell(out);
    fclose(out);
    int width = terminal_width() - 1;
    fprintf(stderr, "\r%.*s\033[K", (int)n < width ? (int)n : width, text);
    fflush(stderr);
}

bool progress_report(const pulang_progress *progress, void *user) {
    progress_line *line = user;
    if (line->show && progress->seconds - line->shown_at >= SECONDS_BETWEEN) {
        line->shown_at = progress->seconds;
        draw(progress);
    }
    return interrupt_requested();
}

void progress_end(progress_line *line) {
    if (line->show && line->shown_at > 0)
        fputs("\r\033[K", stderr);
}
