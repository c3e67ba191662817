#include "records/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "records/dialect.h"
#include "records/filetype.h"

struct input {
	const char *name;
	struct csvin *in; /* open now, or NULL */
	bool again;       /* a regular file, which may be read ahead and opened again */
	bool begun;       /* its first header was met */
	unsigned long long dev, ino;
};

struct stream {
	struct stream_opts opts;
	struct input *input;
	size_t inputs, at;
	const struct header **header; /* all that were met, and those read ahead */
	size_t headers, headers_cap;
	const struct header **ahead;
	size_t n_ahead, ahead_cap;
	const struct header *table; /* of the input that is being read */
	void (*look)(void *context, struct csvin *in);
	void *look_context;
	struct str why;
};

/* The terminal would wait for typing, and the null device is what a service manager gives. */
static bool
stdin_is_nothing(void)
{
	struct stat in, null;

	if (isatty(STDIN_FILENO))
		return true;
	return fstat(STDIN_FILENO, &in) == 0 && S_ISCHR(in.st_mode) &&
	        stat("/dev/null", &null) == 0 && in.st_rdev == null.st_rdev;
}

static const char *
default_input(void)
{
	const char *log = getenv("PTLOG");

	if (!stdin_is_nothing())
		return "-";
	if (log == NULL || *log == '\0')
		usage_error("no input: name a file, pipe one in, or let PTLOG name your log");
	return log;
}

static void
add_input(struct stream *s, size_t *cap, const char *name)
{
	GROW(s->input, *cap, s->inputs);
	s->input[s->inputs++] = (struct input){ .name = name };
}

static void
list_inputs(struct stream *s, char *const files[])
{
	size_t cap = 0, standard = 0;

	for (; *files != NULL; files++) {
		standard += strcmp(*files, "-") == 0;
		add_input(s, &cap, *files);
	}
	if (standard > 1)
		usage_error("standard input (-) can be read only once");
	if (s->inputs == 0)
		add_input(s, &cap, default_input());
}

static void
open_input(struct stream *s, struct input *i)
{
	struct stat st;

	i->in = csvin_open(i->name, &s->opts.in);
	if (i->in == NULL)
		die("%s: %s", i->name, strerror(errno));
	if (fstat(csvin_fd(i->in), &st) != 0)
		die("%s: %s", csvin_name(i->in), strerror(errno));
	if (S_ISDIR(st.st_mode))
		die("%s: is a directory; name the files in it", i->name);
	i->again = S_ISREG(st.st_mode) && strcmp(i->name, "-") != 0;
	i->dev = st.st_dev;
	i->ino = st.st_ino;
}

/* Nothing came, or something that is no CSV: said before a parser stumbles over it. */
static void
check_input(const struct input *i)
{
	const struct slice head = csvin_peek(i->in);
	const char *what = filetype_not_csv(head);

	if (head.n == 0 && strcmp(i->name, "-") == 0)
		die("no input on standard input; under cron, name the log");
	if (head.n == 0)
		die("%s: the file is empty", i->name);
	if (what != NULL)
		die("%s: this is %s", csvin_name(i->in), what);
}

struct stream *
stream_open(char *const files[], const struct stream_opts *opts)
{
	struct stream *s = xcalloc(1, sizeof *s);

	s->opts = *opts;
	list_inputs(s, files);
	for (size_t i = 0; i < s->inputs; i++) {
		open_input(s, &s->input[i]);
		if (i > 0 && s->input[i].again) { /* a thousand files are not held open */
			csvin_close(s->input[i].in);
			s->input[i].in = NULL;
		}
	}
	return s;
}

void
stream_close(struct stream *s)
{
	for (size_t i = 0; i < s->inputs; i++)
		csvin_close(s->input[i].in);
	for (size_t i = 0; i < s->headers; i++)
		header_free((struct header *)s->header[i]);
	str_free(&s->why);
	free(s->header);
	free(s->ahead);
	free(s->input);
	free(s);
}

void
stream_on_open(struct stream *s, void (*look)(void *context, struct csvin *in), void *context)
{
	s->look = look;
	s->look_context = context;
}

bool
stream_reads(const struct stream *s, unsigned long long dev, unsigned long long ino)
{
	for (size_t i = 0; i < s->inputs; i++)
		if (s->input[i].dev == dev && s->input[i].ino == ino)
			return true;
	return false;
}

static enum table
table_of(const struct stream *s, const struct record *r)
{
	return header_table(r, s->opts.is_import, s->opts.context);
}

