#include "io/reader.h"

#include "io/nip.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HIGHEST_LEVEL 1000

void *pulang_reader_alloc(pulang_reader *reader, int count, size_t size) {
    void *memory = pulang_arena_alloc(reader->instance->arena, (size_t)count, size);
    if (!memory)
        reader->failed = true;
    return memory;
}

static void report_mangled(pulang_reader *reader, const pulang_field *field) {
    pulang_field_report(reader->findings, PULANG_FAULT, field,
                        _("in the spreadsheet format the column as text, enter the ids again, save anew"),
                        _("a spreadsheet (Excel) has turned this id into a number and lost digits"));
}

/* Adds one id; reports it when it is missing, mangled or there already. */
static void register_id(pulang_reader *reader, pulang_register *codes, const pulang_table *table, int row,
                        int column) {
    pulang_field field = pulang_field_cell(table, row, column);
    const char *id = codes->ids[row];
    if (id[0] == '\0') {
        pulang_field_report(reader->findings, PULANG_FAULT, &field, _("give every line its own id"),
                            _("the id is missing"));
        return;
    }
    if (pulang_id_mangled(id)) {
        report_mangled(reader, &field);
        return;
    }
    int first = pulang_index_find(&codes->index, id);
    if (first >= 0) {
        pulang_field_report(reader->findings, PULANG_FAULT, &field,
                            _("give each its own id, or remove one of the lines"),
                            _("the id is on line %d already"), table->lines[first]);
        return;
    }
    if (pulang_index_add(&codes->index, id, row))
        reader->failed = true;
}

void pulang_reader_register(pulang_reader *reader, pulang_code code, const pulang_table *table, int column) {
    pulang_register *codes = &reader->codes[code];
    codes->ids = pulang_reader_alloc(reader, table->n_rows, sizeof *codes->ids);
    for (int r = 0; r < table->n_rows && !reader->failed; r++) {
        codes->ids[r] = pulang_id_clean(reader->instance->arena, pulang_table_cell(table, r, column));
        if (codes->ids[r])
            register_id(reader, codes, table, r, column);
        else
            reader->failed = true;
    }
    codes->n = table->n_rows;
    codes->usable = !reader->failed;
}

/* The nearest of the codes to text, NULL: none, or enough has been compared. */
static const char *suggest(pulang_reader *reader, const pulang_register *codes, const char *text) {
    if (!codes->usable || reader->suggestions < codes->n)
        return NULL;
    reader->suggestions -= codes->n;
    int near = pulang_nearest(text, codes->ids, codes->n);
    return near < 0 ? NULL : codes->ids[near];
}

/* Reports a place that is called by its name instead of its code. Returns whether it is. */
static bool report_name(pulang_reader *reader, const pulang_field *field, const char *text) {
    const pulang_instance *instance = reader->instance;
    char mend[256];
    int n = 0, first = PULANG_NONE;
    for (int i = 0; i < instance->n_places; i++)
        if (strcasecmp(instance->places[i].name, text) == 0 && n++ == 0)
            first = i;
    if (n == 0)
        return false;
    if (n == 1)
        snprintf(mend, sizeof mend, _("write its code: %s"), instance->places[first].id);
    else
        snprintf(mend, sizeof mend, _("write the code of the one that is meant: %d places have this name"),
                 n);
    pulang_field_report(reader->findings, PULANG_FAULT, field, mend, _("this is the name of a place: %s"),
                        text);
    return true;
}

static int look_up(pulang_reader *reader, pulang_code code, const char *text) {
    const char *id = pulang_id_clean(reader->instance->arena, text);
    if (!id) {
        reader->failed = true;
        return PULANG_NONE;
    }
    return pulang_index_find(&reader->codes[code].index, id);
}

static void report_unknown(pulang_reader *reader, const pulang_field *field, const char *text,
                           const char *near, const char *what) {
    char mend[256];
    if (near)
        snprintf(mend, sizeof mend, _("did you mean %s?"), near);
    else
        snprintf(mend, sizeof mend, _("correct it, or add it to its file"));
    pulang_field_report(reader->findings, PULANG_FAULT, field, mend, "%s: %s", what, text);
}

int pulang_reader_find(pulang_reader *reader, pulang_code code, const pulang_field *field, const char *text) {
    const char *const unknown[PULANG_N_CODES] = {
        [PULANG_CODE_PLACE] = _("there is no such place in places.csv"),
        [PULANG_CODE_POST] = _("there is no such post in posts.csv"),
        [PULANG_CODE_PERSON] = _("there is no such person in persons.csv"),
    };
    const pulang_register *codes = &reader->codes[code];
    if (text[0] == '\0' || !codes->usable)
        return PULANG_NONE;
    int found = look_up(reader, code, text);
    if (found >= 0 || reader->failed)
        return found;
    if (pulang_id_mangled(text))
        report_mangled(reader, field);
    else if (code != PULANG_CODE_PLACE || !report_name(reader, field, text))
        report_unknown(reader, field, text, suggest(reader, codes, text), unknown[code]);
    return PULANG_NONE;
}

