/*
 * pulang generate national: the whole country as one transportation problem with computed costs.
 */
#ifndef PULANG_CLI_GENERATE_NATIONAL_H
#define PULANG_CLI_GENERATE_NATIONAL_H

#include "cli/generate/draw.h"
#include "pulang.h"

/* argv[0] is the program's name for messages. Returns an exit code. */
int generate_national(int argc, char **argv);

/* Where people live: villages in regencies of a known population. */
typedef struct national_village {
    double lat, lon; /* degrees */
    int regency;
    int64_t weight; /* how many people come from here, up to a common factor */
} national_village;

typedef struct national_map {
    int n_villages, n_regencies;
    national_village *villages; /* [n_villages] owned */
    int64_t *population;        /* [n_regencies] owned */
} national_map;

/* Room for so many; NULL members and -1: out of memory. */
int national_map_alloc(national_map *map, int n_villages, int n_regencies);
void national_map_clear(national_map *map);
/* The 83,762 villages, scattered over the 38 provinces as they are in the country. */
int national_map_draw(draw_state *random, national_map *map);
/*
 * Villages of a CSV file (code, lat, lon), and their regencies of another (code, pop_total); regencies NULL:
 * all villages count as one regency. What is wrong with the files is printed. map is to be cleared in any
 * case.
 */
pulang_status national_map_read(const char *villages, const char *regencies, national_map *map,
                                pulang_error *error);
/* Spreads the population of each regency over its villages. -1: out of memory. */
int national_map_settle(draw_state *random, national_map *map);

#endif
