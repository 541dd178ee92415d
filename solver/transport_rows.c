/*
 * The rows of the transportation solver: what they hold, and their lists of offers.
 */
#include "model/alloc.h"
#include "solver/transport_state.h"

#include <string.h>

static int new_holding(transport_state *s) {
    int h = s->free_holding;
    if (h >= 0) {
        s->free_holding = s->holdings[h].next;
        return h;
    }
    void *items = s->holdings;
    if (pulang_grow(&items, &s->holdings_room, s->n_holdings + 1, sizeof *s->holdings)) {
        s->out_of_memory = true;
        return -1;
    }
    s->holdings = items;
    return (int)s->n_holdings++;
}

static int grow_holders(holders *list) {
    int room = list->room ? 2 * list->room : 4;
    int *items = pulang_realloc(list->items, (size_t)room, sizeof *items);
    list->items = items ? items : list->items;
    int64_t *lead = pulang_realloc(list->lead, (size_t)room, sizeof *lead);
    list->lead = lead ? lead : list->lead;
    int *looked = pulang_realloc(list->looked, (size_t)room, sizeof *looked);
    list->looked = looked ? looked : list->looked;
    if (!items || !lead || !looked)
        return -1;
    list->room = room;
    return 0;
}

static void enlist(transport_state *s, int node, int h) {
    holders *list = &s->held[node];
    if (list->n == list->room && grow_holders(list)) {
        s->out_of_memory = true;
        return;
    }
    s->holdings[h].slot = list->n;
    list->lead[list->n] = NO_LEAD;
    list->looked[list->n] = 0;
    list->items[list->n++] = h;
}

void transport_hold(transport_state *s, int row, int node, int64_t cost, int units) {
    for (int h = s->first_holding[row]; h >= 0; h = s->holdings[h].next)
        if (s->holdings[h].node == node) {
            s->holdings[h].count += units;
            return;
        }
    int h = new_holding(s);
    if (h < 0)
        return;
    s->holdings[h] =
        (holding){.row = row, .node = node, .count = units, .next = s->first_holding[row], .cost = cost};
    s->first_holding[row] = h;
    enlist(s, node, h);
}

int transport_held(const transport_state *s, int row) {
    int units = 0;
    for (int h = s->first_holding[row]; h >= 0; h = s->holdings[h].next)
        units += s->holdings[h].count;
    return units;
}

void transport_release(transport_state *s, int h, int units) {
    holding *released = &s->holdings[h];
    released->count -= units;
    if (released->count > 0)
        return;
    holders *list = &s->held[released->node];
    int last = list->items[--list->n];
    list->items[released->slot] = last;
    list->lead[released->slot] = list->lead[list->n];
    list->looked[released->slot] = list->looked[list->n];
    s->holdings[last].slot = released->slot;
    int *link = &s->first_holding[released->row];
    while (*link != h)
        link = &s->holdings[*link].next;
    *link = released->next;
    released->next = s->free_holding;
    s->free_holding = h;
}

static bool on_list(const transport_state *s, int row, int post) {
    const pulang_offer *list = s->offers + s->list_begin[row];
    for (int i = 0; i < s->list_length[row]; i++)
        if (list[i].post == post)
            return true;
    return false;
}

/* Room for one more offer; a list that grows moves to the end. */
static int make_room(transport_state *s, int row) {
    if (s->list_length[row] < s->list_room[row])
        return 0;
    int room = s->list_room[row] ? s->list_room[row] + s->list_room[row] / 2 + 4 : s->batch;
    void *items = s->offers;
    if (pulang_grow(&items, &s->offers_room, s->n_offers + (size_t)room, sizeof *s->offers))
        return -1;
    s->offers = items;
    if (s->list_length[row] > 0)
        memcpy(s->offers + s->n_offers, s->offers + s->list_begin[row],
               (size_t)s->list_length[row] * sizeof *s->offers);
    s->list_begin[row] = s->n_offers;
    s->list_room[row] = room;
    s->n_offers += (size_t)room;
    return 0;
}

/* The row's list has changed: its leads are not known any more. */
static void forget_leads(transport_state *s, int row) {
    for (int h = s->first_holding[row]; h >= 0; h = s->holdings[h].next)
        s->held[s->holdings[h].node].lead[s->holdings[h].slot] = NO_LEAD;
}

int transport_list_grow(transport_state *s, int row, int64_t below, int k) {
    bool fresh = s->list_length[row] == 0;
    int64_t rest;
    if (fresh)
        transport_row_measure(s, row);
    int n = transport_cheapest(s, row, below, k, s->found, &rest), added = 0;
    transport_rest_raise(s, row, rest);
    for (int i = 0; i < n; i++) {
        if (!fresh && on_list(s, row, s->found[i].post))
            continue;
        if (make_room(s, row)) {
            s->out_of_memory = true;
            return added;
        }
        s->offers[s->list_begin[row] + (size_t)s->list_length[row]++] = s->found[i];
        added++;
    }
    if (added > 0)
        forget_leads(s, row);
    return added;
}

bool transport_rest_below(const transport_state *s, int row, int64_t value) {
    return s->rest[row] < value;
}

void transport_rest_raise(transport_state *s, int row, int64_t value) {
    if (s->rest[row] < value)
        s->rest[row] = value;
}

int64_t transport_list_best(const transport_state *s, int row) {
    const pulang_offer *list = s->offers + s->list_begin[row];
    int64_t best = UNREACHED;
    if (s->problem->unplaced && s->problem->unplaced[row] != PULANG_FORBIDDEN)
        best = s->problem->unplaced[row] + s->hot[s->root].price;
    for (int i = 0; i < s->list_length[row]; i++) {
        int64_t value = list[i].cost + s->hot[list[i].post].price;
        best = value < best ? value : best;
    }
    return best;
}
