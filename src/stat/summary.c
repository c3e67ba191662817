#include "stat/summary.h"

#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "base/mem.h"
#include "stat/stats.h"
#include "stat/trend.h"

#define HORIZON_MOST 28 /* days that a value may be away from the horizon */
#define BETTER_30 0.3

const char *const verdict_names[] = { "", "too-few", "worse", "unchanged", "perhaps", "improved",
	NULL };

static const struct summary nothing_known = {
	.baseline = UNKNOWN,
	.current = UNKNOWN,
	.change = UNKNOWN,
	.change_pct = UNKNOWN,
	.mean = UNKNOWN,
	.sd = UNKNOWN,
	.min = UNKNOWN,
	.q1 = UNKNOWN,
	.median = UNKNOWN,
	.q3 = UNKNOWN,
	.max = UNKNOWN,
	.slope_week = UNKNOWN,
	.slope_lo = UNKNOWN,
	.slope_hi = UNKNOWN,
	.trend_p = UNKNOWN,
	.nap = UNKNOWN,
	.weeks_to_30 = UNKNOWN,
};

/* The values of one series, and what part of them is what. */
struct span {
	int *day;
	double *value;
	size_t n;       /* up to the horizon */
	size_t first;   /* the first one in the period */
	int window;     /* days */
	size_t base;    /* values 0…base-1 are the baseline */
	size_t current; /* values current…n-1 are the current window */
	bool lost;      /* nobody was seen near the horizon */
	double sign;    /* 1: higher is better, -1: lower, 0: neither */
};

static double
sign_of(enum better better)
{
	return better == BETTER_HIGHER ? 1 : better == BETTER_LOWER ? -1 : 0;
}

/* Ends the series at the value nearest to the horizon, or at the horizon itself. */
static void
cut_at_horizon(struct span *s, int horizon)
{
	int at = s->day[0] + horizon;
	int reach = horizon / 4 < HORIZON_MOST ? horizon / 4 : HORIZON_MOST;
	size_t near = 0;

	for (size_t i = 1; i < s->n; i++)
		if (abs(s->day[i] - at) < abs(s->day[near] - at))
			near = i;
	if (abs(s->day[near] - at) <= reach) {
		s->n = near + 1;
		return;
	}
	s->lost = true;
	while (s->n > 1 && s->day[s->n - 1] > at)
		s->n--;
}

static void
find_windows(struct span *s, int most)
{
	int length = s->day[s->n - 1] - s->day[0] + 1;

	s->window = length / 2 < most ? length / 2 : most;
	if (s->window < 1)
		s->window = 1;
	while (s->base < s->n && s->day[s->base] < s->day[0] + s->window)
		s->base++;
	s->current = s->n - 1;
	while (s->current > 0 && s->day[s->current - 1] > s->day[s->n - 1] - s->window)
		s->current--;
}

static bool
span_begin(struct span *s, const struct dailies *values, const struct summary_query *q,
        enum metric_id id)
{
	s->day = xreallocarray(NULL, values->n, sizeof *s->day);
	s->value = xreallocarray(NULL, values->n, sizeof *s->value);
	for (size_t i = 0; i < values->n && values->at[i].day <= q->period.to; i++) {
		s->day[i] = values->at[i].day;
		s->value[i] = values->at[i].value;
		s->n = i + 1;
	}
	if (s->n == 0)
		return false;
	if (q->horizon)
		cut_at_horizon(s, q->horizon);
	find_windows(s, metric_is_dose(id) ? 1 : (int)q->window);
	while (s->first < s->n && s->day[s->first] < q->period.from)
		s->first++;
	return s->first < s->n;
}

static void
span_end(struct span *s)
{
	free(s->day);
	free(s->value);
}

static void
compare_windows(const struct span *s, struct summary *out)
{
	out->weeks = (s->day[s->n - 1] - s->day[0]) / 7.0;
	out->baseline = stats_mean(s->value, s->base);
	out->since = s->day[s->current];
	out->last = s->day[s->n - 1];
	if (s->lost)
		return;
	out->current = stats_mean(s->value + s->current, s->n - s->current);
	if (s->n < 2)
		return;
	out->change = out->current - out->baseline;
	if (out->baseline > 0)
		out->change_pct = 100 * out->change / out->baseline;
}

