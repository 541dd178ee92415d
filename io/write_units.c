/* units.csv: one row for each unit (office), in byte order of the names; posts without a unit are left
   out. */
#include "io/output.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>
#include <string.h>

typedef struct unit {
    const char *name;
    int post;      /* while sorting: the post that names it */
    int64_t seats; /* sum of the targets */
    int filled, missing, status_quo, moves_in, moves_out;
    int64_t hours_work, hours_staff; /* hundredths */
    int64_t merit;                   /* hundredths, sum over n_merit persons */
    int n_merit;
} unit;

typedef struct units {
    int n;
    unit *items;  /* [n] by name */
    int *of_post; /* [n_posts] PULANG_NONE: without unit */
} units;

static int by_name(const void *a, const void *b) {
    const unit *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->post > y->post) - (x->post < y->post);
}

/* Sorts the posts by unit, then keeps one item for each unit. */
static void find_units(const pulang_instance *instance, units *all) {
    int n = 0;
    for (int j = 0; j < instance->n_posts; j++) {
        all->of_post[j] = PULANG_NONE;
        if (*instance->posts[j].unit)
            all->items[n++] = (unit){.name = instance->posts[j].unit, .post = j};
    }
    qsort(all->items, (size_t)n, sizeof *all->items, by_name);
    for (int i = 0; i < n; i++) {
        unit *last = all->n > 0 ? &all->items[all->n - 1] : NULL;
        int post = all->items[i].post;
        if (!last || strcmp(last->name, all->items[i].name) != 0)
            all->items[all->n++] = all->items[i];
        all->of_post[post] = all->n - 1;
    }
}

static void add_posts(const pulang_output *output, units *all) {
    const pulang_instance *instance = output->instance;
    for (int j = 0; j < instance->n_posts; j++) {
        if (all->of_post[j] == PULANG_NONE)
            continue;
        const pulang_post *post = &instance->posts[j];
        unit *u = &all->items[all->of_post[j]];
        int filled = output->evaluation->filled[j];
        u->seats += post->target;
        u->filled += filled;
        u->missing += filled < post->target ? post->target - filled : 0;
        u->status_quo += output->today->filled[j];
        u->hours_work += post->hours;
        u->hours_staff += output->hours[j];
    }
}

static void add_persons(const pulang_output *output, units *all) {
    const pulang_instance *instance = output->instance;
    for (int p = 0; p < instance->n_persons; p++) {
        int post = output->plan->post[p], current = instance->persons[p].current;
        int now = post == PULANG_NONE ? PULANG_NONE : all->of_post[post];
        int before = current == PULANG_NONE ? PULANG_NONE : all->of_post[current];
        if (now != before && now != PULANG_NONE)
            all->items[now].moves_in++;
        if (now != before && before != PULANG_NONE)
            all->items[before].moves_out++;
        if (now != PULANG_NONE && instance->persons[p].merit != PULANG_NONE) {
            all->items[now].merit += instance->persons[p].merit;
            all->items[now].n_merit++;
        }
    }
}

static void write_unit(const unit *u, pulang_csv_writer *csv) {
    int64_t over = u->hours_work - u->hours_staff;
    pulang_csv_text(csv, u->name);
    pulang_csv_integer(csv, u->seats);
    pulang_csv_integer(csv, u->filled);
    pulang_csv_integer(csv, u->missing);
    pulang_csv_integer(csv, u->status_quo);
    pulang_output_hours(u->hours_work, u->hours_staff, csv);
    if (u->hours_work > 0)
        pulang_csv_integer(csv, over > 0 ? (1000 * over + u->hours_work - 1) / u->hours_work : 0);
    else
        pulang_csv_blank(csv);
    pulang_csv_integer(csv, u->moves_in);
    pulang_csv_integer(csv, u->moves_out);
    if (u->n_merit > 0)
        pulang_csv_fixed(csv, (u->merit + u->n_merit / 2) / u->n_merit, 2);
    else
        pulang_csv_blank(csv);
    pulang_csv_end_row(csv);
}

pulang_status pulang_write_units(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error) {
    static const char *const names[] = {"unit",
                                        "seats",
                                        "filled",
                                        "short",
                                        "status_quo_filled",
                                        "hours_work",
                                        "hours_staff",
                                        "load",
                                        "overload_permille",
                                        "moves_in",
                                        "moves_out",
                                        "mean_merit"};
    size_t n_posts = (size_t)output->instance->n_posts;
    units all = {.items = pulang_alloc(n_posts, sizeof *all.items),
                 .of_post = pulang_alloc(n_posts, sizeof *all.of_post)};
    bool ok = all.items && all.of_post;
    if (ok) {
        find_units(output->instance, &all);
        add_posts(output, &all);
        add_persons(output, &all);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            pulang_csv_text(csv, names[i]);
        pulang_csv_end_row(csv);
        for (int i = 0; i < all.n; i++)
            write_unit(&all.items[i], csv);
    }
    pulang_free(all.items);
    pulang_free(all.of_post);
    return ok ? PULANG_OK : pulang_fail_memory(error);
}
