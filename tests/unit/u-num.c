/* Numbers as text: what is read and what is refused, what is written, and the nearest word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* The next of a fixed sequence of random words (splitmix64). */
static uint64_t
draw(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void
test_read(void **state)
{
	static const char *const good[] = { "0", "7", " 5 ", "5\t", "-7", "+7", "00020", "3.0",
		".5", "-.5", "0.1", "2.675", "1e3", "5e+03", "5E-03", "1.5e2", "123456789012345",
		"0.123456789012345", "0.000000000123456", "1.0000000000000000000000", "1e-22",
		"0e400", "9.99999999999999e14", "0.1000000000000000000000000", "4.35", "1e14" };

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		double x = -1;

		if (num_read(slice_of(good[i]), false, &x) != NUM_OK || x != strtod(good[i], NULL))
			fail_msg("%s: %.17g", good[i], x);
	}
}

static void
test_read_zero(void **state)
{
	double x;

	(void)state;
	assert_int_equal(num_read(SLICE("-0.0"), false, &x), NUM_OK);
	assert_true(x == 0 && !signbit(x));
}

static void
test_read_comma(void **state)
{
	double x;

	(void)state;
	assert_int_equal(num_read(SLICE("12,5"), true, &x), NUM_OK);
	assert_true(x == 12.5);
	assert_int_equal(num_read(SLICE("12.5"), true, &x), NUM_OK);
	assert_true(x == 12.5);
	assert_int_equal(num_read(SLICE("1.250,5"), true, &x), NUM_COMMA);
	assert_int_equal(num_read(SLICE("1,250,5"), true, &x), NUM_POINTS);
}

static const struct {
	const char *text;
	enum num_error error;
} bad[] = {
	{ "", NUM_EMPTY },
	{ " ", NUM_EMPTY },
	{ "x", NUM_NOT },
	{ "-", NUM_NOT },
	{ ".", NUM_NOT },
	{ "e5", NUM_NOT },
	{ "--5", NUM_NOT },
	{ "~5", NUM_NOT },
	{ "<1", NUM_NOT },
	{ "n/a", NUM_NOT },
	{ "VII", NUM_NOT },
	{ "1e400", NUM_NOT },
	{ "1e-400", NUM_NOT },
	{ "1e99999999999999999999", NUM_NOT },
	{ "12,5", NUM_COMMA },
	{ "12,5 kg", NUM_COMMA },
	{ "1,250.5", NUM_COMMA },
	{ "1.250,5", NUM_COMMA },
	{ "1.250.5", NUM_POINTS },
	{ "0x10", NUM_HEX },
	{ "nan", NUM_NAN },
	{ "NaN(1)", NUM_NAN },
	{ "-inf", NUM_NAN },
	{ "Infinity", NUM_NAN },
	{ "3-4", NUM_RANGE },
	{ "3 - 4", NUM_RANGE },
	{ "3–4", NUM_RANGE },
	{ "#NAME?", NUM_SHEET },
	{ "#DIV/0!", NUM_SHEET },
	{ "=3+7", NUM_SHEET },
	{ "'10", NUM_SHEET },
	{ "3-Oct", NUM_SHEET },
	{ "10. Mrz", NUM_TAIL },
	{ "Oct-26", NUM_SHEET },
	{ "１２", NUM_DIGITS },
	{ "٣", NUM_DIGITS },
	{ "½", NUM_DIGITS },
	{ "2½", NUM_DIGITS },
	{ "5²", NUM_DIGITS },
	{ "1234567890123456", NUM_DIGITS },
	{ "0.1234567890123456", NUM_DIGITS },
	{ "1e15", NUM_DIGITS },
	{ "99999999999999999999999999", NUM_DIGITS },
	{ "5.", NUM_TAIL },
	{ "7?", NUM_TAIL },
	{ "2 (left)", NUM_TAIL },
	{ "20kg", NUM_TAIL },
	{ "3x10", NUM_TAIL },
	{ "8/10", NUM_TAIL },
	{ " 5 kg", NUM_TAIL },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		double x = 77;
		const enum num_error error = num_read(slice_of(bad[i].text), false, &x);

		if (error != bad[i].error)
			fail_msg("'%s': %d, not %d", bad[i].text, (int)error, (int)bad[i].error);
		assert_true(x == 77);
	}
}

