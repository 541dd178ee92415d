/*
 * pulang generate KIND: synthetic problem folders, the same bytes for the same seed on every machine.
 */
#include "cli/command.h"
#include "cli/generate/folder.h"
#include "cli/generate/kinds.h"
#include "cli/generate/knet.h"
#include "cli/generate/national.h"
#include "cli/number.h"
#include "model/error.h"

#include <argp.h>
#include <string.h>

typedef struct generate_arguments {
    const char *kind, *places, *out;
    int seed;
    random_size size; /* places: 0 where not given */
} generate_arguments;

typedef struct problem_kind {
    const char *name;
    void (*fill)(problem_draft *draft); /* NULL: random */
} problem_kind;

static const problem_kind kinds[] = {
    {"kotim", kind_kotim},         {"belu", kind_belu},   {"kapuas", kind_kapuas},
    {"purworejo", kind_purworejo}, {"kutim", kind_kutim}, {"random", NULL},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

enum { KEY_PLACES = 256, KEY_SEED, KEY_PERSONS, KEY_VILLAGES, KEY_POSTS, KEY_ROLES, KEY_NEED, KEY_CROSSING };

static const struct argp_option options[] = {
    {"places", KEY_PLACES, "F", 0, N_("the villages: a places.csv, copied with the travel.csv beside it"), 1},
    {"seed", KEY_SEED, "N", 0, N_("seed of the random numbers, 0 .. 2147483647 (default: 1)"), 1},
    {"output", 'o', "DIR", 0, N_("write the problem folder DIR"), 1},
    {NULL, 0, NULL, 0, N_("Size of a random problem, or of kotim --crossing:"), 2},
    {"persons", KEY_PERSONS, "N", 0, N_("persons, 1 .. 100000 (default: 100)"), 2},
    {"villages", KEY_VILLAGES, "N", 0, N_("places, 1 .. 9999 (default: 20; kotim --crossing: all)"), 2},
    {"posts", KEY_POSTS, "N", 0, N_("posts, 1 .. 9999 (default: 30)"), 2},
    {"roles", KEY_ROLES, "N", 0, N_("kinds of post, each with a skill, 1 .. 100 (default: 3)"), 2},
    {"need", KEY_NEED, "N", 0, N_("seats for 100 persons, 1 .. 1000 (default: 115)"), 2},
    {"crossing", KEY_CROSSING, NULL, 0,
     N_("random: add a budget for each unit, a rule across the tree of posts; kotim: the problem with "
        "budgets, "
        "minimums over persons, couples and a limit on moves"),
     2},
    {0},
};

static error_t parse_size(int key, char *argument, struct argp_state *state) {
    random_size *size = &((generate_arguments *)state->input)->size;
    switch (key) {
    case KEY_PERSONS:
        size->persons = number_argument(argument, 1, 100000, "persons", state);
        return 0;
    case KEY_VILLAGES:
        size->places = number_argument(argument, 1, 9999, "villages", state);
        return 0;
    case KEY_POSTS:
        size->posts = number_argument(argument, 1, 9999, "posts", state);
        return 0;
    case KEY_ROLES:
        size->roles = number_argument(argument, 1, 100, "roles", state);
        return 0;
    case KEY_NEED:
        size->need = number_argument(argument, 1, 1000, "need", state);
        return 0;
    case KEY_CROSSING:
        size->crossing = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *argument, struct argp_state *state) {
    generate_arguments *arguments = state->input;
    switch (key) {
    case KEY_PLACES:
        arguments->places = argument;
        return 0;
    case KEY_SEED:
        arguments->seed = number_argument(argument, 0, 2147483647, "seed", state);
        return 0;
    case 'o':
        arguments->out = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->kind)
            argp_error(state, "%s", _("one kind at a time"));
        arguments->kind = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "%s", _("which kind? kotim, belu, kapuas, purworejo, kutim or random"));
        return 0;
    case ARGP_KEY_SUCCESS:
        if (!arguments->out)
            argp_error(state, "%s", _("which folder to write? Give it with -o"));
        return 0;
    default:
        return parse_size(key, argument, state);
    }
}

static const struct argp parser = {
    options,
    parse,
    "KIND -o DIR",
    N_("Makes a synthetic problem folder: kotim, belu, kapuas, purworejo, kutim (each needs the places of "
       "its regency), or random. The same seed gives the same files on every machine. "
       "pulang generate knet --help and pulang generate national --help tell about problems for benchmarks."
       "\v"
       "  pulang generate kotim --places datasets/kotim/places.csv --seed 1 -o my-kotim\n"
       "  pulang generate random --persons 2000 --villages 50 --posts 200 -o big"),
    NULL,
    NULL,
    PULANG_TEXT_DOMAIN};

static const problem_kind *find_kind(const char *name) {
    for (int i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static int usage_error(const char *format, const char *name) {
    pulang_error error;
    pulang_fail(&error, PULANG_ERROR_ARGUMENT, format, name);
    report_error(&error);
    return EXIT_USAGE;
}

static void fill(problem_draft *draft, const problem_kind *kind, const generate_arguments *arguments) {
    if (!kind->fill) {
        random_size size = arguments->size;
        size.places = size.places ? size.places : 20;
        kind_random(draft, &size);
        return;
    }
    folder_read_places(draft, arguments->places);
    if (kind->fill == kind_kotim && arguments->size.crossing)
        kind_crossing(draft, arguments->size.places ? arguments->size.places : draft->n_places);
    else
        kind->fill(draft);
}

int command_generate(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "knet") == 0) { /* a file with options of its own */
        argv[1] = "pulang generate knet";
        return generate_knet(argc - 1, argv + 1);
    }
    if (argc > 1 && strcmp(argv[1], "national") == 0) {
        argv[1] = "pulang generate national";
        return generate_national(argc - 1, argv + 1);
    }
    generate_arguments arguments = {.seed = 1,
                                    .size = {.persons = 100, .posts = 30, .roles = 3, .need = 115}};
    argp_parse(&parser, argc, argv, 0, NULL, &arguments);
    const problem_kind *kind = find_kind(arguments.kind);
    if (!kind)
        return usage_error(_("unknown kind %s: there are kotim, belu, kapuas, purworejo, kutim and random"),
                           arguments.kind);
    if (kind->fill && !arguments.places)
        return usage_error(_("%s needs the places of its regency: --places datasets/.../places.csv"),
                           kind->name);
    problem_draft draft;
    pulang_error error;
    draft_init(&draft, (uint64_t)arguments.seed);
    fill(&draft, kind, &arguments);
    pulang_status status = folder_write(&draft, kind->fill ? arguments.places : NULL, arguments.out, &error);
    draft_clear(&draft);
    return status ? report_error(&error) : EXIT_SOLVED;
}
