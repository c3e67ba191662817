#include "base/batch.h"
#include "base/effect.h"
#include "domain/store.h"

/* Patients that a process does at a time. */
#ifndef SMALL_BLOCKS
#define SHARE_BLOCK ((size_t)256)
#else /* tests */
#define SHARE_BLOCK ((size_t)2)
#endif
#define SHARE_LEAST (8 * SHARE_BLOCK) /* of patients for whom a twin is started */

struct sharing {
	struct store *store;
	struct batch batch;
};

static size_t
block_end(const struct store *s, size_t from)
{
	return s->persons - from < SHARE_BLOCK ? s->persons : from + SHARE_BLOCK;
}

/* --- in the twin --- */

static void
make_block(struct sharing *sharing, size_t from)
{
	struct store *s = sharing->store;
	struct batch *b = &sharing->batch;

	batch_begin(b);
	for (size_t i = from; i < block_end(s, from); i++) {
		const unsigned long before = effects();
		const size_t made = b->made.n;
		store_give(s, i, &s->opts);
		if (effects() == before)
			continue;
		b->made.n = made;
		batch_leave(b, i, 0);
	}
	batch_leave(b, BATCH_END, 0);
}

static void
run_twin(void *context, int fd)
{
	struct sharing *sharing = context;
	struct store *s = sharing->store;

	s->share.begin(s->opts.context, &sharing->batch.made);
	for (size_t from = SHARE_BLOCK; from < s->persons; from += 2 * SHARE_BLOCK) {
		make_block(sharing, from);
		if (!batch_send(&sharing->batch, fd, &from, sizeof from))
			return;
	}
}

/* --- in this process --- */

static void
give_block(struct store *s, size_t from)
{
	for (size_t i = from; i < block_end(s, from); i++)
		store_give(s, i, &s->opts);
}

static void
take_block(struct sharing *sharing)
{
	struct store *s = sharing->store;
	struct slice made;
	const struct part *p;

	do {
		p = batch_part(&sharing->batch, &made);
		s->share.take(s->opts.context, made);
		if (p->place != BATCH_END)
			store_give(s, (size_t)p->place, &s->opts);
	} while (p->place != BATCH_END);
}

static bool
start(struct sharing *sharing, struct twin *twin)
{
	const struct store *s = sharing->store;

	return s->share.begin && s->persons >= SHARE_LEAST && twin_is_of_use() &&
	        twin_start(twin, run_twin, sharing);
}

/* If the twin ends too early, this process does the rest. */
void
store_give_all(struct store *s)
{
	struct sharing sharing = { .store = s };
	struct twin twin;
	bool has_twin, twins = false;
	size_t from;

	store_seal(s);
	has_twin = start(&sharing, &twin);
	for (size_t at = 0; at < s->persons; at = block_end(s, at), twins = !twins)
		if (has_twin && twins && batch_receive(&sharing.batch, &twin, &from, sizeof from) &&
		        from == at)
			take_block(&sharing);
		else
			give_block(s, at);
	if (has_twin)
		twin_end(&twin);
	batch_free(&sharing.batch);
}
