/*
 * The rows of a plan that speak of the patient: referrals, pauses, reviews.
 */
#ifndef PT_NOTICES_H
#define PT_NOTICES_H

#include "plan/proposal.h"

/* All of them, metric rules tried first; a fired metric rule counts as fired afterwards. */
void notices(struct planning *k);
/* The one row of a rule that stops everything. */
void notice_stop(struct planning *k, const struct rule *rule);
/* A row of a built-in rule; a review is written at most once in 28 days. */
void notice_builtin(struct planning *k, enum decision decision, const char *id);

#endif
