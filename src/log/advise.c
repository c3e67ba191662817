#include "log/advise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "log/import.h"
#include "log/importmap.h"

#define ROWS_LOOKED 200 /* at most, of the first 64 KiB */

/* What is wrong with a whole file, and the options that cure it. */
struct findings {
	struct str wrong;   /* sentences, ";" between */
	struct str options; /* each with a blank in front */
	bool stops;         /* no row can be read */
};

const char *
advise_column(const struct catalogue *c, struct slice name)
{
	for (size_t i = 0; i < c->n_imports; i++)
		if (c->imports[i].source[0] != '@' && c->imports[i].target[0] != '\0' &&
		        column_name_is(name, c->imports[i].source))
			return c->imports[i].target;
	return nearest(name, column_names);
}

static void
add_wrong(struct findings *f, const char *what)
{
	str_addf(&f->wrong, "%s%s", f->wrong.n ? "; " : "", what);
}

/* --- column names --- */

static bool
has_label(const struct header *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (column_name_is(slice_of(h->label[i]), name))
			return true;
	return false;
}

/* How many columns a map of the catalogue names; 0 unless date and item are among them. */
static size_t
map_covers(const struct import_map *m, const struct header *h, bool *patient, bool *asks)
{
	bool date = false, item = false;
	size_t n = 0;

	*patient = has_label(h, "patient");
	*asks = false;
	for (size_t i = 0; i < h->n; i++) {
		const struct import_row *row = import_map_column(m, h->label[i]);
		if (row == NULL)
			continue;
		n++;
		date = date || strcmp(row->target, "date") == 0;
		item = item || strcmp(row->target, "item") == 0;
		*patient = *patient || strcmp(row->target, "patient") == 0;
		*asks = *asks || import_map_asks(m, row->target, h->label[i]);
	}
	if (m->header && !import_map_is_header(m, (const char *const *)h->label, h->n))
		return 0;
	date = date || has_label(h, "date");
	item = item || has_label(h, "item");
	return date && item ? n : 0;
}

/* The map that names most columns; all but a quarter, or it does not fit. */
static const char *
fitting_map(const struct catalogue *c, const struct header *h, bool *patient, bool *asks)
{
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < c->n_imports; i++) {
		struct import_map m = { .n = 0 };
		bool p, a;
		if (i > 0 && strcmp(c->imports[i].map, c->imports[i - 1].map) == 0)
			continue;
		import_map_open(&m, c, c->imports[i].map);
		const size_t n = map_covers(&m, h, &p, &a);
		if (n <= most || 4 * n < 3 * h->n)
			continue;
		most = n;
		best = c->imports[i].map;
		*patient = p;
		*asks = a;
	}
	return best;
}

/* --map for each name that can be guessed, each column once; false: too little is known. */
static bool
guess_columns(const struct catalogue *c, const struct header *h, struct str *map, bool *patient)
{
	bool have[COLUMNS] = { false };

	for (size_t i = 0; i < h->n; i++) {
		const char *meant = advise_column(c, slice_of(h->name[i]));
		for (int k = 0; meant && k < COLUMNS; k++) {
			if (strcmp(meant, column_names[k]) != 0 || have[k])
				continue;
			have[k] = true;
			if (strcmp(h->name[i], meant) != 0)
				str_addf(map, "%s%s=%s", map->n ? "," : "", h->label[i], meant);
		}
	}
	*patient = have[COL_PATIENT];
	return have[COL_DATE] && have[COL_ITEM];
}

/* Words in the name of a column that may tell the patient; a person's name is then refused as id. */
static const char *const person_words[] = { "patient", "client", "name", "person", "mrn", "id" };

static bool
may_be_person(const char *label)
{
	struct slice word = { label, 0 };

	for (; *word.s; word = (struct slice){ word.s + word.n + !word.n, 0 }) {
		while (is_letter(word.s[word.n]))
			word.n++;
		for (size_t i = 0; i < LENGTH(person_words); i++)
			if (slice_eq_nocase(word, person_words[i]))
				return true;
	}
	return false;
}

/* The first column of nothing else that may tell whose the rows are, or NULL. */
static const char *
person_column(const struct catalogue *c, const struct header *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (!advise_column(c, slice_of(h->name[i])) && may_be_person(h->label[i]))
			return h->label[i];
	return NULL;
}

