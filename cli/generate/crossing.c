/*
 * Kotawaringin Timur with rules that cut across the tree of posts: budgets of 40 offices, nurses and teachers
 * of each district counted over the persons, wherever they sit, couples, and a limit on moves.
 *
 * The problem has a solution by construction, the plan of cli/generate/reference.h: it holds the seats, the
 * contracts, the minimum stay and four fifths of the moves allowed; each budget is what that plan spends in
 * the office or up to 1 % more; each minimum is what it has in the district (interior) or less
 * (elsewhere); each couple is in one place there. It mends the shortage about as the best plan does, so that
 * the budgets bind, and it favours nurses and teachers of the interior, so that their minimums do.
 */
#include "cli/generate/kinds.h"
#include "cli/generate/kotim.h"
#include "cli/generate/people.h"
#include "cli/generate/reference.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

enum { VILLAGES = 185, MIN_STAY = 1, PERSONS_PER_COUPLE = 100, BUDGET_STEP = 100000 };

static const char scenario[] =
    "# Kotawaringin Timur within budgets: spread out, and go home where the money allows.\n"
    "title: Kotawaringin Timur, budgets and couples\n"
    "\n"
    "levels: [required, unplaced, shortage, preference]\n"
    "weights: {hometown: 10, skills: 2, merit: 0, wish: 3, move: 1}\n"
    "\n"
    "# Share of people who are still there after some years, by hours of travel from home.\n" KOTIM_HOMETOWN
    "  mismatch: 0.6\n"
    "  unknown: 0.45\n"
    "\n"
    "tenure: {min_years: %d}\n"
    "limits: {moves: %d}\n";

/* Every so many-th village, and the seat of the regency. */
static void thin_out(problem_draft *draft, int villages) {
    int n = draft->n_places, kept = 0, seat = draft_place_of(draft, KOTIM_SEAT);
    for (int p = 0; p < n; p++)
        if (p == seat || (int64_t)p * villages / n != (int64_t)(p + 1) * villages / n)
            draft->places[kept++] = draft->places[p];
    draft->n_places = kept;
}

static void add_schools(problem_draft *draft, int p) {
    static const int sd[] = {14, 11, 10}, smp[] = {26, 18, 16};
    const draft_place *place = &draft->places[p];
    const char *office = draft_text(draft, "UPT Pendidikan %s", place->district);
    for (int k = 1; k <= place->sd + place->smp; k++) {
        bool primary = k <= place->sd;
        int number = primary ? k : k - place->sd;
        const char *unit = draft_text(draft, primary ? "SDN %d %s" : "SMPN %d %s", number, place->name);
        post_order order = {.place = p,
                            .job = primary ? JOB_TEACHER_SD : JOB_TEACHER_SMP,
                            .unit = unit,
                            .kind = "school",
                            .suffix = draft_text(draft, "%d", number),
                            .min = primary ? 4 : 8,
                            .target = (primary ? sd : smp)[place->zone]};
        int post = kotim_add_post(draft, &order);
        draft->posts[post].cells[POST_OFFICE] = office;
        draft->posts[post].cells[POST_PREFERS] = place->zone == ZONE_INTERIOR ? "dayak:1" : "";
    }
}

/* A puskesmas at the seat of each district and a branch in the other villages, one office. */
static void add_clinics(problem_draft *draft, int p) {
    static const struct {
        int job, min, target[2];
    } staff[] = {
        {JOB_NURSE, 4, {12, 24}},
        {JOB_MIDWIFE, 3, {9, 18}},
        {JOB_DOCTOR, 1, {3, 6}},
        {JOB_HEALTH_TECH, 2, {6, 12}},
    };
    const draft_place *place = &draft->places[p];
    const char *office = draft_text(draft, "Puskesmas %s", place->district);
    for (int s = 0; s < 4 && place->seat; s++) {
        int target = staff[s].target[place->zone == ZONE_TOWN];
        int post = kotim_add_post(
            draft, &(post_order){p, staff[s].job, office, "clinic", "_p", staff[s].min, target});
        draft->posts[post].cells[POST_OFFICE] = office;
    }
    if (!place->seat) {
        const char *unit = draft_text(draft, "Pustu %s", place->name);
        int post =
            kotim_add_post(draft, &(post_order){p, JOB_HEALTH_WORKER, unit, "branch clinic", "", 1, 2});
        draft->posts[post].cells[POST_OFFICE] = office;
    }
}

