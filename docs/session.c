/*
 * What if? Solves the problem folder given, then once for each of the first three persons as if the
 * person might not hold the post found, and prints where the person goes instead and what it costs.
 *
 *     cc session.c $(pkg-config --cflags --libs pulang) -o session && ./session datasets/tiny
 */
#include <pulang.h>

#include <stdio.h>

static const char *post_name(const pulang_instance *instance, int post) {
    return post < 0 ? "(unplaced)" : pulang_instance_post_id(instance, post);
}

static pulang_status try_without(pulang_session *session, const pulang_instance *instance, int person,
                                 pulang_error *error) {
    int post = pulang_plan_post(pulang_session_plan(session), person);
    if (post < 0)
        return PULANG_OK;
    pulang_status status = pulang_session_forbid(session, person, post, error);
    if (status == PULANG_OK)
        status = pulang_session_solve(session, error);
    if (status != PULANG_OK)
        return status;
    const pulang_plan *plan = pulang_session_plan(session);
    printf("%s: not %s but %s:", pulang_instance_person_id(instance, person), post_name(instance, post),
           post_name(instance, pulang_plan_post(plan, person)));
    for (int l = 0; l < pulang_plan_levels(plan); l++)
        printf(" %s %lld", pulang_plan_level(plan, l)->name, (long long)pulang_plan_level(plan, l)->value);
    printf("\n");
    pulang_session_reset(session);
    return pulang_session_solve(session, error);
}

int main(int argc, char **argv) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_session *session = NULL;
    pulang_settings settings;
    pulang_error error = {0};
    if (argc != 2 || !findings)
        return 2;
    pulang_settings_default(&settings);
    pulang_status status = pulang_instance_read(argv[1], NULL, findings, &instance, &error);
    if (status == PULANG_OK)
        status = pulang_session_new(instance, &settings, &session, &error);
    for (int p = 0; status == PULANG_OK && p < 3 && p < pulang_instance_persons(instance); p++)
        status = try_without(session, instance, p, &error);
    if (status != PULANG_OK)
        fprintf(stderr, "%s\n", error.message);
    pulang_session_free(session);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return status == PULANG_OK ? 0 : 1;
}
