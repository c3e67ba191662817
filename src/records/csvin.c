#include "records/scan.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "records/dialect.h"

#ifndef CSVIN_PLAIN
#define CSVIN_PLAIN 1
#endif

static struct csvin *
csvin_new(const char *name, const struct csvin_opts *opts)
{
	struct csvin *in = xcalloc(1, sizeof(*in));

	in->name = xstrdup(strcmp(name, "-") == 0 ? "standard input" : name);
	in->encoding = opts->encoding ? xstrdup(opts->encoding) : NULL;
	in->delimiter = opts->delimiter;
	in->plain = CSVIN_PLAIN && !opts->plain_off;
	in->max_record = opts->max_record && opts->max_record < CSVIN_MAX_RECORD ? opts->max_record
	                                                                         : CSVIN_MAX_RECORD;
	return in;
}

struct csvin *
csvin_open_fd(int fd, const char *name, const struct csvin_opts *opts)
{
	struct csvin *in = csvin_new(name, opts);

	source_open_fd(&in->src, fd, opts->block);
	in->src.regular &= !opts->held;
	return in;
}

struct csvin *
csvin_open(const char *name, const struct csvin_opts *opts)
{
	const bool own = strcmp(name, "-") != 0;
	const int fd = own ? file_open(name, O_RDONLY | O_NOCTTY, 0) : STDIN_FILENO;
	struct csvin *in = fd < 0 ? NULL : csvin_open_fd(fd, name, opts);

	if (in)
		in->src.own = own;
	return in;
}

struct csvin *
csvin_open_memory(const char *bytes, size_t n, const char *name, const struct csvin_opts *opts)
{
	struct csvin *in = csvin_new(name, opts);

	source_open_memory(&in->src, (struct slice){ bytes, n }, opts->block);
	return in;
}

void
csvin_close(struct csvin *in)
{
	if (!in)
		return;
	if (in->line_end)
		csv_free(&in->parser);
	source_close(&in->src);
	str_free(&in->why);
	free(in->text);
	free(in->encoding);
	free(in->name);
	free(in);
}

void
csvin_set_encoding(struct csvin *in, const char *encoding)
{
	free(in->encoding);
	in->encoding = xstrdup(encoding);
}

/* Past a byte-order mark, which may stand before any record where files were joined. */
static bool
skip_mark(struct source *s)
{
	if (s->window[s->at] != (char)0xef || !source_has(s, 3) ||
	        memcmp(s->window + s->at, "\xef\xbb\xbf", 3) != 0)
		return false;
	s->at += 3;
	return true;
}

/* False and a reason when the encoding is not known. */
static bool
begin(struct csvin *in)
{
	struct source *s = &in->src;
	bool known = source_decode(s, in->encoding);
	struct dialect d;

	skip_mark(s);
	source_has(s, CSVIN_PEEK);
	d = dialect_of((struct slice){ s->window + s->at, s->end - s->at });
	if (!in->delimiter)
		in->delimiter = d.delimiter;
	in->line_end = d.line_end;
	in->plain &= in->line_end == '\n';
	in->line = 1;
	s->at += d.skip;
	libcsv_begin(in);
	plain_begin(in);
	if (!known)
		str_addf(&in->why, "no encoding is called '%s'; iconv -l lists them", in->encoding);
	return known;
}

char *
text_room(struct csvin *in)
{
	if (in->text_cap < in->src.cap) { /* only at its first field: the window stands still */
		in->text_cap = in->src.cap;
		in->text = xreallocarray(in->text, in->text_cap, 1);
	}
	return in->text + in->text_n;
}

enum csvin_got
scan_broken(struct csvin *in, struct record *out, long line)
{
	in->src.at = in->src.end;
	in->src.ended = true;
	*out = (struct record){ .line = line, .why = str_text(&in->why), .bad_field = in->n };
	return CSVIN_BROKEN;
}

