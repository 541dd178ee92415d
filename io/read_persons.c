/*
 * persons.csv and pairs.csv: who is to be placed.
 */
#include "io/nip.h"
#include "io/reader.h"
#include "model/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LARGEST_PAY 1e10 /* a month */
#define HOURS_OF_WEEK 168
#define LONGEST_TENURE 80 /* years */

/* Columns of the table, looked up once. */
typedef struct columns {
    int person, name, origin, category, contract, skills, merit, hours, pay, current, pin, forbid, wish,
        group, tenure;
} columns;

static columns find_columns(const pulang_table *table) {
    return (columns){
        .person = pulang_table_column(table, "person"),
        .name = pulang_table_column(table, "name"),
        .origin = pulang_table_column(table, "origin"),
        .category = pulang_table_column(table, "category"),
        .contract = pulang_table_column(table, "contract"),
        .skills = pulang_table_column(table, "skills"),
        .merit = pulang_table_column(table, "merit"),
        .hours = pulang_table_column(table, "hours"),
        .pay = pulang_table_column(table, "pay"),
        .current = pulang_table_column(table, "current"),
        .pin = pulang_table_column(table, "pin"),
        .forbid = pulang_table_column(table, "forbid"),
        .wish = pulang_table_column(table, "wish"),
        .group = pulang_table_column(table, "group"),
        .tenure = pulang_table_column(table, "tenure"),
    };
}

static void check_nip(pulang_reader *reader, const pulang_field *field, const char *id) {
    static const struct {
        const char *message, *mend;
    } words[] = {
        [PULANG_NIP_LENGTH] = {N_("a NIP has 18 digits"),
                               N_("correct it; call the column person where the ids are no NIP")},
        [PULANG_NIP_MANGLED] =
            {N_("a spreadsheet (Excel) has cut the last three digits of this NIP to 000"),
             N_("in the spreadsheet format the column as text, enter the ids again, save anew")},
        [PULANG_NIP_BIRTH] = {N_("digits 1-8 of the NIP are no date of birth (YYYYMMDD)"),
                              N_("compare it with the personnel record")},
        [PULANG_NIP_START] = {N_("digits 9-14 of the NIP are no month of appointment after the birth"),
                              N_("compare it with the personnel record")},
        [PULANG_NIP_SEX] = {N_("digit 15 of the NIP is neither 1 (man) nor 2 (woman)"),
                            N_("compare it with the personnel record")},
    };
    pulang_nip_fault fault = pulang_nip_check(id);
    if (fault != PULANG_NIP_GOOD)
        pulang_field_report(reader->findings, PULANG_FAULT, field, _(words[fault].mend), "%s",
                            _(words[fault].message));
}

/* Any id of 18 digits is taken for a NIP, and any at all where the column is called nip. */
static void check_id(pulang_reader *reader, const pulang_field *field, const char *id) {
    bool expected = strcasecmp(field->heading, "nip") == 0;
    if (id[0] != '\0' && !pulang_id_mangled(id) && (expected || pulang_nip_is(id)))
        check_nip(reader, field, id);
}

static int64_t read_fixed(pulang_reader *reader, const pulang_table *table, int row, int column, double hi,
                          int64_t fallback) {
    pulang_field field = pulang_field_cell(table, row, column);
    pulang_field_fixed(reader->findings, &field, PULANG_HUNDREDTHS, 0, hi, &fallback);
    return fallback;
}

static int read_code(pulang_reader *reader, pulang_code code, const pulang_table *table, int row,
                     int column) {
    pulang_field field = pulang_field_cell(table, row, column);
    return pulang_reader_code(reader, code, &field);
}

/* Parts the list into posts and places. */
static void read_forbid(pulang_reader *reader, const pulang_table *table, int row, int column,
                        pulang_person *person) {
    int n;
    pulang_field field = pulang_field_cell(table, row, column);
    pulang_wish *spots = pulang_reader_spots(reader, &field, &n);
    if (n == 0)
        return;
    person->forbid_posts.items = pulang_reader_alloc(reader, n, sizeof(int));
    person->forbid_places.items = pulang_reader_alloc(reader, n, sizeof(int));
    for (int i = 0; i < n && !reader->failed; i++) {
        pulang_ints *list = spots[i].post >= 0 ? &person->forbid_posts : &person->forbid_places;
        list->items[list->n++] = spots[i].post >= 0 ? spots[i].post : spots[i].place;
    }
}

static void read_person(pulang_reader *reader, const pulang_table *table, const columns *at, int row,
                        pulang_person *person) {
    pulang_field id = pulang_field_cell(table, row, at->person);
    pulang_field skills = pulang_field_cell(table, row, at->skills);
    pulang_field wish = pulang_field_cell(table, row, at->wish);
    person->id = reader->codes[PULANG_CODE_PERSON].ids[row];
    check_id(reader, &id, person->id);
    person->name = pulang_table_cell(table, row, at->name);
    person->category = pulang_table_cell(table, row, at->category);
    person->contract = pulang_table_cell(table, row, at->contract);
    person->origin = read_code(reader, PULANG_CODE_PLACE, table, row, at->origin);
    person->skills = pulang_reader_skills(reader, &skills);
    person->merit = (int)read_fixed(reader, table, row, at->merit, 100, PULANG_NONE);
    person->hours = read_fixed(reader, table, row, at->hours, HOURS_OF_WEEK, 0);
    pulang_field pay = pulang_field_cell(table, row, at->pay);
    pulang_field_amount(reader->findings, &pay, LARGEST_PAY, &person->pay);
    person->current = read_code(reader, PULANG_CODE_POST, table, row, at->current);
    person->pin = read_code(reader, PULANG_CODE_POST, table, row, at->pin);
    read_forbid(reader, table, row, at->forbid, person);
    person->wish.items = pulang_reader_spots(reader, &wish, &person->wish.n);
    person->group = PULANG_NONE;
    person->tenure = (int)read_fixed(reader, table, row, at->tenure, LONGEST_TENURE, PULANG_NONE);
}

