/*
 * Timeline: the values of each period, pttools(7), STATISTICS, section 7.
 */
#ifndef PT_TIMELINE_H
#define PT_TIMELINE_H

#include "stat/series.h"

struct moment {
	const char *key[KEYS_MOST];
	const char *metric, *unit, *period;
	int day; /* first day of the period */
	long n;
	double mean, sd, min, median, max;
};
struct timeline_table {
	enum key key[KEYS_MOST];
	size_t keys;
	struct moment *at;
	size_t n, cap;
	struct pool *pool;
};
struct timeline_table *timeline_table_new(const enum key *key, size_t keys);
void timeline_table_free(struct timeline_table *t);
void timeline_of(const struct history *h, const struct series_query *q, enum every every,
	struct timeline_table *out);
bool timeline_read(struct timeline_table *t, const struct row *row);
/* Over patients: each patient's printed mean is one value.  NULL and *why as groups_of(). */
struct timeline_table *timeline_group(struct timeline_table *patients, const enum key *key,
	size_t keys, const char **why);
void timeline_sort(struct timeline_table *t);
void timeline_write(const struct timeline_table *t, struct csvout *out);

#endif
