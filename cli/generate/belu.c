/*
 * Belu: every desa gets exactly ten contract staff (PPPK), full-time and part-time, and exactly three
 * companions of its village cooperative; the others go to the offices by job and workload analysis (ABK).
 */
#include "cli/generate/kinds.h"
#include "cli/generate/people.h"

#define ATAMBUA "53.04.12.1001" /* Kota Atambua, the seat of the regency */

static const char scenario[] =
    "# Belu: ten contract staff and three cooperative companions in every desa, the rest by workload.\n"
    "title: Belu, PPPK for every desa\n"
    "\n"
    "levels: [required, unplaced, shortage, preference]\n"
    "\n"
    "weights:\n"
    "  hometown: 10\n"
    "  skills: 2\n"
    "  merit: 0\n"
    "  wish: 3\n"
    "  move: 0        # all are newly appointed: nobody has a post to leave\n"
    "\n"
    "# Belu is small: an hour's ride is far.\n"
    "hometown:\n"
    "  by: km\n"
    "  curve:\n"
    "    - {at: 0, retention: 0.95}\n"
    "    - {at: 5, retention: 0.90}\n"
    "    - {at: 15, retention: 0.80}\n"
    "    - {at: 40, retention: 0.60}\n"
    "    - {at: 80, retention: 0.45}\n"
    "  mismatch: 0.4\n"
    "  unknown: 0.5\n"
    "\n"
    "posts:\n"
    "  minimum: hard  # at least two full-time and two part-time staff in every desa, no exception\n"
    "\n"
    "workload:\n"
    "  effective_hours: 1250   # a year, Permenpan-RB 1/2020\n";

static const char eleven[] = "# What if every desa got eleven? The offices pay for it.\n"
                             "extend: scenario.yaml\n"
                             "title: Belu, eleven PPPK for every desa\n"
                             "quotas:\n"
                             "  - {quota: Ten PPPK in each desa, min: 11, max: 11}\n";

static void add_village(problem_draft *draft, int p) {
    const draft_place *place = &draft->places[p];
    const char *office = draft_text(draft, "Kantor Desa %s", place->name);
    const char *cooperative = draft_text(draft, "Koperasi Merah Putih %s", place->name);
    int full = draft_add_post(draft, &(post_order){p, JOB_VILLAGE, office, "village", "_full", 2, 6});
    draft_post_seats(draft, full, 2, 6, 8);
    draft->posts[full].cells[POST_CONTRACT] = "pppk";
    int part = draft_add_post(draft, &(post_order){p, JOB_VILLAGE, office, "village", "_part", 2, 4});
    draft_post_seats(draft, part, 2, 4, 8);
    draft->posts[part].cells[POST_CONTRACT] = "pppk_pw";
    int companion =
        draft_add_post(draft, &(post_order){p, JOB_COMPANION, cooperative, "cooperative", "", 0, 3});
    draft->posts[companion].cells[POST_CONTRACT] = "pppk|pppk_pw";
    draft->posts[companion].cells[POST_PREFERS] = "finance:1";
}

/* A yearly task, so that the post needs about `heads` people: volume * norm / 1250 hours. */
static void add_work(problem_draft *draft, int post, int heads, const char *task, int norm) {
    int hours = heads * 1250 + draw_range(&draft->random, -400, 400);
    draft_add_task(draft, (draft_task){draft->posts[post].cells[POST_ID], task, hours * 10 / norm, norm});
}

/* A post of an office: no target, its need comes from two tasks (norms in tenths of hours). */
static void add_office_post(problem_draft *draft, int place, const char *unit, const char *suffix, int job,
                            int heads) {
    static const struct {
        int job;
        const char *main, *side;
        int main_norm, side_norm;
    } work[] = {
        {JOB_ADMINISTRATOR, "Letters and files", "Service desk", 15, 5},
        {JOB_FINANCE, "Vouchers checked", "Reports of accounts", 10, 160},
        {JOB_IT, "Repairs and installations", "Data published", 25, 80},
        {JOB_EXTENSION, "Visits to farmer groups", "Demonstration plots", 40, 240},
        {JOB_NURSE, "Patients treated", "Home visits", 5, 20},
        {JOB_MIDWIFE, "Antenatal visits", "Births attended", 10, 80},
        {JOB_SOCIAL, "Families visited", "Cases reported", 20, 60},
        {JOB_ENGINEER, "Site inspections", "Designs and estimates", 60, 400},
    };
    size_t w = 0;
    while (work[w].job != job)
        w++;
    int post = draft_add_post(draft, &(post_order){place, job, unit, "office", suffix, 0, -1});
    draft->posts[post].target = heads; /* for the draw of staff only */
    add_work(draft, post, heads - heads / 3, work[w].main, work[w].main_norm);
    if (heads >= 3)
        add_work(draft, post, heads / 3, work[w].side, work[w].side_norm);
}

