#include "io/known.h"

#include <stddef.h>
#include <string.h>

/*
 * Assignment and gap1 .. gap12: J. E. Beasley, "OR-Library: distributing test problems by electronic mail",
 * Journal of the Operational Research Society 41 (1990); optima as on its pages. The problems of a file gapN
 * are numbered from 0. Types A to E of generalized assignment: P. C. Chu and J. E. Beasley, "A genetic
 * algorithm for the generalised assignment problem", Computers & Operations Research 24 (1997); optima as
 * tabulated by M. Yagiura, T. Ibaraki and F. Glover (European Journal of Operational Research 169, 2006) and
 * M. Posta, J. A. Ferland and P. Michelon (Computational Optimization and Applications 52, 2012). Instances
 * whose optimum is open are left out.
 */
static const struct {
    const char *instance;
    int size;
    int64_t optimum;
} optima[] = {
    {"assign100", 100, 305},     {"assign200", 200, 475},      {"assign300", 300, 626},
    {"assign400", 400, 804},     {"assign500", 500, 991},      {"assign600", 600, 1176},
    {"assign700", 700, 1362},    {"assign800", 800, 1552},     {"assignp800", 800, 2239},
    {"assignp1500", 1500, 5839}, {"assignp3000", 3000, 18696}, {"assignp5000", 5000, 48533},
    {"gap1-0", 15, 336},         {"gap1-1", 15, 327},          {"gap1-2", 15, 339},
    {"gap1-3", 15, 341},         {"gap1-4", 15, 326},          {"gap2-0", 20, 434},
    {"gap2-1", 20, 436},         {"gap2-2", 20, 420},          {"gap2-3", 20, 419},
    {"gap2-4", 20, 428},         {"gap3-0", 25, 580},          {"gap3-1", 25, 564},
    {"gap3-2", 25, 573},         {"gap3-3", 25, 570},          {"gap3-4", 25, 564},
    {"gap4-0", 30, 656},         {"gap4-1", 30, 644},          {"gap4-2", 30, 673},
    {"gap4-3", 30, 647},         {"gap4-4", 30, 664},          {"gap5-0", 24, 563},
    {"gap5-1", 24, 558},         {"gap5-2", 24, 564},          {"gap5-3", 24, 568},
    {"gap5-4", 24, 559},         {"gap6-0", 32, 761},          {"gap6-1", 32, 759},
    {"gap6-2", 32, 758},         {"gap6-3", 32, 752},          {"gap6-4", 32, 747},
    {"gap7-0", 40, 942},         {"gap7-1", 40, 949},          {"gap7-2", 40, 968},
    {"gap7-3", 40, 945},         {"gap7-4", 40, 951},          {"gap8-0", 48, 1133},
    {"gap8-1", 48, 1134},        {"gap8-2", 48, 1141},         {"gap8-3", 48, 1117},
    {"gap8-4", 48, 1127},        {"gap9-0", 30, 709},          {"gap9-1", 30, 717},
    {"gap9-2", 30, 712},         {"gap9-3", 30, 723},          {"gap9-4", 30, 706},
    {"gap10-0", 40, 958},        {"gap10-1", 40, 963},         {"gap10-2", 40, 960},
    {"gap10-3", 40, 947},        {"gap10-4", 40, 947},         {"gap11-0", 50, 1139},
    {"gap11-1", 50, 1178},       {"gap11-2", 50, 1195},        {"gap11-3", 50, 1171},
    {"gap11-4", 50, 1171},       {"gap12-0", 60, 1451},        {"gap12-1", 60, 1449},
    {"gap12-2", 60, 1433},       {"gap12-3", 60, 1447},        {"gap12-4", 60, 1446},
    {"a05100", 100, 1698},       {"a10100", 100, 1360},        {"a20100", 100, 1158},
    {"a05200", 200, 3235},       {"a10200", 200, 2623},        {"a20200", 200, 2339},
    {"b05100", 100, 1843},       {"b10100", 100, 1407},        {"b20100", 100, 1166},
    {"b05200", 200, 3552},       {"b10200", 200, 2827},        {"b20200", 200, 2339},
    {"c05100", 100, 1931},       {"c10100", 100, 1402},        {"c20100", 100, 1243},
    {"c05200", 200, 3456},       {"c10200", 200, 2806},        {"d05100", 100, 6353},
    {"d10100", 100, 6347},       {"d20100", 100, 6185},        {"e05100", 100, 12681},
    {"e10100", 100, 11577},      {"e05200", 200, 24930},       {"e10200", 200, 23307},
    {"c20200", 200, 2391},       {"e20200", 200, 22379},       {"e40400", 400, 44561},
    {"c40400", 400, 4244},       {"c30900", 900, 9982},        {"c201600", 1600, 18802},
    {"d401600", 1600, 97105},
};

bool pulang_known_optimum(const char *instance, int size, int64_t *optimum) {
    for (size_t i = 0; i < sizeof optima / sizeof *optima; i++)
        if (optima[i].size == size && strcmp(optima[i].instance, instance) == 0) {
            *optimum = optima[i].optimum;
            return true;
        }
    return false;
}
