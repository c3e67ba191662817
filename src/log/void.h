/*
 * Corrections: a void row takes back the newest earlier row of its patient that
 * agrees with it in every column it fills (kind, note and recorded say something of
 * the void itself and are not compared).
 */
#ifndef PT_VOID_H
#define PT_VOID_H

#include "log/entry.h"

/* How to go about it, for messages. */
#define VOID_ADVICE                                                                                \
	"if it is wrong, a row of kind void with its date, patient and item takes it back"

/* Does the void row agree with this row of the same patient?  Never with another void. */
bool void_agrees(const struct entry *v, const struct entry *e);

/*
 * Marks in GONE what the rows of one patient and date, in order, take back; void rows
 * too.
 */
void void_resolve(const struct entry *const *rows, size_t n, bool *gone);

#endif
