#include "stat/slopes.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>

#include "base/mem.h"

#define MOST_KEPT ((size_t)1 << 21)
#define MOST_SORTED ((size_t)48)
#define MOST_PLACED 2048
#define MOST_INSERTED 12
#define ROUNDS 40 /* of dividing; what then is left had been made to be slow */
#define BUCKETS 1024

struct slopes {
	const int *day;
	const double *value;
	size_t n;
	double *chunk; /* LENGTH slopes that are kept, or room for those of one point */
	size_t length;
	bool kept;
};

static void
slopes_of_point(const struct slopes *s, size_t i, double *out)
{
	for (size_t j = i + 1; j < s->n; j++)
		*out++ = (s->value[j] - s->value[i]) / (s->day[j] - s->day[i]);
}

/* The slopes in pieces: those of point I, or all in one when they are kept. */
static const double *
slopes_chunk(const struct slopes *s, size_t i, size_t *length)
{
	if (s->kept) {
		*length = s->length;
		return s->chunk;
	}
	*length = s->n - 1 - i;
	slopes_of_point(s, i, s->chunk);
	return s->chunk;
}

static size_t
chunks(const struct slopes *s)
{
	return s->kept ? 1 : s->n - 1;
}

/* A stretch of slopes cut into buckets of equal width. */
struct span {
	double lo, hi, scale;
};

static struct span
span_of(double lo, double hi)
{
	return (struct span){ lo, hi, BUCKETS / (hi - lo) };
}

static inline size_t
bucket_of(const struct span *span, double x)
{
	size_t i = (size_t)((x - span->lo) * span->scale);

	return i < BUCKETS ? i : BUCKETS - 1;
}

static inline bool
in_span(const struct span *span, double x)
{
	return x >= span->lo && x <= span->hi;
}

static void
count_buckets(const struct slopes *s, const struct span *span, uint64_t *count)
{
	memset(count, 0, BUCKETS * sizeof *count);
	for (size_t i = 0; i < chunks(s); i++) {
		size_t n;
		const double *x = slopes_chunk(s, i, &n);
		for (size_t k = 0; k < n; k++)
			if (in_span(span, x[k]))
				count[bucket_of(span, x[k])]++;
	}
}

/* The least and the greatest slope of a bucket. */
static struct span
bucket_span(const struct slopes *s, const struct span *span, size_t bucket)
{
	double lo = INFINITY, hi = -INFINITY;

	for (size_t i = 0; i < chunks(s); i++) {
		size_t n;
		const double *x = slopes_chunk(s, i, &n);
		for (size_t k = 0; k < n; k++)
			if (in_span(span, x[k]) && bucket_of(span, x[k]) == bucket) {
				lo = x[k] < lo ? x[k] : lo;
				hi = x[k] > hi ? x[k] : hi;
			}
	}
	return span_of(lo, hi);
}

/* The slopes of a bucket; freed by the caller. */
static double *
bucket_slopes(const struct slopes *s, const struct span *span, size_t bucket, size_t size)
{
	double *out = xreallocarray(NULL, size, sizeof *out);
	size_t filled = 0;

	for (size_t i = 0; i < chunks(s); i++) {
		size_t n;
		const double *x = slopes_chunk(s, i, &n);
		for (size_t k = 0; k < n; k++)
			if (in_span(span, x[k]) && bucket_of(span, x[k]) == bucket)
				out[filled++] = x[k];
	}
	return out;
}

/* The wanted ranks, counted from the first slope of a span. */
struct wanted {
	const uint64_t *rank;
	size_t n;
	uint64_t below; /* slopes before the span */
	double *out;
};

static void select_in_span(const struct slopes *s, struct span span, struct wanted w);
static struct span whole_span(const struct slopes *s);

static void
select_in_bucket(const struct slopes *s, const struct span *span, size_t bucket, uint64_t slopes,
        struct wanted w)
{
	const size_t size = (size_t)slopes;

	if (slopes > MOST_KEPT) {
		select_in_span(s, bucket_span(s, span, bucket), w);
		return;
	}
	struct slopes part = {
		.kept = true, .length = size, .chunk = bucket_slopes(s, span, bucket, size)
	};
	if (size > MOST_SORTED) {
		select_in_span(&part, whole_span(&part), w);
	} else {
		gsl_sort(part.chunk, 1, size);
		for (size_t i = 0; i < w.n; i++)
			w.out[i] = part.chunk[w.rank[i] - w.below];
	}
	free(part.chunk);
}

