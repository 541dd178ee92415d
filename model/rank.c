#include "model/rank.h"

#include <stdlib.h>
#include <string.h>

int pulang_rank_compare(const pulang_instance *instance, int a, int b) {
    const pulang_person *x = &instance->persons[a], *y = &instance->persons[b];
    if (x->merit != y->merit)
        return x->merit > y->merit ? -1 : 1;
    if (x->tenure != y->tenure)
        return x->tenure > y->tenure ? -1 : 1;
    return strcmp(x->id, y->id);
}

static int by_rank(const void *a, const void *b, void *instance) {
    return pulang_rank_compare(instance, *(const int *)a, *(const int *)b);
}

void pulang_rank_sort(const pulang_instance *instance, int *persons, int n) {
    qsort_r(persons, (size_t)n, sizeof *persons, by_rank, (void *)(uintptr_t)instance);
}
