#include "io/scenario_keys.h"

#include "model/alloc.h"
#include "model/nearest.h"
#include "model/table.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define MOST_KEYS 32
#define THOUSANDTHS 1000

typedef enum kind { TEXT, NUMBER, WEIGHT, COUNT, CHOICE, OTHER } kind;

/* One key. lo and hi bound numbers; choice names false and true; OTHER is read by its function. */
typedef struct field {
    const char *section, *key; /* section "": the top */
    kind kind;
    size_t offset; /* in pulang_scenario */
    double lo, hi;
    const char *choice[2];
    void (*read)(pulang_scenario_draft *draft, const struct field *field, const pulang_yaml *value);
} field;

static void read_extend(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);
static void read_levels(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);
static void read_by(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);
static void read_curve(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);
static void read_phases(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);
static void read_quotas(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value);

#define IN(member) offsetof(pulang_scenario, member)
#define WEIGHT_OF(key, term)                                                                                 \
    { "weights", key, WEIGHT, IN(weight) + (term) * sizeof(int64_t), 0, 1e6, {0}, NULL }

static const field fields[] = {
    {"", "title", TEXT, IN(title), 0, 0, {0}, NULL},
    {"", "extend", OTHER, 0, 0, 0, {0}, read_extend},
    {"", "levels", OTHER, 0, 0, 0, {0}, read_levels},
    WEIGHT_OF("hometown", PULANG_TERM_HOMETOWN),
    WEIGHT_OF("skills", PULANG_TERM_SKILLS),
    WEIGHT_OF("merit", PULANG_TERM_MERIT),
    WEIGHT_OF("wish", PULANG_TERM_WISH),
    WEIGHT_OF("move", PULANG_TERM_MOVE),
    WEIGHT_OF("pay", PULANG_TERM_PAY),
    WEIGHT_OF("pairs", PULANG_TERM_PAIRS),
    {"hometown", "by", CHOICE, IN(by_hours), 0, 0, {"km", "hours"}, read_by},
    {"hometown", "curve", OTHER, 0, 0, 0, {0}, read_curve},
    {"hometown", "mismatch", NUMBER, IN(mismatch), 0, 1, {0}, NULL},
    {"hometown", "unknown", NUMBER, IN(unknown_retention), 0, 1, {0}, NULL},
    {"distance", "detour", NUMBER, IN(detour), 1, 100, {0}, NULL},
    {"distance", "speed_kmh", NUMBER, IN(speed_kmh), 0.1, 1000, {0}, NULL},
    {"posts", "minimum", CHOICE, IN(hard_minimums), 0, 0, {"required", "hard"}, NULL},
    {"groups", "within_km", NUMBER, IN(group_km), 0, 20000, {0}, NULL},
    {"pairs", "mode", CHOICE, IN(pairs_only), 0, 0, {"add", "only"}, NULL},
    {"tenure", "min_years", NUMBER, IN(min_tenure), 0, 100, {0}, NULL},
    {"workload", "effective_hours", NUMBER, IN(effective_hours), 1, 8784, {0}, NULL},
    {"limits", "time", NUMBER, IN(time_limit), 0.001, 1e9, {0}, NULL},
    {"limits", "gap", NUMBER, IN(gap), 0, 1, {0}, NULL},
    {"limits", "moves", COUNT, IN(max_moves), 0, 1e9, {0}, NULL},
    {"envy", "forbid", TEXT, IN(envy_forbid), 0, 0, {0}, NULL},
    {"", "phases", OTHER, 0, 0, 0, {0}, read_phases},
    {"", "quotas", OTHER, 0, 0, 0, {0}, read_quotas},
};
#define N_FIELDS (sizeof fields / sizeof *fields)

/* -- Faults -- */

