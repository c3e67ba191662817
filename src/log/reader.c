#include "log/reader.h"

#include <stdlib.h>

#include "base/effect.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/advise.h"
#include "log/import.h"
#include "log/meaning.h"

enum use {
	USE_LOG,  /* rows of the log */
	USE_GIVE, /* a table that the program asked for */
	USE_PASS, /* handed on by --tee */
	USE_LEAVE /* skipped, and named once */
};

struct reader {
	struct reader_opts opts;
	struct stream *stream;
	struct entry_reader *entries;
	struct logout *tee;
	enum use use;
	unsigned named;      /* tables that were named as skipped, one bit each */
	struct pool *hinted; /* unknown columns that were remarked on */
	bool tee_mapped;

	struct row row, shaped;
	struct entry entry;
	bool changed, bad_record;
	long empty, first_empty;
	const char *empty_file;
};

struct reader *
reader_open(char *const files[], const struct reader_opts *opts)
{
	struct reader *r = xcalloc(1, sizeof *r);

	r->opts = *opts;
	r->stream = stream_open(files, &opts->stream);
	r->hinted = pool_new();
	r->entries = entry_reader_new(opts->catalogue, &opts->style);
	if (opts->tee)
		r->tee = logout_new(opts->tee);
	advise_begin(r->stream, &r->opts);
	return r;
}

void
reader_close(struct reader *r)
{
	if (r->tee)
		logout_free(r->tee);
	entry_reader_free(r->entries);
	stream_close(r->stream);
	pool_free(r->hinted);
	free(r);
}

void
reader_know(struct reader *r, const char *log)
{
	entry_reader_know(r->entries, log);
}

bool
reader_changed(const struct reader *r)
{
	return r->changed;
}

const char *
reader_reason(const struct reader *r)
{
	return r->bad_record ? NULL : entry_reason(r->entries);
}

const struct row *
reader_source(const struct reader *r)
{
	return &r->row;
}

struct stream *
reader_stream(struct reader *r)
{
	return r->stream;
}

struct logout *
reader_tee(struct reader *r)
{
	return r->tee;
}

/* Once, when the first table is met: a tee must know every unknown column before its header. */
static void
map_tee(struct reader *r)
{
	const struct header *const *headers;

	if (r->tee == NULL || r->tee_mapped)
		return;
	r->tee_mapped = true;
	const size_t n = stream_headers(r->stream, &headers);
	logout_headers(r->tee, headers, n);
}

static enum use
use_of(const struct reader *r, enum table table)
{
	if (table == TABLE_LOG || table == TABLE_IMPORT)
		return USE_LOG;
	for (const enum table *t = r->opts.tables; t && *t != TABLE_OTHER; t++)
		if (*t == table)
			return USE_GIVE;
	return r->tee ? USE_PASS : USE_LEAVE;
}

static void
name_skipped(struct reader *r)
{
	const enum table table = r->row.header->table;
	const char *name = table_name(table);

	if (r->named & 1u << table)
		return;
	r->named |= 1u << table;
	diag_note("%s:%ld: %s %s table was skipped", r->row.file, r->row.record.line,
	        strchr("aeiou", *name) ? "an" : "a", name);
}

/* A foreign table begins or goes on: its fields as they are. */
static void
pass_on(struct reader *r, bool header)
{
	const struct row *row = &r->row;

	if (header)
		logout_break(r->tee);
	for (size_t i = 0; i < row->header->n; i++)
		if (header)
			csvout_text(r->opts.tee, row->header->label[i]);
		else
			csvout_field(r->opts.tee, row->record.field[i].s, row->record.field[i].n);
	csvout_end(r->opts.tee);
}