/* Names of offices after the vacancies of 2024 (SSCASN), completed by the usual ones. Heads by job. */
static void add_offices(problem_draft *draft, int seat) {
    static const struct {
        const char *name;
        int job[3], heads[3];
    } offices[] = {
        {"Sekretariat Daerah", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {14, 6, 4}},
        {"Sekretariat DPRD", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {8, 4, 1}},
        {"Dinas Pendidikan", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {16, 6, 4}},
        {"Dinas Kesehatan", {JOB_ADMINISTRATOR, JOB_NURSE, JOB_MIDWIFE}, {8, 24, 18}},
        {"RSUD Mgr. Gabriel Manek", {JOB_ADMINISTRATOR, JOB_NURSE, JOB_MIDWIFE}, {10, 46, 20}},
        {"Dinas Pertanian dan Ketahanan Pangan", {JOB_ADMINISTRATOR, JOB_EXTENSION, JOB_FINANCE}, {6, 36, 3}},
        {"Dinas Peternakan dan Perikanan", {JOB_ADMINISTRATOR, JOB_EXTENSION, JOB_FINANCE}, {5, 14, 3}},
        {"Dinas Koperasi Tenaga Kerja dan Transmigrasi",
         {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_FINANCE},
         {6, 8, 3}},
        {"Dinas Sosial", {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_FINANCE}, {5, 18, 3}},
        {"Dinas Pemberdayaan Masyarakat dan Desa", {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_FINANCE}, {6, 10, 3}},
        {"Dinas PUPR", {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE}, {8, 24, 3}},
        {"Dinas Perumahan Rakyat", {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE}, {4, 10, 2}},
        {"Dinas Kependudukan dan Pencatatan Sipil", {JOB_ADMINISTRATOR, JOB_IT, JOB_FINANCE}, {14, 6, 2}},
        {"Dinas Komunikasi dan Informatika", {JOB_ADMINISTRATOR, JOB_IT, JOB_FINANCE}, {4, 12, 2}},
        {"Badan Keuangan Daerah", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {6, 18, 3}},
        {"BKPSDM", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {8, 2, 3}},
        {"Satpol PP", {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT}, {20, 1, 1}},
        {"BPBD", {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE}, {8, 5, 1}},
    };
    for (size_t k = 0; k < sizeof offices / sizeof *offices; k++)
        for (int i = 0; i < 3; i++)
            add_office_post(draft, seat, offices[k].name, draft_text(draft, "_%02zu", k + 1),
                            offices[k].job[i], offices[k].heads[i]);
}

static void add_district_office(problem_draft *draft, int p) {
    const char *unit = draft_text(draft, "Kecamatan %s", draft->places[p].district);
    add_office_post(draft, p, unit, "_k", JOB_ADMINISTRATOR, 4);
    add_office_post(draft, p, unit, "_k", JOB_SOCIAL, 1);
    add_office_post(draft, p, draft_text(draft, "Puskesmas %s", draft->places[p].district), "_p", JOB_NURSE,
                    4);
}

static int draw_origin(problem_draft *draft) {
    int chance = draw_range(&draft->random, 0, 99);
    if (chance < 6)
        return -1;
    return chance < 35 ? people_townsman(draft) : people_village(draft);
}

static void hire_staff(problem_draft *draft, int job, int n) {
    for (int k = 0; k < n; k++) {
        bool part_time = draw_chance(&draft->random, 40);
        hire_order hire = {job, REGION_TIMOR, part_time ? "pppk_pw" : "pppk", draw_origin(draft), 5};
        int person = people_hire(draft, &hire);
        if (job == JOB_FINANCE || job == JOB_SOCIAL || draw_chance(&draft->random, 18))
            people_skill(draft, person, "koperasi", draw_range(&draft->random, 1, 2));
        if (draw_chance(&draft->random, 10))
            people_wish(draft, person, 2);
    }
}

void kind_belu(problem_draft *draft) {
    static const struct {
        int job, n;
    } staff[] = {{JOB_ADMINISTRATOR, 640}, {JOB_FINANCE, 130}, {JOB_IT, 70},      {JOB_EXTENSION, 130},
                 {JOB_NURSE, 190},         {JOB_MIDWIFE, 90},  {JOB_SOCIAL, 130}, {JOB_ENGINEER, 80}};
    int seat = draft_place_of(draft, ATAMBUA);
    draft_place_zones(draft, seat, 6, 20);
    for (int p = 0; p < draft->n_places; p++) {
        if (!draft->places[p].kelurahan)
            add_village(draft, p);
        if (draft->places[p].seat)
            add_district_office(draft, p);
    }
    add_offices(draft, seat);
    for (size_t k = 0; k < sizeof staff / sizeof *staff; k++)
        hire_staff(draft, staff[k].job, staff[k].n);
    people_number(draft);
    draft_add_quota(draft, (draft_quota){.quota = "Ten PPPK in each desa",
                                         .each = "place",
                                         .posts = "kind=village",
                                         .measure = "heads",
                                         .min = "10",
                                         .max = "10",
                                         .basis = "Decision of the regent on PPPK in desa"});
    draft_add_quota(draft, (draft_quota){.quota = "Three companions in each desa",
                                         .each = "place",
                                         .posts = "kind=cooperative",
                                         .measure = "heads",
                                         .min = "3",
                                         .max = "3",
                                         .basis = "Inpres 9/2025 on Koperasi Merah Putih"});
    draft_add_scenario(draft, "scenario.yaml", scenario);
    draft_add_scenario(draft, "eleven.yaml", eleven);
}
