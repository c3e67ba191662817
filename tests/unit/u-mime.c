#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reports/mime.h"

static void
only_plain_addresses(void **state)
{
	static const char *const bad[] = { "", "a@", "@b", "a@b@c", "a b@c", "a@b\nBcc: x@y",
		"a@b\r\n", "-oQ/tmp@b", "<a@b>", "a@b,", "a@b,,c@d", "a@b;c@d", "\"x\"@b" };
	static const char *const good[] = { "a@b", "root", "first.last+x@sub.example.org",
		"a@b, c@d" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof *(bad); i++)
		assert_false(mime_address_good(bad[i]));
	for (size_t i = 0; i < sizeof(good) / sizeof *(good); i++)
		assert_true(mime_address_good(good[i]));
}

static void
quoted(const char *in, const char *want)
{
	struct str t = STR_INIT;

	mime_quoted(&t, slice_of(in));
	assert_string_equal(str_text(&t), want);
	str_free(&t);
}

static void
bodies_survive_mail(void **state)
{
	(void)state;
	quoted("a = b\n", "a =3D b\n");
	quoted("blank \n", "blank=20\n");
	quoted("ü", "=C3=BC");
	quoted(".\nFrom x\n", "=2E\n=46rom x\n");
}

static void
lines_are_short(void **state)
{
	struct str t = STR_INIT, in = STR_INIT;
	size_t from = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		str_puts(&in, i % 3 ? "." : "ä ");
	mime_quoted(&t, (struct slice){ in.s, in.n });
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] != '\n')
			continue;
		assert_true(i - from <= 76);
		assert_true(t.s[i + 1] != '.');
		from = i + 1;
	}
	str_free(&in);
	str_free(&t);
}

static void
subjects_are_one_header(void **state)
{
	struct str t = STR_INIT;

	(void)state;
	mime_header(&t, "Subject", "weekly\nBcc: x@y");
	assert_string_equal(str_text(&t), "Subject: weekly\\x0aBcc: x@y\n");
	str_reset(&t);
	mime_header(&t, "Subject", "Woche für Woche");
	assert_string_equal(str_text(&t), "Subject: =?UTF-8?B?V29jaGUgZsO8ciBXb2NoZQ==?=\n");
	str_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_plain_addresses),
		cmocka_unit_test(bodies_survive_mail),
		cmocka_unit_test(lines_are_short),
		cmocka_unit_test(subjects_are_one_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
