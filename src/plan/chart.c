#include "plan/chart.h"

#include <stdlib.h>

#include "base/mem.h"

/* A plan row of the planner.  What a person wrote has no rule, or is an override. */
static bool
is_planned(const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_OVERRIDE && e->rule.n > 0;
}

/* The planner's first row of today, or h->n. */
static size_t
own_plan(const struct history *h, int day)
{
	size_t own = h->n;

	for (size_t i = h->n; i-- > 0 && h->row[i].date.day == day;)
		if (is_planned(&h->row[i]))
			own = i;
	return own;
}

static bool
acted_upon(const struct history *h, size_t plan)
{
	for (size_t i = plan; i < h->n; i++)
		if (h->row[i].kind == KIND_EXERCISE)
			return true;
	return false;
}

/* The rows to plan from.  They are copied only when rows have to be left out in the middle. */
static void
take_rows(struct chart *chart, const struct history *h)
{
	size_t own;

	free(chart->copy);
	chart->copy = NULL;
	chart->h = *h;
	while (chart->h.n && h->row[chart->h.n - 1].date.day > chart->day)
		chart->h.n--;
	own = own_plan(&chart->h, chart->day);
	if (own == chart->h.n || acted_upon(&chart->h, own))
		return;
	chart->copy = xreallocarray(NULL, chart->h.n, sizeof *chart->copy);
	memcpy(chart->copy, h->row, own * sizeof *chart->copy);
	size_t n = own;
	for (size_t i = own; i < chart->h.n; i++)
		if (!is_planned(&h->row[i]))
			chart->copy[n++] = h->row[i];
	chart->h.row = chart->copy;
	chart->h.n = n;
}

static void
sort_out(struct chart *chart)
{
	for (size_t k = 0; k < KIND_COUNT; k++)
		chart->of[k].n = 0;
	for (size_t i = 0; i < chart->h.n; i++) {
		struct row_list *rows = &chart->of[chart->h.row[i].kind];
		GROW(rows->at, rows->cap, rows->n);
		rows->at[rows->n++] = i;
	}
}

/* A history of the rows of one kind, so that questions about them are short. */
static void
pick(const struct chart *chart, enum kind kind, struct history *out)
{
	const struct row_list *rows = &chart->of[kind];
	struct entry *row = xreallocarray(out->row, rows->n + 1, sizeof *row);

	*out = chart->h;
	out->row = row;
	out->n = rows->n;
	for (size_t i = 0; i < rows->n; i++)
		out->row[i] = chart->h.row[rows->at[i]];
}

static struct logged_item *
find_item(const struct chart *chart, struct slice item)
{
	for (size_t i = 0; i < chart->n_items; i++)
		if (same_item(chart->item[i].item, item))
			return &chart->item[i];
	return NULL;
}

const struct logged_item *
chart_item(const struct chart *chart, struct slice item)
{
	return find_item(chart, item);
}

static void
link_item(struct chart *chart, size_t place, struct slice text)
{
	struct logged_item *item = find_item(chart, text);

	chart->next[place] = ROW_NONE;
	if (item) {
		chart->next[item->last] = place;
		item->last = place;
		return;
	}
	GROW(chart->item, chart->items_cap, chart->n_items);
	chart->item[chart->n_items++] =
	        (struct logged_item){ text, cat_exercise(chart->c, text), place, place };
}

static void
first_known(double *x, double value)
{
	if (!known(*x))
		*x = value;
}

static void
note_day(struct chart *chart, size_t place, const struct entry *e)
{
	struct exercise_day *d = chart->n_days ? &chart->days[chart->n_days - 1] : NULL;

	if (!d || d->day != e->date.day) {
		GROW(chart->days, chart->days_cap, chart->n_days);
		d = &chart->days[chart->n_days++];
		*d = (struct exercise_day){ e->date.day, place, place, false, UNKNOWN, UNKNOWN,
			UNKNOWN, UNKNOWN };
	}
	d->to = place + 1;
	d->done = d->done || entry_done(e);
	first_known(&d->pain_before, e->pain_before);
	first_known(&d->dizzy_before, e->dizzy_before);
	d->pain_after = fmax(d->pain_after, e->pain_after);
	d->dizzy_after = fmax(d->dizzy_after, e->dizzy_after);
}

static void
read_exercises(struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_EXERCISE];

	chart->n_items = chart->n_days = 0;
	if (rows->n > chart->next_cap) {
		chart->next_cap = rows->cap;
		chart->next = xreallocarray(chart->next, chart->next_cap, sizeof *chart->next);
	}
	for (size_t k = 0; k < rows->n; k++) {
		const struct entry *e = &chart->h.row[rows->at[k]];
		link_item(chart, k, e->item);
		note_day(chart, k, e);
	}
}

void
chart_make(struct chart *chart, const struct catalogue *c, const struct history *h, int day)
{
	chart->c = c;
	chart->day = day;
	take_rows(chart, h);
	sort_out(chart);
	pick(chart, KIND_PROFILE, &chart->profile);
	pick(chart, KIND_MEDICINE, &chart->medicine);
	read_exercises(chart);
	dailies_reset(&chart->pains);
	dailies_reset(&chart->pain_days);
	dailies_reset(&chart->dizzies);
	resting_pains(&chart->h, &chart->pains);
	day_means(&chart->pains, &chart->pain_days);
	resting_dizziness(&chart->h, &chart->dizzies);
}

void
chart_clear(struct chart *chart)
{
	for (size_t k = 0; k < KIND_COUNT; k++)
		free(chart->of[k].at);
	free(chart->next);
	free(chart->item);
	free(chart->days);
	free(chart->profile.row);
	free(chart->medicine.row);
	free(chart->copy);
	dailies_free(&chart->pains);
	dailies_free(&chart->pain_days);
	dailies_free(&chart->dizzies);
	*chart = (struct chart){ 0 };
}

size_t
reading_next(const struct dailies *readings, int day)
{
	const int within = 2; /* days */
	size_t low = 0, high = readings->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (readings->at[middle].day <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < readings->n && readings->at[low].day <= day + within ? low : SIZE_MAX;
}

/* Among readings and rows of one day: the readings that stand before the row are counted. */
static bool
after(const struct chart *chart, const struct dailies *readings, size_t i, size_t row,
        void (*read)(const struct history *, struct dailies *))
{
	struct dailies before = DAILY_INIT;
	struct history part = chart->h;
	size_t first = row, place = i;

	if (row == ROW_NONE)
		return true;
	const int day = chart->h.row[row].date.day;
	if (readings->at[i].day != day)
		return readings->at[i].day > day;
	while (first > 0 && chart->h.row[first - 1].date.day == day)
		first--;
	while (place > 0 && readings->at[place - 1].day == day)
		place--;
	part.row += first;
	part.n = row - first;
	read(&part, &before);
	const bool later = i - place >= before.n;
	dailies_free(&before);
	return later;
}

bool
pain_reading_after(const struct chart *chart, size_t i, size_t row)
{
	return after(chart, &chart->pains, i, row, resting_pains);
}

bool
dizzy_reading_after(const struct chart *chart, size_t i, size_t row)
{
	return after(chart, &chart->dizzies, i, row, resting_dizziness);
}