static void
select_in_span(const struct slopes *s, struct span span, struct wanted w)
{
	uint64_t count[BUCKETS];

	if (span.lo == span.hi || !isfinite(span.scale)) {
		for (size_t i = 0; i < w.n; i++)
			w.out[i] = span.lo;
		return;
	}
	count_buckets(s, &span, count);
	for (size_t b = 0; b < BUCKETS && w.n; b++) {
		struct wanted here = { w.rank, 0, w.below, w.out };
		while (here.n < w.n && w.rank[here.n] < w.below + count[b])
			here.n++;
		if (here.n)
			select_in_bucket(s, &span, b, count[b], here);
		w.rank += here.n;
		w.out += here.n;
		w.n -= here.n;
		w.below += count[b];
	}
}

static struct span
whole_span(const struct slopes *s)
{
	double lo = INFINITY, hi = -INFINITY;

	for (size_t i = 0; i < chunks(s); i++) {
		size_t n;
		const double *x = slopes_chunk(s, i, &n);
		for (size_t k = 0; k < n; k++) {
			lo = x[k] < lo ? x[k] : lo;
			hi = x[k] > hi ? x[k] : hi;
		}
	}
	return span_of(lo, hi);
}

/* --- few slopes --- */

static void
sort_few(double *x, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const double at = x[i];
		size_t k = i;
		for (; k > 0 && x[k - 1] > at; k--)
			x[k] = x[k - 1];
		x[k] = at;
	}
}

/*
 * Moves what is less than the pivot to the front, and what is equal too with EQUAL; how many.
 * Without a branch, which would be guessed wrong half the time.
 */
static inline size_t
divide(double *x, size_t n, double pivot, bool equal)
{
	size_t less = 0;

	for (size_t i = 0; i < n; i++) {
		const double at = x[i];
		x[i] = x[less];
		x[less] = at;
		less += equal ? at <= pivot : at < pivot;
	}
	return less;
}

#define SAMPLE ((size_t)7)

static double
pivot_of(const double *x, size_t n)
{
	double sample[SAMPLE];

	for (size_t i = 0; i < SAMPLE; i++)
		sample[i] = x[(2 * i + 1) * n / (2 * SAMPLE)];
	sort_few(sample, SAMPLE);
	return sample[SAMPLE / 2];
}

/* Puts what has these ranks in its place; they rise, and X[0] has the rank BELOW. */
static void
place(double *x, size_t n, const uint64_t *rank, size_t ranks, uint64_t below, int round)
{
	for (; ranks && n > MOST_INSERTED && round < ROUNDS; round++) {
		const double pivot = pivot_of(x, n);
		size_t left = divide(x, n, pivot, false), here = 0;
		const bool least = left == 0; /* then the equal ones go, which are in order */
		if (least)
			left = divide(x, n, pivot, true);
		while (here < ranks && rank[here] - below < left)
			here++;
		if (!least)
			place(x, left, rank, here, below, round + 1);
		rank += here;
		ranks -= here;
		x += left;
		n -= left;
		below += left;
	}
	if (ranks && n <= MOST_INSERTED)
		sort_few(x, n);
	else if (ranks)
		gsl_sort(x, 1, n);
}

static void
select_of_few(const struct slopes *s, const uint64_t *rank, size_t ranks, double *out)
{
	double x[MOST_PLACED];

	for (size_t i = 0, at = 0; i + 1 < s->n; at += s->n - 1 - i, i++)
		slopes_of_point(s, i, x + at);
	place(x, s->length, rank, ranks, 0, 0);
	for (size_t i = 0; i < ranks; i++)
		out[i] = x[rank[i]];
}

uint64_t
slopes_count(size_t n)
{
	return (uint64_t)n * (n - 1) / 2;
}

void
slopes_select(const int *day, const double *value, size_t n, const uint64_t *rank, size_t ranks,
        double *out)
{
	const uint64_t pairs = slopes_count(n);
	struct slopes s = { .day = day, .value = value, .n = n, .kept = pairs <= MOST_KEPT };

	if (s.kept)
		s.length = (size_t)pairs;

	if (pairs <= MOST_PLACED) {
		select_of_few(&s, rank, ranks, out);
		return;
	}
	s.chunk = xreallocarray(NULL, s.kept ? s.length : n, sizeof *s.chunk);
	if (s.kept)
		for (size_t i = 0, at = 0; i + 1 < n; at += n - 1 - i, i++)
			slopes_of_point(&s, i, s.chunk + at);
	select_in_span(&s, whole_span(&s), (struct wanted){ rank, ranks, 0, out });
	free(s.chunk);
}
