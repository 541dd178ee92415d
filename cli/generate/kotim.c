/*
 * Kotawaringin Timur: too few staff, crowded around Sampit, for 185 villages along the Mentaya.
 *
 * Civil servants (pns) hold the town today, contract staff (pppk) cover the interior, for whom the posts
 * of the town are closed. About 15 % more seats than people. All rules nest in place, unit or district
 * of one kind of post, so that the assignment core can solve it.
 */
#include "cli/generate/kotim.h"

#include "cli/generate/kinds.h"
#include "cli/generate/people.h"

#include <string.h>

#define TUMBANG_GAGU "62.02.10.2017" /* Antang Kalang, 155 km upriver */

static const char scenario[] =
    "# Kotawaringin Timur: send people home, and leave no village without staff.\n"
    "title: Kotawaringin Timur, everyone where they stay\n"
    "\n"
    "# What is wanted, most important first. Each is proven before the next is looked at.\n"
    "levels: [required, unplaced, shortage, preference]\n"
    "\n"
    "# How much the wishes of the last level count against each other.\n"
    "weights:\n"
    "  hometown: 10   # who lives near home stays\n"
    "  skills: 2\n"
    "  merit: 0       # no matter here: all posts of a kind are alike\n"
    "  wish: 3\n"
    "  move: 1        # each move costs a household\n"
    "\n"
    "# Share of people who are still there after some years, by hours of travel from home.\n" KOTIM_HOMETOWN
    "  mismatch: 0.6  # somebody from the town does not last in the interior\n"
    "  unknown: 0.45\n"
    "\n"
    "tenure:\n"
    "  min_years: 2   # who came less than two years ago stays\n"
    "\n"
    "# The way from today to the plan, in steps.\n"
    "phases:\n"
    "  - {name: 2026 first half, moves: 600}\n"
    "  - {name: 2026 second half, moves: 900}\n"
    "  - {name: 2027, moves: 1200}\n";

static const char strong_home[] =
    "# What if going home counted three times as much? Everything not named here is as in scenario.yaml.\n"
    "extend: scenario.yaml\n"
    "title: Kotawaringin Timur, home first\n"
    "weights:\n"
    "  hometown: 30\n"
    "hometown:\n"
    "  mismatch: 0.9\n";

static const char open_town[] =
    "# What if the town kept all its seats? The caps on Sampit are switched off.\n"
    "extend: scenario.yaml\n"
    "title: Kotawaringin Timur, without the cap on Sampit\n"
    "quotas:\n"
    "  - {quota: Cap on Sampit primary schools, on: no}\n"
    "  - {quota: Cap on Sampit secondary schools, on: no}\n"
    "  - {quota: Cap on Sampit clinics, on: no}\n";

void kotim_place_zones(problem_draft *draft) {
    draft_place_zones(draft, draft_place_of(draft, KOTIM_SEAT), 10, 45);
}

int kotim_priority(const draft_place *place) {
    return 10 + place->zone * 5 + place->remoteness / 100;
}

int kotim_add_post(problem_draft *draft, const post_order *order) {
    int j = draft_add_post(draft, order);
    const draft_place *place = &draft->places[order->place];
    draft_post *post = &draft->posts[j];
    int priority = kotim_priority(place);
    post->cells[POST_PRIORITY] = draft_text(draft, "%d.%d", priority / 10, priority % 10);
    post->cells[POST_CONTRACT] = place->zone == ZONE_TOWN ? "pns" : "";
    return j;
}

static void add_schools(problem_draft *draft, int p) {
    static const int sd[] = {14, 11, 10}, smp[] = {26, 18, 16};
    const draft_place *place = &draft->places[p];
    for (int k = 1; k <= place->sd + place->smp; k++) {
        bool primary = k <= place->sd;
        int number = primary ? k : k - place->sd;
        post_order order = {.place = p, .kind = "school", .suffix = draft_text(draft, "%d", number)};
        order.job = primary ? JOB_TEACHER_SD : JOB_TEACHER_SMP;
        order.unit = draft_text(draft, primary ? "SDN %d %s" : "SMPN %d %s", number, place->name);
        order.target = (primary ? sd : smp)[place->zone];
        order.min = primary ? 4 + (place->zone == ZONE_TOWN) : 8;
        int post = kotim_add_post(draft, &order);
        if (place->zone == ZONE_TOWN)
            draft->posts[post].cells[POST_PREFERS] = "computer:2";
        else if (place->zone == ZONE_INTERIOR)
            draft->posts[post].cells[POST_PREFERS] = "dayak:1";
    }
}

