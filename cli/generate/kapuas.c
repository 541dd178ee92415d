/*
 * Kapuas: 423 workers who are no civil servants and fall outside the part-time scheme. Offices with money
 * may take them on through a service provider, an individual or a company, by direct procurement, direct
 * appointment or e-purchasing. Posts are office x scheme x provider x job; a seat costs its pay. Budgets
 * of offices add up posts of different pay: they cut across the tree, so GLPK solves this one.
 */
#include "cli/generate/kinds.h"
#include "cli/generate/people.h"

#include <string.h>

#define KUALA_KAPUAS "62.03.01.1008" /* Selat Tengah, the seat of the regency */

static const char scenario[] =
    "# Kapuas: who of the 423 can be taken on, by which office, by which scheme, within the budgets?\n"
    "title: Kapuas, absorbing workers outside the civil service\n"
    "\n"
    "# As many as the budgets allow, then those who suit best.\n"
    "levels: [unplaced, preference]\n"
    "\n"
    "weights:\n"
    "  hometown: 5\n"
    "  skills: 2\n"
    "  merit: 10      # the better ones first\n"
    "  wish: 4        # each wishes to stay with the own office\n"
    "  move: 0        # all old posts end\n"
    "\n"
    "hometown:\n"
    "  by: km\n"
    "  curve:\n"
    "    - {at: 0, retention: 0.95}\n"
    "    - {at: 20, retention: 0.80}\n"
    "    - {at: 100, retention: 0.50}\n"
    "  mismatch: 0.4\n"
    "  unknown: 0.5\n";

static const char cut[] = "# What if the budget of the hospital were cut by a fifth?\n"
                          "extend: scenario.yaml\n"
                          "title: Kapuas, a fifth less for the hospital\n"
                          "quotas:\n"
                          "  - {quota: Budget RSUD dr. H. Soemarno Sosroatmodjo, max: 88200000}\n";

#define PACKAGE_CEILING 16600000     /* rupiah a month: 200 million in twelve months */
#define APPOINTMENT_CEILING 40000000 /* rupiah a month */

/* How a seat may be paid for; fee: rupiah a month on top of the wage, for the provider. */
static const struct {
    const char *scheme, *provider, *suffix;
    int fee, ceiling; /* 0: no ceiling */
} ways[] = {
    {"direct procurement", "individual", "_direct_individual", 0, PACKAGE_CEILING},
    {"direct procurement", "company", "_direct_company", 200000, PACKAGE_CEILING},
    {"direct appointment", "individual", "_appointed_individual", 0, APPOINTMENT_CEILING},
    {"e-purchasing", "company", "_catalogue_company", 200000, 0},
};
enum { DIRECT_PROCUREMENT = 2 }; /* the first ways */

/* Budgets are sums of whole wages, as offices make them: so many seats of each way. */
static const struct {
    const char *name;
    const char *place;
    int budget; /* thousands of rupiah a month */
    int job, wage;
    int side_job, side_wage; /* by direct procurement only; wage 0: none */
    bool appoints;           /* direct appointment is for work that only few can do */
} offices[] = {
    {"Dinas Pendidikan", KUALA_KAPUAS, 119400, JOB_TEACHER, 2000000, 0, 0, false},
    {"RSUD dr. H. Soemarno Sosroatmodjo", KUALA_KAPUAS, 110600, JOB_HOSPITAL, 2600000, 0, 0, true},
    {"Dinas Kesehatan", KUALA_KAPUAS, 53400, JOB_HOSPITAL, 2600000, JOB_VOLUNTEER, 1600000, false},
    {"Dinas PUPR", KUALA_KAPUAS, 89800, JOB_TECHNICAL, 2400000, 0, 0, false},
    {"Dinas Perhubungan", KUALA_KAPUAS, 50800, JOB_TECHNICAL, 2400000, 0, 0, false},
    {"Dinas Lingkungan Hidup", KUALA_KAPUAS, 70000, JOB_TECHNICAL, 2400000, JOB_VOLUNTEER, 1600000, false},
    {"Satpol PP dan Damkar", "62.03.01.1007", 39400, JOB_VOLUNTEER, 1600000, 0, 0, false},
    {"BPBD", "62.03.01.1007", 23200, JOB_VOLUNTEER, 1600000, 0, 0, false},
    {"Dinas Perdagangan Perindustrian Koperasi dan UKM", "62.03.01.1009", 30000, JOB_TECHNICAL, 2400000, 0, 0,
     false},
    {"Sekretariat Daerah", "62.03.01.1009", 61200, JOB_TECHNICAL, 2400000, 0, 0, false},
    {"UPT Pendidikan Kapuas Hulu", "62.03.12.2001", 29200, JOB_TEACHER, 2000000, 0, 0, false},
    {"UPT Pendidikan Mantangai", "62.03.09.2001", 35800, JOB_TEACHER, 2000000, 0, 0, false},
};
enum { N_OFFICES = sizeof offices / sizeof *offices, N_WAYS = sizeof ways / sizeof *ways };

