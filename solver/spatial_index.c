#include "solver/spatial_index.h"

#include "model/alloc.h"

#include <assert.h>
#include <string.h>

/* Posts of a leaf: at most this. */
#define LEAF_POSTS 16
/* Halving 2^31 posts down to a leaf leaves fewer nodes than this waiting. */
#define DEEPEST 32

/* A subtree: the box of its points and its least price. */
typedef struct tree_node {
    int32_t low[3], high[3];
    int64_t least;
} tree_node;

typedef struct tree_post {
    int32_t at[3];
    int post;
    int64_t price;
} tree_post;

/*
 * Posts of a role in the order of the tree. Node 1 is the root, 2i and 2i + 1 are the children of i, and the
 * leaves are nodes n_leaves .. 2 * n_leaves - 1: leaf number l has the posts n * l / n_leaves .. n * (l + 1)
 * / n_leaves - 1.
 */
typedef struct role_tree {
    int n, n_leaves; /* n_leaves: a power of 2; n 0: no tree */
    tree_post *posts;
    tree_node *nodes; /* [2 * n_leaves] */
} role_tree;

struct pulang_spatial_index {
    const pulang_spatial *spatial;
    int64_t scale;
    role_tree *trees; /* [n_roles] */
    int *position;    /* [n_posts] in its tree */
};

static int begin_of(const role_tree *tree, int leaf) {
    return (int)((int64_t)tree->n * leaf / tree->n_leaves);
}

static int leaf_of(const role_tree *tree, int position) {
    return (int)((((int64_t)position + 1) * tree->n_leaves - 1) / tree->n);
}

/* Order of posts in a dimension; of equal ones by number, so that the tree is the same on every machine. */
static inline bool before(const tree_post *a, const tree_post *b, int dimension) {
    return a->at[dimension] != b->at[dimension] ? a->at[dimension] < b->at[dimension] : a->post < b->post;
}

/* Puts the posts low .. high - 1 in an order in which those before `middle` come before all others (Hoare
 * 1961). */
static void part(tree_post *posts, int low, int high, int middle, int dimension) {
    for (high--; low < high;) {
        tree_post pivot = posts[low + (high - low) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (before(&posts[i], &pivot, dimension))
                i++;
            while (before(&pivot, &posts[j], dimension))
                j--;
            if (i <= j) {
                tree_post swap = posts[i];
                posts[i++] = posts[j];
                posts[j--] = swap;
            }
        }
        if (middle <= j)
            high = j;
        else if (middle >= i)
            low = i;
        else
            break;
    }
}

static void fit_box(tree_node *node, const tree_post *posts, int begin, int end) {
    for (int d = 0; d < 3; d++) {
        node->low[d] = node->high[d] = posts[begin].at[d];
        for (int i = begin + 1; i < end; i++) {
            node->low[d] = posts[i].at[d] < node->low[d] ? posts[i].at[d] : node->low[d];
            node->high[d] = posts[i].at[d] > node->high[d] ? posts[i].at[d] : node->high[d];
        }
    }
}

static int widest(const tree_node *node) {
    int dimension = 0;
    for (int d = 1; d < 3; d++)
        if (node->high[d] - node->low[d] > node->high[dimension] - node->low[dimension])
            dimension = d;
    return dimension;
}

/* Node by node from the root: its box, then its posts parted between its children across the widest side. */
static void build_tree(role_tree *tree) {
    for (int first = 1; first < 2 * tree->n_leaves; first *= 2) {
        int leaves = tree->n_leaves / first; /* below each node of this level */
        for (int node = first; node < 2 * first; node++) {
            int leaf = (node - first) * leaves, begin = begin_of(tree, leaf),
                end = begin_of(tree, leaf + leaves);
            fit_box(&tree->nodes[node], tree->posts, begin, end);
            if (leaves > 1)
                part(tree->posts, begin, end, begin_of(tree, leaf + leaves / 2), widest(&tree->nodes[node]));
        }
    }
}

static int alloc_tree(role_tree *tree) {
    for (tree->n_leaves = 1; tree->n / tree->n_leaves >= LEAF_POSTS; tree->n_leaves *= 2)
        ;
    tree->posts = pulang_alloc((size_t)tree->n, sizeof *tree->posts);
    tree->nodes = pulang_alloc(2 * (size_t)tree->n_leaves, sizeof *tree->nodes);
    return tree->posts && tree->nodes ? 0 : -1;
}

