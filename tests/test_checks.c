/*
 * What `pulang check` says about bad input: one sound folder, one file of it replaced.
 */
#include "model/instance.h"
#include "tests/support.h"
#include "tests/support_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERSONS "person,origin,contract,skills,merit,hours,pay,current,pin,forbid,wish,group,tenure\n"
#define NURSES "ani,,pns,nurse:3|driver,80,,,,,,,,\nbudi,,pppk,nurse:2,,,,,,,,,\n"
#define PLACES "place,lat,lon,remoteness\ngagu,-1.25,112.4,\nsampit,-2.5,112.9,\nbaamang,,,\n"
#define POSTS "post,place,unit,role,min,target,max,requires,contract,min_merit,priority,pay\n"
#define OTHERS "clinic-s,sampit,,,,,,,,,,\noffice-s,sampit,,,,,,,,,,\noffice-g,gagu,,,,,,,,,,\n"
#define QUOTAS "quota,each,persons,posts,measure,min,target,max,weight,tier,on\n"

#define SHARES "quota,persons,of,posts,measure,min,target,max,or_none,tier\n"

/* A row of the table: file gets text; then a finding stands there. */
static const struct {
    const char *file, *text;    /* the replaced file; text NULL: left out */
    const char *at;             /* file of the finding, NULL: the same */
    int line, column;           /* 0: none */
    const char *message, *mend; /* parts of them */
    pulang_severity severity;
} cases[] = {
#define F PULANG_FAULT
#define W PULANG_WARNING
    /* files and headers */
    {"persons.csv", NULL, NULL, 0, 0, "there is no such file", "put persons.csv", F},
    {"posts.csv", "", NULL, 0, 0, "empty", "header", F},
    {"posts.csv", "post,place\n", NULL, 0, 0, "no entries", "add a line", F},
    {"posts.csv", "post,unit\na,b\n", NULL, 1, 0, "column place is missing", "add a column place", F},
    {"places.csv", "gagu,-1.2\nsampit,3\n", NULL, 1, 0, "header line is missing", "names of the columns", F},
    {"places.csv", "place,lat,lon,LAT\n", NULL, 1, 4, "same heading as column 2", "rename", F},
    {"posts.csv", "post,place,pripority\nclinic-s,gagu,1\n", NULL, 1, 3, "unknown column", "priority", W},
    {"persons.csv", PERSONS "ani,gagu\n", NULL, 2, 0, "2 cells, the header has 13", "missing separators", F},
    {"travel.csv", "from,to,km\ngagu,sampit,1,5\n", NULL, 2, 0, "4 cells, the header has 3", "quote", F},
    {"persons.csv", "person;name\nani;\"Ani\nbudi;B\n", NULL, 2, 0, "never closed", "close", F},
    {"persons.csv", "person;name\nani;J\xE9\n", NULL, 2, 2, "UTF-8", "CSV UTF-8", F},
    /* ids */
    {"persons.csv", PERSONS "ani,,,,,,,,,,,,\nani,,,,,,,,,,,,\n", NULL, 3, 1, "on line 2 already", "own id",
     F},
    {"persons.csv", PERSONS "ani,,,,,,,,,,,,\n,,pns,,,,,,,,,,\n", NULL, 3, 1, "id is missing", "own id", F},
    {"persons.csv", "nip\n1.98609E+17\n", NULL, 2, 1, "Excel", "as text", F},
    {"persons.csv", "nip\n198609262015051000\n", NULL, 2, 1, "cut the last three", "as text", F},
    {"persons.csv", "nip\n19860926201505100\n", NULL, 2, 1, "18 digits", "correct", F},
    {"persons.csv", "person\n198613262015051001\n", NULL, 2, 1, "date of birth", "record", F},
    {"persons.csv", "person\n198609261980051001\n", NULL, 2, 1, "appointment", "record", F},
    {"persons.csv", "person\n198609262015053001\n", NULL, 2, 1, "digit 15", "record", F},
    /* codes */
    {"persons.csv", PERSONS "ani,sampti,,,,,,,,,,,\n", NULL, 2, 2, "no such place in places.csv: sampti",
     "did you mean sampit?", F},
    {"persons.csv", PERSONS "ani,Sampit,,,,,,,,,,,\n", NULL, 2, 2, "name of a place", "sampit", F},
    {"persons.csv", PERSONS "ani,,,,,,,clinic-x,,,,,\n", NULL, 2, 8, "no such post", "clinic-g", F},
    {"persons.csv", PERSONS "ani,,,,,,,,clinic_s,,,,\n", NULL, 2, 9, "no such post", "clinic-s", F},
    {"persons.csv", PERSONS "ani,,,,,,,,,ghost town,,,\n", NULL, 2, 10, "no such post or place", "correct",
     F},
    {"persons.csv", PERSONS "ani,,,,,,,,,,gagu|bamang,,\n", NULL, 2, 11, "no such post or place: bamang",
     "baamang", F},
    {"posts.csv", POSTS "clinic-g,gag,,,,,,,,,,\n" OTHERS, NULL, 2, 2, "no such place", "gagu", F},
    {"posts.csv", POSTS "clinic-g,,,,,,,,,,,\n" OTHERS, NULL, 2, 2, "post has no place", "name the place", F},
    {"travel.csv", "from,to,km\ngagu,sampitt,5\n", NULL, 2, 2, "no such place", "sampit", F},
    {"travel.csv", "from,to,km\ngagu,sampit,\n", NULL, 2, 0, "length of the leg", "km or hours", F},
    {"travel.csv", "from,to,km\ngagu,,3\n", NULL, 2, 2, "place of the leg", "two places", F},
    {"travel.csv", "from,to,km\ngagu,gagu,3\n", NULL, 2, 2, "to itself", "remove", W},
    {"travel.csv", "from,to,km\ngagu,sampit,-3\n", NULL, 2, 3, "out of range", "from 0", F},
    {"pairs.csv", "person,post\nanni,clinic-g\n", NULL, 2, 1, "no such person", "ani", F},
    {"pairs.csv", "person,post\nani,clinic-g\nani,clinic-g\n", NULL, 3, 1, "on line 2 already", "remove", F},
    {"workload.csv", "post,volume,norm_hours\nclinic-h,1,1\n", NULL, 2, 1, "no such post", "clinic-g", F},
    {"workload.csv", "post,volume,norm_hours\nclinic-g,,1\n", NULL, 2, 2, "must not be blank", "volume", F},
    {"workload.csv", "post,volume,norm_hours\noffice-g,1.200,1\n", NULL, 2, 2, "decimal point", "thousands",
     W},
    {"workload.csv", "post,volume,norm_hours\noffice-g,12500,1\n", "posts.csv", 5, 7, "needs 10.00 people",
     "raise max", W},
    /* numbers */
    {"persons.csv", PERSONS "ani,,,,high,,,,,,,,\n", NULL, 2, 5, "not a number", "write a number", F},
    {"persons.csv", PERSONS "ani,,,,101,,,,,,,,\n", NULL, 2, 5, "out of range", "0 to 100", F},
    {"persons.csv", PERSONS "ani,,,,,200,,,,,,,\n", NULL, 2, 6, "out of range", "168", F},
    {"persons.csv", PERSONS "ani,,,,,37.5 h,,,,,,,\n", NULL, 2, 6, "not a number", "without unit", F},
    {"persons.csv", PERSONS "ani,,,,,,1.234.567,,,,,,\n", NULL, 2, 7, "not a number", "thousands", F},
    {"persons.csv", PERSONS "ani,,,,,,\"1,5\",,,,,,\n", NULL, 2, 7, "not a number", "with a point", F},
    {"persons.csv", PERSONS "ani,,,,,,Rp 5000000,,,,,,\n", NULL, 2, 7, "not a number", "currency", F},
    {"persons.csv", PERSONS "ani,,,,,,5.000,,,,,,\n", NULL, 2, 7, "decimal point", "thousands", W},
    {"persons.csv", "person;merit;pay\nani;71,5;1.234\n", NULL, 2, 3, "not a number", "thousands", F},
    {"persons.csv", "person;merit;pay\nani;71,5;12.5\nbudi;7,5;\n", NULL, 2, 3, "not a number", "comma", F},
    {"persons.csv", PERSONS "ani,,,nurse:x,,,,,,,,,\n", NULL, 2, 4, "level of a skill is wrong: nurse:x",
     "nurse:2", F},
    {"persons.csv", PERSONS "ani,,,nurse:0,,,,,,,,,\n", NULL, 2, 4, "level of a skill", "from 1", F},
    {"persons.csv", PERSONS "ani,,,:2,,,,,,,,,\n", NULL, 2, 4, "no name", "name:level", F},
    {"persons.csv", PERSONS "ani,,,nurse|Nurse:2,,,,,,,,,\n", NULL, 2, 4, "named twice", "once", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,1.5,,,,,,,\n" OTHERS, NULL, 2, 5, "not a whole number", "whole", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,-1,,,,,,,\n" OTHERS, NULL, 2, 5, "out of range", "from 0", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,,,,,,,0,\n" OTHERS, NULL, 2, 11, "out of range", "0.001", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,3,,2,,,,,\n" OTHERS, NULL, 2, 7, "max is below min (3)",
     "min <= target", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,3,2,,,,,,\n" OTHERS, NULL, 2, 6, "target is below min (3)",
     "min <= target", F},
    {"posts.csv", POSTS "clinic-g,gagu,,,1,4,3,,,,,\n" OTHERS, NULL, 2, 7, "max is below target (4)",
     "min <= target", F},
    /* coordinates */
    {"places.csv", "place,lat,lon\ngagu,112.4,-1.25\nsampit,,\nbaamang,,\n", NULL, 2, 2, "latitude", "swap",
     F},
    {"places.csv", "place,lat,lon\ngagu,-100,1\nsampit,,\nbaamang,,\n", NULL, 2, 2, "latitude", "-90", F},
    {"places.csv", "place,lat,lon\ngagu,-1,200\nsampit,,\nbaamang,,\n", NULL, 2, 3, "out of range", "180", F},
    {"places.csv", "place,lat,lon\ngagu,-1,\nsampit,,\nbaamang,,\n", NULL, 2, 3, "half of the", "both", F},
    {"places.csv", "place,lat,lon,remoteness\ngagu,,,45\nsampit,,,\nbaamang,,,\n", NULL, 2, 4, "out of range",
     "0 to 1", F},
    {"places.csv",
     "place,lat,lon\ngagu,-2.4,112\nsampit,-2.5,112.1\nbaamang,-2.6,112\na,-2.5,112.2\nb,-2.45,112.05\n"
     "c,2.5,112\n",
     NULL, 7, 2, "km from all other", "south is negative", W},
    /* skills and contracts */
    {"posts.csv", POSTS "clinic-g,gagu,,,,,,nurs,,,,\n" OTHERS, NULL, 2, 8, "nobody has the skill nurs",
     "did you mean nurse?", W},
    {"posts.csv", POSTS "clinic-g,gagu,,,,,,nurse:9,,,,\n" OTHERS, NULL, 2, 8,
     "nobody has nurse at level 9 (highest: 3)", "level", W},
    {"posts.csv", POSTS "clinic-g,gagu,,,,,,,pns|honorer,,,\n" OTHERS, NULL, 2, 9, "contract honorer",
     "persons.csv", W},
    {"persons.csv", PERSONS NURSES "citra,,,drivr,,,,,,,,,\n", NULL, 4, 4, "no post asks for the skill drivr",
     "driver", W},
    /* pins and groups */
    {"persons.csv", PERSONS NURSES "a,,,,,,,,office-s,,,,\nb,,,,,,,,office-s,,,,\n", NULL, 5, 9,
     "more people are held to post office-s than it has seats (1)", "raise max", F},
    {"persons.csv", PERSONS NURSES "a,,,,,,,,office-s,sampit,,,\n", NULL, 4, 9, "forbid", "remove", W},
    {"persons.csv", PERSONS NURSES "a,,,,,,,,office-s,,,twins,\nb,,,,,,,,office-g,,,twins,\n", NULL, 5, 9,
     "group twins is held apart: a is held to post office-s", "one place", F},
    {"persons.csv", PERSONS NURSES "a,,,,,,,,,,,alone,\n", NULL, 4, 12, "nobody else is in the group", "same",
     W},
    /* quotas */
    {"quotas.csv", QUOTAS "q,,,,,,,1,,,\nq,,,,,,,1,,,\n", NULL, 3, 1, "name is on line 2", "own name", F},
    {"quotas.csv", QUOTAS ",,,,,,,1,,,\n", NULL, 2, 1, "no name", "name", F},
    {"quotas.csv", QUOTAS "q,distrikt,,,,,,1,,,\n", NULL, 2, 2, "no such column: distrikt", "district", F},
    {"quotas.csv", QUOTAS "q,,contrakt=pns,,,,,1,,,\n", NULL, 2, 3, "unknown column 'contrakt'", "conditions",
     F},
    {"quotas.csv", QUOTAS "q,,,role,,,,1,,,\n", NULL, 2, 4, "no comparison", "conditions", F},
    {"quotas.csv", QUOTAS "q,,,role=pilot,,,,1,,,\n", NULL, 2, 4, "selects no post", "off", F},
    {"quotas.csv", QUOTAS "q,,contract=cpns,,,,,1,,,\n", NULL, 2, 3, "selects nobody", "filter", W},
    {"quotas.csv", QUOTAS "q,,,,hedas,,,1,,,\n", NULL, 2, 5, "no such measure: hedas", "heads", F},
    {"quotas.csv", QUOTAS "q,,,,name,,,1,,,\n", "persons.csv", 2, 2, "measures this column", "number", F},
    {"quotas.csv", QUOTAS "q,,,,,2.5,,,,,\n", NULL, 2, 6, "whole", "whole", F},
    {"quotas.csv", QUOTAS "q,,,,,5,,4,,,\n", NULL, 2, 8, "max is below min (5)", "min <=", F},
    {"quotas.csv", QUOTAS "q,,,,,5,4,,,,\n", NULL, 2, 7, "target is below min (5)", "min <=", F},
    {"quotas.csv", QUOTAS "q,,,,,,5,4,,,\n", NULL, 2, 8, "max is below target (5)", "min <=", F},
    {"quotas.csv", QUOTAS "q,,,,,,work,,,,\n", NULL, 2, 7, "only hours", "hours", F},
    {"quotas.csv", QUOTAS "q,,,,,,,1,0,,\n", NULL, 2, 9, "out of range", "0.001", F},
    {"quotas.csv", QUOTAS "q,,,,,,,1,,soon,\n", NULL, 2, 10, "no such level: soon", "levels", F},
    {"quotas.csv", QUOTAS "q,,,,,,,1,,,perhaps\n", NULL, 2, 11, "neither yes nor no", "yes or no", F},
    {"quotas.csv", QUOTAS "q,,,,,,,,,,\n", NULL, 2, 1, "limits nothing", "min, target or max", W},
    {"quotas.csv", "quota,max\nbugdet,9\n", "scenario.yaml", 5, 0, "no such quota: budget", "bugdet", F},
    /* shares, and totals that are 0 or at least so much */
    {"quotas.csv", SHARES "q,,skills=nurse,,,3,,,,\n", NULL, 2, 6, "not in percent", "30%", F},
    {"quotas.csv", SHARES "q,,,,,30%,,9,,\n", NULL, 2, 8, "not in percent", "30%", F},
    {"quotas.csv", SHARES "q,,,,,20%,,30%,,\n", NULL, 2, 8, "has one bound", "two quotas", F},
    {"quotas.csv", SHARES "q,,,,,101%,,,,\n", NULL, 2, 6, "not a share", "from 0% to 100%", F},
    {"quotas.csv", SHARES "q,,,,,-1%,,,,\n", NULL, 2, 6, "not a share", "from 0% to 100%", F},
    {"quotas.csv", SHARES "q,,,,,3.333%,,,,\n", NULL, 2, 6, "not a share", "two decimals", F},
    {"quotas.csv", SHARES "q,,,,,half%,,,,\n", NULL, 2, 6, "not a share", "two decimals", F},
    {"quotas.csv", SHARES "q,,,,,%,,,,\n", NULL, 2, 6, "not a share", "two decimals", F},
    {"quotas.csv", SHARES "q,,,,,,30%,,,\n", NULL, 2, 7, "a share has no target", "as min", F},
    {"quotas.csv", SHARES "q,,,,,30%,,,yes,\n", NULL, 2, 9, "a share has no or_none", "blank", F},
    {"quotas.csv", SHARES "q,,skils=nurse,,,30%,,,,\n", NULL, 2, 3, "skils", "Filters", F},
    {"quotas.csv", SHARES "q,,skills=pilot,,,30%,,,,\n", NULL, 2, 3, "selects nobody", "correct", W},
    {"quotas.csv", SHARES "q,,,,,30%,,,,balance\n", NULL, 2, 10, "no such level", "levels", F},
    {"quotas.csv", SHARES "q,,,,,,,4,yes,\n", NULL, 2, 9, "There is no min", "give", F},
    {"quotas.csv", SHARES "q,,,,,2,,,yes,required\n", NULL, 2, 9, "only a hard minimum", "make the tier hard",
     F},
    {"posts.csv", "post,place,max,open_min\nclinic-s,gagu,3,4\n", NULL, 2, 4, "never open: it has max 3",
     "lower open_min", F},
    {"posts.csv",
     "post,place,max,open_min,min_merit\nclinic-g,gagu,9,4,70\n"
     "clinic-s,sampit,,,\noffice-s,sampit,,,\noffice-g,gagu,,,\n",
     NULL, 2, 4, "opens with at least 4 people, 2 may hold it", "lower open_min", W},
    /* capacity */
    {"quotas.csv", QUOTAS "q,,,post=office-s,,2,,,,,\n", NULL, 2, 6,
     "the minimum is 2, the seats (1) hold 1 at most", "raise max", F},
    {"quotas.csv", QUOTAS "budget,,skills=nurse,,,3,,,,,\n", NULL, 2, 6,
     "the people who may be there (2) bring 2", "lower", F},
    {"quotas.csv", QUOTAS "budget,,skills=nurse,,,3,,,,required,\n", NULL, 2, 6, "bring 2", "lower", W},
    {"quotas.csv", QUOTAS "budget,place,,,,3,,,,,\n", NULL, 2, 6, "add up to 6, all people together bring 4",
     "lower", F},
    {"quotas.csv", QUOTAS "budget,,,post=clinic-s,,,,0,,,\n", NULL, 2, 8, "people held there bring 1", "pin",
     F},
    {"posts.csv", POSTS "clinic-g,gagu,,,3,,,nurse:2,,,,\n" OTHERS, NULL, 2, 5,
     "needs at least 3 people, 1 may hold it", "lower min", W},
    {"posts.csv", POSTS "clinic-g,gagu,,,,2,,nurse:3,pppk,,,\n" OTHERS, NULL, 2, 1, "nobody may hold",
     "compare", W},
    {"posts.csv", POSTS "clinic-g,gagu,,,9,,,,,,,\n" OTHERS, NULL, 0, 0,
     "ask for 9 people in all, there are 4", "lower", W},
    {"posts.csv",
     POSTS "clinic-g,gagu,,,,,1,,,,,\nclinic-s,gagu,,,,,1,,,,,\noffice-s,gagu,,,,,1,,,,,\noffice-g,gagu,,,,,"
           "0,,,,,\n",
     NULL, 0, 0, "seats for 3 of the 4 people", "raise max", W},
    {"persons.csv",
     PERSONS NURSES "a,,,,,,,,,gagu|sampit,,,\nb,,,,,,,,,gagu|sampit,,,\nc,,,,,,,,,baamang,,,\n", NULL, 4, 1,
     "no post that this person may hold (nor 1 more like this one)", "compare", W},
#undef F
#undef W
};

