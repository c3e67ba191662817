/*
 * Groups: outcomes over the patients of each group, computed from the printed
 * series (pttools(7), STATISTICS, section 6), so that any split by patient gives the same bytes.
 */
#ifndef PT_GROUPS_H
#define PT_GROUPS_H

#include "stat/gather.h"
#include "stat/series.h"

struct group {
	const char *key[KEYS_MOST];
	const char *metric, *unit;
	long patients, n;
	double baseline, current, change, change_lo, change_hi, effect;
	long responders_n; /* -1: the metric has no direction */
	double responders_30, responders_30_lo, responders_30_hi;
	double responders_50, responders_50_lo, responders_50_hi;
	long judged, improved, worse; /* -1: no series has a verdict */
	double weeks_to_30;
};
struct group_table {
	enum key key[KEYS_MOST];
	size_t keys;
	struct group *at;
	size_t n, cap;
};
/*
 * Groups the series (sorted here) by KEY; NULL and *why when it cannot be: a key that the
 * series lack, one patient in two shards.  Texts belong to the series table.
 */
struct group_table *groups_of(struct series_table *series, const enum key *key, size_t keys,
        const struct catalogue *c, const char **why);
/*
 * The same patient by patient, in order of id, of whose series little is kept.  add() takes those
 * of one patient, with keys KEY; brief series are enough.  Texts outlive the maker, and equal ones
 * are the same pointer.  end() frees the maker.
 */
struct group_maker;
struct group_maker *groups_begin(const enum key *key, size_t keys);
void groups_add(struct group_maker *maker, const struct series *at, size_t n);
/* For two processes: what is gathered; belongs to the maker. */
struct gathering *groups_members(struct group_maker *maker);
struct group_table *groups_end(struct group_maker *maker, const struct catalogue *c);
void group_table_free(struct group_table *t);
void groups_write(const struct group_table *t, struct csvout *out);

#endif
