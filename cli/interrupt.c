#include "cli/interrupt.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t requested;

static void request(int number) {
    (void)number;
    requested = 1;
}

void interrupt_init(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = request;
    action.sa_flags = SA_RESTART | SA_RESETHAND; /* reset: a second signal does what signals do */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void interrupt_request(void) {
    requested = 1;
}

bool interrupt_requested(void) {
    return requested;
}
