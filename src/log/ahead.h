/*
 * A large file is read by two processes: while this one reads a block, its twin reads the next and
 * works on the rows, and what it made of them is taken where they stand.  All comes out as if one
 * had read everything: a row with an effect() is left out by the twin and read by this process in
 * its turn, and the twin never knows what this process does not.  So when a block begins elsewhere
 * than where this one's ends (the line end that it was divided at stood in quotes), its twin is
 * ended and another one begun.
 *
 * One process reads pipes, small files, other encodings, what follows a second header, and the end
 * of each file, which somebody may be writing to.
 */
#ifndef PT_AHEAD_H
#define PT_AHEAD_H

#include "log/reader.h"

struct ahead_work {
	void *context;
	/* In the twin: before all rows; what is made of each goes to MADE. */
	void (*begin)(void *context, struct str *made);
	/*
	 * In the twin: false leaves the row to the other process, whatever was added to MADE.
	 * FIRST: no row before it is taken together with this one.
	 */
	bool (*make)(void *context, const struct entry *e, const struct row *row, bool first);
	/* In this process: what was made of rows that follow one another. */
	void (*take)(void *context, struct slice made);
	/* What the twin adds to these, which are at most AHEAD_COUNTS, is added here, too. */
	long *count;
	size_t counts;
};
#define AHEAD_COUNTS 8

struct ahead;

/* WORK, NULL for no twin at all, is copied. */
struct ahead *ahead_new(struct reader *r, const struct ahead_work *work);
/* The next row that this process has to work on; as reader_next(). */
enum reader_got ahead_next(struct ahead *a, const struct entry **entry, const struct row **row);
void ahead_free(struct ahead *a);

#endif
