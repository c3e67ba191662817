#include "records/csvout.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/num.h"

#define OUT_BUFFER ((size_t)256 << 10)

struct csvout {
	int fd; /* -1: into text */
	const char *name;
	struct str *text;
	struct str own; /* what text points to when there is a descriptor */
	bool odd[256];  /* bytes that a field needs quotes for */
	size_t fields;  /* of this record so far */
	size_t last;    /* bytes of its last field */
	char delimiter;
};

static struct csvout *
csvout_begin(int fd, const char *name, char delimiter)
{
	struct csvout *out = xcalloc(1, sizeof(*out));

	out->fd = fd;
	out->name = name;
	out->text = &out->own;
	out->delimiter = delimiter;
	out->odd[(unsigned char)delimiter] = true;
	out->odd['"'] = out->odd['\n'] = out->odd['\r'] = true;
	return out;
}

struct csvout *
csvout_new(int fd, const char *name, char delimiter)
{
	return csvout_begin(fd, name, delimiter);
}

struct csvout *
csvout_to_str(struct str *text, char delimiter)
{
	struct csvout *out = csvout_begin(-1, NULL, delimiter);

	out->text = text;
	return out;
}

static void
write_all(const struct csvout *out, const char *s, size_t n)
{
	if (!file_write(out->fd, s, n))
		die("%s: %s", out->name, strerror(errno));
}

void
csvout_flush(struct csvout *out)
{
	if (out->fd < 0)
		return;
	write_all(out, out->own.s, out->own.n);
	out->own.n = 0;
}

/* Whole buffers: what has arrived when the program dies depends on what was written alone. */
static void
flush_whole(struct csvout *out)
{
	const size_t whole = out->own.n / OUT_BUFFER * OUT_BUFFER;

	write_all(out, out->own.s, whole);
	memmove(out->own.s, out->own.s + whole, out->own.n - whole);
	out->own.n -= whole;
}

char *
csvout_room(struct csvout *out, size_t n)
{
	struct str *t = out->text;

	if (t->n + n >= t->cap) {
		t->cap = 2 * (t->cap > OUT_BUFFER || out->fd < 0 ? t->cap : OUT_BUFFER) + n + 1;
		t->s = xreallocarray(t->s, t->cap, 1);
	}
	return t->s + t->n;
}

void
csvout_end_at(struct csvout *out, char *end)
{
	out->text->n = (size_t)(end - out->text->s);
	*end = '\0';
	if (out->fd >= 0 && out->own.n >= OUT_BUFFER)
		flush_whole(out);
}

/*
 * What RFC 4180 needs quotes for; blanks at the edges, which readers drop from bare fields; and a
 * byte-order mark, which readers drop before a record.
 */
static bool
needs_quotes(const struct csvout *out, const char *s, size_t n)
{
	if (n == 0)
		return false;
	if (is_blank(s[0]) || is_blank(s[n - 1]) || s[0] == '\xef')
		return true;
	for (size_t i = 0; i < n; i++)
		if (out->odd[(unsigned char)s[i]])
			return true;
	return false;
}

size_t
csvout_length(struct slice field)
{
	static const struct csvout commas = {
		.odd = { [','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true }
	};
	size_t n = field.n;

	if (!needs_quotes(&commas, field.s, field.n))
		return n;
	for (size_t i = 0; i < field.n; i++)
		n += field.s[i] == '"';
	return n + 2;
}

void
csvout_field(struct csvout *out, const char *s, size_t n)
{
	char *to = csvout_room(out, 2 * n + 3);

	if (out->fields++ > 0)
		*to++ = out->delimiter;
	out->last = n;
	if (needs_quotes(out, s, n))
		to += csv_write(to, 2 * n + 2, s, n);
	else if (n > 0)
		to = (char *)memcpy(to, s, n) + n;
	csvout_end_at(out, to);
}

void
csvout_text(struct csvout *out, const char *s)
{
	csvout_field(out, s, s != NULL ? strlen(s) : 0);
}

void
csvout_number(struct csvout *out, double x)
{
	char buf[NUM_TEXT];

	csvout_field(out, buf, known(x) ? num_write(buf, x) : 0);
}

void
csvout_day(struct csvout *out, int day)
{
	char buf[DATE_TEXT];

	csvout_field(out, buf, day != DAY_NONE ? day_write(buf, day) : 0);
}

void
csvout_end(struct csvout *out)
{
	char *to = csvout_room(out, 3);

	if (out->fields == 1 && out->last == 0) { /* a line with nothing in it is no record */
		*to++ = '"';
		*to++ = '"';
	}
	*to++ = '\n';
	csvout_end_at(out, to);
	out->fields = 0;
}

void
csvout_raw(struct csvout *out, const char *s, size_t n)
{
	char *to = csvout_room(out, n);

	if (n > 0)
		memcpy(to, s, n);
	csvout_end_at(out, to + n);
}

void
csvout_close(struct csvout *out)
{
	csvout_flush(out);
	str_free(&out->own);
	free(out);
}
