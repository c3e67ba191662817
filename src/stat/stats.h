/*
 * Pure arithmetic on arrays: no input or output, nothing kept.  Each figure is
 * the one that R gives for the call beside it; what is not defined is UNKNOWN.
 * Distributions and gamma functions are GSL's; its error handler is off and
 * a status that is not success makes the figure UNKNOWN.
 */
#ifndef PT_STATS_H
#define PT_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/num.h"

static inline bool
at_least(double x, double limit)
{
	return x >= limit - NUM_SLACK;
}

struct interval {
	double lo, hi;
};

/* Neumaier's compensated sum. */
double stats_sum(const double *x, size_t n);
double stats_mean(const double *x, size_t n); /* mean(x) */
/* sd(x): n-1, from deviations in a second pass. */
double stats_sd(const double *x, size_t n);
/* quantile(x, p, type = 7) of values in order. */
double stats_quantile(const double *sorted, size_t n, double p);

/*
 * The value as far as ties are concerned: values tie when they agree to 9 decimals,
 * round(x, 9).
 */
double tie_value(double x);
/*
 * Nonoverlap of all pairs (Parker and Vannest 2009): the share of pairs in which the value of B
 * is better, ties half.
 */
double stats_nap(const double *a, size_t n_a, const double *b, size_t n_b, bool lower_is_better);

/* t.test(x)$conf.int, 95 %; n of 2 or more; all values equal: that value twice. */
struct interval stats_t_interval(const double *x, size_t n);
/* effectsize::hedges_g(x, mu = 0): mean / sd × the exact J; n of 3 or more and sd > 0. */
double stats_hedges_g(const double *x, size_t n);
/* prop.test(k, n, correct = FALSE)$conf.int: Wilson's interval of a share, 95 %. */
struct interval stats_wilson(long k, long n);

/* One patient's follow-up: until the event, or until the last look. */
struct follow_up {
	int days;
	bool event;
};
/* summary(survfit(Surv(days, event) ~ 1))$table["median"]; sorts AT; UNKNOWN: not reached. */
double stats_median_time(struct follow_up *at, size_t n);

#endif
