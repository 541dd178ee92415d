#include "io/index.h"

#include "model/alloc.h"

#include <stdint.h>
#include <string.h>

/* The slot of key, or the free slot where it belongs; the table is never full. */
static size_t slot_of(const pulang_index *index, const char *key) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (const char *c = key; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001B3u;
    size_t slot = (size_t)(hash ^ (hash >> 32)) & (index->room - 1);
    while (index->keys[slot] && strcmp(index->keys[slot], key) != 0)
        slot = (slot + 1) & (index->room - 1);
    return slot;
}

int pulang_index_find(const pulang_index *index, const char *key) {
    if (index->room == 0)
        return -1;
    size_t slot = slot_of(index, key);
    return index->keys[slot] ? index->values[slot] : -1;
}

static int enlarge(pulang_index *index) {
    size_t room = index->room ? 2 * index->room : 64;
    pulang_index larger = {pulang_alloc(room, sizeof *index->keys), pulang_alloc(room, sizeof *index->values),
                           index->n, room};
    if (!larger.keys || !larger.values) {
        pulang_index_clear(&larger);
        return -1;
    }
    for (size_t i = 0; i < index->room; i++)
        if (index->keys[i]) {
            size_t slot = slot_of(&larger, index->keys[i]);
            larger.keys[slot] = index->keys[i];
            larger.values[slot] = index->values[i];
        }
    pulang_index_clear(index);
    *index = larger;
    return 0;
}

int pulang_index_add(pulang_index *index, const char *key, int value) {
    if (2 * (index->n + 1) > index->room && enlarge(index))
        return -1;
    size_t slot = slot_of(index, key);
    index->keys[slot] = key;
    index->values[slot] = value;
    index->n++;
    return 0;
}

void pulang_index_clear(pulang_index *index) {
    pulang_free(index->keys);
    pulang_free(index->values);
    *index = (pulang_index){0};
}
