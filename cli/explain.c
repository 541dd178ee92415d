/*
 * pulang explain DIR OUT PERSON: why a person is where they are, and what any other post would cost
 * everybody.
 */
#include "solver/explain.h"
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/options.h"
#include "io/read_output.h"
#include "io/write_explain.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/nearest.h"

#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* How many posts (candidates for a post) are solved anew where it takes that. */
enum { MOST_POSTS = PULANG_EXPLAIN_MOST, MOST_CANDIDATES = 3 };

typedef struct explain_arguments {
    folder_arguments folders;
    const char *person, *post, *place;
    bool unplaced, all, json;
    settings_arguments settings;
} explain_arguments;

enum { KEY_JSON = 256, KEY_POST, KEY_PLACE, KEY_UNPLACED, KEY_ALL };

static const struct argp_option options[] = {
    {"post", KEY_POST, "J", 0, N_("only what it would take to have PERSON in post J"), 0},
    {"unplaced", KEY_UNPLACED, NULL, 0, N_("explain everybody who has no post"), 0},
    {"place", KEY_PLACE, "CODE", 0, N_("explain the posts of a place: who could come"), 0},
    {"all", KEY_ALL, NULL, 0, N_("list everything, not only the first few"), 0},
    {"json", KEY_JSON, NULL, 0, N_("print the explanation as JSON"), 0},
    {0},
};

/* The word after the folders. */
static error_t take_word(explain_arguments *arguments, const char *word, struct argp_state *state) {
    if (!arguments->folders.out)
        return ARGP_ERR_UNKNOWN;
    if (arguments->person)
        argp_error(state, "%s", _("one person at a time"));
    arguments->person = word;
    return 0;
}

static void check_words(const explain_arguments *arguments, struct argp_state *state) {
    int n = (arguments->person != NULL) + (arguments->place != NULL) + arguments->unplaced;
    if (arguments->folders.out && n != 1)
        argp_error(state, "%s", _("name a person, or --place, or --unplaced"));
    if (arguments->post && !arguments->person)
        argp_error(state, "%s", _("--post needs a person"));
}

