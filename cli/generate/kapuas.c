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

static const char cut[] = "# What if the largest budget, of the hospital, were cut by a fifth?\n"
                          "extend: scenario.yaml\n"
                          "title: Kapuas, a fifth less for the hospital\n"
                          "quotas:\n"
                          "  - {quota: Budget RSUD dr. H. Soemarno Sosroatmodjo, max: 128000000}\n";

/* How a seat may be paid for. Rupiah a month on top of the wage: the provider's fee. */
static const struct {
    const char *scheme, *provider, *suffix;
    int fee;
} ways[] = {
    {"direct procurement", "individual", "_dp_i", 0},
    {"direct procurement", "company", "_dp_c", 200000},
    {"direct appointment", "individual", "_da_i", 0},
    {"e-purchasing", "company", "_ep_c", 200000},
};

static const struct {
    const char *name;
    const char *place;
    int budget; /* millions of rupiah a month */
    int job[2]; /* -1: none */
    int wage[2];
} offices[] = {
    {"Dinas Pendidikan", KUALA_KAPUAS, 120, {JOB_TEACHER, -1}, {2000000, 0}},
    {"RSUD dr. H. Soemarno Sosroatmodjo",
     KUALA_KAPUAS,
     160,
     {JOB_HOSPITAL, JOB_TECHNICAL},
     {2600000, 2400000}},
    {"Dinas Kesehatan", KUALA_KAPUAS, 40, {JOB_HOSPITAL, JOB_VOLUNTEER}, {2600000, 1600000}},
    {"Dinas PUPR", KUALA_KAPUAS, 90, {JOB_TECHNICAL, -1}, {2400000, 0}},
    {"Dinas Perhubungan", KUALA_KAPUAS, 50, {JOB_TECHNICAL, -1}, {2400000, 0}},
    {"Dinas Lingkungan Hidup", KUALA_KAPUAS, 70, {JOB_TECHNICAL, JOB_VOLUNTEER}, {2400000, 1600000}},
    {"Satpol PP dan Damkar", "62.03.01.1007", 40, {JOB_VOLUNTEER, -1}, {1600000, 0}},
    {"BPBD", "62.03.01.1007", 24, {JOB_VOLUNTEER, -1}, {1600000, 0}},
    {"Dinas Perdagangan Perindustrian Koperasi dan UKM",
     "62.03.01.1009",
     30,
     {JOB_TECHNICAL, -1},
     {2400000, 0}},
    {"Sekretariat Daerah", "62.03.01.1009", 60, {JOB_TECHNICAL, -1}, {2400000, 0}},
    {"UPT Pendidikan Kapuas Hulu", "62.03.12.2001", 30, {JOB_TEACHER, -1}, {2000000, 0}},
    {"UPT Pendidikan Mantangai", "62.03.09.2001", 36, {JOB_TEACHER, -1}, {2000000, 0}},
};
enum { N_OFFICES = sizeof offices / sizeof *offices, N_WAYS = sizeof ways / sizeof *ways };

/* Direct appointment is for work that only few can do: the hospital. */
static bool usable(size_t way, int job) {
    return strcmp(ways[way].scheme, "direct appointment") != 0 || job == JOB_HOSPITAL;
}

static void add_posts(problem_draft *draft, int office) {
    int place = draft_place_of(draft, offices[office].place);
    for (int i = 0; i < 2 && offices[office].job[i] >= 0; i++)
        for (size_t w = 0; w < N_WAYS; w++) {
            int job = offices[office].job[i];
            if (!usable(w, job))
                continue;
            const char *suffix = draft_text(draft, "_%02d%s", office + 1, ways[w].suffix);
            int j = draft_add_post(draft,
                                   &(post_order){place, job, offices[office].name, "service", suffix, 0, -1});
            const char **cells = draft->posts[j].cells;
            cells[POST_SCHEME] = ways[w].scheme;
            cells[POST_PROVIDER] = ways[w].provider;
            cells[POST_PAY] = draft_text(draft, "%d", offices[office].wage[i] + ways[w].fee);
            if (job == JOB_TECHNICAL)
                cells[POST_PREFERS] = "computer:1";
        }
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
        if (offices[k].job[0] == job || offices[k].job[1] == job)
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
                                             .max = draft_text(draft, "%d", offices[k].budget * 1000000),
                                             .basis = "Budget of the office (DPA), rupiah a month"});
    draft_add_quota(draft, (draft_quota){.quota = "Ceiling of direct procurement",
                                         .each = "post",
                                         .posts = "scheme=direct procurement",
                                         .measure = "pay",
                                         .max = "16600000",
                                         .basis = "Perpres 12/2021: 200 million a package, twelve months"});
    draft_add_quota(draft, (draft_quota){.quota = "Ceiling of direct appointment",
                                         .each = "post",
                                         .posts = "scheme=direct appointment",
                                         .measure = "pay",
                                         .max = "40000000",
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