/* Quotas speak of the columns of posts.csv, and the scenario of quotas: both are left out where they
   would only add to what is tested. */
static void replace_file(char *folder, size_t i) {
    bool posts = strcmp(cases[i].file, "posts.csv") == 0, quotas = strcmp(cases[i].file, "quotas.csv") == 0;
    test_sound_folder(folder, cases[i].file, cases[i].text);
    if (posts)
        test_file_write(folder, "quotas.csv", "quota\n");
    if (posts || (quotas && !cases[i].at))
        test_file_write(folder, "scenario.yaml", "title: x\n");
}

Test(checks, every_bad_input_is_named_with_its_place_and_mend) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char folder[64];
        replace_file(folder, i);
        pulang_findings *findings = pulang_findings_new();
        pulang_instance *instance = NULL;
        pulang_error error = {0};
        pulang_status status = pulang_instance_read(folder, NULL, findings, &instance, &error);
        char *list = test_list_findings(findings);
        const char *file = cases[i].at ? cases[i].at : cases[i].file;
        const pulang_finding *found = test_find_finding(findings, file, cases[i].line, cases[i].message);
        cr_expect(found, "case %zu: %s:%d %s\n%s%s", i, file, cases[i].line, cases[i].message, list,
                  error.message);
        if (found) {
            cr_expect_eq(found->column, cases[i].column, "case %zu\n%s", i, list);
            cr_expect_eq(found->severity, cases[i].severity, "case %zu\n%s", i, list);
            cr_expect(strstr(found->mend, cases[i].mend), "case %zu\n%s", i, list);
        }
        bool faulty = pulang_findings_count(findings, PULANG_FAULT) > 0;
        cr_expect_eq(status, faulty ? PULANG_ERROR_INPUT : PULANG_OK, "case %zu: %s", i, error.message);
        free(list);
        pulang_instance_free(instance);
        pulang_findings_free(findings);
        test_folder_remove(folder);
    }
}

