#include "records/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"

/* libcsv asks for more as a field grows; no field is longer than a record may be. */
static void *
bounded_realloc(void *old, size_t n)
{
	return n > CSVIN_MAX_RECORD + 8192 ? NULL : realloc(old, n);
}

/* Options may be set only here: set later, CSV_APPEND_NULL makes libcsv write behind its buffer. */
void
libcsv_begin(struct csvin *in)
{
	csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&in->parser, (unsigned char)in->delimiter);
	csv_set_realloc_func(&in->parser, bounded_realloc);
	csv_set_blk_size(&in->parser, 4096);
}

/*
 * Where a record ends, by what is always true of a good one: at the first line end that has an
 * even number of quotes before it.
 */
struct extent {
	size_t n; /* bytes, with the line end */
	bool ended, too_long, open_quote;
};

static inline bool
in_window(struct csvin *in, size_t i)
{
	return in->src.at + i < in->src.end || source_has(&in->src, i + 1);
}

static struct extent
extent_of(struct csvin *in)
{
	struct extent e = { 0 };

	while (!e.ended && !e.too_long && in_window(in, e.n)) {
		char c = in->src.window[in->src.at + e.n];
		size_t end = 0;

		if (c == '"')
			e.open_quote = !e.open_quote;
		else if (!e.open_quote && (c == '\n' || c == '\r'))
			end = line_end_at(in, e.n);
		e.n += end > 0 ? end : 1;
		e.ended = end > 0;
		e.too_long = !e.ended && e.n > in->max_record;
	}
	return e;
}

/* Line ends in the first N bytes behind the window's begin. */
static long
count_lines(struct csvin *in, size_t n)
{
	long lines = 0;

	for (size_t i = 0; i < n; i++) {
		char c = in->src.window[in->src.at + i];

		if (c == '\n')
			lines++;
		else if (c == '\r' && line_end_at(in, i) == 1)
			lines++; /* that of CR LF is counted at its LF */
	}
	return lines;
}

static void
on_field(void *s, size_t n, void *context)
{
	struct csvin *in = context;

	if (in->row_ended) {
		in->split_by_cr = true;
		return;
	}
	if (in->n < CSVIN_MAX_FIELDS) {
		in->field[in->n] = (struct slice){ text_room(in), n };
		if (n > 0)
			memcpy(in->text + in->text_n, s, n);
		in->text_n += n;
	}
	in->n++;
}

static void
on_row(int end, void *context)
{
	struct csvin *in = context;

	(void)end;
	in->row_ended = true;
}

static void
record_begin(struct csvin *in)
{
	in->n = 0;
	in->row_ended = in->split_by_cr = false;
	str_reset(&in->why);
	in->text_n = 0;
}

/* The bytes that libcsv took of the N it was given; N + 1 when it was happy with the end, too. */
static size_t
feed_libcsv(struct csvin *in, size_t n)
{
	const char *record = in->src.window + in->src.at;
	size_t taken = csv_parse(&in->parser, record, n, on_field, on_row, in);

	if (taken < n && csv_error(&in->parser) != CSV_EPARSE)
		die("out of memory");
	if (taken == n && csv_fini(&in->parser, on_field, on_row, in) == 0)
		return n + 1;
	return taken;
}

/* After an error libcsv stands in the middle of a record: a new one for the next line. */
static bool
restart_libcsv(struct csvin *in)
{
	bool quoted = in->parser.quoted;

	csv_free(&in->parser);
	libcsv_begin(in);
	return quoted;
}

/* ---- what is wrong with a record ---- */

/* A quote that never closes: nothing behind it can be told from its text. */
static enum csvin_got
never_closed(struct csvin *in, struct record *out, struct extent e)
{
	size_t quote = 0;
	bool open = false;

	for (size_t i = 0; i < e.n; i++)
		if (in->src.window[in->src.at + i] == '"' && (open = !open))
			quote = i;
	if (e.too_long)
		str_addf(&in->why,
		        "the quote opened here is not closed within %zu bytes; "
		        "close it, or double a quote that is part of the text",
		        in->max_record);
	else
		str_addf(&in->why,
		        "the quote opened here is not closed before the end of the input; %s",
		        count_lines(in, e.n) > count_lines(in, quote)
		                ? "nothing from this line on was read"
		                : "a torn last line of a log is mended by ptlog --append");
	return scan_broken(in, out, in->line + count_lines(in, quote));
}

