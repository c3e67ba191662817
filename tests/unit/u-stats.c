/* Statistics against certified and published figures, and against R 4.2.2 (the call stands by). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <gsl/gsl_sort.h>

#include "base/mem.h"
#include "stat/slopes.h"
#include "stat/stats.h"
#include "stat/trend.h"

static void
assert_near(double got, double want, double relative)
{
	double slack = relative * fmax(1, fabs(want));

	if (!(fabs(got - want) <= slack))
		fail_msg("%.17g, expected %.17g", got, want);
}

/* NIST StRD: mean and standard deviation as certified; quantiles by R's type 7. */
static const struct {
	const char *name;
	size_t n;
	double mean, sd, q25, q50, q75;
} certified[] = {
	{ "Lew", 200, -177.435, 277.332168044316, -451, -162, 93 },
	{ "Mavro", 50, 2.001856, 0.000429123454003053, 2.0015, 2.0018, 2.0021 },
	{ "NumAcc1", 3, 10000002, 1, 10000001.5, 10000002, 10000002.5 },
	{ "NumAcc3", 1001, 1000000.2, 0.1, 1000000.1, 1000000.2, 1000000.3 },
};

static size_t
read_set(const char *name, double *x, size_t most)
{
	static const char *const folders[] = { "data", "tests/data" }; /* from tests/, from above */
	char path[256], line[64];
	FILE *in = NULL;
	size_t n = 0;

	for (size_t i = 0; !in && i < LENGTH(folders); i++) {
		snprintf(path, sizeof path, "%s/nist/%s.csv", folders[i], name);
		in = fopen(path, "r");
	}
	assert_non_null(in);
	assert_non_null(fgets(line, sizeof line, in));
	while (n < most && fscanf(in, "%lf", &x[n]) == 1)
		n++;
	fclose(in);
	return n;
}

static void
nist(void **state)
{
	double x[1100];

	(void)state;
	for (size_t i = 0; i < LENGTH(certified); i++) {
		size_t n = read_set(certified[i].name, x, LENGTH(x));
		assert_int_equal(n, certified[i].n);
		assert_near(stats_mean(x, n) / certified[i].mean, 1, 1e-15);
		assert_near(stats_sd(x, n) / certified[i].sd, 1, 1e-9);
		gsl_sort(x, 1, n);
		assert_near(stats_quantile(x, n, 0.25) / certified[i].q25, 1, 1e-12);
		assert_near(stats_quantile(x, n, 0.5) / certified[i].q50, 1, 1e-12);
		assert_near(stats_quantile(x, n, 0.75) / certified[i].q75, 1, 1e-12);
	}
}

static void
sums(void **state)
{
	const double cancel[] = { 1, 1e100, 1, -1e100 }, equal[] = { 0.1, 0.1, 0.1 };

	(void)state;
	assert_true(stats_sum(cancel, 4) == 2); /* Neumaier 1974; plain summation gives 0 */
	assert_true(stats_mean(equal, 3) == 0.1);
	assert_true(stats_sd(equal, 3) == 0);
	assert_false(known(stats_mean(equal, 0)));
	assert_false(known(stats_sd(equal, 1)));
}

/* Student 1908, datasets::sleep: the difference of the two drugs in ten patients. */
static const double sleep_difference[] = { 1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4 };

static void
t_interval(void **state)
{
	const double equal[] = { -2, -2, -2 };
	struct interval t = stats_t_interval(sleep_difference, 10); /* t.test(d)$conf.int */

	(void)state;
	assert_near(t.lo, 0.700114236723018, 1e-12);
	assert_near(t.hi, 2.45988576327698, 1e-12);
	t = stats_t_interval(equal, 3);
	assert_true(t.lo == -2 && t.hi == -2);
	assert_false(known(stats_t_interval(equal, 1).lo));
}

