/*
 * Durable append to a file of lines: what is acknowledged is on the disk, what
 * fails leaves no trace.  Knows bytes and locks, not medicine.
 *
 * The order of things is the whole point: flock on the log itself, then a check
 * that path and descriptor are still one file (an editor may have replaced it),
 * then the tail, then one write of whole rows, then fdatasync.  An error cuts the
 * log back to its old size.  A failed fdatasync is never tried again: the kernel
 * may call the lost pages clean.
 *
 * Everything that goes wrong ends the program with status 2 and the words
 * "nothing was written".
 */
#ifndef PT_APPEND_H
#define PT_APPEND_H

#include <stdbool.h>
#include <stddef.h>

struct append;

#define APPEND_MAX_ROW                                                                             \
	((size_t)1 << 20) /* bytes: a longer unfinished piece is judged by its last line */

/*
 * Opens LOG for append and takes its lock; signals that would end the program wait until
 * append_close(), and until then, or for good once rows were committed, a message that nobody reads
 * ends nothing.  A log that does not exist is made, mode 0600.  Symbolic links, directories,
 * devices and FIFOs are refused.
 */
struct append *append_open(const char *log);

bool append_is_new(const struct append *a); /* it holds no byte */
/* A descriptor at offset 0, to read what LOG holds, one at a time; the caller closes it. */
int append_reader(struct append *a);

/*
 * Looks at a last line of LOG, which holds something, without line end.  WHOLE says whether its
 * bytes are a whole row: then only the missing line end is written, before the new rows.  Else it
 * is the stump of a crash, which nobody was told of: it goes to LOG.torn (0600, synced with its
 * folder) and is cut off.  Both are said with the line's number.  Lines that end in CR alone are
 * refused: what stands behind the last line feed may then be many whole rows.
 */
void append_heal(
        struct append *a, bool (*whole)(void *context, const char *line, size_t n), void *context);

/* Whole rows, each with its line end.  On return they are on the disk; a new log is said. */
void append_commit(struct append *a, const char *rows, size_t n);
/* Ends without a word; what was made and not committed is taken away. */
void append_close(struct append *a);

#endif
