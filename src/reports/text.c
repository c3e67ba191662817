#include "reports/text.h"

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"

static void
skip_blanks(struct slice *rest)
{
	while (rest->n && *rest->s == ' ') {
		rest->s++;
		rest->n--;
	}
}

static size_t
word_bytes(struct slice rest)
{
	size_t n = 0;

	while (n < rest.n && rest.s[n] != ' ')
		n++;
	return n;
}

bool
text_line(struct slice *rest, size_t width, struct slice *line)
{
	size_t used = 0;

	skip_blanks(rest);
	*line = (struct slice){ rest->s, 0 };
	while (rest->n) {
		size_t n = word_bytes(*rest), wide = text_width(rest->s, n);

		if (used && used + 1 + wide > width)
			break;
		used += wide + (used > 0);
		line->n = (size_t)(rest->s + n - line->s);
		rest->s += n;
		rest->n -= n;
		skip_blanks(rest);
	}
	return line->n > 0;
}

size_t
text_word_width(const char *s)
{
	struct slice rest = slice_of(s), line;
	size_t most = 0;

	while (text_line(&rest, 1, &line)) {
		size_t wide = text_width(line.s, line.n);

		if (wide > most)
			most = wide;
	}
	return most;
}

void
text_wrap(struct str *out, const char *s, size_t width, const char *first, const char *next)
{
	struct slice rest = slice_of(s), line;
	const char *lead = first;
	size_t indent = text_width(first, strlen(first));

	while (text_line(&rest, width > indent ? width - indent : 1, &line)) {
		str_puts(out, lead);
		str_add(out, line.s, line.n);
		str_putc(out, '\n');
		lead = next;
		indent = text_width(next, strlen(next));
	}
}

void
text_repeat(struct str *out, const char *sign, size_t n)
{
	while (n--)
		str_puts(out, sign);
}

void
text_pad(struct str *out, struct slice s, size_t width, bool right)
{
	size_t wide = text_width(s.s, s.n);
	size_t blanks = width > wide ? width - wide : 0;

	if (right)
		text_repeat(out, " ", blanks);
	str_add(out, s.s, s.n);
	if (!right)
		text_repeat(out, " ", blanks);
}

bool
text_locale_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof *(names); i++) {
		const char *value = getenv(names[i]);
		const char *codeset;

		if (!value || !*value)
			continue;
		codeset = strchr(value, '.');
		return codeset &&
		        (strncasecmp(codeset, ".utf-8", 6) == 0 ||
		                strncasecmp(codeset, ".utf8", 5) == 0);
	}
	return false;
}
