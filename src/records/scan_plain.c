#include "records/scan.h"

#include "base/utf8.h"

void
plain_begin(struct csvin *in)
{
	in->ends_text[0] = in->ends_text['\r'] = in->ends_text['\n'] = in->ends_text['"'] = true;
	in->ends_text[(unsigned char)in->delimiter] = true;
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

/* What is found in one record. */
struct found {
	struct look look;
	uint64_t high;   /* not 0: some byte of it, or of a few more, is no ASCII */
	const char *end; /* of the window */
	char delimiter;
	long breaks; /* line ends inside quotes */
};

static inline void
read_block(struct look *look, const char *block, char delimiter)
{
	look->block = block;
	look->marks = marks_of(block, delimiter);
}

/* Goes on behind the record before, if the window still is what it was then. */
static inline struct found
look_from(const struct csvin *in, const char *start)
{
	struct found f = {
		.look = in->look, .end = in->src.window + in->src.end, .delimiter = in->delimiter
	};

	if (f.look.at != start || f.look.moves != in->src.moves)
		read_block(&f.look, start, f.delimiter);
	f.high = f.look.marks.high;
	return f;
}

/* The next byte that is marked. */
static inline const char *
next_mark(struct found *f)
{
	while (f->look.marks.ends == 0) {
		read_block(&f->look, f->look.block + 64, f->delimiter);
		f->high |= f->look.marks.high;
	}
	const char *at = f->look.block + __builtin_ctzll(f->look.marks.ends);
	f->look.marks.ends &= f->look.marks.ends - 1;
	return at;
}

/* The record is TEXT, with its LF at FEED. */
static enum plain
plain_end(struct csvin *in, struct record *out, const struct found *f, struct slice text,
        const char *feed)
{
	if ((size_t)(feed - text.s) > in->max_record ||
	        (f->high != 0 && utf8_valid_length(text.s, text.n) < text.n))
		return PLAIN_HARD;
	in->src.at += (size_t)(feed + 1 - text.s);
	out->field = in->field;
	out->n = in->n;
	out->raw = text;
	out->line = in->line;
	in->line += 1 + f->breaks;
	in->look = f->look;
	in->look.at = feed + 1;
	in->look.moves = in->src.moves;
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
scan_quoted(struct csvin *in, struct found *f, const char *p, const char **q, struct slice *field)
{
	const char *quote;
	bool doubled = false;

	for (*q = next_mark(f);; *q = next_mark(f)) {
		if (*q == f->end || **q == '\0')
			return false;
		f->breaks += **q == '\n';
		if (**q != '"')
			continue;
		quote = *q;
		*q = next_mark(f);
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
scan_field(struct csvin *in, struct record *out, struct found *f, const char *p, const char **q,
        struct slice *field)
{
	if (*q == p && *p == '"') {
		out->quoted = true;
		out->bare = false;
		return scan_quoted(in, f, p, q, field);
	}
	while (!in->ends_text[(unsigned char)**q])
		*q = next_mark(f);
	*field = without_blanks(p, *q);
	out->bare &= field->n == (size_t)(*q - p);
	return true;
}

/*
 * The fields from *P on that are bytes up to a delimiter, while there is ROOM.  *Q is the first
 * mark that is none, in the field at *P.  Gives the place of that field.
 */
static inline struct slice *
scan_run(struct found *f, char delimiter, const char **p, const char **q, struct slice *field,
        const struct slice *room)
{
	struct found own = *f; /* in registers */
	const char *from = *p, *at;

	for (; field < room; from = at + 1) {
		at = next_mark(&own);
		*q = at;
		if (*at != delimiter)
			break;
		*field++ = (struct slice){ from, (size_t)(at - from) };
	}
	*p = from;
	*f = own;
	return field;
}

enum plain
scan_plain(struct csvin *in, struct record *out)
{
	const char *const start = in->src.window + in->src.at;
	const char delimiter = in->delimiter;
	struct found f = look_from(in, start);
	const struct slice *const room = in->field + CSVIN_MAX_FIELDS;
	struct slice *field = in->field;
	const char *p = start, *q = start, *feed;

	in->text_n = 0;
	out->quoted = false;
	out->bare = true;
	for (;; field++, p = q + 1) {
		field = scan_run(&f, delimiter, &p, &q, field, room);
		if (field == room)
			return PLAIN_HARD;
		if (!scan_field(in, out, &f, p, &q, field))
			return q == f.end ? PLAIN_CUT : PLAIN_HARD;
		if (*q == delimiter)
			continue;
		feed = line_feed_at(q);
		if (feed == f.end)
			return PLAIN_CUT;
		if (feed && feed > q)
			next_mark(&f); /* the LF behind a CR is one, too */
		in->n = (size_t)(field - in->field) + 1;
		return feed
		        ? plain_end(in, out, &f, (struct slice){ start, (size_t)(q - start) }, feed)
		        : PLAIN_HARD;
	}
}
