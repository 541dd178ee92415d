#include "io/write_geojson.h"

#include "io/flows.h"
#include "model/alloc.h"
#include "model/distance.h"
#include "model/error.h"

#include <math.h>

/* Decimals of a degree: 6 are a hand's breadth. */
#define DECIMALS 6

/* What is counted of a place. */
typedef struct site {
    int posts, seats, filled, missing, filled_today, missing_today;
    int natives, natives_here, natives_here_today; /* people whose home it is */
} site;

static void count_posts(const pulang_output *output, site *sites) {
    const pulang_instance *instance = output->instance;
    for (int j = 0; j < instance->n_posts; j++) {
        site *s = &sites[instance->posts[j].place];
        int target = instance->posts[j].target;
        int filled = output->evaluation->filled[j], today = output->today->filled[j];
        s->posts++;
        s->seats += target;
        s->filled += filled;
        s->missing += filled < target ? target - filled : 0;
        s->filled_today += today;
        s->missing_today += today < target ? target - today : 0;
    }
}

static void count_natives(const pulang_output *output, site *sites) {
    const pulang_instance *instance = output->instance;
    for (int p = 0; p < instance->n_persons; p++) {
        int home = instance->persons[p].origin, post = output->plan->post[p], today = output->status_quo[p];
        if (home == PULANG_NONE)
            continue;
        sites[home].natives++;
        sites[home].natives_here += post != PULANG_NONE && instance->posts[post].place == home;
        sites[home].natives_here_today += today != PULANG_NONE && instance->posts[today].place == home;
    }
}

static double share(int part, int whole) {
    return whole > 0 ? (double)part / whole : NAN;
}

static void write_properties(const pulang_output *output, pulang_json_builder *json, int i, const site *s) {
    const pulang_place *place = &output->instance->places[i];
    pulang_json_open_object(json, "properties");
    pulang_json_text(json, "code", place->id);
    pulang_json_text(json, "name", place->name);
    pulang_json_text(json, "district", place->district);
    pulang_json_real(json, "remoteness", place->remoteness, 3);
    pulang_json_integer(json, "posts", s->posts);
    pulang_json_integer(json, "seats", s->seats);
    pulang_json_integer(json, "filled", s->filled);
    pulang_json_integer(json, "short", s->missing);
    pulang_json_real(json, "short_share", share(s->missing, s->seats), 4);
    pulang_json_integer(json, "filled_today", s->filled_today);
    pulang_json_integer(json, "short_today", s->missing_today);
    pulang_json_real(json, "short_share_today", share(s->missing_today, s->seats), 4);
    if (!output->settings->anonymous) {
        pulang_json_integer(json, "natives", s->natives);
        pulang_json_integer(json, "natives_here", s->natives_here);
        pulang_json_integer(json, "natives_here_today", s->natives_here_today);
    }
    pulang_json_close(json);
}

static void write_position(pulang_json_builder *json, const char *key, double lon, double lat, int decimals) {
    pulang_json_open_array(json, key);
    pulang_json_real(json, NULL, lon, decimals);
    pulang_json_real(json, NULL, lat, decimals);
    pulang_json_close(json);
}

static void write_point(pulang_json_builder *json, const pulang_place *place) {
    if (!place->has_point) { /* RFC 7946, 3.2: a feature that is not located */
        pulang_json_text(json, "geometry", NULL);
        return;
    }
    pulang_json_open_object(json, "geometry");
    pulang_json_text(json, "type", "Point");
    write_position(json, "coordinates", place->lon, place->lat, DECIMALS);
    pulang_json_close(json);
}

