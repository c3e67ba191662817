/*
 * A plan as rows of the log: what is done, by which rule, and the sentence the patient reads,
 * in the patient's language.
 */
#ifndef PT_PLANROWS_H
#define PT_PLANROWS_H

#include "plan/plan.h"

/* One row to be. */
struct plan_line {
	struct slice item;
	enum side side;
	enum decision decision;
	const struct decider *by;
	struct prescription rx;
	const struct metric_state *metric;     /* of a metric rule, or NULL */
	const struct exercise_state *exercise; /* of an exercise, or NULL */
};
/* All rows of a plan in their order; an exercise that gave way stops just before its successor. */
void plan_lines(const struct plan *plan, void (*each)(const struct plan_line *line, void *context),
        void *context);

struct planrows {
	const struct planner *planner;
	struct logout *out;
	enum kind kind; /* KIND_PLAN, or KIND_TRIAL for a replay */
	struct str note;
	struct str english; /* the languages of which it was said, one a line */
};

/* Writes the plan of the desk's patient; says once of each language that it had to be English. */
void planrows_write(struct planrows *rows, const struct desk *desk, const char *patient);
void planrows_free(struct planrows *rows);

#endif
