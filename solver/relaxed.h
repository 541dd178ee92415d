/*
 * The hard rules of an instance, each of which can be left out or made to give way at a price.
 *
 * With some rules in force and the others left out the problem has a plan or not: that is asked to find a
 * conflict. With all made elastic its one level is the cost of what gives way: that is minimised to
 * find a repair (elastic programs: Chinneck 2008, "Feasibility and Infeasibility in Optimization", ch. 6).
 *
 *   total (post, quota's group): lower and upper bounds become pieces of the level, slope per unit
 *   person who must hold post j: may go anywhere; each unit on the arc to j earns the price of release
 *   recruit:                     a class whose supply is the most that may come, price of hiring on its arcs
 *
 * An opening and a group kept together cannot give way by degrees: they are in force or out.
 */
#ifndef PULANG_SOLVER_RELAXED_H
#define PULANG_SOLVER_RELAXED_H

#include "model/diagnosis.h"
#include "model/problem.h"
#include "model/staff.h"
#include "solver/limits.h"

typedef enum relaxed_mode { RELAXED_OUT = 0, RELAXED_HARD, RELAXED_ELASTIC } relaxed_mode;

typedef struct relaxed_model {
    pulang_staff *staff;
    const pulang_rules *rules;
    pulang_problem *problem;         /* of the staff's instance: no bound classes, everyone's arcs */
    int *held_rule;                  /* [n_classes] rule that holds the class's one member, PULANG_NONE */
    int *recruit;                    /* [n_classes] PULANG_NONE: those there are */
    int *class_of;                   /* [all persons] */
    int64_t scale;                   /* costs count 1 / (1000 scale) of the unit of the prices */
    const pulang_settings *settings; /* method, seed, progress */
    double deadline;
    bool *stopped; /* once the caller has said stop nothing more is begun */
    pulang_arena *arena;
} relaxed_model;

/* How a problem is made of the model. */
typedef struct relaxed_form {
    const relaxed_mode *mode; /* [n_rules] */
    pulang_tariff tariff;     /* of elastic rules; never: hard */
    int64_t most_hired;       /* of each kind of recruit; 0: nobody may come */
    bool any;                 /* any plan will do: little is spent on making it cheap */
} relaxed_form;

/* A problem made of the model, and a plan for it. */
typedef struct relaxed_plan {
    pulang_problem *problem;
    pulang_solution *solution;
    pulang_outcome outcome;
    int64_t cost; /* of what gives way, when the plan exists */
} relaxed_plan;

/* The model belongs to the arena but for its problem; *rules is the caller's as soon as it is set. */
pulang_status relaxed_model_init(relaxed_model *model, const pulang_instance *instance,
                                 const pulang_settings *settings, const pulang_tariff *tariff,
                                 pulang_arena *arena, pulang_rules **rules, pulang_error *error);
void relaxed_model_clear(relaxed_model *model);

pulang_status relaxed_solve(const relaxed_model *model, const relaxed_form *form, relaxed_plan *plan,
                            pulang_error *error);
void relaxed_plan_clear(relaxed_plan *plan);

/* Whether the rule cannot give way by degrees. */
bool relaxed_switches(const pulang_rule *rule);
/* Cost of a unit by which an elastic rule gives way, in the model's scale; of a switched one of all. */
int64_t relaxed_price(const relaxed_model *model, const pulang_rule *rule, const pulang_tariff *tariff);
/* The plan: how many of the class hold the post. */
int relaxed_flow(const relaxed_plan *plan, int class, int post);
/* Whether the plan keeps the rule; *value: of its total, if it has one. */
bool relaxed_keeps(const relaxed_model *model, const relaxed_plan *plan, const pulang_rule *rule,
                   int64_t *value);

#endif
