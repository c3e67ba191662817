/*
 * The figures of one series: values of days in, a line of the series table out
 * (pttools(7), STATISTICS).
 */
#ifndef PT_SUMMARY_H
#define PT_SUMMARY_H

#include "domain/daily.h"
#include "stat/metric.h"

enum verdict {
	VERDICT_NONE, /* no direction or no threshold is known */
	VERDICT_TOO_FEW,
	VERDICT_WORSE,
	VERDICT_UNCHANGED,
	VERDICT_PERHAPS,
	VERDICT_IMPROVED
};
extern const char *const verdict_names[]; /* by enum, NULL at the end */

struct summary {
	size_t n;     /* values reported */
	int from, to; /* their first and last day */
	double weeks; /* follow-up */
	double baseline, current, change, change_pct;
	double mean, sd, min, q1, median, q3, max;
	double slope_week, slope_lo, slope_hi, trend_p, nap;
	double mcid, mdc; /* mcid in the metric's own unit */
	enum verdict verdict;
	double weeks_to_30;
	int since; /* first value of the current window */
	int last;  /* day of the last value */
};

struct summary_query {
	struct days period; /* what is reported of the values; open ends DAY_MIN, DAY_MAX */
	int horizon;        /* days after the first value, or 0 */
	double window;      /* days of the baseline and the current window */
	double ratings;     /* least number of values of pain for a verdict */
	bool brief;         /* what a verdict rests on: mean to max and slope_week to nap unknown */
};

/* False: no value is to be reported. */
bool summarise(const struct dailies *values, enum metric_id id, const struct metric_info *info,
        const struct summary_query *q, struct summary *out);

#endif
