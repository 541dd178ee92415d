/* posts.csv: one row a post, in the order of posts.csv of the input. */
#include "io/order.h"
#include "io/output.h"
#include "model/alloc.h"
#include "model/error.h"

static void headings(const pulang_output *output, pulang_csv_writer *csv) {
    static const char *const names[] = {"post",
                                        "place",
                                        "place_name",
                                        "district",
                                        "unit",
                                        "role",
                                        "min",
                                        "target",
                                        "max",
                                        "need",
                                        "filled",
                                        "short",
                                        "status_quo_filled",
                                        "hours_work",
                                        "hours_staff",
                                        "load",
                                        "cutoff"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        pulang_csv_text(csv, names[i]);
    pulang_output_price_headings(output->plan, csv);
    pulang_csv_text(csv, "why_short");
    pulang_output_exact_headings(output, "seat_", csv);
    pulang_output_exact_headings(output, "need_", csv);
    pulang_csv_end_row(csv);
}

/* Prices of the posts: [n_levels * n_posts], 0 where there is none; NULL: out of memory. */
static int64_t *prices_of_posts(const pulang_plan *plan) {
    size_t n_posts = (size_t)plan->instance->n_posts;
    int64_t *prices = pulang_alloc((size_t)plan->n_levels * n_posts, sizeof *prices);
    for (int s = 0; prices && s < plan->n_steps; s++) {
        const pulang_step *step = &plan->steps[s];
        for (int i = 0; step->kind == PULANG_STEP_LEVEL && i < step->n_prices; i++)
            if (step->prices[i].post != PULANG_NONE)
                prices[(size_t)step->level * n_posts + (size_t)step->prices[i].post] =
                    pulang_output_price(step, i);
    }
    return prices;
}

static void write_seats(const pulang_output *output, int j, pulang_csv_writer *csv) {
    const pulang_post *post = &output->instance->posts[j];
    int filled = output->evaluation->filled[j];
    pulang_csv_integer(csv, post->min);
    pulang_csv_integer(csv, post->target);
    if (post->max == PULANG_UNLIMITED)
        pulang_csv_blank(csv);
    else
        pulang_csv_integer(csv, post->max);
    if (post->need == PULANG_NONE)
        pulang_csv_blank(csv);
    else
        pulang_csv_fixed(csv, post->need, 2);
    pulang_csv_integer(csv, filled);
    pulang_csv_integer(csv, filled < post->target ? post->target - filled : 0);
    pulang_csv_integer(csv, output->today->filled[j]);
}

void pulang_output_hours(int64_t work, int64_t staff, pulang_csv_writer *csv) {
    if (work > 0)
        pulang_csv_fixed(csv, work, 2);
    else
        pulang_csv_blank(csv);
    pulang_csv_fixed(csv, staff, 2);
    if (work > 0 && staff > 0)
        pulang_csv_fixed(csv, (work * 1000 + staff / 2) / staff, 3);
    else
        pulang_csv_blank(csv);
}

pulang_status pulang_write_posts(const pulang_output *output, pulang_csv_writer *csv, pulang_error *error) {
    const pulang_instance *instance = output->instance;
    int64_t *prices = prices_of_posts(output->plan);
    int *order = pulang_order_of_file(&instance->posts_table, instance->n_posts);
    if (!prices || !order) {
        pulang_free(prices);
        pulang_free(order);
        return pulang_fail_memory(error);
    }
    headings(output, csv);
    for (int i = 0; i < instance->n_posts; i++) {
        int j = order[i];
        const pulang_post *post = &instance->posts[j];
        const pulang_place *place = &instance->places[post->place];
        pulang_csv_text(csv, post->id);
        pulang_csv_text(csv, place->id);
        pulang_csv_text(csv, place->name);
        pulang_csv_text(csv, place->district);
        pulang_csv_text(csv, post->unit);
        pulang_csv_text(csv, post->role);
        write_seats(output, j, csv);
        pulang_output_hours(post->hours, output->hours[j], csv);
        pulang_output_merit(output, output->audit->weakest[j], csv);
        for (int l = 0; l < output->plan->n_levels; l++)
            if (pulang_output_step(output->plan, l) != PULANG_NONE)
                pulang_csv_integer(csv, prices[(size_t)l * (size_t)instance->n_posts + (size_t)j]);
        pulang_csv_text(csv, output->reasons->post[j]);
        if (output->plan->prices) {
            pulang_output_exact_cells(output, &output->plan->prices->seat[j], csv);
            pulang_output_exact_cells(output, &output->plan->prices->need[j], csv);
        }
        pulang_csv_end_row(csv);
    }
    pulang_free(prices);
    pulang_free(order);
    return PULANG_OK;
}
