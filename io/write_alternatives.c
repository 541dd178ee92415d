#include "io/write_alternatives.h"

#include "io/atomic.h"
#include "io/output.h"
#include "model/error.h"
#include "model/words.h"

/* So many people are named with whom somebody can change places. */
enum { NAMED_MOST = 20 };

static const char *const answers[] = {
    [PULANG_CERTAIN] = "yes", [PULANG_INTERCHANGEABLE] = "no", [PULANG_NOT_KNOWN] = "unknown"};

static const char *post_name(const pulang_instance *instance, int post) {
    return post == PULANG_NONE ? "" : instance->posts[post].id;
}

static void headings(pulang_csv_writer *csv, int n, const char *const *names) {
    for (int i = 0; i < n; i++)
        pulang_csv_text(csv, names[i]);
}

/* A cell of a list; nothing of it where memory is out, which is remembered. */
static void write_list(pulang_csv_writer *csv, pulang_words *list) {
    csv->failed = csv->failed || list->failed;
    pulang_csv_text(csv, list->text ? list->text : "");
    pulang_words_clear(list);
}

static void add_item(pulang_words *list, const char *text) {
    pulang_words_append(list, "%s%s", list->length > 0 ? "|" : "", text);
}

/* ---- certain.csv ---- */

static void write_posts(const pulang_certain *certain, int person, pulang_csv_writer *csv) {
    pulang_words list = {0};
    bool unplaced = false;
    for (int i = certain->begin[person]; i < certain->begin[person + 1]; i++)
        if (certain->others[i] == PULANG_NONE)
            unplaced = true;
        else
            add_item(&list, post_name(certain->instance, certain->others[i]));
    write_list(csv, &list);
    pulang_csv_text(csv, unplaced ? "yes" : "no");
}

static void write_swaps(const pulang_certain *certain, int person, pulang_csv_writer *csv) {
    pulang_words list = {0};
    int n = 0;
    for (int other = 0; other < certain->n_persons; other++)
        if (certain->round[other] == certain->round[person] && certain->round[other] != PULANG_NONE &&
            pulang_certain_swap(certain, person, other) && n++ < NAMED_MOST)
            add_item(&list, certain->instance->persons[other].id);
    write_list(csv, &list);
    pulang_csv_integer(csv, n);
}

static void write_certain(const pulang_certain *certain, pulang_csv_writer *csv) {
    static const char *const names[] = {"person", "name",     "post",         "certain", "round",
                                        "posts",  "unplaced", "changes_with", "changes"};
    headings(csv, certain->swaps ? 9 : 7, names);
    pulang_csv_end_row(csv);
    for (int p = 0; p < certain->n_persons; p++) {
        pulang_csv_text(csv, certain->instance->persons[p].id);
        pulang_csv_text(csv, certain->instance->persons[p].name);
        pulang_csv_text(csv, post_name(certain->instance, certain->post[p]));
        pulang_csv_text(csv, answers[certain->of[p]]);
        if (certain->round[p] == PULANG_NONE)
            pulang_csv_blank(csv);
        else
            pulang_csv_integer(csv, certain->round[p] + 1);
        write_posts(certain, p, csv);
        if (certain->swaps)
            write_swaps(certain, p, csv);
        pulang_csv_end_row(csv);
    }
}

/* ---- alternatives.csv and elsewhere.csv ---- */

/* Number, people elsewhere, proven; the levels follow. */
static void write_plan(int number, int n_elsewhere, bool proven, pulang_csv_writer *csv) {
    pulang_csv_integer(csv, number);
    pulang_csv_integer(csv, n_elsewhere);
    pulang_csv_text(csv, proven ? "yes" : "no");
}

/* The plan itself is number 0. */
static void write_plans(const pulang_alternatives *alternatives, pulang_csv_writer *csv) {
    static const char *const names[] = {"plan", "elsewhere", "proven"};
    headings(csv, 3, names);
    for (int l = 0; l < alternatives->n_levels; l++)
        pulang_csv_text(csv, alternatives->instance->scenario.levels[l].name);
    pulang_csv_end_row(csv);
    write_plan(0, 0, true, csv);
    for (int l = 0; l < alternatives->n_levels; l++)
        pulang_csv_integer(csv, alternatives->value[l]);
    pulang_csv_end_row(csv);
    for (int i = 0; i < alternatives->n; i++) {
        const pulang_alternative *item = &alternatives->items[i];
        write_plan(i + 1, item->n_elsewhere, item->proven, csv);
        for (int l = 0; l < alternatives->n_levels; l++)
            pulang_csv_integer(csv, item->levels[l].value);
        pulang_csv_end_row(csv);
    }
}

static void write_elsewhere(const pulang_alternatives *alternatives, pulang_csv_writer *csv) {
    static const char *const names[] = {"plan", "person", "name", "post", "instead_of"};
    const pulang_instance *instance = alternatives->instance;
    headings(csv, 5, names);
    pulang_csv_end_row(csv);
    for (int i = 0; i < alternatives->n; i++)
        for (int p = 0; p < instance->n_persons; p++) {
            int post = alternatives->items[i].post[p];
            if (post == alternatives->post[p])
                continue;
            pulang_csv_integer(csv, i + 1);
            pulang_csv_text(csv, instance->persons[p].id);
            pulang_csv_text(csv, instance->persons[p].name);
            pulang_csv_text(csv, post_name(instance, post));
            pulang_csv_text(csv, post_name(instance, alternatives->post[p]));
            pulang_csv_end_row(csv);
        }
}

