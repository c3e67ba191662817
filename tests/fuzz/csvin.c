/*
 * The same bytes to both ways of csvin, whole and cut into reads: the same
 * fields, lines, raw bytes and complaints.  And to libcsv alone, wherever it
 * has the last word: input of text without CR, marks and sep=, with not too many fields,
 * up to the first error.
 *
 * The first two bytes of an input are its options.
 */
#include <csv.h>
#include <malloc.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"
#include "../fuzz/random.h"
#include "records/csvin.h"

/* Not by printf, which would take half of all time. */
static void
tell_number(struct str *t, size_t n)
{
	char digits[NUM_TEXT];

	str_add(t, digits, num_write(digits, (double)n));
	str_putc(t, ' ');
}

/* What a record says of its own bytes: with the delimiters between them, the fields are these. */
static void
check_bare(const struct record *r)
{
	const char *at = r->raw.s;

	for (size_t i = 0; i < r->n; i++) {
		if (r->field[i].s != at)
			abort();
		at += r->field[i].n + 1;
	}
	if (at != r->raw.s + r->raw.n + 1)
		abort();
}

static void
tell_record(struct str *t, enum csvin_got got, const struct record *r)
{
	if (got == CSVIN_RECORD && r->bare)
		check_bare(r);
	tell_number(t, got);
	tell_number(t, (size_t)r->line);
	tell_number(t, r->quoted + 2u * r->unended + 4u * r->mark);
	tell_number(t, r->n);
	tell_number(t, got == CSVIN_RECORD ? 0 : r->bad_field);
	for (size_t i = 0; i < r->n && got == CSVIN_RECORD; i++) {
		str_putc(t, '<');
		str_add(t, r->field[i].s, r->field[i].n);
		str_putc(t, '>');
	}
	if (got != CSVIN_RECORD)
		str_puts(t, r->why);
	if (got != CSVIN_BROKEN)
		str_add(t, r->raw.s, r->raw.n);
	str_putc(t, '\n');
}

static void
tell(struct str *t, struct slice bytes, const struct csvin_opts *opts)
{
	struct csvin *in = csvin_open_memory(bytes.s, bytes.n, "fuzz", opts);
	struct record r = { .n = 0 };
	enum csvin_got got;

	str_reset(t);
	while ((got = csvin_next(in, &r)) != CSVIN_END)
		tell_record(t, got, &r);
	tell_number(t, (size_t)csvin_offset(in));
	tell_number(t, (size_t)csvin_size(in));
	tell_number(t, (unsigned char)csvin_delimiter(in));
	csvin_close(in);
}

static _Noreturn void
differ(struct slice bytes, const struct csvin_opts *opts, const struct str *a, const struct str *b)
{
	fprintf(stderr, "delimiter %d, at most %zu bytes, block %zu: \"", opts->delimiter,
		opts->max_record, opts->block);
	for (size_t i = 0; i < bytes.n; i++)
		fprintf(stderr, "\\x%02x", (unsigned char)bytes.s[i]);
	fprintf(stderr, "\"\n--- one\n%s--- other\n%s", str_text(a), str_text(b));
	abort();
}

static void
same(struct slice bytes, const struct csvin_opts *opts, const struct str *a, const struct str *b)
{
	if (!slice_is((struct slice){ a->s, a->n }, (struct slice){ b->s, b->n }))
		differ(bytes, opts, a, b);
}

/* ---- libcsv alone ---- */

struct bare {
	struct str *t;
	size_t whole; /* bytes of whole records */
};

static void
bare_field(void *s, size_t n, void *context)
{
	struct bare *b = context;

	str_putc(b->t, '<');
	str_add(b->t, s, n);
	str_putc(b->t, '>');
}

static void
bare_row(int end, void *context)
{
	struct bare *b = context;

	(void)end;
	str_putc(b->t, '\n');
	b->whole = b->t->n;
}

