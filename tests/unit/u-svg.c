#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/num.h"
#include "reports/svg.h"

static struct chart
two_stretches(void)
{
	struct chart c = { .title = "P <1>",
		.desc = "a & b",
		.from = 0,
		.to = 100,
		.symptom = "Pain",
		.baseline = 6,
		.target = 4 };

	dailies_add(&c.values, 0, 6);
	dailies_add(&c.values, 10, 5);
	dailies_add(&c.values, 50, 3); /* 40 days without a value in front */
	dailies_add(&c.values, 55, 2);
	return c;
}

static size_t
count(const char *s, const char *part)
{
	size_t n = 0;

	while ((s = strstr(s, part))) {
		n++;
		s += strlen(part);
	}
	return n;
}

static void
gaps_are_not_bridged(void **state)
{
	struct chart c = two_stretches();
	struct str t = STR_INIT;
	const char *course;

	(void)state;
	svg_chart(&t, &c, 1);
	course = strstr(str_text(&t), "class=\"course\" d=\"M");
	assert_non_null(course);
	*strchr(course + 20, '>') = '\0';
	assert_int_equal(count(course, "M"), 2);
	assert_int_equal(count(course, "L"), 2);
	str_free(&t);
	chart_empty(&c);
}

static void
texts_are_escaped(void **state)
{
	struct chart c = two_stretches();
	struct str t = STR_INIT;

	(void)state;
	svg_chart(&t, &c, 7);
	assert_non_null(strstr(str_text(&t), "<title id=\"t7\">P &lt;1&gt;</title>"));
	assert_non_null(strstr(str_text(&t), "<desc id=\"d7\">a &amp; b</desc>"));
	str_free(&t);
	chart_empty(&c);
}

/* 6 on a scale that always goes from 0 to 10: 26 + 150 x 0.4 */
static void
the_scale_is_fixed(void **state)
{
	struct chart c = two_stretches();
	struct str t = STR_INIT;

	(void)state;
	svg_chart(&t, &c, 1);
	assert_non_null(strstr(str_text(&t), "M34 86L"));
	str_free(&t);
	chart_empty(&c);
}

static void
sparks_have_gaps(void **state)
{
	const double v[] = { 0, 10, UNKNOWN, 5 };
	struct str t = STR_INIT;

	(void)state;
	svg_spark(&t, v, 4, 10, "pain");
	assert_non_null(strstr(str_text(&t), "d=\"M2 22h.1L34 2M98 12h.1\""));
	str_free(&t);
}

static void
scales_end_on_round_numbers(void **state)
{
	(void)state;
	assert_true(svg_ceiling(0) == 1);
	assert_true(svg_ceiling(10) == 10);
	assert_true(svg_ceiling(10.5) == 20);
	assert_true(svg_ceiling(21) == 25);
	assert_true(svg_ceiling(60) == 100);
	assert_true(svg_ceiling(0.3) == 0.5);
}

static void
weeks_begin_on_monday(void **state)
{
	struct chart c = two_stretches(); /* day 0 is a Thursday */
	struct chart_parts parts = chart_parts_of(&c);

	(void)state;
	assert_int_equal(parts.every, EVERY_WEEK);
	assert_int_equal(parts.n, 15);
	assert_int_equal(parts.at[0].days.from, -3);
	assert_true(parts.at[0].mean == 6);
	assert_true(!known(parts.at[3].mean));
	assert_int_equal(parts.at[14].days.from, 95);
	free(parts.at);
	chart_empty(&c);
}

/* 53 weeks are weeks, 54 are months, and 54 months are years. */
static void
long_courses_have_longer_parts(void **state)
{
	static const struct {
		int days;
		enum every every;
		size_t n;
	} course[] = { { 53 * 7, EVERY_WEEK, 53 }, { 53 * 7 + 1, EVERY_MONTH, 13 },
		{ 1613, EVERY_MONTH, 53 }, { 1614, EVERY_YEAR, 5 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(course); i++) {
		/* from Monday 2024-01-01 on */
		struct chart c = { .from = 19723, .to = 19723 + course[i].days - 1 };
		struct chart_parts parts = chart_parts_of(&c);

		assert_int_equal(parts.every, course[i].every);
		assert_int_equal(parts.n, course[i].n);
		free(parts.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_are_not_bridged),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(the_scale_is_fixed),
		cmocka_unit_test(sparks_have_gaps),
		cmocka_unit_test(scales_end_on_round_numbers),
		cmocka_unit_test(weeks_begin_on_monday),
		cmocka_unit_test(long_courses_have_longer_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
