#include "log/monthname.h"

#include "base/mem.h"

static const char *const months[] = { "january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december" };

/* Words of a date, without commas, full stops and blanks of any width. */
struct words {
	struct slice at[8];
	size_t n;
};

/* The bytes of a separator at S, or 0. */
static size_t
gap(const char *s, size_t n)
{
	if (*s == ' ' || *s == ',' || *s == '.' || *s == '\t')
		return 1;
	if (n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	return n >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

static bool
split(struct slice t, struct words *out)
{
	size_t i = 0, g;

	out->n = 0;
	while (i < t.n) {
		if ((g = gap(t.s + i, t.n - i)) > 0) {
			i += g;
			continue;
		}
		const size_t from = i;
		while (i < t.n && gap(t.s + i, t.n - i) == 0)
			i++;
		if (out->n == LENGTH(out->at))
			return false;
		out->at[out->n++] = (struct slice){ t.s + from, i - from };
	}
	return out->n >= 3;
}

static bool
read_digits(struct slice t, size_t most, int *out)
{
	*out = 0;
	if (t.n == 0 || t.n > most)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
		*out = 10 * *out + (t.s[i] - '0');
	}
	return true;
}

/* A month's English name or its first letters, three at least. */
static int
month_of(struct slice t)
{
	if (slice_eq_nocase(t, "sept"))
		return 9;
	for (size_t m = 0; m < LENGTH(months); m++) {
		size_t i = 0;
		while (i < t.n && (t.s[i] | 0x20) == months[m][i])
			i++;
		if (i == t.n && i >= 3)
			return (int)m + 1;
	}
	return 0;
}

/* 8:00 or 08:00:30, and AM or PM behind it. */
static bool
read_time(const struct words *w, size_t at, int *minute)
{
	struct slice rest = w->at[at], piece;
	int part[3] = { 0, 0, 0 };
	size_t n = 0;

	while (slice_split(&rest, ':', &piece))
		if (n == 3 || !read_digits(piece, 2, &part[n++]))
			return false;
	if (n < 2 || part[1] > 59 || part[2] > 59)
		return false;
	if (at + 1 < w->n) {
		const bool pm = slice_eq_nocase(w->at[at + 1], "pm");
		if ((!pm && !slice_eq_nocase(w->at[at + 1], "am")) || part[0] < 1 || part[0] > 12)
			return false;
		part[0] = part[0] % 12 + (pm ? 12 : 0);
	}
	*minute = 60 * part[0] + part[1];
	return part[0] <= 23 && at + 2 >= w->n;
}

bool
monthname_read(struct slice text, struct when *out)
{
	struct words w;
	int day, month, year;

	if (!split(text, &w))
		return false;
	month = month_of(w.at[1]);
	if (!month && (month = month_of(w.at[0])) != 0)
		w.at[0] = w.at[1];
	if (!month || !read_digits(w.at[0], 2, &day) || !read_digits(w.at[2], 4, &year))
		return false;
	if (year < YEAR_MIN || year > YEAR_MAX || day < 1 || day > days_in_month(year, month))
		return false;
	out->day = day_of(year, month, day);
	out->minute = NO_TIME;
	return w.n == 3 || read_time(&w, 3, &out->minute);
}