/* Reads the sound folder with two files replaced; returns the findings. */
static pulang_findings *check_two(const char *name, const char *text, const char *other,
                                  const char *other_text, pulang_status *status) {
    char folder[64];
    test_sound_folder(folder, name, text);
    test_file_write(folder, other, other_text);
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    *status = pulang_instance_read(folder, NULL, findings, &instance, NULL);
    pulang_instance_free(instance);
    test_folder_remove(folder);
    return findings;
}

Test(checks, minimums_that_nobody_can_meet_are_faults_where_they_are_hard) {
    pulang_status status;
    pulang_findings *findings =
        check_two("posts.csv", POSTS "clinic-g,gagu,,,3,,,nurse:2,,,,\n" OTHERS, "scenario.yaml",
                  "posts: {minimum: hard}\nquotas:\n  - {quota: nurses, on: no}\n", &status);
    const pulang_finding *found = test_find_finding(findings, "posts.csv", 2, "needs at least 3 people");
    char *list = test_list_findings(findings);
    cr_assert(found && found->severity == PULANG_FAULT, "%s", list);
    cr_assert_eq(status, PULANG_ERROR_INPUT);
    free(list);
    pulang_findings_free(findings);
    findings = check_two("quotas.csv", QUOTAS "q,,,,,,,0,,,\n", "scenario.yaml", "posts: {minimum: hard}\n",
                         &status);
    found = test_find_finding(findings, "quotas.csv", 2, "minimums of the posts ask for 1");
    cr_assert(found && found->severity == PULANG_FAULT);
    pulang_findings_free(findings);
}

