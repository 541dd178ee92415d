#include "cli/diagnosis.h"
#include "io/json.h"
#include "model/alloc.h"
#include "model/error.h"

static const char *const rule_names[PULANG_N_RULE_KINDS] = {
    [PULANG_RULE_MINIMUM] = "minimum",  [PULANG_RULE_SEATS] = "seats",
    [PULANG_RULE_OPENING] = "opening",  [PULANG_RULE_AT_LEAST] = "at least",
    [PULANG_RULE_AT_MOST] = "at most",  [PULANG_RULE_NONE_OR] = "none or",
    [PULANG_RULE_PIN] = "pin",          [PULANG_RULE_STAY] = "stay",
    [PULANG_RULE_TOGETHER] = "together"};

/* Adds what words say and empties them; false: memory was out. */
static bool add_text(pulang_json_builder *json, pulang_words *words) {
    bool whole = !words->failed;
    pulang_json_text(json, "text", whole && words->text ? words->text : "");
    pulang_words_clear(words);
    return whole;
}

static void add_row(pulang_json_builder *json, const pulang_rules *rules, const pulang_rule *rule) {
    const char *file, *column;
    int line;
    pulang_rule_row(rules, rule, &file, &column, &line);
    pulang_json_text(json, "rule", rule_names[rule->kind]);
    pulang_json_text(json, "file", file);
    pulang_json_integer(json, "line", line);
    pulang_json_text(json, "column", column);
}

static bool add_rule(pulang_json_builder *json, const pulang_diagnosis *diagnosis, const pulang_rule *rule) {
    pulang_words words = {0};
    pulang_json_open_object(json, NULL);
    add_row(json, diagnosis->rules, rule);
    pulang_rule_tell(diagnosis->rules, rule, &words);
    bool whole = add_text(json, &words);
    if (rule->total != PULANG_NONE) {
        int any, able = pulang_rule_able(diagnosis->rules, rule, diagnosis->n_persons, &any);
        pulang_json_integer(json, "may_work_there", any);
        pulang_json_integer(json, "count_for_it", able);
    }
    pulang_json_close(json);
    return whole;
}

static bool add_change(pulang_json_builder *json, const pulang_diagnosis *diagnosis,
                       const pulang_repair *repair, const pulang_change *change) {
    const pulang_instance *instance = diagnosis->rules->instance;
    pulang_words words = {0};
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "change", pulang_tariff_table[change->kind].name);
    pulang_json_real(json, "cost", (double)change->cost / (double)repair->scale, 3);
    pulang_change_tell(diagnosis, change, &words);
    bool whole = add_text(json, &words);
    if (change->kind == PULANG_CHANGE_HIRE) {
        pulang_json_integer(json, "people", change->count);
        pulang_json_text(json, "like",
                         change->like == PULANG_NONE ? NULL : instance->persons[change->like].id);
        pulang_json_open_array(json, "posts");
        for (int i = 0; i < change->n_posts; i++)
            pulang_json_text(json, NULL, instance->posts[change->posts[i]].id);
        pulang_json_close(json);
    } else {
        add_row(json, diagnosis->rules, &diagnosis->rules->rule[change->rule]);
    }
    pulang_json_close(json);
    return whole;
}

static bool add_conflicts(pulang_json_builder *json, const pulang_diagnosis *diagnosis) {
    bool whole = true;
    pulang_json_open_array(json, "conflicts");
    for (int c = 0; c < diagnosis->n_conflicts; c++) {
        const pulang_conflict *conflict = &diagnosis->conflicts[c];
        pulang_json_open_object(json, NULL);
        pulang_json_boolean(json, "minimal", conflict->minimal);
        pulang_json_open_array(json, "rules");
        for (int i = 0; i < conflict->n; i++)
            whole = add_rule(json, diagnosis, &diagnosis->rules->rule[conflict->rules[i]]) && whole;
        pulang_json_close(json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    return whole;
}

static bool add_repairs(pulang_json_builder *json, const pulang_diagnosis *diagnosis) {
    bool whole = true;
    pulang_json_open_array(json, "repairs");
    for (int i = 0; i < diagnosis->n_repairs; i++) {
        const pulang_repair *repair = &diagnosis->repairs[i];
        pulang_json_open_object(json, NULL);
        pulang_json_real(json, "cost", (double)repair->cost / (double)repair->scale, 3);
        pulang_json_boolean(json, "cheapest", i == 0 && repair->proven);
        pulang_json_open_array(json, "changes");
        for (int c = 0; c < repair->n; c++)
            whole = add_change(json, diagnosis, repair, &repair->changes[c]) && whole;
        pulang_json_close(json);
        pulang_json_close(json);
    }
    pulang_json_close(json);
    return whole;
}

pulang_status diagnosis_print_json(const pulang_diagnosis *diagnosis, pulang_error *error) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return pulang_fail_memory(error);
    pulang_json_text(json, "status",
                     diagnosis->feasible  ? "feasible"
                     : diagnosis->decided ? "infeasible"
                                          : "limit");
    bool whole = add_conflicts(json, diagnosis);
    pulang_json_boolean(json, "more", diagnosis->n_conflicts > 0 && diagnosis->more);
    whole = add_repairs(json, diagnosis) && whole;
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    if (text && whole)
        fputs(text, stdout);
    whole = whole && text;
    pulang_free(text);
    return whole ? PULANG_OK : pulang_fail_memory(error);
}
