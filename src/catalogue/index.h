/*
 * What look-ups search: for each table its ids, and where people write them also
 * aliases and names, normalised and sorted by strcmp.  Emitted as constants for the built-in
 * catalogue, built once for a folder's.
 */
#ifndef PT_CATALOGUE_INDEX_H
#define PT_CATALOGUE_INDEX_H

#include <stdint.h>

#include "catalogue/table.h"

struct name_index {
	size_t n;
	const char *const *name; /* n of them, then NULL */
	const uint32_t *row;     /* the row that each name means */
};

struct catalogue_index {
	struct name_index table[CAT_TABLES];
	/* Where the rows stand; NULL: the built-in tables, row I on line I + 2. */
	const struct origin *origin[CAT_TABLES];
};

/* Reports names that would mean two rows. */
struct name_index index_build(
        const struct cat_table *t, const struct catalogue *c, const struct origin *origin);
/* Row number of the name, or -1. */
long index_find(const struct name_index *index, struct slice name);

#endif
