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

#include "records/csvin.h"

enum table {
	TABLE_OTHER, /* known to no program */
	TABLE_LOG,
	TABLE_SERIES,
	TABLE_GROUPS,
	TABLE_TIMELINE,
	TABLE_ATTENTION,
	TABLE_EXPLAIN,
	TABLE_IMPORT /* another program's export, by the required names of stream_opts */
};
const char *table_name(enum table table);

/* A header as it came; lives as long as the stream. */
struct header {
	enum table table;
	size_t n;	   /* columns; empty ones at the end are dropped */
	const char **name; /* lower case, without outer blanks */
	char **label;	   /* as written, without outer blanks */
	size_t serial;	   /* differs from header to header of one stream */
	char delimiter;
};
/* The column of that name, or -1. */
int header_column(const struct header *h, const char *name);

struct stream_opts {
	struct csvin_opts in;
	/* With an import map: names that make a header (NULL at the end), and what a name is in the log. */
	const char *const *required;
	const char *(*rename)(void *context, const char *name); /* NULL: as it is */
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
void stream_on_open(struct stream *in, void (*look)(void *context, struct csvin *in), void *context);
/*
 * With FILE operands: the headers of all of them, read ahead (n of them), so that a writer
 * knows every unknown column before the first row.  Standard input gives only its first.
 */
size_t stream_headers(struct stream *in, const struct header *const **out);
/* The files read are LOG itself?  (device and inode) */
bool stream_reads(const struct stream *in, unsigned long long dev, unsigned long long ino);

#endif
