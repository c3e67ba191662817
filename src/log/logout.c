#include "log/logout.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/freetext.h"
#include "records/source.h"

/* Columns of a table that stand in the log's order beside one another, and what comes before them.
 */
struct span {
	size_t commas;
	size_t first, last; /* columns of the table; none when first > last */
};

struct logout {
	struct csvout *out;
	bool begun;
	char **other; /* unknown columns written, before `recorded` */
	size_t others, cap_other;

	/* The table that rows come from. */
	bool mapped;
	size_t serial;
	int at[COLUMNS]; /* where the columns of the log stand in it, or -1 */
	int *from;       /* where each of `other` stands */
	size_t cap_from;
	bool same_layout; /* its rows can be copied whole */
	bool same_order;  /* or span by span: columns are missing, none stands elsewhere */
	struct span span[COLUMNS + 1];
	size_t spans;
	const char *
	        begin[CSVIN_MAX_FIELDS + 1]; /* of each field of a row with quotes that is copied */
	struct str text;
};

struct logout *
logout_new(struct csvout *out)
{
	struct logout *log = xcalloc(1, sizeof *log);

	log->out = out;
	return log;
}

void
logout_rows_to(struct logout *log, struct csvout *out)
{
	log->out = out;
	log->begun = true;
}

void
logout_free(struct logout *log)
{
	for (size_t i = 0; i < log->others; i++)
		free(log->other[i]);
	free(log->other);
	free(log->from);
	str_free(&log->text);
	free(log);
}

static bool
has_other(const struct logout *log, const char *name)
{
	for (size_t i = 0; i < log->others; i++)
		if (slice_eq_nocase(slice_of(log->other[i]), name))
			return true;
	return false;
}

/* What is written must be found again by whoever reads it: a reader takes so many columns. */
static void
check_width(const struct logout *log, const struct header *h)
{
	const size_t most = CSVIN_MAX_FIELDS - COLUMNS;

	if (log->others > most)
		die("%s:%ld: that makes %zu columns that the log does not know, and at most "
		    "%zu are kept: leave some out",
		        h->file, h->line, log->others, most);
}

/* True when the table brings a column that is not written yet. */
static bool
add_others(struct logout *log, const struct header *h)
{
	const size_t before = log->others;

	for (size_t i = 0; i < h->n; i++) {
		if (!entry_column_is_other(h->name[i]) || has_other(log, h->name[i]))
			continue;
		GROW(log->other, log->cap_other, log->others);
		log->other[log->others++] = xstrdup(h->label[i]);
	}
	check_width(log, h);
	return log->others > before;
}

static bool
is_log(const struct header *h)
{
	return h->table == TABLE_LOG || h->table == TABLE_IMPORT;
}

void
logout_headers(struct logout *log, const struct header *const *headers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_log(headers[i]))
			add_others(log, headers[i]);
}

void
logout_begin(struct logout *log)
{
	if (log->begun)
		return;
	log->begun = true;
	for (int c = 0; c < COL_RECORDED; c++)
		csvout_text(log->out, column_names[c]);
	for (size_t i = 0; i < log->others; i++)
		csvout_text(log->out, log->other[i]);
	csvout_text(log->out, column_names[COL_RECORDED]);
	csvout_end(log->out);
}

void
logout_break(struct logout *log)
{
	log->begun = false;
}

static bool
has_same_layout(const struct logout *log, const struct header *h)
{
	if (h->delimiter != ',' || h->n != COLUMNS + log->others ||
	        strcmp(h->name[h->n - 1], column_names[COL_RECORDED]) != 0)
		return false;
	for (int c = 0; c < COL_RECORDED; c++)
		if (strcmp(h->name[c], column_names[c]) != 0)
			return false;
	for (size_t i = 0; i < log->others; i++)
		if (log->from[i] != (int)(COL_RECORDED + i))
			return false;
	return true;
}