static pulang_status stage(pulang_batch *batch, const char *name, pulang_csv_writer *csv,
                           pulang_error *error) {
    pulang_status status = csv->failed ? pulang_fail_memory(error)
                                       : pulang_batch_add(batch, name, csv->bytes, csv->length, error);
    pulang_csv_writer_clear(csv);
    return status;
}

pulang_status pulang_alternatives_write(const pulang_certain *certain,
                                        const pulang_alternatives *alternatives, const char *out,
                                        pulang_error *error) {
    pulang_batch *batch = NULL;
    pulang_csv_dialect dialect = pulang_csv_dialect_of(certain->instance->persons_table.separator);
    pulang_csv_writer people = pulang_csv_writer_begin(dialect), plans = pulang_csv_writer_begin(dialect),
                      elsewhere = pulang_csv_writer_begin(dialect);
    write_certain(certain, &people);
    write_plans(alternatives, &plans);
    write_elsewhere(alternatives, &elsewhere);
    pulang_status status = pulang_batch_new(out, &batch, error);
    if (status == PULANG_OK)
        status = stage(batch, "certain.csv", &people, error);
    if (status == PULANG_OK)
        status = stage(batch, "alternatives.csv", &plans, error);
    if (status == PULANG_OK)
        status = stage(batch, "elsewhere.csv", &elsewhere, error);
    if (status == PULANG_OK)
        status = pulang_batch_commit(batch, error);
    pulang_csv_writer_clear(&people);
    pulang_csv_writer_clear(&plans);
    pulang_csv_writer_clear(&elsewhere);
    pulang_batch_free(batch);
    return status;
}

/* ---- JSON ---- */

static const char *post_or_null(const pulang_instance *instance, int post) {
    return post == PULANG_NONE ? NULL : instance->posts[post].id;
}

static void json_person(pulang_json_builder *json, const pulang_certain *certain, int person) {
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "person", certain->instance->persons[person].id);
    pulang_json_text(json, "post", post_or_null(certain->instance, certain->post[person]));
    pulang_json_text(json, "certain", answers[certain->of[person]]);
    if (certain->round[person] != PULANG_NONE)
        pulang_json_integer(json, "round", certain->round[person] + 1);
    pulang_json_open_array(json, "others");
    for (int i = certain->begin[person]; i < certain->begin[person + 1]; i++)
        pulang_json_text(json, NULL, post_or_null(certain->instance, certain->others[i]));
    pulang_json_close(json);
    pulang_json_close(json);
}

static void json_certain(pulang_json_builder *json, const pulang_certain *certain) {
    pulang_json_open_object(json, "certainty");
    pulang_json_integer(json, "certain", certain->n_certain);
    pulang_json_integer(json, "interchangeable", certain->n_interchangeable);
    pulang_json_integer(json, "not_known", certain->n_not_known);
    pulang_json_integer(json, "rounds", certain->n_rounds);
    pulang_json_boolean(json, "whole", certain->whole);
    pulang_json_open_array(json, "not_certain");
    for (int p = 0; p < certain->n_persons; p++)
        if (certain->of[p] != PULANG_CERTAIN)
            json_person(json, certain, p);
    pulang_json_close(json);
    pulang_json_close(json);
}

static void json_level(pulang_json_builder *json, const pulang_level_result *level) {
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "name", level->name);
    pulang_json_integer(json, "value", level->value);
    pulang_output_bound(json, level->bound);
    pulang_json_boolean(json, "proven", level->proven);
    pulang_json_close(json);
}

static void json_alternative(pulang_json_builder *json, const pulang_alternatives *alternatives, int i) {
    const pulang_instance *instance = alternatives->instance;
    const pulang_alternative *item = &alternatives->items[i];
    pulang_json_open_object(json, NULL);
    pulang_json_integer(json, "plan", i + 1);
    pulang_json_boolean(json, "proven", item->proven);
    pulang_json_open_array(json, "levels");
    for (int l = 0; l < alternatives->n_levels; l++)
        json_level(json, &item->levels[l]);
    pulang_json_close(json);
    pulang_json_open_array(json, "elsewhere");
    for (int p = 0; p < instance->n_persons; p++)
        if (item->post[p] != alternatives->post[p]) {
            pulang_json_open_object(json, NULL);
            pulang_json_text(json, "person", instance->persons[p].id);
            pulang_json_text(json, "post", post_or_null(instance, item->post[p]));
            pulang_json_text(json, "instead_of", post_or_null(instance, alternatives->post[p]));
            pulang_json_close(json);
        }
    pulang_json_close(json);
    pulang_json_close(json);
}

char *pulang_alternatives_json(const pulang_certain *certain, const pulang_alternatives *alternatives) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    json_certain(json, certain);
    pulang_json_integer(json, "differ", alternatives->differ);
    pulang_json_boolean(json, "no_more", alternatives->ended);
    pulang_json_open_array(json, "alternatives");
    for (int i = 0; i < alternatives->n; i++)
        json_alternative(json, alternatives, i);
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
