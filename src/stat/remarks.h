/*
 * What is said once, at the end, of the patients whose figures a table cannot tell wholly: opioids
 * without a morphine factor, measures and medicines that the catalogue lacks, and those who changed
 * therapist, clinic or approach.
 */
#ifndef PT_REMARKS_H
#define PT_REMARKS_H

#include "stat/keys.h"

#define FACTORLESS_MOST 8

enum unlisted { UNLISTED_MEASURE, UNLISTED_MEDICINE, UNLISTED_KINDS };

/* Start with all zero; end with remarks_free(). */
struct remarks {
	const struct medicine *factorless[FACTORLESS_MOST];
	long patients[FACTORLESS_MOST];        /* who took them */
	struct pool *seen[UNLISTED_KINDS];     /* names; NULL: none yet */
	struct pool *unlisted[UNLISTED_KINDS]; /* those that the catalogue lacks; NULL: none */
	long switched[KEY_ALL];                /* patients with more than one value of the key */
};

/*
 * Takes note of one patient; MME says whether opioids are summed, METRICS which measures are asked
 * for (empty: all; NULL: none).
 */
void remarks_take(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct keys *by, const struct cli_list *metrics, bool mme);
/* A line for each on standard error. */
void remarks_say(const struct remarks *r, const struct catalogue *c);
void remarks_free(struct remarks *r);

#endif
