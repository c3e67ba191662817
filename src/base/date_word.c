/*
 * Days and periods as a person types them behind an option.
 */
#include <string.h>

#include "base/date.h"

const char *const period_words[] = { "today", "yesterday", "this-week", "last-week", "this-month",
	"last-month", NULL };

/* All of the text is digits, N of them at most. */
static bool
read_count(struct slice text, size_t most, int *out)
{
	*out = 0;
	if (text.n == 0 || text.n > most)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
		*out = 10 * *out + (text.s[i] - '0');
	}
	return true;
}

/* -14d, -6w, -3m: that long before today. */
static bool
read_back(struct slice word, int today, int *out)
{
	int count;

	if (word.n < 3 || word.s[0] != '-' ||
	        !read_count((struct slice){ word.s + 1, word.n - 2 }, 5, &count))
		return false;
	switch (word.s[word.n - 1]) {
	case 'd':
		*out = today - count;
		break;
	case 'w':
		*out = today - 7 * count;
		break;
	case 'm':
		if (count > 12 * 300)
			return false;
		*out = months_after(today, -count);
		break;
	default:
		return false;
	}
	return *out >= DAY_MIN;
}

static bool
read_day(struct slice word, int today, int *out)
{
	struct when when;

	if (slice_eq(word, "today") || slice_eq(word, "yesterday")) {
		*out = today - (word.s[0] == 'y');
		return true;
	}
	if (read_back(word, today, out))
		return true;
	if (word.n != 10 || !date_read(word, DATE_YMD, &when, NULL))
		return false;
	*out = when.day;
	return true;
}

static bool
read_named_period(struct slice word, int today, struct days *out)
{
	int week = today - weekday(today) + 1;

	if (slice_eq(word, "this-week"))
		*out = period_of(week, EVERY_WEEK);
	else if (slice_eq(word, "last-week"))
		*out = period_of(week - 7, EVERY_WEEK);
	else if (slice_eq(word, "this-month"))
		*out = period_of(today, EVERY_MONTH);
	else if (slice_eq(word, "last-month"))
		*out = period_of(months_after(today, -1), EVERY_MONTH);
	else
		return false;
	return true;
}

/* 2026-W47: the week that holds its Thursday. */
static bool
read_week(int year, struct slice rest, struct days *out)
{
	int week, year_of, week_of, fourth = day_of(year, 1, 4);

	if (rest.n != 2 || !read_count(rest, 2, &week) || week < 1)
		return false;
	*out = period_of(fourth + 7 * (week - 1), EVERY_WEEK);
	iso_week(out->from, &year_of, &week_of);
	return year_of == year;
}

/* 2026, 2026-11, 2026-W47. */
static bool
read_calendar(struct slice word, struct days *out)
{
	int year, month;

	if (word.n < 4 || !read_count((struct slice){ word.s, 4 }, 4, &year) || year < YEAR_MIN ||
	        year > YEAR_MAX)
		return false;
	if (word.n == 4) {
		*out = period_of(day_of(year, 1, 1), EVERY_YEAR);
		return true;
	}
	if (word.n < 7 || word.s[4] != '-')
		return false;
	if (word.s[5] == 'W' || word.s[5] == 'w')
		return read_week(year, (struct slice){ word.s + 6, word.n - 6 }, out);
	if (word.n != 7 || !read_count((struct slice){ word.s + 5, 2 }, 2, &month) || month < 1 ||
	        month > 12)
		return false;
	*out = period_of(day_of(year, month, 1), EVERY_MONTH);
	return true;
}

/* One end of A..B: a day, or a period of which that end counts. */
static bool
read_end(struct slice word, int today, struct days *out)
{
	if (read_day(word, today, &out->from)) {
		out->to = out->from;
		return true;
	}
	return read_named_period(word, today, out) || read_calendar(word, out);
}

static bool
read_span(struct slice from, struct slice to, int today, struct days *out)
{
	struct days first = { DAY_MIN, DAY_MIN }, last = { DAY_MAX, DAY_MAX };

	if (from.n == 0 && to.n == 0)
		return false;
	if ((from.n && !read_end(from, today, &first)) || (to.n && !read_end(to, today, &last)))
		return false;
	*out = (struct days){ first.from, last.to };
	return out->from <= out->to;
}

bool
day_word(const char *word, int today, int *out)
{
	return read_day(slice_of(word), today, out);
}

bool
period_word(const char *word, int today, struct days *out)
{
	const char *dots = strstr(word, "..");

	if (dots)
		return read_span((struct slice){ word, (size_t)(dots - word) }, slice_of(dots + 2),
		        today, out);
	if (!read_end(slice_of(word), today, out))
		return false;
	if (word[0] == '-')
		out->to = today;
	return true;
}