void pulang_scenario_fault(pulang_scenario_draft *draft, const pulang_yaml *at, const char *heading,
                           const char *message, const char *mend) {
    if (!message || !mend || !heading) {
        draft->out_of_memory = true;
        return;
    }
    pulang_findings_add(draft->findings, &(pulang_finding){.severity = PULANG_FAULT,
                                                           .file = draft->shown_name,
                                                           .line = at->line,
                                                           .column = at->column,
                                                           .heading = heading,
                                                           .value = at->text,
                                                           .message = message,
                                                           .mend = mend});
}

static const char *heading_of(pulang_scenario_draft *draft, const char *section, const char *key) {
    return *section ? pulang_arena_printf(draft->arena, "%s.%s", section, key) : key;
}

static void *allocate(pulang_scenario_draft *draft, int n, size_t size) {
    void *memory = pulang_arena_alloc(draft->arena, (size_t)n, size);
    if (!memory)
        draft->out_of_memory = true;
    return memory;
}

/* -- Maps and their keys -- */

static void fault_key(pulang_scenario_draft *draft, const pulang_yaml *key, const char *section,
                      const char *const *known, int n_known) {
    int nearest = pulang_nearest(key->text, known, n_known);
    const char *mend = nearest < 0
                           ? _("see the keys of scenario.yaml in the documentation")
                           : pulang_arena_printf(draft->arena, _("did you mean '%s'?"), known[nearest]);
    pulang_scenario_fault(draft, key, heading_of(draft, section, key->text), _("unknown key"), mend);
}

/* Sorts the values of a map to the known keys: value[i] belongs to known[i], NULL where not stated. */
static void match_keys(pulang_scenario_draft *draft, const pulang_yaml *map, const char *section,
                       const char *const *known, int n_known, const pulang_yaml **value) {
    memset(value, 0, (size_t)n_known * sizeof *value);
    if (map->kind != PULANG_YAML_MAP) {
        pulang_scenario_fault(draft, map, section, _("keys with values are wanted here"),
                              pulang_arena_printf(draft->arena, _("write them as '%s: ...'"), known[0]));
        return;
    }
    for (int e = 0; e < map->n; e++) {
        const pulang_yaml *key = map->entries[e].key;
        int k = 0;
        while (k < n_known && strcmp(known[k], key->text) != 0)
            k++;
        if (k == n_known)
            fault_key(draft, key, section, known, n_known);
        else if (value[k])
            pulang_scenario_fault(draft, key, heading_of(draft, section, key->text), _("stated twice"),
                                  _("remove one of the two"));
        else
            value[k] = map->entries[e].value;
    }
}

/* The keys of a section (at the top: the sections too); of[i] is NULL for a section. */
static int keys_of(const char *section, const char **known, const field **of) {
    int n = 0;
    for (size_t i = 0; i < N_FIELDS; i++) {
        bool here = strcmp(fields[i].section, section) == 0;
        bool below =
            !here && *section == '\0' && (i == 0 || strcmp(fields[i - 1].section, fields[i].section));
        if (!here && !below)
            continue;
        assert(n < MOST_KEYS);
        known[n] = here ? fields[i].key : fields[i].section;
        of[n++] = here ? &fields[i] : NULL;
    }
    return n;
}

/* -- Single values -- */

static size_t size_of(enum kind of) {
    switch (of) {
    case TEXT:
        return sizeof(const char *);
    case NUMBER:
        return sizeof(double);
    case WEIGHT:
    case COUNT:
        return sizeof(int64_t);
    case CHOICE:
        return sizeof(bool);
    case OTHER:
        break;
    }
    return 0;
}

/* The text of a value; NULL, with a fault, when it is a list or map or blank. */
static const char *text_of(pulang_scenario_draft *draft, const pulang_yaml *value, const char *heading) {
    if (value->kind == PULANG_YAML_TEXT && *value->text && !value->blank)
        return value->text;
    pulang_scenario_fault(draft, value, heading, _("one value is wanted here"), _("write a single value"));
    return NULL;
}

