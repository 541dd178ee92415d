/*
 * Purworejo: nobody idle. Every person is placed, and the hours of work of 494 villages and the offices
 * are divided completely: the largest overload of any post is made as small as it can be, before all else
 * but placing everybody. Full-time (37.5 h) and part-time (20 h) staff have posts of their own, so hours
 * per head are the same within a post.
 */
#include "cli/generate/kinds.h"
#include "cli/generate/people.h"

#include <string.h>

#define PURWOREJO "33.06.06.1017" /* Purworejo, the seat of the regency */
#define FULL_TIME 375             /* tenths of hours a week */
#define PART_TIME 200

static const char scenario[] =
    "# Purworejo: everybody has a role, and the work is shared out to the last hour.\n"
    "title: Purworejo, nobody idle and nobody overloaded\n"
    "\n"
    "# balance: the largest share of a post's hours that its staff cannot cover, as small as possible.\n"
    "levels: [required, unplaced, balance, shortage, preference]\n"
    "\n"
    "weights:\n"
    "  hometown: 10\n"
    "  skills: 2\n"
    "  merit: 0\n"
    "  wish: 3\n"
    "  move: 2\n"
    "\n"
    "hometown:\n"
    "  by: km\n"
    "  curve:\n"
    "    - {at: 0, retention: 0.97}\n"
    "    - {at: 5, retention: 0.93}\n"
    "    - {at: 15, retention: 0.85}\n"
    "    - {at: 40, retention: 0.70}\n"
    "  mismatch: 0.2\n"
    "  unknown: 0.6\n";

static const char fewest_moves[] =
    "# The same work shared out with as few moves as possible: a level of its own, before preference.\n"
    "extend: scenario.yaml\n"
    "title: Purworejo, fewest moves\n"
    "levels: [required, unplaced, balance, shortage, move, preference]\n";

/* A post that brings so much work a week (tenths of hours): seats enough to do it all. */
static int add_post(problem_draft *draft, const post_order *order, int work, bool part_time) {
    int each = part_time ? PART_TIME : FULL_TIME, most = (work + each - 1) / each;
    int j = draft_add_post(draft, order);
    const char **cells = draft->posts[j].cells;
    draft_post_seats(draft, j, 1, (work + each / 2) / each, most);
    cells[POST_HOURS] = draft_text(draft, "%d.%d", work / 10, work % 10);
    cells[POST_CONTRACT] = part_time ? "pppk_pw" : "pns|pppk";
    return j;
}

static void add_village(problem_draft *draft, int p) {
    const draft_place *place = &draft->places[p];
    const char *unit = draft_text(draft, place->kelurahan ? "Kelurahan %s" : "Kantor Desa %s", place->name);
    int work = draw_range(&draft->random, 16, 30) * 50 * (place->kelurahan ? 2 : 1);
    add_post(draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "village", "", 0, 0}, work, false);
    if (p % 3 == 0)
        add_post(draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "village", "_part", 0, 0},
                 draw_range(&draft->random, 8, 16) * 50, true);
}

/* Four offices are below par: half of the administrators that their work needs, and a low mark. */
static const struct {
    const char *name;
    bool below_par;
    int mark;   /* performance, 0..100 */
    int job[4]; /* and the heads' worth of work for each; 0 heads: none */
    int heads[4];
} offices[] = {
    {"Sekretariat Daerah", false, 82, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {40, 14, 6, 8}},
    {"Sekretariat DPRD", false, 78, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {20, 6, 2, 2}},
    {"Inspektorat", false, 85, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_ENGINEER, JOB_PLANNER}, {14, 18, 4, 3}},
    {"BAPPERIDA", false, 84, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {14, 4, 4, 24}},
    {"BPKPAD", false, 80, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {24, 40, 6, 4}},
    {"BKPSDM", false, 83, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {26, 4, 6, 4}},
    {"Dinas Pendidikan dan Kebudayaan",
     true,
     61,
     {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER},
     {44, 14, 10, 8}},
    {"Dinas Kesehatan", false, 79, {JOB_ADMINISTRATOR, JOB_NURSE, JOB_MIDWIFE, JOB_FINANCE}, {24, 60, 50, 8}},
    {"RSUD dr. Tjitrowardojo",
     false,
     81,
     {JOB_ADMINISTRATOR, JOB_NURSE, JOB_MIDWIFE, JOB_FINANCE},
     {40, 150, 40, 12}},
    {"Dinas Sosial", true, 58, {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_FINANCE, JOB_IT}, {18, 34, 4, 3}},
    {"Dinas Ketahanan Pangan dan Pertanian",
     false,
     77,
     {JOB_ADMINISTRATOR, JOB_EXTENSION, JOB_FINANCE, JOB_ENGINEER},
     {22, 80, 6, 6}},
    {"DPUPR", true, 63, {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE, JOB_PLANNER}, {26, 50, 8, 6}},
    {"Dinas Perumahan dan Lingkungan Hidup",
     false,
     76,
     {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE, JOB_PLANNER},
     {30, 18, 4, 4}},
    {"Dinas Perhubungan", true, 59, {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE, JOB_IT}, {36, 10, 4, 4}},
    {"Dinas Komunikasi dan Informatika",
     false,
     86,
     {JOB_ADMINISTRATOR, JOB_IT, JOB_FINANCE, JOB_PLANNER},
     {16, 26, 3, 3}},
    {"Dinas Kependudukan dan Pencatatan Sipil",
     false,
     88,
     {JOB_ADMINISTRATOR, JOB_IT, JOB_FINANCE, JOB_PLANNER},
     {40, 10, 3, 2}},
    {"Dinas Pemberdayaan Masyarakat dan Desa",
     false,
     80,
     {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_FINANCE, JOB_PLANNER},
     {18, 16, 4, 5}},
    {"Satpol PP dan Damkar", false, 75, {JOB_ADMINISTRATOR, JOB_FINANCE, JOB_IT, JOB_PLANNER}, {70, 4, 2, 2}},
    {"BPBD", false, 78, {JOB_ADMINISTRATOR, JOB_ENGINEER, JOB_FINANCE, JOB_SOCIAL}, {24, 8, 3, 6}},
};
enum { N_OFFICES = sizeof offices / sizeof *offices };

