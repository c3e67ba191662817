/*
 * Goals of a profile that name a metric: gait-speed >= 1.0.  What is read of them on the way in;
 * whether they are met is told elsewhere (stat/attention.c, plan/state_outcome.c).
 */
#ifndef PT_GOAL_H
#define PT_GOAL_H

#include "catalogue/catalogue.h"

/* A known metric and a number, without words that may be a name. */
bool goal_is_target(const struct catalogue *c, struct slice goal);
/*
 * Does it look like one, but of a metric that is misspelt?  Then it would be words to all programs,
 * and never met.  WHY says it.  A goal in words, such as falls = 0, is none.
 */
bool goal_is_doubtful(const struct catalogue *c, struct slice goal, struct str *why);

#endif
