/*
 * The trend of values over days: Theil-Sen slope with Sen's interval (Sen 1968,
 * the ranks that R's package trend and SciPy take) and the Mann-Kendall test with
 * ties, cor.test(day, value, method = "kendall", exact = FALSE, continuity = TRUE).
 */
#ifndef PT_TREND_H
#define PT_TREND_H

#include <stddef.h>

struct trend {
	double slope, lo, hi; /* a day; slope for 2 values or more, the interval for 4 */
	double p;             /* two-sided, for 4 values or more; 1 when all are equal */
};

/* Days rise strictly.  What is not defined is UNKNOWN. */
struct trend trend_of(const int *day, const double *value, size_t n);

#endif
