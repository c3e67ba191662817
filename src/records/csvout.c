#include "records/csvout.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"

#define OUT_BUFFER ((size_t)256 << 10)

struct csvout {
	int fd; /* -1: into text */
	const char *name;
	struct str *text;
	char *buf;
	size_t n;
	char delimiter;
	bool begun; /* a field of this record is written */
};

struct csvout *
csvout_new(int fd, const char *name, char delimiter)
{
	struct csvout *out = xcalloc(1, sizeof *out);

	out->fd = fd;
	out->name = name;
	out->delimiter = delimiter;
	out->buf = xmalloc(OUT_BUFFER);
	return out;
}

struct csvout *
csvout_to_str(struct str *text, char delimiter)
{
	struct csvout *out = xcalloc(1, sizeof *out);

	out->fd = -1;
	out->text = text;
	out->delimiter = delimiter;
	return out;
}

static void
write_all(const struct csvout *out, const char *s, size_t n)
{
	while (n > 0) {
		const ssize_t put = write(out->fd, s, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			die("%s: %s", out->name, strerror(errno));
		s += put;
		n -= (size_t)put;
	}
}

void
csvout_flush(struct csvout *out)
{
	if (out->fd >= 0)
		write_all(out, out->buf, out->n);
	out->n = 0;
}

static void
put(struct csvout *out, const char *s, size_t n)
{
	if (out->fd < 0) {
		str_add(out->text, s, n);
		return;
	}
	if (n > OUT_BUFFER - out->n)
		csvout_flush(out);
	if (n > OUT_BUFFER) {
		write_all(out, s, n);
		return;
	}
	if (n > 0)
		memcpy(out->buf + out->n, s, n);
	out->n += n;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* What RFC 4180 needs quotes for, and blanks at the edges, which readers drop from bare fields. */
static bool
needs_quotes(const struct csvout *out, const char *s, size_t n)
{
	if (n == 0)
		return false;
	if (is_blank(s[0]) || is_blank(s[n - 1]))
		return true;
	for (size_t i = 0; i < n; i++)
		if (s[i] == out->delimiter || s[i] == '"' || s[i] == '\n' || s[i] == '\r')
			return true;
	return false;
}

static void
put_quoted(struct csvout *out, const char *s, size_t n)
{
	const size_t most = 2 * n + 2;
	char *quoted = xmalloc(most);

	put(out, quoted, csv_write(quoted, most, s, n));
	free(quoted);
}

void
csvout_field(struct csvout *out, const char *s, size_t n)
{
	if (out->begun)
		put(out, &out->delimiter, 1);
	out->begun = true;
	if (needs_quotes(out, s, n))
		put_quoted(out, s, n);
	else
		put(out, s, n);
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
csvout_figure(struct csvout *out, double x, int most)
{
	char buf[NUM_TEXT];

	csvout_field(out, buf, figure_write(buf, x, most));
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
	put(out, "\n", 1);
	out->begun = false;
}

void
csvout_raw(struct csvout *out, const char *s, size_t n)
{
	put(out, s, n);
}

void
csvout_close(struct csvout *out)
{
	csvout_flush(out);
	free(out->buf);
	free(out);
}
