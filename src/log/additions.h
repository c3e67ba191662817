/*
 * Rows on their way into a log: stamped, without repeats, voids pointing at
 * exactly one row, in the log's own columns and delimiter.  All or nothing: what cannot be
 * added ends the program with status 2 before a byte is written.
 */
#ifndef PT_ADDITIONS_H
#define PT_ADDITIONS_H

#include "log/reader.h"

struct additions_opts {
	const struct catalogue *catalogue;
	const char *log;
	bool unique; /* rows that LOG holds are skipped, and stamped ones are welcome */
};

struct additions;

struct additions *additions_new(const struct additions_opts *opts);
void additions_free(struct additions *a);
/* A valid row; copied but for its header, which outlives the additions (an import's). */
void additions_add(struct additions *a, const struct entry *e, const struct row *row);
/* Locks LOG and appends; on return the rows are on the disk.  The number skipped as repeats. */
size_t additions_commit(struct additions *a);

#endif
