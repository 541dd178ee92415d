/*
 * Which districts of origin an anonymous report may tell. The holders of a post are no secret to their
 * neighbours, so what is told of the origin of a group of people must be told of at least so many that nobody
 * knows of whom. Two things are told: the heads on each way from district to district, and for some posts the
 * districts that their holders come from. The second could be taken from the first; what is then left are the
 * holders of the other posts of the district, and they too must be none or enough. So in each district the
 * posts with enough holders are told, but for the smallest of them where the others have too few.
 *
 * k-anonymity with complementary suppression: L. Sweeney, k-anonymity: a model for protecting privacy (2002);
 * L. Willenborg and T. de Waal, Elements of statistical disclosure control (2001), chapter 6.
 */
#include "io/write_report_plan.h"
#include "model/alloc.h"
#include "model/error.h"

#include <stdlib.h>

/* A post with its holders; the last stands for those without a post. */
typedef struct holders {
    int post, district, heads;
    bool told;
} holders;

static int by_district_and_heads(const void *left, const void *right) {
    const holders *a = left, *b = right;
    if (a->district != b->district)
        return a->district > b->district ? 1 : -1;
    int heads = (a->heads > b->heads) - (a->heads < b->heads);
    return heads ? heads : (a->post > b->post) - (a->post < b->post);
}

/* Of one district, fewest heads first: hides the posts with few, and more of them while those hidden are few.
 */
static void choose(holders *items, int n) {
    int hidden = 0;
    for (int i = 0; i < n; i++) {
        items[i].told =
            items[i].heads >= PULANG_REPORT_FEWEST && (hidden == 0 || hidden >= PULANG_REPORT_FEWEST);
        if (!items[i].told)
            hidden += items[i].heads;
    }
}

static void count(pulang_report_writer *writer, holders *items) {
    const pulang_instance *instance = writer->instance;
    const int n_posts = instance->n_posts;
    for (int j = 0; j < n_posts; j++)
        items[j] = (holders){.post = j,
                             .district = pulang_report_name(
                                 &writer->districts, instance->places[instance->posts[j].place].district),
                             .heads = writer->output->evaluation->filled[j]};
    items[n_posts] = (holders){.post = n_posts, .district = PULANG_NONE};
    for (int p = 0; p < instance->n_persons; p++)
        items[n_posts].heads += writer->output->plan->post[p] == PULANG_NONE;
}

pulang_status pulang_report_origins(pulang_report_writer *writer, int *district, pulang_error *error) {
    const pulang_instance *instance = writer->instance;
    int n = instance->n_posts + 1;
    holders *items = pulang_alloc((size_t)n, sizeof *items);
    bool *told = pulang_alloc((size_t)n, sizeof *told);
    pulang_status status = items && told ? PULANG_OK : pulang_fail_memory(error);
    if (status == PULANG_OK) {
        count(writer, items);
        qsort(items, (size_t)n, sizeof *items, by_district_and_heads);
        for (int begin = 0, end; begin < n; begin = end) {
            for (end = begin; end < n && items[end].district == items[begin].district;)
                end++;
            choose(items + begin, end - begin);
        }
        for (int i = 0; i < n; i++)
            told[items[i].post] = items[i].told;
        for (int p = 0; p < instance->n_persons; p++) {
            int post = writer->output->plan->post[p], origin = instance->persons[p].origin;
            bool known = origin != PULANG_NONE && told[post == PULANG_NONE ? instance->n_posts : post];
            district[p] = known ? pulang_report_name(&writer->districts, instance->places[origin].district)
                                : PULANG_NONE;
        }
    }
    pulang_free(items);
    pulang_free(told);
    return status;
}
