/* UTF-8 and characters, whatever the locale is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Every character there is: encoded, valid, decoded; cut short it is not valid. */
static void
test_round_trip(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char bytes[4];
		const size_t n = utf8_encode(bytes, c);
		uint32_t back;

		if (c >= 0xd800 && c < 0xe000) {
			assert_int_equal(utf8_valid_length(bytes, n), 0);
			continue;
		}
		assert_int_equal(utf8_valid_length(bytes, n), n);
		assert_int_equal(utf8_decode(bytes, n, &back), n);
		assert_int_equal(back, c);
		for (size_t cut = 1; cut < n; cut++)
			assert_int_equal(utf8_valid_length(bytes, cut), 0);
	}
}

static void
test_invalid(void **state)
{
	static const char *const invalid[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf",
		"\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3(",
		"\xe2\x82(", "\xf0\x9f\x98(" };

	(void)state;
	for (size_t i = 0; i < LENGTH(invalid); i++)
		for (size_t before = 0; before < 20; before++) {
			char text[32];

			memset(text, 'a', before);
			strcpy(text + before, invalid[i]);
			assert_int_equal(utf8_valid_length(text, strlen(text)), before);
		}
}

static void
test_letters(void **state)
{
	static const uint32_t letters[] = { 'a', 'Z', '0', 0xe9, 0xdf, 0x3b1, 0x416, 0x5d0, 0x627,
		0x905, 0x93f, 0x4e2d, 0xac00, 0x301, 0x1e9e, 0x660 };
	static const uint32_t others[] = { ' ', '-', '_', '.', '$', 0x7f, 0x85, 0xa0, 0xad, 0xd7,
		0x200b, 0x200d, 0x202e, 0x2013, 0x2028, 0x3000, 0xfeff, 0xfe0f, 0x1f600, 0xe0041 };

	(void)state;
	for (size_t i = 0; i < LENGTH(letters); i++)
		if (!char_is_letter(letters[i]))
			fail_msg("no letter: %x", letters[i]);
	for (size_t i = 0; i < LENGTH(others); i++)
		if (char_is_letter(others[i]))
			fail_msg("a letter: %x", others[i]);
}

static void
test_kinds(void **state)
{
	(void)state;
	assert_true(char_is_control(0) && char_is_control(0x1f) && char_is_control(0x7f));
	assert_true(char_is_control(0x80) && char_is_control(0x9f));
	assert_false(char_is_control(' ') || char_is_control(0xa0));
	assert_true(char_is_invisible(0xad) && char_is_invisible(0x200b));
	assert_true(char_is_invisible(0xfeff) && char_is_invisible(0xe0041));
	assert_false(char_is_invisible(' ') || char_is_invisible('a'));
	assert_true(char_is_bidi(0x202e) && char_is_bidi(0x2066));
	assert_false(char_is_bidi(0x5d0) || char_is_bidi(0x2013));
	assert_int_equal(char_script('P'), 1);
	assert_int_equal(char_script(0xe9), 1);
	assert_int_equal(char_script(0x3a1), 2);
	assert_int_equal(char_script(0x420), 3);
	assert_int_equal(char_script('0'), 0);
	assert_int_equal(char_script(0x4e2d), 0);
}

static void
test_width(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = { { "", 0 }, { "abc", 3 }, { "größe", 5 }, { "gro\u0308ße", 5 },
		{ "\u75db\u307f", 4 }, { "\uff21", 2 }, { "\U0001F600", 2 }, { "a\u200bb", 2 },
		{ "\u2026", 1 }, { "\u2588\u2581", 2 }, { "\u0e17\u0e35\u0e48", 1 },
		{ "a\xff"
		  "b",
		        3 },
		{ "\x1b", 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		if (text_width(cases[i].text, strlen(cases[i].text)) != cases[i].width)
			fail_msg("%s: %zu", cases[i].text,
			        text_width(cases[i].text, strlen(cases[i].text)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
