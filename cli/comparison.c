#include "cli/comparison.h"

#include "io/write_explain.h"
#include "model/alloc.h"
#include "model/error.h"
#include "model/indicators.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without --all so many lines of a kind are printed. */
#define LINES_SHOWN 5
#define PEOPLE_SHOWN 5

/* ---- the head ---- */

static void print_heading(const char *text) {
    printf("\n%s\n", text);
}

static void print_runs(const pulang_comparison *comparison) {
    for (int r = 0; r < comparison->n_runs; r++) {
        const pulang_run *run = comparison->runs[r];
        if (run->today)
            printf("%d  %s\n", r + 1, _("today: everybody where they are now, by the first folder"));
        else
            printf("%d  %s (%s)\n", r + 1, *run->title ? run->title : run->name, run->folder);
    }
}

static void print_changes(const pulang_comparison *comparison, int r) {
    const pulang_against *against = &comparison->against[r];
    if (comparison->runs[r]->today)
        return;
    printf(against->n_changes ? _("\nSet differently in %d than in 1:\n")
                              : _("\nNothing is set differently in %d than in 1.\n"),
           r + 1);
    for (int c = 0; c < against->n_changes; c++)
        printf("  - %s\n", against->changes[c].text);
}

/* ---- lines of figures ---- */

/* A rule or level, which has no unit, may be called what its user likes. */
static bool in_percent(const pulang_compared *line) {
    return *line->unit && pulang_indicator_is_share(line->name);
}

static const char *mark_of(const pulang_compared *line, int r) {
    int mark = pulang_compare_mark(line, r);
    return line->otherwise[r] ? "*" : mark > 0 ? _("better") : mark < 0 ? _("worse") : "";
}

/* Room for a mark and two blanks. */
static int mark_width(void) {
    size_t better = strlen(_("better")), worse = strlen(_("worse"));
    return (int)(better > worse ? better : worse) + 2;
}

static void print_value(const pulang_compared *line, double value, bool sign) {
    char text[64];
    bool percent = in_percent(line);
    double shown = percent ? 100 * value : value;
    int decimals = percent ? 1 : line->decimals;
    if (isnan(value))
        snprintf(text, sizeof text, "-");
    else if (sign)
        snprintf(text, sizeof text, "%+.*f", decimals, shown);
    else
        snprintf(text, sizeof text, "%.*f%s", decimals, shown, percent ? "%" : "");
    printf(sign ? " %10s" : " %13s", text);
}

/* A line: the value of each run, its difference to the first, and what it is. */
static void print_line(const pulang_comparison *comparison, const pulang_compared *line, const char *words) {
    for (int r = 0; r < comparison->n_runs; r++) {
        print_value(line, line->values[r], false);
        if (r == 0)
            continue;
        double more = line->values[r] - line->values[0];
        bool differs = !(fabs(more) < 0.5 * pow(10, -line->decimals));
        if (differs && !line->otherwise[r])
            print_value(line, more, true);
        else
            printf(" %10s", "");
        printf(" %-*s", mark_width(), mark_of(line, r));
    }
    printf("  %s", words);
    if (*line->unit && !in_percent(line))
        printf(" (%s)", line->unit);
    putchar('\n');
}

static void print_columns(const pulang_comparison *comparison) {
    for (int r = 0; r < comparison->n_runs; r++)
        printf("%*s %13d", r > 1 ? 12 + mark_width() : 0, "", r + 1);
    putchar('\n');
}

/* ---- levels ---- */

static void print_proof(const pulang_run *run, int r) {
    bool all = true;
    for (int l = 0; l < run->n_levels; l++)
        all = all && run->levels[l].proven;
    if (run->today)
        return;
    if (all)
        printf(_("%d: proven, no plan is better.\n"), r + 1);
    for (int l = 0; !all && l < run->n_levels; l++) {
        const pulang_run_level *level = &run->levels[l];
        if (level->proven)
            continue;
        if (level->bound == INT64_MIN)
            printf(_("%d: %s is not proven.\n"), r + 1, level->name);
        else
            printf(_("%d: %s is not proven; it could be as low as %" PRId64 ".\n"), r + 1, level->name,
                   level->bound);
    }
}

/* Differences that a longer solve could turn round. */
static void print_open(const pulang_comparison *comparison, int r) {
    const pulang_run *first = comparison->runs[0], *run = comparison->runs[r];
    for (int l = 0; l < run->n_levels && !run->today; l++) {
        const pulang_run_level *was = pulang_run_level_named(first, run->levels[l].name);
        if (was && pulang_compare_open(was, &run->levels[l]))
            printf(_("At %s, 1 and %d are closer than what is proven: which one can be better is open.\n"),
                   was->name, r + 1);
    }
}

