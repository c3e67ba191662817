#include "stat/gather.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct gathering
gathering_new(const enum key *key, size_t keys, size_t size)
{
	return (struct gathering){ .by = keys_of(key, keys), .size = size, .numbers = pool_new() };
}

static uint32_t
find(const struct gathering *g, const char *const *key, const char *metric)
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
	const uint32_t number = find(g, key, metric);

	if (number == g->n) {
		GROW(g->group, g->cap, g->n);
		struct gathered *group = &g->group[g->n++];
		*group = (struct gathered){ .metric = metric, .unit = unit, .id = id };
		memcpy(group->key, key, g->by.n * sizeof *key);
	}
	return number;
}

static void
add_member(const struct gathering *g, struct gathered *group, const void *member)
{
	if (group->n == group->cap) {
		group->cap = group->cap ? 2 * group->cap : 8;
		group->member = xreallocarray(group->member, group->cap, g->size);
	}
	memcpy((char *)group->member + group->n++ * g->size, member, g->size);
}

/* --- between two processes --- */

/*
 * What stands before each member on its way from a twin.  The texts of its group, each with its
 * end, follow when they have not been sent in this round; then the member.
 */
struct head {
	uint32_t number; /* of the group in the twin */
	uint32_t texts;  /* bytes of keys, metric and unit, or 0 */
	enum metric_id id;
};

void
gathering_send(struct gathering *g, struct str *made)
{
	g->made = made;
	g->round = 1;
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
send_head(const struct gathering *g, uint32_t number)
{
	struct gathered *group = &g->group[number];
	struct head head = { .number = number, .id = group->id };
	const size_t at = g->made->n;

	str_add(g->made, (const char *)&head, sizeof head);
	if (group->told == g->round)
		return;
	group->told = g->round;
	send_texts(g, group);
	head.texts = (uint32_t)(g->made->n - at - sizeof head);
	memcpy(g->made->s + at, &head, sizeof head);
}

/* Nobody else adds to what is made: when it ends elsewhere, it was emptied or cut back. */
static void
send_member(struct gathering *g, uint32_t number, const void *member)
{
	g->round += g->made->n != g->end;
	send_head(g, number);
	str_add(g->made, member, g->size);
	g->end = g->made->n;
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
take_texts(struct gathering *g, const struct head *head, const char *at, struct pool *texts)
{
	const char *key[KEYS_MOST], *metric, *unit;

	for (size_t i = 0; i < g->by.n; i++)
		key[i] = take_text(texts, &at);
	metric = take_text(texts, &at);
	unit = take_text(texts, &at);
	*numbers_at(&g->ours, head->number) = group_of(g, key, metric, unit, head->id) + 1;
}

void
gathering_take(struct gathering *g, struct slice made, struct pool *texts)
{
	const char *at = made.s, *end = made.s + made.n;

	while (at < end) {
		struct head head;
		memcpy(&head, at, sizeof head);
		at += sizeof head;
		if (head.texts)
			take_texts(g, &head, at, texts);
		at += head.texts;
		const uint32_t place = *numbers_at(&g->ours, head.number);
		assert(place > 0);
		add_member(g, &g->group[place - 1], at);
		at += g->size;
	}
}

/* --- all of it --- */

void
gathering_add(struct gathering *g, const char *const *key, const char *metric, const char *unit,
        enum metric_id id, const void *member)
{
	const uint32_t number = group_of(g, key, metric, unit, id);

	if (g->made)
		send_member(g, number, member);
	else
		add_member(g, &g->group[number], member);
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
	free(g->ours.of);
	pool_free(g->numbers);
}