/*
 * A fault of syntax at byte AT of the record; the next record begins in the line behind it, which
 * is to be looked for when it lies beyond the bytes that a record may have.
 */
static size_t
syntax_fault(struct csvin *in, const struct extent *e, size_t at, bool quoted)
{
	long lines = count_lines(in, at);

	if (quoted)
		str_puts(&in->why,
		        "text behind a closing quote; double a quote that is part of the text");
	else
		str_puts(&in->why,
		        "a quote in an unquoted field; put the field in quotes and double "
		        "each quote within");
	if (lines > 0)
		str_addf(&in->why, " (on line %ld of this record, which goes over several lines)",
		        lines + 1);
	while (at < e->n && line_end_at(in, at) == 0)
		at++;
	in->skipping = at == e->n && e->too_long;
	return at < e->n ? at + line_end_at(in, at) : e->n;
}

static void
explain_invalid(struct csvin *in, struct slice field, size_t at)
{
	unsigned char c = (unsigned char)field.s[at];

	if (in->src.decoding)
		str_puts(&in->why, "a byte that the encoding of this input does not know");
	else if (c == 0xed && at + 1 < field.n && (unsigned char)field.s[at + 1] >= 0xa0)
		str_puts(&in->why, "not valid UTF-8 (a surrogate)");
	else if (c >= 0xc2 && c < 0xf5 && at + 1 == field.n)
		str_puts(&in->why, "a UTF-8 character is cut short");
	else
		str_addf(&in->why,
		        "not valid UTF-8 (byte 0x%02x); if the file is Windows-1252, "
		        "try: ptlog --encoding cp1252",
		        c);
}

/* False and a reason when a field holds what no text does. */
static bool
fields_are_text(struct csvin *in, size_t *bad)
{
	for (size_t i = 0; i < in->n; i++) {
		struct slice f = in->field[i];
		size_t valid = utf8_valid_length(f.s, f.n);

		*bad = i;
		if (f.n > 0 && memchr(f.s, 0, f.n)) {
			str_puts(&in->why,
			        "NUL bytes, as a crash leaves them; mend or delete this line");
			return false;
		}
		if (valid < f.n) {
			explain_invalid(in, f, valid);
			return false;
		}
	}
	return true;
}

static bool
record_is_good(struct csvin *in, const struct extent *e, size_t *bad)
{
	*bad = in->n > 0 ? in->n - 1 : 0;
	if (e->too_long) {
		str_addf(&in->why, "longer than %zu bytes; is a line end missing?", in->max_record);
		return false;
	}
	if (in->split_by_cr) {
		str_puts(&in->why,
		        "a CR alone in an unquoted field would split the record; quote the field");
		return false;
	}
	if (in->n > CSVIN_MAX_FIELDS) {
		str_addf(&in->why, "%zu fields, at most %d are read", in->n, CSVIN_MAX_FIELDS);
		*bad = CSVIN_MAX_FIELDS;
		return false;
	}
	return fields_are_text(in, bad);
}

/* Takes N bytes off the input as the record. */
static void
take(struct csvin *in, struct record *out, size_t n)
{
	long lines = count_lines(in, n); /* may move the window */
	const char *s = in->src.window + in->src.at;
	size_t raw = n;

	while (raw > 0 && (s[raw - 1] == '\n' || s[raw - 1] == '\r'))
		raw--;
	out->field = in->field;
	out->n = in->n < CSVIN_MAX_FIELDS ? in->n : CSVIN_MAX_FIELDS;
	out->raw = (struct slice){ s, raw };
	out->quoted = raw > 0 && memchr(s, '"', raw);
	out->bare = false;
	out->why = str_text(&in->why);
	in->line += lines;
	in->src.at += n;
}

enum csvin_got
scan_libcsv(struct csvin *in, struct record *out)
{
	struct extent e = extent_of(in);
	bool good, quoted;
	size_t taken;

	record_begin(in);
	taken = feed_libcsv(in, e.n);
	quoted = taken <= e.n && restart_libcsv(in);
	if (taken == e.n)
		return never_closed(in, out, e);
	out->line = in->line;
	out->unended = !e.ended && !e.too_long;
	out->bad_field = in->n;
	if (taken < e.n) {
		take(in, out, syntax_fault(in, &e, taken, quoted));
		return CSVIN_BAD;
	}
	good = record_is_good(in, &e, &out->bad_field);
	take(in, out, e.n);
	in->skipping = e.too_long;
	return !good ? CSVIN_BAD : in->n > 0 ? CSVIN_RECORD : CSVIN_END;
}