/* A post's max is what its ceiling pays for: the size of the package. */
static void add_post(problem_draft *draft, int office, int w, int job, int wage) {
    const char *suffix = draft_text(draft, "_%02d%s", office + 1, ways[w].suffix);
    int pay = wage + ways[w].fee, place = draft_place_of(draft, offices[office].place);
    int j = draft_add_post(draft, &(post_order){place, job, offices[office].name, "service", suffix, 0, -1});
    const char **cells = draft->posts[j].cells;
    cells[POST_SCHEME] = ways[w].scheme;
    cells[POST_PROVIDER] = ways[w].provider;
    cells[POST_PAY] = draft_text(draft, "%d", pay);
    cells[POST_MAX] = ways[w].ceiling ? draft_text(draft, "%d", ways[w].ceiling / pay) : "";
    cells[POST_TARGET] = ways[w].ceiling ? "0" : ""; /* money decides, no target */
    cells[POST_PREFERS] = job == JOB_TECHNICAL ? "computer:1" : "";
}

static void add_posts(problem_draft *draft, int office) {
    for (int w = 0; w < N_WAYS; w++)
        if (offices[office].appoints || strcmp(ways[w].scheme, "direct appointment") != 0)
            add_post(draft, office, w, offices[office].job, offices[office].wage);
    for (int w = 0; w < DIRECT_PROCUREMENT && offices[office].side_wage; w++)
        add_post(draft, office, w, offices[office].side_job, offices[office].side_wage);
}

/* All posts of an office for a job, as a wish: to stay with it. */
static const char *posts_of(problem_draft *draft, int office, int job) {
    const char *list = "";
    for (int j = 0; j < draft->n_posts; j++)
        if (draft->posts[j].job == job && strcmp(draft->posts[j].cells[POST_UNIT], offices[office].name) == 0)
            list = draft_text(draft, "%s%s%s", list, *list ? "|" : "", draft->posts[j].cells[POST_ID]);
    return list;
}

/* Who has the job, n of them; the office is drawn by its budget among those with the job. */
static void hire_workers(problem_draft *draft, int job, int n) {
    int weight[N_OFFICES] = {0}, origins[6];
    for (int k = 0; k < N_OFFICES; k++)
        if (offices[k].job == job || (offices[k].side_wage && offices[k].side_job == job))
            weight[k] = offices[k].budget;
    for (int k = 0; k < 6; k++)
        origins[k] = k < 3 ? people_townsman(draft) : people_village(draft);
    for (int k = 0; k < n; k++) {
        int origin = origins[draw_range(&draft->random, 0, 5)];
        int person = people_hire(draft, &(hire_order){job, REGION_KALIMANTAN, "nonasn", origin, 10});
        const char **cells = draft->persons[person].cells;
        int office = draw_weighted(&draft->random, weight, N_OFFICES);
        cells[PERSON_ID] = draft_text(draft, "KPS-%03d", person + 1);
        cells[PERSON_SKILLS] = draft_text(draft, "%s:1", jobs[job].skill);
        cells[PERSON_OFFICE] = offices[office].name;
        cells[PERSON_WISH] = posts_of(draft, office, job);
        cells[PERSON_PAY] = "";
        if (job == JOB_TECHNICAL && draw_chance(&draft->random, 50))
            people_skill(draft, person, "computer", 1);
    }
}

static void add_quotas(problem_draft *draft) {
    for (int k = 0; k < N_OFFICES; k++)
        draft_add_quota(draft, (draft_quota){.quota = draft_text(draft, "Budget %s", offices[k].name),
                                             .posts = draft_text(draft, "unit=%s", offices[k].name),
                                             .measure = "pay",
                                             .max = draft_text(draft, "%d", offices[k].budget * 1000),
                                             .basis = "Budget of the office (DPA), rupiah a month"});
    draft_add_quota(draft, (draft_quota){.quota = "Ceiling of direct procurement",
                                         .each = "post",
                                         .posts = "scheme=direct procurement",
                                         .measure = "pay",
                                         .max = draft_text(draft, "%d", PACKAGE_CEILING),
                                         .basis = "Perpres 12/2021: 200 million a package, twelve months"});
    draft_add_quota(draft, (draft_quota){.quota = "Ceiling of direct appointment",
                                         .each = "post",
                                         .posts = "scheme=direct appointment",
                                         .measure = "pay",
                                         .max = draft_text(draft, "%d", APPOINTMENT_CEILING),
                                         .basis = "Set by the office, rupiah a month"});
}

void kind_kapuas(problem_draft *draft) {
    draft_place_zones(draft, draft_place_of(draft, KUALA_KAPUAS), 10, 40);
    for (int k = 0; k < N_OFFICES; k++)
        add_posts(draft, k);
    hire_workers(draft, JOB_TECHNICAL, 168);
    hire_workers(draft, JOB_TEACHER, 102);
    hire_workers(draft, JOB_HOSPITAL, 71);
    hire_workers(draft, JOB_VOLUNTEER, 82);
    add_quotas(draft);
    draft_add_scenario(draft, "scenario.yaml", scenario);
    draft_add_scenario(draft, "hospital-cut.yaml", cut);
}
