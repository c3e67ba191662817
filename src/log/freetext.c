#include "log/freetext.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "records/foreign.h"

/* Bytes that need a look: controls but tab, DEL, and the lead byte of C1 controls. */
static bool
is_plain(unsigned char c)
{
	return (c >= 0x20 && c != 0x7f && c != 0xc2) || c == '\t';
}

static const char *
control_advice(unsigned char c)
{
	switch (c) {
	case '\0':
		return "has a NUL byte: take it out";
	case '\r':
		return "has a control character (\\x0d, a carriage return alone): take it out";
	case 0x1b:
		return "has a control character (\\x1b, a terminal's escape): take it out";
	default:
		return "has a control character: take it out";
	}
}

/* The length of a line break at S, or 0. */
static size_t
line_break(const char *s, size_t n)
{
	if (n > 0 && s[0] == '\n')
		return 1;
	return n > 1 && s[0] == '\r' && s[1] == '\n' ? 2 : 0;
}

/* Every run of line breaks as " / ", none at the edges. */
static void
join_lines(struct slice text, struct str *buf)
{
	size_t n;

	str_reset(buf);
	for (size_t i = 0; i < text.n;) {
		n = line_break(text.s + i, text.n - i);
		if (n == 0) {
			str_putc(buf, text.s[i++]);
			continue;
		}
		do
			i += n;
		while ((n = line_break(text.s + i, text.n - i)) > 0);
		if (buf->n > 0 && i < text.n)
			str_puts(buf, " / ");
	}
}

bool
text_is_ordinary(struct slice text)
{
	return text_is_visible(text.s, text.n) && !memchr("#=@", *text.s, 3);
}

enum text_got
text_read(struct slice text, struct str *buf, struct slice *out, const char **why)
{
	bool breaks = false;

	*out = text;
	if (text_is_visible(text.s, text.n) && *text.s != '#')
		return TEXT_SAME;
	for (size_t i = 0; i < text.n; i++) {
		const unsigned char c = (unsigned char)text.s[i];
		if (is_plain(c))
			continue;
		if (c == 0xc2 && (unsigned char)text.s[i + 1] >= 0xa0) {
			i++;
			continue;
		}
		const size_t n = line_break(text.s + i, text.n - i);
		if (n == 0) {
			*why = control_advice(c);
			return TEXT_BAD;
		}
		breaks = true;
		i += n - 1;
	}
	if (is_sheet_error(text)) {
		*why = "is an error that a spreadsheet wrote over the text: look at the original";
		return TEXT_BAD;
	}
	if (!breaks)
		return TEXT_SAME;
	join_lines(text, buf);
	*out = (struct slice){ str_text(buf), buf->n };
	return TEXT_CHANGED;
}

/* UTF-8 that was taken for Latin-1 and encoded again: A-tilde and a C1 or Latin-1 character. */
static bool
encoded_twice(const unsigned char *s, size_t n)
{
	return n >= 4 && s[0] == 0xc3 && (s[1] == 0x83 || s[1] == 0x82) && s[2] == 0xc2;
}

const char *
text_remark(struct slice text)
{
	const unsigned char *s = (const unsigned char *)text.s;

	if (text.n > 0 && (s[0] == '=' || s[0] == '@'))
		return "begins like a spreadsheet's formula; kept as text";
	if (text_is_visible(text.s, text.n))
		return NULL;
	for (size_t i = 0; i < text.n; i++) {
		uint32_t c;
		if (s[i] < 0xc3)
			continue;
		if (encoded_twice(s + i, text.n - i))
			return "looks encoded twice; kept as it is";
		if (s[i] != 0xe2)
			continue;
		utf8_decode(text.s + i, text.n - i, &c);
		if (char_is_bidi(c))
			return "has a mark that turns the direction of text; kept, shown as "
			       "\\u202e";
	}
	return NULL;
}