static const struct header *
keep_header(struct stream *s, const struct input *i, const struct record *r, enum table table)
{
	struct header *h = header_new(r, table, csvin_delimiter(i->in));

	if (!header_good(h, &s->why))
		die("%s:%ld: header: %s", csvin_name(i->in), r->line, str_text(&s->why));
	h->serial = s->headers;
	GROW(s->header, s->headers_cap, s->headers);
	s->header[s->headers++] = h;
	return h;
}

/* The first line that is a header after all, behind title lines; 0: none near. */
static long
later_header(const struct stream *s, struct csvin *in)
{
	struct record r;
	enum csvin_got got;

	for (int i = 0; i < 50 && ((got = csvin_next(in, &r)) == CSVIN_RECORD || got == CSVIN_BAD);
	        i++)
		if (got == CSVIN_RECORD && table_of(s, &r) != TABLE_OTHER)
			return r.line;
	return 0;
}

/* The first record names no table that is known. */
static _Noreturn void
no_header(const struct stream *s, const struct input *i, const struct record *r)
{
	const char *name = csvin_name(i->in);
	const long line = r->line;

	if (r->n == 1 && r->quoted && memchr(r->field[0].s, ',', r->field[0].n) != NULL)
		die("%s:%ld: header: it has 1 column, named %s; each whole line is quoted, "
		    "as if it had been exported twice",
		        name, line, quote(r->field[0]));
	if (r->n > 0 && r->field[0].n > 0 && r->field[0].s[0] == '#')
		die("%s:%ld: header: unknown column %s; take the # away", name, line,
		        quote(r->field[0]));
	const long later = later_header(s, i->in);
	if (later > 0)
		die("%s:%ld: this is not a header; one stands at line %ld; try: tail -n +%ld FILE",
		        name, line, later, later);
	die("%s:%ld: no header: a log needs the columns date, patient and item; "
	    "ptlog --map NAME=COLUMN renames them",
	        name, line);
}

/* A refusal of the whole input, where no row can be read behind it. */
static _Noreturn void
broken(const struct input *i, const struct record *r)
{
	die("%s:%ld: %s", csvin_name(i->in), r->line, r->why);
}

/* Reads the input's first record, which must be a header. */
static const struct header *
first_header(struct stream *s, struct input *i, struct record *r)
{
	const enum csvin_got got = csvin_next(i->in, r);
	enum table table;

	if (got == CSVIN_END)
		die("%s: no header line; the file holds no records", csvin_name(i->in));
	if (got == CSVIN_BAD)
		die("%s:%ld: header: %s", csvin_name(i->in), r->line, r->why);
	if (got == CSVIN_BROKEN)
		broken(i, r);
	table = table_of(s, r);
	if (table == TABLE_OTHER)
		no_header(s, i, r);
	i->begun = true;
	return keep_header(s, i, r, table);
}

static void
begin_input(struct stream *s, struct input *i)
{
	if (i->in == NULL)
		open_input(s, i);
	check_input(i);
	if (s->look != NULL)
		s->look(s->look_context, i->in);
}

/* A regular file is closed after its header, and opened again when its turn comes. */
static void
read_ahead(struct stream *s, struct input *i)
{
	struct record r;

	begin_input(s, i);
	GROW(s->ahead, s->ahead_cap, s->n_ahead);
	s->ahead[s->n_ahead++] = first_header(s, i, &r);
	i->begun = false;
	csvin_close(i->in);
	i->in = NULL;
}

size_t
stream_headers(struct stream *s, const struct header *const **out)
{
	if (s->n_ahead == 0 && s->table != NULL) {
		GROW(s->ahead, s->ahead_cap, s->n_ahead);
		s->ahead[s->n_ahead++] = s->table;
		for (size_t i = s->at + 1; i < s->inputs; i++)
			if (s->input[i].in == NULL)
				read_ahead(s, &s->input[i]);
	}
	*out = s->ahead;
	return s->n_ahead;
}

static void
note_dropped(const struct input *i, const struct header *h, const struct record *r)
{
	if (h->dropped > 0)
		diag_warning((struct place){ csvin_name(i->in), r->line, "header" },
		        "%zu empty column%s at the end dropped", h->dropped,
		        h->dropped == 1 ? "" : "s");
}

