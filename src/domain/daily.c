#include "domain/daily.h"

#include <stdlib.h>

#include "base/mem.h"

void
dailies_add(struct dailies *d, int day, double value)
{
	GROW(d->at, d->cap, d->n);
	d->at[d->n++] = (struct daily){ day, value };
}

void
dailies_reset(struct dailies *d)
{
	d->n = 0;
}

void
dailies_free(struct dailies *d)
{
	free(d->at);
	*d = (struct dailies)DAILY_INIT;
}

double
dailies_mean(const struct dailies *d, struct days days)
{
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (d->at[i].day < days.from || d->at[i].day > days.to)
			continue;
		sum += d->at[i].value;
		n++;
	}
	return n ? sum / (double)n : UNKNOWN;
}

/* The first rating of each day's exercise rows, and every score of the measure. */
static void
resting(const struct history *h, enum column rating, const char *measure, struct dailies *out)
{
	int rated = DAY_NONE;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind == KIND_EXERCISE && e->date.day != rated) {
			double x = entry_number_of(e, rating);
			if (!known(x))
				continue;
			rated = e->date.day;
			dailies_add(out, e->date.day, x);
		} else if (e->kind == KIND_MEASURE && known(e->value) &&
		        slice_eq(e->item, measure)) {
			dailies_add(out, e->date.day, e->value);
		}
	}
}

void
resting_pains(const struct history *h, struct dailies *out)
{
	resting(h, COL_PAIN_BEFORE, "nprs", out);
}

void
resting_dizziness(const struct history *h, struct dailies *out)
{
	resting(h, COL_DIZZY_BEFORE, "dizziness-vas", out);
}

void
day_means(const struct dailies *in, struct dailies *out)
{
	for (size_t i = 0, j; i < in->n; i = j) {
		double sum = 0;
		for (j = i; j < in->n && in->at[j].day == in->at[i].day; j++)
			sum += in->at[j].value;
		dailies_add(out, in->at[i].day, sum / (double)(j - i));
	}
}

size_t
done_days(const struct history *h, const char *item, int from, int to, int *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n && n < most; i++) {
		const struct entry *e = &h->row[i];
		if (e->date.day < from || e->date.day > to || e->kind != KIND_EXERCISE ||
		        !entry_done(e) || (item && !slice_eq(e->item, item)) ||
		        (n && out[n - 1] == e->date.day))
			continue;
		out[n++] = e->date.day;
	}
	return n;
}

int
data_days(const struct history *h, int from, int to)
{
	int last = DAY_NONE, n = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];

		if ((e->kind != KIND_EXERCISE && e->kind != KIND_MEASURE) || e->date.day < from ||
		        e->date.day > to || e->date.day == last)
			continue;
		last = e->date.day;
		n++;
	}
	return n;
}

int
last_contact(const struct history *h)
{
	for (size_t i = h->n; i-- > 0;) {
		enum kind kind = h->row[i].kind;
		if (kind != KIND_PLAN && kind != KIND_PROFILE && kind != KIND_TRIAL)
			return h->row[i].date.day;
	}
	return DAY_NONE;
}
