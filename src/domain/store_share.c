/*
 * Patients in blocks: every other block is the twin's.  It sends a block in pieces, whose memory
 * does not grow with what is made of a patient, and each piece says which patients it is of; so
 * this process can go on by itself from wherever the twin ends.
 */
#include "base/batch.h"
#include "base/effect.h"
#include "domain/store.h"

#ifndef SMALL_BLOCKS
#define SHARE_BLOCK ((size_t)256)       /* of patients */
#define SHARE_PIECE ((size_t)512 << 10) /* of bytes, at which a piece ends */
#else                                   /* tests */
#define SHARE_BLOCK ((size_t)2)
#define SHARE_PIECE ((size_t)300)
#endif
#define SHARE_LEAST (8 * SHARE_BLOCK) /* of patients for whom a twin is started */
#define USELESS_MOST 16               /* pieces in a row that were mostly left */

struct piece {
	size_t from, to; /* patients, in their order */
};

struct sharing {
	struct store *store;
	struct batch batch;
	/* In this process. */
	bool has_twin;
	struct twin twin;
	int useless;
};

static size_t
block_end(const struct store *s, size_t at)
{
	const size_t end = (at / SHARE_BLOCK + 1) * SHARE_BLOCK;

	return end < s->persons ? end : s->persons;
}

static bool
is_twins(size_t at)
{
	return at / SHARE_BLOCK % 2 == 1;
}

/* --- in the twin --- */

static void
make_patient(struct sharing *sharing, size_t i)
{
	struct store *s = sharing->store;
	const unsigned long before = effects();
	const size_t made = sharing->batch.made.n;

	store_give(s, i, &s->opts);
	if (effects() == before)
		return;
	sharing->batch.made.n = made;
	batch_leave(&sharing->batch, i, 0);
}

/* False: nobody takes it any more. */
static bool
make_block(struct sharing *sharing, size_t at, int fd)
{
	const size_t end = block_end(sharing->store, at);
	struct piece piece = { at, at };

	for (; piece.from < end; piece.from = piece.to) {
		batch_begin(&sharing->batch);
		while (piece.to < end && sharing->batch.made.n < SHARE_PIECE)
			make_patient(sharing, piece.to++);
		batch_leave(&sharing->batch, BATCH_END, 0);
		if (!batch_send(&sharing->batch, fd, &piece, sizeof piece))
			return false;
	}
	return true;
}

static void
run_twin(void *context, int fd)
{
	struct sharing *sharing = context;
	struct store *s = sharing->store;
	size_t at = SHARE_BLOCK;

	s->share.begin(s->opts.context, &sharing->batch.made);
	while (at < s->persons && make_block(sharing, at, fd))
		at += 2 * SHARE_BLOCK;
}

/* --- in this process --- */

static void
begin_twin(struct sharing *sharing)
{
	const struct store *s = sharing->store;

	sharing->has_twin = s->share.begin && s->persons >= SHARE_LEAST && twin_is_of_use() &&
	        twin_start(&sharing->twin, run_twin, sharing);
}

static void
end_twin(struct sharing *sharing)
{
	if (sharing->has_twin)
		twin_end(&sharing->twin);
	sharing->has_twin = false;
}

/* The patients up to END. */
static size_t
give(struct store *s, size_t at, size_t end)
{
	while (at < end)
		store_give(s, at++, &s->opts);
	return end;
}

/* Patients who are left are worked out twice: when they are most, one process is quicker. */
static bool
is_of_use(struct sharing *sharing, const struct piece *piece)
{
	const bool much = 2 * sharing->batch.parts <= piece->to - piece->from + 2;

	sharing->useless = much ? 0 : sharing->useless + 1;
	return sharing->useless < USELESS_MOST;
}

/* The next piece, or what is left of the block, without the twin. */
static size_t
take(struct sharing *sharing, size_t at)
{
	struct store *s = sharing->store;
	struct piece piece;
	struct slice made;
	const struct part *p;

	if (!batch_receive(&sharing->batch, &sharing->twin, &piece, sizeof piece)) {
		end_twin(sharing);
		return give(s, at, block_end(s, at));
	}
	do {
		p = batch_part(&sharing->batch, &made);
		s->share.take(s->opts.context, made);
		if (p->place != BATCH_END)
			store_give(s, (size_t)p->place, &s->opts);
	} while (p->place != BATCH_END);
	if (!is_of_use(sharing, &piece))
		end_twin(sharing);
	return piece.to;
}

void
store_give_all(struct store *s)
{
	struct sharing sharing = { .store = s };
	size_t at = 0;

	store_seal(s);
	begin_twin(&sharing);
	while (at < s->persons)
		at = sharing.has_twin && is_twins(at) ? take(&sharing, at)
		                                      : give(s, at, block_end(s, at));
	end_twin(&sharing);
	batch_free(&sharing.batch);
}
