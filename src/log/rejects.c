#include "log/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "records/csvout.h"

struct rejects {
	const char *file;
	int fd;
	bool begun;
	size_t serial; /* of the table whose header was written last */
};

struct rejects *
rejects_open(const char *file)
{
	struct rejects *r = xcalloc(1, sizeof *r);

	r->file = file;
	r->fd = file_open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
	if (r->fd < 0 || !file_make_private(r->fd))
		die("%s: %s", file, strerror(errno));
	if (isatty(r->fd)) /* they are written byte for byte */
		die("%s: is a terminal, which rejected rows could command; name a file", file);
	return r;
}

static void
write_line(const struct rejects *r, const struct str *line)
{
	if (!file_write(r->fd, line->s, line->n))
		die("%s: %s", r->file, strerror(errno));
}

static void
write_header(struct rejects *r, const struct header *h)
{
	struct str line = STR_INIT;
	struct csvout *out = csvout_to_str(&line, h->delimiter);

	for (size_t i = 0; i < h->n; i++)
		if (strncmp(h->name[i], "reject_", 7) != 0)
			csvout_text(out, h->label[i]);
	csvout_text(out, "reject_line");
	csvout_text(out, "reject_reason");
	csvout_end(out);
	csvout_close(out);
	write_line(r, &line);
	str_free(&line);
	r->begun = true;
	r->serial = h->serial;
}

/* A corrected file that is rejected again has the two columns already: they are replaced. */
static bool
has_reasons(const struct header *h)
{
	return header_column(h, "reject_line") >= 0;
}

static void
write_fields(struct csvout *out, const struct row *row)
{
	for (size_t i = 0; i < row->header->n && i < row->record.n; i++)
		if (strncmp(row->header->name[i], "reject_", 7) != 0)
			csvout_field(out, row->record.field[i].s, row->record.field[i].n);
}

void
rejects_add(struct rejects *r, const struct row *row, const char *reason)
{
	const struct header *h = row->header;
	struct str line = STR_INIT;
	struct csvout *out;

	if (h && (!r->begun || h->serial != r->serial))
		write_header(r, h);
	out = csvout_to_str(&line, h ? h->delimiter : ',');
	if (reason && has_reasons(h)) {
		write_fields(out, row);
	} else {
		str_add(&line, row->record.raw.s, row->record.raw.n);
		if (reason)
			str_putc(&line, h->delimiter);
	}
	if (reason) {
		csvout_number(out, (double)row->record.line);
		csvout_text(out, reason);
	}
	csvout_end(out);
	csvout_close(out);
	write_line(r, &line);
	str_free(&line);
}

void
rejects_close(struct rejects *r)
{
	if (!file_close(r->fd))
		die("%s: %s", r->file, strerror(errno));
	free(r);
}