static void add_village(problem_draft *draft, int p) {
    const draft_place *place = &draft->places[p];
    const char *unit = draft_text(draft, place->kelurahan ? "Kelurahan %s" : "Kantor Desa %s", place->name);
    kotim_add_post(
        draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "village office", "", 1, place->kelurahan ? 6 : 2});
    if (!place->seat)
        return;
    unit = draft_text(draft, "Kecamatan %s", place->district);
    kotim_add_post(draft, &(post_order){p, JOB_ADMINISTRATOR, unit, "district office", "_k", 3, 8});
    kotim_add_post(draft, &(post_order){p, JOB_EXTENSION, unit, "district office", "_k", 1, 6});
}

/* Posts at the seat of the regency. The budgets of the first are under review. */
static void add_regency(problem_draft *draft, int villages) {
    static const int hospital[][3] = {
        {JOB_NURSE, 90, 180}, {JOB_MIDWIFE, 30, 60}, {JOB_DOCTOR, 20, 45}, {JOB_HEALTH_TECH, 25, 60}};
    static const int staff[][3] = {{JOB_ADMINISTRATOR, 4, 12},
                                   {JOB_FINANCE, 1, 4},
                                   {JOB_IT, 0, 3},
                                   {JOB_PLANNER, 0, 4},
                                   {JOB_ENGINEER, 0, 4}};
    static const char *const offices[] = {"Dinas Pendidikan",
                                          "Dinas Kesehatan",
                                          "Dinas Pertanian dan Ketahanan Pangan",
                                          "Dinas Sumber Daya Air Bina Marga dan Perumahan",
                                          "Sekretariat Daerah",
                                          "BAPPEDA dan Riset Inovasi Daerah",
                                          "Badan Keuangan dan Aset Daerah",
                                          "BKPSDM",
                                          "Dinas Sosial",
                                          "Dinas Pemberdayaan Masyarakat dan Desa",
                                          "Dinas Cipta Karya Tata Ruang dan Pertanahan",
                                          "Dinas Perhubungan",
                                          "Dinas Komunikasi dan Informatika",
                                          "Dinas Lingkungan Hidup"};
    enum { BUDGETED = 5 };
    int seat = draft_place_of(draft, KOTIM_SEAT), n = sizeof offices / sizeof *offices;
    for (int k = 0; k < 4; k++) {
        int target = 1 + (hospital[k][2] - 1) * villages / VILLAGES;
        int post =
            kotim_add_post(draft, &(post_order){seat, hospital[k][0], "RSUD dr. Murjani", "hospital", "_rsud",
                                                hospital[k][1] * villages / VILLAGES, target});
        draft->posts[post].cells[POST_OFFICE] = "RSUD dr. Murjani";
    }
    for (int k = 0; k < (n * villages + VILLAGES - 1) / VILLAGES; k++)
        for (int s = 0; s < 5; s++) {
            const char *suffix = draft_text(draft, "_%02d", k + 1);
            int post = kotim_add_post(draft, &(post_order){seat, staff[s][0], offices[k], "regency office",
                                                           suffix, staff[s][1], staff[s][2]});
            draft->posts[post].cells[POST_OFFICE] = k < BUDGETED ? offices[k] : "";
        }
}

/* Civil servants crowd the town, contract staff hold the interior. Some civil servants are newly appointed
   and have no post yet. */
static void settle(problem_draft *draft, int person, bool pns) {
    static const int weight[2][3] = {{10, 35, 55}, {72, 18, 10}};
    if (pns && draw_chance(&draft->random, 5))
        return;
    place_zone first = (place_zone)draw_weighted(&draft->random, weight[pns], 3);
    for (int k = 0; k < 3; k++)
        if (people_settle(draft, person, (place_zone)((first + k) % 3), true))
            return;
}

/* One more person for a post of that job. Nurses and midwives can both run a branch; some teachers and nurses
   are trained for an office, and teachers for both kinds of school. */
