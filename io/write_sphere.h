/*
 * Writes transportation problems with computed costs in the format .sphere.
 */
#ifndef PULANG_IO_WRITE_SPHERE_H
#define PULANG_IO_WRITE_SPHERE_H

#include "model/spatial.h"

/* comment: a line of text for the head. Nothing appears under the name path before the file is whole. */
pulang_status pulang_sphere_write(const char *path, const char *comment, const pulang_spatial *spatial,
                                  pulang_error *error);

#endif