/* Gives everyone with a group its index; returns the number of groups, sizes in *sizes. */
static int number_groups(pulang_reader *reader, const pulang_table *table, int column, int *sizes,
                         const char **names) {
    pulang_index index = {0};
    int n = 0;
    for (int r = 0; r < table->n_rows && !reader->failed; r++) {
        const char *name = pulang_table_cell(table, r, column);
        if (name[0] == '\0')
            continue;
        int group = pulang_index_find(&index, name);
        if (group < 0) {
            group = n++;
            names[group] = name;
            if (pulang_index_add(&index, name, group))
                reader->failed = true;
        }
        reader->instance->persons[r].group = group;
        sizes[group]++;
    }
    pulang_index_clear(&index);
    return n;
}

static void read_groups(pulang_reader *reader, const pulang_table *table, int column) {
    pulang_instance *instance = reader->instance;
    int *sizes = pulang_reader_alloc(reader, table->n_rows, sizeof *sizes);
    const char **names = pulang_reader_alloc(reader, table->n_rows, sizeof *names);
    if (reader->failed || column < 0)
        return;
    int n = number_groups(reader, table, column, sizes, names);
    instance->groups = pulang_reader_alloc(reader, n, sizeof *instance->groups);
    for (int g = 0; g < n && !reader->failed; g++)
        instance->groups[g] =
            (pulang_group){names[g], {0, pulang_reader_alloc(reader, sizes[g], sizeof(int))}};
    if (reader->failed)
        return;
    instance->n_groups = n;
    for (int p = 0; p < instance->n_persons; p++)
        if (instance->persons[p].group >= 0) {
            pulang_ints *members = &instance->groups[instance->persons[p].group].persons;
            members->items[members->n++] = p;
        }
}

void pulang_read_persons(pulang_reader *reader) {
    pulang_instance *instance = reader->instance;
    const pulang_table *table = &instance->persons_table;
    columns at = find_columns(table);
    pulang_reader_register(reader, PULANG_CODE_PERSON, table, at.person);
    instance->persons = pulang_reader_alloc(reader, table->n_rows, sizeof *instance->persons);
    if (reader->failed)
        return;
    instance->n_persons = table->n_rows;
    for (int r = 0; r < table->n_rows && !reader->failed; r++)
        read_person(reader, table, &at, r, &instance->persons[r]);
    if (!reader->failed)
        read_groups(reader, table, at.group);
}

static int compare_pairs(const void *a, const void *b) {
    const pulang_pair *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return (x->post > y->post) - (x->post < y->post);
}

static void read_pair(pulang_reader *reader, const pulang_table *table, int row, pulang_index *seen) {
    pulang_instance *instance = reader->instance;
    pulang_field who = pulang_field_cell(table, row, pulang_table_column(table, "person"));
    pulang_field where = pulang_field_cell(table, row, pulang_table_column(table, "post"));
    pulang_field cost = pulang_field_cell(table, row, pulang_table_column(table, "cost"));
    pulang_pair pair = {0};
    pair.person = pulang_reader_code(reader, PULANG_CODE_PERSON, &who);
    pair.post = pulang_reader_code(reader, PULANG_CODE_POST, &where);
    pulang_field_fixed(reader->findings, &cost, 1000, -1e9, 1e9, &pair.cost);
    if (who.text[0] == '\0' || where.text[0] == '\0')
        pulang_field_report(reader->findings, PULANG_FAULT, who.text[0] ? &where : &who,
                            _("name the person and the post"), _("the cell must not be blank"));
    if (pair.person < 0 || pair.post < 0)
        return;
    const char *key = pulang_arena_printf(instance->arena, "%d %d", pair.person, pair.post);
    int first = key ? pulang_index_find(seen, key) : PULANG_NONE;
    if (first >= 0)
        pulang_field_report(reader->findings, PULANG_FAULT, &who, _("remove one of the lines"),
                            _("the pair is on line %d already"), first);
    else if (!key || pulang_index_add(seen, key, table->lines[row]))
        reader->failed = true;
    else
        instance->pairs[instance->n_pairs++] = pair;
}

void pulang_read_pairs(pulang_reader *reader, const pulang_table *table) {
    pulang_instance *instance = reader->instance;
    pulang_index seen = {0};
    instance->pairs = pulang_reader_alloc(reader, table->n_rows, sizeof *instance->pairs);
    for (int r = 0; r < table->n_rows && !reader->failed; r++)
        read_pair(reader, table, r, &seen);
    pulang_index_clear(&seen);
    if (!reader->failed && instance->n_pairs > 0)
        qsort(instance->pairs, (size_t)instance->n_pairs, sizeof *instance->pairs, compare_pairs);
}