static int
column_of(const struct header *h, const char *label)
{
	for (size_t i = 0; i < h->n; i++)
		if (slice_eq_nocase(slice_of(h->label[i]), label) ||
		        slice_eq_nocase(slice_of(h->name[i]), label))
			return (int)i;
	return -1;
}

/*
 * The spans of the table, each with the commas before it: those of columns it lacks and the one
 * that divides it from the span before.  False when its columns are in another order.
 */
static bool
map_spans(struct logout *log, const struct header *h)
{
	size_t next = 0, commas = 0;

	log->spans = 0;
	if (h->delimiter != ',' || log->others > 0)
		return false;
	for (int c = 0; c < COLUMNS; c++) {
		if (next == h->n || strcmp(h->name[next], column_names[c]) != 0) {
			commas++;
			continue;
		}
		if (commas == 1 && next > 0)
			log->span[log->spans - 1].last = next;
		else
			log->span[log->spans++] = (struct span){ commas, next, next };
		next++;
		commas = 1;
	}
	log->span[log->spans++] = (struct span){ commas - 1, 1, 0 };
	return next == h->n;
}

static void
use_header(struct logout *log, const struct header *h)
{
	if (add_others(log, h) && log->begun) {
		diag_note("columns that earlier tables lack: a new table begins");
		logout_break(log);
	}
	if (log->others > log->cap_from) {
		log->cap_from = log->others;
		log->from = xreallocarray(log->from, log->cap_from, sizeof *log->from);
	}
	for (size_t i = 0; i < log->others; i++)
		log->from[i] = column_of(h, log->other[i]);
	for (int c = 0; c < COLUMNS; c++)
		log->at[c] = header_column(h, column_names[c]);
	log->same_layout = has_same_layout(log, h);
	log->same_order = map_spans(log, h);
	log->serial = h->serial;
	log->mapped = true;
}

static const size_t text_at[COLUMNS] = {
	[COL_PATIENT] = offsetof(struct entry, patient),
	[COL_ITEM] = offsetof(struct entry, item),
	[COL_VALUE] = offsetof(struct entry, text),
	[COL_RULE] = offsetof(struct entry, rule),
	[COL_NOTE] = offsetof(struct entry, note),
	[COL_RECORDED] = offsetof(struct entry, recorded),
};

static void
write_column(struct csvout *out, const struct entry *e, enum column column)
{
	const struct slice *text = (const struct slice *)((const char *)e + text_at[column]);
	char date[DATE_TEXT];

	if (column == COL_DATE)
		csvout_field(out, date, when_write(date, e->date));
	else if (column == COL_KIND)
		csvout_text(out, kind_names[e->kind]);
	else if (column == COL_VALUE && known(e->value))
		csvout_number(out, e->value);
	else if (column == COL_SIDE)
		csvout_text(out, side_names[e->side]);
	else if (column == COL_DECISION)
		csvout_text(out, decision_names[e->decision]);
	else if (column >= FIRST_NUMBER && column <= LAST_NUMBER)
		csvout_number(out, entry_number_of(e, column));
	else
		csvout_field(out, text->s, text->n);
}

/* From `date` to `note`. */
static void
write_fields(struct csvout *out, const struct entry *e)
{
	for (enum column c = 0; c < COL_RECORDED; c++)
		write_column(out, e, c);
}

void
entry_write(struct csvout *out, const struct entry *e)
{
	write_fields(out, e);
	csvout_field(out, e->recorded.s, e->recorded.n);
}

static void
write_other(struct logout *log, const struct row *row, int at)
{
	struct slice text = { NULL, 0 };
	const char *why;

	if (row && at >= 0)
		text_read(row->record.field[at], &log->text, &text, &why);
	csvout_field(log->out, text.s, text.n);
}

