/*
 * Repeats counted: a row that occurs n times in one input and m in another is
 * kept max(n, m) times, so that an export can be read twice and equal sets
 * within it survive.
 */
#ifndef PT_UNIQUE_H
#define PT_UNIQUE_H

#include "log/entry.h"

struct unique;

struct unique *unique_new(void);
void unique_free(struct unique *u);
/*
 * True when the row is one more than any input before had.  Equal is what agrees in all
 * columns but `recorded`; INPUT is a number that differs from input to input.
 */
bool unique_is_new(struct unique *u, const struct entry *e, const struct row *row, size_t input);

#endif
