/* The dose shorthand: what it says, and what is refused with a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "log/dose.h"

#define NO UNKNOWN

static const struct {
	const char *text;
	double sets, reps, load_kg, seconds;
	enum side side;
} good[] = {
	{ "3x10", 3, 10, NO, NO, SIDE_NONE },
	{ " 3 x 10 ", 3, 10, NO, NO, SIDE_NONE },
	{ "3X10", 3, 10, NO, NO, SIDE_NONE },
	{ "3×10", 3, 10, NO, NO, SIDE_NONE },
	{ "3 * 10", 3, 10, NO, NO, SIDE_NONE },
	{ "3\u00a0×\u00a010", 3, 10, NO, NO, SIDE_NONE },
	{ "3 sets x 10 reps", 3, 10, NO, NO, SIDE_NONE },
	{ "3x10@20kg", 3, 10, 20, NO, SIDE_NONE },
	{ "3x10 @ 20 kg", 3, 10, 20, NO, SIDE_NONE },
	{ "3x10@2.5KG", 3, 10, 2.5, NO, SIDE_NONE },
	{ "3x10@44lb", 3, 10, 19.96, NO, SIDE_NONE },
	{ "3x10x20kg", 3, 10, 20, NO, SIDE_NONE },
	{ "3x30s", 3, NO, NO, 30, SIDE_NONE },
	{ "3 x 30 sec", 3, NO, NO, 30, SIDE_NONE },
	{ "3x1:30", 3, NO, NO, 90, SIDE_NONE },
	{ "3x2min", 3, NO, NO, 120, SIDE_NONE },
	{ "1x01:30:00", 1, NO, NO, 5400, SIDE_NONE },
	{ "20min", 1, NO, NO, 1200, SIDE_NONE },
	{ "30 s/side", 1, NO, NO, 30, SIDE_BOTH },
	{ "20 min@5kg", 1, NO, 5, 1200, SIDE_NONE },
	{ "2x10x5s", 2, 10, NO, 5, SIDE_NONE },
	{ "2x30s@5kg", 2, NO, 5, 30, SIDE_NONE },
	{ "2x30s x 5kg", 2, NO, 5, 30, SIDE_NONE },
	{ "2x10x5s@5kg/leg", 2, 10, 5, 5, SIDE_BOTH },
	{ "2x12/side", 2, 12, NO, NO, SIDE_BOTH },
	{ "2x12 / side", 2, 12, NO, NO, SIDE_BOTH },
	{ "2x12 each side", 2, 12, NO, NO, SIDE_BOTH },
	{ "2x12/Side@5kg", 2, 12, 5, NO, SIDE_BOTH },
	{ "2x12@5kg/side", 2, 12, 5, NO, SIDE_BOTH },
	{ "2x30s/side", 2, NO, NO, 30, SIDE_BOTH },
};

static bool
same(double a, double b)
{
	return known(a) ? a == b : !known(b);
}

static void
test_good(void **state)
{
	struct str why = STR_INIT;
	struct dose d;

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		if (!dose_read(slice_of(good[i].text), false, NULL, &d, &why))
			fail_msg("%s: %s", good[i].text, str_text(&why));
		if (!same(good[i].sets, d.sets) || !same(good[i].reps, d.reps) ||
		        !same(good[i].load_kg, d.load_kg) || !same(good[i].seconds, d.seconds) ||
		        d.side != good[i].side)
			fail_msg("%s", good[i].text);
	}
	str_free(&why);
}

static const struct {
	const char *text, *why;
} bad[] = {
	{ "", "'' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "10", "'10' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "3x", "'3x' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "3xx10", "'3xx10' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "x10", "'x10' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "3x10x5x5", "'3x10x5x5' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "3xmax", "'3xmax' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "3x10-12", "'10-12' is a range: write one number" },
	{ "2-3x10", "'2-3' is a range: write one number" },
	{ "3x10x5", "'5' could be seconds or a load: write it as in 2x10x5s or 2x10@5kg" },
	{ "3x10@7", "'7' has no unit: write the load as in 3x10@20kg" },
	{ "3x10@", "'' behind @ is no load: write it as in 3x10@20kg" },
	{ "3x10@RPE", "'RPE' is not a number" },
	{ "3x10x5kg@5kg", "'5kg' is a second load" },
	{ "3x10.5", "'10.5' is not a whole number" },
	{ "3x20m", "'20m' could be minutes or metres: write 20min" },
	{ "20m", "'20m' could be minutes or metres: write 20min" },
	{ "1:30", "'1:30' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "10 reps", "'10 reps' is no dose: write 3x10, 3x10@20kg, 3x30s, 20min or 2x12/side" },
	{ "90000s", "'90000s' is not between 0 and 86400" },
	{ "3x-5", "'-5' is not between 0 and 9999" },
	{ "3x1:75", "'1:75' is no time: write minutes:seconds as in 1:30, or seconds" },
	{ "3x10 slowly", "'10 slowly' has text behind the number: put it in the note" },
	{ "3x10@5,5kg", "'5,5kg' has a decimal comma: write a point, as in 12.5" },
};

static void
test_bad(void **state)
{
	struct str why = STR_INIT;
	struct dose d;

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		if (dose_read(slice_of(bad[i].text), false, NULL, &d, &why))
			fail_msg("accepted: %s", bad[i].text);
		assert_string_equal(str_text(&why), bad[i].why);
	}
	str_free(&why);
}

static void
test_style(void **state)
{
	struct str why = STR_INIT;
	struct dose d;

	(void)state;
	assert_true(dose_read(SLICE("3x10@5,5kg"), true, NULL, &d, &why));
	assert_true(d.load_kg == 5.5);
	assert_true(dose_read(SLICE("3x10@44"), false, "lb", &d, &why));
	assert_true(d.load_kg == 19.96);
	assert_true(dose_read(SLICE("3x10@44"), false, "kg", &d, &why));
	assert_true(d.load_kg == 44);
	assert_true(dose_read(SLICE("3x10@20kg"), false, "lb", &d, &why));
	assert_true(d.load_kg == 20);
	str_free(&why);
}

static void
test_merge(void **state)
{
	struct entry e = ENTRY_INIT;
	const struct dose dose = { 3, 10, 20, UNKNOWN, SIDE_BOTH };
	const struct dose other = { 3, 12, 20, UNKNOWN, SIDE_BOTH };

	(void)state;
	e.sets = 3;
	e.seconds = 5;
	assert_true(dose_merge(&dose, &e));
	assert_true(e.sets == 3 && e.reps == 10 && e.load_kg == 20 && e.seconds == 5);
	assert_int_equal(e.side, SIDE_BOTH);
	assert_true(dose_merge(&dose, &e));
	assert_false(dose_merge(&other, &e));
	assert_true(e.reps == 10);
	e.side = SIDE_LEFT;
	assert_false(dose_merge(&dose, &e));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_style),
		cmocka_unit_test(test_merge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
