/*
 * The way every program reads: FILE operands, standard input or $PTLOG, as
 * validated rows of the log; other tables are handed on or skipped and named
 * once.  A row that is rejected has been reported when this returns.
 */
#ifndef PT_READER_H
#define PT_READER_H

#include "log/entry.h"
#include "log/logout.h"

struct reader;
struct import;

struct reader_opts {
	struct stream_opts stream;
	struct entry_style style;
	const struct catalogue *catalogue;
	/* Other tables this program knows, TABLE_OTHER at the end; NULL: none.  The rest is
	 * skipped. */
	const enum table *tables;
	/* --tee: accepted rows and unknown tables pass on to this writer, canonical; NULL: no. */
	struct csvout *tee;
	/* How rows of other shapes become rows of the log (log/import.h); NULL: they are. */
	struct import *import;
};

enum reader_got {
	READ_END,
	READ_ENTRY,    /* a row of the log */
	READ_REJECTED, /* a row of the log that was rejected; entry.patient if it could be read */
	READ_SKIPPED,  /* a row of an export that is no set; only with an import */
	READ_HEADER,   /* a table of `tables` begins: row.header */
	READ_ROW       /* a row of such a table */
};

struct reader *reader_open(char *const files[], const struct reader_opts *opts);
/* The log that the rows are added to, before the first: see entry_reader_know(). */
void reader_know(struct reader *r, const char *log);
/* *entry and *row point to the reader and live until the next call. */
enum reader_got reader_next(struct reader *r, const struct entry **entry, const struct row **row);
/* Of the last READ_ENTRY: some field's canonical text is another one than that read. */
bool reader_changed(const struct reader *r);
/* Of the last READ_REJECTED, one line; NULL when the record is no CSV, which leaves no fields. */
const char *reader_reason(const struct reader *r);
/* The last row as it came, before an import. */
const struct row *reader_source(const struct reader *r);
/* The stream below, for the headers read ahead and the question whether it reads a certain file. */
struct stream *reader_stream(struct reader *r);
/* The tee's log writer: what a program adds continues the table there.  NULL without tee. */
struct logout *reader_tee(struct reader *r);
void reader_close(struct reader *r);

#endif
