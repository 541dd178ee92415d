#include "io/compare_home.h"

#include <math.h>
#include <stdlib.h>

/* Distances are written in tenths of a kilometre and hundredths of an hour. */
#define EXACT 0.01

/* The curve, as in "0:0.95, 20:0.8, 100:0.5", at a distance: straight lines between its points. */
static double curve_at(const char *text, double distance) {
    double x_before = 0, y_before = NAN;
    while (*text) {
        char *end;
        double x = strtod(text, &end);
        if (end == text || *end != ':')
            return NAN;
        text = end + 1;
        double y = strtod(text, &end);
        if (end == text)
            return NAN;
        text = end;
        while (*text == ',' || *text == ' ')
            text++;
        if (distance <= x)
            return isnan(y_before) ? y : y_before + (y - y_before) * (distance - x_before) / (x - x_before);
        x_before = x;
        y_before = y;
    }
    return y_before;
}

double pulang_home_remoter(const pulang_run *run, int person_row) {
    double weight = pulang_run_weight(run, PULANG_TERM_HOMETOWN);
    double cost = pulang_run_term(run, person_row, PULANG_TERM_HOMETOWN);
    double mismatch = strtod(pulang_run_setting_text(&run->settings, "hometown.mismatch"), NULL);
    bool by_hours = *pulang_run_setting_text(&run->settings, "hometown.by") == 'h';
    double distance = pulang_run_number(&run->persons, person_row, by_hours ? "home_hours" : "home_km");
    double curve = curve_at(pulang_run_setting_text(&run->settings, "hometown.curve"), distance);
    if (!(weight > 0 && mismatch > 0 && curve > 0) || isnan(cost) || isnan(distance))
        return NAN;
    return fmax(0, (1 - (1 - cost / weight) / curve) / mismatch);
}

bool pulang_home_same(double a, double b) {
    return fabs(a - b) <= EXACT;
}
