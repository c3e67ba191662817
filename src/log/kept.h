/*
 * Rows that outlive the next one: an entry whose texts are its own, and the
 * unknown columns that came with it.
 */
#ifndef PT_KEPT_H
#define PT_KEPT_H

#include "log/entry.h"

struct kept {
	struct entry entry;
	struct row row; /* header, place and unknown fields; nothing else of it is kept */
	struct slice *field;
	size_t cap;
	struct str bytes;
	bool full;
};

#define KEPT_INIT                                                                                  \
	{                                                                                          \
		.full = false                                                                      \
	}

void kept_set(struct kept *k, const struct entry *e, const struct row *row);
void kept_free(struct kept *k);

/* Equal in every column but sets and recorded, unknown ones by name. */
bool kept_same_set(const struct kept *k, const struct entry *e, const struct row *row);

#endif
