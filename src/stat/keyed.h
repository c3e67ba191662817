/*
 * Tables whose rows stand under keys: series, timelines, groups.  A row is a struct that begins
 * with the values of its keys, const char *key[KEYS_MOST]; what follows is said by its columns.
 */
#ifndef PT_KEYED_H
#define PT_KEYED_H

#include "stat/column.h"
#include "stat/keys.h"

/* What such a table has besides its rows. */
struct keyed {
	struct keys by;
	struct pool *pool; /* owns the texts of the rows */
	bool dropped;      /* a table that was read had more keys than these */
};
void keyed_begin(struct keyed *t, const enum key *key, size_t keys);
void keyed_free(struct keyed *t);
/* The rows are gone: so are their texts, when they are many. */
void keyed_clear(struct keyed *t);

/* Reads a row under the table's keys into OUT; what cannot be read is reported, and false. */
bool keyed_read(
        struct keyed *t, const struct column_spec *columns, const struct row *row, void *out);

/* The N rows of SIZE bytes at AT, in the order of COMPARE, whose context is the keys. */
typedef int keyed_compare(const void *a, const void *b, void *keys);
void keyed_sort(struct keyed *t, void *at, size_t n, size_t size, keyed_compare *compare);
/*
 * Sorts and takes each row once: after keys were dropped a patient may have equal rows.  *n is how
 * many are left.  A sentence when one patient has unequal ones, or any twice without that; else
 * NULL.
 */
const char *keyed_merge(struct keyed *t, const struct column_spec *columns, void *at, size_t *n,
        size_t size, keyed_compare *compare);

void keyed_head(const struct keys *by, const struct column_spec *columns, struct csvout *out);
void keyed_rows(const struct keys *by, const struct column_spec *columns, const void *at, size_t n,
        size_t size, struct csvout *out);

#endif
