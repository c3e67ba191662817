/*
 * How well an exercise suits this person beside what the plan has already: by the findings it
 * helps that are not addressed yet, by goals, by its level in the chain.
 */
#ifndef PT_FIT_H
#define PT_FIT_H

#include "plan/proposal.h"

/* How far up a chain of MEMBERS admissible exercises a first one may stand. */
int fit_level_limit(const struct patient *p, const char *focus, int members);

/* Does the proposal stand in the plan, not stopped nor forbidden? */
bool fit_in_plan(const struct proposal *r);
/* How many exercises of the plan cover the focus; does one of them have the same position? */
size_t fit_covered(const struct planning *k, const char *focus);
bool fit_position_taken(const struct planning *k, const struct exercise *ex);
/* Does a goal that applies name the exercise's chain? */
bool fit_goal_names(const struct planning *k, const struct exercise *ex);

/* What the findings make of an exercise. */
struct help {
	double weight; /* of the heaviest finding that the focus does not address yet */
	int fresh;     /* how many of those */
	bool again;    /* it helps one that the focus addresses already */
};
struct help fit_help(const struct planning *k, const struct exercise *ex);
bool fit_helps_any(const struct help *help);

double fit(const struct planning *k, const struct exercise *ex);
/* What it is worth when the list is cut, whatever else is in the plan: twice its need and its fit.
 */
double fit_worth(const struct planning *k, const struct exercise *ex);

#endif
