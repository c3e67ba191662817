#include "records/scan.h"

#include "base/utf8.h"

/* What a byte is; one line's are or'ed together. */
enum {
	BYTE_TEXT = 0,
	BYTE_DELIMITER = 1, /* counted */
	BYTE_QUOTE = 2,
	BYTE_HIGH = 4, /* not ASCII */
	BYTE_HARD = 8  /* NUL, and CR but before LF */
};

void
plain_begin(struct csvin *in)
{
	for (int i = 0x80; i < 0x100; i++)
		in->class[i] = BYTE_HIGH;
	in->class[0] = in->class['\r'] = in->class['\n'] = BYTE_HARD;
	in->class['"'] = BYTE_QUOTE;
	in->class[(unsigned char)in->delimiter] = BYTE_DELIMITER;
}

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Blanks around an unquoted field are no part of it; a tab that divides fields is not inside one.
 */
static inline struct slice
without_blanks(const char *s, const char *end)
{
	while (s < end && is_blank(*s))
		s++;
	while (end > s && is_blank(end[-1]))
		end--;
	return (struct slice){ s, (size_t)(end - s) };
}

/* The record is TEXT, with its LF at FEED; SEEN is what its bytes are. */
static enum plain
plain_end(struct csvin *in, struct record *out, struct slice text, const char *feed, unsigned seen)
{
	if ((size_t)(feed - text.s) > in->max_record)
		return PLAIN_HARD;
	if ((seen & BYTE_HIGH) && utf8_valid_length(text.s, text.n) < text.n)
		return PLAIN_HARD;
	in->src.at += (size_t)(feed + 1 - text.s);
	out->field = in->field;
	out->n = in->n;
	out->raw = text;
	out->line = in->line++;
	out->unended = false;
	return in->n == 1 && in->field->n == 0 && !out->quoted ? PLAIN_BLANK : PLAIN_RECORD;
}

/* ---- a line without quotes ---- */

/* The places of its delimiters; what its bytes are, or'ed. No branch depends on a byte. */
static inline unsigned
mark_delimiters(struct csvin *in, const char *s, size_t n, size_t *count)
{
	const unsigned char *class = in->class;
	uint16_t *mark = in->mark;
	unsigned seen = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned is = class[(unsigned char)s[i]];

		*mark = (uint16_t)i;
		mark += is & BYTE_DELIMITER;
		seen |= is;
	}
	*count = (size_t)(mark - in->mark);
	return seen;
}

static enum plain
scan_line(struct csvin *in, struct record *out, struct slice line, const char *feed)
{
	size_t marks, at = 0;
	unsigned seen = mark_delimiters(in, line.s, line.n, &marks);

	if ((seen & (BYTE_QUOTE | BYTE_HARD)) || marks >= CSVIN_MAX_FIELDS)
		return PLAIN_HARD;
	in->mark[marks] = (uint16_t)line.n;
	in->n = marks + 1;
	for (size_t i = 0; i <= marks; i++) {
		in->field[i] = without_blanks(line.s + at, line.s + in->mark[i]);
		at = (size_t)in->mark[i] + 1;
	}
	out->quoted = false;
	return plain_end(in, out, line, feed, seen);
}

/* ---- a record with quotes, field by field ---- */

/* The first byte from P on that is no text; SEEN collects what stands before it. */
static inline const char *
skip_text(const unsigned char class[256], const char *p, unsigned *seen)
{
	while ((class[(unsigned char)*p] & ~(unsigned)BYTE_HIGH) == BYTE_TEXT)
		*seen |= class[(unsigned char)*p++];
	return p;
}

/* The closing quote of a field that began before P, or the byte that makes it hard. */
static inline const char *
skip_quoted(const unsigned char class[256], const char *p, unsigned *seen)
{
	while (*p != '"' && *p != '\n' && *p != '\0')
		*seen |= class[(unsigned char)*p++] & BYTE_HIGH;
	return p;
}

/* Where the line end at P itself ends: its LF.  NULL when there is none at P. */
static inline const char *
line_feed_at(const char *p)
{
	return *p == '\n' ? p : *p == '\r' && p[1] == '\n' ? p + 1 : NULL;
}

static enum plain
scan_fields(struct csvin *in, struct record *out)
{
	const char *start = in->src.window + in->src.at, *end = in->src.window + in->src.end;
	const char *p = start, *q, *feed;
	unsigned seen = 0;

	out->quoted = false;
	for (in->n = 0; in->n < CSVIN_MAX_FIELDS; p = q + 1) {
		if (*p == '"') {
			q = skip_quoted(in->class, p + 1, &seen);
			if (*q != '"')
				return q == end ? PLAIN_CUT : PLAIN_HARD;
			in->field[in->n++] = (struct slice){ p + 1, (size_t)(q - p - 1) };
			out->quoted = true;
			q++;
		} else {
			q = skip_text(in->class, p, &seen);
			in->field[in->n++] = without_blanks(p, q);
		}
		if (in->class[(unsigned char)*q] == BYTE_DELIMITER)
			continue;
		feed = line_feed_at(q);
		if (feed == end)
			return PLAIN_CUT;
		return !feed ? PLAIN_HARD
		             : plain_end(in, out, (struct slice){ start, (size_t)(q - start) },
		                       feed, seen);
	}
	return PLAIN_HARD;
}

enum plain
scan_plain(struct csvin *in, struct record *out)
{
	const char *s = in->src.window + in->src.at;
	size_t left = in->src.end - in->src.at;
	const char *feed =
	        *s == '"' ? NULL : memchr(s, '\n', left < CSVIN_LINE ? left : CSVIN_LINE);
	enum plain got = PLAIN_HARD;

	if (feed) {
		size_t n = (size_t)(feed - s);

		got = scan_line(
		        in, out, (struct slice){ s, n - (n > 0 && feed[-1] == '\r') }, feed);
	}
	return got == PLAIN_HARD ? scan_fields(in, out) : got;
}