static void add_offices(problem_draft *draft, int seat) {
    for (int k = 0; k < N_OFFICES; k++)
        for (int i = 0; i < 4; i++) {
            const char *suffix = draft_text(draft, "_%02d", k + 1);
            post_order order = {seat, offices[k].job[i], offices[k].name, "office", suffix, 0, 0};
            int work = offices[k].heads[i] * FULL_TIME + draw_range(&draft->random, -2, 2) * 50;
            int j = add_post(draft, &order, work, false);
            draft->posts[j].cells[POST_PERFORMANCE] = draft_text(draft, "%d", offices[k].mark);
        }
}

static void add_district_office(problem_draft *draft, int p) {
    const char *unit = draft_text(draft, "Kecamatan %s", draft->places[p].district);
    static const int job[] = {JOB_ADMINISTRATOR, JOB_SOCIAL, JOB_EXTENSION}, heads[] = {12, 3, 6};
    for (int i = 0; i < 3; i++) {
        int work = heads[i] * FULL_TIME + draw_range(&draft->random, -2, 2) * 50;
        add_post(draft, &(post_order){p, job[i], unit, "district", "_k", 0, 0}, work, false);
    }
}

/* Share of a post's target that is held today, percent: the offices below par lack administrators. */
static int share_today(const draft_post *post) {
    for (int k = 0; k < N_OFFICES; k++)
        if (post->cells[POST_UNIT] == offices[k].name) {
            int below = post->job == JOB_ADMINISTRATOR ? 50 : 85;
            return offices[k].below_par ? below : 100;
        }
    return 92;
}

/* Today's holders of a post, hired near it more often than not. */
static void hire_holders(problem_draft *draft, int j, int n) {
    for (int k = 0; k < n; k++) {
        const draft_post *post = &draft->posts[j];
        bool part_time = strcmp(post->cells[POST_CONTRACT], "pppk_pw") == 0;
        const char *contract = part_time ? "pppk_pw" : draw_chance(&draft->random, 35) ? "pppk" : "pns";
        int chance = draw_range(&draft->random, 0, 99);
        int origin = chance < 35 ? post->place : chance < 95 ? people_village(draft) : -1;
        int person = people_hire(draft, &(hire_order){post->job, REGION_JAVA, contract, origin, 5});
        draft->persons[person].cells[PERSON_CURRENT] = post->cells[POST_ID];
        if (draw_chance(&draft->random, 10))
            people_wish(draft, person, 2);
    }
}

void kind_purworejo(problem_draft *draft) {
    int seat = draft_place_of(draft, PURWOREJO);
    draft_place_zones(draft, seat, 6, 20);
    for (int p = 0; p < draft->n_places; p++) {
        add_village(draft, p);
        if (draft->places[p].seat)
            add_district_office(draft, p);
    }
    add_offices(draft, seat);
    for (int j = 0; j < draft->n_posts; j++)
        hire_holders(draft, j, (draft->posts[j].target * share_today(&draft->posts[j]) + 50) / 100);
    people_number(draft);
    draft_add_quota(draft, (draft_quota){.quota = "workload",
                                         .each = "post",
                                         .measure = "hours",
                                         .target = "work",
                                         .tier = "balance",
                                         .basis = "Permenpan-RB 1/2020 on workload analysis"});
    draft_add_scenario(draft, "scenario.yaml", scenario);
    draft_add_scenario(draft, "fewest-moves.yaml", fewest_moves);
}
