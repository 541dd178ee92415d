#include "cli/number.h"

#include "model/error.h"

#include <errno.h>
#include <stdlib.h>

int number_argument(const char *text, int least, int most, const char *option, struct argp_state *state) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < least || value > most)
        argp_error(state, _("--%s takes a whole number in %d .. %d, not %s"), option, least, most, text);
    return (int)value;
}
