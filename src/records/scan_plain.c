#include "records/scan.h"

#include "base/utf8.h"
#include "base/word.h"

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

/* A search for the ends of fields, word by word. */
struct look {
	const char *next; /* behind the word */
	uint64_t marks;   /* the high bit of each byte of the word that is still to be given */
	uint64_t seen;    /* all bytes so far, to tell ASCII */
	uint64_t delimiters;
	const char *end; /* of the window */
	long breaks;     /* line ends inside quotes */
};

/* The next byte that is the delimiter or less than '#': quotes, line ends and NUL are among them.
 */
static inline const char *
next_mark(struct look *look)
{
	while (look->marks == 0) {
		const uint64_t word = word_of(look->next);

		look->seen |= word;
		look->marks = word_less(word, '#') | word_less(word ^ look->delimiters, 1);
		look->next += sizeof word;
	}
	const char *at = look->next - 8 + __builtin_ctzll(look->marks) / 8;
	look->marks &= look->marks - 1;
	return at;
}

/* The record is TEXT, with its LF at FEED. */
static enum plain
plain_end(struct csvin *in, struct record *out, const struct look *look, struct slice text,
        const char *feed)
{
	if ((size_t)(feed - text.s) > in->max_record ||
	        ((look->seen & HIGH_BITS) != 0 && utf8_valid_length(text.s, text.n) < text.n))
		return PLAIN_HARD;
	in->src.at += (size_t)(feed + 1 - text.s);
	out->field = in->field;
	out->n = in->n;
	out->raw = text;
	out->line = in->line;
	in->line += 1 + look->breaks;
	out->unended = false;
	return in->n == 1 && in->field->n == 0 && !out->quoted ? PLAIN_BLANK : PLAIN_RECORD;
}

/* Where the line end at P itself ends: its LF.  NULL when there is none at P. */
static inline const char *
line_feed_at(const char *p)
{
	return *p == '\n' ? p : *p == '\r' && p[1] == '\n' ? p + 1 : NULL;
}

/* Quotes that stand for one. */
static struct slice
without_doubles(struct csvin *in, struct slice field)
{
	char *text = text_room(in), *to = text;

	for (size_t i = 0; i < field.n; i++) {
		*to++ = field.s[i];
		i += field.s[i] == '"';
	}
	in->text_n += (size_t)(to - text);
	return (struct slice){ text, (size_t)(to - text) };
}

/*
 * These two take a field from P to the mark that ends it; false when that makes the record hard, or
 * the window cuts it.  *Q is the first mark in the field, then the one behind it.
 */
static inline bool
scan_quoted(struct csvin *in, struct look *look, const char *p, const char **q, struct slice *field)
{
	const char *quote;
	bool doubled = false;

	for (*q = next_mark(look);; *q = next_mark(look)) {
		if (*q == look->end || **q == '\0')
			return false;
		look->breaks += **q == '\n';
		if (**q != '"')
			continue;
		quote = *q;
		*q = next_mark(look);
		if (*q != quote + 1)
			return false;
		if (**q != '"')
			break;
		doubled = true;
	}
	*field = (struct slice){ p + 1, (size_t)(quote - p - 1) };
	if (doubled)
		*field = without_doubles(in, *field);
	return true;
}

static inline bool
scan_field(struct csvin *in, struct record *out, struct look *look, const char *p, const char **q,
        struct slice *field)
{
	if (*q == p && *p == '"') {
		out->quoted = true;
		out->bare = false;
		return scan_quoted(in, look, p, q, field);
	}
	while (!in->ends_text[(unsigned char)**q])
		*q = next_mark(look);
	*field = without_blanks(p, *q);
	out->bare &= field->n == (size_t)(*q - p);
	return true;
}

enum plain
scan_plain(struct csvin *in, struct record *out)
{
	const char *const start = in->src.window + in->src.at;
	const char delimiter = in->delimiter;
	struct look look = { .next = start,
		.delimiters = EACH((unsigned char)delimiter),
		.end = in->src.window + in->src.end };
	struct slice *field = in->field;
	const char *p = start, *q, *feed;

	in->text_n = 0;
	out->quoted = false;
	out->bare = true;
	for (; field < in->field + CSVIN_MAX_FIELDS; field++, p = q + 1) {
		q = next_mark(&look);
		if (*q == delimiter) {
			*field = (struct slice){ p, (size_t)(q - p) };
			continue;
		}
		if (!scan_field(in, out, &look, p, &q, field))
			return q == look.end ? PLAIN_CUT : PLAIN_HARD;
		if (*q == delimiter)
			continue;
		feed = line_feed_at(q);
		if (feed == look.end)
			return PLAIN_CUT;
		in->n = (size_t)(field - in->field) + 1;
		return feed ? plain_end(in, out, &look,
		                      (struct slice){ start, (size_t)(q - start) }, feed)
		            : PLAIN_HARD;
	}
	return PLAIN_HARD;
}