static void hire_one(problem_draft *draft, int job, bool pns) {
    draw_state *random = &draft->random;
    int trained = job;
    if (job == JOB_HEALTH_WORKER)
        trained = draw_chance(random, 45) ? JOB_NURSE : JOB_MIDWIFE;
    hire_order hire = {trained, REGION_KALIMANTAN, pns ? "pns" : "pppk", kotim_draw_origin(draft), 5};
    int person = people_hire(draft, &hire);
    draft->persons[person].job = job;
    if (trained == JOB_NURSE || trained == JOB_MIDWIFE)
        people_skill(draft, person, "health", 1);
    if (job == JOB_TEACHER_SMP && draw_chance(random, 25))
        people_skill(draft, person, "teacher_sd", 1);
    if (job == JOB_TEACHER_SD && draw_chance(random, 10))
        people_skill(draft, person, "teacher_smp", 1);
    if ((job == JOB_TEACHER_SD || trained == JOB_NURSE) && draw_chance(random, 6))
        people_skill(draft, person, "administration", 1);
    if (draw_chance(random, 25))
        people_skill(draft, person, "dayak", 1);
    settle(draft, person, pns);
    if (draw_chance(random, 15))
        people_wish(draft, person, 3);
}

/* So many people of a job; open: seats for contract staff, who take theirs first: nobody is left for whom
   there is no seat. */
static void hire_job(problem_draft *draft, int job, int staff, int open) {
    int share = kotim_contract_share(job == JOB_HEALTH_WORKER ? JOB_MIDWIFE : job), contract = 0;
    for (int k = 0; k < staff; k++)
        contract += draw_chance(&draft->random, share);
    if (contract > open * KOTIM_STAFF_PERCENT / 100)
        contract = open * KOTIM_STAFF_PERCENT / 100;
    for (int k = 0; k < staff; k++)
        hire_one(draft, job, k >= contract);
}

static void hire_staff(problem_draft *draft) {
    int seats[N_JOBS] = {0}, open[N_JOBS] = {0}, before = 0;
    for (int j = 0; j < draft->n_posts; j++) {
        const draft_post *post = &draft->posts[j];
        seats[post->job] += post->target;
        open[post->job] += *post->cells[POST_CONTRACT] ? 0 : post->target;
    }
    for (int job = 0; job < N_JOBS; job++) {
        int until = before + seats[job]; /* rounded on the running total, so that the share is met */
        hire_job(draft, job, until * KOTIM_STAFF_PERCENT / 100 - before * KOTIM_STAFF_PERCENT / 100,
                 open[job]);
        before = until;
    }
    people_number(draft);
}

/* The plan that sets the rules. */
static void make_reference(problem_draft *draft, int moves, reference_plan *plan) {
    int *weight = pulang_alloc((size_t)draft->n_posts, sizeof *weight);
    if (!weight)
        draft_fail(PULANG_ERROR_MEMORY, "%s", _("out of memory"));
    for (int j = 0; j < draft->n_posts; j++) {
        const draft_post *post = &draft->posts[j];
        const draft_place *place = &draft->places[post->place];
        bool favoured = place->zone == ZONE_INTERIOR &&
                        (strcmp(post->cells[POST_KIND], "school") == 0 || post->job == JOB_NURSE);
        weight[j] = kotim_priority(place) * (favoured ? 5 : 4);
    }
    reference_make(draft, weight, MIN_STAY, moves * 4 / 5, plan);
    pulang_free(weight);
}

/* One for each office; half of them leave nothing to spare. */
static void add_budget(problem_draft *draft, const reference_plan *plan, const char *office) {
    int64_t spent = 0;
    for (int p = 0; p < draft->n_persons; p++)
        if (plan->post[p] >= 0 && draft->posts[plan->post[p]].cells[POST_OFFICE] &&
            strcmp(draft->posts[plan->post[p]].cells[POST_OFFICE], office) == 0)
            spent += atoi(draft->persons[p].cells[PERSON_PAY]);
    int spare = draw_range(&draft->random, -10, 10); /* permille */
    int64_t budget = spent * (1000 + (spare > 0 ? spare : 0)) / 1000;
    budget = (budget + BUDGET_STEP - 1) / BUDGET_STEP * BUDGET_STEP;
    draft_add_quota(draft, (draft_quota){.quota = draft_text(draft, "Budget %s", office),
                                         .posts = draft_text(draft, "office=%s", office),
                                         .measure = "pay",
                                         .max = draft_text(draft, "%lld", (long long)budget),
                                         .basis = "Budget of the office (DPA), rupiah a month"});
}

static bool counts(const draft_person *person, bool nurses) {
    return nurses ? strstr(person->cells[PERSON_SKILLS], "nurse:") != NULL
                  : strcmp(person->cells[PERSON_CATEGORY], "teacher") == 0;
}

