/*
 * Headers: which table a record begins, and its columns by name.
 *
 * A record is a header if it holds all required names of one table, each once,
 * and no cell is a date or a number: so neither a patient called "date" nor a
 * header with another order is mistaken.
 */
#ifndef PT_HEADER_H
#define PT_HEADER_H

#include <stdbool.h>

#include "records/csvin.h"

enum table {
	TABLE_OTHER, /* known to no program */
	TABLE_LOG,
	TABLE_SERIES,
	TABLE_GROUPS,
	TABLE_TIMELINE,
	TABLE_ATTENTION,
	TABLE_EXPLAIN,
	TABLE_IMPORT /* another program's export, as stream_opts tells */
};
const char *table_name(enum table table);

/* A header as it came. */
struct header {
	enum table table;
	size_t n;          /* columns; empty ones at the end are dropped */
	const char **name; /* lower case, without outer blanks */
	char **label;      /* as written, without outer blanks */
	size_t serial;     /* differs from header to header of one stream */
	char delimiter;
	size_t dropped; /* empty columns at the end that rows may have too */
};

/* The column of that name, or -1. */
int header_column(const struct header *h, const char *name);

/* Another program's header: do these names (lower case) make one? */
typedef bool header_test(void *context, const char *const *names, size_t n);

/* The table whose header this record is, or TABLE_OTHER.  Fast for rows of a log. */
enum table header_table(const struct record *r, header_test *is_import, void *context);
/* Splits the names off; freed with header_free(). */
struct header *header_new(const struct record *r, enum table table, char delimiter);
void header_free(struct header *h);
/* What is wrong with the names (a column twice, one without a name), or NULL; in *why. */
bool header_good(const struct header *h, struct str *why);

#endif
