#include "io/hash.h"

#include "model/error.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

static void digest_hex(struct sha256_ctx *context, char hex[65]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

pulang_status pulang_hash_file(const char *path, char hex[65], pulang_error *error) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    struct sha256_ctx context;
    sha256_init(&context);
    uint8_t buffer[1 << 14];
    size_t length;
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0)
        sha256_update(&context, length, buffer);
    pulang_status status = PULANG_OK;
    if (ferror(file))
        status = pulang_fail_at(error, PULANG_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    else
        digest_hex(&context, hex);
    fclose(file);
    return status;
}
