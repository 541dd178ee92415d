/*
 * Coordinates that are most likely wrong. A slip (a lost minus sign, a shifted point) throws a place
 * far from the middle of all (median latitude and longitude) and out of reach of those around it.
 */
#include "io/checks.h"
#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"

#include <math.h>
#include <stdlib.h>

#define FEWEST 5         /* with fewer points there is no middle to speak of */
#define FAR_TIMES 5.0    /* farther from it than so many times the median distance ... */
#define FAR_METRES 15e4  /* ... and than this is far; */
#define APART_METRES 1e5 /* a slip is so far from all that are not far */
#define MOST_FAR 10      /* where more than 1 in so many is far, it is the shape of the land */

typedef struct points {
    const pulang_instance *instance;
    int n, n_far;
    double lat, lon;  /* the middle */
    double *distance; /* [n_places] from the middle, -1: no point */
    double *sorted;   /* [n_places] work space */
    double limit;     /* farther is far */
} points;

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n) {
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2];
}

static void find_middle(points *p) {
    const pulang_instance *instance = p->instance;
    for (int i = 0; i < instance->n_places; i++)
        if (instance->places[i].has_point)
            p->sorted[p->n++] = instance->places[i].lat;
    p->lat = p->n ? median(p->sorted, p->n) : 0;
    p->n = 0;
    for (int i = 0; i < instance->n_places; i++)
        if (instance->places[i].has_point)
            p->sorted[p->n++] = instance->places[i].lon;
    p->lon = p->n ? median(p->sorted, p->n) : 0;
}

static void find_far(points *p) {
    const pulang_instance *instance = p->instance;
    int n = 0;
    for (int i = 0; i < instance->n_places; i++) {
        const pulang_place *place = &instance->places[i];
        p->distance[i] = place->has_point ? pulang_great_circle(p->lat, p->lon, place->lat, place->lon) : -1;
        if (place->has_point)
            p->sorted[n++] = p->distance[i];
    }
    p->limit = fmax(FAR_METRES, FAR_TIMES * median(p->sorted, n));
    for (int i = 0; i < instance->n_places; i++)
        p->n_far += p->distance[i] > p->limit;
}

/* Metres to the nearest place that is not far. */
static double reach(const points *p, const pulang_place *place) {
    double least = HUGE_VAL;
    for (int i = 0; i < p->instance->n_places; i++) {
        const pulang_place *other = &p->instance->places[i];
        if (p->distance[i] >= 0 && p->distance[i] <= p->limit)
            least = fmin(least, pulang_great_circle(place->lat, place->lon, other->lat, other->lon));
    }
    return least;
}

static void report_slips(pulang_reader *reader, const points *p) {
    const pulang_table *table = &p->instance->places_table;
    for (int i = 0; i < p->instance->n_places; i++) {
        double metres = p->distance[i] > p->limit ? reach(p, &p->instance->places[i]) : 0;
        if (metres <= APART_METRES)
            continue;
        pulang_field field = pulang_field_cell(table, i, pulang_table_column(table, "lat"));
        pulang_field_report(reader->findings, PULANG_WARNING, &field,
                            _("check sign (south is negative), decimals and order of lat and lon"),
                            _("the point lies %.0f km from all other places"), metres / 1000);
    }
}

void pulang_checks_points(pulang_reader *reader) {
    points p = {.instance = reader->instance};
    p.distance = pulang_alloc((size_t)p.instance->n_places, sizeof *p.distance);
    p.sorted = pulang_alloc((size_t)p.instance->n_places, sizeof *p.sorted);
    if (p.distance && p.sorted) {
        find_middle(&p);
        if (p.n >= FEWEST)
            find_far(&p);
        if (p.n_far > 0 && p.n_far * MOST_FAR <= p.n + MOST_FAR)
            report_slips(reader, &p);
    } else
        reader->failed = true;
    pulang_free(p.distance);
    pulang_free(p.sorted);
}
