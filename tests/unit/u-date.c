/* Civil dates: the calendar, dates as text, and the words of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"

/* Every day of the years that are read, against the C library's own calendar. */
static void
test_calendar(void **state)
{
	(void)state;
	for (int day = DAY_MIN; day <= DAY_MAX; day++) {
		const time_t seconds = (time_t)day * 86400;
		struct tm tm;
		int year, month, dom, week_year, week;
		char text[DATE_TEXT], expected[32];

		gmtime_r(&seconds, &tm);
		day_parts(day, &year, &month, &dom);
		assert_int_equal(year, tm.tm_year + 1900);
		assert_int_equal(month, tm.tm_mon + 1);
		assert_int_equal(dom, tm.tm_mday);
		assert_int_equal(day_of(year, month, dom), day);
		assert_int_equal(weekday(day), tm.tm_wday ? tm.tm_wday : 7);
		iso_week(day, &week_year, &week);
		strftime(expected, sizeof expected, "%G-W%V", &tm);
		assert_int_equal(period_write(text, day, EVERY_WEEK), 8);
		assert_memory_equal(text, expected, 8);
		strftime(expected, sizeof expected, "%Y-%m-%d", &tm);
		assert_int_equal(day_write(text, day), 10);
		assert_memory_equal(text, expected, 10);
	}
}

static int
on(const char *text)
{
	struct when when;

	assert_true(date_read(slice_of(text), DATE_YMD, &when, NULL));
	assert_int_equal(when.minute, NO_TIME);
	return when.day;
}

static void
test_months_after(void **state)
{
	static const struct {
		const char *day;
		int months;
		const char *then;
	} cases[] = { { "2026-01-31", 1, "2026-02-28" }, { "2024-01-31", 1, "2024-02-29" },
		{ "2026-01-31", -1, "2025-12-31" }, { "2026-03-31", -1, "2026-02-28" },
		{ "2026-11-30", 3, "2027-02-28" }, { "2026-05-15", -5, "2025-12-15" },
		{ "2026-05-15", 0, "2026-05-15" }, { "2026-12-01", 12, "2027-12-01" },
		{ "2024-02-29", 12, "2025-02-28" }, { "2026-01-01", -24, "2024-01-01" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(
		        months_after(on(cases[i].day), cases[i].months), on(cases[i].then));
}

/* --- dates as text --- */

static const struct {
	const char *text;
	enum date_order order;
	const char *reads;
} good[] = {
	{ "2026-11-23", DATE_YMD, "2026-11-23" },
	{ "2000-02-29", DATE_YMD, "2000-02-29" },
	{ "1900-01-01", DATE_YMD, "1900-01-01" },
	{ "2199-12-31", DATE_YMD, "2199-12-31" },
	{ "2026-11-23T10:30", DATE_YMD, "2026-11-23T10:30" },
	{ "2026-11-23T00:00", DATE_YMD, "2026-11-23T00:00" },
	{ "2026-11-23 10:30", DATE_YMD, "2026-11-23T10:30" },
	{ "2026-11-23T10:30:59", DATE_YMD, "2026-11-23T10:30" },
	{ "2026-11-23 10:30:59", DATE_YMD, "2026-11-23T10:30" },
	{ " 2026-11-23 ", DATE_YMD, "2026-11-23" },
	{ "\u00a02026-11-23\u202f", DATE_YMD, "2026-11-23" },
	{ "2026/11/23", DATE_YMD, "2026-11-23" },
	{ "2026.11.3", DATE_YMD, "2026-11-03" },
	{ "2026-11-23", DATE_DMY, "2026-11-23" },
	{ "05/01/2026", DATE_DMY, "2026-01-05" },
	{ "05/01/2026", DATE_MDY, "2026-05-01" },
	{ "5.1.2026", DATE_DMY, "2026-01-05" },
	{ "5-1-2026 7:05", DATE_DMY, "2026-01-05T07:05" },
	{ "5/1/26", DATE_MDY, "2026-05-01" },
	{ "05.01.26", DATE_DMY, "2026-01-05" },
};

static void
test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		struct str why = STR_INIT;
		struct when when;
		char text[DATE_TEXT];

		if (!date_read(slice_of(good[i].text), good[i].order, &when, &why))
			fail_msg("%s", str_text(&why));
		assert_null(why.s); /* what is right allocates nothing */
		text[when_write(text, when)] = '\0';
		assert_string_equal(text, good[i].reads);
	}
}

