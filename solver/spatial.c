#include "solver/spatial.h"

#include "model/error.h"
#include "solver/spatial_index.h"

pulang_status pulang_spatial_solve(const pulang_spatial *spatial, const pulang_transport_settings *settings,
                                   pulang_transport_plan **plan, pulang_error *error) {
    pulang_transport problem;
    pulang_spatial_index *index = pulang_spatial_index_new(spatial);
    if (!index)
        return pulang_fail_memory(error);
    pulang_spatial_index_transport(index, &problem);
    pulang_status status = pulang_transport_solve(&problem, settings, plan, error);
    pulang_spatial_index_free(index);
    return status;
}
