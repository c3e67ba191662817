/*
 * Rows of any bytes under the log's own header: none crashes the reader, and what is written
 * canonically reads back as itself, to the byte.
 */
#include "../fuzz/random.h"
#include "base/mem.h"
#include "log/logout.h"

static const struct entry_style plain;

static struct header *
read_header(struct csvin *in, struct record *r)
{
	const struct header_rules rules = { .any = false };

	if (csvin_next(in, r) != CSVIN_RECORD)
		abort();
	return header_of(r, &rules, true, "fuzz", csvin_delimiter(in));
}

static void
write_header(struct csvout *csv)
{
	for (int i = 0; column_names[i] != NULL; i++)
		csvout_text(csv, column_names[i]);
	csvout_end(csv);
}

static void
write_entry(struct str *out, const struct entry *e)
{
	struct csvout *csv = csvout_to_str(out, ',');

	str_reset(out);
	write_header(csv);
	entry_write(csv, e);
	csvout_close(csv);
}

/* Reads the one row of TEXT and writes it again. */
static void
read_again(const struct str *text, struct str *out)
{
	const struct csvin_opts opts = { .delimiter = ',' };
	struct csvin *in = csvin_open_memory(text->s, text->n, "again", &opts);
	struct entry_reader *reader = entry_reader_new(catalogue_builtin(), &plain);
	struct row row = { .file = "again" };
	struct header *h = read_header(in, &row.record);
	struct entry e = ENTRY_INIT;
	bool changed = true;

	if (csvin_next(in, &row.record) != CSVIN_RECORD || row.record.n != h->n)
		abort();
	row.header = h;
	if (entry_read(reader, &row, &e, &changed) != ENTRY_GOOD || changed)
		abort();
	write_entry(out, &e);
	entry_reader_free(reader);
	header_free(h);
	csvin_close(in);
}

static void
check_row(const struct entry *e)
{
	struct str once = STR_INIT, twice = STR_INIT;

	write_entry(&once, e);
	read_again(&once, &twice);
	if (!slice_is((struct slice){ once.s, once.n }, (struct slice){ twice.s, twice.n }))
		abort();
	str_free(&once);
	str_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const struct csvin_opts opts = { .delimiter = ',' };
	struct str log = STR_INIT;
	struct csvout *csv = csvout_to_str(&log, ',');
	struct entry_reader *reader = entry_reader_new(catalogue_builtin(), &plain);
	struct row row = { .file = "fuzz" };
	enum csvin_got got;

	write_header(csv);
	csvout_close(csv);
	str_add(&log, (const char *)bytes, n);
	struct csvin *in = csvin_open_memory(log.s, log.n, "fuzz", &opts);
	struct header *h = read_header(in, &row.record);
	row.header = h;
	while ((got = csvin_next(in, &row.record)) != CSVIN_END && got != CSVIN_BROKEN) {
		struct entry e = ENTRY_INIT;
		if (got == CSVIN_RECORD && row.record.n == h->n &&
		        entry_read(reader, &row, &e, NULL) == ENTRY_GOOD)
			check_row(&e);
	}
	entry_reader_free(reader);
	header_free(h);
	csvin_close(in);
	str_free(&log);
	return 0;
}

#ifndef LIBFUZZER
static const struct slice row_words[] = {
	SLICE("2026-11-23"),
	SLICE("2026-02-30"),
	SLICE(","),
	SLICE(","),
	SLICE(","),
	SLICE("P07"),
	SLICE("p7"),
	SLICE("exercise"),
	SLICE("plan"),
	SLICE("measure"),
	SLICE("profile"),
	SLICE("finding"),
	SLICE("void"),
	SLICE("Sit to Stand"),
	SLICE("nprs"),
	SLICE("goal"),
	SLICE("8/10"),
	SLICE("25 lb"),
	SLICE("1:30"),
	SLICE("3"),
	SLICE("0"),
	SLICE("11"),
	SLICE("-1"),
	SLICE("both"),
	SLICE("left"),
	SLICE("progress"),
	SLICE("\"a, \"\"b\"\"\""),
	SLICE("\"a\nb\""),
	SLICE("\xc2\xa0"),
	SLICE("\xe2\x80\x8b"),
	SLICE("\n"),
	SLICE("\r\n"),
	SLICE("5e+03"),
	SLICE("2026-11-23T10:00:00Z"),
	SLICE(" "),
	SLICE("=1+2"),
	SLICE("#NAME?"),
	SLICE("T10:30"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, row_words, LENGTH(row_words));
}
#endif
