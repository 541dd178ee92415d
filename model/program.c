#include "model/program.h"

void pulang_program_free(pulang_program *program) {
    if (program)
        pulang_arena_free(program->arena);
}
