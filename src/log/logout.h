/*
 * Writes rows of the log: the header once, canonical columns in order, unknown
 * columns of the input kept just before `recorded`, which is always last.
 */
#ifndef PT_LOGOUT_H
#define PT_LOGOUT_H

#include "log/entry.h"
#include "records/csvout.h"

struct logout;

struct logout *logout_new(struct csvout *out);
/*
 * The unknown columns to write, by the headers that will come (each name once, in order of
 * first sight).  A later header with a new unknown column begins a new table, said once.  More
 * columns than a reader takes end the program.
 */
void logout_headers(struct logout *log, const struct header *const *headers, size_t n);
/* Writes the header if none was written yet: an empty result is the header alone. */
void logout_begin(struct logout *log);
/* Another table was written between: the next row writes the header again. */
void logout_break(struct logout *log);
/* A row as read; ROW gives the unknown columns, NULL for a row that a program made. */
void logout_entry(struct logout *log, const struct entry *e, const struct row *row);
/* The same, but what is canonical already is copied: fields (changed false), whole rows. */
void logout_row(struct logout *log, const struct entry *e, const struct row *row, bool changed);
/* From now on rows without a header, to another writer, until logout_break(). */
void logout_rows_to(struct logout *log, struct csvout *out);
void logout_free(struct logout *log); /* csvout stays open */

/* The fields of one row in canonical order, without unknown columns and without the record's end.
 */
void entry_write(struct csvout *out, const struct entry *e);

#endif
