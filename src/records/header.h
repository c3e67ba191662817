/*
 * Headers: the table that a record begins, and its columns by name.
 *
 * A record is a header if it holds all required names of one table, each once,
 * and no cell is a date or a number.
 */
#ifndef PT_HEADER_H
#define PT_HEADER_H

#include "records/csvin.h"

enum table {
	TABLE_OTHER, /* known to no program */
	TABLE_LOG,
	TABLE_SERIES,
	TABLE_GROUPS,
	TABLE_TIMELINE,
	TABLE_ATTENTION,
	TABLE_EXPLAIN,
	TABLE_IMPORT /* another program's export, by a header_test */
};
const char *table_name(enum table table);

/* A header as it came. */
struct header {
	enum table table;
	size_t n;          /* columns; empty ones at the end are dropped */
	const char **name; /* lower case, as the label */
	char **label;      /* as written, without outer blanks, on one line */
	size_t serial;     /* from 1, another one for each */
	const char *file;  /* where it stands, for messages: the name that header_of() was given */
	long line;
	char delimiter;
	size_t dropped; /* empty columns at the end, which rows may have too */
};
/* The column of that name, or -1. */
int header_column(const struct header *h, const char *name);

/* Another program's header: do these names (as in struct header) make one?  FIRST: of its input. */
typedef bool header_test(void *context, const char *const *names, size_t n, bool first);

struct header_rules {
	header_test *is_import; /* NULL: only the tables above */
	void *context;
	bool any; /* a first record of names that none of them has begins a TABLE_OTHER */
};

/* A date, a time or a number, which no header has in any cell. */
bool is_figure(struct slice cell);
/* Quickly: false for nearly every record that is no header, never for one that is. */
bool may_be_header(const struct record *r, const struct header_rules *rules);
/*
 * The header that the record is, or NULL; to be freed with header_free().  FIRST of its input:
 * rules->any holds.  Names that cannot stand in one header (doubled, empty) end the program.
 */
struct header *header_of(const struct record *r, const struct header_rules *rules, bool first,
        const char *file, char delimiter);
void header_free(struct header *h);
/*
 * The same of one line of text with commas, which the program itself wrote as a header of FILE; one
 * that could not be read again ends the program.
 */
struct header *header_of_line(struct slice line, const char *file);

/* Would the line be a header of ours if its own delimiter divided it? */
bool line_is_header(struct slice line);
/*
 * A record that is no header where one must be: ends the program with the likeliest reason.
 * FILE is for a command to type; NULL: standard input.
 */
_Noreturn void no_header(
        struct csvin *in, const struct record *first, const char *name, const char *file);

#endif
