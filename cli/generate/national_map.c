/*
 * Where people live, drawn from a table of the provinces.
 */
#include "cli/generate/national.h"
#include "model/alloc.h"

#define MOST_REGENCIES 40 /* of a province */

/* The villages of a province: how many, in how many regencies, of so many thousand people; mean and standard
   deviation of their latitudes and longitudes in hundredths of a degree. */
typedef struct province {
    const char *name;
    int regencies, villages, thousands, lat, lon, lat_spread, lon_spread;
} province;

/* Counted from the Ministry of Home Affairs' list of villages (Kepmendagri 300.2.2-2430/2025) and its figures
   of the population, with the villages' points. */
static const province provinces[] = {
    {"Aceh", 23, 6500, 5623, 465, 9674, 81, 82},
    {"Sumatera Utara", 33, 6110, 15641, 219, 9888, 102, 70},
    {"Sumatera Barat", 19, 1265, 5820, -72, 10049, 65, 48},
    {"Riau", 12, 1862, 7099, 45, 10176, 81, 85},
    {"Jambi", 11, 1585, 3834, -175, 10251, 43, 85},
    {"Sumatera Selatan", 17, 3259, 9065, -351, 10406, 60, 72},
    {"Bengkulu", 10, 1513, 2128, -375, 10248, 60, 54},
    {"Lampung", 15, 2651, 9144, -504, 10503, 45, 46},
    {"Kepulauan Bangka Belitung", 7, 393, 1550, -233, 10642, 44, 84},
    {"Kepulauan Riau", 7, 419, 2272, 148, 10523, 140, 171},
    {"Daerah Khusus Ibukota Jakarta", 6, 267, 11038, -620, 10683, 9, 7},
    {"Jawa Barat", 27, 5957, 51316, -686, 10774, 37, 62},
    {"Jawa Tengah", 35, 8563, 38431, -727, 11020, 35, 73},
    {"Daerah Istimewa Yogyakarta", 5, 438, 3743, -787, 11041, 12, 18},
    {"Jawa Timur", 38, 8494, 41920, -759, 11253, 43, 81},
    {"Banten", 8, 1552, 12881, -632, 10623, 23, 27},
    {"Bali", 9, 716, 4375, -841, 11519, 17, 23},
    {"Nusa Tenggara Barat", 10, 1166, 5751, -860, 11713, 15, 100},
    {"Nusa Tenggara Timur", 22, 3442, 5701, -913, 12228, 70, 182},
    {"Kalimantan Barat", 14, 2145, 5646, 6, 11072, 90, 119},
    {"Kalimantan Tengah", 14, 1571, 2825, -186, 11356, 80, 122},
    {"Kalimantan Selatan", 13, 2016, 4305, -297, 11524, 52, 47},
    {"Kalimantan Timur", 10, 1038, 4123, -18, 11663, 109, 81},
    {"Kalimantan Utara", 5, 482, 771, 353, 11658, 61, 71},
    {"Sulawesi Utara", 15, 1839, 2645, 164, 12485, 113, 79},
    {"Sulawesi Tengah", 13, 2017, 3219, -89, 12135, 103, 120},
    {"Sulawesi Selatan", 24, 3059, 9528, -425, 11998, 108, 43},
    {"Sulawesi Tenggara", 17, 2285, 2825, -438, 12232, 67, 60},
    {"Gorontalo", 6, 729, 1251, 63, 12271, 15, 49},
    {"Sulawesi Barat", 6, 648, 1467, -283, 11920, 64, 23},
    {"Maluku", 11, 1235, 1936, -484, 13027, 168, 245},
    {"Maluku Utara", 10, 1185, 1394, 47, 12748, 127, 94},
    {"Papua", 9, 999, 1102, -198, 13766, 79, 200},
    {"Papua Barat", 7, 824, 576, -195, 13360, 89, 65},
    {"Papua Selatan", 4, 690, 562, -647, 13949, 108, 87},
    {"Papua Tengah", 8, 1208, 1369, -385, 13705, 34, 87},
    {"Papua Pegunungan", 8, 2627, 1471, -407, 13902, 38, 68},
    {"Papua Barat Daya", 6, 1013, 623, -110, 13197, 43, 73},
};
enum { N_PROVINCES = sizeof provinces / sizeof *provinces };