#define NOT " is not YYYY-MM-DD"
#define NO_TIME_BEHIND ": the time behind the date is not HH:MM"

static const struct {
	const char *text;
	enum date_order order;
	const char *why;
} bad[] = {
	{ "", DATE_YMD, "'' is not a date; write YYYY-MM-DD" },
	{ "05/01/2026", DATE_YMD,
	        "'05/01/2026' could be 5 January or 1 May; write YYYY-MM-DD, or give ptlog "
	        "--date-format dmy or mdy" },
	{ "05.01.2026", DATE_YMD,
	        "'05.01.2026' could be 5 January or 1 May; write YYYY-MM-DD, or give ptlog "
	        "--date-format dmy or mdy" },
	{ "25.01.2026", DATE_YMD, "'25.01.2026'" NOT "; give ptlog --date-format dmy" },
	{ "01/25/2026", DATE_YMD, "'01/25/2026'" NOT "; give ptlog --date-format mdy" },
	{ "5/1/26", DATE_YMD,
	        "'5/1/26' could be 5 January or 1 May; write YYYY-MM-DD, or give ptlog "
	        "--date-format dmy or mdy" },
	{ "25.01.2026", DATE_MDY,
	        "'25.01.2026': there is no month 25; is the day in front in all dates? "
	        "then give ptlog --date-format dmy" },
	{ "05.13.2026", DATE_YMD,
	        "'05.13.2026': there is no month 13; is the day in the middle in all "
	        "dates? then give ptlog --date-format mdy" },
	{ "05.13.2026", DATE_DMY,
	        "'05.13.2026': there is no month 13; is the day in the middle in all "
	        "dates? then give ptlog --date-format mdy" },
	{ "13/13/2026", DATE_YMD, "'13/13/2026': there is no month 13" },
	{ "05.32.2026", DATE_DMY, "'05.32.2026': there is no month 32" },
	{ "45992", DATE_YMD,
	        "'45992' looks like a spreadsheet's day number (2025-12-01); format the column as "
	        "YYYY-MM-DD and export again" },
	{ "45992.4375", DATE_YMD,
	        "'45992.4375' looks like a spreadsheet's day number (2025-12-01); format the "
	        "column as YYYY-MM-DD and export again" },
	{ "2026-02-29", DATE_YMD, "'2026-02-29': 2026 is not a leap year; February has 28 days" },
	{ "2026-02-30", DATE_YMD, "'2026-02-30': February has 28 days" },
	{ "2024-02-30", DATE_YMD, "'2024-02-30': February has 29 days" },
	{ "1900-02-29", DATE_YMD, "'1900-02-29': 1900 is not a leap year; February has 28 days" },
	{ "2026-04-31", DATE_YMD, "'2026-04-31': April has 30 days" },
	{ "2026-00-10", DATE_YMD, "'2026-00-10': there is no month 00" },
	{ "2026-13-10", DATE_YMD, "'2026-13-10': there is no month 13" },
	{ "2026-01-00", DATE_YMD, "'2026-01-00': there is no day 00" },
	{ "9999-12-31", DATE_YMD, "'9999-12-31': year 9999 is outside 1900-2199" },
	{ "0026-01-05", DATE_YMD,
	        "'0026-01-05': year 0026 is outside 1900-2199 (two-digit year?)" },
	{ "-2026-01-05", DATE_YMD, "'-2026-01-05'" NOT },
	{ "5. Januar 2026", DATE_YMD, "'5. Januar 2026'" NOT },
	{ "2026\xe2\x80\x93"
	  "01\xe2\x80\x93"
	  "05",
	        DATE_YMD, "'2026–01–05' has the dash U+2013 where '-' belongs" },
	{ "today", DATE_YMD, "'today'" NOT },
	{ "99999999999999999999-01-01", DATE_YMD, "'99999999999999999999-01-01'" NOT },
	{ "2026-01-99999999999999999999", DATE_YMD, "'2026-01-99999999999999999999'" NOT },
	{ "2026-01", DATE_YMD, "'2026-01'" NOT },
	{ "2026-01-05T", DATE_YMD, "'2026-01-05T'" NO_TIME_BEHIND },
	{ "2026-01-05T24:00", DATE_YMD, "'2026-01-05T24:00'" NO_TIME_BEHIND },
	{ "2026-01-05T10:60", DATE_YMD, "'2026-01-05T10:60'" NO_TIME_BEHIND },
	{ "2026-01-05T10:30:61", DATE_YMD, "'2026-01-05T10:30:61'" NO_TIME_BEHIND },
	{ "2026-01-05T10:30Z", DATE_YMD, "'2026-01-05T10:30Z'" NO_TIME_BEHIND },
	{ "2026-01-05T10:30+01:00", DATE_YMD, "'2026-01-05T10:30+01:00'" NO_TIME_BEHIND },
	{ "2026-01-05 10:30 PM", DATE_YMD, "'2026-01-05 10:30 PM'" NO_TIME_BEHIND },
	{ "2026-01-05 later", DATE_YMD, "'2026-01-05 later'" NO_TIME_BEHIND },
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct str why = STR_INIT;
		struct when when;

		if (date_read(slice_of(bad[i].text), bad[i].order, &when, &why))
			fail_msg("accepted: %s", bad[i].text);
		assert_string_equal(str_text(&why), bad[i].why);
		assert_false(date_read(slice_of(bad[i].text), bad[i].order, &when, NULL));
		str_free(&why);
	}
}

