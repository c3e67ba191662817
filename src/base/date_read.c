/*
 * Dates as text.  Nearly all of a log is YYYY-MM-DD or YYYY-MM-DDTHH:MM and
 * leaves by read_iso(); the rest is taken apart with care, because a date that
 * was guessed wrong moves a patient's history.
 */
#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

#define SERIAL_EPOCH 25569 /* 1970-01-01 as a day number of spreadsheets */

static const char *const month_names[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

static unsigned
digit(char c)
{
	return (unsigned)(unsigned char)c - '0';
}

static int
pair(const char *s)
{
	return (int)(10 * digit(s[0]) + digit(s[1]));
}

static bool
all_digits(const char *s, size_t n)
{
	unsigned bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= digit(s[i]) > 9;
	return bad == 0;
}

static bool
is_day(int year, int month, int dom)
{
	return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && dom >= 1 &&
	        (dom <= 28 || dom <= days_in_month(year, month));
}

/*
 * Eight bytes at once against a shape in which 0 stands for a digit.  What differs from the shape
 * is at most 9 in a digit and 0 elsewhere, so that adding ROOM to it reaches no byte's highest bit.
 */
static inline bool
fits(const char *s, const char *shape, const char *room)
{
	const uint64_t high = 0x8080808080808080u;
	uint64_t bytes, expected, add;

	memcpy(&bytes, s, 8);
	memcpy(&expected, shape, 8);
	memcpy(&add, room, 8);
	bytes ^= expected;
	return (((bytes & ~high) + add) & high) == 0 && (bytes & high) == 0;
}

/* The log's own form: YYYY-MM-DD, YYYY-MM-DDTHH:MM. */
static bool
read_iso(const char *s, size_t n, struct when *out)
{
	int year, month, dom, hour, minute;

	if ((n != 10 && n != 16) || !fits(s, "0000-00-", "vvvv\x7fvv\x7f") ||
	        !fits(s + 2, "00-00-00", "vv\x7fvv\x7fvv"))
		return false;
	year = 100 * pair(s) + pair(s + 2);
	month = pair(s + 5);
	dom = pair(s + 8);
	if (!is_day(year, month, dom))
		return false;
	out->day = day_of(year, month, dom);
	out->minute = NO_TIME;
	if (n == 10)
		return true;
	hour = pair(s + 11);
	minute = pair(s + 14);
	if (!fits(s + 8, "00T00:00", "vv\x7fvv\x7fvv") || hour > 23 || minute > 59)
		return false;
	out->minute = 60 * hour + minute;
	return true;
}

/* What is still to be read. */
struct cursor {
	const char *s, *end;
};

static bool
take(struct cursor *c, char wanted)
{
	if (c->s == c->end || *c->s != wanted)
		return false;
	c->s++;
	return true;
}

static size_t
skip_blanks(struct cursor *c)
{
	struct slice rest = slice_trim((struct slice){ c->s, (size_t)(c->end - c->s) });
	size_t skipped = (size_t)(rest.s - c->s);

	c->s = rest.s;
	return skipped;
}

/* Up to MOST digits; 0 without any. */
static int
take_number(struct cursor *c, int most, int *out)
{
	int n = 0;

	*out = 0;
	for (; n < most && c->s < c->end && is_digit(*c->s); n++)
		*out = 10 * *out + (int)digit(*c->s++);
	return c->s < c->end && is_digit(*c->s) ? 0 : n;
}

/* A date as three numbers with the digits that each had. */
struct parts {
	int number[3], digits[3];
	char sign; /* between them */
};

static bool
take_parts(struct cursor *c, struct parts *out)
{
	for (int i = 0; i < 3; i++) {
		out->digits[i] = take_number(c, 4, &out->number[i]);
		if (out->digits[i] == 0)
			return false;
		if (i == 0)
			out->sign = c->s < c->end ? *c->s : '\0';
		if (i < 2 && (!strchr("-./", out->sign) || !take(c, out->sign)))
			return false;
	}
	return true;
}

enum day_error { DAY_GOOD, DAY_SHAPE, DAY_ORDER, DAY_YEAR, DAY_MONTH, DAY_DOM };

struct civil {
	int year, month, dom;
};

static enum day_error
check_civil(const struct civil *c)
{
	if (c->year < YEAR_MIN || c->year > YEAR_MAX)
		return DAY_YEAR;
	if (c->month < 1 || c->month > 12)
		return DAY_MONTH;
	if (c->dom < 1 || c->dom > days_in_month(c->year, c->month))
		return DAY_DOM;
	return DAY_GOOD;
}

/* Day and month in front of the year: known only when the order was said. */
static enum day_error
year_last(const struct parts *p, enum date_order order, struct civil *out)
{
	int day_at = order == DATE_MDY ? 1 : 0;

	if (p->digits[0] > 2 || p->digits[1] > 2 || (p->digits[2] != 4 && p->digits[2] != 2))
		return DAY_SHAPE;
	if (order != DATE_DMY && order != DATE_MDY)
		return DAY_ORDER;
	out->year = p->number[2] + (p->digits[2] == 2 ? 2000 : 0);
	out->month = p->number[1 - day_at];
	out->dom = p->number[day_at];
	return check_civil(out);
}

static enum day_error
civil_of(const struct parts *p, enum date_order order, struct civil *out)
{
	if (p->digits[0] != 4)
		return year_last(p, order, out);
	if (p->digits[1] > 2 || p->digits[2] > 2)
		return DAY_SHAPE;
	*out = (struct civil){ p->number[0], p->number[1], p->number[2] };
	return check_civil(out);
}

/* Nothing, or a time of the day up to the end of the text. */
static bool
take_time(struct cursor *c, int *out)
{
	int hour, minute, second = 0;

	*out = NO_TIME;
	if (c->s == c->end)
		return true;
	if (skip_blanks(c) == 0 && !take(c, 'T'))
		return false;
	if (take_number(c, 2, &hour) == 0 || !take(c, ':') || take_number(c, 2, &minute) != 2)
		return false;
	if (take(c, ':') && take_number(c, 2, &second) != 2)
		return false;
	*out = 60 * hour + minute;
	return c->s == c->end && hour < 24 && minute < 60 && second <= 60;
}

/* No such month, but the two numbers would do the other way round. */
static void
say_month(struct str *why, int month, int dom, bool day_first)
{
	str_addf(why, ": there is no month %02d", month);
	if (month < 1 || month > 31 || dom < 1 || dom > 12)
		return;
	str_addf(why, "; is the day %s in all dates? then give ptlog --date-format %s",
	        day_first ? "in the middle" : "in front", day_first ? "mdy" : "dmy");
}

static void
say_civil(struct str *why, enum day_error error, const struct civil *c, enum date_order order)
{
	switch (error) {
	case DAY_YEAR:
		str_addf(why, ": year %04d is outside %d-%d%s", c->year, YEAR_MIN, YEAR_MAX,
		        c->year < 100 ? " (two-digit year?)" : "");
		break;
	case DAY_MONTH:
		say_month(why, c->month, order == DATE_YMD ? 0 : c->dom, order == DATE_DMY);
		break;
	case DAY_DOM:
		if (c->dom == 0)
			str_puts(why, ": there is no day 00");
		else if (c->month == 2 && c->dom == 29)
			str_addf(why, ": %d is not a leap year; February has 28 days", c->year);
		else
			str_addf(why, ": %s has %d days", month_names[c->month - 1],
			        days_in_month(c->year, c->month));
		break;
	default:
		str_puts(why, " is not YYYY-MM-DD");
	}
}

static void
say_order(struct str *why, const struct parts *p)
{
	int a = p->number[0], b = p->number[1];

	if (a >= 1 && b >= 1 && a <= 12 && b <= 12 && a != b)
		str_addf(why,
		        " could be %d %s or %d %s; write YYYY-MM-DD, or give ptlog --date-format "
		        "dmy "
		        "or mdy",
		        a, month_names[b - 1], b, month_names[a - 1]);
	else if (b > 12 && (p->sign == '.' || a > 12)) /* full stops divide day, month and year */
		say_month(why, b, a, true);
	else
		str_addf(why, " is not YYYY-MM-DD; give ptlog --date-format %s",
		        p->sign == '.' || a > 12 ? "dmy"
		                : b > 12         ? "mdy"
		                                 : "dmy or mdy");
}

/* A dash of typography where a hyphen-minus belongs: its code point, or 0. */
static unsigned
typographic_dash(struct slice text)
{
	static const struct {
		const char *utf8;
		unsigned code;
	} dash[] = { { "\xe2\x80\x90", 0x2010 }, { "\xe2\x80\x91", 0x2011 },
		{ "\xe2\x80\x92", 0x2012 }, { "\xe2\x80\x93", 0x2013 }, { "\xe2\x80\x94", 0x2014 },
		{ "\xe2\x88\x92", 0x2212 } };

	for (size_t i = 0; i < LENGTH(dash); i++)
		if (memmem(text.s, text.n, dash[i].utf8, 3))
			return dash[i].code;
	return 0;
}

/* Spreadsheets count days: 20000 is in 1954, 80000 in 2119. */
static bool
say_serial(struct str *why, struct slice text)
{
	struct cursor c = { text.s, text.s + text.n };
	char date[DATE_TEXT];
	int serial;

	if (take_number(&c, 5, &serial) != 5 || serial < 20000 || serial > 80000)
		return false;
	if (c.s < c.end && (!take(&c, '.') || !all_digits(c.s, (size_t)(c.end - c.s))))
		return false;
	str_addf(why,
	        " looks like a spreadsheet's day number (%.*s); format the column as YYYY-MM-DD "
	        "and "
	        "export again",
	        (int)day_write(date, serial - SERIAL_EPOCH), date);
	return true;
}

static void
say_shape(struct str *why, struct slice text)
{
	unsigned dash = typographic_dash(text);

	if (text.n == 0)
		str_puts(why, " is not a date; write YYYY-MM-DD");
	else if (dash)
		str_addf(why, " has the dash U+%04X where '-' belongs", dash);
	else if (!say_serial(why, text))
		str_puts(why, " is not YYYY-MM-DD");
}

/* Everything that is not the plain form. */
static bool
read_other(struct slice text, enum date_order order, struct when *out, struct str *why)
{
	struct cursor c = { text.s, text.s + text.n };
	struct parts parts = { { 0 }, { 0 }, '\0' };
	struct civil civil = { 0, 0, 0 };
	enum day_error error = DAY_SHAPE;

	if (take_parts(&c, &parts))
		error = civil_of(&parts, order, &civil);
	if (error == DAY_GOOD && take_time(&c, &out->minute)) {
		out->day = day_of(civil.year, civil.month, civil.dom);
		return true;
	}
	if (why == NULL)
		return false;
	str_add_quoted(why, text);
	if (error == DAY_GOOD)
		str_puts(why, ": the time behind the date is not HH:MM");
	else if (error == DAY_ORDER)
		say_order(why, &parts);
	else if (error == DAY_SHAPE)
		say_shape(why, text);
	else
		say_civil(why, error, &civil, parts.digits[0] == 4 ? DATE_YMD : order);
	return false;
}

bool
date_read(struct slice text, enum date_order order, struct when *out, struct str *why)
{
	return read_iso(text.s, text.n, out) || read_other(slice_trim(text), order, out, why);
}