static void print_levels(const pulang_comparison *comparison) {
    bool otherwise = false;
    print_heading(_("What the plans reach, what matters most first; less is better"));
    print_columns(comparison);
    for (int l = 0; l < comparison->levels.n; l++) {
        const pulang_compared *line = &comparison->levels.items[l];
        print_line(comparison, line, line->name);
        for (int r = 0; r < comparison->n_runs; r++)
            otherwise |= line->otherwise[r];
    }
    if (otherwise)
        printf("%s\n", _("* counted in another way there than in 1, so that the numbers do not compare"));
    for (int r = 0; r < comparison->n_runs; r++)
        print_proof(comparison->runs[r], r);
    for (int r = 1; r < comparison->n_runs; r++)
        print_open(comparison, r);
}

static bool all_zero(const pulang_compared *line, int n_runs) {
    for (int r = 0; r < n_runs; r++)
        if (!(fabs(line->values[r]) < 0.5 * pow(10, -line->decimals)))
            return false;
    return true;
}

/* Without --all not those that are 0 everywhere. */
static void print_figures(const pulang_comparison *comparison, bool all) {
    print_heading(_("Figures"));
    print_columns(comparison);
    for (int f = 0; f < comparison->figures.n; f++) {
        const pulang_compared *line = &comparison->figures.items[f];
        if (all || !all_zero(line, comparison->n_runs))
            print_line(comparison, line, line->description);
    }
}

/* ---- shortage and quotas: the lines that differ most ---- */

typedef struct ranked {
    const pulang_compared *line;
    double difference; /* the largest to the first run */
} ranked;

static int by_difference(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->difference != y->difference)
        return x->difference < y->difference ? 1 : -1;
    return (x->line > y->line) - (x->line < y->line);
}

static double largest_difference(const pulang_compared *line, int n_runs) {
    double largest = 0;
    for (int r = 1; r < n_runs; r++)
        if (isnan(line->values[r]) != isnan(line->values[0]))
            largest = INFINITY;
        else if (!isnan(line->values[0]))
            largest = fmax(largest, fabs(line->values[r] - line->values[0]));
    return largest;
}

static void print_ranked(const pulang_comparison *comparison, const pulang_compared_list *list,
                         const char *heading, bool all) {
    ranked *lines = pulang_alloc((size_t)list->n, sizeof *lines);
    int n = 0;
    for (int i = 0; lines && i < list->n; i++) {
        double difference = largest_difference(&list->items[i], comparison->n_runs);
        if (all || difference > 0)
            lines[n++] = (ranked){&list->items[i], difference};
    }
    if (n > 0) {
        if (!all)
            qsort(lines, (size_t)n, sizeof *lines, by_difference);
        print_heading(heading);
        print_columns(comparison);
    }
    for (int i = 0; i < n && (all || i < LINES_SHOWN); i++) {
        char words[512];
        const pulang_compared *line = lines[i].line;
        snprintf(words, sizeof words, "%s%s%s", line->name, *line->group ? ": " : "", line->group);
        print_line(comparison, line, words);
    }
    if (!all && n > LINES_SHOWN)
        printf(_("  and %d more that differ (--all)\n"), n - LINES_SHOWN);
    pulang_free(lines);
}

/* ---- changes on their own ---- */

static void print_effect(const pulang_comparison *comparison, const pulang_effect *effect) {
    const pulang_change *change = &comparison->against[effect->run].changes[effect->change];
    const char *separator = "";
    printf("  %d  %s\n     ", effect->run + 1, change->text);
    if (!effect->tried || !effect->exists) {
        puts(effect->tried ? _("then no plan was found") : _("cannot be tried on its own"));
        return;
    }
    for (int l = 0; l < effect->n_levels; l++) {
        const pulang_run_level *is = &effect->levels[l];
        const pulang_run_level *was = pulang_run_level_named(comparison->runs[0], is->name);
        if (!was || was->value == is->value || pulang_change_rescales(change, is->name))
            continue;
        printf("%s%s %+" PRId64 "%s", separator, is->name, is->value - was->value,
               is->proven ? "" : _(" (not proven)"));
        separator = ", ";
    }
    printf(_("%splaced differently: %d people\n"), *separator ? "; " : "", effect->elsewhere);
}