Test(checks, tenure_holds_people_like_a_pin) {
    pulang_status status;
    pulang_findings *findings = check_two(
        "persons.csv",
        PERSONS NURSES "a,,,,,,,office-s,,,,,0.5\nb,,,,,,,office-s,,,,,0.5\nc,,,,,,,office-s,,,,,3\n",
        "scenario.yaml", "tenure: {min_years: 2}\n", &status);
    const pulang_finding *found =
        test_find_finding(findings, "persons.csv", 5, "more people are held to post");
    cr_assert(found && found->column == 13 && found->severity == PULANG_FAULT);
    pulang_findings_free(findings);
}

Test(checks, a_folder_with_many_faults_names_them_all) {
    pulang_status status;
    pulang_findings *findings = check_two(
        "persons.csv",
        "nip,asal,nilai,jam\n1.98E+17,,,\n198613262015051001,sampti,120,\n198609262015051001,,x,999\n",
        "quotas.csv", "kuota,tiap,formasi,minimal,maksimal\nq,kecamatn,,5,4\nq,,role=pilot,,1\n", &status);
    cr_assert_eq(status, PULANG_ERROR_INPUT);
    char *list = test_list_findings(findings);
    /* 1 mangled, 3 of the second person, 2 of the third, 2 and 2 of the quotas, 3 unknown in pairs.csv,
       1 override of a quota that is gone. */
    cr_assert_eq(pulang_findings_count(findings, PULANG_FAULT), 14, "%s", list);
    free(list);
    pulang_findings_free(findings);
}

Test(checks, points_far_away_need_company_to_be_far_from) {
    pulang_status status;
    pulang_findings *findings =
        check_two("places.csv", "place,lat,lon\ngagu,-2,112\nsampit,40,-70\nbaamang,,\n", "travel.csv",
                  "from,to,km\n", &status);
    cr_assert_null(test_find_finding(findings, "places.csv", 3, "km from all other"));
    pulang_findings_free(findings);
}