static int build(pulang_spatial_index *index) {
    const pulang_spatial *s = index->spatial;
    for (int j = 0; j < s->size.n_posts; j++)
        index->trees[s->post_role[j]].n++;
    for (int r = 0; r < s->size.n_roles; r++) {
        if (alloc_tree(&index->trees[r]))
            return -1;
        index->trees[r].n = 0;
    }
    for (int j = 0; j < s->size.n_posts; j++) {
        role_tree *tree = &index->trees[s->post_role[j]];
        int place = s->post_place[j];
        tree->posts[tree->n++] = (tree_post){{s->x[place], s->y[place], s->z[place]}, j, 0};
    }
    for (int r = 0; r < s->size.n_roles; r++) {
        role_tree *tree = &index->trees[r];
        if (tree->n == 0)
            continue;
        build_tree(tree);
        for (int i = 0; i < tree->n; i++)
            index->position[tree->posts[i].post] = i;
    }
    return 0;
}

pulang_spatial_index *pulang_spatial_index_new(const pulang_spatial *spatial, int64_t scale) {
    pulang_spatial_index *index = pulang_alloc(1, sizeof *index);
    if (!index)
        return NULL;
    index->spatial = spatial;
    index->scale = scale;
    index->trees = pulang_alloc((size_t)spatial->size.n_roles, sizeof *index->trees);
    index->position = pulang_alloc((size_t)spatial->size.n_posts, sizeof *index->position);
    if (!index->trees || !index->position || build(index)) {
        pulang_spatial_index_free(index);
        return NULL;
    }
    return index;
}

void pulang_spatial_index_free(pulang_spatial_index *index) {
    if (!index)
        return;
    for (int r = 0; index->trees && r < index->spatial->size.n_roles; r++) {
        pulang_free(index->trees[r].posts);
        pulang_free(index->trees[r].nodes);
    }
    pulang_free(index->trees);
    pulang_free(index->position);
    pulang_free(index);
}

static inline int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t least_of_leaf(const role_tree *tree, int leaf) {
    int begin = begin_of(tree, leaf), end = begin_of(tree, leaf + 1);
    int64_t price = tree->posts[begin].price;
    for (int i = begin + 1; i < end; i++)
        price = least(price, tree->posts[i].price);
    return price;
}

void pulang_spatial_index_reprice(pulang_spatial_index *index, int post, int64_t price) {
    role_tree *tree = &index->trees[index->spatial->post_role[post]];
    tree_post *changed = &tree->posts[index->position[post]];
    if (changed->price == price)
        return;
    changed->price = price;
    int leaf = leaf_of(tree, index->position[post]), node = tree->n_leaves + leaf;
    int64_t renewed = least_of_leaf(tree, leaf);
    while (node > 0 && tree->nodes[node].least != renewed) {
        tree->nodes[node].least = renewed;
        renewed = least(renewed, tree->nodes[node ^ 1].least); /* of the parent */
        node /= 2;
    }
}

void pulang_spatial_index_reprice_all(pulang_spatial_index *index, const int64_t *price) {
    for (int r = 0; r < index->spatial->size.n_roles; r++) {
        role_tree *tree = &index->trees[r];
        if (tree->n == 0)
            continue;
        for (int i = 0; i < tree->n; i++)
            tree->posts[i].price = price[tree->posts[i].post];
        for (int leaf = 0; leaf < tree->n_leaves; leaf++)
            tree->nodes[tree->n_leaves + leaf].least = least_of_leaf(tree, leaf);
        for (int node = tree->n_leaves - 1; node > 0; node--)
            tree->nodes[node].least = least(tree->nodes[2 * node].least, tree->nodes[2 * node + 1].least);
    }
}

/* A search: for somebody at a point, the k cheapest below a limit so far, in a heap with the dearest on top;
   until it ends their costs are with the price. */
typedef struct search {
    const pulang_spatial *spatial;
    int32_t at[3];
    int64_t scale, fit, slack;
    int64_t limit; /* only what is below it is wanted */
    int k, n;
    pulang_offer *found;
} search;

static void sink(search *q, pulang_offer offer) {
    int at = 0;
    for (int child; (child = 2 * at + 1) < q->n; at = child) {
        if (child + 1 < q->n && q->found[child + 1].cost > q->found[child].cost)
            child++;
        if (q->found[child].cost <= offer.cost)
            break;
        q->found[at] = q->found[child];
    }
    q->found[at] = offer;
}

static void keep(search *q, pulang_offer offer) {
    if (q->n == q->k) {
        sink(q, offer);
    } else {
        int at = q->n++;
        for (; at > 0 && q->found[(at - 1) / 2].cost < offer.cost; at = (at - 1) / 2)
            q->found[at] = q->found[(at - 1) / 2];
        q->found[at] = offer;
    }
    if (q->n == q->k)
        q->limit = q->found[0].cost - q->slack;
}

/* Metres from v to the nearest of low .. high. */
static inline int32_t outside(int32_t v, int32_t low, int32_t high) {
    int32_t below = low - v, above = v - high;
    int32_t most = below > above ? below : above;
    return most > 0 ? most : 0;
}

