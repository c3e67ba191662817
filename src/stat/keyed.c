#include "stat/keyed.h"

#include <stdlib.h>

#define POOL_MOST 4096 /* texts that a cleared table keeps */

void
keyed_begin(struct keyed *t, const enum key *key, size_t keys)
{
	*t = (struct keyed){ .by = keys_of(key, keys), .pool = pool_new() };
}

void
keyed_free(struct keyed *t)
{
	pool_free(t->pool);
}

void
keyed_clear(struct keyed *t)
{
	if (pool_count(t->pool) <= POOL_MOST)
		return;
	pool_free(t->pool);
	t->pool = pool_new();
}

bool
keyed_read(struct keyed *t, const struct column_spec *columns, const struct row *row, void *out)
{
	if (!keys_read(t->by, row, t->pool, out) || !columns_read(row, columns, t->pool, out))
		return false;
	t->dropped = t->dropped || keys_of_header(row->header).n > t->by.n;
	return true;
}

void
keyed_sort(struct keyed *t, void *at, size_t n, size_t size, keyed_compare *compare)
{
	if (n) /* qsort takes no null pointer */
		qsort_r(at, n, size, compare, &t->by);
}

const char *
keyed_merge(struct keyed *t, const struct column_spec *columns, void *at, size_t *n, size_t size,
        keyed_compare *compare)
{
	char *free_at = at, *end, *last = NULL;

	if (*n == 0) /* AT may be null, to which nothing can be added */
		return NULL;
	keyed_sort(t, at, *n, size, compare);
	end = free_at + *n * size;
	for (char *row = at; row < end; row += size) {
		if (last && compare(last, row, &t->by) == 0) {
			if (!t->dropped || !columns_equal(columns, last, row))
				return split_patient;
			continue;
		}
		last = memmove(free_at, row, size);
		free_at += size;
	}
	*n = (size_t)(free_at - (char *)at) / size;
	return NULL;
}

void
keyed_head(const struct keys *by, const struct column_spec *columns, struct csvout *out)
{
	keys_head(by, out);
	columns_head(out, columns);
	csvout_end(out);
}

void
keyed_rows(const struct keys *by, const struct column_spec *columns, const void *at, size_t n,
        size_t size, struct csvout *out)
{
	const char *row = at;

	for (size_t i = 0; i < n; i++, row += size) {
		keys_write(by, (const void *)row, out);
		columns_write(out, columns, row);
		csvout_end(out);
	}
}
