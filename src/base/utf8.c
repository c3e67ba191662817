#include <locale.h>
#include <wchar.h>
#include <wctype.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"

struct range {
	uint32_t from, to;
};

static bool
in_ranges(const struct range *r, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= r[i].from && c <= r[i].to)
			return true;
	return false;
}

/* Eight ASCII bytes at S? */
static inline bool
is_ascii(const char *s)
{
	return (word_of(s) & HIGH_BITS) == 0;
}

/* Bytes that are no visible ASCII. */
static inline uint64_t
odd_in(uint64_t word)
{
	return (word & HIGH_BITS) | word_less(word, ' ') | word_less(word ^ EACH(0x7f), 1);
}

/* Bytes of the valid sequence at S, or 0: RFC 3629, no surrogates, no overlong forms. */
static size_t
sequence_at(const unsigned char *s, size_t n)
{
	unsigned char low = 0x80, high = 0xbf, c = s[0];
	size_t k;

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4)
		return 0;
	k = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (c == 0xe0)
		low = 0xa0;
	else if (c == 0xed)
		high = 0x9f;
	else if (c == 0xf0)
		low = 0x90;
	else if (c == 0xf4)
		high = 0x8f;
	if (n < k || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < k; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return k;
}

size_t
utf8_valid_length(const char *s, size_t n)
{
	size_t i = 0, k;

	while (i < n) {
		while (i + 8 <= n && is_ascii(s + i))
			i += 8;
		if (i + 8 > n && n >= 8 && is_ascii(s + n - 8))
			return n;
		if (i == n)
			break;
		k = sequence_at((const unsigned char *)s + i, n - i);
		if (k == 0)
			return i;
		i += k;
	}
	return n;
}

bool
text_is_visible(const char *s, size_t n)
{
	uint64_t odd = 0;

	if (n < 8) {
		for (size_t i = 0; i < n; i++)
			odd |= s[i] < ' ' || s[i] > '~';
		return odd == 0;
	}
	for (size_t i = 0; i + 8 <= n && odd == 0; i += 8)
		odd = odd_in(word_of(s + i));
	return (odd | odd_in(word_of(s + n - 8))) == 0;
}

size_t
utf8_decode(const char *s, size_t n, uint32_t *out)
{
	static const unsigned char lead[5] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned char c = (unsigned char)s[0];
	size_t k = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	*out = c & lead[k];
	for (size_t i = 1; i < k && i < n; i++)
		*out = *out << 6 | ((unsigned char)s[i] & 0x3f);
	return k;
}

size_t
utf8_encode(char out[4], uint32_t c)
{
	static const unsigned char lead[5] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t k = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = k; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[k] | c);
	return k;
}

/*
 * The C library's tables of characters, asked through a locale object: the program's own
 * locale stays "C", so that no number ever gets a decimal comma.
 */
static locale_t
unicode(void)
{
	static locale_t opened;

	if (opened == (locale_t)0)
		opened = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return opened;
}

static int
table_width(uint32_t c)
{
	locale_t tables = unicode(), before;
	int width;

	if (tables == (locale_t)0)
		return 1;
	before = uselocale(tables);
	width = wcwidth((wchar_t)c);
	uselocale(before);
	return width < 0 ? 1 : width;
}

bool
char_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

bool
char_is_invisible(uint32_t c)
{
	static const struct range invisible[] = {
		{ 0xad, 0xad },       /* soft hyphen */
		{ 0x34f, 0x34f },     /* grapheme joiner */
		{ 0x61c, 0x61c },     /* Arabic letter mark */
		{ 0x115f, 0x1160 },   /* Hangul fillers */
		{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels */
		{ 0x180b, 0x180f },   /* Mongolian selectors */
		{ 0x200b, 0x200f },   /* zero width space and joiners, direction marks */
		{ 0x2028, 0x2029 },   /* line and paragraph separators */
		{ 0x2060, 0x2065 },   /* word joiner, invisible operators */
		{ 0x206a, 0x206f },   /* deprecated format characters */
		{ 0x3164, 0x3164 },   /* Hangul filler */
		{ 0xfe00, 0xfe0f },   /* variation selectors */
		{ 0xfeff, 0xfeff },   /* byte order mark */
		{ 0xffa0, 0xffa0 },   /* half width Hangul filler */
		{ 0xfff0, 0xfffb },   /* specials */
		{ 0x1d173, 0x1d17a }, /* musical format characters */
		{ 0xe0000, 0xe0fff }  /* tags, more variation selectors */
	};

	return c >= 0xad && in_ranges(invisible, LENGTH(invisible), c);
}

bool
char_is_bidi(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool
char_is_letter(uint32_t c)
{
	locale_t tables;

	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	if (char_is_control(c) || char_is_bidi(c) || char_is_invisible(c))
		return false;
	tables = unicode();
	if (tables == (locale_t)0)
		return c >= 0xc0;
	if (iswalnum_l((wint_t)c, tables))
		return true;
	return iswgraph_l((wint_t)c, tables) && table_width(c) == 0; /* a combining mark */
}

int
char_script(uint32_t c)
{
	static const struct {
		struct range range;
		int script;
	} scripts[] = { { { 'A', 'Z' }, 1 }, { { 'a', 'z' }, 1 }, { { 0xc0, 0xd6 }, 1 },
		{ { 0xd8, 0xf6 }, 1 }, { { 0xf8, 0x24f }, 1 }, { { 0x1e00, 0x1eff }, 1 },
		{ { 0xff21, 0xff5a }, 1 }, { { 0x370, 0x3ff }, 2 }, { { 0x1f00, 0x1fff }, 2 },
		{ { 0x400, 0x52f }, 3 }, { { 0x1c80, 0x1c8f }, 3 }, { { 0x2de0, 0x2dff }, 3 },
		{ { 0xa640, 0xa69f }, 3 } };

	for (size_t i = 0; i < LENGTH(scripts); i++)
		if (c >= scripts[i].range.from && c <= scripts[i].range.to)
			return scripts[i].script;
	return 0;
}

/* Columns on a terminal (0, 1 or 2), as wcwidth in C.UTF-8. */
static int
char_width(uint32_t c)
{
	if (c < 0x7f)
		return c >= 0x20;
	if (char_is_control(c) || char_is_bidi(c) || (char_is_invisible(c) && c != 0xad))
		return 0;
	return table_width(c);
}

size_t
text_width(const char *s, size_t n)
{
	size_t width = 0, i = 0;
	uint32_t c;

	while (i < n) {
		if (sequence_at((const unsigned char *)s + i, n - i) == 0) {
			width++;
			i++;
			continue;
		}
		i += utf8_decode(s + i, n - i, &c);
		width += (size_t)char_width(c);
	}
	return width;
}
