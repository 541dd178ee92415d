/*
 * The outlines of the places on the page, as GeoJSON, few enough points for it to stay small.
 */
#include "io/outline.h"
#include "io/write_geojson.h"
#include "io/write_report_plan.h"
#include "model/error.h"

#define MOST_POINTS 40000 /* about 0.8 MB */
#define DECIMALS 5        /* of a degree: a metre */

static void write_features(pulang_report_writer *writer, const pulang_boundary *outlines) {
    pulang_json_builder *json = writer->json;
    pulang_json_open_object(json, "boundaries");
    pulang_json_text(json, "type", "FeatureCollection");
    pulang_json_open_array(json, "features");
    for (int i = 0; i < writer->instance->n_places; i++) {
        if (outlines[i].n == 0)
            continue;
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "type", "Feature");
        pulang_json_open_object(json, "properties");
        pulang_json_integer(json, "place", i);
        pulang_json_text(json, "code", writer->instance->places[i].id);
        pulang_json_close(json);
        pulang_write_outline(json, &outlines[i], DECIMALS);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    pulang_json_close(json);
}

pulang_status pulang_report_boundaries(pulang_report_writer *writer, pulang_error *error) {
    if (!writer->instance->boundaries) {
        pulang_json_text(writer->json, "boundaries", NULL);
        return PULANG_OK;
    }
    pulang_arena *arena = pulang_arena_new();
    const pulang_boundary *outlines =
        arena ? pulang_outlines_simplify(writer->instance, MOST_POINTS, arena) : NULL;
    if (outlines)
        write_features(writer, outlines);
    pulang_arena_free(arena);
    return outlines ? PULANG_OK : pulang_fail_memory(error);
}
