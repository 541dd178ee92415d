/*
 * What dual prices of a program prove, in exact integers.
 *
 * For any prices y of the rows, c x = y (A x) + (c - y A) x. The first part is least at the row's bound
 * on the side of the price, the second, with reduced costs r = c - y A, at the column's bound on the
 * side of r. So every y gives a lower bound, whatever rounding it went through (Neumaier and
 * Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004). A column that would
 * add more than limit - bound by leaving its bound stays there in every solution of cost limit or less.
 */
#ifndef PULANG_SOLVER_MIP_DUAL_H
#define PULANG_SOLVER_MIP_DUAL_H

#include "solver/mip_build.h"

typedef struct pulang_mip_dual pulang_mip_dual;

/* price: [n_rows]. The columns of the program must be bounded, its numbers integers, and it must
   outlive the dual. NULL: out of memory. */
pulang_mip_dual *pulang_mip_dual_new(const pulang_program *program, const double *price);
void pulang_mip_dual_free(pulang_mip_dual *dual);

/* No solution of the program (as it was given) costs less; costs are integers. */
int64_t pulang_mip_dual_bound(const pulang_mip_dual *dual);

/* Narrows the bounds that the integer columns had to what solutions of cost `limit` or less need, in
   program (the one given). False: there is no such solution. */
bool pulang_mip_dual_narrow(const pulang_mip_dual *dual, int64_t limit, pulang_program *program);

/*
 * A row that says "cost <= value", times a constant and less multiples of the rows that are equations:
 * the same to every integral solution, but its right side is small, so that GLPK's tolerance, relative
 * to it, means little. Returns 0, or -1: out of memory.
 */
int pulang_mip_dual_hold(const pulang_program *program, const double *price, int64_t value,
                         pulang_mip_hold *hold);

#endif
