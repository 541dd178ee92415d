#include "cli/template/text.h"

#include "cli/language.h"
#include "model/error.h"

#include <string.h>

const char *template_heading(const pulang_known *column) {
    return language_is_indonesian() ? column->indonesian : column->name;
}

void template_sheet_name(pulang_sheet sheet, char *name) {
    size_t length = strlen(pulang_sheet_name(sheet));
    const char *text = pulang_sheet_name(sheet);
    if (language_is_indonesian())
        text = pulang_sheet_alias(sheet, &length);
    snprintf(name, 32, "%.*s", (int)length, text);
}

void template_instructions(bool excel, template_line line, void *user) {
    line(user, TEMPLATE_TITLE, NULL, _("HOW TO FILL THIS FOLDER"));
    line(user, TEMPLATE_TEXT, NULL, "");
    line(user, TEMPLATE_TEXT, NULL,
         excel ? _("The tables are the sheets of problem.xlsx; this sheet is not read.")
               : _("The tables are the .csv files, which Excel and LibreOffice open by a double click."));
    line(user, TEMPLATE_TEXT, NULL,
         _("The first row of a table names the columns: leave it as it is. Each row below is one entry."));
    line(user, TEMPLATE_TEXT, NULL,
         _("Columns that you do not need may stay empty or be deleted; columns of your own may be added."));
    line(user, TEMPLATE_TEXT, NULL,
         _("Ids and codes are text: format their columns as text before you enter a NIP, for Excel loses the "
           "last digits of long numbers."));
    line(user, TEMPLATE_TEXT, NULL, _("Then, in a terminal:"));
    line(user, TEMPLATE_TEXT, NULL,
         _("  pulang check FOLDER            says what is wrong, where, and how to mend it"));
    line(user, TEMPLATE_TEXT, NULL, _("  pulang solve FOLDER -o RESULT  makes the best plan"));
    for (int s = 0; s < PULANG_N_SHEETS; s++) {
        char name[32], text[512];
        int n;
        const pulang_known *columns = pulang_sheet_columns((pulang_sheet)s, &n);
        template_sheet_name((pulang_sheet)s, name);
        snprintf(text, sizeof text, "%s: %s", excel ? name : pulang_sheet_file((pulang_sheet)s),
                 pulang_sheet_what((pulang_sheet)s));
        line(user, TEMPLATE_TEXT, NULL, "");
        line(user, TEMPLATE_TITLE, NULL, text);
        for (int c = 0; c < n; c++) {
            snprintf(text, sizeof text, "%s%s", columns[c].required ? _("(must be filled) ") : "",
                     _(columns[c].what));
            line(user, TEMPLATE_COLUMN, template_heading(&columns[c]), text);
        }
    }
    line(user, TEMPLATE_TEXT, NULL, "");
    line(user, TEMPLATE_TITLE, NULL,
         _("scenario.yaml: what is wanted, in which order, how strongly; may stay as it is"));
}

/* A line of the scenario: a key as it would be written, and what it means (NULL: the line goes on). The
   values are those that hold without it, or examples where nothing does. */
typedef struct scenario_line {
    const char *key, *what;
} scenario_line;

static const scenario_line scenario_lines[] = {
    {"levels: [required, unplaced, shortage, preference]",
     N_("what comes first: least numbers, nobody idle, few empty seats, then everybody's preference")},
    {"weights:", N_("how much each counts for the preference; 0: not at all")},
    {"  hometown: 10", N_("working near home")},
    {"  skills: 2", N_("the skills that a post wishes for")},
    {"  merit: 1", N_("merit")},
    {"  wish: 3", N_("what people wish for")},
    {"  move: 1", N_("staying in the post held now")},
    {"  pay: 0", N_("pay as it is now")},
    {"  pairs: 1", N_("the costs of the table of pairs")},
    {"hometown:", N_("how many stay, by how far they live from home")},
    {"  by: km", N_("far in km or in hours")},
    {"  curve: [{at: 0, retention: 0.95}, {at: 10, retention: 0.9}, {at: 30, retention: 0.8},", NULL},
    {"    {at: 60, retention: 0.68}, {at: 120, retention: 0.52}, {at: 250, retention: 0.4},", NULL},
    {"    {at: 1000, retention: 0.3}]", N_("of those who live so far from home this share stays")},
    {"  mismatch: 0.4", N_("share lost when somebody from the city goes to the remotest place")},
    {"  unknown: 0.5", N_("share that stays where the home is not known")},
    {"distance:", N_("ways that the table of travel does not tell")},
    {"  detour: 1.3", N_("km of road for each km on the map")},
    {"  speed_kmh: 30", N_("km in an hour")},
    {"posts:", N_("the least numbers of posts")},
    {"  minimum: required", N_("required: missing one counts most; hard: without them there is no plan")},
    {"groups:", N_("people who are placed together")},
    {"  within_km: 0", N_("so far apart at most; 0: in the same place")},
    {"pairs:", N_("the table of pairs")},
    {"  mode: add", N_("add: its costs are added; only: who is in it may hold nothing else")},
    {"tenure:", N_("how long people stay at least")},
    {"  min_years: 0", N_("who has fewer years in the post stays there; 0: anybody may leave")},
    {"workload:", N_("the table of workload")},
    {"  effective_hours: 1250", N_("hours that one person works in a year")},
    {"limits:", N_("where to stop")},
    {"  time: 600", N_("seconds at most; the best plan found by then is written")},
    {"  gap: 0", N_("how far from the best a plan may be: 0.01 is one in a hundred")},
    {"  moves: 1000000", N_("people at most who leave the post they hold now")},
    {"envy:", N_("envy with reason: of a post whose holder has less merit")},
    {"  forbid: all", N_("at these posts nobody may have cause for it, e.g. role=teacher, or all")},
    {"phases: [{name: first step, moves: 1000000}]",
     N_("steps on the way to the plan, with the moves of each")},
    {"quotas:",
     N_("rules set otherwise than in their table, below it a line for each: - {quota: name, max: 5}")},
};

void template_scenario(FILE *out, bool example) {
    fprintf(out, "## %s\n## %s\n\n",
            _("What is wanted. Take the first # of a line away to change what it says."),
            _("Under a heading (a line that ends in a colon) the heading needs to lose its # too."));
    fprintf(out, "title: \"%s\"\n", example ? _("An example: nine people, seven posts") : _("My plan"));
    for (size_t i = 0; i < sizeof scenario_lines / sizeof *scenario_lines; i++) {
        const scenario_line *line = &scenario_lines[i];
        fprintf(out, "%s#%s", line->key[0] == ' ' ? "" : "\n", line->key);
        if (line->what)
            fprintf(out, "%*s # %s", (int)strlen(line->key) < 30 ? 30 - (int)strlen(line->key) : 0, "",
                    _(line->what));
        fputc('\n', out);
    }
}