static void add_minimum(problem_draft *draft, const reference_plan *plan, const draft_place *seat,
                        bool nurses) {
    int heads = 0;
    for (int p = 0; p < draft->n_persons; p++)
        if (plan->post[p] >= 0 && counts(&draft->persons[p], nurses) &&
            strcmp(draft->places[draft->posts[plan->post[p]].place].district, seat->district) == 0)
            heads++;
    if (seat->zone != ZONE_INTERIOR)
        heads = heads * 95 / 100;
    if (heads == 0)
        return;
    draft_add_quota(draft, (draft_quota){.quota = draft_text(draft, "%s in %s",
                                                             nurses ? "Nurses" : "Teachers", seat->district),
                                         .persons = nurses ? "skills=nurse" : "category=teacher",
                                         .posts = draft_text(draft, "district=%s", seat->district),
                                         .measure = "heads",
                                         .min = draft_text(draft, "%d", heads),
                                         .basis = nurses ? "Permenkes 43/2019 on puskesmas"
                                                         : "Permendikbud 23/2013, minimum service"});
}

static void add_quotas(problem_draft *draft, const reference_plan *plan) {
    for (int j = 0; j < draft->n_posts; j++) {
        const char *office = draft->posts[j].cells[POST_OFFICE];
        bool first = office && *office;
        for (int k = 0; k < j && first; k++)
            first = !draft->posts[k].cells[POST_OFFICE] ||
                    strcmp(draft->posts[k].cells[POST_OFFICE], office) != 0;
        if (first)
            add_budget(draft, plan, office);
    }
    for (int nurses = 0; nurses < 2; nurses++)
        for (int p = 0; p < draft->n_places; p++)
            if (draft->places[p].seat)
                add_minimum(draft, plan, &draft->places[p], nurses);
    draft_add_quota(draft, (draft_quota){.quota = "Puskesmas staff",
                                         .each = "unit",
                                         .posts = "kind=clinic",
                                         .measure = "heads",
                                         .min = "12",
                                         .tier = "required",
                                         .basis = "Permenkes 43/2019 on puskesmas"});
}

/* Whether the two can be a couple: in one place by the plan, of different known origins. */
static bool couple(const problem_draft *draft, const reference_plan *plan, int a, int b) {
    const char *const *one = draft->persons[a].cells, *const *other = draft->persons[b].cells;
    return a != b && plan->post[a] >= 0 && plan->post[b] >= 0 && !one[PERSON_GROUP] && !other[PERSON_GROUP] &&
           draft->posts[plan->post[a]].place == draft->posts[plan->post[b]].place && *one[PERSON_ORIGIN] &&
           *other[PERSON_ORIGIN] && strcmp(one[PERSON_ORIGIN], other[PERSON_ORIGIN]) != 0;
}

/* Couples of drawn persons; of every two couples one lives apart today, for the plan moves one of them. */
static void add_couples(problem_draft *draft, const reference_plan *plan, int n) {
    int last = draft->n_persons - 1, made = 0;
    for (int tries = 1000 * n; made < n && tries > 0; tries--) {
        int a = draw_range(&draft->random, 0, last), b = draw_range(&draft->random, 0, last);
        if (reference_moved(draft, plan, a) != (made % 2 == 0))
            continue;
        for (int k = 0; k < last && !couple(draft, plan, a, b); k++)
            b = b < last ? b + 1 : 0;
        if (!couple(draft, plan, a, b))
            continue;
        const char *name = draft_text(draft, "couple %d", ++made);
        draft->persons[a].cells[PERSON_GROUP] = draft->persons[b].cells[PERSON_GROUP] = name;
    }
}

void kind_crossing(problem_draft *draft, int villages) {
    reference_plan plan;
    if (villages < draft->n_places)
        thin_out(draft, villages);
    else
        villages = draft->n_places;
    kotim_place_zones(draft);
    for (int p = 0; p < draft->n_places; p++) {
        add_schools(draft, p);
        add_clinics(draft, p);
        add_village(draft, p);
    }
    add_regency(draft, villages);
    hire_staff(draft);
    int moves = draft->n_persons * 2 / 15;
    make_reference(draft, moves, &plan);
    add_quotas(draft, &plan);
    add_couples(draft, &plan, draft->n_persons / PERSONS_PER_COUPLE);
    reference_clear(&plan);
    draft_add_scenario(draft, "scenario.yaml", draft_text(draft, scenario, MIN_STAY, moves));
}
