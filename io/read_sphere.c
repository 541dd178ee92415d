/*
 * Transportation problems with computed costs (.sphere, docs/bench.md). As in the DIMACS formats a line
 * begins with its kind: c(omment), p(roblem), v(illage: a place), b(end of the curve), f(it), s(eats: a post)
 * or o(rigin: a class). Things are numbered from 1 in the order of their lines.
 */
#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <string.h>

#define MOST_KINDS 1000 /* of roles and of occupations */
#define MOST_SEATS 1000000000

/* The kinds of line that the problem line counts. */
enum { PLACE, POST, CLASS, BEND, N_COUNTED };

typedef struct sphere {
    pulang_scanner *scanner;
    pulang_error *error;
    pulang_spatial **made; /* NULL until the problem line */
    pulang_scanner line;   /* the line being read, after its kind */
    int problem_line;
    int wanted[N_COUNTED], met[N_COUNTED];
} sphere;

/* Reads count numbers to the end of the line. */
static pulang_status read_numbers(sphere *f, const pulang_number *numbers, int count, int64_t *values) {
    pulang_status status = PULANG_OK;
    f->line = *f->scanner;
    for (int i = 0; i < count && status == PULANG_OK; i++)
        status = pulang_scanner_number(f->scanner, &numbers[i], &values[i], f->error);
    return status == PULANG_OK ? pulang_scanner_end_line(f->scanner, f->error) : status;
}

static pulang_status read_problem(sphere *f) {
    if (*f->made)
        return pulang_scanner_fail(f->scanner, f->error, _("a second problem line; the first is line %d"),
                                   f->problem_line);
    size_t length;
    const char *kind = pulang_scanner_word(f->scanner, &length);
    if (length != 6 || memcmp(kind, "sphere", 6) != 0)
        return pulang_scanner_fail(f->scanner, f->error, "%s", _("the problem should be \"sphere\""));
    f->scanner->at = kind + length;
    f->problem_line = f->scanner->line;
    /* What the numbers count takes a line each. */
    int64_t bytes = f->scanner->end - f->scanner->at, most = bytes < INT32_MAX - 1 ? bytes : INT32_MAX - 1;
    pulang_number numbers[] = {{N_("the number of places"), 1, most},
                               {N_("the number of posts"), 1, most},
                               {N_("the number of classes"), 1, most},
                               {N_("the number of roles"), 1, MOST_KINDS},
                               {N_("the number of occupations"), 1, MOST_KINDS},
                               {N_("the number of bends"), 1, most}};
    int64_t v[6];
    pulang_status status = read_numbers(f, numbers, 6, v);
    if (status != PULANG_OK)
        return status;
    const pulang_spatial_size size = {.n_places = f->wanted[PLACE] = (int)v[0],
                                      .n_posts = f->wanted[POST] = (int)v[1],
                                      .n_classes = f->wanted[CLASS] = (int)v[2],
                                      .n_roles = (int)v[3],
                                      .n_occupations = (int)v[4],
                                      .n_bends = f->wanted[BEND] = (int)v[5]};
    *f->made = pulang_spatial_new(&size);
    return *f->made ? PULANG_OK : pulang_fail_memory(f->error);
}

static pulang_status read_place(sphere *f, int i) {
    static const pulang_number axis = {N_("a coordinate in metres"), -PULANG_EARTH_METRES,
                                       PULANG_EARTH_METRES};
    const pulang_number numbers[] = {axis, axis, axis};
    int64_t v[3];
    pulang_status status = read_numbers(f, numbers, 3, v);
    if (status != PULANG_OK)
        return status;
    (*f->made)->x[i] = (int32_t)v[0];
    (*f->made)->y[i] = (int32_t)v[1];
    (*f->made)->z[i] = (int32_t)v[2];
    return PULANG_OK;
}

static pulang_status read_post(sphere *f, int i) {
    pulang_spatial *s = *f->made;
    const pulang_number numbers[] = {{N_("a place"), 1, s->size.n_places},
                                     {N_("a role"), 1, s->size.n_roles},
                                     {N_("a lower bound"), 0, MOST_SEATS},
                                     {N_("an upper bound"), 0, MOST_SEATS}};
    int64_t v[4];
    pulang_status status = read_numbers(f, numbers, 4, v);
    if (status != PULANG_OK)
        return status;
    if (v[2] > v[3])
        return pulang_scanner_fail(&f->line, f->error, "%s", _("the lower bound is above the upper bound"));
    s->post_place[i] = (int)v[0] - 1;
    s->post_role[i] = (int)v[1] - 1;
    s->lower[i] = v[2];
    s->upper[i] = v[3];
    return PULANG_OK;
}

