#include "solver/glpk_guard.h"

#include "model/error.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

int glpk_bounds_kind(double lower, double upper) {
    if (lower == upper)
        return GLP_FX;
    if (isinf(lower))
        return isinf(upper) ? GLP_FR : GLP_UP;
    return isinf(upper) ? GLP_LO : GLP_DB;
}

int glpk_milliseconds(double seconds) {
    return seconds >= INT_MAX / 1000 ? INT_MAX : seconds <= 0.001 ? 1 : (int)(seconds * 1000);
}

typedef struct guard {
    char text[256]; /* what GLPK said last */
    jmp_buf aborted;
} guard;

static int keep_text(void *info, const char *text) {
    guard *g = info;
    size_t used = strlen(g->text);
    size_t room = sizeof g->text - used - 1, length = strlen(text);
    memcpy(g->text + used, text, length < room ? length : room);
    return 1; /* not to be printed */
}

static void leave(void *info) {
    guard *g = info;
    longjmp(g->aborted, 1);
}

pulang_status glpk_guard(void (*work)(void *user), void *user, int mebibytes, pulang_error *error) {
    guard g = {.text = ""};
    volatile bool is_aborted = true;
    if (setjmp(g.aborted) == 0) {
        glp_term_hook(keep_text, &g);
        glp_error_hook(leave, &g);
        glp_term_out(GLP_OFF); /* until an error: of what comes before it there is more than there is room */
        if (mebibytes)
            glp_mem_limit(mebibytes);
        work(user);
        is_aborted = false;
    } /* or the problem went down with the environment: it must not be deleted */
    glp_free_env();
    if (!is_aborted)
        return PULANG_OK;
    if (strstr(g.text, "memory"))
        return pulang_fail_memory(error);
    g.text[strcspn(g.text, "\n")] = '\0';
    return pulang_fail(error, PULANG_ERROR_SOLVER, "GLPK: %s", g.text);
}
