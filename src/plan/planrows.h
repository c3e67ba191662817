/*
 * A plan as rows of the log: what is done, by which rule, and the sentence the patient reads,
 * in the patient's language.
 */
#ifndef PT_PLANROWS_H
#define PT_PLANROWS_H

#include "plan/plan.h"

struct planrows {
	const struct planner *planner;
	struct logout *out;
	enum kind kind; /* KIND_PLAN, or KIND_TRIAL for a replay */
	struct str note;
};

/* Writes the plan of the desk's patient; says once which language had to be English. */
void planrows_write(struct planrows *rows, const struct desk *desk, const char *patient);
void planrows_free(struct planrows *rows);

#endif