size_t
line_end_at(struct csvin *in, size_t i)
{
	const char *s = in->src.window + in->src.at + i;

	if (*s == '\n')
		return 1;
	if (*s != '\r' || in->line_end != '\r')
		return 0;
	if (source_has(&in->src, i + 2) && in->src.window[in->src.at + i + 1] == '\n')
		return 2;
	return 1;
}

static enum csvin_got
read_failed(struct csvin *in, struct record *out, long line)
{
	str_reset(&in->why);
	str_addf(&in->why, "cannot be read: %s", strerror(in->src.error));
	in->src.error = 0;
	in->n = CSVIN_MAX_FIELDS; /* in no field of its own */
	return scan_broken(in, out, line);
}

/* Past the rest of a line that was too long to be a record. */
static void
skip_line(struct csvin *in)
{
	while (in->skipping && source_has(&in->src, 1)) {
		size_t n = line_end_at(in, 0);

		in->skipping = n == 0;
		in->line += n > 0;
		in->src.at += n > 0 ? n : 1;
	}
}

/* CSVIN_END: a blank line, nothing to tell of.  A record that a failed read cut short is none. */
static enum csvin_got
scan(struct csvin *in, struct record *out)
{
	const long line = in->line;
	enum plain plain = PLAIN_HARD;
	enum csvin_got got;

	if (in->plain)
		do
			plain = scan_plain(in, out);
		while (plain == PLAIN_CUT && in->src.end - in->src.at <= in->max_record &&
		        source_more(&in->src));
	if (plain == PLAIN_RECORD)
		return CSVIN_RECORD;
	if (plain == PLAIN_BLANK)
		return CSVIN_END;
	got = scan_libcsv(in, out);
	if (in->src.error != 0 && (got == CSVIN_BROKEN || out->unended))
		return read_failed(in, out, line);
	return got;
}

enum csvin_got
csvin_next(struct csvin *in, struct record *out)
{
	enum csvin_got got = CSVIN_END;

	if (!in->line_end && !begin(in))
		return scan_broken(in, out, 1);
	while (got == CSVIN_END) {
		if (in->skipping)
			skip_line(in);
		if (!source_has(&in->src, 1))
			return in->src.error ? read_failed(in, out, in->line) : CSVIN_END;
		out->mark = skip_mark(&in->src);
		got = scan(in, out);
	}
	return got;
}

const char *
csvin_name(const struct csvin *in)
{
	return in->name;
}

char
csvin_delimiter(const struct csvin *in)
{
	return in->delimiter;
}

struct slice
csvin_peek(struct csvin *in)
{
	return source_peek(&in->src, CSVIN_PEEK);
}

bool
csvin_has_places(const struct csvin *in)
{
	const struct source *s = &in->src;

	return s->regular && s->own && !s->decoding && in->plain;
}

/* Behind the rest of a line that was too long. */
uint64_t
csvin_place(struct csvin *in)
{
	skip_line(in);
	return in->src.offset - (in->src.end - in->src.at);
}

long
csvin_line(const struct csvin *in)
{
	return in->line;
}

void
csvin_go(struct csvin *in, uint64_t place, long line)
{
	source_go(&in->src, place);
	in->skipping = false;
	in->line = line;
}

void
csvin_read_to(struct csvin *in, uint64_t place)
{
	in->src.until = place + 2048; /* the record that stands there, mostly */
}

void
csvin_take_end(struct csvin *in)
{
	in->src.regular = false;
}

bool
csvin_go_near(struct csvin *in, uint64_t place)
{
	struct source *s = &in->src;
	const char *feed = NULL;

	csvin_go(in, place - 1, 0);
	while (!feed && source_has(s, 1)) {
		const char *at = s->window + s->at;
		feed = memchr(at, '\n', s->end - s->at);
		s->at = feed ? (size_t)(feed + 1 - s->window) : s->end;
	}
	return feed != NULL;
}

uint64_t
csvin_offset(const struct csvin *in)
{
	return in->src.offset;
}

uint64_t
csvin_size(const struct csvin *in)
{
	return in->src.size;
}