/* A puskesmas at every seat of a district, two in the town; a branch in the other villages. */
static void add_clinics(problem_draft *draft, int p) {
    static const struct {
        int job, min, target[2];
    } staff[] = {
        {JOB_NURSE, 4, {12, 16}},
        {JOB_MIDWIFE, 3, {9, 12}},
        {JOB_DOCTOR, 1, {3, 4}},
        {JOB_HEALTH_TECH, 2, {6, 8}},
    };
    const draft_place *place = &draft->places[p];
    bool town = place->zone == ZONE_TOWN;
    if (place->seat) {
        for (int s = 0; s < 4 * (town ? 2 : 1); s++) {
            int number = s / 4 + 1, job = staff[s % 4].job;
            const char *unit = town ? draft_text(draft, "Puskesmas %s %d", place->district, number)
                                    : draft_text(draft, "Puskesmas %s", place->district);
            const char *suffix = town ? draft_text(draft, "_p%d", number) : "_p";
            kotim_add_post(draft, &(post_order){p, job, unit, "clinic", suffix, staff[s % 4].min,
                                                staff[s % 4].target[town]});
        }
    } else {
        const char *unit = draft_text(draft, "Pustu %s", place->name);
        kotim_add_post(draft, &(post_order){p, JOB_MIDWIFE, unit, "branch clinic", "", 1, 1});
        if (place->zone == ZONE_INTERIOR)
            kotim_add_post(draft, &(post_order){p, JOB_NURSE, unit, "branch clinic", "", 0, 1});
    }
}

static void add_village_office(problem_draft *draft, int p) {
    const draft_place *place = &draft->places[p];
    const char *unit = draft_text(draft, place->kelurahan ? "Kelurahan %s" : "Kantor Desa %s", place->name);
    int administrators = place->kelurahan ? 6 : 2;
    kotim_add_post(draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "village office", "", 1, administrators});
    kotim_add_post(draft, &(post_order){p, JOB_EXTENSION, unit, "village office", "", 0, 1});
    if (place->kelurahan)
        kotim_add_post(draft, &(post_order){p, JOB_FINANCE, unit, "village office", "", 0, 1});
}

static void add_district_office(problem_draft *draft, int p) {
    const char *unit = draft_text(draft, "Kecamatan %s", draft->places[p].district);
    const char *field = draft_text(draft, "BPP %s", draft->places[p].district);
    kotim_add_post(draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "district office", "_k", 3, 8});
    kotim_add_post(draft, &(post_order){p, JOB_FINANCE, unit, "district office", "_k", 1, 2});
    kotim_add_post(draft, &(post_order){p, JOB_SOCIAL, unit, "district office", "_k", 1, 2});
    kotim_add_post(draft, &(post_order){p, JOB_EXTENSION, field, "district office", "_b", 1, 4});
}

/* Names of offices after the vacancies of 2024 (SSCASN), completed by the usual ones. */
static const struct {
    const char *name;
    int engineers, planners;
} offices[] = {
    {"Sekretariat Daerah", 0, 4},
    {"Sekretariat DPRD", 0, 1},
    {"Inspektorat", 2, 2},
    {"BAPPEDA dan Riset Inovasi Daerah", 2, 12},
    {"Badan Keuangan dan Aset Daerah", 0, 4},
    {"Badan Pendapatan Daerah", 0, 2},
    {"BKPSDM", 0, 3},
    {"Badan Kesatuan Bangsa dan Politik", 0, 2},
    {"BPBD", 3, 1},
    {"Dinas Pendidikan", 1, 4},
    {"Dinas Kesehatan", 0, 4},
    {"Dinas Sosial", 0, 2},
    {"Dinas Pemberdayaan Masyarakat dan Desa", 0, 4},
    {"Dinas Pertanian dan Ketahanan Pangan", 4, 3},
    {"Dinas Perikanan", 3, 2},
    {"Dinas Lingkungan Hidup", 5, 2},
    {"Dinas Sumber Daya Air Bina Marga dan Perumahan", 16, 4},
    {"Dinas Cipta Karya Tata Ruang dan Pertanahan", 12, 4},
    {"Dinas Perhubungan", 5, 1},
    {"Dinas Komunikasi dan Informatika", 0, 1},
    {"Dinas Koperasi UKM Perindustrian dan Perdagangan", 1, 2},
    {"Dinas Tenaga Kerja dan Transmigrasi", 0, 2},
    {"Dinas Kebudayaan dan Pariwisata", 0, 1},
    {"Dinas Kependudukan dan Pencatatan Sipil", 0, 1},
    {"DPMPTSP", 0, 2},
    {"Satpol PP dan Damkar", 0, 1},
};