static bool number_of(pulang_scenario_draft *draft, const pulang_yaml *value, const char *heading, double lo,
                      double hi, double *number) {
    static const pulang_table decimal_point;
    const char *text = text_of(draft, value, heading);
    if (!text)
        return false;
    double parsed;
    bool is_number = pulang_table_number(&decimal_point, text, &parsed);
    if (is_number && parsed >= lo && parsed <= hi) {
        *number = parsed;
        return true;
    }
    pulang_scenario_fault(draft, value, heading, is_number ? _("out of range") : _("not a number"),
                          pulang_arena_printf(draft->arena, _("write a number from %.10g to %.10g"), lo, hi));
    return false;
}

static bool count_of(pulang_scenario_draft *draft, const pulang_yaml *value, const char *heading, double lo,
                     double hi, int64_t *count) {
    double number;
    if (!number_of(draft, value, heading, lo, hi, &number))
        return false;
    if (number != floor(number)) {
        pulang_scenario_fault(draft, value, heading, _("not a whole number"), _("write a whole number"));
        return false;
    }
    *count = (int64_t)number;
    return true;
}

static void set_choice(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value,
                       const char *heading, bool *into) {
    const char *text = text_of(draft, value, heading);
    for (int c = 0; text && c < 2; c++)
        if (strcmp(text, f->choice[c]) == 0) {
            *into = c == 1;
            return;
        }
    if (text)
        pulang_scenario_fault(
            draft, value, heading, _("not one of the choices"),
            pulang_arena_printf(draft->arena, _("write %s or %s"), f->choice[0], f->choice[1]));
}

static void set_field(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    const char *heading = heading_of(draft, f->section, f->key);
    char *into = (char *)draft->scenario + f->offset;
    double number;
    if (value->blank) {
        memcpy(into, (const char *)&draft->defaults + f->offset, size_of(f->kind));
        return;
    }
    switch (f->kind) {
    case TEXT: {
        const char *text = text_of(draft, value, heading);
        if (text)
            *(const char **)(void *)into = text;
        break;
    }
    case NUMBER:
        number_of(draft, value, heading, f->lo, f->hi, (double *)(void *)into);
        break;
    case WEIGHT:
        if (number_of(draft, value, heading, f->lo, f->hi, &number))
            *(int64_t *)(void *)into = llround(number * THOUSANDTHS);
        break;
    case COUNT:
        count_of(draft, value, heading, f->lo, f->hi, (int64_t *)(void *)into);
        break;
    case CHOICE:
        set_choice(draft, f, value, heading, (bool *)(void *)into);
        break;
    case OTHER:
        break;
    }
}

/* -- Keys with a reader of their own -- */

/* Whether value is a list with items; a fault otherwise. */
static bool is_list(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (value->kind == PULANG_YAML_LIST && value->n > 0)
        return true;
    pulang_scenario_fault(draft, value, heading_of(draft, f->section, f->key), _("a list is wanted here"),
                          _("write one line for each item, beginning with '- '"));
    return false;
}

/* What it names has been read by then. */
static void read_extend(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (!value->blank)
        text_of(draft, value, f->key);
}

static void read_levels(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (value->blank) {
        draft->scenario->levels = draft->defaults.levels;
        draft->scenario->n_levels = draft->defaults.n_levels;
        return;
    }
    pulang_level *levels = is_list(draft, f, value) ? allocate(draft, value->n, sizeof *levels) : NULL;
    if (!levels)
        return;
    pulang_scenario listed = {.levels = levels};
    for (int i = 0; i < value->n; i++) {
        const pulang_yaml *item = value->entries[i].value;
        const char *name = text_of(draft, item, f->key);
        if (name && pulang_scenario_level(&listed, name) >= 0)
            pulang_scenario_fault(draft, item, f->key, _("level listed twice"), _("remove one of the two"));
        else if (name)
            levels[listed.n_levels++] = pulang_level_named(name);
    }
    if (listed.n_levels > 0) {
        draft->scenario->levels = levels;
        draft->scenario->n_levels = listed.n_levels;
    }
}

