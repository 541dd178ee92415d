/*
 * A sweep: the same problem solved at each point of a grid over one or two settings. A point is told by its
 * number, the last axis first: with axes of 3 and 2 values point 4 has the third value of the first axis and
 * the first of the second.
 */
#ifndef PULANG_IO_SWEEP_H
#define PULANG_IO_SWEEP_H

#include "model/instance.h"

#define PULANG_SWEEP_AXES 2
#define PULANG_SWEEP_NAME 256 /* bytes of a run's name with its NUL: that of a folder */
#define PULANG_SWEEP_RECORD "run.json"

/* A setting and the values it takes. */
typedef struct pulang_sweep_axis {
    const char *key;
    const char *source; /* the option that states it, for findings */
    pulang_texts values;
} pulang_sweep_axis;

typedef struct pulang_sweep {
    pulang_sweep_axis axes[PULANG_SWEEP_AXES]; /* [n_axes] */
    int n_axes;
    const pulang_override *set; /* [n_set] the same at all points */
    int n_set;
    const char *(*given)[2]; /* [n_given] settings of the solver that were given: name and value */
    int n_given;
} pulang_sweep;

int pulang_sweep_points(const pulang_sweep *sweep);
/* The value of an axis at a point. */
const char *pulang_sweep_value(const pulang_sweep *sweep, int point, int axis);
/* All settings at a point: set[n_set + n_axes], those of the axes last. */
void pulang_sweep_settings(const pulang_sweep *sweep, int point, pulang_override *set);
/* The folder of a point below runs/: "KEY=VALUE,KEY=VALUE", in which what is not plain in the name of a file
   is %XX. PULANG_ERROR_ARGUMENT when it would be too long for one. */
pulang_status pulang_sweep_name(const pulang_sweep *sweep, int point, char name[PULANG_SWEEP_NAME],
                                pulang_error *error);

/*
 * What a run is made from, as JSON: version, language, settings and the inputs of the instance. A run is
 * finished when its folder holds this text, byte for byte, in PULANG_SWEEP_RECORD, the last of its files that
 * is written. To be freed by pulang_free; NULL: out of memory.
 */
char *pulang_sweep_record(const pulang_sweep *sweep, int point, const pulang_instance *instance);
/*
 * Why the record at path is not that of this instance and sweep: the inputs that have changed, or what else
 * has, in words. In the arena; NULL when nothing can be named.
 */
const char *pulang_sweep_change(const pulang_sweep *sweep, const pulang_instance *instance, const char *path,
                                pulang_arena *arena);

#endif
