#include "solver/certain.h"

#include "model/alloc.h"
#include "model/error.h"

/* Choices that the plan itself has. */
static void begin_choices(const pulang_optima *o, certain_choices *choices) {
    const pulang_problem *face = o->face;
    for (int k = 0; k < face->n_classes; k++) {
        int left = face->supply[k];
        for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++) {
            choices->may[a] = o->flow[a] > 0;
            left -= o->flow[a];
        }
        choices->may_out[k] = left > 0;
        choices->open[k] = false;
    }
    choices->whole = true;
}

static int choices_init(certain_choices *choices, const pulang_problem *face) {
    choices->may = pulang_alloc((size_t)face->n_arcs, sizeof *choices->may);
    choices->may_out = pulang_alloc((size_t)face->n_classes, sizeof *choices->may_out);
    choices->open = pulang_alloc((size_t)face->n_classes, sizeof *choices->open);
    return choices->may && choices->may_out && choices->open ? 0 : -1;
}

static void choices_free(certain_choices *choices) {
    pulang_free(choices->may);
    pulang_free(choices->may_out);
    pulang_free(choices->open);
}

/* ---- from classes to persons ---- */

static int n_choices(const pulang_problem *face, const certain_choices *choices, int k) {
    int n = choices->may_out[k];
    for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
        n += choices->may[a];
    return n;
}

/* class_of: [n_persons], filled. Returns how many other posts there are in all. */
static size_t count_others(const pulang_problem *face, const certain_choices *choices, int *class_of) {
    size_t n = 0;
    for (int k = 0; k < face->n_classes; k++) {
        n += (size_t)(n_choices(face, choices, k) - 1) * (size_t)face->supply[k];
        for (int i = face->member_begin[k]; i < face->member_begin[k + 1]; i++)
            class_of[face->members[i]] = k;
    }
    return n;
}

static void list_others(pulang_certain *certain, int person, const pulang_problem *face,
                        const certain_choices *choices, int k) {
    int *n = &certain->begin[person + 1];
    *n = certain->begin[person];
    if (choices->may_out[k] && certain->post[person] != PULANG_NONE)
        certain->others[(*n)++] = PULANG_NONE;
    for (int a = face->arc_begin[k]; a < face->arc_begin[k + 1]; a++)
        if (choices->may[a] && face->arc_post[a] != certain->post[person])
            certain->others[(*n)++] = face->arc_post[a];
}

static void judge(pulang_certain *certain, int person, bool open) {
    bool elsewhere = certain->begin[person + 1] > certain->begin[person];
    certain->of[person] = elsewhere ? PULANG_INTERCHANGEABLE : open ? PULANG_NOT_KNOWN : PULANG_CERTAIN;
    certain->n_interchangeable += elsewhere;
    certain->n_not_known += !elsewhere && open;
    certain->n_certain += !elsewhere && !open;
}

static int fill(pulang_certain *certain, const pulang_problem *face, const certain_choices *choices,
                const int *post_of) {
    size_t n = (size_t)certain->n_persons;
    int *class_of = pulang_arena_alloc(certain->arena, n, sizeof *class_of);
    certain->post = pulang_arena_alloc(certain->arena, n, sizeof *certain->post);
    certain->of = pulang_arena_alloc(certain->arena, n, sizeof *certain->of);
    certain->begin = pulang_arena_alloc(certain->arena, n + 1, sizeof *certain->begin);
    certain->round = pulang_arena_alloc(certain->arena, n, sizeof *certain->round);
    certain->round_size = pulang_arena_alloc(certain->arena, n, sizeof *certain->round_size);
    if (!class_of || !certain->post || !certain->of || !certain->begin || !certain->round ||
        !certain->round_size)
        return -1;
    size_t n_others = count_others(face, choices, class_of);
    certain->others = pulang_arena_alloc(certain->arena, n_others, sizeof *certain->others);
    if (!certain->others)
        return -1;
    for (int p = 0; p < certain->n_persons; p++) {
        certain->post[p] = post_of[p];
        list_others(certain, p, face, choices, class_of[p]);
        judge(certain, p, choices->open[class_of[p]]);
    }
    return pulang_certain_make_rounds(certain);
}

static int make(const pulang_instance *instance, const pulang_optima *o, const certain_choices *choices,
                const int *post_of, pulang_certain **certain) {
    pulang_arena *arena = pulang_arena_new();
    pulang_certain *made = arena ? pulang_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made) {
        *made = (pulang_certain){.arena = arena,
                                 .instance = instance,
                                 .n_persons = instance->n_persons,
                                 .whole = choices->whole,
                                 .swaps = o->exact};
        if (fill(made, o->face, choices, post_of) == 0) {
            *certain = made;
            return 0;
        }
    }
    pulang_arena_free(arena);
    return -1;
}

pulang_status pulang_certain_find(const pulang_instance *instance, const pulang_optima *optima,
                                  const int *post_of, pulang_limits *limits, pulang_certain **certain,
                                  pulang_error *error) {
    certain_choices choices = {0};
    pulang_status status = choices_init(&choices, optima->face) ? pulang_fail_memory(error) : PULANG_OK;
    if (status == PULANG_OK) {
        begin_choices(optima, &choices);
        status = optima->exact ? certain_by_network(optima, &choices, error)
                               : certain_by_search(optima, limits, &choices, error);
    }
    if (status == PULANG_OK && make(instance, optima, &choices, post_of, certain))
        status = pulang_fail_memory(error);
    choices_free(&choices);
    return status;
}