static void
hedges(void **state)
{
	const double equal[] = { -2, -2, -2 };
	double many[2000];

	(void)state;
	/* mean(d) / sd(d) = 1.28455756259105; J by R's lgamma(), m = 9 */
	assert_near(stats_hedges_g(sleep_difference, 10), 1.1739249035142, 1e-12);
	assert_false(known(stats_hedges_g(equal, 3)));
	assert_false(known(stats_hedges_g(sleep_difference, 2)));
	for (size_t i = 0; i < LENGTH(many); i++)
		many[i] = i % 2 ? 1 : 0;
	/* J = 1 - 3 / (4 m - 1) to 1 / m^2 */
	assert_near(stats_hedges_g(many, LENGTH(many)),
	        0.5 / stats_sd(many, LENGTH(many)) * (1 - 3.0 / (4 * 1999 - 1)), 1e-6);
}

/* Newcombe 1998, table I, method 3; prop.test(k, n, correct = FALSE)$conf.int */
static void
wilson(void **state)
{
	struct interval w = stats_wilson(81, 263);

	(void)state;
	assert_near(w.lo, 0.255288519878274, 1e-12);
	assert_near(w.hi, 0.3662095769828, 1e-12);
	w = stats_wilson(15, 148);
	assert_near(w.lo, 0.0623863995307363, 1e-12);
	assert_near(w.hi, 0.160487241723308, 1e-12);
	assert_true(stats_wilson(0, 36).lo == 0);
	assert_near(stats_wilson(0, 36).hi, 0.0964186285944636, 1e-12);
	assert_true(stats_wilson(36, 36).hi == 1);
	assert_false(known(stats_wilson(0, 0).lo));
}

/* Parker, Vannest and Davis 2011; Tarlow 2017 (also SingleCaseES). */
static void
nonoverlap(void **state)
{
	const double a1[] = { 20, 20, 26, 25, 22, 23 }, b1[] = { 28, 25, 24, 27, 30, 30, 29 };
	double a2[6], b2[7];
	const double tie_a[] = { 0.1 + 0.2 }, tie_b[] = { 0.3 };

	(void)state;
	assert_near(stats_nap(a1, 6, b1, 7, false), 0.916666666666667, 1e-12);
	for (size_t i = 0; i < 6; i++)
		a2[i] = 50 - a1[i];
	for (size_t i = 0; i < 7; i++)
		b2[i] = 50 - b1[i];
	assert_near(stats_nap(a2, 6, b2, 7, true), 0.916666666666667, 1e-12);
	assert_true(stats_nap(tie_a, 1, tie_b, 1, true) == 0.5);
	assert_false(known(stats_nap(a1, 0, b1, 7, false)));
}

/* 36 months of shampoo sales (Makridakis, Wheelwright and Hyndman 1998). */
static const double shampoo[] = { 266, 145.9, 183.1, 119.3, 180.3, 168.5, 231.8, 224.5, 192.8,
	122.9, 336.5, 185.9, 194.3, 149.5, 210.1, 273.3, 191.4, 287, 226, 303.6, 289.9, 421.6,
	264.5, 342.3, 339.7, 440.4, 315.9, 439.3, 401.3, 437.4, 575.5, 407.6, 682, 475.3, 581.3,
	646.9 };

static void
trends(void **state)
{
	int day[36];
	const int few[] = { 0, 1, 2, 3 };
	const double rising[] = { 1, 2, 3, 4 }, flat[] = { 0.3, 0.3, 0.1 + 0.2, 0.3 };

	(void)state;
	for (int i = 0; i < 36; i++)
		day[i] = i + 1;
	struct trend t = trend_of(day, shampoo, 36);
	assert_near(t.slope, 11.509375, 1e-12);
	/* cor.test(d, v, method = "kendall", exact = FALSE, continuity = TRUE)$p.value */
	assert_near(t.p / 2.23723940434022e-09, 1, 1e-9);

	t = trend_of(few, rising, 4); /* no interval can be had from four values without ties */
	assert_true(t.slope == 1 && !known(t.lo) && !known(t.hi));
	assert_near(t.p, 0.0894293590289935, 1e-9);
	t = trend_of(few, flat, 4);
	assert_true(t.slope == 0 && t.lo == 0 && t.hi == 0 && t.p == 1);
	t = trend_of(few, rising, 3);
	assert_true(t.slope == 1 && !known(t.p) && !known(t.lo));
	t = trend_of(few, rising, 1);
	assert_false(known(t.slope));
}