static void add_offices(problem_draft *draft, int seat) {
    int hospital[][3] = {
        {JOB_NURSE, 90, 180}, {JOB_MIDWIFE, 30, 60}, {JOB_DOCTOR, 20, 45}, {JOB_HEALTH_TECH, 30, 70}};
    for (int k = 0; k < 4; k++)
        kotim_add_post(draft, &(post_order){seat, hospital[k][0], "RSUD dr. Murjani", "hospital", "_rsud",
                                            hospital[k][1], hospital[k][2]});
    for (size_t k = 0; k < sizeof offices / sizeof *offices; k++) {
        const char *unit = offices[k].name, *suffix = draft_text(draft, "_%02zu", k + 1);
        kotim_add_post(draft, &(post_order){seat, JOB_ADMINISTRATOR, unit, "regency office", suffix, 4, 12});
        kotim_add_post(draft, &(post_order){seat, JOB_FINANCE, unit, "regency office", suffix, 1, 3});
        kotim_add_post(draft,
                       &(post_order){seat, JOB_IT, unit, "regency office", suffix, 0, k == 19 ? 12 : 2});
        kotim_add_post(
            draft, &(post_order){seat, JOB_PLANNER, unit, "regency office", suffix, 0, offices[k].planners});
        if (offices[k].engineers)
            kotim_add_post(draft, &(post_order){seat, JOB_ENGINEER, unit, "regency office", suffix, 0,
                                                offices[k].engineers});
    }
}

/* Who came first crowds the town; contract staff hold the interior. Weights of town, near, interior. */
static void settle(problem_draft *draft, int person, bool pns) {
    static const int weight[2][3] = {{10, 35, 55}, {72, 18, 10}};
    if (draw_chance(&draft->random, 4))
        return; /* newly appointed, no post yet */
    place_zone first = (place_zone)draw_weighted(&draft->random, weight[pns], 3);
    if (first == ZONE_TOWN && people_settle(draft, person, ZONE_TOWN, false))
        return;
    if (!people_settle(draft, person, first == ZONE_NEAR ? ZONE_NEAR : ZONE_INTERIOR, true) &&
        !people_settle(draft, person, first == ZONE_NEAR ? ZONE_INTERIOR : ZONE_NEAR, true))
        people_settle(draft, person, ZONE_TOWN, false);
}

static void hire_one(problem_draft *draft, int job, bool pns, int origin) {
    hire_order hire = {job, REGION_KALIMANTAN, pns ? "pns" : "pppk", origin, 5};
    int person = people_hire(draft, &hire);
    bool interior = origin >= 0 && draft->places[origin].zone == ZONE_INTERIOR;
    if (draw_chance(&draft->random, 30))
        people_skill(draft, person, "computer", 2);
    if (draw_chance(&draft->random, interior ? 75 : 12))
        people_skill(draft, person, "dayak", 1);
    settle(draft, person, pns);
    if (draw_chance(&draft->random, 15))
        people_wish(draft, person, 3);
}

int kotim_draw_origin(problem_draft *draft) {
    int chance = draw_range(&draft->random, 0, 99);
    if (chance < 12)
        return -1;
    return chance < 45 ? people_townsman(draft) : people_village(draft);
}

