/*
 * A plan while it is made: notices, then one proposal for each exercise, in the order in which
 * they will stand.
 */
#ifndef PT_PROPOSAL_H
#define PT_PROPOSAL_H

#include "plan/aims.h"
#include "plan/chains.h"
#include "plan/rules.h"

/* Who decided: a rule of the table, or a built-in one by its id. */
struct decider {
	const char *id;
	const struct rule *rule; /* NULL: built in */
	struct slice words;      /* of the therapist, to an override */
};

struct notice {
	struct slice item;
	enum side side;
	enum decision decision;
	struct decider by;
	struct metric_state metric; /* of a metric rule */
};

struct proposal {
	const struct task *task; /* of the program, or NULL: new */
	struct slice item;
	enum side side;
	const struct exercise *ex; /* NULL: unknown to the catalogue */
	enum decision decision;
	struct decider by;
	struct prescription rx;
	bool replaces; /* the task's own exercise gave way: it stops in a row before this one */
	bool exempt;   /* from the cut of the list: override, education, repositioning, added */
	struct exercise_state state; /* what its rules saw, for the note */
};

struct plan {
	struct notice *notice;
	size_t n_notices, notices_cap;
	/* By place of a metric rule that fired: the first it fired for. */
	struct metric_state *metric;
	struct proposal *at;
	size_t n, cap;
};

/* What planning needs of the world, the same for all patients. */
struct planner {
	const struct catalogue *c;
	struct rules *rules;
	struct chains *chains;
	struct patient_settings settings;
	struct explain *explain; /* collects what was tried, or NULL */
};

/* One patient's plan in the making. */
struct planning {
	const struct planner *planner;
	struct patient *p;
	struct aims *aims;
	enum truth *fired; /* by place of a patient rule in the table of rules */
	bool rejected;     /* a row of the patient could not be read */
	struct plan *plan;
};

/* With a dose, and neither paused nor stopped. */
bool proposal_active(const struct proposal *r);
struct proposal *plan_add(struct plan *plan, const struct proposal *r);
/* Seconds a day of active proposals that are no overrides. */
double plan_seconds(const struct plan *plan);
double plan_budget(const struct patient *p); /* seconds */

#endif
