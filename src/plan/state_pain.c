/* Resting pain, dizziness and days that were too much. */
#include "plan/patient.h"

/* The mean of pain on days FROM to TO when there are LEAST of them, else UNKNOWN. */
static double
pain_mean(const struct patient *p, int from, int to, size_t least)
{
	const struct dailies *days = &p->chart.pain_days;
	double sum = 0;
	size_t n = 0;

	for (size_t i = days->n; i-- > 0 && days->at[i].day >= from;)
		if (days->at[i].day <= to) {
			sum += days->at[i].value;
			n++;
		}
	return n >= least && n > 0 ? sum / (double)n : UNKNOWN;
}

static double
pain_usual(const struct patient *p)
{
	const int day = p->chart.day;
	const double recent = pain_mean(p, day - 20, day - 7, 3);

	return known(recent) ? recent : pain_mean(p, day - 90, day - 7, 1);
}

static double
newest_within(const struct dailies *readings, int from)
{
	if (readings->n == 0 || readings->at[readings->n - 1].day < from)
		return UNKNOWN;
	return readings->at[readings->n - 1].value;
}

static double
high_days(const struct patient *p)
{
	const struct dailies *days = &p->chart.pain_days;
	const double limit = p->state.pain_usual + p->settings->flare_above;
	double n = 0;

	if (!known(limit))
		return UNKNOWN;
	for (size_t i = days->n; i-- > 0 && days->at[i].day >= p->chart.day - 6;) {
		if (days->at[i].value < limit)
			break;
		n++;
	}
	return n;
}

static double
before_of(double own, double of_day)
{
	return known(own) ? own : of_day;
}

/* A row after which nothing gets harder: pain raised above the limit, or dizziness raised much. */
static bool
red_row(const struct entry *e, const struct exercise_day *day,
        const struct patient_settings *settings)
{
	const double pain = before_of(e->pain_before, day->pain_before);
	const double dizzy = before_of(e->dizzy_before, day->dizzy_before);

	return (e->pain_after > settings->pain_limit && e->pain_after > pain) ||
	        e->dizzy_after - dizzy >= settings->red_dizzy;
}

/* The next days' pain, read since the newest batch, was 2 above the pain the day began with. */
static bool
red_aftermath(const struct patient *p, const struct exercise_day *day)
{
	const struct dailies *pains = &p->chart.pains;
	const size_t next = reading_next(pains, day->day);

	if (next == SIZE_MAX || !pain_reading_after(&p->chart, next, p->program.since))
		return false;
	for (size_t i = next; i-- > 0 && pains->at[i].day >= day->day;)
		if (pains->at[i].day == day->day && (i == 0 || pains->at[i - 1].day < day->day))
			return pains->at[next].value - pains->at[i].value >=
			        p->settings->good_next_day;
	return false;
}

static bool
red_day(const struct patient *p)
{
	const struct chart *chart = &p->chart;
	const struct row_list *rows = &chart->of[KIND_EXERCISE];
	const size_t since = p->program.since;

	for (size_t i = chart->n_days; i-- > 0;) {
		const struct exercise_day *d = &chart->days[i];
		if (since != ROW_NONE && d->day < chart->h.row[since].date.day - 2)
			break;
		for (size_t k = d->from; k < d->to; k++)
			if ((since == ROW_NONE || rows->at[k] > since) &&
			        red_row(&chart->h.row[rows->at[k]], d, p->settings))
				return true;
		if (d->done && red_aftermath(p, d))
			return true;
	}
	return false;
}

static double
dizzy_week(const struct chart *chart)
{
	const int from = chart->day - 6;
	double most = UNKNOWN;

	for (size_t i = chart->n_days; i-- > 0 && chart->days[i].day >= from;)
		for (size_t k = chart->days[i].from; k < chart->days[i].to; k++) {
			const struct entry *e = &chart->h.row[chart->of[KIND_EXERCISE].at[k]];
			most = fmax(most, fmax(e->dizzy_before, e->dizzy_after));
		}
	for (size_t i = chart->dizzies.n; i-- > 0 && chart->dizzies.at[i].day >= from;)
		most = fmax(most, chart->dizzies.at[i].value);
	return most;
}

void
state_pain(struct patient *p)
{
	const int day = p->chart.day;

	p->state.pain_rest = newest_within(&p->chart.pain_days, day - 2);
	p->state.pain_usual = pain_usual(p);
	p->state.high_days = high_days(p);
	p->state.pain_week = pain_mean(p, day - 6, day, 2);
	p->state.pain_week_before = pain_mean(p, day - 13, day - 7, 2);
	p->state.red_day = red_day(p);
	p->state.dizzy_week = dizzy_week(&p->chart);
	p->state.dizzy_rest = newest_within(&p->chart.dizzies, day - 2);
}
