#include "cli/statement.h"

#include "model/error.h"
#include "model/plan.h"

#include <inttypes.h>
#include <stdio.h>

#define NUMBER_SIZE 24

/* How it is known that the level cannot be lower. */
static const char *proof_words(const pulang_level_result *level, const pulang_level_statement *statement) {
    if (level->bound != level->value || statement->proof == PULANG_PROOF_NONE)
        return _("not proven");
    return statement->proof == PULANG_PROOF_PRICES ? _("proven by prices") : _("proven by search");
}

/* The level without those above, and what they cost it. */
static void write_alone(const pulang_level_result *level, const pulang_level_statement *statement,
                        char alone[NUMBER_SIZE], char cost[NUMBER_SIZE]) {
    snprintf(alone, NUMBER_SIZE, "?");
    snprintf(cost, NUMBER_SIZE, "?");
    if (statement->solved && statement->bound > INT64_MIN) {
        const char *sign = statement->proven ? "" : ">=", *cost_sign = statement->proven ? "" : "<=";
        snprintf(alone, NUMBER_SIZE, "%s%" PRId64, sign, statement->bound);
        snprintf(cost, NUMBER_SIZE, "%s%" PRId64, cost_sign, level->value - statement->bound);
    }
}

static void print_level(const pulang_plan *plan, int l) {
    const pulang_level_result *level = &plan->levels[l];
    char bound[NUMBER_SIZE] = "?", alone[NUMBER_SIZE], cost[NUMBER_SIZE];
    if (level->bound > INT64_MIN)
        snprintf(bound, sizeof bound, "%" PRId64, level->bound);
    write_alone(level, &plan->statement[l], alone, cost);
    printf("%2d %-20s %14" PRId64 " %14s %14s %14s  %s\n", l + 1, level->name, level->value, bound, alone,
           cost, proof_words(level, &plan->statement[l]));
}

void statement_print(const pulang_plan *plan) {
    if (!plan->statement)
        return;
    printf("%-23s %14s %14s %14s %14s\n", _("level"), _("plan"), _("at least"), _("if first"),
           _("difference"));
    for (int l = 0; l < plan->n_levels; l++)
        print_level(plan, l);
    puts(_("if first: the least this level could be if nothing came before it; the difference is what the "
           "levels "
           "above cost it."));
    puts(
        _("proven by prices: pulang verify works it out again without the solver; by search: the word of the "
          "search; >= and <=: only so much is known."));
}

void statement_print_prices(const pulang_plan *plan) {
    const pulang_prices *prices = plan->prices;
    if (!plan->exists)
        return;
    if (!prices)
        fputs(_("No exact prices: only a plan that is proven at every level has them.\n"), stderr);
    else if (prices->n_reached < prices->n)
        fprintf(stderr, _("Exact prices: %d of %d; the time was up before the others, which are blank.\n"),
                prices->n_reached, prices->n);
    else
        fprintf(stderr, _("Exact prices: all %d.\n"), prices->n);
}
