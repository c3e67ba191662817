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

/*
 * Rows wait as lines of text until all are there, because the log is locked only then: a struct
 * for each would take ten times the memory.
 */
struct addition {
	const struct layout *layout;
	const char *file; /* where it comes from */
	long line;
	bool held; /* LOG has it: skipped */
};

/* A table of the input, whose rows wait in the layout of a new log. */
struct layout {
	const struct header *own;
	struct header *header;
	struct logout *log; /* to additions.lines */
	struct layout *next; /* in the order they came */
};

struct additions {
	struct additions_opts opts;
	struct addition *row;
	size_t n, cap;
	struct str lines; /* of all rows */
	struct csvout *to_lines;
	struct layout *first, *last;
	struct kept *void_row; /* the void rows among them */
	size_t n_voids, cap_voids;
	const struct entry **voids; /* by patient and time once all are there */
	struct append *append;
	struct header *header; /* of LOG */
	int recorded;          /* its column of that name, or -1 */
	const struct layout *mapped;   /* that of the last row written: */
	int from[CSVIN_MAX_FIELDS];    /* its field for each of LOG's, or -1 */
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
	a->to_lines = csvout_to_str(&a->lines, ',');
	return a;
}

static void
free_layouts(struct additions *a)
{
	struct layout *next;

	for (struct layout *t = a->first; t; t = next) {
		next = t->next;
		header_free(t->header);
		logout_free(t->log);
		free(t);
	}
}

void
additions_free(struct additions *a)
{
	for (size_t i = 0; i < a->n_voids; i++)
		kept_free(&a->void_row[i]);
	free(a->void_row);
	free(a->voids);
	free(a->row);
	free_layouts(a);
	pool_free(a->files);
	if (a->tail)
		linereader_free(a->tail);
	if (a->header)
		header_free(a->header);
	csvout_close(a->to_lines);
	str_free(&a->lines);
	str_free(&a->text);
	free(a);
}

/* --- the rows that wait --- */

/* A log's first line as a header. */
static struct header *
header_of_line(const struct additions *a, const char *line, size_t n)
{
	const struct csvin_opts opts = { .delimiter = ',' };
	const struct header_rules rules = { .any = false };
	struct csvin *in = csvin_open_memory(line, n, a->opts.log, &opts);
	struct header *h = NULL;
	struct record r;

	if (csvin_next(in, &r) == CSVIN_RECORD)
		h = header_of(&r, &rules, true, a->opts.log, ',');
	csvin_close(in);
	return h;
}

/* The writer says what its header is; then that line is taken away again. */
static struct layout *
new_layout(struct additions *a, const struct header *own)
{
	struct layout *t = xcalloc(1, sizeof *t);
	const size_t before = a->lines.n;

	t->own = own;
	t->log = logout_new(a->to_lines);
	logout_headers(t->log, &own, 1);
	logout_begin(t->log);
	t->header = header_of_line(a, a->lines.s + before, a->lines.n - before);
	a->lines.n = before;
	if (a->last)
		a->last->next = t;
	else
		a->first = t;
	return a->last = t;
}

static struct layout *
layout_of(struct additions *a, const struct header *own)
{
	if (a->last && a->last->own == own)
		return a->last;
	for (struct layout *t = a->first; t; t = t->next)
		if (t->own == own)
			return t;
	return new_layout(a, own);
}

static void
keep_void(struct additions *a, const struct entry *e, const struct row *row)
{
	GROW(a->void_row, a->cap_voids, a->n_voids);
	a->void_row[a->n_voids] = (struct kept)KEPT_INIT;
	kept_set(&a->void_row[a->n_voids++], e, row);
}

void
additions_add(struct additions *a, const struct entry *e, const struct row *row)
{
	struct layout *layout;

	if (e->recorded.n > 0 && !a->opts.unique)
		die("%s:%ld: recorded: the row comes from a log and may be there already: --unique "
		    "adds what is not; nothing was written",
		        row->file, row->record.line);
	layout = layout_of(a, row->header);
	logout_entry(layout->log, e, row);
	GROW(a->row, a->cap, a->n);
	a->row[a->n++] = (struct addition){ .layout = layout,
		.file = pool_text(a->files, pool_add(a->files, row->file, strlen(row->file))),
		.line = row->record.line };
	if (e->kind == KIND_VOID)
		keep_void(a, e, row);
}

/* One pass over the rows that wait, in order. */
struct pass {
	struct csvin *in;
	struct entry_reader *entries;
	size_t i; /* behind the row */
	struct row row;
	struct entry entry;
};

static void
pass_begin(const struct additions *a, struct pass *p)
{
	static const struct entry_style quiet = { .quiet = true };
	const struct csvin_opts opts = { .delimiter = ',' };

	*p = (struct pass){ .in = csvin_open_memory(
		                    str_text(&a->lines), a->lines.n, a->opts.log, &opts) };
	p->entries = entry_reader_new(a->opts.catalogue, &quiet);
}

static void
pass_end(struct pass *p)
{
	entry_reader_free(p->entries);
	csvin_close(p->in);
}

/* Longer than a record may be, with the commas of all columns. */
static _Noreturn void
cannot_wait(struct additions *a, const struct addition *r)
{
	append_close(a->append);
	die("%s:%ld: the row cannot be written so that it could be read again; nothing was "
	    "written",
	        r->file, r->line);
}

/* The next row as it was written down; NULL at the end. */
static struct addition *
next_row(struct additions *a, struct pass *p)
{
	struct addition *r = &a->row[p->i];

	if (p->i == a->n)
		return NULL;
	if (csvin_next(p->in, &p->row.record) != CSVIN_RECORD ||
	        p->row.record.n != r->layout->header->n)
		cannot_wait(a, r);
	p->row.header = r->layout->header;
	p->row.file = r->file;
	p->row.record.line = r->line;
	p->i++;
	return r;
}

