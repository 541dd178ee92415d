#include "solver/mip_dual.h"

#include "model/alloc.h"
#include "solver/convex.h"

#include <math.h>
#include <string.h>

/* Prices are rounded to multiples of 1 / SCALE; everything is kept times SCALE. */
#define SCALE ((int64_t)1 << 40)
/* Coarser for rows that GLPK is to read: their coefficients stay short. */
#define HOLD_SCALE 64
#define LARGEST_PRICE 1e12
/* Integers up to here, and some sums of them, are exact in doubles. */
#define LARGEST_EXACT 1e15

__extension__ typedef __int128 wide;

struct pulang_mip_dual {
    int n_columns;
    wide *reduced;         /* [n_columns] reduced costs * SCALE */
    double *lower, *upper; /* [n_columns] as they were */
    wide bound;            /* * SCALE */
};

/* The price times SCALE, 0 where the row has no bound on that side. */
static wide usable_price(const pulang_program_row *row, double price) {
    if ((price > 0 ? isinf(row->lower) : isinf(row->upper)) || !(fabs(price) < LARGEST_PRICE))
        return 0;
    return (wide)nearbyint(ldexp(price, 40));
}

/* sum += factor * number; false: too large. */
static bool add_product(wide *sum, wide factor, double number) {
    wide product;
    return !__builtin_mul_overflow(factor, (wide)number, &product) &&
           !__builtin_add_overflow(*sum, product, sum);
}

/* Reduced costs and bound; false: numbers too large. */
static bool price_out(pulang_mip_dual *dual, const pulang_program *program, const double *price) {
    bool fits = add_product(&dual->bound, SCALE, program->offset);
    for (int r = 0; r < program->n_rows && fits; r++) {
        wide y = usable_price(&program->rows[r], price[r]);
        if (y != 0)
            fits = add_product(&dual->bound, y, y > 0 ? program->rows[r].lower : program->rows[r].upper);
    }
    for (int c = 0; c < program->n_columns && fits; c++) {
        const pulang_program_column *column = &program->columns[c];
        wide *reduced = &dual->reduced[c];
        fits = add_product(reduced, SCALE, column->cost);
        for (int e = program->begin[c]; e < program->begin[c + 1] && fits; e++) {
            int r = program->row[e];
            fits = add_product(reduced, -usable_price(&program->rows[r], price[r]), program->value[e]);
        }
        fits = fits && add_product(&dual->bound, *reduced, *reduced > 0 ? column->lower : column->upper);
    }
    return fits;
}

pulang_mip_dual *pulang_mip_dual_new(const pulang_program *program, const double *price) {
    pulang_mip_dual *dual = pulang_alloc(1, sizeof *dual);
    if (!dual)
        return NULL;
    size_t n = (size_t)program->n_columns;
    dual->n_columns = program->n_columns;
    dual->reduced = pulang_alloc(n, sizeof *dual->reduced);
    dual->lower = pulang_alloc(n, sizeof *dual->lower);
    dual->upper = pulang_alloc(n, sizeof *dual->upper);
    if (!dual->reduced || !dual->lower || !dual->upper) {
        pulang_mip_dual_free(dual);
        return NULL;
    }
    for (int c = 0; c < program->n_columns; c++) {
        dual->lower[c] = program->columns[c].lower;
        dual->upper[c] = program->columns[c].upper;
    }
    if (!price_out(dual, program, price)) { /* prices that prove nothing */
        memset(dual->reduced, 0, n * sizeof *dual->reduced);
        dual->bound = (wide)INT64_MIN * SCALE;
    }
    return dual;
}

void pulang_mip_dual_free(pulang_mip_dual *dual) {
    if (!dual)
        return;
    pulang_free(dual->reduced);
    pulang_free(dual->lower);
    pulang_free(dual->upper);
    pulang_free(dual);
}

int64_t pulang_mip_dual_bound(const pulang_mip_dual *dual) {
    wide whole = dual->bound / SCALE + (dual->bound % SCALE > 0);
    return whole < INT64_MIN ? INT64_MIN : (int64_t)whole;
}

bool pulang_mip_dual_narrow(const pulang_mip_dual *dual, int64_t limit, pulang_program *program) {
    wide slack = (wide)limit * SCALE - dual->bound;
    if (slack < 0)
        return false;
    for (int c = 0; c < dual->n_columns; c++) {
        pulang_program_column *column = &program->columns[c];
        wide reduced = dual->reduced[c];
        column->lower = dual->lower[c];
        column->upper = dual->upper[c];
        if (!column->integer || reduced == 0)
            continue;
        wide room = slack / (reduced > 0 ? reduced : -reduced);
        if (room >= (wide)(column->upper - column->lower))
            continue;
        if (reduced > 0)
            column->upper = column->lower + (double)room;
        else
            column->lower = column->upper - (double)room;
    }
    return true;
}

/* Divides the row by what divides all its coefficients; they are integers, so the right side may be
   rounded down. Returns how far apart its numbers are, the less the better for GLPK. */
static double reduce(pulang_mip_hold *hold, int n_columns) {
    int64_t divisor = 0;
    double least = HUGE_VAL, most = fabs(hold->upper);
    for (int c = 0; c < n_columns; c++) {
        double size = fabs(hold->coefficient[c]);
        if (size >= LARGEST_EXACT || most >= LARGEST_EXACT)
            return HUGE_VAL;
        divisor = pulang_gcd(divisor, (int64_t)size);
        least = size > 0 && size < least ? size : least;
        most = size > most ? size : most;
    }
    for (int c = 0; c < n_columns && divisor > 1; c++)
        hold->coefficient[c] /= (double)divisor;
    if (divisor > 1)
        hold->upper = floor(hold->upper / (double)divisor);
    return most / least;
}

/* The row, with multiples of the program's rows taken out (NULL: of none). */
static double write_row(const pulang_program *program, const double *multiple, int64_t value,
                        pulang_mip_hold *hold) {
    hold->upper = HOLD_SCALE * ((double)value - program->offset);
    for (int r = 0; multiple && r < program->n_rows; r++)
        if (multiple[r] != 0)
            hold->upper -= multiple[r] * program->rows[r].lower;
    for (int c = 0; c < program->n_columns; c++) {
        double *coefficient = &hold->coefficient[c];
        *coefficient = HOLD_SCALE * program->columns[c].cost;
        for (int e = program->begin[c]; multiple && e < program->begin[c + 1]; e++)
            *coefficient -= multiple[program->row[e]] * program->value[e];
    }
    return reduce(hold, program->n_columns);
}

int pulang_mip_dual_hold(const pulang_program *program, const double *price, int64_t value,
                         pulang_mip_hold *hold) {
    double *multiple = pulang_alloc((size_t)program->n_rows, sizeof *multiple);
    hold->coefficient = pulang_alloc((size_t)program->n_columns, sizeof *hold->coefficient);
    if (!hold->coefficient || !multiple) {
        pulang_free(hold->coefficient);
        pulang_free(multiple);
        hold->coefficient = NULL;
        return -1;
    }
    for (int r = 0; r < program->n_rows; r++)
        if (program->rows[r].lower == program->rows[r].upper)
            multiple[r] = nearbyint(HOLD_SCALE * price[r]);
    double plain = write_row(program, NULL, value, hold);
    if (write_row(program, multiple, value, hold) >= plain)
        write_row(program, NULL, value, hold);
    pulang_free(multiple);
    return 0;
}