/* No byte behind the text is looked at, whatever its beginning promises. */
static void
test_cut(void **state)
{
	static const char whole[] = "2026-11-23T10:30:00";

	(void)state;
	for (size_t n = 0; n < sizeof whole; n++) {
		char *exact = xmalloc(n);
		struct when when;

		memcpy(exact, whole, n);
		assert_int_equal(date_read((struct slice){ exact, n }, DATE_YMD, &when, NULL),
		        n == 9 || n == 10 || n == 16 || n == 19);
		free(exact);
	}
}

/* The fast form against the slow one: any one byte changed to any other. */
static void
test_bytes(void **state)
{
	static const char whole[] = "2026-11-23T10:30";

	(void)state;
	for (size_t at = 0; at < 16; at++)
		for (int c = 0; c < 256; c++) {
			const bool digit = c >= '0' && c <= '9';
			struct when when;
			char text[16];

			memcpy(text, whole, 16);
			text[at] = (char)c;
			if (!date_read((struct slice){ text, 16 }, DATE_YMD, &when, NULL))
				continue;
			if (at == 10)
				assert_true(c == 'T' || c == ' ' || c == '\t');
			else if (at == 4 || at == 7)
				assert_int_equal(c, '-');
			else if (at == 13)
				assert_int_equal(c, ':');
			else
				assert_true(digit);
		}
}

/* --- words of options, today being a Tuesday --- */

#define TODAY "2026-11-24"

static void
test_days(void **state)
{
	static const char *const wrong[] = { "", "-", "-d", "-14", "14d", "-14x", "-999999d",
		"-99999d", "now", "2026-11", "2026-02-30", "26-11-23", "2026-11-23T10:30", "-1.5d",
		NULL };
	static const struct {
		const char *word, *day;
	} right[] = { { "today", TODAY }, { "yesterday", "2026-11-23" }, { "-0d", TODAY },
		{ "-14d", "2026-11-10" }, { "-6w", "2026-10-13" }, { "-3m", "2026-08-24" },
		{ "-9m", "2026-02-24" }, { "-12m", "2025-11-24" }, { "2024-02-29", "2024-02-29" } };
	int day;

	(void)state;
	for (size_t i = 0; i < LENGTH(right); i++) {
		assert_true(day_word(right[i].word, on(TODAY), &day));
		assert_int_equal(day, on(right[i].day));
	}
	for (size_t i = 0; wrong[i]; i++)
		if (day_word(wrong[i], on(TODAY), &day))
			fail_msg("accepted: %s", wrong[i]);
	assert_true(day_word("-1m", on("2026-03-31"), &day));
	assert_int_equal(day, on("2026-02-28"));
}

