#include "records/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "records/foreign.h"
#include "records/progress.h"
#include "records/ragged.h"

struct input {
	const char *file; /* as given; "-" is standard input */
	const char *name; /* for messages */
	struct csvin *in; /* NULL: not open */
	bool looked_at;   /* by on_open */
	bool ahead;       /* its header was read ahead, but not handed out yet */
	struct record first;
	struct header *header;
};

struct stream {
	struct csvin_opts csv;
	const char *nothing;
	struct header_rules rules;
	struct input *inputs;
	size_t n, at;
	struct header **headers; /* all that were met, to be freed */
	size_t n_headers, headers_cap;
	const struct header **first; /* what stream_headers() gave */
	const struct header *header; /* of the table being read */
	char dated[10]; /* the first cell of a record that was no header by it: a date, as a rule */
	struct progress progress;
	struct str why;
	void (*look)(void *context, struct csvin *in);
	void *look_context;
};

/* ---- which inputs ---- */

static bool
nobody_feeds_stdin(void)
{
	struct stat st;

	if (isatty(STDIN_FILENO) || fstat(STDIN_FILENO, &st) != 0)
		return true;
	return S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3); /* /dev/null */
}

/* Without operands. */
static const char *
default_input(void)
{
	const char *log = getenv("PTLOG");

	if (!nobody_feeds_stdin())
		return "-";
	if (!log || !*log)
		usage_error(
		        "no input: name a FILE, pipe rows into standard input, or let PTLOG name "
		        "your log (export PTLOG=visits.csv)");
	return log;
}

/* A missing file is told before any output. */
static void
check_file(const char *file)
{
	struct stat st;

	if (stat(file, &st) != 0 || access(file, R_OK) != 0)
		die("%s: %s", file, strerror(errno));
	if (S_ISDIR(st.st_mode))
		die("%s: is a directory; name the files in it", file);
}

static void
add_input(struct stream *s, const char *file)
{
	bool is_stdin = strcmp(file, "-") == 0;

	if (!is_stdin)
		check_file(file);
	s->inputs = xreallocarray(s->inputs, s->n + 1, sizeof(*s->inputs));
	s->inputs[s->n++] =
	        (struct input){ .file = file, .name = is_stdin ? "standard input" : file };
}

struct stream *
stream_open(char *const files[], const struct stream_opts *opts)
{
	struct stream *s = xcalloc(1, sizeof(*s));
	int standard = 0;

	s->csv = opts->in;
	s->nothing = opts->nothing;
	s->rules = (struct header_rules){ opts->is_import, opts->context, opts->any };
	for (size_t i = 0; files[i]; i++) {
		standard += strcmp(files[i], "-") == 0;
		add_input(s, files[i]);
	}
	if (standard > 1)
		usage_error("standard input (-) can be read only once");
	if (s->n == 0)
		add_input(s, default_input());
	return s;
}

void
stream_close(struct stream *s)
{
	for (size_t i = 0; i < s->n; i++)
		csvin_close(s->inputs[i].in);
	for (size_t i = 0; i < s->n_headers; i++)
		header_free(s->headers[i]);
	progress_end(&s->progress);
	str_free(&s->why);
	free(s->headers);
	free(s->first);
	free(s->inputs);
	free(s);
}

struct csvin *
stream_input(const struct stream *s)
{
	return s->inputs[s->at].in;
}

void
stream_stay(struct stream *s)
{
	s->n = s->at + 1;
	csvin_take_end(s->inputs[s->at].in);
}

void
stream_passed(struct stream *s, long rows)
{
	s->progress.rows += rows;
}

void
stream_on_open(struct stream *s, void (*look)(void *context, struct csvin *in), void *context)
{
	s->look = look;
	s->look_context = context;
}

bool
stream_reads(const struct stream *s, const struct stat *st)
{
	for (size_t i = 0; i < s->n && S_ISREG(st->st_mode); i++) {
		const char *file = s->inputs[i].file;
		struct stat in;

		if ((strcmp(file, "-") == 0 ? fstat(STDIN_FILENO, &in) : stat(file, &in)) == 0 &&
		        in.st_dev == st->st_dev && in.st_ino == st->st_ino)
			return true;
	}
	return false;
}

