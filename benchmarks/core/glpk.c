/*
 * GLPK on a .knet file: core_glpk okalg|lp FILE. The network has a sink, and arcs from the posts to it
 * that carry lower .. upper. For small sizes only.
 */
#include "peer.h"

#include <glpk.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct vertex {
    double supply;
} vertex;

typedef struct arc {
    double lower, upper, cost, flow;
} arc;

static void add_arc(glp_graph *network, int from, int to, arc data) {
    *(arc *)glp_add_arc(network, from, to)->data = data;
}

static glp_graph *build(const peer_problem *p) {
    glp_graph *network = glp_create_graph(sizeof(vertex), sizeof(arc));
    int sink = p->n + p->m + 1;
    glp_add_vertices(network, sink);
    for (int i = 0; i < p->n; i++) {
        ((vertex *)network->v[i + 1]->data)->supply = 1;
        for (int j = 0; j < p->m; j++)
            add_arc(network, i + 1, p->n + j + 1,
                    (arc){.upper = 1, .cost = p->cost[(size_t)i * (size_t)p->m + (size_t)j]});
    }
    for (int j = 0; j < p->m; j++)
        add_arc(network, p->n + j + 1, sink, (arc){.lower = p->lower[j], .upper = p->upper[j]});
    ((vertex *)network->v[sink]->data)->supply = -p->n;
    return network;
}

/* The out-of-kilter algorithm. */
static double okalg(const peer_problem *p, double *built) {
    glp_graph *network = build(p);
    *built = peer_now();
    double objective;
    if (glp_mincost_okalg(network, offsetof(vertex, supply), offsetof(arc, lower), offsetof(arc, upper),
                          offsetof(arc, cost), &objective, offsetof(arc, flow), -1))
        peer_fail("no optimum found");
    return objective;
}

static double simplex(const peer_problem *p, double *built) {
    glp_graph *network = build(p);
    glp_prob *lp = glp_create_prob();
    glp_mincost_lp(lp, network, GLP_OFF, offsetof(vertex, supply), offsetof(arc, lower), offsetof(arc, upper),
                   offsetof(arc, cost));
    glp_delete_graph(network);
    glp_adv_basis(lp, 0);
    *built = peer_now();
    if (glp_simplex(lp, NULL) || glp_get_status(lp) != GLP_OPT)
        peer_fail("no optimum found");
    return glp_get_obj_val(lp);
}

int main(int argc, char **argv) {
    int form = argc == 3 && !strcmp(argv[1], "okalg") ? 1 : argc == 3 && !strcmp(argv[1], "lp") ? 2 : 0;
    if (form == 0)
        peer_fail("Usage: core_glpk okalg|lp FILE");
    peer_problem p = peer_read(argv[2]);
    glp_term_out(GLP_OFF);
    double begin = peer_now(), built;
    double objective = form == 1 ? okalg(&p, &built) : simplex(&p, &built);
    double solved = peer_now();
    peer_print(form == 1 ? "GLPK okalg" : "GLPK simplex", "sink", argv[2], llround(objective), built - begin,
               solved - built);
    return 0;
}