/* Unknown columns are kept; one that looks like a column of the log is remarked on once. */
static void
hint_columns(struct reader *r)
{
	const struct header *h = r->row.header;

	for (size_t i = 0; i < h->n; i++) {
		const struct slice name = slice_of(h->name[i]);
		const char *meant;
		if (!entry_column_is_other(h->name[i]) ||
		        pool_find(r->hinted, name.s, name.n) != POOL_NONE)
			continue;
		meant = column_meant(r->opts.catalogue, name);
		if (meant == NULL || header_column(h, meant) >= 0)
			continue;
		pool_add(r->hinted, name.s, name.n);
		diag_note("%s:%ld: column '%s' is not known and is passed on; did you mean '%s'?%s",
		        r->row.file, r->row.record.line, h->label[i], meant,
		        column_is_pounds(r->opts.catalogue, name)
		                ? " (its numbers are pounds: give --unit lb)"
		                : "");
	}
}

static bool
begin_table(struct reader *r)
{
	r->use = use_of(r, r->row.header->table);
	switch (r->use) {
	case USE_LOG:
		map_tee(r);
		if (r->opts.import && r->row.header->table == TABLE_IMPORT)
			advise_import(&r->opts, r->row.header, r->row.file);
		if (r->opts.import && import_renames(r->opts.import))
			advise_unmapped(&r->opts, &r->row, r->hinted);
		else
			hint_columns(r);
		return false;
	case USE_PASS:
		pass_on(r, true);
		return false;
	case USE_LEAVE:
		name_skipped(r);
		return false;
	default:
		return true;
	}
}

static void
count_empty(struct reader *r)
{
	effect();
	if (r->empty++ > 0)
		return;
	r->first_empty = r->row.record.line;
	r->empty_file = r->row.file;
}

/* A rejected row of an unknown patient. */
static enum reader_got
bad_record(struct reader *r)
{
	static const struct entry nobody = ENTRY_INIT;

	r->entry = nobody;
	r->bad_record = true;
	return READ_REJECTED;
}

/* READ_END stands for: nothing to tell, go on. */
static enum reader_got
log_row(struct reader *r, const struct row **row)
{
	const struct row *own = &r->row;

	if (r->opts.import) {
		if (!import_row(r->opts.import, &r->row, &r->shaped))
			return READ_SKIPPED;
		own = &r->shaped;
	}
	*row = own;
	switch (entry_read(r->entries, own, &r->entry, &r->changed)) {
	case ENTRY_EMPTY:
		count_empty(r);
		return READ_END;
	case ENTRY_REJECTED:
		return READ_REJECTED;
	default:
		break;
	}
	if (r->tee)
		logout_row(r->tee, &r->entry, own, r->changed);
	return READ_ENTRY;
}

static enum reader_got
one_record(struct reader *r, enum stream_got got, const struct row **row)
{
	*row = &r->row;
	r->bad_record = false;
	if (got == STREAM_HEADER)
		return begin_table(r) ? READ_HEADER : READ_END;
	if (got == STREAM_BAD)
		return bad_record(r);
	switch (r->use) {
	case USE_LOG:
		return log_row(r, row);
	case USE_GIVE:
		return READ_ROW;
	case USE_PASS:
		pass_on(r, false);
		return READ_END;
	default:
		return READ_END;
	}
}

static void
end_of_input(struct reader *r)
{
	if (r->empty > 0)
		diag_note("%s:%ld: %ld row%s with every field empty skipped", r->empty_file,
		        r->first_empty, r->empty, r->empty == 1 ? "" : "s");
	r->empty = 0;
	if (r->tee && r->tee_mapped)
		logout_begin(r->tee);
	entry_reader_end(r->entries);
}

enum reader_got
reader_next(struct reader *r, const struct entry **entry, const struct row **row)
{
	const struct row *own = NULL;
	enum stream_got got;
	enum reader_got out;

	while ((got = stream_next(r->stream, &r->row)) != STREAM_END)
		if ((out = one_record(r, got, &own)) != READ_END) {
			if (entry)
				*entry = &r->entry;
			if (row)
				*row = own;
			return out;
		}
	end_of_input(r);
	return READ_END;
}
