/*
 * The library in one page: solves the problem folder given and prints who goes where.
 *
 *     cc example.c $(pkg-config --cflags --libs pulang) -o example && ./example datasets/tiny
 */
#include <pulang.h>

#include <stdio.h>

static void print_findings(const pulang_findings *findings) {
    for (size_t i = 0; i < pulang_findings_total(findings); i++) {
        const pulang_finding *finding = pulang_findings_at(findings, i);
        fprintf(stderr, "%s:%d: %s\n", finding->file, finding->line, finding->message);
    }
}

static void print_plan(const pulang_instance *instance, const pulang_plan *plan) {
    for (int p = 0; p < pulang_instance_persons(instance); p++) {
        int post = pulang_plan_post(plan, p);
        printf("%s -> %s\n", pulang_instance_person_id(instance, p),
               post < 0 ? "(unplaced)" : pulang_instance_post_id(instance, post));
    }
}

int main(int argc, char **argv) {
    pulang_findings *findings = pulang_findings_new();
    pulang_instance *instance = NULL;
    pulang_plan *plan = NULL;
    pulang_settings settings;
    pulang_error error = {0};
    if (argc != 2 || !findings)
        return 2;
    pulang_settings_default(&settings);
    pulang_status status = pulang_instance_read(argv[1], NULL, findings, &instance, &error);
    print_findings(findings);
    if (status == PULANG_OK)
        status = pulang_solve(instance, &settings, &plan, &error);
    if (status != PULANG_OK)
        fprintf(stderr, "%s\n", error.message);
    else if (pulang_plan_exists(plan))
        print_plan(instance, plan);
    pulang_plan_free(plan);
    pulang_instance_free(instance);
    pulang_findings_free(findings);
    return status == PULANG_OK ? 0 : 1;
}
