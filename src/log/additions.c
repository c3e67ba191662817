#include "log/additions.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/append.h"
#include "log/kept.h"
#include "log/linereader.h"
#include "log/logout.h"
#include "log/unique.h"
#include "log/void.h"

struct addition {
	struct kept kept;
	bool held; /* LOG has it: skipped */
};

struct additions {
	struct additions_opts opts;
	struct addition *row;
	size_t n, cap;
	const struct entry **voids; /* those of ROW, by patient and time once all are there */
	size_t n_voids;
	struct append *append;
	struct header *header; /* of LOG */
	int column[CSVIN_MAX_FIELDS]; /* of LOG's fields: the log's column, or -1 */
	bool has[COLUMNS];            /* LOG has that column */
	const struct header *own;     /* the table of the last row looked at: */
	bool placed[CSVIN_MAX_FIELDS]; /* LOG has a place for that field */
	struct linereader *tail;
	char stamp[24];
	struct str text;
	struct pool *files;
};

struct additions *
additions_new(const struct additions_opts *opts)
{
	struct additions *a = xcalloc(1, sizeof *a);

	a->opts = *opts;
	a->files = pool_new();
	return a;
}

void
additions_free(struct additions *a)
{
	for (size_t i = 0; i < a->n; i++)
		kept_free(&a->row[i].kept);
	free(a->row);
	free(a->voids);
	pool_free(a->files);
	if (a->tail)
		linereader_free(a->tail);
	if (a->header)
		header_free(a->header);
	str_free(&a->text);
	free(a);
}

void
additions_add(struct additions *a, const struct entry *e, const struct row *row)
{
	if (e->recorded.n > 0 && !a->opts.unique)
		die("%s:%ld: recorded: the row comes from a log and may be there already: --unique "
		    "adds what is not; nothing was written",
		        row->file, row->record.line);
	GROW(a->row, a->cap, a->n);
	a->row[a->n] = (struct addition){ .held = false };
	kept_set(&a->row[a->n].kept, e, row);
	a->row[a->n].kept.row.file =
	        pool_text(a->files, pool_add(a->files, row->file, strlen(row->file)));
	a->n_voids += e->kind == KIND_VOID;
	a->n++;
}

/* --- what LOG is --- */

static _Noreturn void
not_a_log(const struct additions *a, const char *why)
{
	append_close(a->append);
	die("%s: %s; nothing was written", a->opts.log, why);
}

static void
read_header(struct additions *a)
{
	const struct csvin_opts opts = { .held = true };
	const struct header_rules rules = { .any = false };
	struct csvin *in = csvin_open_fd(append_reader(a->append), a->opts.log, &opts);
	struct record r;

	if (csvin_next(in, &r) == CSVIN_RECORD)
		a->header = header_of(&r, &rules, true, a->opts.log, csvin_delimiter(in));
	if (a->header == NULL || a->header->table != TABLE_LOG)
		not_a_log(a, "it does not begin with the header of a log; see ptlog(5)");
	if (r.unended)
		not_a_log(a, "its header has no line end; write it out with ptlog");
	csvin_close(in);
}

/* Is the last line, which lacks its line end, a whole row?  In a stamped log the stamp tells. */
static bool
is_whole(void *context, const char *line, size_t n)
{
	struct additions *a = context;
	const struct entry *e = linereader_read(a->tail, line, n);

	return e && (header_column(a->header, "recorded") < 0 || e->recorded.n > 0);
}

static void
open_log(struct additions *a)
{
	a->append = append_open(a->opts.log);
	if (append_is_new(a->append))
		return;
	read_header(a);
	a->tail = linereader_new(a->opts.catalogue, a->header);
	append_heal(a->append, is_whole, a);
}

/* --- repeats and voids: what LOG holds --- */

static bool
same_moment(const struct entry *a, const struct entry *b)
{
	return a->date.day == b->date.day && a->date.minute == b->date.minute &&
	        slice_is(a->patient, b->patient);
}

