/*
 * Series: a row per patient (and key) and metric, pttools(7), STATISTICS, section 5.
 * Every figure of a struct series has been printed and read back, so that a
 * table read from a file and one computed here are the same.
 */
#ifndef PT_SERIES_H
#define PT_SERIES_H

#include "base/cli.h"
#include "domain/history.h"
#include "records/csvout.h"
#include "stat/keyed.h"
#include "stat/summary.h"

struct series_query {
	enum key key[KEYS_MOST]; /* in the order of --by */
	size_t keys;
	struct days period;      /* what is reported; open ends DAY_MIN, DAY_MAX */
	int asof;                /* the earlier of today and the period's end */
	int horizon;             /* days of --at, or 0 */
	struct cli_list metrics; /* none: all that occur */
	bool brief;              /* only what a verdict rests on (struct summary_query) */
	const struct catalogue *catalogue;
};

struct series {
	const char *key[KEYS_MOST];
	const char *metric, *unit;
	long n;
	int from, to;
	double weeks, baseline, current, change, change_pct, mean, sd, min, q1, median, q3, max;
	double slope_week, slope_lo, slope_hi, trend_p, nap, mcid, mdc;
	const char *verdict; /* one of verdict_names */
	double weeks_to_30;
	/* Not printed; only of series computed here. */
	int since;         /* first day of the current window */
	int last;          /* day of the last value */
	enum metric_id id; /* also of series that were read */
};

/* A growing table.  Start with series_table_new(). */
struct series_table {
	struct keyed keyed;
	struct series *at;
	size_t n, cap;
};
struct series_table *series_table_new(const enum key *key, size_t keys);
void series_table_free(struct series_table *t);
/* Drops the rows, keeps the memory. */
void series_table_clear(struct series_table *t);
/* Adds the series of one patient. */
void series_of(const struct history *h, const struct series_query *q, struct series_table *out);
/* Adds a row of a series table that was read; an error is reported and the row left out. */
bool series_read(struct series_table *t, const struct row *row);
/* The order of every table: keys, metric, bytes. */
void series_sort(struct series_table *t);
/* As keyed_merge(). */
const char *series_merge(struct series_table *t);
/* The header, and what stands below it. */
void series_head(const struct series_table *t, struct csvout *out);
void series_rows(const struct series_table *t, struct csvout *out);

/* The numbers that a summary of a series needs from query and catalogue. */
struct summary_query summary_query_of(const struct series_query *q);

/*
 * The values of one metric of one patient: what a chart draws.  Empty when there are none.
 * ITEM limits to one exercise (NULL: all).
 */
struct dailies;
void metric_values(const struct history *h, const struct catalogue *c, const char *metric,
        const char *item, int asof, struct dailies *out);

#endif
