/*
 * The plan in force and what was done of it (pttools(7), STATISTICS, section 3).
 */
#ifndef PT_ADHERENCE_H
#define PT_ADHERENCE_H

#include "catalogue/catalogue.h"
#include "domain/history.h"

/*
 * The plan rows of a history and what was done of them, prepared once for many questions.  On days
 * on which the patient is paused, discharged or deceased nothing is planned.
 */
struct planned;
struct planned *planned_new(const struct history *h, double plan_days);
void planned_free(struct planned *p);
/* First day with something planned, up to ASOF; DAY_NONE: nothing ever was. */
int planned_first(const struct planned *p, int asof);
int planned_last(const struct planned *p, int asof);
/* Sessions planned from one day to another, both included. */
double planned_sessions(const struct planned *p, int from, int to);

/* Percent of what was planned from FROM to TO that was done, 0 to 100; UNKNOWN when nothing was
 * planned. */
double adherence(const struct planned *p, int from, int to);
/* The same without the days before the first plan: what was done then is no part of it. */
double adherence_since_plan(const struct planned *p, int from, int to);

/* Is a plan row of the history the newest of its item and side on that day, and no review? */
bool plan_in_force(const struct history *h, const struct entry *e, int day);
/*
 * Is it what the patient has to do?  It asks for something, and no later row took its place: a stop
 * or an override without a side is of all sides.
 */
bool plan_is_to_do(const struct history *h, const struct entry *e, int day);
/* A stop or an override that names no side is of every side that was planned. */
bool plan_is_of_all_sides(const struct entry *e);
/* The day of the newest plan when it refers and nothing was done since, or DAY_NONE. */
int referred_on(const struct history *h);
/* Does a plan row speak of an exercise, not of the plan, a red flag or a measure? */
bool plans_exercise(const struct catalogue *c, const struct entry *e);
/* Does a plan row ask for something: not stop, refer, pause, sets 0, or without per_week? */
bool plan_asks(const struct entry *e);

#endif
