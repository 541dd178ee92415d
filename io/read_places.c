/*
 * places.csv and travel.csv: where things are and how far apart.
 */
#include "io/reader.h"
#include "model/error.h"

/* Whether a point lies in Indonesia, with room to spare. */
static bool in_indonesia(double lat, double lon) {
    return lat >= -11.5 && lat <= 6.5 && lon >= 94.5 && lon <= 141.5;
}

static void read_point(pulang_reader *reader, const pulang_table *table, int row, pulang_place *place) {
    pulang_field lat = pulang_field_cell(table, row, pulang_table_column(table, "lat"));
    pulang_field lon = pulang_field_cell(table, row, pulang_table_column(table, "lon"));
    bool has_lat = pulang_field_number(reader->findings, &lat, -180, 180, &place->lat);
    bool has_lon = pulang_field_number(reader->findings, &lon, -180, 180, &place->lon);
    place->has_point = has_lat && has_lon && place->lat >= -90 && place->lat <= 90;
    if (has_lat && !(place->lat >= -90 && place->lat <= 90)) {
        bool swapped = has_lon && in_indonesia(place->lon, place->lat);
        pulang_field_report(reader->findings, PULANG_FAULT, &lat,
                            swapped ? _("swap lat and lon")
                                    : _("write degrees from -90 to 90, south negative"),
                            _("the latitude is out of range"));
    }
    if ((lat.text[0] == '\0') != (lon.text[0] == '\0'))
        pulang_field_report(reader->findings, PULANG_FAULT, lat.text[0] ? &lon : &lat,
                            _("give both lat and lon, or neither"), _("half of the coordinates is missing"));
}

static const char *text_of(const pulang_table *table, int row, const char *column) {
    return pulang_table_cell(table, row, pulang_table_column(table, column));
}

void pulang_read_places(pulang_reader *reader) {
    pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->places_table;
    pulang_reader_register(reader, PULANG_CODE_PLACE, table, pulang_table_column(table, "place"));
    instance->places = pulang_reader_alloc(reader, table->n_rows, sizeof *instance->places);
    if (reader->failed)
        return;
    instance->n_places = table->n_rows;
    int remoteness = pulang_table_column(table, "remoteness");
    for (int r = 0; r < table->n_rows; r++) {
        pulang_place *place = &instance->places[r];
        place->id = reader->codes[PULANG_CODE_PLACE].ids[r];
        place->name = text_of(table, r, "name");
        place->district = text_of(table, r, "district");
        place->region = text_of(table, r, "region");
        read_point(reader, table, r, place);
        pulang_field field = pulang_field_cell(table, r, remoteness);
        pulang_field_number(reader->findings, &field, 0, 1, &place->remoteness);
    }
}

static void read_leg(pulang_reader *reader, const pulang_table *table, int row) {
    pulang_instance *instance = reader->instance;
    pulang_field from = pulang_field_cell(table, row, pulang_table_column(table, "from"));
    pulang_field to = pulang_field_cell(table, row, pulang_table_column(table, "to"));
    pulang_field km = pulang_field_cell(table, row, pulang_table_column(table, "km"));
    pulang_field hours = pulang_field_cell(table, row, pulang_table_column(table, "hours"));
    pulang_leg leg = {.km = -1, .hours = -1};
    leg.from = pulang_reader_code(reader, PULANG_CODE_PLACE, &from);
    leg.to = pulang_reader_code(reader, PULANG_CODE_PLACE, &to);
    pulang_field_number(reader->findings, &km, 0, 20000, &leg.km);
    pulang_field_number(reader->findings, &hours, 0, 1000, &leg.hours);
    if (from.text[0] == '\0' || to.text[0] == '\0')
        pulang_field_report(reader->findings, PULANG_FAULT, from.text[0] ? &to : &from,
                            _("name the two places of the leg"), _("a place of the leg is missing"));
    if (km.text[0] == '\0' && hours.text[0] == '\0') {
        pulang_field field = pulang_field_line(table->file, table->lines[row]);
        pulang_field_report(reader->findings, PULANG_FAULT, &field, _("give km or hours"),
                            _("the length of the leg is missing"));
    }
    if (leg.from >= 0 && leg.from == leg.to)
        pulang_field_report(reader->findings, PULANG_WARNING, &to, _("remove the line"),
                            _("the leg leads from a place to itself"));
    else if (leg.from >= 0 && leg.to >= 0 && (leg.km >= 0 || leg.hours >= 0))
        instance->legs[instance->n_legs++] = leg;
}

void pulang_read_travel(pulang_reader *reader, const pulang_table *table) {
    reader->instance->legs = pulang_reader_alloc(reader, table->n_rows, sizeof *reader->instance->legs);
    for (int r = 0; r < table->n_rows && !reader->failed; r++)
        read_leg(reader, table, r);
}
