#include "log/advise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "log/import.h"
#include "log/meaning.h"

#define ROWS_LOOKED 200 /* at most, of the first 64 KiB */

/* What is wrong with a whole file, and the options that cure it. */
struct findings {
	struct str wrong;   /* sentences, ";" between */
	struct str options; /* each with a blank in front */
	bool stops;         /* no row can be read */
	long line;          /* of the header, below titles; 0: it is the first */
};

static void
free_findings(struct findings *f)
{
	str_free(&f->wrong);
	str_free(&f->options);
}

static void
add_wrong(struct findings *f, const char *what)
{
	str_addf(&f->wrong, "%s%s", f->wrong.n ? "; " : "", what);
}

/* --- column names --- */

#define NAMES_SHOWN 10

/* The N-th of some columns, with what it may mean (or NULL). */
static void
add_name(struct str *names, size_t n, const char *label, const char *likely)
{
	if (n >= NAMES_SHOWN)
		return;
	str_puts(names, n ? ", " : "");
	str_add_quoted(names, slice_of(label));
	if (likely)
		str_addf(names, " (%s?)", likely);
}

static void
end_names(struct str *names, size_t n)
{
	if (n > NAMES_SHOWN)
		str_addf(names, " and %zu more", n - NAMES_SHOWN);
}

/* Never one id for a file of many: that column, if there is one, before the word of one patient. */
static void
add_patient(struct findings *f, const struct header *h, struct meanings *m, struct str *map)
{
	const int column = meanings_person(m, h);

	if (column >= 0) {
		add_wrong(f, "no column is called patient");
		str_addf(map, "%s%s=patient", map->n ? "," : "", h->label[column]);
		m->of[column] = column_names[COL_PATIENT];
	} else {
		add_wrong(f, "it names no patient (are all its rows of one?)");
		str_puts(&f->options, " --set patient=P01");
	}
}

static bool
sets_patient(const struct reader_opts *opts)
{
	return opts->import && import_sets(opts->import, "patient");
}

/* What neither the table nor an option says, and every row needs. */
static void
add_lacks(struct findings *f, struct import_lacks lacks)
{
	if (lacks.unit) {
		add_wrong(f, "its loads have no unit, kg or lb");
		str_puts(&f->options, " --unit kg");
	}
	if (lacks.patient) {
		add_wrong(f, "it names no patient");
		str_puts(&f->options, " --set patient=P01");
	}
}

/* Columns that stay as they are, for a person to decide on. */
static void
add_unknown(struct findings *f, const struct header *h, const struct meanings *m)
{
	struct str names = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		if (m->of[i] == NULL)
			add_name(&names, n++, h->label[i], NULL);
	if (n > 0) {
		add_wrong(f, "passed on as they are: ");
		end_names(&names, n);
		str_puts(&f->wrong, str_text(&names));
	}
	str_free(&names);
}

/* The options that give the columns their names, or nothing. */
static bool
add_names(const struct reader_opts *opts, const char *from, const struct header *h,
        const bool *clock, struct findings *f)
{
	struct meanings m;
	struct str map = STR_INIT;

	meanings_find(&m, opts->catalogue, opts->import, from, h, clock);
	if (from == NULL && (!m.have[COL_DATE] || !m.have[COL_ITEM]))
		return false;
	meanings_maps(&m, h, &map);
	if (from || map.n > 0)
		add_wrong(f, "its columns have other names than those of a log");
	if (from == NULL && !m.have[COL_PATIENT] && !sets_patient(opts))
		add_patient(f, h, &m, &map);
	if (m.pounds && opts->style.load_unit == NULL) {
		add_wrong(f, "its loads are in pounds");
		str_puts(&f->options, " --unit lb");
	}
	if (map.n > 0) {
		str_puts(&f->options, " --map ");
		str_add_shell_word(&f->options, str_text(&map));
	}
	str_free(&map);
	add_unknown(f, h, &m);
	return true;
}

/* Names that make no log.  False: nothing is known that would help. */
static bool
look_at_names(const struct reader_opts *opts, const struct header *h, const bool *clock,
        struct findings *f)
{
	bool patient = false, asks = false;
	const char *from = meaning_map(opts->catalogue, h, &patient, &asks);

	if (from) {
		str_reset(&f->options); /* the map knows encoding and dates itself */
		str_addf(&f->options, " --from %s", from);
	}
	if (!add_names(opts, from, h, clock, f))
		return false;
	add_lacks(f,
	        (struct import_lacks){ asks && opts->style.load_unit == NULL,
	                from && !patient && !sets_patient(opts) });
	return true;
}

