/*
 * Values of days, as pttools(7) defines them under STATISTICS: one value a day, in order.
 */
#ifndef PT_DAILY_H
#define PT_DAILY_H

#include "domain/history.h"

struct daily {
	int day;
	double value;
};
/* Growing array; start with DAILY_INIT, end with dailies_free(). */
struct dailies {
	struct daily *at;
	size_t n, cap;
};
#define DAILY_INIT                                                                                 \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}
void dailies_add(struct dailies *d, int day, double value);
void dailies_reset(struct dailies *d);
void dailies_free(struct dailies *d);
/* The mean of the values of these days, or UNKNOWN. */
double dailies_mean(const struct dailies *d, struct days days);

/*
 * The resting values in row order (several a day): pain_before of the day's first exercise
 * row that has one and every `nprs` measure; for dizziness dizzy_before and dizziness-vas.
 */
void resting_pains(const struct history *h, struct dailies *out);
void resting_dizziness(const struct history *h, struct dailies *out);
/* One mean a day of a list in order of days. */
void day_means(const struct dailies *in, struct dailies *out);

/* Distinct days with a done exercise, in order; of one item, or of all (NULL). */
size_t done_days(
        const struct history *h, const char *item, int from, int to, int *out, size_t most);

/* How many days have an exercise or measure row. */
int data_days(const struct history *h, int from, int to);

/* The newest day with a contact row (any kind but plan, profile, trial), or DAY_NONE. */
int last_contact(const struct history *h);

#endif