static inline int64_t bound_of(const search *q, const tree_node *node) {
    double squared = pulang_spatial_squared(outside(q->at[0], node->low[0], node->high[0]),
                                            outside(q->at[1], node->low[1], node->high[1]),
                                            outside(q->at[2], node->low[2], node->high[2]));
    return q->fit + q->scale * pulang_spatial_curve(q->spatial, squared) + node->least;
}

static void look_at_leaf(search *q, const role_tree *tree, int leaf) {
    for (int i = begin_of(tree, leaf), end = begin_of(tree, leaf + 1); i < end; i++) {
        const tree_post *post = &tree->posts[i];
        if (q->fit + post->price + q->scale * q->spatial->curve[0] >= q->limit)
            continue;
        double squared =
            pulang_spatial_squared(post->at[0] - q->at[0], post->at[1] - q->at[1], post->at[2] - q->at[2]);
        int64_t cost = q->fit + q->scale * pulang_spatial_curve(q->spatial, squared);
        if (cost + post->price < q->limit)
            keep(q, (pulang_offer){post->post, cost + post->price});
    }
}

typedef struct waiting {
    int node;
    int64_t bound;
} waiting;

static void search_tree(search *q, const role_tree *tree) {
    waiting stack[DEEPEST];
    int n = 0;
    if (tree->n == 0)
        return;
    stack[n++] = (waiting){1, bound_of(q, &tree->nodes[1])};
    while (n > 0) {
        waiting now = stack[--n];
        if (now.bound >= q->limit)
            continue;
        if (now.node >= tree->n_leaves) {
            look_at_leaf(q, tree, now.node - tree->n_leaves);
            continue;
        }
        waiting a = {2 * now.node, bound_of(q, &tree->nodes[2 * now.node])};
        waiting b = {2 * now.node + 1, bound_of(q, &tree->nodes[2 * now.node + 1])};
        waiting nearer = a.bound <= b.bound ? a : b, farther = a.bound <= b.bound ? b : a;
        assert(n + 2 <= DEEPEST);
        if (farther.bound < q->limit)
            stack[n++] = farther;
        if (nearer.bound < q->limit)
            stack[n++] = nearer;
    }
}

static search begin(const pulang_spatial_index *index, int place, int64_t below, int k,
                    pulang_offer *offers) {
    const pulang_spatial *s = index->spatial;
    return (search){.spatial = s,
                    .scale = index->scale,
                    .at = {s->x[place], s->y[place], s->z[place]},
                    .limit = below,
                    .k = k,
                    .found = offers};
}

/* Takes the prices out. */
static int finish(const pulang_spatial_index *index, search *q) {
    for (int i = 0; i < q->n; i++) {
        int post = q->found[i].post;
        q->found[i].cost -= index->trees[index->spatial->post_role[post]].posts[index->position[post]].price;
        q->found[i].cost /= index->scale;
    }
    return q->n;
}

int pulang_spatial_index_nearest(const pulang_spatial_index *index, int place, int role, int64_t slack, int k,
                                 pulang_offer *offers, int64_t *bound) {
    search q = begin(index, place, INT64_MAX / 4, k, offers);
    q.slack = slack;
    search_tree(&q, &index->trees[role]);
    *bound = q.limit;
    return finish(index, &q);
}

int pulang_spatial_index_cheapest(const pulang_spatial_index *index, int class, int64_t below, int k,
                                  pulang_offer *offers) {
    const pulang_spatial *s = index->spatial;
    const int64_t *fit = s->fit + s->class_occupation[class] * s->size.n_roles;
    search q = begin(index, s->class_place[class], below, k, offers);
    for (int r = 0; r < s->size.n_roles; r++) {
        if (fit[r] == PULANG_FORBIDDEN)
            continue;
        q.fit = index->scale * fit[r];
        search_tree(&q, &index->trees[r]);
    }
    return finish(index, &q);
}

bool pulang_spatial_index_any_below(const pulang_spatial_index *index, int class, int64_t below) {
    pulang_offer one;
    return pulang_spatial_index_cheapest(index, class, below, 1, &one) > 0;
}

static int cheapest(const void *user, int row, const int64_t *price, int64_t below, int k,
                    pulang_offer *offers) {
    (void)price; /* the index knows them */
    return pulang_spatial_index_cheapest(user, row, below, k, offers);
}

static int64_t cost_of(const void *user, int row, int post) {
    const pulang_spatial_index *index = user;
    return pulang_spatial_cost(index->spatial, row, post);
}

static void reprice(void *index, const int64_t *price, int post) {
    if (post < 0)
        pulang_spatial_index_reprice_all(index, price);
    else
        pulang_spatial_index_reprice(index, post, price[post]);
}

void pulang_spatial_index_transport(pulang_spatial_index *index, pulang_transport *problem) {
    pulang_spatial_transport(index->spatial, problem);
    problem->costs.cheapest = cheapest;
    problem->costs.cost = cost_of;
    problem->costs.user = index;
    problem->costs.reprice = reprice;
    problem->costs.index = index;
}
