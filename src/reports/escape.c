#include "reports/escape.h"

#include <ctype.h>

#include "base/mem.h"
#include "base/utf8.h"

/* U+FFFE and U+FFFF are UTF-8 but no XML. */
static bool
is_noncharacter(const char *s, size_t n)
{
	return n >= 3 && (unsigned char)s[0] == 0xef && (unsigned char)s[1] == 0xbf &&
	        (unsigned char)s[2] >= 0xbe;
}

static void
make_visible(struct str *out, const char *s, size_t n)
{
	size_t i, from = 0;

	for (i = 0; i + 2 < n; i++) {
		if (!is_noncharacter(s + i, n - i))
			continue;
		str_add_visible(out, s + from, i - from);
		str_puts(out, (unsigned char)s[i + 2] == 0xbe ? "\\ufffe" : "\\uffff");
		from = i + 3;
		i += 2;
	}
	str_add_visible(out, s + from, n - from);
}

static void
add_html(struct str *out, char c)
{
	switch (c) {
	case '&':
		str_puts(out, "&amp;");
		break;
	case '<':
		str_puts(out, "&lt;");
		break;
	case '>':
		str_puts(out, "&gt;");
		break;
	case '"':
		str_puts(out, "&quot;");
		break;
	case '\'':
		str_puts(out, "&#39;");
		break;
	default:
		str_putc(out, c);
	}
}

void
escape_html(struct str *out, const char *s, size_t n)
{
	struct str seen = STR_INIT;

	make_visible(&seen, s, n);
	for (size_t i = 0; i < seen.n; i++) {
		if (seen.s[i] == '"' || seen.s[i] == '\'')
			str_putc(out, seen.s[i]); /* harmless between tags, and easier to read */
		else
			add_html(out, seen.s[i]);
	}
	str_free(&seen);
}

void
escape_attribute(struct str *out, const char *s, size_t n)
{
	struct str seen = STR_INIT;

	make_visible(&seen, s, n);
	for (size_t i = 0; i < seen.n; i++)
		add_html(out, seen.s[i]);
	str_free(&seen);
}

/* A list, a heading or a rule only begins a line; "1." and "1)" after digits only. */
static bool
begins_block(const struct str *t, size_t i)
{
	size_t digits = 0;

	if (t->s[i] == '.' || t->s[i] == ')') {
		while (digits < i && isdigit((unsigned char)t->s[digits]))
			digits++;
		return digits == i && i > 0;
	}
	return i == 0 && strchr("+-=", t->s[i]) != NULL;
}

/* Addresses that a reader would make a link of by itself. */
static bool
begins_link(const struct str *t, size_t i)
{
	if (t->s[i] == ':')
		return i + 2 < t->n && t->s[i + 1] == '/' && t->s[i + 2] == '/';
	if (t->s[i] == '.')
		return i >= 3 && strncmp(t->s + i - 3, "www", 3) == 0;
	return t->s[i] == '@';
}

void
escape_markdown(struct str *out, const char *s, size_t n)
{
	struct str seen = STR_INIT;

	make_visible(&seen, s, n);
	for (size_t i = 0; i < seen.n; i++) {
		if (strchr("\\`*_{}[]<>|#&~!$", seen.s[i]) || begins_block(&seen, i) ||
		        begins_link(&seen, i))
			str_putc(out, '\\');
		str_putc(out, seen.s[i]);
	}
	str_free(&seen);
}

static const struct {
	const char *sign, *ascii;
} typewriter[] = {
	{ "\u2013", "-" },
	{ "\u2014", "-" },
	{ "\u2011", "-" },
	{ "\u2212", "-" },
	{ "\u2018", "'" },
	{ "\u2019", "'" },
	{ "\u201c", "\"" },
	{ "\u201d", "\"" },
	{ "\u2026", "..." },
	{ "\u2022", "*" },
	{ "\u00b7", "." },
	{ "\u2192", "->" },
	{ "\u2264", "<=" },
	{ "\u2265", ">=" },
	{ "\u00d7", "x" },
	{ "\u00a0", " " },
	{ "\u202f", " " },
};

/* The bytes of a sign at S that were replaced, or 0. */
static size_t
add_typewriter(struct str *out, const char *s, size_t n)
{
	for (size_t k = 0; k < LENGTH(typewriter); k++) {
		size_t length = strlen(typewriter[k].sign);

		if (length <= n && memcmp(s, typewriter[k].sign, length) == 0) {
			str_puts(out, typewriter[k].ascii);
			return length;
		}
	}
	return 0;
}

void
escape_terminal(struct str *out, const char *s, size_t n, bool ascii)
{
	struct str seen = STR_INIT;

	make_visible(&seen, s, n);
	for (size_t i = 0; i < seen.n;) {
		size_t used = ascii ? add_typewriter(out, seen.s + i, seen.n - i) : 0;

		if (used == 0)
			str_putc(out, seen.s[i++]);
		i += used;
	}
	str_free(&seen);
}
