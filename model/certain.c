#include "model/certain.h"

#include "model/alloc.h"

void pulang_certain_free(pulang_certain *certain) {
    if (certain)
        pulang_arena_free(certain->arena);
}

bool pulang_certain_may_have(const pulang_certain *certain, int person, int post) {
    for (int i = certain->begin[person]; i < certain->begin[person + 1]; i++)
        if (certain->others[i] == post)
            return true;
    return false;
}

bool pulang_certain_swap(const pulang_certain *certain, int a, int b) {
    return certain->post[a] != certain->post[b] && pulang_certain_may_have(certain, a, certain->post[b]) &&
           pulang_certain_may_have(certain, b, certain->post[a]);
}

/* ---- rounds: connected components of persons and posts ---- */

static int find_head(int *head, int node) {
    while (head[node] != node)
        node = head[node] = head[head[node]];
    return node;
}

static void join(int *head, int a, int b) {
    head[find_head(head, a)] = find_head(head, b);
}

/* Node of a post; being without one is no post that two people share. */
static void join_post(const pulang_certain *certain, int *head, int person, int post) {
    if (post != PULANG_NONE)
        join(head, person, certain->n_persons + post);
}

int pulang_certain_make_rounds(pulang_certain *certain) {
    int n = certain->n_persons, n_nodes = n + certain->instance->n_posts;
    int *head = pulang_alloc((size_t)n_nodes, sizeof *head);
    int *number = pulang_alloc((size_t)n_nodes, sizeof *number);
    for (int i = 0; head && number && i < n_nodes; i++) {
        head[i] = i;
        number[i] = PULANG_NONE;
    }
    for (int p = 0; head && number && p < n; p++) {
        certain->round[p] = PULANG_NONE;
        if (certain->of[p] != PULANG_INTERCHANGEABLE)
            continue;
        join_post(certain, head, p, certain->post[p]);
        for (int i = certain->begin[p]; i < certain->begin[p + 1]; i++)
            join_post(certain, head, p, certain->others[i]);
    }
    for (int p = 0; head && number && p < n; p++)
        if (certain->of[p] == PULANG_INTERCHANGEABLE) {
            int *of = &number[find_head(head, p)];
            *of = *of == PULANG_NONE ? certain->n_rounds++ : *of;
            certain->round[p] = *of;
            certain->round_size[*of]++;
        }
    int failed = head && number ? 0 : -1;
    pulang_free(head);
    pulang_free(number);
    return failed;
}
