/*
 * The inputs of a program, one after the other, as tables: FILE operands, or
 * standard input, or the file that $PTLOG names.
 *
 * A record is a header if it holds all required names of one table, each once,
 * and no cell is a date or a number.  A later header begins a new table, so
 * `cat jan.csv feb.csv` and `{ ptplan a.csv; ptstat a.csv; }` are good input.
 */
#ifndef PT_STREAM_H
#define PT_STREAM_H

#include "records/header.h"

struct stream_opts {
	struct csvin_opts in;
	/* With an import map: do these names make a header of it?  NULL: only the suite's own
	 * tables. */
	bool (*is_import)(void *context, const char *const *names, size_t n);
	void *context;
};

struct row {
	const struct header *header;
	struct record record; /* its fields are as many as the header's columns */
	const char *file;
};

enum stream_got {
	STREAM_END,
	STREAM_HEADER, /* a new table begins; row->record is the header's */
	STREAM_ROW,
	STREAM_BAD /* reported already as a rejection; row->record.raw holds its bytes */
};

struct stream;

/*
 * FILES ends with NULL; none: see above, and a usage error that names the three ways out.
 * An input that cannot be opened or read, is empty, or is no CSV (a workbook, gzip, PDF,
 * JSON: named for what it is) ends the program with status 2.
 */
struct stream *stream_open(char *const files[], const struct stream_opts *opts);
enum stream_got stream_next(struct stream *in, struct row *out);
void stream_close(struct stream *in);

/*
 * Called once for each input before its first record with the first 64 KiB: whoever knows the
 * log can refuse a whole file with one line that helps.  Set before the first stream_next().
 */
void stream_on_open(
        struct stream *in, void (*look)(void *context, struct csvin *in), void *context);
/*
 * With FILE operands: the headers of all of them, read ahead (n of them), so that a writer
 * knows every unknown column before the first row.  Standard input gives only its first.
 */
size_t stream_headers(struct stream *in, const struct header *const **out);
/* The files read are LOG itself?  (device and inode) */
bool stream_reads(const struct stream *in, unsigned long long dev, unsigned long long ino);

#endif
