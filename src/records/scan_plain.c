#include "records/scan.h"

#include "base/utf8.h"

enum class { CLASS_TEXT, CLASS_DELIMITER, CLASS_LF, CLASS_CR, CLASS_QUOTE, CLASS_NUL };

void
plain_begin(struct csvin *in)
{
	in->class['\n'] = CLASS_LF;
	in->class['\r'] = CLASS_CR;
	in->class['"'] = CLASS_QUOTE;
	in->class[0] = CLASS_NUL;
	in->class[(unsigned char)in->delimiter] = CLASS_DELIMITER;
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

/* The first byte from P on that is no text; SEEN collects the bits of those before it. */
static inline const char *
skip_text(const unsigned char class[256], const char *p, unsigned char *seen)
{
	while (class[(unsigned char)*p] == CLASS_TEXT)
		*seen |= (unsigned char)*p++;
	return p;
}

/* The closing quote of a field that began before P, or the byte that makes it hard. */
static inline const char *
skip_quoted(const char *p, unsigned char *seen)
{
	while (*p != '"' && *p != '\n' && *p != '\0')
		*seen |= (unsigned char)*p++;
	return p;
}

/* Where the line end at P itself ends: its LF.  NULL when there is none at P. */
static inline const char *
line_feed_at(const char *p)
{
	return *p == '\n' ? p : *p == '\r' && p[1] == '\n' ? p + 1 : NULL;
}

static enum plain
plain_end(struct csvin *in, struct record *out, const char *text_end, unsigned char seen)
{
	const char *start = in->src.window + in->src.at, *feed = line_feed_at(text_end);
	size_t n = (size_t)(text_end - start);

	if (feed == in->src.window + in->src.end)
		return PLAIN_CUT;
	if (!feed || (size_t)(feed - start) > in->max_record)
		return PLAIN_HARD;
	if ((seen & 0x80) && utf8_valid_length(start, n) < n)
		return PLAIN_HARD;
	in->src.at += (size_t)(feed + 1 - start);
	out->field = in->field;
	out->n = in->n;
	out->raw = (struct slice){ start, n };
	out->line = in->line++;
	out->unended = false;
	return in->n == 1 && in->field->n == 0 && !out->quoted ? PLAIN_BLANK : PLAIN_RECORD;
}

enum plain
scan_plain(struct csvin *in, struct record *out)
{
	const char *p = in->src.window + in->src.at, *q;
	unsigned char seen = 0;

	out->quoted = false;
	for (in->n = 0; in->n < CSVIN_MAX_FIELDS; p = q + 1) {
		if (*p == '"') {
			q = skip_quoted(p + 1, &seen);
			if (*q != '"')
				return q == in->src.window + in->src.end ? PLAIN_CUT : PLAIN_HARD;
			in->field[in->n++] = (struct slice){ p + 1, (size_t)(q - p - 1) };
			out->quoted = true;
			q++;
		} else {
			q = skip_text(in->class, p, &seen);
			in->field[in->n++] = without_blanks(p, q);
		}
		if (in->class[(unsigned char)*q] != CLASS_DELIMITER)
			return plain_end(in, out, q, seen);
	}
	return PLAIN_HARD;
}
