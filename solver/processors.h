/*
 * Marks a function that is compiled for several instruction sets, of which the best is chosen at run time.
 */
#ifndef PULANG_SOLVER_PROCESSORS_H
#define PULANG_SOLVER_PROCESSORS_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define FOR_EACH_PROCESSOR
#endif

#endif
