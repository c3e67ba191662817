#include "log/linereader.h"

#include <stdlib.h>

#include "base/mem.h"

struct linereader {
	struct entry_reader *entries;
	struct csvin *in;
	struct entry entry;
	struct row row;
};

struct linereader *
linereader_new(const struct catalogue *c, const struct header *h)
{
	static const struct entry_style quiet = { .quiet = true };
	struct linereader *r = xcalloc(1, sizeof *r);

	r->entries = entry_reader_new(c, &quiet);
	r->row.header = h;
	r->row.file = "";
	return r;
}

void
linereader_free(struct linereader *r)
{
	entry_reader_free(r->entries);
	if (r->in)
		csvin_close(r->in);
	free(r);
}

const struct row *
linereader_row(const struct linereader *r)
{
	return &r->row;
}

/* The fields live as long as the reader of the bytes, so it stays open until the next line. */
const struct entry *
linereader_read(struct linereader *r, const char *line, size_t n)
{
	const struct csvin_opts opts = { .delimiter = r->row.header->delimiter };

	if (r->in)
		csvin_close(r->in);
	r->in = csvin_open_memory(line, n, "", &opts);
	if (csvin_next(r->in, &r->row.record) != CSVIN_RECORD ||
	        r->row.record.n != r->row.header->n)
		return NULL;
	return entry_read(r->entries, &r->row, &r->entry, NULL) == ENTRY_GOOD ? &r->entry : NULL;
}