static const struct {
	const char *word, *from, *to;
} periods[] = {
	{ "today", TODAY, TODAY },
	{ "yesterday", "2026-11-23", "2026-11-23" },
	{ "-14d", "2026-11-10", TODAY },
	{ "-6w", "2026-10-13", TODAY },
	{ "this-week", "2026-11-23", "2026-11-29" },
	{ "last-week", "2026-11-16", "2026-11-22" },
	{ "this-month", "2026-11-01", "2026-11-30" },
	{ "last-month", "2026-10-01", "2026-10-31" },
	{ "2026", "2026-01-01", "2026-12-31" },
	{ "2024-02", "2024-02-01", "2024-02-29" },
	{ "2026-11-23", "2026-11-23", "2026-11-23" },
	{ "2026-W47", "2026-11-16", "2026-11-22" },
	{ "2026-w47", "2026-11-16", "2026-11-22" },
	{ "2020-W53", "2020-12-28", "2021-01-03" },
	{ "2021-W01", "2021-01-04", "2021-01-10" },
	{ "2021-W52", "2021-12-27", "2022-01-02" },
	{ "2022-W01", "2022-01-03", "2022-01-09" },
	{ "2024-W01", "2024-01-01", "2024-01-07" },
	{ "2025-W01", "2024-12-30", "2025-01-05" },
	{ "2026-W01", "2025-12-29", "2026-01-04" },
	{ "2026-W53", "2026-12-28", "2027-01-03" },
	{ "2027-W01", "2027-01-04", "2027-01-10" },
	{ "2026-11-01..2026-11-23", "2026-11-01", "2026-11-23" },
	{ "2026-10..2026-11", "2026-10-01", "2026-11-30" },
	{ "2026-W46..2026-W47", "2026-11-09", "2026-11-22" },
	{ "-14d..-7d", "2026-11-10", "2026-11-17" },
	{ "-14d..yesterday", "2026-11-10", "2026-11-23" },
	{ "last-month..today", "2026-10-01", TODAY },
	{ "2026..", "2026-01-01", "2199-12-31" },
	{ "..2026-11", "1900-01-01", "2026-11-30" },
};

static void
test_periods(void **state)
{
	static const char *const wrong[] = { "", "..", "...", "2026-13", "2026-W54", "2026-W00",
		"2025-W53", "2026-1", "2026-W5", "202", "1899", "2200", "week", "2026-12..2026-11",
		"2026-11-23..2026-11-22", "2026..2026..2026", "2026-11-", "next-week", NULL };
	struct days d;

	(void)state;
	for (size_t i = 0; i < LENGTH(periods); i++) {
		if (!period_word(periods[i].word, on(TODAY), &d))
			fail_msg("refused: %s", periods[i].word);
		assert_int_equal(d.from, on(periods[i].from));
		assert_int_equal(d.to, on(periods[i].to));
	}
	for (size_t i = 0; wrong[i]; i++)
		if (period_word(wrong[i], on(TODAY), &d))
			fail_msg("accepted: %s", wrong[i]);
	for (size_t i = 0; period_words[i]; i++)
		assert_true(period_word(period_words[i], on(TODAY), &d));
}

/* The last day of a long month: last-month is the month before, whatever its length. */
static void
test_month_ends(void **state)
{
	struct days d;

	(void)state;
	assert_true(period_word("last-month", on("2026-03-31"), &d));
	assert_int_equal(d.from, on("2026-02-01"));
	assert_int_equal(d.to, on("2026-02-28"));
	assert_true(period_word("last-month", on("2026-01-01"), &d));
	assert_int_equal(d.from, on("2025-12-01"));
	assert_true(period_word("last-week", on("2027-01-04"), &d));
	assert_int_equal(d.from, on("2026-12-28"));
	assert_true(period_word("last-week", on("2027-01-03"), &d));
	assert_int_equal(d.from, on("2026-12-21"));
}

static void
test_period_of(void **state)
{
	static const struct {
		enum every every;
		const char *from, *to, *name;
	} cases[] = { { EVERY_DAY, TODAY, TODAY, TODAY },
		{ EVERY_WEEK, "2026-11-23", "2026-11-29", "2026-W48" },
		{ EVERY_MONTH, "2026-11-01", "2026-11-30", "2026-11" },
		{ EVERY_YEAR, "2026-01-01", "2026-12-31", "2026" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct days d = period_of(on(TODAY), cases[i].every);
		char name[DATE_TEXT];

		assert_int_equal(d.from, on(cases[i].from));
		assert_int_equal(d.to, on(cases[i].to));
		name[period_write(name, on(TODAY), cases[i].every)] = '\0';
		assert_string_equal(name, cases[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_months_after),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_month_ends),
		cmocka_unit_test(test_period_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