/* All records before the first error. */
static void
tell_bare(struct str *t, struct slice bytes, char delimiter)
{
	struct bare b = { t, 0 };
	struct csv_parser p;

	str_reset(t);
	csv_init(&p, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&p, (unsigned char)delimiter);
	if (csv_parse(&p, bytes.s, bytes.n, bare_field, bare_row, &b) == bytes.n)
		csv_fini(&p, bare_field, bare_row, &b);
	csv_free(&p);
	t->n = b.whole;
}

static void
tell_fields(struct str *t, struct slice bytes, const struct csvin_opts *opts)
{
	struct csvin *in = csvin_open_memory(bytes.s, bytes.n, "fuzz", opts);
	struct record r;

	str_reset(t);
	while (csvin_next(in, &r) == CSVIN_RECORD) {
		for (size_t i = 0; i < r.n; i++) {
			str_putc(t, '<');
			str_add(t, r.field[i].s, r.field[i].n);
			str_putc(t, '>');
		}
		str_putc(t, '\n');
	}
	csvin_close(in);
}

static bool
few_fields(struct slice bytes, char delimiter)
{
	size_t n = 1;

	for (size_t i = 0; i < bytes.n; i++)
		n += bytes.s[i] == delimiter;
	return n <= CSVIN_MAX_FIELDS;
}

static bool
libcsv_has_the_last_word(struct slice bytes, const struct csvin_opts *opts)
{
	return bytes.n > 0 && opts->delimiter && opts->max_record == 0 &&
		few_fields(bytes, opts->delimiter) &&
		!memchr(bytes.s, '\r', bytes.n) && !memchr(bytes.s, '\0', bytes.n) &&
		!memchr(bytes.s, '=', bytes.n) && /* sep=, in any case of letters */
		!memmem(bytes.s, bytes.n, "\xef\xbb\xbf", 3) &&
		utf8_valid_length(bytes.s, bytes.n) == bytes.n;
}

static struct csvin_opts
options_of(const uint8_t *bytes)
{
	static const char delimiters[] = { 0, ',', ',', '\t' };

	return (struct csvin_opts){
		.delimiter = delimiters[bytes[0] % 4],
		.max_record = bytes[0] & 0x40 ? 1 + bytes[0] / 4 % 16 : 0,
		.block = 1 + bytes[1] % 12,
	};
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct str a, b;
	struct csvin_opts cut, whole, reference;
	struct slice bytes;

	if (n < 2)
		return 0;
	bytes = (struct slice){ (const char *)data + 2, n - 2 };
	cut = whole = reference = options_of(data);
	reference.plain_off = true;
	reference.block = whole.block = 0;
	tell(&a, bytes, &reference);
	tell(&b, bytes, &whole);
	same(bytes, &whole, &a, &b);
	tell(&b, bytes, &cut);
	same(bytes, &cut, &a, &b);
	cut.plain_off = true;
	tell(&b, bytes, &cut);
	same(bytes, &cut, &a, &b);
	if (libcsv_has_the_last_word(bytes, &whole)) {
		tell_bare(&a, bytes, whole.delimiter);
		tell_fields(&b, bytes, &whole);
		same(bytes, &whole, &a, &b);
	}
	return 0;
}

#ifndef LIBFUZZER
static const struct slice csvin_words[] = {
	SLICE("a"), SLICE("b"), SLICE("a"), SLICE("b"), SLICE(" "), SLICE("\t"), SLICE(","), SLICE(","),
	SLICE(";"), SLICE("\""), SLICE("\""), SLICE("\"\""), SLICE("\n"), SLICE("\n"), SLICE("\r"),
	SLICE("\r\n"), SLICE("\0"), SLICE("\xc3"), SLICE("\xc3\xa9"), SLICE("\xef\xbb\xbf"),
	SLICE("sep=;\n"),
};

int
main(int argc, char *argv[])
{
	/* windows are opened and closed by the million */
	mallopt(M_MMAP_THRESHOLD, 1 << 24);
	mallopt(M_TRIM_THRESHOLD, 1 << 24);
	return fuzz_main(argc, argv, csvin_words, LENGTH(csvin_words));
}
#endif
