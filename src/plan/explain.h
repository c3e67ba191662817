/*
 * The table of every rule tried (--explain): what it saw, and why it won or lost.
 *
 *	patient,date,item,side,rule,decision,outcome,saw,because
 *
 * outcome: won, outvoted (a more careful rule, or one with a lower priority number, decided),
 * capped (it would have raised more than a cap allows), false, unknown.
 */
#ifndef PT_EXPLAIN_H
#define PT_EXPLAIN_H

#include "plan/rules.h"
#include "records/csvout.h"

struct explain;

struct explain *explain_new(struct csvout *out);
void explain_free(struct explain *x);
void explain_header(struct explain *x);
void explain_begin(struct explain *x, const char *patient, int day);

/* A rule was held against the state of an item (of the plan as a whole: "plan"). */
void explain_tried(struct explain *x, struct slice item, enum side side, const struct rule *rule,
        const struct view *view, enum truth truth);
/*
 * The rules tried since the last call are settled: WINNER decided (NULL: each that is true spoke
 * for itself), CAPPED (may be NULL) says which rule was held back by WINNER.
 */
void explain_settle(
        struct explain *x, const char *winner, enum decision decision, const char *capped);
/* A built-in rule decided on an item. */
void explain_builtin(struct explain *x, struct slice item, enum side side, const char *id,
        enum decision decision, const char *because);

#endif
