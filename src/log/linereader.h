/*
 * Single lines of a log that is being looked through (its torn tail, rows that
 * a void may mean), read without a word.
 */
#ifndef PT_LINEREADER_H
#define PT_LINEREADER_H

#include "log/entry.h"

struct linereader;

/* The header is the caller's and stays alive. */
struct linereader *linereader_new(const struct catalogue *c, const struct header *h);
void linereader_free(struct linereader *r);
/* The row of a line without its line end, until the next call; NULL when it is none. */
const struct entry *linereader_read(struct linereader *r, const char *line, size_t n);
/* Of the last line that was read. */
const struct row *linereader_row(const struct linereader *r);

#endif