static void read_by(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    set_field(draft, f, value);
    draft->by = value;
    draft->by_file = draft->shown_name;
}

/* Reads one point of the curve; false, with a fault, when it does not go on from the one before. */
static bool read_point(pulang_scenario_draft *draft, const pulang_yaml *item,
                       const pulang_curve_point *before, pulang_curve_point *point) {
    static const char *const keys[] = {"at", "retention"};
    static const char heading[] = "hometown.curve";
    const pulang_yaml *value[2];
    match_keys(draft, item, heading, keys, 2, value);
    if (!value[0] || !value[1]) {
        pulang_scenario_fault(draft, item, heading, _("a point of the curve needs both its values"),
                              _("write {at: 30, retention: 0.8}"));
        return false;
    }
    if (!number_of(draft, value[0], "hometown.curve.at", 0, 1e5, &point->at) ||
        !number_of(draft, value[1], "hometown.curve.retention", 0, 1, &point->retention))
        return false;
    const char *message = NULL;
    if (!before && point->at > 0)
        message = _("the curve does not begin at 0");
    else if (before && point->at <= before->at)
        message = _("the points are not in ascending order");
    else if (before && point->retention > before->retention)
        message = _("retention rises with the distance");
    if (message)
        pulang_scenario_fault(draft, item, heading, message,
                              _("list the points from 0 upwards, with retention the same or less each time"));
    return !message;
}

static void read_curve(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (value->blank) {
        draft->scenario->curve = draft->defaults.curve;
        draft->scenario->n_curve = draft->defaults.n_curve;
        return;
    }
    pulang_curve_point *curve = is_list(draft, f, value) ? allocate(draft, value->n, sizeof *curve) : NULL;
    if (!curve)
        return;
    int n = 0;
    for (int i = 0; i < value->n; i++)
        n += read_point(draft, value->entries[i].value, n ? &curve[n - 1] : NULL, &curve[n]);
    if (n == value->n) {
        draft->scenario->curve = curve;
        draft->scenario->n_curve = n;
    }
}

static bool read_phase(pulang_scenario_draft *draft, const pulang_yaml *item, int number,
                       pulang_phase *phase) {
    static const char *const keys[] = {"name", "moves"};
    const pulang_yaml *value[2];
    match_keys(draft, item, "phases", keys, 2, value);
    if (!value[1]) {
        pulang_scenario_fault(draft, item, "phases", _("a phase needs its number of moves"),
                              _("write {name: first half-year, moves: 200}"));
        return false;
    }
    int64_t moves;
    if (!count_of(draft, value[1], "phases.moves", 1, 1e9, &moves))
        return false;
    phase->moves = (int)moves;
    phase->name =
        value[0] ? text_of(draft, value[0], "phases.name") : pulang_arena_printf(draft->arena, "%d", number);
    return phase->name != NULL;
}

static void read_phases(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (value->blank) {
        draft->scenario->n_phases = 0;
        return;
    }
    pulang_phase *phases = is_list(draft, f, value) ? allocate(draft, value->n, sizeof *phases) : NULL;
    if (!phases)
        return;
    int n = 0;
    for (int i = 0; i < value->n; i++)
        n += read_phase(draft, value->entries[i].value, i + 1, &phases[n]);
    draft->scenario->phases = phases;
    draft->scenario->n_phases = n;
}

/* The override of that name, a new one where there is none yet; NULL: out of memory. */
static pulang_quota_override *override_of(pulang_scenario_draft *draft, const char *quota) {
    for (size_t i = 0; i < draft->n_overrides; i++)
        if (strcmp(draft->overrides[i].quota, quota) == 0)
            return &draft->overrides[i];
    void *items = draft->overrides;
    if (pulang_grow(&items, &draft->overrides_capacity, draft->n_overrides + 1, sizeof *draft->overrides)) {
        draft->out_of_memory = true;
        return NULL;
    }
    draft->overrides = items;
    draft->overrides[draft->n_overrides] = (pulang_quota_override){.quota = quota};
    return &draft->overrides[draft->n_overrides++];
}

