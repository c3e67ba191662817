/*
 * One patient's next plan: the order of evaluation.  Safety first, then what is being done
 * adapts, then the list is kept short enough, then new exercises are chosen.
 */
#ifndef PT_PLAN_H
#define PT_PLAN_H

#include "plan/proposal.h"

struct planner *planner_new(const struct catalogue *c, struct explain *explain);
/*
 * For plan_rule_holds() alone: rules with a mistake are left out without a word.  Whoever plans by
 * them is told, and a report must not fail by them.
 */
struct planner *planner_of_good_rules(const struct catalogue *c);
void planner_free(struct planner *planner);

/* Memory that is used again for each patient.  Zero it to begin; end with desk_free(). */
struct desk {
	struct patient patient;
	struct aims aims;
	struct plan plan;
	struct sessions sessions;
	enum truth *fired;
};
void desk_free(struct desk *desk);

/* The plan of the day; belongs to the desk until the next one is made. */
const struct plan *plan_make(
        const struct planner *planner, struct desk *desk, const struct history *h, int day);

/* Does this rule of a patient speak on the day?  The desk's patient is then this one. */
bool plan_rule_holds(const struct planner *planner, struct desk *desk, const struct history *h,
        int day, const char *id);

#endif
