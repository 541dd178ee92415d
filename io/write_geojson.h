/*
 * The plan as layers for QGIS and its like (GeoJSON, RFC 7946): plan.geojson has a point for each place,
 * areas.geojson its outline where boundaries.geojson gives one, flows.geojson a line for each way between two
 * places that somebody comes by. One kind of geometry a file, and nobody by name.
 */
#ifndef PULANG_IO_WRITE_GEOJSON_H
#define PULANG_IO_WRITE_GEOJSON_H

#include "io/output.h"

/* Each makes one file of a plan that exists, to be freed by pulang_free. Where settings ask for anonymous,
   the fields about homes are left out, and there are no flows. */
pulang_status pulang_write_points(const pulang_output *output, char **text, pulang_error *error);
/* For an instance with boundaries. */
pulang_status pulang_write_areas(const pulang_output *output, char **text, pulang_error *error);
pulang_status pulang_write_lines(const pulang_output *output, char **text, pulang_error *error);

/* Adds the member "geometry" with an outline, each coordinate rounded to so many decimals. */
void pulang_write_outline(pulang_json_builder *json, const pulang_boundary *boundary, int decimals);

#endif
