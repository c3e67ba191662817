/*
 * What is said once, at the end, of the patients whose figures a table cannot tell wholly: opioids
 * without a morphine factor, and those who changed therapist, clinic or approach.
 */
#ifndef PT_REMARKS_H
#define PT_REMARKS_H

#include "stat/keys.h"

#define FACTORLESS_MOST 8

/* Start with all zero. */
struct remarks {
	const struct medicine *factorless[FACTORLESS_MOST];
	long patients[FACTORLESS_MOST]; /* who took them */
	long switched[KEY_ALL];         /* patients with more than one value of the key */
};

/* Takes note of one patient; MME says whether opioids are summed. */
void remarks_take(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct keys *by, bool mme);
/* A line for each on standard error. */
void remarks_say(const struct remarks *r);

#endif