static const char *
written(double x)
{
	static char text[NUM_TEXT];

	text[num_write(text, x)] = '\0';
	return text;
}

static const char *
figure(double x, int most)
{
	static char text[NUM_TEXT];

	text[figure_write(text, x, most)] = '\0';
	return text;
}

static void
test_write(void **state)
{
	static const struct {
		double x;
		const char *text;
	} cases[] = { { 0, "0" }, { -0.0, "0" }, { 7, "7" }, { -7, "-7" }, { 0.5, "0.5" },
		{ 11.34, "11.34" }, { 0.1, "0.1" }, { -0.001, "-0.001" }, { 2.675, "2.675" },
		{ 0.1 + 0.2, "0.3" }, { 1e14, "100000000000000" },
		{ 999999999999999, "999999999999999" }, { 0.0001, "0.0001" }, { 1e-7, "0.0000001" },
		{ 1.0 / 3, "0.333333333333333" }, { 0.123456789012345, "0.123456789012345" },
		{ 123456789.012345, "123456789.012345" }, { UNKNOWN, "" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(written(cases[i].x), cases[i].text);
}

static void
test_figure(void **state)
{
	static const struct {
		double x;
		int most;
		const char *text;
	} cases[] = { { 6.1 - 4.1, 12, "2" }, { 1.0 / 3, 12, "0.333333333333" },
		{ 2.0 / 3, 10, "0.6666666667" }, { 1e-13, 12, "0" }, { -1e-13, 12, "0" },
		{ 0.5, 0, "0" }, { 1.5, 0, "2" }, { 2.5, 0, "2" }, { 3.5, 0, "4" },
		{ 0.05, 1, "0.1" }, { 0.25, 1, "0.2" }, { 1234.5678, 2, "1234.57" },
		{ 99.999, 2, "100" }, { 123456789012.3456, 12, "123456789012.346" }, { 0, 2, "0" },
		{ UNKNOWN, 12, "" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(figure(cases[i].x, cases[i].most), cases[i].text);
}

/* What printf() and strtod() say: the same value, correctly rounded, and never shorter. */
static void
test_against_libc(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		const double scale = (double[]){ 1, 10, 1e3, 1e6, 1e8, 1e9 }[i % 6];
		const double x =
		        (double)(draw(&seed) >> 11) / (double)(1ull << 53) * 1000 / scale + 1e-7;
		char fixed[64];
		double back, exact;

		assert_int_equal(num_read(slice_of(written(x)), false, &back), NUM_OK);
		snprintf(fixed, sizeof fixed, "%.14e", x);
		assert_true(back == strtod(fixed, NULL));
		snprintf(fixed, sizeof fixed, "%.6f", x);
		assert_int_equal(num_read(slice_of(figure(x, 6)), false, &back), NUM_OK);
		exact = strtod(fixed, NULL);
		assert_true(back == exact);
		assert_true(figure_round(x, 6) == exact && figure_round(-x, 6) == -exact);
	}
}

/* X as %.DIGITSg has it, and what strtod() makes of that. */
static void
assert_digits(double x, int digits)
{
	char expected[64], text[NUM_TEXT];
	double rounded = x;

	snprintf(expected, sizeof expected, "%.*g", digits, x);
	text[digits_write(text, x, digits)] = '\0';
	assert_string_equal(text, expected);
	if (digits_round(&rounded, digits))
		assert_true(rounded == strtod(expected, NULL));
	else
		assert_true(rounded == x);
}

static void
test_digits(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		const int digits = (int[]){ 1, 10, 13, 15 }[i % 4];
		const double x = ldexp((double)draw(&seed), (int)(draw(&seed) % 80) - 100);
		assert_digits(x, digits);
		assert_digits(-x, digits);
		/* Few digits, and beside a power of ten: the ties and the carries. */
		assert_digits((double)(draw(&seed) % 100000) / 32, digits);
		const double power = pow(10, (double)(i % 20) - 6);
		assert_digits(power, digits);
		assert_digits(nextafter(power, 0), digits);
		assert_digits(nextafter(power, 1e30), digits);
	}
	assert_digits(0, 13);
	assert_digits(-0.0, 10);
}

/* Figures that are read come back as they were rounded. */
static void
test_round(void **state)
{
	uint64_t seed = 3;
	double back;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		const int most = (int[]){ 0, 1, 10, 12 }[i % 4];
		const double x = ldexp((double)draw(&seed), (int)(draw(&seed) % 70) - 90) *
		        (i % 8 < 4 ? 1 : -1);
		if (fabs(x) >= 1e14)
			continue;
		assert_int_equal(num_read(slice_of(figure(x, most)), false, &back), NUM_OK);
		assert_true(figure_round(x, most) == back);
		assert_true(signbit(figure_round(x, most)) == signbit(back));
	}
	assert_false(signbit(figure_round(-1e-13, 12)) || signbit(figure_round(-0.0, 12)));
	assert_false(known(figure_round(UNKNOWN, 12)));
}

/* Every decimal of few digits comes back as it was. */
static void
test_round_trip(void **state)
{
	(void)state;
	for (int m = -20000; m <= 20000; m++)
		for (int decimals = 0; decimals <= 5; decimals++) {
			const double power = (double[]){ 1, 10, 100, 1e3, 1e4, 1e5 }[decimals];
			char text[32], *end;
			double x;

			end = text + snprintf(text, sizeof text, "%.*f", decimals, m / power);
			assert_int_equal(num_read(slice_of(text), false, &x), NUM_OK);
			assert_true(x == m / power);
			if (decimals > 0)
				while (end[-1] == '0')
					*--end = '\0';
			if (decimals > 0 && end[-1] == '.')
				*--end = '\0';
			assert_string_equal(written(x), m == 0 ? "0" : text);
			assert_string_equal(figure(x, 12), m == 0 ? "0" : text);
		}
}

static void
test_nearest(void **state)
{
	static const char *const names[] = { "pain_before", "pain_after", "rpe", "sets", "seconds",
		"side", "sit-to-stand", NULL };
	static const struct {
		const char *word, *name;
	} cases[] = { { "pain_aftr", "pain_after" }, { "pain_atfer", "pain_after" },
		{ "PAIN_AFTER", "pain_after" }, { "set", "sets" }, { "rep", "rpe" },
		{ "sit-to-satnd", "sit-to-stand" }, { "pain", "pain_before" }, { "sec", "seconds" },
		{ "bicycle", NULL }, { "x", NULL }, { "", NULL },
		{ "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		        NULL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *name = nearest(slice_of(cases[i].word), names);

		if (cases[i].name == NULL)
			assert_null(name);
		else if (name == NULL)
			fail_msg("%s", cases[i].word);
		else
			assert_string_equal(name, cases[i].name);
	}
}

static void
test_distance(void **state)
{
	(void)state;
	assert_int_equal(word_distance(SLICE("kitten"), SLICE("sitting"), 9), 3);
	assert_int_equal(word_distance(SLICE("abcd"), SLICE("acbd"), 9), 1);
	assert_int_equal(word_distance(SLICE(""), SLICE("abc"), 9), 3);
	assert_int_equal(word_distance(SLICE("abc"), SLICE("abc"), 9), 0);
	assert_int_equal(word_distance(SLICE("ca"), SLICE("abc"), 9), 3); /* optimal alignment */
	assert_int_equal(word_distance(SLICE("kitten"), SLICE("sitting"), 2), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_zero),
		cmocka_unit_test(test_read_comma),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_figure),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_against_libc),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_distance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