/* The same with its meaning. */
static struct addition *
next_entry(struct additions *a, struct pass *p)
{
	struct addition *r = next_row(a, p);

	if (r && entry_read(p->entries, &p->row, &p->entry, NULL) != ENTRY_GOOD)
		cannot_wait(a, r);
	return r;
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
	a->voids = xcalloc(a->n_voids + 1, sizeof *a->voids);
	for (size_t i = 0; i < a->n_voids; i++)
		a->voids[i] = &a->void_row[i].entry;
	qsort(a->voids, a->n_voids, sizeof *a->voids, compare_moments);
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
        struct additions *a, const struct pass *v, const struct past *past, const bool *gone)
{
	struct str lines = STR_INIT;

	for (size_t i = 0; i < past->n; i++)
		if (!gone[i] && past->line[i] > 0 &&
		        same_moment(&past->at[i].entry, &v->entry) &&
		        void_agrees(&v->entry, &past->at[i].entry))
			str_addf(&lines, "%s%ld", lines.n ? ", " : "", past->line[i]);
	append_close(a->append);
	if (lines.n == 0)
		die("%s:%ld: the void agrees with no row of %s; nothing was written",
		        v->row.file, v->row.record.line, a->opts.log);
	die("%s:%ld: the void agrees with several rows of %s (lines %s), which differ: fill in "
	    "more "
	    "columns; nothing was written",
	        v->row.file, v->row.record.line, a->opts.log, str_text(&lines));
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
check_void(struct additions *a, const struct pass *v, const struct past *past)
{
	bool *gone = xcalloc(past->n + 1, sizeof *gone);
	const struct kept *first = NULL;
	bool good = true;

	mark_gone(past, &v->entry, gone);
	for (size_t i = 0; i < past->n && good; i++) {
		const struct kept *k = &past->at[i];
		if (gone[i] || !same_moment(&k->entry, &v->entry) ||
		        !void_agrees(&v->entry, &k->entry))
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
	const struct addition *r;
	struct pass p;

	pass_begin(a, &p);
	while ((r = next_entry(a, &p)) != NULL) {
		if (r->held)
			continue;
		if (p.entry.kind == KIND_VOID)
			check_void(a, &p, past);
		keep_past(a, past, &p.entry, &p.row);
	}
	pass_end(&p);
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
	struct addition *r;
	struct pass p;
	size_t held = 0;

	pass_begin(a, &p);
	while ((r = next_entry(a, &p)) != NULL) {
		r->held = !unique_is_new(unique, &p.entry, &p.row, 1);
		held += r->held;
	}
	pass_end(&p);
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
	held = unique ? mark_held(a, unique) : 0;
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

/* For each table of the input: where its fields go, and which have no place. */
static void
map_layout(struct additions *a, const struct layout *t)
{
	a->mapped = t;
	for (size_t i = 0; i < t->header->n; i++)
		a->placed[i] = header_column(a->header, t->header->name[i]) >= 0;
	for (size_t i = 0; i < a->header->n; i++)
		a->from[i] = header_column(t->header, a->header->name[i]);
}

static void
write_row(struct additions *a, struct csvout *out, const struct record *r)
{
	for (size_t i = 0; i < a->header->n; i++) {
		struct slice text = a->from[i] < 0 ? (struct slice){ NULL, 0 } : r->field[a->from[i]];

		if ((int)i == a->recorded && text.n == 0)
			text = slice_of(a->stamp);
		csvout_field(out, text.s, text.n);
	}
	csvout_end(out);
}

static _Noreturn void
no_column(struct additions *a, const struct row *row, const char *name)
{
	append_close(a->append);
	die("%s:%ld: %s: %s has no such column: ptlog %s >NEW writes it with all of them; nothing "
	    "was "
	    "written",
	        row->file, row->record.line, name, a->opts.log, a->opts.log);
}

/* What a row says, LOG must have a place for; that it is of an exercise goes without saying. */
static void
check_columns(struct additions *a, const struct row *row)
{
	const struct header *h = row->header;

	for (size_t i = 0; i < h->n; i++) {
		const struct slice text = row->record.field[i];

		if (a->placed[i] || text.n == 0 || i == h->n - 1 ||
		        (i == COL_KIND && slice_eq(text, kind_names[KIND_EXERCISE])))
			continue;
		no_column(a, row, h->label[i]);
	}
}

/* A new log has the canonical columns, and the unknown ones of its rows before recorded. */
static void
make_header(struct additions *a)
{
	struct csvout *out = csvout_to_str(&a->text, ',');
	struct logout *log = logout_new(out);

	for (const struct layout *t = a->first; t; t = t->next)
		logout_headers(log, (const struct header *const *)&t->header, 1);
	logout_begin(log);
	a->header = header_of_line(a, a->text.s, a->text.n);
	logout_free(log);
	csvout_close(out);
}

static size_t
write_rows(struct additions *a)
{
	const struct addition *r;
	struct csvout *out;
	struct pass p;
	size_t n = 0;

	set_stamp(a);
	if (append_is_new(a->append))
		make_header(a);
	a->recorded = header_column(a->header, column_names[COL_RECORDED]);
	out = csvout_to_str(&a->text, a->header->delimiter);
	pass_begin(a, &p);
	while ((r = next_row(a, &p)) != NULL) {
		if (r->held)
			continue;
		if (r->layout != a->mapped)
			map_layout(a, r->layout);
		check_columns(a, &p.row);
		write_row(a, out, &p.row.record);
		n++;
	}
	pass_end(&p);
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
