#include "model/quota.h"

#include "model/alloc.h"
#include "tests/support.h"
#include "tests/support_blank.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Three persons; four posts in places 1, 0, 1 and 2, the last without a district. */
static pulang_instance *make(void) {
    pulang_instance *instance = test_blank_new(3, 3, 4);
    test_blank_table(instance, &instance->persons_table, "person,contract\np0,PNS\np1,PPPK\np2,PNS\n");
    test_blank_table(instance, &instance->places_table, "place,district\nv0,West\nv1,East\nv2,\n");
    test_blank_table(instance, &instance->posts_table,
                     "post,place,role\nj0,v1,nurse\nj1,v0,nurse\nj2,v1,teacher\nj3,v2,nurse\n");
    static const int places[] = {1, 0, 1, 2};
    for (int j = 0; j < 4; j++) {
        instance->posts[j].place = places[j];
        instance->posts[j].hours = 1000 * (j + 1);
    }
    return instance;
}

static pulang_quota *set_quotas(pulang_instance *instance, int n) {
    instance->n_quotas = n;
    instance->quotas = pulang_arena_alloc(instance->arena, (size_t)n, sizeof *instance->quotas);
    for (int q = 0; q < n; q++)
        instance->quotas[q] =
            (pulang_quota){.name = "q", .each = "", .measure = PULANG_MEASURE_HEADS, .scale = 1, .on = true};
    return instance->quotas;
}

static pulang_filter *filter(pulang_instance *instance, pulang_filter_kind kind, const char *text) {
    pulang_filter *made = NULL;
    const char *message = NULL;
    cr_assert(pulang_filter_parse(instance, kind, text, instance->arena, &made, &message), "%s", message);
    return made;
}

Test(quota, group_is_the_value_of_each) {
    pulang_instance *instance = make();
    pulang_quota *quota = set_quotas(instance, 1);
    cr_assert_str_eq(pulang_quota_group(instance, quota, 3), "");
    quota->each = "district";
    cr_assert_str_eq(pulang_quota_group(instance, quota, 0), "East");
    cr_assert_null(pulang_quota_group(instance, quota, 3), "a blank cell is no group");
    quota->each = "role";
    quota->posts = filter(instance, PULANG_FILTER_POSTS, "district=East");
    cr_assert_str_eq(pulang_quota_group(instance, quota, 2), "teacher");
    cr_assert_null(pulang_quota_group(instance, quota, 1), "not selected");
    pulang_instance_free(instance);
}

Test(quota, amounts_by_measure) {
    pulang_instance *instance = make();
    pulang_quota *quota = set_quotas(instance, 1);
    int64_t hours[] = {375, 200, 0};
    instance->persons[0].current = 1;
    instance->persons[0].pay = 320050;
    instance->posts[2].pay = 410000;
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 0), 1);
    quota->measure = PULANG_MEASURE_MOVES;
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 0), 1);
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 1), 0, "stays");
    cr_assert_eq(pulang_quota_amount(instance, quota, 1, 1), 0, "comes from nowhere");
    quota->measure = PULANG_MEASURE_HOURS;
    quota->amount = hours;
    quota->scale = 10;
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 0), 375);
    quota->measure = PULANG_MEASURE_PAY;
    quota->scale = 100;
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 0), 320050);
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 2), 410000);
    quota->scale = 1;
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 2), 4100);
    quota->persons = filter(instance, PULANG_FILTER_PERSONS, "contract=PPPK");
    cr_assert_eq(pulang_quota_amount(instance, quota, 0, 2), 0, "not selected");
    pulang_instance_free(instance);
}

Test(quota, groups_in_order_with_their_bounds) {
    pulang_instance *instance = make();
    pulang_quota *quotas = set_quotas(instance, 3);
    quotas[0].each = "district";
    quotas[0].has_max = true;
    quotas[0].max = 7;
    quotas[1].on = false;
    quotas[2].measure = PULANG_MEASURE_HOURS;
    quotas[2].scale = 10;
    quotas[2].has_target = quotas[2].target_is_work = true;
    quotas[2].posts = filter(instance, PULANG_FILTER_POSTS, "role=nurse");
    pulang_quota_group_info *groups = NULL;
    int n = 0;
    cr_assert_eq(pulang_quota_groups(instance, &groups, &n), 0);
    cr_assert_eq(n, 3);
    cr_assert_str_eq(groups[0].key, "East");
    cr_assert_eq(groups[0].n_posts, 2);
    cr_assert_eq(groups[0].posts[0], 0);
    cr_assert_eq(groups[0].posts[1], 2);
    cr_assert(groups[0].has_max && groups[0].max == 7 && !groups[0].has_target);
    cr_assert_str_eq(groups[1].key, "West");
    cr_assert_eq(groups[2].quota, 2);
    cr_assert_str_eq(groups[2].key, "");
    cr_assert_eq(groups[2].n_posts, 3);
    cr_assert_eq(groups[2].target, 700, "10 + 20 + 40 hours in tenths");
    pulang_quota_groups_free(groups, n);
    pulang_instance_free(instance);
}

Test(quota, no_quota_no_group) {
    pulang_instance *instance = make();
    pulang_quota_group_info *groups = NULL;
    int n = 9;
    cr_assert_eq(pulang_quota_groups(instance, &groups, &n), 0);
    cr_assert_eq(n, 0);
    pulang_quota_groups_free(groups, n);
    pulang_instance_free(instance);
}

Test(quota, groups_agree_with_the_group_of_each_post) {
    test_random random = {7};
    for (int round = 0; round < 100; round++) {
        pulang_instance *instance = test_blank_new(1, 0, 12);
        char table[256] = "post,unit\n";
        for (int j = 0; j < 12; j++)
            snprintf(table + strlen(table), sizeof table - strlen(table), "j%d,%.*s\n", j,
                     test_random_range(&random, 0, 3), "abc");
        test_blank_table(instance, &instance->posts_table, table);
        pulang_quota *quota = set_quotas(instance, 1);
        quota->each = "unit";
        pulang_quota_group_info *groups = NULL;
        int n = 0, n_posts = 0;
        cr_assert_eq(pulang_quota_groups(instance, &groups, &n), 0);
        for (int g = 0; g < n; g++) {
            cr_assert(g == 0 || strcmp(groups[g - 1].key, groups[g].key) < 0);
            for (int i = 0; i < groups[g].n_posts; i++) {
                cr_assert(i == 0 || groups[g].posts[i - 1] < groups[g].posts[i]);
                cr_assert_str_eq(pulang_quota_group(instance, quota, groups[g].posts[i]), groups[g].key);
            }
            n_posts += groups[g].n_posts;
        }
        for (int j = 0; j < 12; j++)
            n_posts -= pulang_quota_group(instance, quota, j) != NULL;
        cr_assert_eq(n_posts, 0);
        pulang_quota_groups_free(groups, n);
        pulang_instance_free(instance);
    }
}

Test(quota, says_when_memory_is_out) {
    pulang_instance *instance = make();
    set_quotas(instance, 2);
    pulang_quota_group_info *groups = NULL;
    int n = 0;
    for (long k = 1; k <= 2; k++) {
        pulang_alloc_fail_at(k);
        int failed = pulang_quota_groups(instance, &groups, &n);
        pulang_alloc_fail_at(0);
        cr_assert_eq(failed, -1);
        cr_assert_null(groups);
    }
    pulang_instance_free(instance);
}