/* --- dates --- */

/* Where the dates stand: by their own name or another. */
static int
date_column(const struct catalogue *c, const struct header *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const char *meant = column_meant(c, slice_of(h->name[i]));
		if (meant && strcmp(meant, "date") == 0)
			return (int)i;
	}
	return -1;
}

/* What the first rows hold. */
struct seen {
	size_t n, good[3];            /* dates, and readable in each order */
	bool clock[CSVIN_MAX_FIELDS]; /* columns with what may be times of day */
};

static void
see_date(struct slice text, struct seen *out)
{
	struct when when;

	if (text.n == 0)
		return;
	out->n++;
	/* Full stops divide day, month and year, in this order. */
	const bool stops = memchr(text.s, '.', text.n) != NULL;
	for (int order = DATE_YMD; order <= DATE_MDY - stops; order++)
		out->good[order] += date_read(text, (enum date_order)order, &when, NULL);
}

/* As 10:30; no set takes hours, and 1:30 or 0:01:30 is how long one took. */
static bool
may_be_clock(struct slice text)
{
	const struct slice t = slice_trim(text);
	const char *colon = memchr(t.s, ':', t.n);
	int hour = 0;

	if (colon == NULL || colon - t.s > 2)
		return false;
	for (const char *p = t.s; p < colon; p++) {
		if (!is_digit(*p))
			return false;
		hour = 10 * hour + (*p - '0');
	}
	return hour >= 6 && hour < 24;
}

static void
see_rows(struct csvin *in, int dates, struct seen *out)
{
	struct record r;

	for (int i = 0; i < ROWS_LOOKED && csvin_next(in, &r) == CSVIN_RECORD; i++)
		for (size_t at = 0; at < r.n; at++) {
			if ((int)at == dates)
				see_date(r.field[at], out);
			out->clock[at] = out->clock[at] || may_be_clock(r.field[at]);
		}
}

/* Dates of which none can be read as they are, and all in another order. */
static void
look_at_dates(const struct seen *o, enum date_order given, struct findings *f)
{
	if (o->n == 0 || o->good[given] > 0)
		return;
	if (o->good[DATE_DMY] == o->n) {
		add_wrong(f,
		        o->good[DATE_MDY] == o->n
		                ? "its dates begin with the day, or with the month: then mdy"
		                : "its dates begin with the day");
		str_puts(&f->options, " --date-format dmy");
	} else if (o->good[DATE_MDY] == o->n) {
		add_wrong(f, "its dates begin with the month");
		str_puts(&f->options, " --date-format mdy");
	}
}

/* --- a file --- */

static bool
has_mark(struct slice head)
{
	return head.n >= 2 &&
	        (memcmp(head.s, "\xff\xfe", 2) == 0 || memcmp(head.s, "\xfe\xff", 2) == 0);
}

/* UTF-8, but for a character that the end of what was looked at cut in two. */
static bool
is_utf8(struct slice head)
{
	return utf8_valid_length(head.s, head.n) + 4 > head.n;
}

/* Only what is not complete at the end of the 64 KiB is left out. */
static struct slice
whole_lines(struct slice head)
{
	const char *end = head.n == CSVIN_PEEK ? memrchr(head.s, '\n', head.n) : NULL;

	return end ? (struct slice){ head.s, (size_t)(end - head.s) + 1 } : head;
}

/* Of these the last one holds: what is proposed stands in place of what was given. */
static const char *const single[] = { "from", "unit", "encoding", "date-format" };

static void
add_given(struct str *command, const struct findings *f)
{
	const char *but[LENGTH(single) + 1] = { NULL };
	size_t n = 0;

	for (size_t i = 0; i < LENGTH(single); i++) {
		char option[32];
		snprintf(option, sizeof option, " --%s ", single[i]);
		if (strstr(str_text(&f->options), option))
			but[n++] = single[i];
	}
	cli_given(command, but);
}

/*
 * The command that was typed, behind ptlog: at the end of a pipe, but the planner behind a file, as
 * it must not plan without the rows that ptlog rejected, of which a pipe tells nothing.
 */
static void
add_next(struct str *command, const struct findings *f)
{
	const bool plans = strcmp(diag_program(), "ptplan") == 0;

	str_addf(command, plans ? " >NEW.csv && %s" : " | %s", diag_program());
	add_given(command, f);
	if (plans)
		str_puts(command, " NEW.csv");
}

