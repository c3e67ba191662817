/*
 * One patient's log as of a day, sorted out once so that states and choices need no second
 * look at all rows: row numbers by kind, exercise rows by item, days with exercise, resting
 * pain and dizziness.
 *
 * A plan of the day itself under which nothing was done yet is left out: it is replaced, not
 * built upon, so planning twice on one day is planning once.
 *
 * Row numbers are places in chart->h.row; "after" a row means a larger number.
 */
#ifndef PT_CHART_H
#define PT_CHART_H

#include <limits.h>
#include <stdint.h>

#include "domain/daily.h"
#include "domain/history.h"

#define ROW_NONE SIZE_MAX

struct row_list {
	size_t *at;
	size_t n, cap;
};

/* The exercise rows of one item: places in chart->of[KIND_EXERCISE].at, linked by chart->next. */
struct logged_item {
	struct slice item;
	const struct exercise *ex; /* NULL: unknown to the catalogue */
	size_t first, last;
};

/* A day with exercise rows: places FROM to before TO in of[KIND_EXERCISE].at, and what all rows
 * say. */
struct exercise_day {
	int day;
	size_t from, to;
	bool done; /* at least one row was done, not only rated */
	double pain_before, pain_after, dizzy_before, dizzy_after; /* first known, largest */
};

struct chart {
	const struct catalogue *c;
	struct history h;
	int day;
	struct row_list of[KIND_COUNT];
	size_t *next; /* by place in of[KIND_EXERCISE].at; ROW_NONE ends */
	size_t next_cap;
	struct logged_item *item;
	size_t n_items, items_cap;
	struct exercise_day *days;
	size_t n_days, days_cap;
	struct dailies pains, pain_days, dizzies; /* readings in row order; means of days */
	struct history profile, medicine;         /* only the rows of that kind */
	struct entry *copy; /* rows without today's own plan, when there is one */
};

/* CHART is zeroed before its first use; used again for the next patient or day; freed once. */
void chart_make(struct chart *chart, const struct catalogue *c, const struct history *h, int day);
void chart_clear(struct chart *chart);

/* The same text; interned texts are mostly the same pointer. */
static inline bool
same_item(struct slice a, struct slice b)
{
	return a.s == b.s || slice_is(a, b);
}

/* Does a row of side A belong to what was planned for side B? */
static inline bool
sides_meet(enum side a, enum side b)
{
	return a == b || a == SIDE_NONE || b == SIDE_NONE || a == SIDE_BOTH || b == SIDE_BOTH;
}

const struct logged_item *chart_item(const struct chart *chart, struct slice item);
/* The first reading on the next two days after DAY: its number, or SIZE_MAX. */
size_t reading_next(const struct dailies *readings, int day);
/* Does reading number I stand after the row?  ROW_NONE: every reading does. */
bool pain_reading_after(const struct chart *chart, size_t i, size_t row);
bool dizzy_reading_after(const struct chart *chart, size_t i, size_t row);

#endif