/* Never one id for a file of many: that column, if there is one, before the word of one patient. */
static void
add_patient(struct findings *f, const struct catalogue *c, const struct header *h, struct str *map)
{
	const char *column = person_column(c, h);

	if (column) {
		add_wrong(f, "no column is called patient");
		str_addf(map, "%s%s=patient", map->n ? "," : "", column);
	} else {
		add_wrong(f, "it names no patient (are all its rows of one?)");
		str_puts(&f->options, " --set patient=P01");
	}
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

/* Names that make no log.  False: nothing is known that would help. */
static bool
look_at_names(const struct reader_opts *opts, const struct header *h, struct findings *f)
{
	struct str map = STR_INIT;
	bool patient = false, asks = false;
	const char *from = fitting_map(opts->catalogue, h, &patient, &asks);

	if (from) {
		str_reset(&f->options); /* the map knows encoding and dates itself */
		str_addf(&f->options, " --from %s", from);
	} else if (!guess_columns(opts->catalogue, h, &map, &patient)) {
		str_free(&map);
		return false;
	}
	patient = patient || (opts->import && import_sets(opts->import, "patient"));
	if (from || map.n > 0)
		add_wrong(f, "its columns have other names than those of a log");
	if (!from && !patient) {
		add_patient(f, opts->catalogue, h, &map);
		patient = true;
	}
	if (map.n > 0) {
		str_puts(&f->options, " --map ");
		str_add_shell_word(&f->options, str_text(&map));
	}
	add_lacks(f, (struct import_lacks){ asks && opts->style.load_unit == NULL, !patient });
	str_free(&map);
	return true;
}

/* --- dates --- */

/* Where the dates stand: by their own name or another. */
static int
date_column(const struct catalogue *c, const struct header *h)
{
	for (size_t i = 0; i < h->n; i++) {
		const char *meant = advise_column(c, slice_of(h->name[i]));
		if (meant && strcmp(meant, "date") == 0)
			return (int)i;
	}
	return -1;
}

struct orders {
	size_t n, good[3]; /* dates seen, and readable in each order */
};

static void
count_orders(struct csvin *in, int column, struct orders *out)
{
	struct record r;
	struct when when;

	for (int i = 0; i < ROWS_LOOKED && csvin_next(in, &r) == CSVIN_RECORD; i++) {
		if ((size_t)column >= r.n || r.field[column].n == 0)
			continue;
		out->n++;
		/* Full stops divide day, month and year, in this order. */
		const bool stops = memchr(r.field[column].s, '.', r.field[column].n) != NULL;
		for (int order = DATE_YMD; order <= DATE_MDY - stops; order++)
			out->good[order] +=
			        date_read(r.field[column], (enum date_order)order, &when, NULL);
	}
}

/* Dates of which none can be read as they are, and all in another order. */
static void
look_at_dates(struct csvin *in, int column, enum date_order given, struct findings *f)
{
	struct orders o = { 0 };

	if (column < 0)
		return;
	count_orders(in, column, &o);
	if (o.n == 0 || o.good[given] > 0)
		return;
	if (o.good[DATE_DMY] == o.n) {
		add_wrong(f,
		        o.good[DATE_MDY] == o.n
		                ? "its dates begin with the day, or with the month: then mdy"
		                : "its dates begin with the day");
		str_puts(&f->options, " --date-format dmy");
	} else if (o.good[DATE_MDY] == o.n) {
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

/* The command that was typed with what it lacked: ptlog's own, or ptlog ahead of another. */
static void
say(const char *file, struct findings *f)
{
	const bool own = strcmp(diag_program(), "ptlog") == 0;
	struct str command = STR_INIT;

	str_puts(&command, "ptlog");
	if (own)
		add_given(&command, f);
	str_addf(&command, "%s ", str_text(&f->options));
	if (strcmp(file, "standard input") == 0)
		str_puts(&command, "<FILE");
	else
		str_add_shell_word(&command, file);
	if (!own) {
		str_addf(&command, " | %s", diag_program());
		add_given(&command, f);
	}
	if (f->stops)
		die_try(str_text(&command), "%s: %s", file, str_text(&f->wrong));
	diag_note_try(str_text(&command), "%s: %s", file, str_text(&f->wrong));
	str_free(&command);
}

void
advise_import(const struct reader_opts *opts, const struct header *h, const char *file)
{
	struct findings f = { STR_INIT, STR_INIT, true };

	add_lacks(&f, import_lacks(opts->import, h));
	if (f.options.n > 0)
		say(file, &f);
}

static void
look_at_table(
        struct csvin *in, struct csvin *copy, const struct reader_opts *opts, struct findings *f)
{
	const struct header_rules rules = { opts->stream.is_import, opts->stream.context, true };
	struct record r;
	struct header *h = NULL;
	bool help = true;

	if (csvin_next(copy, &r) == CSVIN_RECORD)
		h = header_of(&r, &rules, true, csvin_name(in), csvin_delimiter(copy));
	if (h == NULL || (h->table != TABLE_OTHER && h->table != TABLE_LOG)) {
		header_free(h);
		return;
	}
	const int dates = date_column(opts->catalogue, h);
	if (h->table == TABLE_OTHER) {
		f->stops = true;
		look_at_dates(copy, dates, opts->style.date_order, f);
		help = look_at_names(opts, h, f);
	} else {
		str_reset(&f->wrong);
		str_reset(&f->options);
		look_at_dates(copy, dates, opts->style.date_order, f);
	}
	header_free(h);
	if (help && f->options.n > 0)
		say(csvin_name(in), f);
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
	struct findings f = { STR_INIT, STR_INIT, false };
	struct csvin_opts own = opts->stream.in;
	const struct slice head = whole_lines(csvin_peek(in));
	struct csvin *copy;

	own.encoding = look_at_bytes(in, opts, &f);
	look_at_lines(in);
	copy = csvin_open_memory(head.s, head.n, csvin_name(in), &own);
	look_at_table(in, copy, opts, &f);
	csvin_close(copy);
	str_free(&f.wrong);
	str_free(&f.options);
}

void
advise_begin(struct stream *in, struct reader_opts *opts)
{
	stream_on_open(in, look, opts);
}
