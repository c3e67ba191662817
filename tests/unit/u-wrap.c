#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/num.h"
#include "reports/out.h"
#include "reports/spark.h"
#include "reports/text.h"

static void
wraps(const char *in, size_t width, const char *want)
{
	struct str t = STR_INIT;

	text_wrap(&t, in, width, "* ", "  ");
	assert_string_equal(str_text(&t), want);
	str_free(&t);
}

static void
words_are_never_cut(void **state)
{
	(void)state;
	wraps("one two three", 9, "* one two\n  three\n");
	wraps("extraordinarily long", 8, "* extraordinarily\n  long\n");
	wraps("", 8, "");
	wraps("  a   b ", 20, "* a   b\n");
}

static void
columns_count_not_bytes(void **state)
{
	(void)state;
	wraps("Μαρία Μαρία", 13, "* Μαρία Μαρία\n"); /* 11 columns, 21 bytes */
	wraps("日本 日本", 8, "* 日本\n  日本\n");   /* two columns each */
	wraps("e\u0301e\u0301 x", 6, "* e\u0301e\u0301 x\n");
}

static void
tables_fit(void **state)
{
	static const struct grid_column column[] = {
		{ "Who", ALIGN_LEFT, true, false },
		{ "What", ALIGN_LEFT, false, true },
		{ "N", ALIGN_POINT, false, false },
	};
	struct grid *g = grid_new(NULL, column, 3);
	struct out out = { .format = &out_text, .lang = "en", .width = 24, .ascii = true };

	(void)state;
	grid_add(g, "日本");
	grid_add(g, "seven short words in this cell");
	grid_add(g, "10.25");
	grid_add(g, "P1");
	grid_add(g, "");
	grid_add(g, "3");
	out_table(&out, g);
	assert_string_equal(str_text(&out.text),
	        "Who   What             N\n"
	        "----  -----------  -----\n"
	        "日本  seven short  10.25\n"
	        "      words in\n"
	        "      this cell\n"
	        "P1                  3\n\n");
	str_free(&out.text);
	grid_free(g);
}

static void
wide_tables_are_split_and_keep_their_keys(void **state)
{
	static const struct grid_column column[] = {
		{ "who", ALIGN_LEFT, true, false },
		{ "first", ALIGN_POINT, false, false },
		{ "second", ALIGN_POINT, false, false },
	};
	struct grid *g = grid_new(NULL, column, 3);
	struct out out = { .format = &out_text, .lang = "en", .width = 14, .ascii = true };

	(void)state;
	grid_add(g, "P1");
	grid_add(g, "1");
	grid_add(g, "2");
	out_table(&out, g);
	assert_string_equal(str_text(&out.text),
	        "who  first\n---  -----\nP1       1\n\n"
	        "who  second\n---  ------\nP1        2\n\n");
	str_free(&out.text);
	grid_free(g);
}

static void
sparks_show_gaps_and_no_zero(void **state)
{
	const double v[] = { 0, 5, UNKNOWN, 10 };
	struct str t = STR_INIT;

	(void)state;
	spark_text(&t, v, 4, 10, false);
	assert_string_equal(str_text(&t), "▁▅·█");
	str_reset(&t);
	spark_text(&t, v, 4, 10, true);
	assert_string_equal(str_text(&t), "05.X");
	str_reset(&t);
	spark_bar(&t, UNKNOWN, 10, 10, true);
	assert_string_equal(str_text(&t), "");
	spark_bar(&t, 3, 10, 10, true);
	assert_string_equal(str_text(&t), "###");
	str_free(&t);
}

static void
the_locale_decides(void **state)
{
	(void)state;
	unsetenv("LC_ALL");
	unsetenv("LC_CTYPE");
	setenv("LANG", "de_DE.UTF-8", 1);
	assert_true(text_locale_utf8());
	setenv("LC_CTYPE", "C.utf8", 1);
	assert_true(text_locale_utf8());
	setenv("LC_ALL", "C", 1);
	assert_false(text_locale_utf8());
	setenv("LC_ALL", "", 1);
	assert_true(text_locale_utf8());
	setenv("LC_CTYPE", "de_DE.ISO-8859-1", 1);
	assert_false(text_locale_utf8());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_never_cut),
		cmocka_unit_test(columns_count_not_bytes),
		cmocka_unit_test(tables_fit),
		cmocka_unit_test(wide_tables_are_split_and_keep_their_keys),
		cmocka_unit_test(sparks_show_gaps_and_no_zero),
		cmocka_unit_test(the_locale_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