void
stream_refuse_output(const struct stream *s)
{
	struct stat out;

	if (fstat(STDOUT_FILENO, &out) == 0 && stream_reads(s, &out))
		die("standard output is an input too; nothing was written: write to another file");
}

/* ---- the beginning of an input ---- */

static _Noreturn void
nothing_in(const struct stream *s, const struct input *input)
{
	bool empty = csvin_offset(input->in) == 0;

	if (empty && strcmp(input->file, "-") == 0)
		die("no input on standard input; %s",
		        s->nothing ? s->nothing : "under cron, name the log");
	die("%s: %s; a log begins with a line of column names", input->name,
	        empty ? "the file is empty" : "no header line");
}

/* For a command to type. */
static const char *
file_of(const struct input *input)
{
	return strcmp(input->file, "-") == 0 ? NULL : input->file;
}

static void
open_input(struct stream *s, struct input *input)
{
	struct str why = STR_INIT;

	input->in = csvin_open(input->file, &s->csv);
	if (!input->in)
		die("%s: %s", input->name, strerror(errno));
	foreign_explain(&why, csvin_peek(input->in), file_of(input));
	if (why.n > 0 && !s->csv.encoding)
		die("%s: %s", input->name, str_text(&why));
	str_free(&why);
	if (s->look && !input->looked_at)
		s->look(s->look_context, input->in);
	input->looked_at = true;
}

static struct header *
keep_header(struct stream *s, struct header *h)
{
	GROW(s->headers, s->headers_cap, s->n_headers);
	return s->headers[s->n_headers++] = h;
}

/* The first record of an input must be a header. */
static void
read_header(struct stream *s, struct input *input)
{
	struct header *h;

	open_input(s, input);
	switch (csvin_next(input->in, &input->first)) {
	case CSVIN_RECORD:
		break;
	case CSVIN_END:
		nothing_in(s, input);
	default:
		die("%s:%ld: %s", input->name, input->first.line, input->first.why);
	}
	h = header_of(&input->first, &s->rules, true, input->name, csvin_delimiter(input->in));
	if (!h)
		no_header(input->in, &input->first, input->name, file_of(input));
	input->header = keep_header(s, h);
	input->ahead = true;
}

static bool
can_be_read_again(const struct input *input)
{
	struct stat st;

	return strcmp(input->file, "-") != 0 && stat(input->file, &st) == 0 && S_ISREG(st.st_mode);
}

size_t
stream_headers(struct stream *s, const struct header *const **out)
{
	s->first = xreallocarray(s->first, s->n + 1, sizeof(*s->first));
	for (size_t i = 0; i < s->n; i++) {
		struct input *input = &s->inputs[i];

		if (!input->header) {
			read_header(s, input);
			if (i > s->at &&
			        can_be_read_again(input)) { /* few descriptors may be open */
				csvin_close(input->in);
				input->in = NULL;
				input->ahead = false;
			}
		}
		s->first[i] = input->header;
	}
	*out = s->first;
	return s->n;
}

/* ---- records ---- */

static enum stream_got
give_header(struct stream *s, struct row *out, const struct header *h)
{
	if (h->dropped > 0)
		diag_warning((struct place){ out->file, out->record.line, NULL },
		        "%zu unnamed empty column%s at the end dropped", h->dropped,
		        h->dropped == 1 ? "" : "s");
	s->header = h;
	out->header = h;
	out->record.n = h->n;
	return STREAM_HEADER;
}

static enum stream_got
give_bad(struct stream *s, struct row *out, const char *why)
{
	struct record *r = &out->record;
	const char *column = r->bad_field < s->header->n ? s->header->name[r->bad_field] : NULL;

	r->why = why;
	diag_reject((struct place){ out->file, r->line, column }, "%s", why);
	return STREAM_BAD;
}

