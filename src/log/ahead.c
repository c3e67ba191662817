#include "log/ahead.h"

#include <stdlib.h>

#include "base/batch.h"
#include "base/effect.h"
#include "base/mem.h"

/* Bytes that each process reads at a time. */
#ifndef SMALL_BLOCKS
#define AHEAD_BLOCK ((uint64_t)768 << 10)
#else /* tests */
#define AHEAD_BLOCK ((uint64_t)180)
#endif
#define AHEAD_LEAST (8 * AHEAD_BLOCK) /* of a file for which a twin is started */

struct block {
	uint64_t from, to; /* of its first record, and behind its last */
	long lines, rows;  /* rows: those that were made */
	long count[AHEAD_COUNTS];
};

struct ahead {
	struct reader *reader;
	struct ahead_work work;
	const struct row *row; /* the last one read, NULL before */
	const char *file;      /* of the twin: which input it is */
	size_t serial;         /* and which header */

	bool has_twin;
	struct twin twin;
	uint64_t next;     /* where its next block begins, or before */
	int of_little_use; /* how many blocks of it, without one that was */

	/* In the twin: the block it makes.  In this process: the block that is taken. */
	bool taking;
	struct block block;
	struct batch batch;
	long line; /* of the block's first */
};

struct ahead *
ahead_new(struct reader *r, const struct ahead_work *work)
{
	struct ahead *a = xcalloc(1, sizeof *a);

	a->reader = r;
	if (work)
		a->work = *work;
	return a;
}

static void
end_twin(struct ahead *a)
{
	if (a->has_twin)
		twin_end(&a->twin);
	a->has_twin = false;
}

void
ahead_free(struct ahead *a)
{
	end_twin(a);
	batch_free(&a->batch);
	free(a);
}

static struct csvin *
input(const struct ahead *a)
{
	return stream_input(reader_stream(a->reader));
}

/* --- in the twin --- */

/* The next row, made or left; false where a twin ends, which is before the end of a file. */
static bool
make_row(struct ahead *a)
{
	const struct entry *e;
	const uint64_t place = csvin_place(input(a));
	const long line = csvin_line(input(a));
	const unsigned long before = effects();
	const size_t made = a->batch.made.n;
	long count[AHEAD_COUNTS];
	enum reader_got got;

	memcpy(count, a->work.count, a->work.counts * sizeof *count);
	got = reader_next(a->reader, &e, &a->row);
	if (got == READ_END || a->row->header->serial != a->serial ||
	        csvin_place(input(a)) >= csvin_size(input(a)))
		return false;
	if (got == READ_ENTRY && effects() == before &&
	        a->work.make(a->work.context, e, a->row, made == a->batch.used) &&
	        effects() == before) {
		a->block.rows++;
		return true;
	}
	a->batch.made.n = made;
	memcpy(a->work.count, count, a->work.counts * sizeof *count);
	batch_leave(&a->batch, place, line);
	return true;
}

static bool
make_block(struct ahead *a, uint64_t at)
{
	struct csvin *in = input(a);

	batch_begin(&a->batch);
	a->block = (struct block){ 0 };
	memset(a->work.count, 0, a->work.counts * sizeof *a->work.count);
	if (!csvin_go_near(in, at))
		return false;
	csvin_read_to(in, at + AHEAD_BLOCK);
	a->block.from = csvin_place(in);
	while (csvin_place(in) < at + AHEAD_BLOCK)
		if (!make_row(a))
			return false;
	batch_leave(&a->batch, BATCH_END, 0);
	a->block.to = csvin_place(in);
	a->block.lines = csvin_line(in);
	memcpy(a->block.count, a->work.count, a->work.counts * sizeof *a->work.count);
	return true;
}

static void
run_twin(void *context, int fd)
{
	struct ahead *a = context;
	const uint64_t size = csvin_size(input(a));
	uint64_t at = a->next;

	stream_stay(reader_stream(a->reader));
	a->work.begin(a->work.context, &a->batch.made);
	while (at + AHEAD_BLOCK <= size && make_block(a, at) &&
	        batch_send(&a->batch, fd, &a->block, sizeof a->block))
		at += 2 * AHEAD_BLOCK;
}

/* --- in this process --- */

/* From here on, if it is an input for two. */
static void
begin_twin(struct ahead *a)
{
	struct csvin *in = input(a);

	end_twin(a);
	a->file = a->row->file;
	a->serial = a->row->header->serial;
	if (!a->work.make || !csvin_has_places(in) ||
	        csvin_size(in) < csvin_place(in) + AHEAD_LEAST || !twin_is_of_use())
		return;
	a->next = csvin_place(in) + AHEAD_BLOCK;
	csvin_read_to(in, a->next);
	a->has_twin = twin_start(&a->twin, run_twin, a);
}

static void
begin_block(struct ahead *a)
{
	a->taking = true;
	a->line = csvin_line(input(a));
	stream_passed(reader_stream(a->reader), a->block.rows);
	for (size_t i = 0; i < a->work.counts; i++)
		a->work.count[i] += a->block.count[i];
}

static bool
begins_here(const struct ahead *a)
{
	return a->block.from == csvin_place(input(a));
}

/*
 * Rows that are left are read twice.  That is most of them while the patients are new; when it goes
 * on, one process is quicker.
 */
static bool
is_of_use(struct ahead *a)
{
	const bool much = begins_here(a) && 2 * a->batch.parts <= (size_t)a->block.lines + 256;

	a->of_little_use = much ? 0 : a->of_little_use + 1;
	return a->of_little_use < 16;
}

/*
 * Where the next record begins there may be a block of the twin's.  One that begins elsewhere is
 * lost, and so is the twin: it has learnt from it what this process does not know.
 */
static void
meet_twin(struct ahead *a)
{
	if (a->row->file != a->file)
		begin_twin(a);
	if (a->has_twin && a->row->header->serial != a->serial)
		end_twin(a);
	if (!a->has_twin || csvin_place(input(a)) < a->next)
		return;
	a->next += 2 * AHEAD_BLOCK;
	if (!batch_receive(&a->batch, &a->twin, &a->block, sizeof a->block) || !is_of_use(a))
		end_twin(a);
	else if (begins_here(a))
		begin_block(a);
	else
		begin_twin(a);
}

static void
go_behind(struct ahead *a)
{
	csvin_go(input(a), a->block.to, a->line + a->block.lines);
	csvin_read_to(input(a), a->next);
}

/* Up to a row that was left out, or to the end of the block. */
static void
take_part(struct ahead *a)
{
	struct slice made;
	const struct part *p = batch_part(&a->batch, &made);

	a->work.take(a->work.context, made);
	a->taking = p->place != BATCH_END;
	if (a->taking)
		csvin_go(input(a), p->place, a->line + p->line);
	else
		go_behind(a);
}

enum reader_got
ahead_next(struct ahead *a, const struct entry **entry, const struct row **row)
{
	enum reader_got got;

	if (a->row && !a->taking)
		meet_twin(a);
	if (a->taking)
		take_part(a);
	got = reader_next(a->reader, entry, &a->row);
	*row = a->row;
	return got;
}