/* The input of ptlog: behind its options, or ahead of it without the lines above the header. */
static void
add_input(struct str *command, const char *file, const struct findings *f)
{
	const bool standard = strcmp(file, "standard input") == 0;

	if (f->line)
		str_addf(command, "tail -n +%ld ", f->line);
	else
		str_putc(command, ' ');
	if (standard)
		str_puts(command, "<FILE");
	else
		str_add_shell_word(command, file);
	if (f->line)
		str_puts(command, " | ");
}

/* The command that was typed with what it lacked: ptlog's own, or ptlog ahead of another. */
static void
say(const char *file, struct findings *f)
{
	const bool own = strcmp(diag_program(), "ptlog") == 0;
	struct str command = STR_INIT;

	if (f->line)
		add_input(&command, file, f);
	str_puts(&command, "ptlog");
	if (own)
		add_given(&command, f);
	str_puts(&command, str_text(&f->options));
	if (!f->line)
		add_input(&command, file, f);
	if (!own)
		add_next(&command, f);
	if (f->stops)
		die_try(str_text(&command), "%s: %s", file, str_text(&f->wrong));
	diag_note_try(str_text(&command), "%s: %s", file, str_text(&f->wrong));
	str_free(&command);
}

void
advise_import(const struct reader_opts *opts, const struct header *h, const char *file)
{
	struct findings f = { STR_INIT, STR_INIT, true, 0 };

	add_lacks(&f, import_lacks(opts->import, h));
	if (f.options.n > 0)
		say(file, &f);
}

void
advise_unmapped(const struct reader_opts *opts, const struct row *first, struct pool *named)
{
	const struct header *h = import_header(opts->import, first->header);
	struct str names = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct slice name = slice_of(h->name[i]);
		const char *likely;
		if (!entry_column_is_other(h->name[i]) ||
		        pool_find(named, name.s, name.n) != POOL_NONE)
			continue;
		pool_add(named, name.s, name.n);
		likely = column_likely(opts->catalogue, name);
		if (likely && header_column(h, likely) >= 0)
			likely = NULL;
		add_name(&names, n++, h->label[i], likely);
	}
	end_names(&names, n);
	if (n > 0)
		diag_note(
		        "%s:%ld: not mapped and passed on as they are: %s; give --map NAME=COLUMN "
		        "for what is a column of the log",
		        first->file, first->record.line, str_text(&names));
	str_free(&names);
}

/* A log, of which only the dates can be in the way. */
static void
look_at_log(struct csvin *copy, const struct header *h, const struct reader_opts *opts,
        struct findings *f)
{
	struct seen seen = { .n = 0 };

	see_rows(copy, date_column(opts->catalogue, h), &seen);
	str_reset(&f->wrong);
	str_reset(&f->options);
	look_at_dates(&seen, opts->style.date_order, f);
	f->stops = seen.n > 1; /* one alone may be a slip */
}

static bool
is_same_name(struct slice a, struct slice b)
{
	struct str x = STR_INIT, y = STR_INIT;

	id_normalise(a, &x);
	id_normalise(b, &y);
	const bool same = x.n == y.n && strcmp(str_text(&x), str_text(&y)) == 0;
	str_free(&x);
	str_free(&y);
	return same;
}

/* Has each cell a name of its own?  Else header_of() may end the program, as titles have none. */
static bool
is_plain(const struct record *r)
{
	size_t n = r->n;

	while (n > 0 && slice_trim(r->field[n - 1]).n == 0)
		n--;
	for (size_t i = 0; i < n; i++) {
		if (slice_trim(r->field[i]).n == 0)
			return false;
		for (size_t j = 0; j < i; j++)
			if (is_same_name(r->field[i], r->field[j]))
				return false;
	}
	return n > 1;
}

/* A table that is no log.  False: nothing is known that would help. */
static bool
look_at_foreign(struct csvin *copy, const struct header *h, const struct reader_opts *opts,
        struct findings *f)
{
	struct seen seen = { .n = 0 };

	f->stops = true;
	see_rows(copy, date_column(opts->catalogue, h), &seen);
	look_at_dates(&seen, opts->style.date_order, f);
	return look_at_names(opts, h, seen.clock, f);
}

static struct header *
header_in(struct csvin *copy, const struct record *r, const struct reader_opts *opts)
{
	const struct header_rules rules = { opts->stream.is_import, opts->stream.context, true };

	return header_of(r, &rules, true, csvin_name(copy), csvin_delimiter(copy));
}