static int
compare_moments(const void *x, const void *y)
{
	const struct entry *a = *(const struct entry *const *)x;
	const struct entry *b = *(const struct entry *const *)y;

	if (a->date.day != b->date.day)
		return a->date.day < b->date.day ? -1 : 1;
	if (a->date.minute != b->date.minute)
		return a->date.minute < b->date.minute ? -1 : 1;
	return slice_cmp(a->patient, b->patient);
}

/* The void rows of the input, in an order in which each row of LOG finds its own quickly. */
static void
collect_voids(struct additions *a)
{
	size_t n = 0;

	a->voids = xcalloc(a->n_voids + 1, sizeof *a->voids);
	for (size_t i = 0; i < a->n; i++)
		if (a->row[i].kept.entry.kind == KIND_VOID)
			a->voids[n++] = &a->row[i].kept.entry;
	qsort(a->voids, n, sizeof *a->voids, compare_moments);
}

/* Rows of LOG that share patient and date with a void, in order. */
struct past {
	struct kept *at;
	long *line;
	size_t n, cap;
};

static void
keep_past(struct additions *a, struct past *past, const struct entry *e, const struct row *row)
{
	if (!bsearch(&e, a->voids, a->n_voids, sizeof *a->voids, compare_moments))
		return;
	if (past->n == past->cap) {
		past->cap = past->cap ? 2 * past->cap : 16;
		past->at = xreallocarray(past->at, past->cap, sizeof *past->at);
		past->line = xreallocarray(past->line, past->cap, sizeof *past->line);
	}
	past->at[past->n] = (struct kept)KEPT_INIT;
	kept_set(&past->at[past->n], e, row);
	past->line[past->n++] = row->record.line;
}

static bool
same_sets(const struct entry *a, const struct entry *b)
{
	return known(a->sets) ? a->sets == b->sets : !known(b->sets);
}

static _Noreturn void
refuse_void(
        struct additions *a, const struct addition *v, const struct past *past, const bool *gone)
{
	struct str lines = STR_INIT;

	for (size_t i = 0; i < past->n; i++)
		if (!gone[i] && past->line[i] > 0 &&
		        same_moment(&past->at[i].entry, &v->kept.entry) &&
		        void_agrees(&v->kept.entry, &past->at[i].entry))
			str_addf(&lines, "%s%ld", lines.n ? ", " : "", past->line[i]);
	append_close(a->append);
	if (lines.n == 0)
		die("%s:%ld: the void agrees with no row of %s; nothing was written",
		        v->kept.row.file, v->kept.row.record.line, a->opts.log);
	die("%s:%ld: the void agrees with several rows of %s (lines %s), which differ: fill in "
	    "more "
	    "columns; nothing was written",
	        v->kept.row.file, v->kept.row.record.line, a->opts.log, str_text(&lines));
}

/* What earlier voids took back cannot be taken back again. */
static void
mark_gone(const struct past *past, const struct entry *moment, bool *gone)
{
	const struct entry **rows = xcalloc(past->n + 1, sizeof *rows);
	size_t *at = xcalloc(past->n + 1, sizeof *at);
	bool *taken = xcalloc(past->n + 1, sizeof *taken);
	size_t n = 0;

	for (size_t i = 0; i < past->n; i++)
		if (same_moment(&past->at[i].entry, moment)) {
			at[n] = i;
			rows[n++] = &past->at[i].entry;
		}
	void_resolve(rows, n, taken);
	for (size_t i = 0; i < n; i++)
		gone[at[i]] = taken[i];
	free(rows);
	free(at);
	free(taken);
}

/* The void must mean exactly one row, or rows that are equal. */
static void
check_void(struct additions *a, struct addition *v, struct past *past)
{
	bool *gone = xcalloc(past->n + 1, sizeof *gone);
	const struct kept *first = NULL;
	bool good = true;

	mark_gone(past, &v->kept.entry, gone);
	for (size_t i = 0; i < past->n && good; i++) {
		const struct kept *k = &past->at[i];
		if (gone[i] || !same_moment(&k->entry, &v->kept.entry) ||
		        !void_agrees(&v->kept.entry, &k->entry))
			continue;
		good = first == NULL ||
		        (kept_same_set(first, &k->entry, &k->row) &&
		                same_sets(&first->entry, &k->entry));
		first = first ? first : k;
	}
	if (!good || first == NULL)
		refuse_void(a, v, past, gone);
	free(gone);
}