/* A province's spread is that of its regencies' middles and of the villages round them: 0.8^2 + 0.6^2 = 1, in
   tenths. */
enum { BETWEEN = 8, WITHIN = 6 };

/* exp(0.7 z) at the middles of sixteen equally likely parts of the normal distribution, in hundredths: a
   log-normal factor, the same on every machine. */
static const int factors[] = {27, 40, 49, 58, 67, 75, 85, 95, 106, 118, 133, 150, 172, 203, 252, 368};

static int draw_factor(draw_state *random) {
    return factors[draw_range(random, 0, (int)(sizeof factors / sizeof *factors) - 1)];
}

int national_map_alloc(national_map *map, int n_villages, int n_regencies) {
    map->n_villages = n_villages;
    map->n_regencies = n_regencies;
    map->villages = pulang_alloc((size_t)n_villages, sizeof *map->villages);
    map->population = pulang_alloc((size_t)n_regencies, sizeof *map->population);
    return map->villages && map->population ? 0 : -1;
}

void national_map_clear(national_map *map) {
    pulang_free(map->villages);
    pulang_free(map->population);
}

/* Bell-shaped about middle, spread its standard deviation: that of draw_bell is a sixth of its range. */
static int draw_about(draw_state *random, int middle, int spread) {
    return draw_bell(random, middle - 3 * spread, middle + 3 * spread);
}

/* The regencies of a province have populations in proportion to the factors drawn. */
static void draw_province(draw_state *random, const province *p, national_village *villages,
                          int first_regency, int64_t *population) {
    int lat[MOST_REGENCIES], lon[MOST_REGENCIES], factor[MOST_REGENCIES], sum = 0;
    for (int r = 0; r < p->regencies; r++) { /* thousandths of a degree */
        lat[r] = draw_about(random, 10 * p->lat, BETWEEN * p->lat_spread);
        lon[r] = draw_about(random, 10 * p->lon, BETWEEN * p->lon_spread);
        sum += factor[r] = draw_factor(random);
    }
    for (int r = 0; r < p->regencies; r++)
        population[r] = (int64_t)1000 * p->thousands * factor[r] / sum;
    for (int i = 0; i < p->villages; i++) {
        int r = (int)((int64_t)i * p->regencies / p->villages);
        villages[i].lat = draw_about(random, lat[r], WITHIN * p->lat_spread) / 1000.0;
        villages[i].lon = draw_about(random, lon[r], WITHIN * p->lon_spread) / 1000.0;
        villages[i].regency = first_regency + r;
    }
}

int national_map_draw(draw_state *random, national_map *map) {
    int n_villages = 0, n_regencies = 0, village = 0, regency = 0;
    for (int i = 0; i < N_PROVINCES; i++) {
        n_villages += provinces[i].villages;
        n_regencies += provinces[i].regencies;
    }
    if (national_map_alloc(map, n_villages, n_regencies))
        return -1;
    for (int i = 0; i < N_PROVINCES; i++) {
        draw_province(random, &provinces[i], map->villages + village, regency, map->population + regency);
        village += provinces[i].villages;
        regency += provinces[i].regencies;
    }
    return 0;
}

int national_map_settle(draw_state *random, national_map *map) {
    int64_t *sum = pulang_alloc((size_t)map->n_regencies, sizeof *sum);
    if (!sum)
        return -1;
    for (int i = 0; i < map->n_villages; i++) {
        map->villages[i].weight = draw_factor(random);
        sum[map->villages[i].regency] += map->villages[i].weight;
    }
    for (int i = 0; i < map->n_villages; i++) {
        national_village *v = &map->villages[i];
        v->weight = 100 * map->population[v->regency] * v->weight / sum[v->regency];
    }
    pulang_free(sum);
    return 0;
}
