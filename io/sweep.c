#include "io/sweep.h"

#include "io/json.h"
#include "model/error.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int pulang_sweep_points(const pulang_sweep *sweep) {
    int n = 1;
    for (int a = 0; a < sweep->n_axes; a++)
        n *= sweep->axes[a].values.n;
    return n;
}

const char *pulang_sweep_value(const pulang_sweep *sweep, int point, int axis) {
    for (int a = sweep->n_axes - 1; a > axis; a--)
        point /= sweep->axes[a].values.n;
    const pulang_texts *values = &sweep->axes[axis].values;
    return values->items[point % values->n];
}

void pulang_sweep_settings(const pulang_sweep *sweep, int point, pulang_override *set) {
    for (int i = 0; i < sweep->n_set; i++)
        set[i] = sweep->set[i];
    for (int a = 0; a < sweep->n_axes; a++)
        set[sweep->n_set + a] =
            (pulang_override){sweep->axes[a].key, pulang_sweep_value(sweep, point, a), sweep->axes[a].source};
}

/* Appends text to name, escaped; its new length, at most the size of name. */
static size_t escape(char *name, size_t length, const char *text) {
    for (; *text && length < PULANG_SWEEP_NAME; text++) {
        unsigned char byte = (unsigned char)*text;
        bool plain = isalnum(byte) || byte >= 0x80 || (*text && strchr("._+-", *text));
        int n = snprintf(name + length, PULANG_SWEEP_NAME - length, plain ? "%c" : "%%%02X", byte);
        length += (size_t)n;
    }
    return length;
}

static size_t append(char *name, size_t length, char separator) {
    if (length < PULANG_SWEEP_NAME)
        name[length++] = separator;
    return length;
}

pulang_status pulang_sweep_name(const pulang_sweep *sweep, int point, char name[PULANG_SWEEP_NAME],
                                pulang_error *error) {
    char made[PULANG_SWEEP_NAME + 4];
    size_t length = 0;
    for (int a = 0; a < sweep->n_axes; a++) {
        if (a > 0)
            length = append(made, length, ',');
        length = escape(made, length, sweep->axes[a].key);
        length = append(made, length, '=');
        length = escape(made, length, pulang_sweep_value(sweep, point, a));
    }
    if (length >= PULANG_SWEEP_NAME)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT,
                           _("%s: the key and its value are too long for the name of a folder"),
                           sweep->axes[0].key);
    made[length] = '\0';
    memcpy(name, made, length + 1);
    return PULANG_OK;
}

char *pulang_sweep_record(const pulang_sweep *sweep, int point, const pulang_instance *instance) {
    pulang_json_builder *json = pulang_json_builder_new();
    if (!json)
        return NULL;
    pulang_json_text(json, "version", PULANG_VERSION);
    pulang_json_text(json, "language", pulang_language());
    pulang_json_open_object(json, "settings");
    for (int i = 0; i < sweep->n_given; i++)
        pulang_json_text(json, sweep->given[i][0], sweep->given[i][1]);
    pulang_json_close(json);
    pulang_json_open_object(json, "set");
    for (int i = 0; i < sweep->n_set; i++)
        pulang_json_text(json, sweep->set[i].key, sweep->set[i].value);
    for (int a = 0; a < sweep->n_axes; a++)
        pulang_json_text(json, sweep->axes[a].key, pulang_sweep_value(sweep, point, a));
    pulang_json_close(json);
    pulang_json_open_object(json, "inputs");
    for (int i = 0; i < instance->n_inputs; i++)
        pulang_json_text(json, instance->inputs[i].name, instance->inputs[i].sha256);
    pulang_json_close(json);
    char *text = pulang_json_finish(json);
    pulang_json_builder_free(json);
    return text;
}

static bool same_text(const pulang_json *object, const char *key, const char *value) {
    const char *text = pulang_json_to_text(pulang_json_get(object, key));
    return text && strcmp(text, value) == 0;
}

static bool is_input(const pulang_instance *instance, const char *name) {
    for (int i = 0; i < instance->n_inputs; i++)
        if (strcmp(instance->inputs[i].name, name) == 0)
            return true;
    return false;
}

/* Appends a name to the list. */
static const char *list_name(pulang_arena *arena, const char *list, const char *name) {
    return list ? pulang_arena_printf(arena, "%s, %s", list, name)
                : pulang_arena_copy(arena, name, strlen(name));
}

/* The files that differ, those too that one of the two does not have; NULL: none. */
static const char *changed_inputs(const pulang_instance *instance, const pulang_json *inputs,
                                  pulang_arena *arena) {
    const char *list = NULL, *name;
    const pulang_json *value;
    for (int i = 0; i < instance->n_inputs; i++)
        if (!same_text(inputs, instance->inputs[i].name, instance->inputs[i].sha256))
            list = list_name(arena, list, instance->inputs[i].name);
    for (void *at = NULL; pulang_json_next(inputs, &at, &name, &value);)
        if (!is_input(instance, name))
            list = list_name(arena, list, name);
    return list;
}

static bool same_settings(const pulang_sweep *sweep, const pulang_json *settings) {
    bool same = pulang_json_length(settings) == (size_t)sweep->n_given;
    for (int i = 0; same && i < sweep->n_given; i++)
        same = same_text(settings, sweep->given[i][0], sweep->given[i][1]);
    return same;
}

/* The value of the i-th setting, or of a later one with the same key, which beats it. */
static const char *last_set(const pulang_sweep *sweep, int i) {
    for (int k = sweep->n_set - 1; k > i; k--)
        if (strcmp(sweep->set[k].key, sweep->set[i].key) == 0)
            return sweep->set[k].value;
    return sweep->set[i].value;
}

static bool same_set(const pulang_sweep *sweep, const pulang_json *set) {
    bool same = pulang_json_length(set) <= (size_t)(sweep->n_set + sweep->n_axes);
    for (int i = 0; same && i < sweep->n_set; i++)
        same = same_text(set, sweep->set[i].key, last_set(sweep, i));
    return same;
}

static const char *change_of(const pulang_sweep *sweep, const pulang_instance *instance,
                             const pulang_json *record, pulang_arena *arena) {
    const char *inputs = changed_inputs(instance, pulang_json_get(record, "inputs"), arena);
    if (inputs)
        return inputs;
    if (!same_text(record, "version", PULANG_VERSION))
        return _("the version of pulang");
    if (!same_text(record, "language", pulang_language()))
        return _("the language");
    if (!same_settings(sweep, pulang_json_get(record, "settings")))
        return _("the settings of the solver");
    return same_set(sweep, pulang_json_get(record, "set")) ? NULL : _("what is set by --set");
}

const char *pulang_sweep_change(const pulang_sweep *sweep, const pulang_instance *instance, const char *path,
                                pulang_arena *arena) {
    pulang_json *record = NULL;
    if (pulang_json_read(path, path, &record, NULL) != PULANG_OK)
        return NULL;
    const char *change = change_of(sweep, instance, record, arena);
    pulang_json_free(record);
    return change;
}