void
logout_entry(struct logout *log, const struct entry *e, const struct row *row)
{
	if (row && (!log->mapped || row->header->serial != log->serial))
		use_header(log, row->header);
	logout_begin(log);
	write_fields(log->out, e);
	for (size_t i = 0; i < log->others; i++)
		write_other(log, row, row ? log->from[i] : -1);
	csvout_field(log->out, e->recorded.s, e->recorded.n);
	csvout_end(log->out);
}

/*
 * Where the record's fields begin in its own bytes, if these are the fields and the delimiters,
 * with quotes only where they are needed: whatever more there is makes them longer.
 */
static bool
find_fields(struct logout *log, const struct record *r)
{
	const char *at = r->raw.s;

	if (r->raw.n == 0 || *at == '"') /* neither a date nor an id needs them */
		return false;
	for (size_t i = 0; i < r->n; i++) {
		log->begin[i] = at;
		at += csvout_length(r->field[i]) + 1;
	}
	log->begin[r->n] = at;
	return at == r->raw.s + r->raw.n + 1 && r->field[0].s == r->raw.s;
}

static bool
is_canonical(struct logout *log, const struct record *r)
{
	return r->bare || (r->quoted && find_fields(log, r));
}

/* The bytes of a span in a canonical record. */
static struct slice
span_bytes(const struct logout *log, const struct record *r, const struct span *span)
{
	const struct slice last = r->field[span->last];
	const char *begin = r->bare ? r->field[span->first].s : log->begin[span->first];
	const char *end = r->bare ? last.s + last.n : log->begin[span->last + 1] - 1;

	return (struct slice){ begin, (size_t)(end - begin) };
}

#define CHUNK 32

/* Into room for a chunk more.  There is as much behind every place of the window. */
static inline char *
copy_chunks(char *to, struct slice bytes)
{
	static_assert(CHUNK <= SENTINEL, "");
	size_t i = 0;

	do
		memcpy(to + i, bytes.s + i, CHUNK);
	while ((i += CHUNK) < bytes.n);
	return to + bytes.n;
}

/* A row whose table only lacks columns: its bytes, with commas for these, and its line end. */
static void
copy_spans(struct logout *log, const struct record *r)
{
	static const char commas[COLUMNS + 1] = ",,,,,,,,,,,,,,,,,,,,,";
	char *to = csvout_room(log->out, r->raw.n + (size_t)2 * COLUMNS + CHUNK + 1);

	for (size_t i = 0; i < log->spans; i++) {
		const struct span *span = &log->span[i];

		memcpy(to, commas, COLUMNS); /* all at once, though few are wanted */
		to += span->commas;
		if (span->first > span->last)
			continue;
		to = copy_chunks(to, span_bytes(log, r, span));
	}
	*to++ = '\n';
	csvout_end_at(log->out, to);
}

static void
copy_field(struct logout *log, const struct record *r, int at)
{
	struct slice text = at < 0 ? (struct slice){ NULL, 0 } : r->field[at];

	csvout_field(log->out, text.s, text.n);
}

static void
copy_fields(struct logout *log, const struct record *r)
{
	for (int c = 0; c < COL_RECORDED; c++)
		copy_field(log, r, log->at[c]);
	for (size_t i = 0; i < log->others; i++)
		copy_field(log, r, log->from[i]);
	copy_field(log, r, log->at[COL_RECORDED]);
}

void
logout_row(struct logout *log, const struct entry *e, const struct row *row, bool changed)
{
	const struct record *r = &row->record;

	if (!log->mapped || row->header->serial != log->serial)
		use_header(log, row->header);
	if (changed) {
		logout_entry(log, e, row);
		return;
	}
	logout_begin(log);
	if (log->same_layout && is_canonical(log, r)) {
		csvout_raw(log->out, r->raw.s, r->raw.n);
	} else if (log->same_order && is_canonical(log, r)) {
		copy_spans(log, r);
		return;
	} else {
		copy_fields(log, r);
	}
	csvout_end(log->out);
}
