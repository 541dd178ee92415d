/*
 * A coarser problem: places close by each other merged into cells, for prices to start from.
 */
#include "model/alloc.h"
#include "solver/spatial_auction.h"

#include <stdlib.h>

typedef struct keyed {
    uint64_t key;
    int place;
} keyed;

static int by_key(const void *x, const void *y) {
    const keyed *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* The bits of three coordinates in turn (Morton 1966): places close in this order are close in space. */
static uint64_t morton(int32_t x, int32_t y, int32_t z) {
    uint64_t key = 0;
    for (int bit = 23; bit >= 4; bit--) {
        key = key << 1 | ((uint32_t)(x + (1 << 23)) >> bit & 1);
        key = key << 1 | ((uint32_t)(y + (1 << 23)) >> bit & 1);
        key = key << 1 | ((uint32_t)(z + (1 << 23)) >> bit & 1);
    }
    return key;
}

static int make_cells(const pulang_spatial *p, int size, int *cell) {
    int n = p->size.n_places;
    keyed *order = pulang_alloc((size_t)n, sizeof *order);
    if (!order)
        return -1;
    for (int v = 0; v < n; v++)
        order[v] = (keyed){morton(p->x[v], p->y[v], p->z[v]), v};
    qsort(order, (size_t)n, sizeof *order, by_key);
    for (int i = 0; i < n; i++)
        cell[order[i].place] = i / size;
    pulang_free(order);
    return 0;
}

/* Numbers pairs (cell, kind) in the order of their first appearance. */
static int number_of(int *numbers, int n_kinds, int cell, int kind, int *n) {
    int *number = &numbers[(size_t)cell * (size_t)n_kinds + (size_t)kind];
    if (*number == 0)
        *number = ++*n;
    return *number - 1;
}

/* A cell is where the last of its places is. */
static void merge_points(const pulang_spatial *p, const int *cell, pulang_spatial *merged) {
    for (int v = 0; v < p->size.n_places; v++) {
        merged->x[cell[v]] = p->x[v];
        merged->y[cell[v]] = p->y[v];
        merged->z[cell[v]] = p->z[v];
    }
}

static void merge_posts(const pulang_spatial *p, const int *cell, int *numbers, pulang_spatial *merged) {
    int n = 0;
    for (int j = 0; j < p->size.n_posts; j++) {
        int c = cell[p->post_place[j]], at = number_of(numbers, p->size.n_roles, c, p->post_role[j], &n);
        merged->post_place[at] = c;
        merged->post_role[at] = p->post_role[j];
        merged->lower[at] += p->lower[j];
        merged->upper[at] += p->upper[j];
    }
    merged->size.n_posts = n;
}

static void merge_classes(const pulang_spatial *p, const int *cell, int *numbers, pulang_spatial *merged) {
    int n = 0;
    for (int k = 0; k < p->size.n_classes; k++) {
        int c = cell[p->class_place[k]];
        int at = number_of(numbers, p->size.n_occupations, c, p->class_occupation[k], &n);
        merged->class_place[at] = c;
        merged->class_occupation[at] = p->class_occupation[k];
        merged->supply[at] += p->supply[k];
    }
    merged->size.n_classes = n;
}

pulang_spatial *spatial_merge(const pulang_spatial *p, int size, int *cell) {
    pulang_spatial_size sizes = p->size;
    sizes.n_places = (p->size.n_places + size - 1) / size;
    pulang_spatial *merged = pulang_spatial_new(&sizes);
    size_t cells = (size_t)sizes.n_places;
    int *posts = pulang_alloc(cells * (size_t)sizes.n_roles, sizeof *posts);
    int *classes = pulang_alloc(cells * (size_t)sizes.n_occupations, sizeof *classes);
    bool made = merged && posts && classes && make_cells(p, size, cell) == 0;
    if (made) {
        merge_points(p, cell, merged);
        merge_posts(p, cell, posts, merged);
        merge_classes(p, cell, classes, merged);
        for (int i = 0; i < sizes.n_bends; i++)
            merged->bends[i] = p->bends[i];
        for (int i = 0; i < sizes.n_occupations * sizes.n_roles; i++)
            merged->fit[i] = p->fit[i];
        made = pulang_spatial_bend(merged, NULL) == PULANG_OK;
    }
    pulang_free(posts);
    pulang_free(classes);
    if (made)
        return merged;
    pulang_spatial_free(merged);
    return NULL;
}