static void print_effects(const pulang_comparison *comparison) {
    if (comparison->n_effects == 0)
        return;
    print_heading(_("What each change does on its own, everything else as in 1"));
    for (int e = 0; e < comparison->n_effects; e++)
        print_effect(comparison, &comparison->effects[e]);
}

/* ---- people ---- */

/* What the change costs the person, below 0 for the better: as far as the folders tell. */
static void print_points(const pulang_difference *d) {
    const char *separator = _("    points (0 is ideal): ");
    bool any = false;
    for (int t = 0; t < PULANG_N_TERMS; t++)
        if (fabs(d->term[t]) >= PULANG_RUN_ROUNDING) {
            printf("%s%s %+.3f", separator, pulang_explain_term((pulang_term)t), d->term[t]);
            separator = ", ";
            any = true;
        }
    if (any && !isnan(d->cost))
        printf(_("; together %+.3f"), d->cost);
    if (any)
        putchar('\n');
}

static void print_person(const pulang_comparison *comparison, int r, const pulang_difference *d) {
    const char *was = d->row_before < 0
                          ? _("not there")
                          : pulang_run_post_text(comparison->runs[0], comparison->arena, d->before);
    const char *is = d->row_after < 0
                         ? _("not there")
                         : pulang_run_post_text(comparison->runs[r], comparison->arena, d->after);
    bool alike = was && is && strcmp(was, is) == 0; /* then only the codes tell them apart */
    printf("  %s (%s)\n", d->name, d->person);
    printf(_("    from: %s\n    to:   %s\n"), was && !alike ? was : d->before, is && !alike ? is : d->after);
    if (*d->text)
        printf(_("    why:  %s\n"), d->text);
    print_points(d);
}

static const char *reason_words(const pulang_difference *d, const pulang_against *against) {
    switch (d->why) {
    case PULANG_WHY_ABSENT:
        return _("are in one of the two folders only");
    case PULANG_WHY_RULE:
    case PULANG_WHY_SETTING:
        return against->changes[d->change].text;
    case PULANG_WHY_FILES:
        return _("the files say otherwise of them or of their post");
    case PULANG_WHY_ROOM:
        return _("make room for others");
    case PULANG_WHY_EQUAL:
        return _("exchanges that are just as good");
    case PULANG_WHY_UNPROVEN:
        return _("not all is proven, either plan may be the better there");
    case PULANG_WHY_OTHER:
    case PULANG_WHY_TODAY:
        break;
    }
    return _("no change touches their posts themselves");
}

static bool same_reason(const pulang_difference *a, const pulang_difference *b) {
    return a->why == b->why && a->change == b->change;
}

/* How many are placed otherwise for which reason, in the order of the first of each. */
static void print_reasons(const pulang_against *against) {
    for (int i = 0; i < against->n_differences; i++) {
        const pulang_difference *d = &against->differences[i];
        int first = 0, n = 0;
        while (!same_reason(d, &against->differences[first]))
            first++;
        if (first < i)
            continue;
        for (int k = i; k < against->n_differences; k++)
            n += same_reason(d, &against->differences[k]);
        printf("  %6d  %s\n", n, reason_words(d, against));
    }
}

static void print_people(const pulang_comparison *comparison, int r, bool all) {
    const pulang_against *against = &comparison->against[r];
    int n = against->n_differences, shown = all || n < PEOPLE_SHOWN ? n : PEOPLE_SHOWN;
    printf(_("\nPlaced differently in %d than in 1: %d people\n"), r + 1, n);
    if (!comparison->runs[r]->today)
        print_reasons(against);
    for (int i = 0; i < shown; i++)
        print_person(comparison, r, &against->differences[i]);
    if (shown < n)
        printf(_("  and %d more (--all, or people.csv with -o FOLDER)\n"), n - shown);
}

void comparison_print(const pulang_comparison *comparison, bool all) {
    print_runs(comparison);
    for (int r = 1; r < comparison->n_runs; r++)
        print_changes(comparison, r);
    print_levels(comparison);
    print_figures(comparison, all);
    print_ranked(comparison, &comparison->roles, _("Seats missing, by role"), all);
    print_ranked(comparison, &comparison->districts, _("Seats missing, by district"), all);
    print_ranked(comparison, &comparison->quotas, _("Use of the rules"), all);
    print_effects(comparison);
    for (int r = 1; r < comparison->n_runs; r++)
        print_people(comparison, r, all);
}
