#include "log/pipeline.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/effect.h"
#include "base/mem.h"
#include "log/ahead.h"
#include "log/kept.h"
#include "log/net.h"
#include "log/rejects.h"
#include "log/unique.h"
#include "log/void.h"

struct pipeline {
	const struct pipeline_opts *opts;
	struct pipeline_sum sum;
	struct reader *reader;
	struct select *select;
	struct unique *unique;
	struct rejects *rejects;
	struct kept pending; /* sets that may grow by the next row */

	/* Straight to the output, or line by line through what must see all rows first. */
	struct csvout *out;
	struct logout *log;
	struct str line;
	struct csvout *to_line;
	struct header *header; /* of the lines */
	bool mapped;
	struct net *net;
	struct sorter *sorter;

	/* Rows that are added or checked and lie behind the day `from`; the first of them. */
	struct {
		int from, first;
		long rows, line;
		const char *file;
	} future;
};

/* --- lines --- */

/* By the day and patient at the beginning of a canonical line. */
static void
sort_line(void *context, const char *line, size_t n)
{
	struct pipeline *p = context;
	const char *comma = memchr(line, ',', n);
	const char *patient = comma + 1;
	const char *end = memchr(patient, ',', (size_t)(line + n - patient));
	struct when when;

	date_read((struct slice){ line, (size_t)(comma - line) }, DATE_YMD, &when, NULL);
	sorter_add(p->sorter, when.day, (struct slice){ patient, (size_t)(end - patient) }, line,
	        n - 1);
}

static void
write_line(void *context, const char *line, size_t n)
{
	struct pipeline *p = context;

	csvout_raw(p->out, line, n);
	csvout_end(p->out);
}

static void
write_whole_line(void *context, const char *line, size_t n)
{
	write_line(context, line, n - 1);
}

static void
begin_lines(struct pipeline *p)
{
	if (p->header)
		return;
	str_reset(&p->line);
	logout_begin(p->log);
	p->header = header_of_line((struct slice){ p->line.s, p->line.n }, "output");
	csvout_raw(p->out, p->line.s, p->line.n - 1);
	csvout_end(p->out);
	if (p->opts->net)
		p->net = net_new(p->opts->reader.catalogue, p->header);
}

static void
write_to_log(struct pipeline *p, const struct entry *e, const struct row *row, bool changed)
{
	if (row)
		logout_row(p->log, e, row, changed);
	else
		logout_entry(p->log, e, NULL);
}

static void
add_line(
        struct pipeline *p, const struct entry *e, const struct row *row, bool changed, bool wanted)
{
	begin_lines(p);
	str_reset(&p->line);
	write_to_log(p, e, row, changed);
	if (memchr(p->line.s, '\n', p->line.n) != p->line.s + p->line.n - 1)
		die("a table with other columns came too late for --sort and --net: name the files "
		    "instead of standard input");
	if (p->net)
		net_add(p->net, e, p->line.s, p->line.n, wanted);
	else
		sorter_add(p->sorter, e->date.day, e->patient, p->line.s, p->line.n - 1);
}

/* --- rows --- */

static void
see_future(struct pipeline *p, const struct entry *e, const struct row *row)
{
	effect();
	if (p->future.rows++ > 0)
		return;
	p->future.first = e->date.day;
	p->future.file = row->file;
	p->future.line = row->record.line;
}

/* A slip in the year is not seen again until a report leaves the row out.  Said once. */
static void
say_future(const struct pipeline *p)
{
	char date[DATE_TEXT], more[48] = "";

	if (p->future.rows == 0)
		return;
	if (p->future.rows > 1)
		snprintf(more, sizeof more, ", and %ld more %s", p->future.rows - 1,
		        p->future.rows == 2 ? "row does" : "rows do");
	diag_note("%s:%ld: date: %.*s lies in the future%s; %s", p->future.file, p->future.line,
	        (int)day_write(date, p->future.first), date, more,
	        p->opts->check ? "is that meant?" : VOID_ADVICE);
}

static void
write_row(
        struct pipeline *p, const struct entry *e, const struct row *row, bool changed, bool wanted)
{
	p->sum.written += wanted;
	if (row && e->date.day > p->future.from && wanted && e->kind != KIND_VOID)
		see_future(p, e, row);
	if (p->opts->check)
		return;
	if (p->opts->add)
		additions_add(p->opts->add, e, row);
	else if (p->to_line)
		add_line(p, e, row, changed, wanted);
	else
		write_to_log(p, e, row, changed);
}

