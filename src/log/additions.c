#include "log/additions.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/append.h"
#include "log/linereader.h"
#include "log/logout.h"
#include "log/unique.h"
#include "log/voids.h"

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
	struct logout *log;  /* to additions.lines */
	struct layout *next; /* in the order they came */
};

struct additions {
	struct additions_opts opts;
	struct addition *row;
	size_t n, cap;
	struct str lines; /* of all rows */
	struct csvout *to_lines;
	struct layout *first, *last;
	struct voids *voids; /* the void rows among them */
	struct append *append;
	struct header *header;         /* of LOG; first the one that a new log gets */
	int recorded;                  /* its column of that name, or -1 */
	const struct layout *mapped;   /* that of the last row written: */
	int from[CSVIN_MAX_FIELDS];    /* its field for each of LOG's, or -1 */
	bool placed[CSVIN_MAX_FIELDS]; /* LOG has a place for that field */
	struct linereader *tail;
	time_t epoch; /* that stands for the clock, or -1 */
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
	a->voids = voids_new();
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
	voids_free(a->voids);
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
	t->header = header_of_line(
	        (struct slice){ a->lines.s + before, a->lines.n - before }, a->opts.log);
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
		voids_add(a->voids, e, row);
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
refuse(const struct additions *a, const char *why)
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
		refuse(a, "it does not begin with the header of a log; see ptlog(5)");
	if (r.unended)
		refuse(a, "its header has no line end; write it out with ptlog");
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
	header_free(a->header); /* it has its own */
	a->header = NULL;
	str_reset(&a->text);
	read_header(a);
	a->tail = linereader_new(a->opts.catalogue, a->header);
	append_heal(a->append, is_whole, a);
}

/* --- repeats and voids: what LOG holds --- */

/* A void without a date means today, but what it takes back was often written the day before. */
static _Noreturn void
refuse_lone_void(const struct additions *a, const struct pass *v)
{
	const struct when when = v->entry.date;
	char date[DATE_TEXT];

	die("%s:%ld: the void agrees with no row of %s on %.*s%s; date= must be as in the row that "
	    "is wrong; nothing was written",
	        v->row.file, v->row.record.line, a->opts.log, (int)when_write(date, when), date,
	        when.day == cli_today() ? " (today)" : "");
}

static _Noreturn void
refuse_void(struct additions *a, const struct pass *v, const struct str *places)
{
	append_close(a->append);
	if (places->n == 0)
		refuse_lone_void(a, v);
	die("%s:%ld: the void agrees with several rows, which differ (%s): fill in more columns; "
	    "nothing was written",
	        v->row.file, v->row.record.line, str_text(places));
}

static void
check_voids(struct additions *a)
{
	const struct addition *r;
	struct str places = STR_INIT;
	struct pass p;

	pass_begin(a, &p);
	while ((r = next_entry(a, &p)) != NULL) {
		if (r->held)
			continue;
		if (p.entry.kind == KIND_VOID && !voids_check(a->voids, &p.entry, &places))
			refuse_void(a, &p, &places);
		voids_pass(a->voids, &p.entry, &p.row);
	}
	pass_end(&p);
	str_free(&places);
}

/* Rows behind this place may be those that are asked for. */
static _Noreturn void
cannot_look_through(struct additions *a, const struct record *r)
{
	append_close(a->append);
	die("%s:%ld: %s; nothing was written", a->opts.log, r->line, r->why);
}

/* Rows of LOG are read only when somebody asks what it holds. */
static void
look_through(struct additions *a, struct unique *unique)
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
		voids_pass(a->voids, &e, &row);
	}
	if (got == CSVIN_BROKEN)
		cannot_look_through(a, &row.record);
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
	size_t held;

	voids_sort(a->voids);
	if ((unique || voids_count(a->voids) > 0) && !append_is_new(a->append))
		look_through(a, unique);
	held = unique ? mark_held(a, unique) : 0;
	if (voids_count(a->voids) > 0)
		check_voids(a);
	if (unique)
		unique_free(unique);
	return held;
}

/* --- the bytes --- */

/* Under the lock, so that the stamps of a log are in order. */
static void
set_stamp(struct additions *a)
{
	const time_t now = a->epoch >= 0 ? a->epoch : time(NULL);
	struct tm tm;

	if (gmtime_r(&now, &tm) == NULL ||
	        strftime(a->stamp, sizeof a->stamp, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		refuse(a, "the clock gives no time");
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
		struct slice text =
		        a->from[i] < 0 ? (struct slice){ NULL, 0 } : r->field[a->from[i]];

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

/*
 * A new log has the canonical columns, and the unknown ones of its rows before recorded.  They may
 * be too many: this is asked before there is a log to be left behind.
 */
static void
make_header(struct additions *a)
{
	struct csvout *out = csvout_to_str(&a->text, ',');
	struct logout *log = logout_new(out);

	for (const struct layout *t = a->first; t; t = t->next)
		logout_headers(log, &t->own, 1);
	logout_begin(log);
	a->header = header_of_line((struct slice){ a->text.s, a->text.n }, a->opts.log);
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

	make_header(a);
	if (!cli_epoch(&a->epoch)) /* may end the program */
		a->epoch = -1;
	open_log(a);
	held = check_against_log(a);
	if (write_rows(a) > 0)
		append_commit(a->append, str_text(&a->text), a->text.n);
	append_close(a->append);
	return held;
}
