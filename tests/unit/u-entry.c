#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "log/freetext.h"
#include "log/monthname.h"
#include "log/number.h"
#include "log/patient.h"
#include "log/void.h"

static void
numbers_and_their_units(void **state)
{
	static const struct {
		enum column column;
		const char *text;
		enum number_got got;
		double x;
	} cases[] = {
		{ COL_LOAD_KG, "25 lb", NUMBER_OK, 11.34 },
		{ COL_LOAD_KG, "20kg", NUMBER_OK, 20 },
		{ COL_LOAD_KG, "44lbs", NUMBER_OK, 19.96 },
		{ COL_LOAD_KG, "kg", NUMBER_BAD, 0 },
		{ COL_LOAD_KG, "1000.5", NUMBER_BAD, 0 },
		{ COL_SECONDS, "1:30", NUMBER_OK, 90 },
		{ COL_SECONDS, "01:30:00", NUMBER_OK, 5400 },
		{ COL_SECONDS, "1:75", NUMBER_BAD, 0 },
		{ COL_SECONDS, "1:3", NUMBER_BAD, 0 },
		{ COL_SECONDS, "2 min", NUMBER_OK, 120 },
		{ COL_PAIN_AFTER, "8/10", NUMBER_AS, 8 },
		{ COL_PAIN_AFTER, "8/20", NUMBER_BAD, 0 },
		{ COL_PAIN_AFTER, "11", NUMBER_BAD, 0 },
		{ COL_PAIN_AFTER, "-0", NUMBER_OK, 0 },
		{ COL_REPS, "3.0", NUMBER_AS, 3 },
		{ COL_REPS, "3.5", NUMBER_BAD, 0 },
		{ COL_REPS, "00020", NUMBER_AS, 20 },
		{ COL_REPS, "10000", NUMBER_BAD, 0 },
		{ COL_SETTLE_MIN, "1 h", NUMBER_OK, 60 },
	};
	struct str why = STR_INIT;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		double x = UNKNOWN;
		const enum number_got got = number_read(
		        slice_of(cases[i].text), number_spec(cases[i].column), false, 1, &x, &why);
		print_message("%s\n", cases[i].text);
		assert_int_equal(got, cases[i].got);
		if (got != NUMBER_BAD)
			assert_true(x == cases[i].x);
	}
	str_free(&why);
}

static void
english_dates_of_apps(void **state)
{
	static const struct {
		const char *text;
		int year, month, day, minute;
	} cases[] = {
		{ "22 Dec 2025, 08:00", 2025, 12, 22, 480 },
		{ "Dec 22, 2025, 8:00 AM", 2025, 12, 22, 480 },
		{ "Dec 22, 2025, 12:05\xe2\x80\xaf"
		  "AM",
		        2025, 12, 22, 5 },
		{ "Dec 22, 2025, 12:05 PM", 2025, 12, 22, 725 },
		{ "1 Sept. 2026, 07:30", 2026, 9, 1, 450 },
		{ "1 September 2026", 2026, 9, 1, NO_TIME },
		{ "16 Juni 2026, 08:00", 0, 0, 0, 0 },
		{ "20 giu 2026, 14:13", 0, 0, 0, 0 },
		{ "31 Feb 2026", 0, 0, 0, 0 },
		{ "22 Dec 2025, 25:00", 0, 0, 0, 0 },
		{ "22 Dec 2025, 13:00 PM", 0, 0, 0, 0 },
		{ "", 0, 0, 0, 0 },
	};
	struct when when;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		print_message("%s\n", cases[i].text);
		assert_int_equal(
		        monthname_read(slice_of(cases[i].text), &when), cases[i].year != 0);
		if (cases[i].year == 0)
			continue;
		assert_int_equal(when.day, day_of(cases[i].year, cases[i].month, cases[i].day));
		assert_int_equal(when.minute, cases[i].minute);
	}
}

static void
ids_of_patients(void **state)
{
	static const char *const good[] = { "P1", "0012", "\xc3\x84rztin-7", "a.b_c-d", "7" };
	static const char *const bad[] = { "", "a b", "../x", "-x", ".x", "P1\xe2\x80\x8b", "a\nb",
		"=1", "#NAME?", "a,b" };
	char longest[PATIENT_BYTES + 2];

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++)
		assert_null(patient_wrong(slice_of(good[i])));
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_non_null(patient_wrong(slice_of(bad[i])));
	memset(longest, 'x', sizeof longest);
	assert_null(patient_wrong((struct slice){ longest, PATIENT_BYTES }));
	assert_non_null(patient_wrong((struct slice){ longest, PATIENT_BYTES + 1 }));
}

static void
text_is_one_line(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a\nb", "a / b" },
		{ "a\r\n\r\nb\n", "a / b" },
		{ "\n", "" },
		{ " a ", " a " },
		{ "\xc2\xa0x", "\xc2\xa0x" },
		{ "a\rb", NULL },
		{ "\x1b[0m", NULL },
		{ "\xc2\x9b"
		  "31m",
		        NULL },
		{ "#NAME?", NULL },
		{ "####", NULL },
		{ "#1", "#1" },
	};
	struct str buf = STR_INIT;
	struct slice out;
	const char *why;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const enum text_got got = text_read(slice_of(cases[i].text), &buf, &out, &why);
		assert_int_equal(got == TEXT_BAD, cases[i].want == NULL);
		if (cases[i].want)
			assert_true(slice_eq(out, cases[i].want));
	}
	str_free(&buf);
}

static void
voids_take_back_the_newest(void **state)
{
	struct entry a = ENTRY_INIT, b, v, w;
	const struct entry *rows[] = { &a, &b, &v, &w };
	bool gone[4];

	(void)state;
	a.date.day = 20000;
	a.item = SLICE("bridge");
	a.reps = 8;
	b = v = a;
	v.kind = KIND_VOID;
	w = v;
	void_resolve(rows, 3, gone);
	assert_false(gone[0]);
	assert_true(gone[1] && gone[2]);
	void_resolve(rows, 4, gone);
	assert_true(gone[0] && gone[1] && gone[2] && gone[3]);
	v.reps = 9;
	assert_false(void_agrees(&v, &a));
	v.reps = UNKNOWN;
	assert_true(void_agrees(&v, &a));
	assert_false(void_agrees(&v, &w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_their_units),
		cmocka_unit_test(english_dates_of_apps),
		cmocka_unit_test(ids_of_patients),
		cmocka_unit_test(text_is_one_line),
		cmocka_unit_test(voids_take_back_the_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