static void
describe(const double *value, size_t n, struct summary *out)
{
	double *sorted = xreallocarray(NULL, n, sizeof *sorted);

	memcpy(sorted, value, n * sizeof *sorted);
	gsl_sort(sorted, 1, n);
	out->mean = stats_mean(value, n);
	out->sd = stats_sd(value, n);
	out->min = sorted[0];
	out->q1 = stats_quantile(sorted, n, 0.25);
	out->median = stats_quantile(sorted, n, 0.5);
	out->q3 = stats_quantile(sorted, n, 0.75);
	out->max = sorted[n - 1];
	free(sorted);
}

/* Doses are carried, not observed: they have neither trend nor nonoverlap. */
static void
find_trend(const struct span *s, bool dose, struct summary *out)
{
	size_t later = s->base > s->first ? s->base : s->first;

	if (dose)
		return;
	struct trend t = trend_of(s->day + s->first, s->value + s->first, s->n - s->first);
	out->slope_week = 7 * t.slope;
	out->slope_lo = 7 * t.lo;
	out->slope_hi = 7 * t.hi;
	out->trend_p = t.p;
	if (s->sign != 0 && later < s->n)
		out->nap =
		        stats_nap(s->value, s->base, s->value + later, s->n - later, s->sign < 0);
}

static double
own_mcid(const struct metric_info *info, double baseline)
{
	if (info->mcid_kind != MCID_PERCENT)
		return info->mcid;
	return baseline > 0 ? info->mcid * baseline / 100 : UNKNOWN;
}

static enum verdict
judge(const struct span *s, enum metric_id id, double ratings, const struct summary *x)
{
	double gain = s->sign * x->change;

	if (s->sign == 0 || !known(x->mcid))
		return VERDICT_NONE;
	if (!known(gain) || (id == METRIC_PAIN && (double)s->n < ratings))
		return VERDICT_TOO_FEW;
	if (at_least(gain, x->mcid))
		return !known(x->mdc) || at_least(gain, x->mdc) ? VERDICT_IMPROVED
		                                                : VERDICT_PERHAPS;
	return at_least(-gain, x->mcid) ? VERDICT_WORSE : VERDICT_UNCHANGED;
}

/* The first value day behind the baseline whose window is better than it by 30 %. */
static double
weeks_to_30(const struct span *s, double baseline)
{
	if (s->sign == 0 || !(baseline > 0))
		return UNKNOWN;
	for (size_t i = s->base, from = s->base; i < s->n; i++) {
		while (s->day[from] <= s->day[i] - s->window)
			from++;
		double mean = stats_mean(s->value + from, i - from + 1);
		if (at_least(s->sign * (mean - baseline), BETTER_30 * baseline))
			return (s->day[i] - s->day[0]) / 7.0;
	}
	return UNKNOWN;
}

/* The figures that no verdict rests on, and that cost most. */
static void
find_shape(const struct span *s, bool dose, struct summary *out)
{
	describe(s->value + s->first, out->n, out);
	find_trend(s, dose, out);
}

static void
fill(const struct span *s, enum metric_id id, const struct metric_info *info,
        const struct summary_query *q, struct summary *out)
{
	*out = nothing_known;
	out->n = s->n - s->first;
	out->from = s->day[s->first];
	out->to = s->day[s->n - 1];
	compare_windows(s, out);
	if (!q->brief)
		find_shape(s, metric_is_dose(id), out);
	out->mcid = own_mcid(info, out->baseline);
	out->mdc = info->mdc;
	out->verdict = judge(s, id, q->ratings, out);
	out->weeks_to_30 = weeks_to_30(s, out->baseline);
}

bool
summarise(const struct dailies *values, enum metric_id id, const struct metric_info *info,
        const struct summary_query *q, struct summary *out)
{
	struct span s = { .sign = sign_of(info->better) };
	bool any = values->n > 0 && span_begin(&s, values, q, id);

	if (any)
		fill(&s, id, info, q, out);
	span_end(&s);
	return any;
}
