/*
 * Kutai Timur: the right person in the right place. Strategic posts ask for leadership and merit, so slow
 * performers (merit below 50) cannot get one; regency staff run the cooperative of each of 141 villages.
 */
#include "cli/generate/kinds.h"
#include "cli/generate/people.h"

#define SANGATTA "64.08.04.1010" /* Teluk Lingga, the seat of the regency */

static const char scenario[] = "# Kutai Timur: competence and merit decide who gets a strategic post.\n"
                               "title: Kutai Timur, the right person in the right place\n"
                               "\n"
                               "levels: [required, unplaced, shortage, preference]\n"
                               "\n"
                               "weights:\n"
                               "  hometown: 4\n"
                               "  skills: 8      # the levels of skill that a post prefers\n"
                               "  merit: 15      # high merit belongs in weighty posts\n"
                               "  wish: 2\n"
                               "  move: 1\n"
                               "\n"
                               "hometown:\n"
                               "  by: km\n"
                               "  curve:\n"
                               "    - {at: 0, retention: 0.95}\n"
                               "    - {at: 20, retention: 0.85}\n"
                               "    - {at: 60, retention: 0.68}\n"
                               "    - {at: 150, retention: 0.50}\n"
                               "    - {at: 300, retention: 0.40}\n"
                               "  mismatch: 0.5\n"
                               "  unknown: 0.5\n";

static const char settled[] = "# What if staying near home counted as much as merit?\n"
                              "extend: scenario.yaml\n"
                              "title: Kutai Timur, settled staff\n"
                              "weights:\n"
                              "  hometown: 15\n";

static void add_cooperative(problem_draft *draft, int p) {
    const char *unit = draft_text(draft, "Koperasi Merah Putih %s", draft->places[p].name);
    int manager = draft_add_post(draft, &(post_order){p, JOB_COMPANION, unit, "cooperative", "_head", 1, 1});
    const char **cells = draft->posts[manager].cells;
    cells[POST_REQUIRES] = "koperasi:2";
    cells[POST_PREFERS] = "finance:2|leadership:1";
    cells[POST_MIN_MERIT] = "55";
    cells[POST_PRIORITY] = "2";
    int officer = draft_add_post(draft, &(post_order){p, JOB_COMPANION, unit, "cooperative", "", 0, 2});
    cells = draft->posts[officer].cells;
    cells[POST_PREFERS] = "finance:1|it:1";
}

/* The head and the secretary of an office. */
static void add_strategic(problem_draft *draft, int p, const char *unit, const char *suffix,
                          const char *field) {
    int head = draft_add_post(draft, &(post_order){p, JOB_MANAGER, unit, "strategic", suffix, 1, 1});
    const char **cells = draft->posts[head].cells;
    cells[POST_REQUIRES] = "leadership:3";
    cells[POST_PREFERS] = draft_text(draft, "%s:3", field);
    cells[POST_MIN_MERIT] = "75";
    cells[POST_PRIORITY] = "4";
    int second = draft_add_post(
        draft, &(post_order){p, JOB_MANAGER, unit, "strategic", draft_text(draft, "%s_sec", suffix), 1, 1});
    cells = draft->posts[second].cells;
    cells[POST_REQUIRES] = "leadership:2";
    cells[POST_PREFERS] = "administration:2|finance:2";
    cells[POST_MIN_MERIT] = "65";
    cells[POST_PRIORITY] = "3";
}

/* Names of offices after the vacancies of 2024 (SSCASN). */
static const struct {
    const char *name;
    int job, heads; /* its own trade, beside administrators and finance */
} offices[] = {
    {"Sekretariat Daerah", JOB_ADMINISTRATOR, 20},
    {"Badan Perencanaan Pembangunan Daerah", JOB_PLANNER, 14},
    {"Badan Riset dan Inovasi Daerah", JOB_PLANNER, 6},
    {"Dinas Ketahanan Pangan", JOB_EXTENSION, 10},
    {"Dinas Lingkungan Hidup", JOB_ENGINEER, 8},
    {"Dinas Pekerjaan Umum dan Penataan Ruang", JOB_ENGINEER, 24},
    {"Dinas Pemberdayaan Masyarakat dan Desa", JOB_SOCIAL, 16},
    {"DPMPTSP", JOB_ADMINISTRATOR, 12},
    {"Dinas Pendidikan dan Kebudayaan", JOB_ADMINISTRATOR, 18},
    {"Dinas Perikanan", JOB_EXTENSION, 12},
    {"Dinas Perindustrian dan Perdagangan", JOB_PLANNER, 6},
    {"Dinas Perkebunan", JOB_EXTENSION, 16},
    {"Dinas Perpustakaan dan Kearsipan", JOB_ADMINISTRATOR, 10},
    {"Dinas Pertanahan", JOB_ENGINEER, 10},
    {"Dinas Perumahan Rakyat dan Kawasan Permukiman", JOB_ENGINEER, 14},
    {"Dinas Sosial", JOB_SOCIAL, 18},
    {"Dinas Tanaman Pangan Hortikultura dan Peternakan", JOB_EXTENSION, 20},
    {"Dinas Transmigrasi dan Tenaga Kerja", JOB_SOCIAL, 10},
    {"Satpol PP", JOB_ADMINISTRATOR, 24},
};

