/*
 * PPPK: grades V, VII, IX and X of the annex to Perpres 11/2024, two years a step. PNS: entry pay as
 * stated in the vacancies of 2024 (II/c, III/a, III/b; SMA: II/a) and, in place of the table, the
 * usual rise of 3.15 % every two years, rounded to 100 rupiah.
 */
#include "cli/generate/pay.h"

#define STEPS 12

static const int pppk[][STEPS] = {
    [EDUCATION_SMA] = {2511500, 2551100, 2631400, 2714300, 2799800, 2888000, 2978900, 3072800, 3169500,
                       3269400, 3372300, 3478500},
    [EDUCATION_D3] = {2858800, 2858800, 2858800, 2948800, 3041700, 3137500, 3236300, 3338200, 3443400,
                      3551800, 3663700, 3779100},
    [EDUCATION_S1] = {3203600, 3304400, 3408500, 3515900, 3626600, 3740800, 3858600, 3980200, 4105500,
                      4234800, 4368200, 4505800},
    [EDUCATION_S2] = {3339100, 3444200, 3552700, 3664600, 3780000, 3899100, 4021900, 4148500, 4279200,
                      4414000, 4553000, 4696400},
};

static const int pns_entry[] = {
    [EDUCATION_SMA] = 2184000,
    [EDUCATION_D3] = 2485900,
    [EDUCATION_S1] = 2785700,
    [EDUCATION_S2] = 2903600,
};

int pay_pppk(schooling education, int years) {
    int step = years / 2;
    return pppk[education][step < STEPS ? step : STEPS - 1];
}

int pay_pns(schooling education, int years) {
    int64_t pay = pns_entry[education];
    for (int step = 0; step < years / 2; step++)
        pay = (pay * 10315 + 500000) / 1000000 * 100;
    return (int)pay;
}
