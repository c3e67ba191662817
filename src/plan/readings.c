#include "plan/readings.h"

#include <stdlib.h>

#include "base/mem.h"

#define WEEK 7

static struct reading_series *
series_for(struct readings *readings, const struct catalogue *c, struct slice item, enum side side)
{
	for (size_t i = 0; i < readings->n; i++)
		if (readings->at[i].side == side && same_item(readings->at[i].item, item))
			return &readings->at[i];
	GROW(readings->at, readings->cap, readings->n);
	struct reading_series *s = &readings->at[readings->n++];
	if (readings->n > readings->held) {
		readings->held = readings->n;
		s->days = (struct dailies)DAILY_INIT;
	}
	s->item = item;
	s->side = side;
	s->measure = cat_measure(c, item);
	dailies_reset(&s->days);
	return s;
}

void
readings_make(struct readings *readings, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_MEASURE];

	readings->n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (!known(e->value))
			continue;
		struct reading_series *s = series_for(readings, chart->c, e->item, e->side);
		dailies_add(&s->days, e->date.day, e->value);
		s->newest = e->value;
		s->row = rows->at[i];
	}
	for (size_t i = 0; i < readings->n; i++) {
		struct dailies means = DAILY_INIT;
		day_means(&readings->at[i].days, &means);
		dailies_free(&readings->at[i].days);
		readings->at[i].days = means;
	}
}

void
readings_free(struct readings *readings)
{
	for (size_t i = 0; i < readings->held; i++)
		dailies_free(&readings->at[i].days);
	free(readings->at);
	*readings = (struct readings){ 0 };
}

const struct reading_series *
readings_of(const struct readings *readings, const char *id)
{
	const struct reading_series *newest = NULL;

	for (size_t i = 0; i < readings->n; i++)
		if (slice_eq(readings->at[i].item, id) &&
		        (!newest || readings->at[i].row > newest->row))
			newest = &readings->at[i];
	return newest;
}

/* The mean of its first 7 days. */
static double
readings_baseline(const struct reading_series *s)
{
	double sum = 0;
	size_t n = 0;

	while (n < s->days.n && s->days.at[n].day < s->days.at[0].day + WEEK)
		sum += s->days.at[n++].value;
	return n ? sum / (double)n : UNKNOWN;
}

double
readings_mcid(const struct reading_series *s)
{
	const double baseline = readings_baseline(s);

	if (!s->measure)
		return UNKNOWN;
	if (s->measure->mcid_kind == MCID_POINTS)
		return s->measure->mcid;
	return baseline > 0 ? s->measure->mcid * baseline / 100 : UNKNOWN;
}

double
readings_gain(const struct measure *m, double a, double b)
{
	if (!m || m->better == BETTER_NONE)
		return UNKNOWN;
	return m->better == BETTER_HIGHER ? b - a : a - b;
}

/* The newest reading 7 or more days older than the newest of all, or -1. */
static long
reading_before(const struct dailies *days)
{
	for (size_t i = days->n; i-- > 0;)
		if (days->at[i].day <= days->at[days->n - 1].day - WEEK)
			return (long)i;
	return -1;
}

static double
worse_before(const struct reading_series *s, double baseline)
{
	const struct dailies *days = &s->days;
	const long i = reading_before(days);

	if (i < 0 || days->at[days->n - 1].day - days->at[0].day < 2 * WEEK)
		return UNKNOWN;
	return -readings_gain(s->measure, baseline, days->at[i].value);
}

static double
worse_than_best(const struct reading_series *s, int from)
{
	double worst = UNKNOWN;

	for (size_t i = s->days.n; i-- > 0 && s->days.at[i].day >= from;)
		worst = fmax(worst,
		        -readings_gain(
		                s->measure, s->days.at[i].value, s->days.at[s->days.n - 1].value));
	return worst;
}

void
metric_state_make(struct metric_state *out, const struct reading_series *s, int day)
{
	const struct daily *newest = &s->days.at[s->days.n - 1];
	const double baseline = readings_baseline(s);

	*out = (struct metric_state){
		.primary = 0,
		.readings = (double)s->days.n,
		.value = newest->value,
		.baseline = baseline,
		.mcid = readings_mcid(s),
		.mdc = s->measure ? s->measure->mdc : UNKNOWN,
		.worse = -readings_gain(s->measure, baseline, newest->value),
		.worse_before = worse_before(s, baseline),
		.worse_than_best_28 = worse_than_best(s, day - 4 * WEEK),
		.days_since_reading = day - newest->day,
		.metric = s->item.s,
		.measure = s->measure,
		.item = s->item,
		.side = s->side,
	};
}