/* An ordinary post; the suffix tells offices in the same place apart. */
static void add_staff(problem_draft *draft, int p, int job, const char *unit, const char *suffix, int heads) {
    int j = draft_add_post(draft, &(post_order){p, job, unit, "staff", suffix, heads / 2, heads});
    draft->posts[j].cells[POST_PREFERS] = draft_text(draft, "%s:2", jobs[job].skill);
}

static void add_offices(problem_draft *draft, int seat) {
    for (size_t k = 0; k < sizeof offices / sizeof *offices; k++) {
        const char *unit = offices[k].name, *suffix = draft_text(draft, "_%02zu", k + 1);
        add_strategic(draft, seat, unit, suffix, jobs[offices[k].job].skill);
        add_staff(draft, seat, offices[k].job, unit, suffix, offices[k].heads);
        add_staff(draft, seat, JOB_FINANCE, unit, suffix, 4);
        if (offices[k].job != JOB_ADMINISTRATOR)
            add_staff(draft, seat, JOB_ADMINISTRATOR, unit, suffix, 8);
        add_staff(draft, seat, JOB_IT, unit, suffix, 2);
    }
}

static void add_district_office(problem_draft *draft, int p) {
    const char *unit = draft_text(draft, "Kecamatan %s", draft->places[p].district);
    add_strategic(draft, p, unit, "_k", "administration");
    add_staff(draft, p, JOB_ADMINISTRATOR, unit, "_k", 8);
    add_staff(draft, p, JOB_FINANCE, unit, "_k", 2);
    add_staff(draft, p, JOB_SOCIAL, unit, "_k", 3);
}

static void hire_staff(problem_draft *draft, int job, int n) {
    for (int k = 0; k < n; k++) {
        int chance = draw_range(&draft->random, 0, 99);
        int origin = chance < 15 ? -1 : chance < 40 ? people_townsman(draft) : people_village(draft);
        const char *contract = draw_chance(&draft->random, 25) ? "pppk" : "pns";
        int person = people_hire(draft, &(hire_order){job, REGION_KALIMANTAN, contract, origin, 1});
        if (draw_chance(&draft->random, 45))
            people_skill(draft, person, "koperasi", draw_range(&draft->random, 1, 3));
        if (draw_chance(&draft->random, 55))
            people_skill(draft, person, "leadership", draw_range(&draft->random, 1, 3));
        people_settle(draft, person, draw_chance(&draft->random, 70) ? ZONE_TOWN : ZONE_INTERIOR, false);
        if (draw_chance(&draft->random, 15))
            people_wish(draft, person, 3);
    }
}

void kind_kutim(problem_draft *draft) {
    static const struct {
        int job, n;
    } staff[] = {{JOB_ADMINISTRATOR, 470}, {JOB_FINANCE, 190}, {JOB_IT, 60},      {JOB_EXTENSION, 90},
                 {JOB_SOCIAL, 160},        {JOB_PLANNER, 45},  {JOB_ENGINEER, 80}};
    int seat = draft_place_of(draft, SANGATTA);
    draft_place_zones(draft, seat, 12, 45);
    for (int p = 0; p < draft->n_places; p++) {
        add_cooperative(draft, p);
        if (draft->places[p].seat)
            add_district_office(draft, p);
    }
    add_offices(draft, seat);
    for (size_t k = 0; k < sizeof staff / sizeof *staff; k++)
        hire_staff(draft, staff[k].job, staff[k].n);
    people_number(draft);
    draft_add_quota(draft, (draft_quota){.quota = "A cooperative in every village",
                                         .each = "place",
                                         .posts = "kind=cooperative",
                                         .measure = "heads",
                                         .min = "1",
                                         .tier = "required",
                                         .basis = "Inpres 9/2025 on Koperasi Merah Putih"});
    draft_add_scenario(draft, "scenario.yaml", scenario);
    draft_add_scenario(draft, "settled.yaml", settled);
}
