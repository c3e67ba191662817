/*
 * The rows of a plan that speak of the patient: referrals, pauses, reviews.
 */
#ifndef PT_NOTICES_H
#define PT_NOTICES_H

#include "plan/proposal.h"

/* All of them, metric rules tried first; a fired metric rule counts as fired afterwards. */
void notices(struct planning *k);
/* The referrals alone: a wound is to be seen to, also when nothing is exercised. */
void notice_referrals(struct planning *k);
/* The row of a rule that stops everything. */
void notice_stop(struct planning *k, const struct rule *rule);
/* A row of a built-in rule; a review is written at most once in the setting review-days. */
void notice_builtin(struct planning *k, enum decision decision, const char *id);

#endif
