/*
 * boundaries.geojson (RFC 7946): the outlines of places, for maps only. No plan depends on them, so that what
 * is wrong with one outline is a warning, and the place keeps its point.
 */
#include "io/json.h"
#include "io/reader.h"
#include "io/text.h"
#include "model/error.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FILE_NAME "boundaries.geojson"

/* Properties that may hold the code of the place. */
static const char *const code_names[] = {"code", "place", "kode", "id"};

typedef struct outlines {
    pulang_reader *reader;
    int n_uncoded, n_used;
} outlines;

static void warn(const outlines *all, size_t feature, const char *mend, const char *what) {
    pulang_field field = pulang_field_line(FILE_NAME, 0);
    pulang_field_report(all->reader->findings, PULANG_WARNING, &field, mend,
                        _("feature %zu: %s; its place is shown as a point"), feature + 1, what);
}

/* ---- geometry ---- */

static bool read_point(const pulang_json *position, double point[2]) {
    return pulang_json_to_real(pulang_json_at(position, 0), &point[0]) &&
           pulang_json_to_real(pulang_json_at(position, 1), &point[1]);
}

/* What is wrong with the ring, NULL: nothing; *ring is then filled. */
static const char *read_ring(pulang_reader *reader, const pulang_json *positions, pulang_ring *ring) {
    size_t n = pulang_json_length(positions);
    if (n < 4 || n > INT32_MAX / 2)
        return _("a ring needs at least four points");
    ring->points = pulang_reader_alloc(reader, (int)(2 * n), sizeof *ring->points);
    for (size_t i = 0; ring->points && i < n; i++) {
        double *point = &ring->points[2 * i];
        if (!read_point(pulang_json_at(positions, i), point))
            return _("a point is not two numbers");
        if (fabs(point[0]) > 180 || fabs(point[1]) > 90)
            return _("the coordinates are not degrees of longitude and latitude");
    }
    ring->n = (int)n;
    if (ring->points && memcmp(ring->points, &ring->points[2 * (n - 1)], 2 * sizeof *ring->points) != 0)
        return _("a ring does not end where it begins");
    return NULL;
}

static const char *read_polygon(pulang_reader *reader, const pulang_json *rings, pulang_boundary *boundary) {
    for (size_t i = 0; i < pulang_json_length(rings); i++) {
        pulang_ring *ring = &boundary->rings[boundary->n++];
        const char *wrong = read_ring(reader, pulang_json_at(rings, i), ring);
        if (wrong)
            return wrong;
        ring->outer = i == 0;
    }
    return NULL;
}

/* The polygons of a geometry: it is an array of them, or one. */
static size_t n_polygons(const pulang_json *coordinates, bool several) {
    return several ? pulang_json_length(coordinates) : 1;
}

static const pulang_json *polygon_at(const pulang_json *coordinates, bool several, size_t i) {
    return several ? pulang_json_at(coordinates, i) : coordinates;
}

static const char *read_geometry(pulang_reader *reader, const pulang_json *geometry,
                                 pulang_boundary *boundary) {
    const char *type = pulang_json_to_text(pulang_json_get(geometry, "type"));
    const pulang_json *coordinates = pulang_json_get(geometry, "coordinates");
    bool several = type && strcmp(type, "MultiPolygon") == 0;
    if (!several && !(type && strcmp(type, "Polygon") == 0))
        return _("the geometry is not a Polygon or MultiPolygon");
    size_t n = 0;
    for (size_t i = 0; i < n_polygons(coordinates, several); i++)
        n += pulang_json_length(polygon_at(coordinates, several, i));
    if (n == 0 || n > INT32_MAX)
        return _("the geometry is empty");
    boundary->rings = pulang_reader_alloc(reader, (int)n, sizeof *boundary->rings);
    const char *wrong = NULL;
    for (size_t i = 0; boundary->rings && !wrong && i < n_polygons(coordinates, several); i++)
        wrong = read_polygon(reader, polygon_at(coordinates, several, i), boundary);
    return wrong;
}

/* ---- features ---- */

/* The code of the place that the feature is about, in text or where it stands; NULL: none is given. */
static const char *code_of(const pulang_json *feature, char *text, size_t size) {
    const pulang_json *properties = pulang_json_get(feature, "properties"), *value = NULL;
    for (size_t i = 0; !value && i < sizeof code_names / sizeof *code_names; i++)
        value = pulang_json_get(properties, code_names[i]);
    if (!value)
        value = pulang_json_get(feature, "id");
    int64_t number = 0;
    if (!pulang_json_to_integer(value, &number))
        return pulang_json_to_text(value);
    snprintf(text, size, "%" PRId64, number);
    return text;
}

static void read_feature(outlines *all, const pulang_json *feature, size_t i) {
    char text[32];
    pulang_reader *reader = all->reader;
    const char *code = code_of(feature, text, sizeof text);
    int place = code ? pulang_index_find(&reader->codes[PULANG_CODE_PLACE].index, code) : PULANG_NONE;
    all->n_uncoded += code == NULL;
    if (place < 0)
        return;
    pulang_boundary boundary = {0}, *known = &reader->instance->boundaries[place];
    const char *wrong = known->n > 0 ? _("another feature has the same code")
                                     : read_geometry(reader, pulang_json_get(feature, "geometry"), &boundary);
    if (wrong) {
        warn(all, i,
             known->n > 0 ? _("join them to one MultiPolygon") : _("export the layer again, in EPSG:4326"),
             wrong);
        return;
    }
    all->n_used++;
    *known = boundary;
}

static void report_whole(const outlines *all, const pulang_json *features) {
    pulang_field field = pulang_field_line(FILE_NAME, 0);
    const char *mend = _("give each feature a property `code` with the code of its place in places.csv");
    if (!pulang_json_is_array(features))
        pulang_field_report(all->reader->findings, PULANG_FAULT, &field, _("export it as GeoJSON"),
                            _("not a FeatureCollection"));
    else if (all->n_used == 0)
        pulang_field_report(all->reader->findings, PULANG_WARNING, &field, mend,
                            _("no outline belongs to a place of places.csv"));
    else if (all->n_uncoded > 0)
        pulang_field_report(all->reader->findings, PULANG_WARNING, &field, mend,
                            _("features without a property code, place, kode or id: %d"), all->n_uncoded);
}

static void read_features(pulang_reader *reader, const pulang_json *document) {
    outlines all = {.reader = reader};
    const pulang_json *features = pulang_json_get(document, "features");
    reader->instance->boundaries =
        pulang_reader_alloc(reader, reader->instance->n_places, sizeof *reader->instance->boundaries);
    for (size_t i = 0; !reader->failed && i < pulang_json_length(features); i++)
        read_feature(&all, pulang_json_at(features, i), i);
    report_whole(&all, features);
}

void pulang_read_boundaries(pulang_reader *reader) {
    char path[PATH_MAX];
    pulang_json *document = NULL;
    pulang_error error;
    snprintf(path, sizeof path, "%s/" FILE_NAME, reader->instance->dir);
    if (!pulang_text_exists(path))
        return;
    pulang_status status = pulang_json_read(path, FILE_NAME, &document, &error);
    if (status == PULANG_OK) {
        read_features(reader, document);
    } else if (status == PULANG_ERROR_MEMORY) {
        reader->failed = true;
    } else {
        pulang_field field = pulang_field_line(FILE_NAME, error.line);
        field.column = error.column;
        pulang_field_report(reader->findings, PULANG_FAULT, &field, _("export it again, or take it away"),
                            "%s", error.message);
    }
    pulang_json_free(document);
}
