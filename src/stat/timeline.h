/*
 * Timeline: the values of each period, pttools(7), STATISTICS, section 7.
 */
#ifndef PT_TIMELINE_H
#define PT_TIMELINE_H

#include "stat/gather.h"
#include "stat/series.h"

struct moment {
	const char *key[KEYS_MOST];
	const char *metric, *unit, *period;
	int day;           /* first day of the period */
	enum metric_id id; /* orders the metrics */
	long n;
	double mean, sd, min, median, max;
};
struct timeline_table {
	struct keyed keyed;
	struct moment *at;
	size_t n, cap;
};
struct timeline_table *timeline_table_new(const enum key *key, size_t keys);
void timeline_table_free(struct timeline_table *t);
void timeline_of(const struct history *h, const struct series_query *q, enum every every,
        struct timeline_table *out);
bool timeline_read(struct timeline_table *t, const struct row *row);
/* Drops the rows, keeps the memory. */
void timeline_table_clear(struct timeline_table *t);
/* Over patients: each patient's printed mean is one value.  NULL and *why as groups_of(). */
struct timeline_table *timeline_group(
        struct timeline_table *patients, const enum key *key, size_t keys, const char **why);
/*
 * The same patient by patient, in order of id, of whose moments little is kept: as groups_begin().
 * Brief timelines are enough: n and mean alone, no period without a value.
 */
struct timeline_maker;
struct timeline_maker *timeline_begin(const enum key *key, size_t keys, enum every every);
void timeline_add(struct timeline_maker *maker, const struct moment *at, size_t n);
struct gathering *timeline_members(struct timeline_maker *maker);
struct timeline_table *timeline_end(struct timeline_maker *maker);
void timeline_sort(struct timeline_table *t);
void timeline_write(const struct timeline_table *t, struct csvout *out);
void timeline_head(const struct timeline_table *t, struct csvout *out);
void timeline_rows(const struct timeline_table *t, struct csvout *out);
/* As keyed_merge(). */
const char *timeline_merge(struct timeline_table *t);
/* What the name of a period is the name of: 2026-W47 is EVERY_WEEK; else EVERY_NONE. */
enum every period_kind(const char *period);

#endif