static void
check_voids(struct additions *a, struct past *past)
{
	for (size_t i = 0; i < a->n; i++) {
		struct addition *r = &a->row[i];
		if (r->held)
			continue;
		if (r->kept.entry.kind == KIND_VOID)
			check_void(a, r, past);
		keep_past(a, past, &r->kept.entry, &r->kept.row);
	}
}

static void
free_past(struct past *past)
{
	for (size_t i = 0; i < past->n; i++)
		kept_free(&past->at[i]);
	free(past->at);
	free(past->line);
}

/* Rows of LOG are read only when somebody asks what it holds. */
static void
look_through(struct additions *a, struct unique *unique, struct past *past)
{
	const struct csvin_opts opts = { .delimiter = a->header->delimiter, .held = true };
	struct csvin *in = csvin_open_fd(append_reader(a->append), a->opts.log, &opts);
	static const struct entry_style quiet = { .quiet = true };
	struct entry_reader *entries = entry_reader_new(a->opts.catalogue, &quiet);
	struct row row = { .header = a->header, .file = a->opts.log };
	struct entry e;
	enum csvin_got got;

	while ((got = csvin_next(in, &row.record)) == CSVIN_RECORD || got == CSVIN_BAD) {
		if (got == CSVIN_BAD || row.record.n != a->header->n ||
		        entry_read(entries, &row, &e, NULL) != ENTRY_GOOD)
			continue;
		if (unique)
			unique_is_new(unique, &e, &row, 0);
		keep_past(a, past, &e, &row);
	}
	entry_reader_free(entries);
	csvin_close(in);
}

/* Rows of the input are counted against those of LOG: taken-back ones count as held. */
static size_t
mark_held(struct additions *a, struct unique *unique)
{
	size_t held = 0;

	for (size_t i = 0; unique && i < a->n; i++) {
		const struct kept *k = &a->row[i].kept;
		a->row[i].held = !unique_is_new(unique, &k->entry, &k->row, 1);
		held += a->row[i].held;
	}
	return held;
}

static size_t
check_against_log(struct additions *a)
{
	struct unique *unique = a->opts.unique ? unique_new() : NULL;
	struct past past = { NULL, NULL, 0, 0 };
	size_t held;

	collect_voids(a);
	if ((unique || a->n_voids > 0) && a->header)
		look_through(a, unique, &past);
	held = mark_held(a, unique);
	if (a->n_voids > 0)
		check_voids(a, &past);
	free_past(&past);
	if (unique)
		unique_free(unique);
	return held;
}

/* --- the bytes --- */