int kotim_contract_share(int job) {
    static const int share[N_JOBS] = {
        [JOB_TEACHER_SD] = 45, [JOB_TEACHER_SMP] = 45, [JOB_NURSE] = 38,     [JOB_MIDWIFE] = 45,
        [JOB_DOCTOR] = 20,     [JOB_HEALTH_TECH] = 35, [JOB_EXTENSION] = 50, [JOB_ADMINISTRATOR] = 35,
        [JOB_FINANCE] = 20,    [JOB_SOCIAL] = 50,
    };
    return share[job];
}

static void hire_staff(problem_draft *draft, int job) {
    int seats = 0;
    for (int j = 0; j < draft->n_posts; j++)
        if (draft->posts[j].job == job)
            seats += draft->posts[j].target;
    for (int k = 0; k < seats * KOTIM_STAFF_PERCENT / 100; k++)
        hire_one(draft, job, !draw_chance(&draft->random, kotim_contract_share(job)),
                 kotim_draw_origin(draft));
}

/* People of Tumbang Gagu: most found work in Sampit. */
static void hire_natives(problem_draft *draft) {
    static const int natives[] = {JOB_TEACHER_SD,    JOB_TEACHER_SD, JOB_TEACHER_SD, JOB_MIDWIFE,
                                  JOB_NURSE,         JOB_DOCTOR,     JOB_EXTENSION,  JOB_ADMINISTRATOR,
                                  JOB_ADMINISTRATOR, JOB_TEACHER_SMP};
    int village = draft_place_of(draft, TUMBANG_GAGU);
    for (size_t k = 0; k < sizeof natives / sizeof *natives; k++)
        hire_one(draft, natives[k], k % 3 != 2, village);
}

static void add_quotas(problem_draft *draft) {
    draft_add_quota(draft, (draft_quota){.quota = "Puskesmas staff",
                                         .each = "unit",
                                         .posts = "kind=clinic",
                                         .measure = "heads",
                                         .min = "12",
                                         .basis = "Permenkes 43/2019 on puskesmas"});
    draft_add_quota(draft, (draft_quota){.quota = "Village office staff",
                                         .each = "place",
                                         .posts = "kind=village office",
                                         .measure = "heads",
                                         .min = "1",
                                         .basis = "UU 6/2014 on villages"});
    draft_add_quota(draft, (draft_quota){.quota = "Extension and administration per district",
                                         .each = "district",
                                         .posts = "kind=village office",
                                         .measure = "heads",
                                         .min = "8",
                                         .basis = "Regency staffing plan"});
    draft_add_quota(draft, (draft_quota){.quota = "Primary teachers per district",
                                         .each = "district",
                                         .posts = "role=teacher_sd",
                                         .measure = "heads",
                                         .min = "30",
                                         .basis = "Permendikbud 23/2013, minimum service"});
    draft_add_quota(draft, (draft_quota){.quota = "Cap on Sampit primary schools",
                                         .each = "district",
                                         .posts = "role=teacher_sd&zone=town",
                                         .measure = "heads",
                                         .max = "340",
                                         .basis = "Regency moratorium on the town"});
    draft_add_quota(draft, (draft_quota){.quota = "Cap on Sampit secondary schools",
                                         .posts = "role=teacher_smp&zone=town",
                                         .measure = "heads",
                                         .max = "132",
                                         .basis = "Regency moratorium on the town"});
    draft_add_quota(draft, (draft_quota){.quota = "Cap on Sampit clinics",
                                         .posts = "kind=clinic&zone=town",
                                         .measure = "heads",
                                         .max = "120",
                                         .basis = "Regency moratorium on the town"});
}

void kind_kotim(problem_draft *draft) {
    kotim_place_zones(draft);
    for (int p = 0; p < draft->n_places; p++) {
        add_schools(draft, p);
        add_clinics(draft, p);
        add_village_office(draft, p);
        if (draft->places[p].seat)
            add_district_office(draft, p);
    }
    add_offices(draft, draft_place_of(draft, KOTIM_SEAT));
    hire_natives(draft);
    for (int job = 0; job < N_JOBS; job++)
        hire_staff(draft, job);
    people_number(draft);
    add_quotas(draft);
    draft_add_scenario(draft, "scenario.yaml", scenario);
    draft_add_scenario(draft, "strong-home.yaml", strong_home);
    draft_add_scenario(draft, "open-town.yaml", open_town);
}