/* Without what names a person: unknown columns go too. */
static void
write_nameless(struct pipeline *p, const struct entry *e)
{
	struct entry own = *e;

	if (deid_row(p->opts->deid, &own))
		write_row(p, &own, NULL, true, true);
	else
		p->sum.filtered++;
}

/* What --net is to drop may be taken back by a row that nobody selected. */
static void
pass(struct pipeline *p, const struct entry *e, const struct row *row, bool changed)
{
	const bool wanted = select_wants(p->select, e);

	p->sum.filtered += !wanted;
	if (!wanted && !p->opts->net)
		return;
	if (p->unique && !unique_is_new(p->unique, e, row, row->header->serial))
		p->sum.repeated += wanted;
	else if (p->opts->deid)
		write_nameless(p, e);
	else
		write_row(p, e, row, changed, wanted);
}

static void
flush_sets(struct pipeline *p)
{
	if (p->pending.full)
		pass(p, &p->pending.entry, &p->pending.row, true);
	p->pending.full = false;
}

/* Equal neighbouring sets of a per-set export are one row. */
static void
fold(struct pipeline *p, const struct entry *e, const struct row *row)
{
	struct entry set = *e;

	if (e->kind == KIND_EXERCISE && !known(e->sets))
		set.sets = 1;
	if (e->kind == KIND_EXERCISE && p->pending.row.header == row->header &&
	        kept_same_set(&p->pending, &set, row)) {
		p->pending.entry.sets += set.sets;
		p->sum.folded++;
		return;
	}
	flush_sets(p);
	kept_set(&p->pending, &set, row);
}

/* When the first table is met: every file's unknown columns must be known before the header. */
static void
map_columns(struct pipeline *p)
{
	if (p->mapped)
		return;
	p->mapped = true;
	const struct header *const *headers;
	const size_t n = stream_headers(reader_stream(p->reader), &headers);
	const struct header **mapped = xcalloc(n + 1, sizeof *mapped);

	for (size_t i = 0; i < n; i++) {
		const bool rows =
		        headers[i]->table == TABLE_LOG || headers[i]->table == TABLE_IMPORT;
		mapped[i] = rows && p->opts->import ? import_header(p->opts->import, headers[i])
		                                    : headers[i];
	}
	if (p->opts->deid == NULL)
		logout_headers(p->log, mapped, n);
	free(mapped);
}

static void
take(struct pipeline *p, enum reader_got got, const struct entry *e, const struct row *row)
{
	map_columns(p);
	p->sum.read++;
	switch (got) {
	case READ_ENTRY:
		if (p->opts->import && import_folds(p->opts->import))
			fold(p, e, row);
		else
			pass(p, e, row, reader_changed(p->reader));
		break;
	case READ_SKIPPED:
		p->sum.filtered++;
		break;
	default:
		p->sum.rejected++;
		if (p->rejects)
			rejects_add(p->rejects, reader_source(p->reader), reader_reason(p->reader));
	}
}

/* --- with a twin --- */

static void
twin_begin(void *context, struct str *made)
{
	struct pipeline *p = context;

	logout_rows_to(p->log, csvout_to_str(made, ','));
}

static bool
twin_make(void *context, const struct entry *e, const struct row *row, bool first)
{
	(void)first;
	take(context, READ_ENTRY, e, row);
	return true;
}

static void
twin_take(void *context, struct slice made)
{
	struct pipeline *p = context;

	if (made.n == 0)
		return;
	logout_begin(p->log);
	csvout_raw(p->out, made.s, made.n);
}

/* Only where each row goes out, or does not, for itself alone. */
static struct ahead *
begin_ahead(struct pipeline *p)
{
	const struct pipeline_opts *o = p->opts;
	const bool alone = !o->import && !o->add && !o->deid && !p->unique && !p->to_line;
	static_assert(sizeof p->sum <= AHEAD_COUNTS * sizeof p->sum.read, "");
	const struct ahead_work work = { .context = p,
		.begin = twin_begin,
		.make = twin_make,
		.take = twin_take,
		.count = &p->sum.read,
		.counts = sizeof p->sum / sizeof p->sum.read };

	return ahead_new(p->reader, alone ? &work : NULL);
}