/* Nothing behind this place can be read. */
static _Noreturn void
give_up(const struct stream *s, const struct row *out)
{
	const struct record *r = &out->record;
	bool in_column = r->bad_field < s->header->n;

	die("%s:%ld: %s%s%s", out->file, r->line, in_column ? s->header->name[r->bad_field] : "",
	        in_column ? ": " : "", r->why);
}

/* A row with another number of fields than the header; empty ones under no name do not count. */
static enum stream_got
give_ragged(struct stream *s, struct row *out)
{
	struct record *r = &out->record;
	size_t n = r->n;

	while (n > s->header->n && n <= s->header->n + s->header->dropped && r->field[n - 1].n == 0)
		n--;
	if (n == s->header->n) {
		r->n = n;
		r->bare = false;
		return STREAM_ROW;
	}
	if (n == 1 && line_is_header(r->raw))
		die("%s:%ld: a header with another delimiter than the table above it; name the "
		    "files one by one",
		        out->file, r->line);
	str_reset(&s->why);
	ragged_explain(&s->why, r, s->header);
	r->bad_field = CSVIN_MAX_FIELDS; /* no column of its own */
	return give_bad(s, out, str_text(&s->why));
}

static void
remark_on(const struct row *row)
{
	if (row->record.mark)
		diag_note("%s:%ld: a byte-order mark inside the file was dropped (files joined?)",
		        row->file, row->record.line);
	if (row->record.unended)
		diag_note("%s:%ld: the last line has no line end", row->file, row->record.line);
}

/* Most records begin with the date of the one before. */
static inline bool
begins_as_before(const struct stream *s, struct slice first)
{
	return first.n == sizeof(s->dated) && memcmp(first.s, s->dated, sizeof(s->dated)) == 0;
}

/* A record to be looked at as a header. */
static bool
is_doubtful(struct stream *s, const struct record *r)
{
	const struct slice first = r->field[0];

	if (!is_figure(first))
		return may_be_header(r, &s->rules);
	if (first.n == sizeof(s->dated))
		memcpy(s->dated, first.s, first.n);
	return false;
}

static enum stream_got
give_record(struct stream *s, struct row *out)
{
	struct record *r = &out->record;

	out->header = s->header;
	if (!begins_as_before(s, r->field[0]) && is_doubtful(s, r)) {
		struct header *h = header_of(r, &s->rules, false, out->file, s->header->delimiter);

		if (h)
			return give_header(s, out, keep_header(s, h));
	}
	if (r->mark || r->unended)
		remark_on(out);
	return r->n == s->header->n ? STREAM_ROW : give_ragged(s, out);
}

/* The next input begins, with its header. */
static enum stream_got
begin_input(struct stream *s, struct row *out)
{
	struct input *input = &s->inputs[s->at];

	if (!input->ahead)
		read_header(s, input);
	input->ahead = false;
	progress_begin(&s->progress, input->name, csvin_size(input->in));
	out->file = input->name;
	out->record = input->first;
	return give_header(s, out, input->header);
}

static void
end_input(struct stream *s)
{
	progress_end(&s->progress);
	csvin_close(s->inputs[s->at].in);
	s->inputs[s->at].in = NULL;
	s->at++;
}

enum stream_got
stream_next(struct stream *s, struct row *out)
{
	while (s->at < s->n) {
		struct input *input = &s->inputs[s->at];

		if (!input->in || input->ahead)
			return begin_input(s, out);
		out->file = input->name;
		if (progress_due(&s->progress))
			progress_look(&s->progress, csvin_offset(input->in));
		switch (csvin_next(input->in, &out->record)) {
		case CSVIN_RECORD:
			return give_record(s, out);
		case CSVIN_BAD:
			out->header = s->header;
			return give_bad(s, out, out->record.why);
		case CSVIN_BROKEN:
			give_up(s, out);
		case CSVIN_END:
			end_input(s);
		}
	}
	return STREAM_END;
}
