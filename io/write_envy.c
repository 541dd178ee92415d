/* envy.csv: one row for each case of justified envy (model/envy.h), by person, then by post. */
#include "io/output.h"

void pulang_output_merit(const pulang_output *output, int person, pulang_csv_writer *csv) {
    int merit = person == PULANG_NONE ? PULANG_NONE : output->instance->persons[person].merit;
    if (merit == PULANG_NONE)
        pulang_csv_blank(csv);
    else
        pulang_csv_fixed(csv, merit, 2);
}

static void headings(pulang_csv_writer *csv) {
    static const char *const names[] = {"person",      "name",         "merit",      "post",
                                        "prefers",     "place_name",   "role",       "holder",
                                        "holder_name", "holder_merit", "merit_more", "gain"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    pulang_csv_end_row(csv);
}

pulang_status pulang_write_envy(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error) {
    (void)error; /* nothing here fails: the writer remembers want of memory */
    const pulang_instance *instance = output->instance;
    headings(csv);
    for (int i = 0; i < output->audit->n; i++) {
        const pulang_envy *envy = &output->audit->items[i];
        const pulang_person *person = &instance->persons[envy->person];
        const pulang_person *holder = &instance->persons[envy->holder];
        const pulang_post *post = &instance->posts[envy->post];
        int own = output->plan->post[envy->person];
        pulang_csv_text(csv, person->id);
        pulang_csv_text(csv, person->name);
        pulang_output_merit(output, envy->person, csv);
        pulang_csv_text(csv, own == PULANG_NONE ? "" : instance->posts[own].id);
        pulang_csv_text(csv, post->id);
        pulang_csv_text(csv, instance->places[post->place].name);
        pulang_csv_text(csv, post->role);
        pulang_csv_text(csv, holder->id);
        pulang_csv_text(csv, holder->name);
        pulang_output_merit(output, envy->holder, csv);
        pulang_csv_fixed(csv, person->merit - holder->merit, 2);
        if (own == PULANG_NONE)
            pulang_csv_blank(csv);
        else
            pulang_csv_fixed(csv, envy->gain, 3);
        pulang_csv_end_row(csv);
    }
    return PULANG_OK;
}
