#include "stat/stats.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_statistics_double.h>

#define CONFIDENCE 0.975
/* sqrt(.Machine$double.eps): how survfit compares with one half */
#define SURVFIT_TOLERANCE 1.490116119384765696e-8

struct sum {
	double sum, lost;
};

static void
sum_add(struct sum *s, double x)
{
	double t = s->sum + x;

	if (fabs(s->sum) >= fabs(x))
		s->lost += (s->sum - t) + x;
	else
		s->lost += (x - t) + s->sum;
	s->sum = t;
}

double
stats_sum(const double *x, size_t n)
{
	struct sum s = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, x[i]);
	return s.sum + s.lost;
}

/* The second pass takes back what the division lost, so that equal values have a mean like them. */
double
stats_mean(const double *x, size_t n)
{
	struct sum rest = { 0, 0 };

	if (n == 0)
		return UNKNOWN;
	double mean = stats_sum(x, n) / (double)n;
	for (size_t i = 0; i < n; i++)
		sum_add(&rest, x[i] - mean);
	return mean + (rest.sum + rest.lost) / (double)n;
}

double
stats_sd(const double *x, size_t n)
{
	struct sum squares = { 0, 0 };
	double mean = stats_mean(x, n);

	if (n < 2)
		return UNKNOWN;
	for (size_t i = 0; i < n; i++)
		sum_add(&squares, (x[i] - mean) * (x[i] - mean));
	return sqrt((squares.sum + squares.lost) / (double)(n - 1));
}

double
stats_quantile(const double *sorted, size_t n, double p)
{
	return n ? gsl_stats_quantile_from_sorted_data(sorted, 1, n, p) : UNKNOWN;
}

double
tie_value(double x)
{
	return nearbyint(x * 1e9);
}

double
stats_nap(const double *a, size_t n_a, const double *b, size_t n_b, bool lower_is_better)
{
	size_t better = 0, tied = 0;

	if (n_a == 0 || n_b == 0)
		return UNKNOWN;
	for (size_t i = 0; i < n_a; i++) {
		double x = tie_value(a[i]);
		for (size_t j = 0; j < n_b; j++) {
			double y = tie_value(b[j]);
			better += lower_is_better ? y < x : y > x;
			tied += y == x;
		}
	}
	return ((double)better + 0.5 * (double)tied) / ((double)n_a * (double)n_b);
}

static bool
all_equal(const double *x, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (x[i] != x[0])
			return false;
	return true;
}

struct interval
stats_t_interval(const double *x, size_t n)
{
	if (n < 2)
		return (struct interval){ UNKNOWN, UNKNOWN };
	if (all_equal(x, n))
		return (struct interval){ x[0], x[0] };
	gsl_set_error_handler_off();
	double t = gsl_cdf_tdist_Pinv(CONFIDENCE, (double)(n - 1));
	double mean = stats_mean(x, n), half = t * stats_sd(x, n) / sqrt((double)n);
	if (!isfinite(half))
		return (struct interval){ UNKNOWN, UNKNOWN };
	return (struct interval){ mean - half, mean + half };
}

/* Hedges' exact correction for m degrees of freedom: Γ(m/2) / (√(m/2) Γ((m−1)/2)). */
static double
hedges_j(double m)
{
	gsl_sf_result ratio;

	gsl_set_error_handler_off();
	if (gsl_sf_poch_e((m - 1) / 2, 0.5, &ratio) != GSL_SUCCESS)
		return UNKNOWN;
	return ratio.val / sqrt(m / 2);
}

double
stats_hedges_g(const double *x, size_t n)
{
	if (n < 3 || all_equal(x, n))
		return UNKNOWN;
	return stats_mean(x, n) / stats_sd(x, n) * hedges_j((double)(n - 1));
}

struct interval
stats_wilson(long k, long n)
{
	struct interval w = { UNKNOWN, UNKNOWN };

	if (n < 1)
		return w;
	gsl_set_error_handler_off();
	double z = gsl_cdf_ugaussian_Pinv(CONFIDENCE), p = (double)k / (double)n;
	double m = z * z / (double)n, centre = p + m / 2;
	double half = sqrt(m * (p * (1 - p) + m / 4));
	if (!isfinite(half))
		return w;
	w.lo = k == 0 ? 0 : (centre - half) / (1 + m);
	w.hi = k == n ? 1 : (centre + half) / (1 + m);
	return w;
}

static int
compare_days(const void *a, const void *b)
{
	const struct follow_up *x = a, *y = b;

	return (x->days > y->days) - (x->days < y->days);
}

double
stats_median_time(struct follow_up *at, size_t n)
{
	double survival = 1, half = UNKNOWN;
	int reached = 0;

	qsort(at, n, sizeof *at, compare_days);
	for (size_t i = 0, j; i < n; i = j) {
		size_t events = 0;
		for (j = i; j < n && at[j].days == at[i].days; j++)
			events += at[j].event;
		if (events == 0)
			continue;
		survival *= 1 - (double)events / (double)(n - i);
		if (known(half))
			return (reached + at[i].days) / 2.0; /* level at one half until here */
		if (survival >= 0.5 + SURVFIT_TOLERANCE)
			continue;
		if (fabs(survival - 0.5) >= SURVFIT_TOLERANCE)
			return at[i].days;
		half = survival;
		reached = at[i].days;
	}
	return known(half) ? reached : UNKNOWN;
}
