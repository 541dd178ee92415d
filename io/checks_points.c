/*
 * Coordinates that are most likely wrong. A slip (a lost minus sign, a shifted point) throws a place
 * far from all others, so distances are taken from the middle: the median latitude and longitude.
 */
#include "io/checks.h"
#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"

#include <stdlib.h>

#define FEWEST 5        /* with fewer points there is no middle to speak of */
#define FAR_TIMES 5.0   /* farther than so many times the median distance ... */
#define FAR_METRES 15e4 /* ... and than this is far */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n) {
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

/* Puts a value of every place that has a point into values; returns how many. which: 0 latitude,
   1 longitude, 2 distance from the middle. */
static int collect(const pulang_instance *instance, int which, const double middle[2], double *values) {
    int n = 0;
    for (int i = 0; i < instance->n_places; i++) {
        const pulang_place *place = &instance->places[i];
        if (place->has_point)
            values[n++] = which == 0   ? place->lat
                          : which == 1 ? place->lon
                                       : pulang_great_circle(middle[0], middle[1], place->lat, place->lon);
    }
    return n;
}

static void report_far(pulang_reader *reader, const double middle[2], double limit) {
    const pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->places_table;
    for (int i = 0; i < instance->n_places; i++) {
        const pulang_place *place = &instance->places[i];
        if (!place->has_point)
            continue;
        double metres = pulang_great_circle(middle[0], middle[1], place->lat, place->lon);
        if (metres <= limit)
            continue;
        pulang_field field = pulang_field_cell(table, i, pulang_table_column(table, "lat"));
        pulang_field_report(reader->findings, PULANG_WARNING, &field,
                            _("check sign (south is negative), decimals and order of lat and lon"),
                            _("the point lies %.0f km from the middle of all places"), metres / 1000);
    }
}

void pulang_checks_points(pulang_reader *reader) {
    const pulang_instance *instance = reader->instance;
    double *values = pulang_alloc((size_t)instance->n_places, sizeof *values);
    double middle[2] = {0, 0};
    if (!values) {
        reader->failed = true;
        return;
    }
    int n = collect(instance, 0, middle, values);
    if (n >= FEWEST) {
        double lat = median(values, n);
        collect(instance, 1, middle, values);
        middle[1] = median(values, n);
        middle[0] = lat;
        collect(instance, 2, middle, values);
        double usual = median(values, n);
        report_far(reader, middle, usual * FAR_TIMES > FAR_METRES ? usual * FAR_TIMES : FAR_METRES);
    }
    pulang_free(values);
}