/* --- all of it --- */

static bool
is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Rows that are read from where they are added would have no end, or be lost before they are read.
 */
static void
refuse_own_input(const struct pipeline *p)
{
	const struct pipeline_opts *o = p->opts;
	const struct stream *in = reader_stream(p->reader);
	struct stat log, rejects, out;
	const bool has_log = o->add_to && stat(o->add_to, &log) == 0;
	const bool has_rejects = o->rejects && stat(o->rejects, &rejects) == 0;

	if (has_log && stream_reads(in, &log))
		die("%s: input and log are the same file; nothing was written", o->add_to);
	if (has_rejects && stream_reads(in, &rejects))
		die("%s: input and file of --rejects are the same; nothing was written",
		        o->rejects);
	if (has_log && has_rejects && is_same_file(&log, &rejects))
		die("%s: log and file of --rejects are the same; nothing was written", o->rejects);
	if (o->check || o->add || fstat(STDOUT_FILENO, &out) != 0)
		return;
	stream_refuse_output(in);
	if (has_rejects && S_ISREG(out.st_mode) && is_same_file(&out, &rejects))
		die("%s: standard output and file of --rejects are the same; nothing was written",
		        o->rejects);
}

static void
begin(struct pipeline *p, char *const files[])
{
	const struct pipeline_opts *o = p->opts;

	p->future.from = o->deid || !(o->check || o->add) ? DAY_MAX : cli_today() + 1;
	p->select = select_new(&o->select);
	p->reader = reader_open(files, &o->reader);
	p->out = csvout_new(STDOUT_FILENO, "standard output", ',');
	refuse_own_input(p);
	if (o->add_to)
		reader_know(p->reader, o->add_to);
	if (o->rejects)
		p->rejects = rejects_open(o->rejects);
	if (o->unique && !o->add)
		p->unique = unique_new();
	if (o->sort)
		p->sorter = sorter_new(o->sort_key, SORT_MEMORY);
	if (o->net || o->sort)
		p->to_line = csvout_to_str(&p->line, ',');
	p->log = logout_new(p->to_line ? p->to_line : p->out);
}

/* What was taken back was filtered on request. */
static void
end_lines(struct pipeline *p)
{
	begin_lines(p);
	if (p->net) {
		const long gone =
		        (long)net_each(p->net, p->sorter ? sort_line : write_whole_line, p);
		p->sum.written -= gone;
		p->sum.filtered += gone;
	}
	if (p->sorter)
		sorter_each(p->sorter, write_line, p);
}

static void
end(struct pipeline *p)
{
	map_columns(p);
	flush_sets(p);
	say_future(p);
	if (!p->opts->check && !p->opts->add) {
		if (p->to_line)
			end_lines(p);
		else
			logout_begin(p->log);
	}
	csvout_flush(p->out);
	select_end(p->select);
	if (p->rejects)
		rejects_close(p->rejects);
}

static void
release(struct pipeline *p)
{
	reader_close(p->reader);
	select_free(p->select);
	logout_free(p->log);
	if (p->to_line)
		csvout_close(p->to_line);
	csvout_close(p->out);
	if (p->unique)
		unique_free(p->unique);
	if (p->net)
		net_free(p->net);
	if (p->sorter)
		sorter_free(p->sorter);
	kept_free(&p->pending);
	header_free(p->header);
	str_free(&p->line);
}

struct pipeline_sum
pipeline_run(char *const files[], const struct pipeline_opts *opts)
{
	struct pipeline p = { .opts = opts };
	struct ahead *ahead;
	const struct entry *e;
	const struct row *row;
	enum reader_got got;

	begin(&p, files);
	ahead = begin_ahead(&p);
	while ((got = ahead_next(ahead, &e, &row)) != READ_END)
		take(&p, got, e, row);
	ahead_free(ahead);
	end(&p);
	release(&p);
	return p.sum;
}

void
pipeline_say(const struct pipeline_sum *sum)
{
	diag_note("read %ld, written %ld, folded %ld, repeated %ld, filtered %ld, rejected %ld",
	        sum->read, sum->written, sum->folded, sum->repeated, sum->filtered, sum->rejected);
}