void pulang_write_outline(pulang_json_builder *json, const pulang_boundary *boundary, int decimals) {
    pulang_json_open_object(json, "geometry");
    pulang_json_text(json, "type", "MultiPolygon");
    pulang_json_open_array(json, "coordinates");
    for (int r = 0; r < boundary->n; r++) {
        const pulang_ring *ring = &boundary->rings[r];
        if (ring->outer && r > 0)
            pulang_json_close(json);
        if (ring->outer)
            pulang_json_open_array(json, NULL);
        pulang_json_open_array(json, NULL);
        for (int i = 0; i < ring->n; i++)
            write_position(json, NULL, ring->points[2 * i], ring->points[2 * i + 1], decimals);
        pulang_json_close(json);
    }
    if (boundary->n > 0)
        pulang_json_close(json);
    pulang_json_close(json);
    pulang_json_close(json);
}

static void begin_feature(pulang_json_builder *json) {
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "type", "Feature");
}

/* A collection with its features open; NULL: out of memory. */
static pulang_json_builder *begin_collection(void) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "type", "FeatureCollection");
    pulang_json_open_array(json, "features");
    return json;
}

/* Frees the builder, which may be NULL. */
static pulang_status end_collection(pulang_json_builder *json, char **text, pulang_error *error) {
    char *made = NULL;
    if (json) {
        pulang_json_close(json);
        made = pulang_json_finish_line(json);
        pulang_json_builder_free(json);
    }
    if (!made)
        return pulang_fail_memory(error);
    *text = made;
    return PULANG_OK;
}

static pulang_status write_places(const pulang_output *output, bool areas, char **text, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    site *sites = pulang_alloc((size_t)instance->n_places, sizeof *sites);
    pulang_json_builder *json = sites ? begin_collection() : NULL;
    if (json) {
        count_posts(output, sites);
        count_natives(output, sites);
        for (int i = 0; i < instance->n_places; i++) {
            if (areas && instance->boundaries[i].n == 0)
                continue;
            begin_feature(json);
            if (areas)
                pulang_write_outline(json, &instance->boundaries[i], DECIMALS);
            else
                write_point(json, &instance->places[i]);
            write_properties(output, json, i, &sites[i]);
            pulang_json_close(json);
        }
    }
    pulang_free(sites);
    return end_collection(json, text, error);
}

pulang_status pulang_write_points(const pulang_output *output, char **text, pulang_error *error) {
    return write_places(output, false, text, error);
}

pulang_status pulang_write_areas(const pulang_output *output, char **text, pulang_error *error) {
    return write_places(output, true, text, error);
}

static void write_flow(const pulang_instance *instance, const pulang_flow *flow, pulang_json_builder *json) {
    const pulang_place *from = &instance->places[flow->from], *to = &instance->places[flow->to];
    int32_t metres = pulang_distance_metres(instance, flow->from, flow->to);
    begin_feature(json);
    pulang_json_open_object(json, "geometry");
    pulang_json_text(json, "type", "LineString");
    pulang_json_open_array(json, "coordinates");
    write_position(json, NULL, from->lon, from->lat, DECIMALS);
    write_position(json, NULL, to->lon, to->lat, DECIMALS);
    pulang_json_close(json);
    pulang_json_close(json);
    pulang_json_open_object(json, "properties");
    pulang_json_text(json, "from", from->id);
    pulang_json_text(json, "from_name", from->name);
    pulang_json_text(json, "to", to->id);
    pulang_json_text(json, "to_name", to->name);
    pulang_json_integer(json, "heads", flow->plan);
    pulang_json_integer(json, "heads_today", flow->today);
    pulang_json_real(json, "km", metres < 0 ? NAN : metres / 1000.0, 1);
    pulang_json_close(json);
    pulang_json_close(json);
}

pulang_status pulang_write_lines(const pulang_output *output, char **text, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    pulang_flow *flows = NULL;
    int n = 0;
    pulang_status status = pulang_flows_make(output, NULL, &flows, &n, error);
    if (status != PULANG_OK)
        return status;
    pulang_json_builder *json = begin_collection();
    for (int i = 0; json && i < n; i++)
        if (flows[i].from != flows[i].to && instance->places[flows[i].from].has_point &&
            instance->places[flows[i].to].has_point)
            write_flow(instance, &flows[i], json);
    pulang_free(flows);
    return end_collection(json, text, error);
}
