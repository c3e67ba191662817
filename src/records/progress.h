/*
 * A line on the terminal about how far the reading of a large regular file is:
 * rows, percent, rate and time left.  Nothing for two seconds, and nothing at
 * all when standard error is no terminal or the size is not known.
 */
#ifndef PT_PROGRESS_H
#define PT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *file;
	uint64_t size;
	long rows;
	double begun, told; /* seconds of the monotonic clock */
	bool shown;
};

#define PROGRESS_ROWS 8192 /* between two looks at the clock */

/* SIZE 0: not known. */
void progress_begin(struct progress *p, const char *file, uint64_t size);
/* Now and then: OFFSET is what has been read of the file. */
void progress_look(struct progress *p, uint64_t offset);
/* Takes the line off the terminal. */
void progress_end(struct progress *p);

/* One row more: is it time for a look? */
static inline bool
progress_due(struct progress *p)
{
	return ++p->rows % PROGRESS_ROWS == 0 && p->size > 0;
}

#endif
