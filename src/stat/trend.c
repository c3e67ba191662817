#include "stat/trend.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "base/mem.h"
#include "stat/slopes.h"
#include "stat/stats.h"

#define Z_95 1.959963984540054 /* qnorm(0.975) */
#define TREND_LEAST 4          /* values; below, nothing can be claimed */

/* Sorts X[0…n-1] with the help of ROOM and returns how many pairs stood in falling order. */
static double
sort_counting(double *x, double *room, size_t n)
{
	if (n < 2)
		return 0;
	size_t half = n / 2, i = 0, j = half, k = 0;
	double falls = sort_counting(x, room, half) + sort_counting(x + half, room, n - half);

	while (i < half && j < n) {
		if (x[j] < x[i]) {
			falls += (double)(half - i);
			room[k++] = x[j++];
		} else {
			room[k++] = x[i++];
		}
	}
	while (i < half)
		room[k++] = x[i++];
	for (i = 0; i < k; i++)
		x[i] = room[i];
	return falls;
}

struct kendall {
	double s, variance;
};

/* Mann-Kendall's S and its variance with ties. */
static struct kendall
kendall_of(const double *value, size_t n)
{
	double *x = xreallocarray(NULL, 2 * n, sizeof *x), m = (double)n;
	double tied = 0, less = 0;

	for (size_t i = 0; i < n; i++)
		x[i] = tie_value(value[i]);
	double falls = sort_counting(x, x + n, n);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && x[j] == x[i]; j++)
			;
		double t = (double)(j - i);
		tied += t * (t - 1) / 2;
		less += t * (t - 1) * (2 * t + 5);
	}
	free(x);
	return (struct kendall){ m * (m - 1) / 2 - tied - 2 * falls,
		(m * (m - 1) * (2 * m + 5) - less) / 18 };
}

static double
kendall_p(struct kendall k)
{
	if (k.s == 0)
		return 1;
	gsl_set_error_handler_off();
	return fmin(1, 2 * gsl_cdf_ugaussian_Q((fabs(k.s) - 1) / sqrt(k.variance)));
}

/* Sen's interval: two ranks among the pairs, or none. */
static bool
interval_ranks(double pairs, double variance, uint64_t rank[2])
{
	double c = Z_95 * sqrt(variance);
	double low = nearbyint((pairs - c) / 2), high = nearbyint((pairs + c) / 2) + 1;

	if (low < 1 || high > pairs)
		return false;
	rank[0] = (uint64_t)low - 1;
	rank[1] = (uint64_t)high - 1;
	return true;
}

/* The slope between the two middle ranks, and the interval where it is defined. */
static void
theil_sen(const int *day, const double *value, size_t n, double variance, struct trend *out)
{
	const uint64_t pairs = slopes_count(n);
	uint64_t rank[4], bound[2];
	size_t ranks = 0;
	double slope[4];
	bool bounded = n >= TREND_LEAST && interval_ranks((double)pairs, variance, bound);

	if (bounded)
		rank[ranks++] = bound[0];
	size_t middle = ranks;
	rank[ranks++] = (pairs - 1) / 2;
	rank[ranks++] = pairs / 2;
	if (bounded)
		rank[ranks++] = bound[1];
	slopes_select(day, value, n, rank, ranks, slope);
	out->slope = (slope[middle] + slope[middle + 1]) / 2;
	if (bounded) {
		out->lo = slope[0];
		out->hi = slope[ranks - 1];
	}
}

struct trend
trend_of(const int *day, const double *value, size_t n)
{
	struct trend t = { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN };

	if (n < 2)
		return t;
	struct kendall k = kendall_of(value, n);
	if (k.variance == 0 && n >= TREND_LEAST)
		return (struct trend){ 0, 0, 0, 1 };
	theil_sen(day, value, n, k.variance, &t);
	if (n >= TREND_LEAST)
		t.p = kendall_p(k);
	return t;
}
