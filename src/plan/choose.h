/*
 * Choosing exercises for this person: by findings, goals and conditions, at a level that
 * suits, covering each focus, few enough to be done in the minutes there are.
 */
#ifndef PT_CHOOSE_H
#define PT_CHOOSE_H

#include "plan/proposal.h"

/* A rule's `add ID` or `add focus:x`; false: nothing could be added, nor is there already. */
bool choose_added(const struct planning *k, const char *what, struct decider by);
/* Coverage, education, then up to MOST exercises. */
void choose_more(const struct planning *k, double most);

#endif
