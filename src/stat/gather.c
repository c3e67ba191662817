#include "stat/gather.h"

#include <stdlib.h>

#include "base/mem.h"

struct gathering
gathering_new(const enum key *key, size_t keys, size_t size)
{
	return (struct gathering){ .by = keys_of(key, keys), .size = size, .numbers = pool_new() };
}

static uint32_t
number_of(const struct gathering *g, const char *const *key, const char *metric)
{
	const char *text[KEYS_MOST + 1];

	text[0] = metric;
	memcpy(text + 1, key, g->by.n * sizeof *key);
	return pool_add(g->numbers, (const char *)text, (g->by.n + 1) * sizeof *text);
}

struct gathered *
gathering_room(struct gathering *g, const char *const *key, const char *metric, const char *unit,
        enum metric_id id)
{
	const uint32_t number = number_of(g, key, metric);
	struct gathered *group;

	if (number == g->n) {
		GROW(g->group, g->cap, g->n);
		group = &g->group[g->n++];
		*group = (struct gathered){ .metric = metric, .unit = unit, .id = id };
		memcpy(group->key, key, g->by.n * sizeof *key);
	}
	group = &g->group[number];
	if (group->n == group->cap) {
		group->cap = group->cap ? 2 * group->cap : 8;
		group->member = xreallocarray(group->member, group->cap, g->size);
	}
	return group;
}

static int
compare_groups(const void *a, const void *b, void *keys)
{
	const struct gathered *x = a, *y = b;
	int c = keys_compare(keys, x->key, y->key);

	if (c)
		return c;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return strcmp(x->metric, y->metric);
}

void
gathering_sort(struct gathering *g)
{
	if (g->n) /* qsort takes no null pointer */
		qsort_r(g->group, g->n, sizeof *g->group, compare_groups, &g->by);
}

size_t
gathering_most(const struct gathering *g)
{
	size_t most = 1;

	for (size_t i = 0; i < g->n; i++)
		most = g->group[i].n > most ? g->group[i].n : most;
	return most;
}

void
gathering_free(struct gathering *g)
{
	for (size_t i = 0; i < g->n; i++)
		free(g->group[i].member);
	free(g->group);
	pool_free(g->numbers);
}
