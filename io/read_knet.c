/*
 * The plain binary dense transportation format. The matrix is used where the file is mapped.
 */
#include "io/benchmark.h"
#include "model/alloc.h"
#include "model/error.h"

#include <endian.h>
#include <inttypes.h>

static pulang_status fail(const char *path, pulang_error *error, const char *message) {
    return pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0, "%s", message);
}

static pulang_status check_header(const char *path, const int32_t *words, size_t length,
                                  pulang_error *error) {
    if (htole32(1) != 1)
        return fail(path, error, _("a .knet file can be read on little-endian machines only"));
    if (length < sizeof *words || words[0] != PULANG_KNET_MAGIC)
        return fail(path, error, _("a .knet file begins with the word 0x4B4E4554, and this one does not"));
    if (length < PULANG_KNET_HEADER * sizeof *words)
        return fail(path, error, _("a .knet file begins with its sizes, and this one ends before them"));
    if (words[1] != PULANG_KNET_VERSION)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0,
                              _("version 1 of the format .knet can be read, not version %" PRId32), words[1]);
    if (words[2] < 1 || words[3] < 1)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0,
                              _("there should be persons and posts, not %" PRId32 " and %" PRId32), words[2],
                              words[3]);
    uint64_t n = (uint64_t)words[2], m = (uint64_t)words[3];
    uint64_t wanted = PULANG_KNET_HEADER + 2 * m + n * m; /* below 2^63 */
    if (length % sizeof *words != 0 || length / sizeof *words != wanted)
        return pulang_fail_at(error, PULANG_ERROR_INPUT, path, 0, 0,
                              _("%" PRId32 " persons and %" PRId32 " posts take %" PRIu64
                                " words of 4 bytes, but the file has %zu bytes"),
                              words[2], words[3], wanted, length);
    return PULANG_OK;
}

static pulang_status take_bounds(const char *path, const int32_t *bounds, pulang_benchmark *b,
                                 pulang_error *error) {
    int m = b->transport.n_posts;
    b->lower = pulang_alloc((size_t)m, sizeof *b->lower);
    b->upper = pulang_alloc((size_t)m, sizeof *b->upper);
    if (!b->lower || !b->upper)
        return pulang_fail_memory(error);
    for (int j = 0; j < m; j++) {
        int32_t lower = bounds[j], upper = bounds[m + (size_t)j];
        if (lower < 0 || lower > upper)
            return pulang_fail_at(
                error, PULANG_ERROR_INPUT, path, 0, 0,
                _("post %d: the seats should be 0 <= lower <= upper, not %" PRId32 " .. %" PRId32), j + 1,
                lower, upper);
        b->lower[j] = lower;
        b->upper[j] = upper;
    }
    return PULANG_OK;
}

pulang_status pulang_read_knet(const char *path, pulang_benchmark *b, pulang_error *error) {
    const int32_t *words = (const void *)b->mapping.bytes;
    pulang_status status = check_header(path, words, b->mapping.length, error);
    if (status != PULANG_OK)
        return status;
    b->format = "knet";
    b->transport.n_rows = words[2];
    b->transport.n_posts = words[3];
    b->transport.costs.dense32 = words + PULANG_KNET_HEADER + 2 * (size_t)words[3];
    return take_bounds(path, words + PULANG_KNET_HEADER, b, error);
}
