#include "cli/diagnosis.h"

#include "model/error.h"

/* Of a list that no time was left to make short so many are printed; the JSON has all. */
#define MOST_SHOWN 20

static void print_rest(int n, FILE *out) {
    if (n > MOST_SHOWN)
        fprintf(out, _("  - and %d more (--json lists all)\n"), n - MOST_SHOWN);
}

/* Prints what words say and empties them; false: memory was out. */
static bool print_words(pulang_words *words, FILE *out) {
    bool whole = !words->failed;
    fprintf(out, "%s\n", whole && words->text ? words->text : "");
    pulang_words_clear(words);
    return whole;
}

static bool print_row(const pulang_rules *rules, const pulang_rule *rule, FILE *out) {
    const char *file, *column;
    int line;
    pulang_words words = {0};
    pulang_rule_row(rules, rule, &file, &column, &line);
    fprintf(out, "  - %s", file);
    if (line)
        fprintf(out, ":%d", line);
    fprintf(out, " [%s] ", column);
    pulang_rule_tell(rules, rule, &words);
    return print_words(&words, out);
}

/* Of a minimum: how many there are for it. */
static void print_able(const pulang_diagnosis *diagnosis, const pulang_rule *rule, FILE *out) {
    int any, able;
    if (rule->kind != PULANG_RULE_MINIMUM && rule->kind != PULANG_RULE_AT_LEAST &&
        rule->kind != PULANG_RULE_OPENING && rule->kind != PULANG_RULE_NONE_OR)
        return;
    able = pulang_rule_able(diagnosis->rules, rule, diagnosis->n_persons, &any);
    fputs("      ", out);
    if (any == 0)
        fprintf(out, "%s\n", _("nobody in the file may work there"));
    else if (able == any)
        fprintf(out, _("in the file may work there: %d\n"), any);
    else
        fprintf(out, _("in the file may work there: %d, of whom count for it: %d\n"), any, able);
}

static bool print_conflict(const pulang_diagnosis *diagnosis, const pulang_conflict *conflict, FILE *out) {
    bool whole = true;
    if (conflict->n == 1)
        fprintf(out, "\n%s\n", _("This rule cannot be met, whatever the others are:"));
    else if (conflict->minimal)
        fprintf(out, _("\nThese %d rules cannot all be met; without any one of them the others can:\n"),
                conflict->n);
    else
        fprintf(out, _("\nThese %d rules cannot all be met (there was no time to look for fewer):\n"),
                conflict->n);
    for (int i = 0; i < conflict->n && i < MOST_SHOWN; i++) {
        const pulang_rule *rule = &diagnosis->rules->rule[conflict->rules[i]];
        whole = print_row(diagnosis->rules, rule, out) && whole;
        print_able(diagnosis, rule, out);
    }
    print_rest(conflict->n, out);
    return whole;
}

static bool print_repair(const pulang_diagnosis *diagnosis, int index, FILE *out) {
    const pulang_repair *repair = &diagnosis->repairs[index];
    double cost = (double)repair->cost / (double)repair->scale;
    bool whole = true;
    if (index > 0)
        fprintf(out, _("\nOr, with no change of these kinds (cost %.10g):\n"), cost);
    else if (repair->proven)
        fprintf(out, _("\nThe cheapest changes that mend it (cost %.10g):\n"), cost);
    else
        fprintf(out, _("\nChanges that mend it (cost %.10g; there may be cheaper ones):\n"), cost);
    for (int i = 0; i < repair->n && i < MOST_SHOWN; i++) {
        pulang_words words = {0};
        pulang_change_tell(diagnosis, &repair->changes[i], &words);
        fputs("  - ", out);
        whole = print_words(&words, out) && whole;
    }
    print_rest(repair->n, out);
    return whole;
}

void diagnosis_print_outcome(const pulang_diagnosis *diagnosis, FILE *out) {
    if (diagnosis->feasible)
        fprintf(out, "%s\n", _("Nothing is wrong: there is a plan that meets all hard rules."));
    else if (!diagnosis->decided)
        fprintf(out, "%s\n", _("Time was up before it was known whether there is a plan."));
    else
        fprintf(out, "%s\n", _("There is no plan that meets all hard rules."));
}

pulang_status diagnosis_print(const pulang_diagnosis *diagnosis, FILE *out, pulang_error *error) {
    bool whole = true;
    for (int c = 0; c < diagnosis->n_conflicts; c++)
        whole = print_conflict(diagnosis, &diagnosis->conflicts[c], out) && whole;
    if (diagnosis->n_conflicts && diagnosis->more)
        fprintf(out, "\n%s\n", _("There may be more conflicts, among other rules."));
    for (int i = 0; i < diagnosis->n_repairs; i++)
        whole = print_repair(diagnosis, i, out) && whole;
    if (diagnosis->n_conflicts && diagnosis->n_repairs == 0)
        fprintf(out, "\n%s\n", _("No repair was found with the changes that are allowed."));
    return whole ? PULANG_OK : pulang_fail_memory(error);
}
