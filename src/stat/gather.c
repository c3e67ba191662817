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

/* The group of these texts, made when new. */
static uint32_t
group_of(struct gathering *g, const char *const *key, const char *metric, const char *unit,
        enum metric_id id)
{
	const uint32_t number = number_of(g, key, metric);

	if (number == g->n) {
		GROW(g->group, g->cap, g->n);
		struct gathered *group = &g->group[g->n++];
		*group = (struct gathered){ .metric = metric, .unit = unit, .id = id };
		memcpy(group->key, key, g->by.n * sizeof *key);
	}
	return number;
}

static void
keep(const struct gathering *g, struct gathered *group, const void *member)
{
	if (group->n == group->cap) {
		group->cap = group->cap ? 2 * group->cap : 8;
		group->member = xreallocarray(group->member, group->cap, g->size);
	}
	memcpy((char *)group->member + group->n++ * g->size, member, g->size);
}

/*
 * A member on its way from a twin: this, the texts of its group, each with its end, and SIZE bytes.
 * The texts are sent again when bytes were dropped, for they may have been among those.
 */
struct sent {
	uint32_t number; /* of the group in the twin */
	uint32_t texts;  /* bytes of keys, metric and unit; 0: they were sent before */
	enum metric_id id;
};

void
gathering_send(struct gathering *g, struct str *made)
{
	g->made = made;
	g->telling = 1;
}

static void
send_text(struct str *to, const char *text)
{
	str_add(to, text, strlen(text) + 1);
}

static void
send_texts(const struct gathering *g, const struct gathered *group)
{
	for (size_t i = 0; i < g->by.n; i++)
		send_text(g->made, group->key[i]);
	send_text(g->made, group->metric);
	send_text(g->made, group->unit);
}

static void
send(struct gathering *g, uint32_t number, const void *member)
{
	struct gathered *group = &g->group[number];
	struct sent sent = { .number = number, .id = group->id };
	const size_t at = g->made->n;

	g->telling += g->made->n != g->sent;
	str_add(g->made, (const char *)&sent, sizeof sent);
	if (group->told != g->telling) {
		group->told = g->telling;
		send_texts(g, group);
		sent.texts = (uint32_t)(g->made->n - at - sizeof sent);
		memcpy(g->made->s + at, &sent, sizeof sent);
	}
	str_add(g->made, member, g->size);
	g->sent = g->made->n;
}

void
gathering_add(struct gathering *g, const char *const *key, const char *metric, const char *unit,
        enum metric_id id, const void *member)
{
	const uint32_t number = group_of(g, key, metric, unit, id);

	if (g->made)
		send(g, number, member);
	else
		keep(g, &g->group[number], member);
}

static const char *
take_text(struct pool *texts, const char **at)
{
	const size_t n = strlen(*at);
	const char *text = pool_text(texts, pool_add(texts, *at, n));

	*at += n + 1;
	return text;
}

static void
take_texts(struct gathering *g, const struct sent *sent, const char *at, struct pool *texts)
{
	const char *key[KEYS_MOST], *metric;

	for (size_t i = 0; i < g->by.n; i++)
		key[i] = take_text(texts, &at);
	metric = take_text(texts, &at);
	while (sent->number >= g->ours_cap)
		GROW(g->ours, g->ours_cap, g->ours_cap);
	g->ours[sent->number] = group_of(g, key, metric, take_text(texts, &at), sent->id);
}

void
gathering_take(struct gathering *g, struct slice made, struct pool *texts)
{
	const char *at = made.s, *end = made.s + made.n;

	while (at < end) {
		struct sent sent;
		memcpy(&sent, at, sizeof sent);
		at += sizeof sent;
		if (sent.texts)
			take_texts(g, &sent, at, texts);
		at += sent.texts;
		keep(g, &g->group[g->ours[sent.number]], at);
		at += g->size;
	}
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
	free(g->ours);
	pool_free(g->numbers);
}
