/*
 * What the first bytes of a CSV file say about all of it: how its lines end,
 * and by which character its fields are divided.
 */
#ifndef PT_DIALECT_H
#define PT_DIALECT_H

#include "base/str.h"

struct dialect {
	char line_end;  /* '\n', with or without CR before it; '\r' when the first line ends so */
	char delimiter; /* , ; tab or | */
	size_t skip;    /* bytes of a leading "sep=;" line, which is no data */
};

struct dialect dialect_of(struct slice head);
/* Of , ; tab | the one that stands most often outside quotes; the comma when none does. */
char delimiter_of(struct slice line);

#endif