int pulang_reader_code(pulang_reader *reader, pulang_code code, const pulang_field *field) {
    return pulang_reader_find(reader, code, field, field->text);
}

void pulang_reader_texts(pulang_reader *reader, const pulang_field *field, pulang_texts *texts) {
    if (!pulang_field_list(reader->instance->arena, field, texts))
        reader->failed = true;
}

pulang_wish *pulang_reader_spots(pulang_reader *reader, const pulang_field *field, int *n) {
    const pulang_register *posts = &reader->codes[PULANG_CODE_POST];
    const pulang_register *places = &reader->codes[PULANG_CODE_PLACE];
    pulang_texts texts = {0, NULL};
    *n = 0;
    if (field->text[0] == '\0')
        return NULL;
    pulang_reader_texts(reader, field, &texts);
    pulang_wish *spots = pulang_reader_alloc(reader, texts.n, sizeof *spots);
    for (int i = 0; i < texts.n && !reader->failed; i++) {
        int post = look_up(reader, PULANG_CODE_POST, texts.items[i]);
        int place = post >= 0 ? PULANG_NONE : look_up(reader, PULANG_CODE_PLACE, texts.items[i]);
        if (post >= 0 || place >= 0)
            spots[(*n)++] = (pulang_wish){place, post};
        else if (posts->usable && places->usable) {
            const char *near = suggest(reader, posts, texts.items[i]);
            near = near ? near : suggest(reader, places, texts.items[i]);
            report_unknown(reader, field, texts.items[i], near, _("there is no such post or place"));
        }
    }
    return spots;
}

/* The number of a skill, new ones taken in; spelling by case does not matter. */
static int intern_skill(pulang_reader *reader, const char *name) {
    pulang_instance *instance = reader->instance;
    const char *key = pulang_arena_copy(instance->arena, name, strlen(name));
    for (char *c = (char *)key; c && *c; c++)
        *c = (char)tolower((unsigned char)*c);
    int skill = key ? pulang_index_find(&reader->skills, key) : PULANG_NONE;
    if (skill >= 0)
        return skill;
    void *names = reader->skill_names;
    if (!key || pulang_grow(&names, &reader->skills_room, (size_t)instance->n_skills + 1, sizeof(char *)) ||
        pulang_index_add(&reader->skills, key, instance->n_skills)) {
        reader->skill_names = names;
        reader->failed = true;
        return PULANG_NONE;
    }
    reader->skill_names = names;
    reader->skill_names[instance->n_skills] = name;
    return instance->n_skills++;
}

/* Splits name:level; false: the level is none (reported). */
static bool split_level(pulang_reader *reader, const pulang_field *field, char *text, int *level) {
    char *colon = strchr(text, ':'), *end;
    *level = 1;
    if (colon) {
        const char *digits = colon + 1 + strspn(colon + 1, " ");
        long value = strtol(digits, &end, 10);
        if (end == digits || *end != '\0' || value < 1 || value > HIGHEST_LEVEL) {
            pulang_field_report(reader->findings, PULANG_FAULT, field,
                                _("write name:level with a whole level from 1, e.g. nurse:2"),
                                _("the level of a skill is wrong: %s"), text);
            return false;
        }
        *level = (int)value;
        while (colon > text && colon[-1] == ' ')
            colon--;
        *colon = '\0';
    }
    if (text[0] != '\0')
        return true;
    pulang_field_report(reader->findings, PULANG_FAULT, field, _("write name:level, e.g. nurse:2"),
                        _("a skill has no name"));
    return false;
}

static bool has_skill(const pulang_skill_list *list, int skill) {
    for (int i = 0; i < list->n; i++)
        if (list->items[i].skill == skill)
            return true;
    return false;
}

pulang_skill_list pulang_reader_skills(pulang_reader *reader, const pulang_field *field) {
    pulang_skill_list list = {0, NULL};
    pulang_texts texts = {0, NULL};
    if (field->text[0] == '\0')
        return list;
    pulang_reader_texts(reader, field, &texts);
    list.items = pulang_reader_alloc(reader, texts.n, sizeof *list.items);
    for (int i = 0; i < texts.n && !reader->failed; i++) {
        int level;
        /* The texts are the arena's own copies, so cutting them is fine. */
        if (!split_level(reader, field, (char *)texts.items[i], &level))
            continue;
        int skill = intern_skill(reader, texts.items[i]);
        if (has_skill(&list, skill))
            pulang_field_report(reader->findings, PULANG_FAULT, field, _("name every skill once"),
                                _("the skill is named twice: %s"), texts.items[i]);
        else
            list.items[list.n++] = (pulang_skill){skill, level};
    }
    return list;
}