static void read_quota(pulang_scenario_draft *draft, const pulang_yaml *item) {
    static const char *const keys[] = {"quota", "on", "min", "target", "max", "weight", "tier"};
    enum { N_KEYS = sizeof keys / sizeof *keys };
    const pulang_yaml *value[N_KEYS];
    match_keys(draft, item, "quotas", keys, N_KEYS, value);
    if (!value[0]) {
        pulang_scenario_fault(draft, item, "quotas", _("no quota is named"),
                              _("write its name as 'quota: ...'"));
        return;
    }
    const char *name = text_of(draft, value[0], "quotas.quota");
    pulang_quota_override *made = name ? override_of(draft, name) : NULL;
    if (!made)
        return;
    if (made->file == draft->shown_name) {
        pulang_scenario_fault(draft, value[0], "quotas.quota", _("quota listed twice"),
                              _("join the two into one"));
        return;
    }
    made->file = draft->shown_name;
    made->line = item->line;
    const char **into[] = {NULL,       &made->on,     &made->min, &made->target,
                           &made->max, &made->weight, &made->tier};
    for (int k = 1; k < N_KEYS; k++) {
        if (!value[k])
            continue;
        if (value[k]->blank || *value[k]->text == '\0')
            *into[k] = value[k]->kind == PULANG_YAML_TEXT ? "" : text_of(draft, value[k], "quotas");
        else
            *into[k] = value[k]->text;
    }
}

static void read_quotas(pulang_scenario_draft *draft, const field *f, const pulang_yaml *value) {
    if (value->blank || !is_list(draft, f, value))
        return;
    for (int i = 0; i < value->n; i++)
        read_quota(draft, value->entries[i].value);
}

/* -- Whole files -- */

/* Takes over a section, "" the whole file. A blank section changes nothing. */
static void apply_section(pulang_scenario_draft *draft, const char *section, const pulang_yaml *map) {
    const char *known[MOST_KEYS];
    const field *of[MOST_KEYS];
    const pulang_yaml *value[MOST_KEYS];
    if (map->blank)
        return;
    int n = keys_of(section, known, of);
    match_keys(draft, map, section, known, n, value);
    for (int k = 0; k < n; k++) {
        if (!value[k])
            continue;
        if (!of[k])
            apply_section(draft, known[k], value[k]);
        else if (of[k]->read)
            of[k]->read(draft, of[k], value[k]);
        else
            set_field(draft, of[k], value[k]);
    }
}

const char *pulang_scenario_key(pulang_arena *arena, size_t i, bool *single) {
    if (i >= N_FIELDS)
        return NULL;
    *single = fields[i].kind != OTHER;
    return pulang_arena_printf(arena, "%s%s%s", fields[i].section, *fields[i].section ? "." : "",
                               fields[i].key);
}

void pulang_scenario_apply(pulang_scenario_draft *draft, const pulang_yaml *root) {
    apply_section(draft, "", root);
}

const pulang_yaml *pulang_scenario_extend(const pulang_yaml *root) {
    for (int e = 0; root->kind == PULANG_YAML_MAP && e < root->n; e++) {
        const pulang_yaml *value = root->entries[e].value;
        if (strcmp(root->entries[e].key->text, "extend") == 0)
            return value->blank || *value->text == '\0' ? NULL : value;
    }
    return NULL;
}

void pulang_scenario_finish(pulang_scenario_draft *draft) {
    if (!draft->scenario->by_hours || draft->scenario->curve != draft->defaults.curve)
        return;
    draft->shown_name = draft->by_file;
    pulang_scenario_fault(draft, draft->by, "hometown.by", _("the curve by default is over km, not hours"),
                          _("give hometown.curve with 'at' in hours"));
}
