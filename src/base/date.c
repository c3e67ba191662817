#include <string.h>

#include "base/date.h"

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/*
 * Years that begin in March put the leap day last, and months of 31 and 30 days
 * then follow the line (153 m + 2) / 5; eras of 400 years have 146097 days.
 */
int
day_of(int year, int month, int day)
{
	int y = year - (month <= 2), era = y / 400, of_era = y - 400 * era;
	int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return 146097 * era + 365 * of_era + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
day_parts(int day, int *year, int *month, int *dom)
{
	int z = day + 719468, era = z / 146097, of_era = z - 146097 * era;
	int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;

	*dom = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + 400 * era + (*month <= 2);
}

int
weekday(int day)
{
	return (day % 7 + 10) % 7 + 1; /* 1970-01-01 was a Thursday */
}

/* A week belongs to the year that its Thursday lies in. */
void
iso_week(int day, int *year, int *week)
{
	int thursday = day - weekday(day) + 4, month, dom;

	day_parts(thursday, year, &month, &dom);
	*week = (thursday - day_of(*year, 1, 1)) / 7 + 1;
}

int
months_after(int day, int months)
{
	int year, month, dom, count, last;

	day_parts(day, &year, &month, &dom);
	count = 12 * year + month - 1 + months;
	year = count / 12;
	month = count % 12 + 1;
	last = days_in_month(year, month);
	return day_of(year, month, dom < last ? dom : last);
}

static char *
two_digits(char *p, int x)
{
	p[0] = (char)('0' + x / 10);
	p[1] = (char)('0' + x % 10);
	return p + 2;
}

static char *
four_digits(char *p, int x)
{
	return two_digits(two_digits(p, x / 100), x % 100);
}

size_t
day_write(char *buf, int day)
{
	int year, month, dom;

	day_parts(day, &year, &month, &dom);
	buf = four_digits(buf, year);
	*buf++ = '-';
	buf = two_digits(buf, month);
	*buf++ = '-';
	two_digits(buf, dom);
	return 10;
}

size_t
when_write(char *buf, struct when when)
{
	size_t n = day_write(buf, when.day);

	if (when.minute == NO_TIME)
		return n;
	buf[n] = 'T';
	two_digits(buf + n + 1, when.minute / 60);
	buf[n + 3] = ':';
	two_digits(buf + n + 4, when.minute % 60);
	return n + 6;
}

struct days
period_of(int day, enum every every)
{
	int year, month, dom;

	day_parts(day, &year, &month, &dom);
	switch (every) {
	case EVERY_WEEK:
		day -= weekday(day) - 1;
		return (struct days){ day, day + 6 };
	case EVERY_MONTH:
		day -= dom - 1;
		return (struct days){ day, day + days_in_month(year, month) - 1 };
	case EVERY_YEAR:
		return (struct days){ day_of(year, 1, 1), day_of(year, 12, 31) };
	case EVERY_DAY:
	case EVERY_NONE:
		break;
	}
	return (struct days){ day, day };
}

size_t
period_write(char *buf, int day, enum every every)
{
	int year, week;

	switch (every) {
	case EVERY_WEEK:
		iso_week(day, &year, &week);
		buf = four_digits(buf, year);
		memcpy(buf, "-W", 2);
		two_digits(buf + 2, week);
		return 8;
	case EVERY_MONTH:
		return day_write(buf, day) - 3;
	case EVERY_YEAR:
		return day_write(buf, day) - 6;
	case EVERY_DAY:
	case EVERY_NONE:
		break;
	}
	return day_write(buf, day);
}
