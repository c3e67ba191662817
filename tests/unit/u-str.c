/* Slices and growing text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"

static void
test_compare(void **state)
{
	(void)state;
	assert_true(slice_eq(SLICE("abc"), "abc"));
	assert_false(slice_eq(SLICE("abc"), "abcd"));
	assert_true(slice_eq(SLICE(""), ""));
	assert_true(slice_eq((struct slice){ NULL, 0 }, ""));
	assert_true(slice_eq_nocase(SLICE("AbC"), "aBc"));
	assert_false(slice_eq_nocase(SLICE("ab"), "abc"));
	assert_true(slice_cmp(SLICE("a"), SLICE("b")) < 0);
	assert_true(slice_cmp(SLICE("a"), SLICE("ab")) < 0);
	assert_true(slice_cmp(SLICE("B"), SLICE("a")) < 0);
	assert_true(slice_cmp(SLICE("\xff"), SLICE("a")) > 0);
	assert_int_equal(slice_cmp(SLICE("a"), SLICE("a")), 0);
	assert_int_equal(slice_cmp((struct slice){ NULL, 0 }, SLICE("")), 0);
}

static void
test_trim(void **state)
{
	static const struct {
		const char *text, *trimmed;
	} cases[] = { { "", "" }, { " ", "" }, { "\t \t", "" }, { " a b ", "a b" },
		{ "\u00a0a\u202f", "a" }, { " \u00a0\u202f\ta", "a" }, { "\u00a0", "" },
		{ "é", "é" }, { "\xa0", "\xa0" }, { "à", "à" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_true(slice_eq(slice_trim(slice_of(cases[i].text)), cases[i].trimmed));
}

static void
test_split(void **state)
{
	struct slice rest = SLICE("a, b ,,c,"), piece;
	static const char *const pieces[] = { "a", "b", "", "c", "" };

	(void)state;
	for (size_t i = 0; i < LENGTH(pieces); i++) {
		assert_true(slice_split(&rest, ',', &piece));
		assert_true(slice_eq(piece, pieces[i]));
	}
	assert_false(slice_split(&rest, ',', &piece));
	rest = slice_of("");
	assert_true(slice_split(&rest, ',', &piece));
	assert_int_equal(piece.n, 0);
	assert_false(slice_split(&rest, ',', &piece));
}

static void
test_grow(void **state)
{
	struct str t = STR_INIT;

	(void)state;
	assert_string_equal(str_text(&t), "");
	for (int i = 0; i < 1000; i++)
		str_addf(&t, "%d,", i % 10);
	assert_int_equal(t.n, 2000);
	assert_int_equal(t.s[t.n], '\0');
	str_reset(&t);
	assert_string_equal(str_text(&t), "");
	str_add(&t, "a\0b", 3);
	assert_int_equal(t.n, 3);
	str_addf(&t, "%s", "");
	str_putc(&t, 'c');
	assert_memory_equal(str_text(&t), "a\0bc", 5);
	str_free(&t);
	assert_string_equal(str_text(&t), "");
}

static void
test_visible(void **state)
{
	static const struct {
		const char *raw, *shown;
	} cases[] = { { "plain größe 痛", "plain größe 痛" }, { "\x1b[31m", "\\x1b[31m" },
		{ "a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd" }, { "\x7f", "\\x7f" },
		{ "\xc2\x9b", "\\u009b" }, { "\u202etxet", "\\u202etxet" }, { "\u2066", "\\u2066" },
		{ "\x9b"
		  "31m",
		        "\\x9b31m" },
		{ "\xc3", "\\xc3" },
		{ "a\xff\xfe"
		  "b",
		        "a\\xff\\xfeb" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, { "\U0001F600", "\U0001F600" },
		{ "\\x1b", "\\x1b" } };
	struct str t = STR_INIT;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		str_reset(&t);
		str_add_visible(&t, cases[i].raw, strlen(cases[i].raw));
		assert_string_equal(str_text(&t), cases[i].shown);
	}
	str_reset(&t);
	str_add_visible(&t, "a\0b", 3);
	assert_string_equal(str_text(&t), "a\\x00b");
	str_free(&t);
}

static void
test_caret(void **state)
{
	struct str t = STR_INIT;

	(void)state;
	str_add_caret(&t, "痛 > 5", 6);
	assert_string_equal(str_text(&t), "  痛 > 5\n       ^");
	str_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_caret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
