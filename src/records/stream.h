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

#include <sys/stat.h>

#include "records/header.h"

struct stream_opts {
	struct csvin_opts in;
	/* With an import: are these names (of a struct header) those of such a table?  NULL: no. */
	header_test *is_import;
	void *context;
	/* A first record of names that no table of ours has begins a TABLE_OTHER; else it ends the
	 * program with words about what is missing. */
	bool any;
	/* What is said when standard input holds no byte; NULL: that a log should be named. */
	const char *nothing;
};

struct row {
	const struct header *header;
	struct record record; /* its fields are as many as the header's columns */
	const char *file;     /* for messages; lives as long as the stream */
};

enum stream_got {
	STREAM_END,
	STREAM_HEADER, /* a new table begins; row->record is the header's */
	STREAM_ROW,
	STREAM_BAD /* reported already as a rejection; row->record has its bytes and why */
};

struct stream;

/*
 * FILES ends with NULL and lives as long as the stream.  None: standard input, unless it is a
 * terminal or the null device; then $PTLOG; then a usage error that names the three ways out.
 * An input that cannot be opened or read, is empty, or is no CSV (a workbook, gzip, PDF,
 * JSON: named for what it is) ends the program with status 2.
 */
struct stream *stream_open(char *const files[], const struct stream_opts *opts);
enum stream_got stream_next(struct stream *in, struct row *out);
void stream_close(struct stream *in);
/* From now on only this input, as far as it goes, and no other: for a second process. */
void stream_stay(struct stream *in);
/* So many rows of it were read elsewhere: for the progress line. */
void stream_passed(struct stream *in, long rows);
/* What the last row was read from, which may be at its end. */
struct csvin *stream_input(const struct stream *in);

/*
 * Called once for each input before its first record with the first 64 KiB: whoever knows the
 * log can refuse a whole file with one line that helps.  Set before the first stream_next().
 */
void stream_on_open(
        struct stream *in, void (*look)(void *context, struct csvin *in), void *context);
/*
 * The first header of every input, read ahead, so that a writer knows every unknown column before
 * the first row: how many.  Later headers of one input are not seen yet.
 */
size_t stream_headers(struct stream *in, const struct header *const **out);
/* Is the regular file, as stat() has it, one of those that are read? */
bool stream_reads(const struct stream *in, const struct stat *st);
/* Ends the program when standard output is: what it writes would be read, and have no end. */
void stream_refuse_output(const struct stream *in);

#endif
