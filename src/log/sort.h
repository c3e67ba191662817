/*
 * Sorts lines by day, or by patient and day; lines with equal keys keep the
 * order in which they came.  Up to a bound they stay in memory, beyond it
 * sorted runs go to one unlinked temporary file (mode 0600, in $TMPDIR or /tmp)
 * and are merged.
 */
#ifndef PT_SORT_H
#define PT_SORT_H

#include <stddef.h>

#include "base/str.h"

#define SORT_MEMORY ((size_t)64 << 20) /* bytes of lines and keys held at a time */

enum sort_key { SORT_DATE, SORT_PATIENT };

struct sorter;

struct sorter *sorter_new(enum sort_key key, size_t memory);
/* Copies the line.  PATIENT may be empty with SORT_DATE.  A full disk ends the program. */
void sorter_add(struct sorter *s, int day, struct slice patient, const char *line, size_t n);
/* Hands every line out in order, once. */
void sorter_each(
        struct sorter *s, void (*line)(void *context, const char *line, size_t n), void *context);
void sorter_free(struct sorter *s);

#endif
