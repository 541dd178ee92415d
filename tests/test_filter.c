#include "model/filter.h"

#include "model/alloc.h"
#include "model/column.h"
#include "tests/support_blank.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

/* Four persons, three places, three posts. */
static pulang_instance *make(void) {
    pulang_instance *instance = test_blank_new(3, 4, 3);
    test_blank_table(instance, &instance->persons_table,
                     "person,contract,skills,age,nip\n"
                     "p0,PNS,nurse:3|driver,30,198601012010011001\n"
                     "p1,PPPK,midwife,41,198601012010011002\n"
                     "p2,,nurse:1,,1\n"
                     "p3,pppk,teacher:2,41.0,2\n");
    test_blank_table(instance, &instance->places_table,
                     "place,district,remoteness\nv0,Sampit,0\nv1,Antang Kalang,0.9\nv2,Antang Kalang,0.7\n");
    test_blank_table(
        instance, &instance->posts_table,
        "post,place,role,requires\nj0,v0,nurse,nurse:2\nj1,v1,nurse,nurse:2|driver\nj2,v2,teacher,\n");
    instance->persons[0].origin = 1;
    instance->persons[1].origin = 0;
    instance->persons[0].current = 0;
    instance->persons[3].current = 2;
    for (int j = 0; j < 3; j++)
        instance->posts[j].place = j;
    return instance;
}

struct known {
    char text[64];
    int posts;    /* 1: a filter of posts */
    int selected; /* bit i: row i */
};

ParameterizedTestParameters(filter, selects) {
    static struct known known[] = {
        {"", 0, 15},
        {"  ", 1, 7},
        {"contract=pppk", 0, 10},
        {"contract!=pppk", 0, 5},
        {"contract=pns|pppk", 0, 11},
        {"contract=", 0, 4},
        {"contract != ", 0, 11},
        {"skills=nurse", 0, 5},
        {"skills=driver|teacher", 0, 9},
        {"skills!=nurse", 0, 10},
        {"skills=nur", 0, 0},
        {"age=41", 0, 10},
        {"age>=41", 0, 10},
        {"age<41", 0, 1},
        {"age<=41", 0, 11},
        {"age>30", 0, 10},
        {"Age > 30 & contract = PPPK & skills = midwife", 0, 2},
        {"nip=198601012010011001", 0, 1}, /* not equal as rounded numbers */
        {"origin.district=antang kalang", 0, 1},
        {"origin.district!=Sampit", 0, 13},
        {"origin.remoteness>0.5", 0, 1},
        {"current.role=teacher", 0, 8},
        {"current.district=Sampit", 0, 1},
        {"current.post=", 0, 6},
        {"role=nurse", 1, 3},
        {"district=Antang Kalang", 1, 6},
        {"place.remoteness>=0.7&role=nurse", 1, 2},
        {"requires=driver", 1, 2},
        {"post=j0|j2", 1, 5},
    };
    return cr_make_param_array(struct known, known, sizeof known / sizeof *known);
}

ParameterizedTest(struct known *known, filter, selects) {
    pulang_instance *instance = make();
    pulang_filter *filter = NULL;
    const char *message = NULL;
    bool parsed = pulang_filter_parse(instance, known->posts ? PULANG_FILTER_POSTS : PULANG_FILTER_PERSONS,
                                      known->text, instance->arena, &filter, &message);
    cr_assert(parsed, "%s: %s", known->text, message);
    int selected = 0;
    for (int row = 0; row < (known->posts ? 3 : 4); row++)
        selected |= pulang_filter_matches(instance, filter, row) << row;
    cr_assert_eq(selected, known->selected, "%s: %d", known->text, selected);
    pulang_instance_free(instance);
}

Test(filter, columns_go_by_the_heading_in_the_file_too) {
    pulang_instance *instance = make();
    instance->places_table.headings = (const char *[]){"Desa", "Kecamatan", "remoteness"};
    pulang_filter *filter = NULL;
    const char *message = NULL;
    cr_assert(pulang_filter_parse(instance, PULANG_FILTER_POSTS, "kecamatan=Sampit", instance->arena, &filter,
                                  &message));
    cr_assert(pulang_filter_matches(instance, filter, 0));
    cr_assert_not(pulang_filter_matches(instance, filter, 1));
    pulang_instance_free(instance);
}

Test(filter, none_selects_all) {
    pulang_instance *instance = make();
    cr_assert(pulang_filter_matches(instance, NULL, 3));
    pulang_instance_free(instance);
}

struct bad {
    char text[64];
    char message[96]; /* must occur in the message */
};

ParameterizedTestParameters(filter, refuses) {
    static struct bad bad[] = {
        {"contrat=pns", "unknown column 'contrat', did you mean 'contract'?"},
        {"origin.distric=x", "did you mean 'origin.district'?"},
        {"salary>3", "unknown column 'salary'"},
        {"contract", "'contract' is no comparison"},
        {"contract=pns&", "'' is no comparison"},
        {"=pns", "no column before '=pns'"},
        {"age>old", "no number"},
        {"age>", "no number"},
        {"age>1|2", "no number"},
        {"age!3", "is no comparison"},
    };
    return cr_make_param_array(struct bad, bad, sizeof bad / sizeof *bad);
}

ParameterizedTest(struct bad *bad, filter, refuses) {
    pulang_instance *instance = make();
    pulang_filter *filter = NULL;
    const char *message = NULL;
    cr_assert_not(
        pulang_filter_parse(instance, PULANG_FILTER_PERSONS, bad->text, instance->arena, &filter, &message));
    cr_assert(strstr(message, bad->message), "%s: %s", bad->text, message);
    cr_assert_null(filter);
    pulang_instance_free(instance);
}

Test(filter, reads_decimal_commas_of_either_table) {
    pulang_instance *instance = make();
    instance->quotas_table.decimal_comma = true;
    pulang_filter *filter = NULL;
    const char *message = NULL;
    cr_assert(pulang_filter_parse(instance, PULANG_FILTER_POSTS, "remoteness>0,8", instance->arena, &filter,
                                  &message));
    cr_assert(pulang_filter_matches(instance, filter, 1));
    cr_assert_not(pulang_filter_matches(instance, filter, 2));
    pulang_instance_free(instance);
}

Test(filter, survives_every_failing_allocation) {
    static const char *const texts[] = {"contract=pppk&age>=41", "contrat=pns"};
    for (int t = 0; t < 2; t++)
        for (long k = 1; k < 4; k++) {
            pulang_instance *instance = make();
            pulang_arena *arena = pulang_arena_new();
            pulang_filter *filter = NULL;
            const char *message = NULL;
            pulang_alloc_fail_at(k);
            bool parsed =
                pulang_filter_parse(instance, PULANG_FILTER_PERSONS, texts[t], arena, &filter, &message);
            pulang_alloc_fail_at(0);
            cr_assert_eq(parsed, t == 0 && k > 1);
            cr_assert(parsed || message != NULL);
            pulang_arena_free(arena);
            pulang_instance_free(instance);
        }
}