static pulang_status read_class(sphere *f, int i) {
    pulang_spatial *s = *f->made;
    const pulang_number numbers[] = {{N_("a place"), 1, s->size.n_places},
                                     {N_("an occupation"), 1, s->size.n_occupations},
                                     {N_("a supply"), 0, MOST_SEATS}};
    int64_t v[3];
    pulang_status status = read_numbers(f, numbers, 3, v);
    if (status != PULANG_OK)
        return status;
    s->class_place[i] = (int)v[0] - 1;
    s->class_occupation[i] = (int)v[1] - 1;
    s->supply[i] = (int)v[2];
    return PULANG_OK;
}

static pulang_status read_bend(sphere *f, int i) {
    static const pulang_number numbers[] = {{N_("a distance in metres"), 0, PULANG_SPATIAL_FARTHEST},
                                            {N_("a cost"), 0, PULANG_SPATIAL_COST}};
    pulang_bend *bends = (*f->made)->bends;
    int64_t v[2];
    pulang_status status = read_numbers(f, numbers, 2, v);
    if (status != PULANG_OK)
        return status;
    if (i == 0 ? v[0] != 0 : v[0] <= bends[i - 1].metres)
        return pulang_scanner_fail(&f->line, f->error, "%s",
                                   _("the bends should begin at 0 metres and ascend"));
    if (i > 0 && v[1] < bends[i - 1].cost)
        return pulang_scanner_fail(&f->line, f->error, "%s", _("the curve should not fall"));
    bends[i] = (pulang_bend){(int32_t)v[0], (int32_t)v[1]};
    return PULANG_OK;
}

static pulang_status read_fit(sphere *f) {
    pulang_spatial *s = *f->made;
    const pulang_number numbers[] = {{N_("an occupation"), 1, s->size.n_occupations},
                                     {N_("a role"), 1, s->size.n_roles},
                                     {N_("a cost"), -PULANG_SPATIAL_COST, PULANG_SPATIAL_COST}};
    int64_t v[3];
    pulang_status status = read_numbers(f, numbers, 3, v);
    if (status != PULANG_OK)
        return status;
    int64_t *fit = &s->fit[(v[0] - 1) * s->size.n_roles + v[1] - 1];
    if (*fit != PULANG_FORBIDDEN)
        return pulang_scanner_fail(&f->line, f->error, "%s", _("this occupation and role come twice"));
    *fit = v[2];
    return PULANG_OK;
}

typedef struct line_kind {
    char letter;
    const char *names; /* what the lines are, in errors */
    pulang_status (*read)(sphere *f, int i);
} line_kind;

static const line_kind kinds[N_COUNTED] = {
    [PLACE] = {'v', N_("places (v)"), read_place},
    [POST] = {'s', N_("posts (s)"), read_post},
    [CLASS] = {'o', N_("classes (o)"), read_class},
    [BEND] = {'b', N_("bends (b)"), read_bend},
};

static pulang_status read_counted(sphere *f, int kind) {
    if (f->met[kind] == f->wanted[kind])
        return pulang_scanner_fail(f->scanner, f->error, _("there are more %s than the %d of line %d"),
                                   _(kinds[kind].names), f->wanted[kind], f->problem_line);
    return kinds[kind].read(f, f->met[kind]++);
}

static pulang_status read_line(sphere *f) {
    size_t length;
    const char *letter = pulang_scanner_word(f->scanner, &length);
    if (*letter == 'c') {
        pulang_scanner_skip_line(f->scanner);
        return PULANG_OK;
    }
    if (length != 1 || !strchr("pvsobf", *letter))
        return pulang_scanner_fail(f->scanner, f->error, "%s",
                                   _("a line should begin with c, p, v, b, f, s or o"));
    if (*letter != 'p' && !*f->made)
        return pulang_scanner_fail(f->scanner, f->error, "%s", _("the problem line (p) should come first"));
    f->scanner->at = letter + length;
    if (*letter == 'p')
        return read_problem(f);
    if (*letter == 'f')
        return read_fit(f);
    int kind = 0;
    while (kinds[kind].letter != *letter)
        kind++;
    return read_counted(f, kind);
}

static pulang_status finish(const sphere *f) {
    if (!*f->made)
        return pulang_scanner_fail(f->scanner, f->error, "%s", _("there is no problem line (p)"));
    for (int kind = 0; kind < N_COUNTED; kind++)
        if (f->met[kind] < f->wanted[kind])
            return pulang_scanner_fail(f->scanner, f->error,
                                       _("the file ends after %d of the %d %s that line %d speaks of"),
                                       f->met[kind], f->wanted[kind], _(kinds[kind].names), f->problem_line);
    return pulang_spatial_bend(*f->made, f->error);
}

pulang_status pulang_read_sphere(pulang_scanner *scanner, pulang_benchmark *benchmark, pulang_error *error) {
    sphere f = {.scanner = scanner, .error = error, .made = &benchmark->spatial};
    pulang_status status = PULANG_OK;
    benchmark->format = "sphere";
    while (status == PULANG_OK && pulang_scanner_skip(scanner))
        status = read_line(&f);
    return status == PULANG_OK ? finish(&f) : status;
}