static error_t parse(int key, char *argument, struct argp_state *state) {
    explain_arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->settings;
        state->child_inputs[1] = &arguments->folders;
        return 0;
    case KEY_POST:
        arguments->post = argument;
        return 0;
    case KEY_PLACE:
        arguments->place = argument;
        return 0;
    case KEY_UNPLACED:
        arguments->unplaced = true;
        return 0;
    case KEY_ALL:
        arguments->all = true;
        return 0;
    case KEY_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        return take_word(arguments, argument, state);
    case ARGP_KEY_END:
        check_words(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- who is meant ---- */

/* Something that has an id, and perhaps a name by which it may be called too. */
typedef struct called {
    const char *(*id)(const pulang_instance *instance, int i);
    const char *(*name)(const pulang_instance *instance, int i);
    int n;
    const char *unknown, *several; /* messages with %s, marked */
} called;

static const char *person_name(const pulang_instance *instance, int i) {
    return instance->persons[i].name;
}

static const char *place_id(const pulang_instance *instance, int i) {
    return instance->places[i].id;
}

static const char *place_name(const pulang_instance *instance, int i) {
    return instance->places[i].name;
}

static pulang_status fail_unknown(const called *kind, const pulang_instance *instance, const char *text,
                                  pulang_error *error) {
    const char **known = pulang_alloc(2 * (size_t)kind->n, sizeof *known);
    if (!known)
        return pulang_fail_memory(error);
    for (int i = 0; i < kind->n; i++) {
        known[i] = kind->id(instance, i);
        known[kind->n + i] = kind->name(instance, i);
    }
    char message[256], hint[256] = "";
    int nearest = pulang_nearest(text, known, 2 * kind->n);
    snprintf(message, sizeof message, _(kind->unknown), text);
    if (nearest >= 0)
        snprintf(hint, sizeof hint, _("; did you mean \"%s\"?"), known[nearest]);
    pulang_free(known);
    return pulang_fail(error, PULANG_ERROR_ARGUMENT, "%s%s", message, hint);
}

/* By id, or by a name that only one has. */
static pulang_status find(const called *kind, const pulang_instance *instance, const char *text, int *found,
                          pulang_error *error) {
    int named = PULANG_NONE, n_named = 0;
    for (int i = 0; i < kind->n; i++) {
        if (strcmp(kind->id(instance, i), text) == 0) {
            *found = i;
            return PULANG_OK;
        }
        if (strcasecmp(kind->name(instance, i), text) == 0 && n_named++ == 0)
            named = i;
    }
    if (n_named > 1)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _(kind->several), text, kind->id(instance, named));
    if (n_named == 0)
        return fail_unknown(kind, instance, text, error);
    *found = named;
    return PULANG_OK;
}

static pulang_status find_person(const pulang_instance *instance, const char *text, int *found,
                                 pulang_error *error) {
    const called kind = {pulang_instance_person_id, person_name, instance->n_persons,
                         N_("there is no person \"%s\""),
                         N_("several persons are called \"%s\"; name the id, such as %s")};
    return find(&kind, instance, text, found, error);
}

static pulang_status find_post(const pulang_instance *instance, const char *text, int *found,
                               pulang_error *error) {
    const called kind = {pulang_instance_post_id, pulang_instance_post_id, instance->n_posts,
                         N_("there is no post \"%s\""), N_("several posts are called \"%s\", such as %s")};
    return find(&kind, instance, text, found, error);
}

static pulang_status find_place(const pulang_instance *instance, const char *text, int *found,
                                pulang_error *error) {
    const called kind = {place_id, place_name, instance->n_places, N_("there is no place \"%s\""),
                         N_("several places are called \"%s\"; name the code, such as %s")};
    return find(&kind, instance, text, found, error);
}

/* ---- what is asked ---- */

typedef struct explaining {
    const explain_arguments *arguments;
    const pulang_instance *instance;
    pulang_explainer *explainer;
    pulang_explanation *explanation;
} explaining;

static pulang_status ask_person(explaining *e, int person, int post, int most, pulang_error *error) {
    pulang_explained *asked = pulang_explanation_person(e->explanation, person, post);
    if (!asked)
        return pulang_fail_memory(error);
    pulang_status status =
        pulang_explain_posts(e->explainer, asked->items, asked->n, e->arguments->all ? INT_MAX : most,
                             e->explanation->arena, error);
    pulang_explained_sort(e->explanation, asked);
    return status;
}

static pulang_status ask_one(explaining *e, pulang_error *error) {
    int person, post = PULANG_NONE;
    pulang_status status = find_person(e->instance, e->arguments->person, &person, error);
    if (status == PULANG_OK && e->arguments->post)
        status = find_post(e->instance, e->arguments->post, &post, error);
    if (status != PULANG_OK)
        return status;
    if (post != PULANG_NONE && e->explanation->plan->post[person] == post)
        return pulang_fail(error, PULANG_ERROR_ARGUMENT, _("%s holds post %s already"), e->arguments->person,
                           e->arguments->post);
    return ask_person(e, person, post, MOST_POSTS, error);
}

static pulang_status ask_unplaced(explaining *e, pulang_error *error) {
    pulang_status status = PULANG_OK;
    e->explanation->short_form = true;
    for (int p = 0; status == PULANG_OK && p < e->instance->n_persons; p++)
        if (e->explanation->plan->post[p] == PULANG_NONE)
            status = ask_person(e, p, PULANG_NONE, 0, error);
    return status;
}

static pulang_status ask_post(explaining *e, int post, pulang_error *error) {
    pulang_explained *asked = pulang_explanation_post(e->explanation, post);
    if (!asked)
        return pulang_fail_memory(error);
    if (e->explanation->evaluation->filled[post] >= e->instance->posts[post].target)
        return PULANG_OK;
    pulang_status status =
        pulang_explain_persons(e->explainer, asked->items, asked->n,
                               e->arguments->all ? INT_MAX : MOST_CANDIDATES, e->explanation->arena, error);
    pulang_explained_sort(e->explanation, asked);
    return status;
}

static pulang_status ask_place(explaining *e, pulang_error *error) {
    pulang_status status = find_place(e->instance, e->arguments->place, &e->explanation->place, error);
    for (int j = 0; status == PULANG_OK && j < e->instance->n_posts; j++)
        if (e->instance->posts[j].place == e->explanation->place)
            status = ask_post(e, j, error);
    return status;
}

static pulang_status ask(explaining *e, pulang_error *error) {
    return e->arguments->person     ? ask_one(e, error)
           : e->arguments->unplaced ? ask_unplaced(e, error)
                                    : ask_place(e, error);
}

static pulang_status print(const explaining *e, pulang_error *error) {
    char *text = e->arguments->json ? pulang_write_explain_json(e->explanation)
                                    : pulang_write_explain_text(e->explanation, e->arguments->all);
    if (!text)
        return pulang_fail_memory(error);
    fputs(text, stdout);
    pulang_free(text);
    return PULANG_OK;
}

static int explain(const explain_arguments *arguments, const pulang_instance *instance) {
    pulang_error error;
    pulang_claim *claim = NULL;
    pulang_plan *plan = NULL;
    pulang_settings settings;
    explaining e = {.arguments = arguments, .instance = instance};
    int most = instance->n_persons > instance->n_posts ? instance->n_persons : instance->n_posts;
    settings_make(&settings, instance, &arguments->settings);
    pulang_status status = pulang_output_read(instance, arguments->folders.out, &claim, &error);
    if (status == PULANG_OK)
        status = pulang_claim_plan(instance, claim, &plan, &error);
    if (status == PULANG_OK)
        status = pulang_explanation_new(plan, most, &e.explanation, &error);
    if (status == PULANG_OK)
        status = pulang_explainer_new(plan, &settings, &e.explainer, &error);
    if (status == PULANG_OK) {
        e.explanation->solved_anew = pulang_explainer_anew(e.explainer);
        status = ask(&e, &error);
    }
    if (status == PULANG_OK)
        status = print(&e, &error);
    pulang_explanation_free(e.explanation);
    pulang_explainer_free(e.explainer);
    pulang_plan_free(plan);
    pulang_claim_free(claim);
    return status == PULANG_OK ? EXIT_SOLVED : report_error(&error);
}

int command_explain(int argc, char **argv) {
    static struct argp_child children[3];
    static const struct argp argp = {
        .options = options,
        .parser = parse,
        .args_doc = "DIR OUT [PERSON]",
        .doc = N_(
            "Explains the plan in the output folder OUT of the problem folder DIR: why PERSON (an id, or a "
            "name) is where they are, who holds the posts that they would like better, and what would "
            "change for everybody if they had to be in another post.\v"
            "What would change is exact: the plan is compared with the best of all plans in which it is "
            "so. Where rules cut across the posts each of those plans is solved for; then only the posts "
            "liked best are looked into, unless --all or --post asks for more, and --time limits each "
            "solve.\n\nExamples:\n"
            "  pulang explain datasets/tiny out citra\n"
            "  pulang explain datasets/tiny out citra --post gagu-school\n"
            "  pulang explain datasets/kotim out --place 62.02.10.2017\n\n"
            "Exit code 0: explained; 1: a file cannot be read, or OUT was not made from DIR; 2: there is no "
            "such "
            "person, post or place."),
        .children = children,
        .argp_domain = PULANG_TEXT_DOMAIN,
    };
    explain_arguments arguments = {0};
    children[0] = (struct argp_child){.argp = settings_argp()};
    children[1] = (struct argp_child){.argp = folders_argp()};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    pulang_instance *instance = NULL;
    int code = read_instance(&arguments.folders, true, &instance);
    if (code == EXIT_SOLVED)
        code = explain(&arguments, instance);
    pulang_instance_free(instance);
    return code;
}