/* Selection agrees with sorting all slopes, of few values and of many. */
static void
assert_slopes(const int *day, const double *value, size_t n)
{
	const size_t pairs = n * (n - 1) / 2;
	double *sorted = calloc(pairs, sizeof *sorted), *out = calloc(pairs, sizeof *out);
	uint64_t *rank = calloc(pairs, sizeof *rank);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			sorted[k++] = (value[j] - value[i]) / (day[j] - day[i]);
	gsl_sort(sorted, 1, pairs);
	for (size_t i = 0; i < pairs; i++)
		rank[i] = i;
	slopes_select(day, value, n, rank, pairs, out);
	assert_memory_equal(out, sorted, pairs * sizeof *sorted);
	for (size_t i = 0; i < 3; i++)
		rank[i] = (i + 1) * (pairs - 1) / 4;
	slopes_select(day, value, n, rank, 3, out);
	for (size_t i = 0; i < 3; i++)
		assert_true(out[i] == sorted[rank[i]]);
	free(sorted);
	free(out);
	free(rank);
}

/* Also where most of them are equal, or they come in order. */
static void
slopes(void **state)
{
	enum { N = 80 };
	static double value[N];
	static int day[N];
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 8; round++) {
		for (int i = 0; i < N; i++) {
			seed = seed * 1103515245u + 12345u;
			day[i] = 2 * i + (int)(seed >> 30 & 1);
			value[i] = round % 4 == 3 ? i * i
			        : round % 2       ? (double)(seed >> 16 & 3)
			                          : (seed >> 8) / 1e5;
		}
		for (size_t n = 3; n <= N; n++)
			assert_slopes(day, value, n);
	}
}

/* More slopes than are kept: the median of a line with symmetric noise is its own slope. */
static void
many_slopes(void **state)
{
	enum { N = 2501 };
	static double value[N];
	static int day[N];

	(void)state;
	for (int i = 0; i < N; i++) {
		day[i] = i;
		value[i] = 0.5 * i + (i % 2 ? 1 : 0);
	}
	assert_near(trend_of(day, value, N).slope, 0.5, 1e-12);
	for (int i = 0; i < N; i++)
		value[i] = 3;
	value[7] = 4;
	assert_true(trend_of(day, value, N).slope == 0);
}

/* summary(survfit(Surv(t, e) ~ 1))$table["median"] */
static void
median_time(void **state)
{
	struct follow_up level[] = { { 7, true }, { 14, true }, { 21, false }, { 28, false } };
	struct follow_up middle[] = { { 28, true }, { 7, true }, { 14, true }, { 35, false } };
	struct follow_up passed[] = { { 7, true }, { 14, true }, { 21, true } };
	struct follow_up never[] = { { 7, false }, { 14, false } };

	(void)state;
	assert_true(stats_median_time(level, 4) == 14);
	assert_true(stats_median_time(middle, 4) == 21);
	assert_true(stats_median_time(passed, 3) == 14);
	assert_false(known(stats_median_time(never, 2)));
	assert_false(known(stats_median_time(never, 0)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nist),
		cmocka_unit_test(sums),
		cmocka_unit_test(t_interval),
		cmocka_unit_test(hedges),
		cmocka_unit_test(wilson),
		cmocka_unit_test(nonoverlap),
		cmocka_unit_test(trends),
		cmocka_unit_test(slopes),
		cmocka_unit_test(many_slopes),
		cmocka_unit_test(median_time),
	};
	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
