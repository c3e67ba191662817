#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reports/escape.h"

typedef void escape(struct str *out, const char *s, size_t n);

static void
gives(escape *f, const char *in, const char *want)
{
	struct str t = STR_INIT;

	f(&t, in, strlen(in));
	assert_string_equal(str_text(&t), want);
	str_free(&t);
}

static void
html_text_cannot_become_markup(void **state)
{
	(void)state;
	gives(escape_html, "<script>alert(1)</script> & more",
	        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
	gives(escape_html, "it's \"so\"", "it's \"so\"");
	gives(escape_html, "]]> &amp;", "]]&gt; &amp;amp;");
}

static void
attributes_cannot_end_early(void **state)
{
	(void)state;
	gives(escape_attribute, "\" onload=\"x' <", "&quot; onload=&quot;x&#39; &lt;");
}

static void
markdown_stays_text(void **state)
{
	(void)state;
	gives(escape_markdown, "a|b", "a\\|b");
	gives(escape_markdown, "# no heading", "\\# no heading");
	gives(escape_markdown, "- no list", "\\- no list");
	gives(escape_markdown, "12. no list", "12\\. no list");
	gives(escape_markdown, "version 1.2 - fine", "version 1.2 - fine");
	gives(escape_markdown, "[x](http://h.example)", "\\[x\\](http\\://h.example)");
	gives(escape_markdown, "www.h.example", "www\\.h.example");
	gives(escape_markdown, "<b>*P_07*</b>", "\\<b\\>\\*P\\_07\\*\\</b\\>");
}

static void
controls_are_visible_everywhere(void **state)
{
	(void)state;
	gives(escape_html, "a\x1b[31mb", "a\\x1b[31mb");
	gives(escape_attribute, "a\nb", "a\\x0ab");
	gives(escape_markdown, "a\x07", "a\\\\x07");
	gives(escape_html, "a\u202eb", "a\\u202eb");
}

static void
what_is_no_xml_is_visible(void **state)
{
	(void)state;
	gives(escape_html, "a\uffffb\ufffe", "a\\uffffb\\ufffe");
}

static void
ascii_changes_signs_and_no_letters(void **state)
{
	struct str t = STR_INIT;
	const char *in = "Μαρία – “≥ 2”…";

	(void)state;
	escape_terminal(&t, in, strlen(in), true);
	assert_string_equal(str_text(&t), "Μαρία - \">= 2\"...");
	str_reset(&t);
	escape_terminal(&t, in, strlen(in), false);
	assert_string_equal(str_text(&t), in);
	str_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_text_cannot_become_markup),
		cmocka_unit_test(attributes_cannot_end_early),
		cmocka_unit_test(markdown_stays_text),
		cmocka_unit_test(controls_are_visible_everywhere),
		cmocka_unit_test(what_is_no_xml_is_visible),
		cmocka_unit_test(ascii_changes_signs_and_no_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
