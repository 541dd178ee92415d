#include "io/json.h"
#include "io/write_explain.h"
#include "model/preference.h"

static const char *const states[] = {
    [PULANG_PAIR_OPEN] = "unknown",        [PULANG_PAIR_EXACT] = "exact",
    [PULANG_PAIR_AT_MOST] = "at most",     [PULANG_PAIR_IMPOSSIBLE] = "impossible",
    [PULANG_PAIR_BARRED] = "not eligible",
};

static const char *post_id(const pulang_explanation *x, int post) {
    return post == PULANG_NONE ? NULL : x->plan->instance->posts[post].id;
}

static const char *person_id(const pulang_explanation *x, int person) {
    return x->plan->instance->persons[person].id;
}

static void write_levels(pulang_json_builder *json, const pulang_explanation *x, const char *key,
                         const int64_t *value) {
    pulang_json_open_object(json, key);
    for (int l = 0; l < x->plan->n_levels; l++)
        pulang_json_integer(json, x->plan->instance->scenario.levels[l].name, value[l]);
    pulang_json_close(json);
}

static void write_terms(pulang_json_builder *json, const pulang_explanation *x, int person, int post) {
    pulang_preference preference;
    pulang_preference_init(&preference, x->plan->instance);
    pulang_json_open_object(json, "terms");
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (x->plan->instance->scenario.weight[t] > 0)
            pulang_json_integer(json, pulang_term_names[t],
                                pulang_preference_term(&preference, (pulang_term)t, person, post));
    pulang_json_close(json);
}

/* What is proven where a limit came before the proof of the change. */
static void write_least(pulang_json_builder *json, const pulang_explanation *x,
                        const pulang_consequence *item) {
    if (item->state != PULANG_PAIR_AT_MOST || item->open_level == PULANG_NONE || item->least == INT64_MIN)
        return;
    pulang_json_open_object(json, "at_least");
    pulang_json_integer(json, x->plan->instance->scenario.levels[item->open_level].name, item->least);
    pulang_json_close(json);
}

static void write_moves(pulang_json_builder *json, const pulang_explanation *x,
                        const pulang_consequence *item) {
    pulang_json_open_array(json, "moves");
    for (int i = 0; i < item->n_moves; i++) {
        pulang_json_open_object(json, NULL);
        pulang_json_text(json, "person", person_id(x, item->moves[i].person));
        pulang_json_text(json, "from", post_id(x, item->moves[i].from));
        pulang_json_text(json, "to", post_id(x, item->moves[i].to));
        pulang_json_close(json);
    }
    pulang_json_close(json);
}

static void write_item(pulang_json_builder *json, const pulang_explanation *x, const pulang_explained *asked,
                       int i) {
    const pulang_consequence *item = &asked->items[i];
    char why[256];
    pulang_json_open_object(json, NULL);
    pulang_json_text(json, "person", person_id(x, item->person));
    pulang_json_text(json, "post", post_id(x, item->post));
    pulang_json_text(json, "state", states[item->state]);
    if (asked->person != PULANG_NONE)
        pulang_json_boolean(json, "wanted", item->wanted);
    write_terms(json, x, item->person, item->post);
    if (item->state == PULANG_PAIR_BARRED) {
        pulang_eligible_explain(x->plan->instance, item->person, item->post, item->bar, why, sizeof why);
        pulang_json_text(json, "why", why);
    }
    if (item->state == PULANG_PAIR_EXACT || item->state == PULANG_PAIR_AT_MOST) {
        write_levels(json, x, "change", item->change);
        write_least(json, x, item);
        write_moves(json, x, item);
    }
    pulang_json_close(json);
}

static void write_asked(pulang_json_builder *json, const pulang_explanation *x,
                        const pulang_explained *asked) {
    const pulang_instance *instance = x->plan->instance;
    pulang_json_open_object(json, NULL);
    if (asked->person != PULANG_NONE) {
        int post = x->plan->post[asked->person];
        pulang_json_text(json, "person", person_id(x, asked->person));
        pulang_json_text(json, "name", instance->persons[asked->person].name);
        pulang_json_text(json, "holds", post_id(x, post));
        pulang_json_text(json, "why", x->reasons->person[asked->person]);
        if (post != PULANG_NONE)
            write_terms(json, x, asked->person, post);
    } else {
        pulang_json_text(json, "post", post_id(x, asked->post));
        pulang_json_integer(json, "filled", x->evaluation->filled[asked->post]);
        pulang_json_integer(json, "target", instance->posts[asked->post].target);
        pulang_json_text(json, "why", x->reasons->post[asked->post]);
    }
    pulang_json_open_array(json, "alternatives");
    for (int i = 0; i < asked->n; i++)
        write_item(json, x, asked, i);
    pulang_json_close(json);
    pulang_json_close(json);
}

char *pulang_write_explain_json(const pulang_explanation *x) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "place", x->place == PULANG_NONE ? NULL : x->plan->instance->places[x->place].id);
    pulang_json_text(json, "solved_anew_because", x->solved_anew);
    pulang_json_open_object(json, "levels");
    for (int l = 0; l < x->plan->n_levels; l++)
        pulang_json_integer(json, x->plan->instance->scenario.levels[l].name, x->plan->levels[l].value);
    pulang_json_close(json);
    pulang_json_open_array(json, "explained");
    for (int i = 0; i < x->n; i++)
        write_asked(json, x, &x->items[i]);
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}
