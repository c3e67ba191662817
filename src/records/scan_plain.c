#include "records/scan.h"

#include "base/utf8.h"

void
plain_begin(struct csvin *in)
{
	in->ends_text[0] = in->ends_text['\r'] = in->ends_text['\n'] = in->ends_text['"'] = true;
	in->ends_text[(unsigned char)in->delimiter] = true;
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

/* The record is TEXT, with its LF at FEED. */
static enum plain
plain_end(struct csvin *in, struct record *out, struct slice text, const char *feed)
{
	if ((size_t)(feed - text.s) > in->max_record ||
	        utf8_valid_length(text.s, text.n) < text.n)
		return PLAIN_HARD;
	in->src.at += (size_t)(feed + 1 - text.s);
	out->field = in->field;
	out->n = in->n;
	out->raw = text;
	out->line = in->line++;
	out->unended = false;
	return in->n == 1 && in->field->n == 0 && !out->quoted ? PLAIN_BLANK : PLAIN_RECORD;
}

/* The first byte from P on that cannot stand in an unquoted field. */
static inline const char *
skip_text(const bool ends_text[256], const char *p)
{
	while (!ends_text[(unsigned char)*p])
		p++;
	return p;
}

/* The closing quote of a field that began before P, or the byte that makes it hard. */
static inline const char *
skip_quoted(const char *p)
{
	while (*p != '"' && *p != '\n' && *p != '\0')
		p++;
	return p;
}

/* Where the line end at P itself ends: its LF.  NULL when there is none at P. */
static inline const char *
line_feed_at(const char *p)
{
	return *p == '\n' ? p : *p == '\r' && p[1] == '\n' ? p + 1 : NULL;
}

enum plain
scan_plain(struct csvin *in, struct record *out)
{
	const char *start = in->src.window + in->src.at, *end = in->src.window + in->src.end;
	const char *p = start, *q, *feed;

	out->quoted = false;
	for (in->n = 0; in->n < CSVIN_MAX_FIELDS; p = q + 1) {
		if (*p == '"') {
			q = skip_quoted(p + 1);
			if (*q != '"')
				return q == end ? PLAIN_CUT : PLAIN_HARD;
			in->field[in->n++] = (struct slice){ p + 1, (size_t)(q - p - 1) };
			out->quoted = true;
			q++;
		} else {
			q = skip_text(in->ends_text, p);
			in->field[in->n++] = without_blanks(p, q);
		}
		if (*q == in->delimiter)
			continue;
		feed = line_feed_at(q);
		if (feed == end)
			return PLAIN_CUT;
		return !feed ? PLAIN_HARD
		             : plain_end(in, out, (struct slice){ start, (size_t)(q - start) },
		                       feed);
	}
	return PLAIN_HARD;
}