/* Too few or too many fields: the likeliest cause and its cure. */
static void
explain_ragged(struct stream *s, const struct record *r)
{
	const struct header *h = s->table;
	const char other = delimiter_of(r->raw);

	str_reset(&s->why);
	str_addf(&s->why, "%zu field%s, but the header has %zu", r->n, r->n == 1 ? "" : "s", h->n);
	if (r->n == 1 && other != h->delimiter && memchr(r->raw.s, other, r->raw.n) != NULL)
		str_addf(&s->why, "; the line uses '%s'",
		        other == '\t' ? "\\t" : (char[]){ other, '\0' });
	else if (r->n >= 2 * h->n - 1 && h->n > 2)
		str_puts(&s->why, "; it looks like two rows joined (a missing line end)");
	else if (r->n == h->n + 1 && h->delimiter == ',')
		str_puts(&s->why, "; a decimal comma without quotes? write 12.5");
	else
		str_puts(&s->why,
		        "; each row needs as many, and text with the delimiter needs quotes");
}

/* One cell that would be a header under another delimiter: the rest cannot be meant for this table.
 */
static void
refuse_other_delimiter(const struct stream *s, const struct input *i, const struct record *r)
{
	const char other = delimiter_of(r->raw);
	struct csvin_opts opts = { .delimiter = other };
	struct csvin *in;
	struct record again;

	if (r->n != 1 || other == s->table->delimiter || r->raw.n > 4096)
		return;
	in = csvin_open_memory(r->raw.s, r->raw.n, "", &opts);
	const bool header = csvin_next(in, &again) == CSVIN_RECORD && again.n > 1 &&
	        table_of(s, &again) != TABLE_OTHER;
	csvin_close(in);
	if (header)
		die("%s:%ld: a header with '%c' in the middle of a table with '%c': give the files "
		    "by name",
		        csvin_name(i->in), r->line, other, s->table->delimiter);
}

static bool
only_blanks_behind(const struct record *r, size_t n)
{
	for (size_t i = n; i < r->n; i++)
		if (slice_trim(r->field[i]).n > 0)
			return false;
	return true;
}

static enum stream_got
refuse_row(const struct input *i, struct row *out, const char *why, const char *column)
{
	out->record.why = why;
	diag_reject((struct place){ csvin_name(i->in), out->record.line, column }, "%s", why);
	return STREAM_BAD;
}

static const char *
column_at(const struct stream *s, size_t field)
{
	return s->table != NULL && field < s->table->n ? s->table->name[field] : NULL;
}

static void
note_mark(const struct input *i, const struct record *r)
{
	if (r->mark && r->line > 1)
		diag_warning((struct place){ csvin_name(i->in), r->line, NULL },
		        "byte-order mark inside the file dropped (files joined with cat?)");
}

static enum stream_got
one_row(struct stream *s, struct input *i, struct row *out)
{
	struct record *r = &out->record;
	const enum table table = table_of(s, r);

	if (table != TABLE_OTHER) {
		s->table = keep_header(s, i, r, table);
		out->header = s->table;
		note_dropped(i, s->table, r);
		return STREAM_HEADER;
	}
	note_mark(i, r);
	if (r->n > s->table->n && r->n <= s->table->n + s->table->dropped &&
	        only_blanks_behind(r, s->table->n))
		r->n = s->table->n;
	if (r->n == s->table->n)
		return STREAM_ROW;
	refuse_other_delimiter(s, i, r);
	explain_ragged(s, r);
	return refuse_row(i, out, str_text(&s->why), NULL);
}

static enum stream_got
begin_table(struct stream *s, struct input *i, struct row *out)
{
	begin_input(s, i);
	s->table = first_header(s, i, &out->record);
	out->header = s->table;
	out->file = csvin_name(i->in);
	note_dropped(i, s->table, &out->record);
	return STREAM_HEADER;
}

static void
end_input(struct stream *s, struct input *i)
{
	csvin_close(i->in);
	i->in = NULL;
	s->at++;
}

enum stream_got
stream_next(struct stream *s, struct row *out)
{
	while (s->at < s->inputs) {
		struct input *i = &s->input[s->at];
		if (!i->begun)
			return begin_table(s, i, out);
		out->file = csvin_name(i->in);
		out->header = s->table;
		switch (csvin_next(i->in, &out->record)) {
		case CSVIN_END:
			end_input(s, i);
			continue;
		case CSVIN_RECORD:
			return one_row(s, i, out);
		case CSVIN_BAD:
			return refuse_row(i, out, out->record.why,
				column_at(s, out->record.bad_field));
		case CSVIN_BROKEN:
			broken(i, &out->record);
		}
	}
	return STREAM_END;
}
