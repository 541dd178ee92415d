#include "solver/spatial.h"

#include "model/alloc.h"
#include "model/error.h"
#include "solver/limits.h"
#include "solver/spatial_auction.h"
#include <stdio.h>
#include <stdlib.h>

static pulang_status solve_by_paths(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error) {
    pulang_transport problem;
    pulang_spatial_index *index = pulang_spatial_index_new(spatial, 1);
    if (!index)
        return pulang_fail_memory(error);
    pulang_spatial_index_transport(index, &problem);
    pulang_status status = pulang_transport_solve(&problem, settings, plan, error);
    pulang_spatial_index_free(index);
    return status;
}

int auction_init(auction *a, const pulang_spatial *p, const pulang_transport_settings *settings) {
    size_t posts = (size_t)p->size.n_posts, classes = (size_t)p->size.n_classes;
    *a = (auction){.problem = p, .settings = settings, .scale = p->size.n_posts + 2};
    a->index = pulang_spatial_index_new(p, a->scale);
    a->price = pulang_alloc(posts, sizeof *a->price);
    a->held = pulang_alloc(posts, sizeof *a->held);
    a->filled = pulang_alloc(posts, sizeof *a->filled);
    a->vacant = pulang_alloc(posts, sizeof *a->vacant);
    a->queue = pulang_alloc(posts, sizeof *a->queue);
    a->queued = pulang_alloc(posts, sizeof *a->queued);
    a->open = pulang_alloc(posts, sizeof *a->open);
    a->open_at = pulang_alloc(posts, sizeof *a->open_at);
    a->open_price = pulang_alloc(posts, sizeof *a->open_price);
    a->left = pulang_alloc(classes, sizeof *a->left);
    if (!a->index || !a->price || !a->held || !a->filled || !a->vacant || !a->queue || !a->queued ||
        !a->open || !a->open_at || !a->open_price || !a->left || auction_lists_init(a))
        return -1;
    for (size_t j = 0; j < posts; j++) {
        a->open_at[j] = -1;
        a->vacant_left += p->upper[j];
    }
    for (size_t k = 0; k < classes; k++) {
        a->left[k] = p->supply[k];
        a->n_left += p->supply[k];
    }
    a->vacant_left -= a->n_left;
    return 0;
}

void auction_free(auction *a) {
    for (int j = 0; a->held && j < a->problem->size.n_posts; j++)
        pulang_free(a->held[j].items);
    void *parts[] = {a->price, a->held,    a->filled,     a->vacant, a->queue,  a->queued,
                     a->open,  a->open_at, a->open_price, a->left,   a->origin, a->lists};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        pulang_free(parts[i]);
    pulang_spatial_index_free(a->index);
}

double SLK = 0.5; static double en(const char*n,double d){char*s=getenv(n);return s?atof(s):d;}

static void run(auction *a, double from, double to, double theta, const char *what, bool prove, int64_t *proof) {
    double t0 = pulang_clock();
    int last = 0;
    for (double e = from;; e /= theta) {
        int64_t eps = (int64_t)(e * a->scale);
        if (eps < 1) eps = 1;
        double t1 = pulang_clock(); int64_t p0 = a->pushes, r0 = a->refreshed, l0 = a->n_left;
        SLK = en("SLK", 0.5); a->slack = (int64_t)(eps * SLK);
        if (en("RENEW", 1) > 0) auction_lists_renew(a);
        double t2 = pulang_clock();
        auction_phase(a, eps, prove ? 0 : (int64_t)(en("LEAVE", 0) * 1e-4 * l0));
        int64_t cost = 0;
        for (int j = 0; j < a->problem->size.n_posts; j++) for (int i = 0; i < a->held[j].n; i++) cost += (int64_t)a->held[j].items[i].cost * a->held[j].items[i].count;
        fprintf(stderr, "%s places %d eps %.4f: cost %lld pushes %lld refreshed %lld  renew %.2f phase %.2f all %.2f\n", what, a->problem->size.n_places, (double)eps / a->scale, (long long)cost, (long long)(a->pushes - p0), (long long)(a->refreshed - r0), t2 - t1, pulang_clock() - t2, pulang_clock() - t0);
        if (prove && eps <= a->scale / 2) {
            double t3 = pulang_clock();
            bool ok = auction_prove(a, eps == 1 ? INT64_MAX : 20 * (int64_t)a->problem->size.n_posts, proof);
            fprintf(stderr, "prove: %d %.2f s\n", ok, pulang_clock() - t3);
            if (ok) return;
        }
        if (eps == 1 || e <= to) break;
        if (last) break;
    }
}

static int start(const pulang_spatial *p, const pulang_transport_settings *settings, double *price) {
    if (p->size.n_places < en("SMALLEST", 200)) return 0;
    int *cell = pulang_alloc((size_t)p->size.n_places, sizeof *cell);
    pulang_spatial *m = spatial_merge(p, en("MERGE", 8), cell);
    double *cp = pulang_alloc((size_t)m->size.n_posts, sizeof *cp);
    start(m, settings, cp);
    auction a;
    auction_init(&a, m, settings);
    for (int j = 0; j < m->size.n_posts; j++) a.price[j] = (int64_t)(cp[j] * a.scale);
    for (int j = 0; j < m->size.n_posts; j++) auction_open(&a, j);
    double e = m->size.n_places < 2000 ? 3000 : 400;
    run(&a, e, m->size.n_places < 2000 ? en("END1", 100): en("END2", 50), en("THETA", 6), "coarse", false, NULL);
    /* by cell and role */
    double *at = pulang_alloc((size_t)m->size.n_places * m->size.n_roles, sizeof *at);
    for (int j = 0; j < m->size.n_posts; j++) at[m->post_place[j] * m->size.n_roles + m->post_role[j]] = (double)a.price[j] / a.scale;
    for (int j = 0; j < p->size.n_posts; j++) price[j] = at[cell[p->post_place[j]] * m->size.n_roles + p->post_role[j]];
    auction_free(&a);
    return 0;
}

pulang_status pulang_spatial_solve(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error) {
    if (!getenv("AUC")) return solve_by_paths(spatial, settings, plan, error);
    auction a;
    double *p = pulang_alloc((size_t)spatial->size.n_posts, sizeof *p);
    double t0 = pulang_clock();
    start(spatial, settings, p);
    fprintf(stderr, "coarse %.2f\n", pulang_clock() - t0);
    auction_init(&a, spatial, settings);
    for (int j = 0; j < spatial->size.n_posts; j++) a.price[j] = (int64_t)(p[j] * a.scale);
    for (int j = 0; j < spatial->size.n_posts; j++) auction_open(&a, j);
    int64_t *proof = pulang_alloc((size_t)spatial->size.n_posts + 1, sizeof *proof);
    run(&a, en("FINE", 200), 0, en("THETA", 6), "fine", true, proof);
    fprintf(stderr, "all %.2f\n", pulang_clock() - t0);
    exit(0);
}
