#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#define LINE_SEPARATOR 0x2028 /* some readers break the line here, and some do not */
#define PARAGRAPH_SEPARATOR 0x2029

bool
slice_eq_nocase(struct slice a, const char *s)
{
	return strlen(s) == a.n && (a.n == 0 || strncasecmp(a.s, s, a.n) == 0);
}

int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.s, b.s, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Bytes of the blank that S begins with, or 0. */
static size_t
blank_at(const char *s, size_t n)
{
	if (n >= 1 && (*s == ' ' || *s == '\t'))
		return 1;
	if (n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	if (n >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0)
		return 3;
	return 0;
}

/* Bytes of the blank that ends at S + N, or 0. */
static size_t
blank_before(const char *s, size_t n)
{
	for (size_t k = 1; k <= 3 && k <= n; k++)
		if (blank_at(s + n - k, k) == k)
			return k;
	return 0;
}

struct slice
slice_trim(struct slice a)
{
	size_t k;

	while ((k = blank_at(a.s, a.n)) > 0)
		a = (struct slice){ a.s + k, a.n - k };
	while ((k = blank_before(a.s, a.n)) > 0)
		a.n -= k;
	return a;
}

bool
slice_split(struct slice *rest, char sep, struct slice *piece)
{
	const char *end;

	if (rest->s == NULL)
		return false;
	end = memchr(rest->s, sep, rest->n);
	*piece = slice_trim((struct slice){ rest->s, end ? (size_t)(end - rest->s) : rest->n });
	if (end)
		*rest = (struct slice){ end + 1, rest->n - (size_t)(end + 1 - rest->s) };
	else
		*rest = (struct slice){ NULL, 0 };
	return true;
}

void
str_room(struct str *t, size_t n)
{
	size_t need = t->n + n + 1, cap = t->cap ? t->cap : 32;

	if (need <= t->cap)
		return;
	while (cap < need)
		cap *= 2;
	t->s = xreallocarray(t->s, cap, 1);
	t->cap = cap;
}

void
str_add(struct str *t, const char *s, size_t n)
{
	str_room(t, n);
	if (n)
		memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

void
str_puts(struct str *t, const char *s)
{
	str_add(t, s, strlen(s));
}

void
str_putc(struct str *t, char c)
{
	str_add(t, &c, 1);
}

void
str_addv(struct str *t, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n <= 0)
		return;
	str_room(t, (size_t)n);
	vsnprintf(t->s + t->n, (size_t)n + 1, format, args);
	t->n += (size_t)n;
}

void
str_addf(struct str *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_addv(t, format, args);
	va_end(args);
}

static void
add_escaped(struct str *t, uint32_t c)
{
	if (c < 0x80)
		str_addf(t, "\\x%02x", (unsigned)c);
	else
		str_addf(t, c > 0xffff ? "\\U%08x" : "\\u%04x", (unsigned)c);
}

/*
 * Adds S up to the first byte that is no UTF-8, at least one byte's worth, and gives the bytes
 * taken; HIDDEN: characters that show nothing are escaped too.
 */
static size_t
add_piece(struct str *t, const char *s, size_t n, bool hidden)
{
	size_t good = utf8_valid_length(s, n), i = 0, k;
	uint32_t c;

	if (good == 0) {
		str_addf(t, "\\x%02x", (unsigned)(unsigned char)*s);
		return 1;
	}
	for (; i < good; i += k) {
		k = utf8_decode(s + i, good - i, &c);
		if (char_is_control(c) || char_is_bidi(c) || c == LINE_SEPARATOR ||
		        c == PARAGRAPH_SEPARATOR || (hidden && char_is_invisible(c)))
			add_escaped(t, c);
		else
			str_add(t, s + i, k);
	}
	return good;
}

void
str_add_visible(struct str *t, const char *s, size_t n)
{
	for (size_t k; n > 0; s += k, n -= k)
		k = add_piece(t, s, n, false);
}

void
str_add_quoted(struct str *t, struct slice value)
{
	size_t n = value.n < QUOTED_MOST ? value.n : QUOTED_MOST;
	struct slice rest = { value.s, n };

	/* A character is shown whole or not at all. */
	while (rest.n < value.n && rest.n + 4 > n && rest.n > 0 &&
	        ((unsigned char)value.s[rest.n] & 0xc0) == 0x80)
		rest.n--;
	n = rest.n;
	str_putc(t, '\'');
	for (size_t k; rest.n > 0; rest.s += k, rest.n -= k)
		k = add_piece(t, rest.s, rest.n, true);
	str_puts(t, n < value.n ? "…'" : "'");
}

void
str_add_shell_word(struct str *t, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	                            "=,./_-";

	if (*word && word[strspn(word, plain)] == '\0') {
		str_puts(t, word);
		return;
	}
	str_putc(t, '\'');
	for (; *word; word++)
		if (*word == '\'')
			str_puts(t, "'\\''");
		else
			str_putc(t, *word);
	str_putc(t, '\'');
}

void
str_add_caret(struct str *t, const char *text, size_t at)
{
	struct str before = STR_INIT;

	str_puts(t, "  ");
	str_add_visible(t, text, strlen(text));
	str_add_visible(&before, text, at);
	str_addf(t, "\n  %*s^", (int)text_width(str_text(&before), before.n), "");
	str_free(&before);
}

void
str_reset(struct str *t)
{
	t->n = 0;
	if (t->s)
		t->s[0] = '\0';
}

void
str_free(struct str *t)
{
	free(t->s);
	*t = (struct str)STR_INIT;
}

const char *
str_text(const struct str *t)
{
	return t->s ? t->s : "";
}
