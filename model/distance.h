/*
 * How far the places are from one another: shortest routes over the legs of travel.csv (igraph),
 * where there are none the great circle times a detour factor.
 */
#ifndef PULANG_MODEL_DISTANCE_H
#define PULANG_MODEL_DISTANCE_H

#include "model/instance.h"

/* Fills instance->metres and instance->seconds (arena). -1 where unknown (a place without point and
   without legs). Called once by the reader, after places, legs and scenario are there. */
pulang_status pulang_distance_fill(pulang_instance *instance, pulang_error *error);
/* Travel metres (seconds) between two places, -1: unknown. */
int32_t pulang_distance_metres(const pulang_instance *instance, int from, int to);
int32_t pulang_distance_seconds(const pulang_instance *instance, int from, int to);
/* Great-circle metres on the mean earth (6,371,008.8 m), haversine formula. */
double pulang_great_circle(double lat1, double lon1, double lat2, double lon2);

#endif
