/*
 * Help with whole files that are not what was hoped for: an encoding, dates or column names
 * that stop every row are answered together, with one line that can be pasted.
 */
#ifndef PT_ADVISE_H
#define PT_ADVISE_H

#include "base/intern.h"
#include "log/reader.h"

/*
 * An import's table, before its first row: ends the program when it lacks what every row needs and
 * an option gives.
 */
void advise_import(const struct reader_opts *opts, const struct header *h, const char *file);

/*
 * An import's table, before its first row: names in one line the columns that neither its maps nor
 * the log know and that are not yet in NAMED.
 */
void advise_unmapped(const struct reader_opts *opts, const struct row *first, struct pool *named);

/* Looks at each input of the stream before its first record; ends the program when nothing fits. */
void advise_begin(struct stream *in, struct reader_opts *opts); /* which live as long */

#endif