/* SOURCE_DATE_EPOCH in place of the clock makes what is written the same each time. */
static void
set_stamp(struct additions *a)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	const time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm tm;

	if (gmtime_r(&now, &tm) == NULL ||
	        strftime(a->stamp, sizeof a->stamp, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		die("the clock gives no time");
}

static struct slice
stamp_of(const struct additions *a, const struct entry *e)
{
	return e->recorded.n > 0 ? e->recorded : slice_of(a->stamp);
}

/* Once: which fields of LOG are columns of a log, and which of these it has. */
static void
map_log(struct additions *a)
{
	for (size_t i = 0; i < a->header->n; i++)
		a->column[i] = -1;
	for (int c = 0; c < COLUMNS; c++) {
		const int at = header_column(a->header, column_names[c]);
		a->has[c] = at >= 0;
		if (at >= 0)
			a->column[at] = c;
	}
}

/* For each table of the input: the fields that LOG has a place for. */
static void
map_own(struct additions *a, const struct header *own)
{
	a->own = own;
	for (size_t i = 0; i < own->n; i++)
		a->placed[i] = header_column(a->header, own->name[i]) >= 0;
}

static void
write_unknown(struct csvout *out, const struct kept *k, const char *name)
{
	const int at = header_column(k->row.header, name);
	const struct slice t = at < 0 ? (struct slice){ NULL, 0 } : k->field[at];

	csvout_field(out, t.s, t.n);
}

static void
write_row(struct additions *a, struct csvout *out, const struct kept *k)
{
	struct entry e = k->entry;

	e.recorded = stamp_of(a, &e);
	for (size_t i = 0; i < a->header->n; i++) {
		if (a->column[i] >= 0)
			entry_write_column(out, &e, (enum column)a->column[i]);
		else
			write_unknown(out, k, a->header->name[i]);
	}
	csvout_end(out);
}

/* The columns of a row that hold something, for which LOG must have a place. */
static bool
fills(const struct entry *e, int c)
{
	struct str text = STR_INIT;
	struct csvout *out = csvout_to_str(&text, ',');
	bool filled;

	entry_write_column(out, e, (enum column)c);
	filled = text.n > 0;
	csvout_close(out);
	str_free(&text);
	return filled;
}

static _Noreturn void
no_column(struct additions *a, const struct kept *k, const char *name)
{
	append_close(a->append);
	die("%s:%ld: %s: %s has no such column: ptlog %s >NEW writes it with all of them; nothing "
	    "was "
	    "written",
	        k->row.file, k->row.record.line, name, a->opts.log, a->opts.log);
}

static void
check_columns(struct additions *a, const struct kept *k)
{
	const struct header *own = k->row.header;

	if (own != a->own)
		map_own(a, own);
	for (int c = 0; c < COL_RECORDED; c++) {
		const bool said = c != COL_KIND || k->entry.kind != KIND_EXERCISE;
		if (said && !a->has[c] && fills(&k->entry, c))
			no_column(a, k, column_names[c]);
	}
	for (size_t i = 0; i < own->n; i++)
		if (k->field[i].n > 0 && !a->placed[i])
			no_column(a, k, own->label[i]);
}

/* A new log has the canonical columns, and the unknown ones of the first rows before recorded. */
static void
make_header(struct additions *a)
{
	struct str line = STR_INIT;
	struct csvout *out = csvout_to_str(&line, ',');
	struct logout *log = logout_new(out);
	const struct csvin_opts opts = { .delimiter = ',' };
	const struct header_rules rules = { .any = false };
	struct csvin *in;
	struct record r;

	for (size_t i = 0; i < a->n; i++) {
		const struct header *const own = a->row[i].kept.row.header;
		if (i == 0 || own != a->row[i - 1].kept.row.header)
			logout_headers(log, &own, 1);
	}
	logout_begin(log);
	str_add(&a->text, line.s, line.n);
	in = csvin_open_memory(line.s, line.n, a->opts.log, &opts);
	if (csvin_next(in, &r) == CSVIN_RECORD)
		a->header = header_of(&r, &rules, true, a->opts.log, ',');
	csvin_close(in);
	logout_free(log);
	csvout_close(out);
	str_free(&line);
}

static size_t
write_rows(struct additions *a)
{
	struct csvout *out;
	size_t n = 0;

	set_stamp(a);
	if (append_is_new(a->append))
		make_header(a);
	map_log(a);
	out = csvout_to_str(&a->text, a->header->delimiter);
	for (size_t i = 0; i < a->n; i++) {
		if (a->row[i].held)
			continue;
		check_columns(a, &a->row[i].kept);
		write_row(a, out, &a->row[i].kept);
		n++;
	}
	csvout_close(out);
	return n;
}

size_t
additions_commit(struct additions *a)
{
	size_t held;

	open_log(a);
	held = check_against_log(a);
	if (write_rows(a) > 0)
		append_commit(a->append, str_text(&a->text), a->text.n);
	append_close(a->append);
	return held;
}