/* False: it is no table, or one that nothing is known of. */
static bool
look_at_table(struct csvin *copy, const struct record *first, const struct reader_opts *opts,
        struct findings *f)
{
	struct header *h = header_in(copy, first, opts);
	bool known = h != NULL;

	if (known && h->table == TABLE_OTHER)
		known = look_at_foreign(copy, h, opts, f);
	else if (known && h->table == TABLE_LOG)
		look_at_log(copy, h, opts, f);
	else
		str_reset(&f->options);
	header_free(h);
	if (known && f->options.n > 0)
		say(csvin_name(copy), f);
	return known;
}

/* --- below titles --- */

#define TITLES_MOST 20 /* lines */

/* COPY begins with that line: ends the program when it is the header of a foreign table. */
static void
look_at_line(struct csvin *copy, long line, const struct reader_opts *opts, struct findings *f)
{
	struct header *h = NULL;
	struct record r;

	if (csvin_next(copy, &r) == CSVIN_RECORD && is_plain(&r))
		h = header_in(copy, &r, opts);
	if (h == NULL)
		return;
	f->line = line;
	str_addf(&f->wrong, "%sline %ld looks like the header", f->wrong.n ? "; " : "", line);
	if (h->table == TABLE_IMPORT ||
	        (h->table == TABLE_OTHER && look_at_foreign(copy, h, opts, f))) {
		f->stops = true;
		say(csvin_name(copy), f);
	}
	header_free(h);
}

/* What is a header of ours is found when no other is (records/header.c). */
static void
look_below(struct slice head, const char *name, const struct csvin_opts *own,
        const struct reader_opts *opts, const struct findings *found)
{
	struct slice line;

	for (long n = 1; n <= TITLES_MOST && slice_split(&head, '\n', &line) && head.n; n++) {
		struct findings f = { STR_INIT, STR_INIT, true, 0 };
		struct csvin *copy = csvin_open_memory(head.s, head.n, name, own);

		str_add(&f.wrong, found->wrong.s, found->wrong.n);
		str_add(&f.options, found->options.s, found->options.n);
		look_at_line(copy, n + 1, opts, &f);
		csvin_close(copy);
		free_findings(&f);
	}
}

/* The encoding of an input that is not UTF-8: what the import map says, else the commonest. */
static const char *
look_at_bytes(struct csvin *in, const struct reader_opts *opts, struct findings *f)
{
	const struct slice head = csvin_peek(in);
	const char *map = opts->import ? import_encoding(opts->import) : NULL;

	if (opts->stream.in.encoding || has_mark(head) || is_utf8(head))
		return opts->stream.in.encoding;
	if (map) {
		csvin_set_encoding(in, map);
		return map;
	}
	add_wrong(f, "it is not UTF-8");
	str_puts(&f->options, " --encoding cp1252");
	return "CP1252";
}

static void
look_at_lines(struct csvin *in)
{
	const struct slice head = csvin_peek(in);

	if (memchr(head.s, '\r', head.n) && !memchr(head.s, '\n', head.n))
		diag_note("%s: lines end in CR alone (an old Mac?); read as line ends",
		        csvin_name(in));
}

static void
look(void *context, struct csvin *in)
{
	const struct reader_opts *opts = context;
	struct findings f = { STR_INIT, STR_INIT, false, 0 }, coded = f;
	struct csvin_opts own = opts->stream.in;
	const struct slice head = whole_lines(csvin_peek(in));
	struct csvin *copy;
	struct record r;

	own.encoding = look_at_bytes(in, opts, &coded);
	look_at_lines(in);
	copy = csvin_open_memory(head.s, head.n, csvin_name(in), &own);
	str_add(&f.wrong, coded.wrong.s, coded.wrong.n);
	str_add(&f.options, coded.options.s, coded.options.n);
	const bool record = csvin_next(copy, &r) == CSVIN_RECORD, plain = record && is_plain(&r);
	const bool known = plain && look_at_table(copy, &r, opts, &f);
	if (record && !known && !has_mark(head))
		look_below(head, csvin_name(in), &own, opts, &coded);
	if (record && !plain)
		look_at_table(copy, &r, opts, &f);
	csvin_close(copy);
	free_findings(&f);
	free_findings(&coded);
}

void
advise_begin(struct stream *in, struct reader_opts *opts)
{
	stream_on_open(in, look, opts);
}
