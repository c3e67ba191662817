#include "log/sort.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "log/tempfile.h"

/* What stands before each line, in memory and in the file: a fixed head, the patient, the line. */
struct head {
	int32_t day;
	uint32_t patient; /* bytes; 0 with SORT_DATE */
	uint32_t line;    /* bytes */
};

#define RUN_BLOCK ((size_t)64 << 10)

/* A sorted run in the file, read in blocks. */
struct run {
	off_t at, end; /* what is not yet in the block */
	char *block;
	size_t n, cap, used; /* bytes in the block, its size, and those handed out */
};

struct sorter {
	enum sort_key key;
	size_t memory;
	char *arena;
	size_t n, cap;
	size_t *start; /* of each line's head, in order of arrival */
	size_t lines, start_cap;
	bool ordered; /* so far they came in order: nothing to sort */
	int fd;       /* of the temporary file, or -1 */
	off_t size;
	struct run *run;
	size_t runs, run_cap;
};

struct sorter *
sorter_new(enum sort_key key, size_t memory)
{
	struct sorter *s = xcalloc(1, sizeof *s);

	s->key = key;
	s->memory = memory;
	s->ordered = true;
	s->fd = -1;
	return s;
}

static struct head
head_at(const char *at)
{
	struct head h;

	memcpy(&h, at, sizeof h);
	return h;
}

static size_t
size_at(const char *at)
{
	const struct head h = head_at(at);

	return sizeof h + h.patient + h.line;
}

/* By patient in byte order (nothing to compare with SORT_DATE), then by day. */
static int
compare(const char *a, const char *b)
{
	const struct head x = head_at(a), y = head_at(b);
	const int by_patient = slice_cmp((struct slice){ a + sizeof x, x.patient },
	        (struct slice){ b + sizeof y, y.patient });

	if (by_patient != 0)
		return by_patient;
	return (x.day > y.day) - (x.day < y.day);
}

/* Place in the arena is the order of arrival, so that ties keep it. */
static int
compare_starts(const void *a, const void *b, void *arena)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const int order = compare((char *)arena + x, (char *)arena + y);

	return order != 0 ? order : (x > y) - (x < y);
}

static void
arrange(struct sorter *s)
{
	if (!s->ordered)
		qsort_r(s->start, s->lines, sizeof *s->start, compare_starts, s->arena);
}

static void
put(struct sorter *s, const char *bytes, size_t n)
{
	tempfile_write(s->fd, bytes, n, "--sort");
	s->size += (off_t)n;
}

/* Writes what is held as one sorted run. */
static void
spill(struct sorter *s)
{
	char *block = xmalloc(RUN_BLOCK);
	size_t used = 0;

	if (s->fd < 0)
		s->fd = tempfile_open("--sort");
	arrange(s);
	GROW(s->run, s->run_cap, s->runs);
	s->run[s->runs] = (struct run){ .at = s->size };
	for (size_t i = 0; i < s->lines; i++) {
		const char *line = s->arena + s->start[i];
		const size_t n = size_at(line);
		if (used + n > RUN_BLOCK) {
			put(s, block, used);
			used = 0;
		}
		if (n > RUN_BLOCK) {
			put(s, line, n);
		} else {
			memcpy(block + used, line, n);
			used += n;
		}
	}
	put(s, block, used);
	s->run[s->runs++].end = s->size;
	free(block);
	s->n = s->lines = 0;
	s->ordered = true;
}

static void
reserve(struct sorter *s, size_t n)
{
	const size_t held = s->n + s->lines * sizeof *s->start;

	if (s->lines > 0 && held + n > s->memory)
		spill(s);
	if (s->n + n > s->cap) {
		s->cap = s->n + n > 2 * s->cap ? s->n + n : 2 * s->cap;
		s->arena = xreallocarray(s->arena, s->cap, 1);
	}
}

void
sorter_add(struct sorter *s, int day, struct slice patient, const char *line, size_t n)
{
	const size_t key = s->key == SORT_PATIENT ? patient.n : 0;
	const struct head h = { day, (uint32_t)key, (uint32_t)n };

	reserve(s, sizeof h + key + n);
	GROW(s->start, s->start_cap, s->lines);
	char *at = s->arena + s->n;
	memcpy(at, &h, sizeof h);
	if (key > 0)
		memcpy(at + sizeof h, patient.s, key);
	memcpy(at + sizeof h + key, line, n);
	if (s->ordered && s->lines > 0 && compare(s->arena + s->start[s->lines - 1], at) > 0)
		s->ordered = false;
	s->start[s->lines++] = s->n;
	s->n += sizeof h + key + n;
}

/* Reads on until at least N unread bytes of the run are in its block. */
static void
fetch(struct sorter *s, struct run *r, size_t n)
{
	if (r->used > 0)
		memmove(r->block, r->block + r->used, r->n - r->used);
	r->n -= r->used;
	r->used = 0;
	if (n < RUN_BLOCK)
		n = RUN_BLOCK;
	if (n > r->cap) {
		r->block = xreallocarray(r->block, n, 1);
		r->cap = n;
	}
	while (r->n < n && r->at < r->end) {
		const off_t left = r->end - r->at;
		const size_t want = left < (off_t)(n - r->n) ? (size_t)left : n - r->n;
		const ssize_t got = pread(s->fd, r->block + r->n, want, r->at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			tempfile_failed("--sort", "cannot be read");
		r->n += (size_t)got;
		r->at += got;
	}
}

/* The run's next line with its head, or NULL at its end. */
static const char *
next_of(struct sorter *s, struct run *r)
{
	if (r->n - r->used < sizeof(struct head))
		fetch(s, r, sizeof(struct head));
	if (r->n == r->used)
		return NULL;
	if (r->n - r->used < size_at(r->block + r->used))
		fetch(s, r, size_at(r->block + r->used));
	return r->block + r->used;
}

/* Earlier runs hold earlier lines: on a tie the lower number goes first. */
static bool
before(struct sorter *s, size_t a, size_t b)
{
	const int order = compare(next_of(s, &s->run[a]), next_of(s, &s->run[b]));

	return order != 0 ? order < 0 : a < b;
}

static void
sift_down(struct sorter *s, size_t *heap, size_t n, size_t i)
{
	for (;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
			if (before(s, heap[child], heap[least]))
				least = child;
		if (least == i)
			return;
		const size_t swap = heap[i];
		heap[i] = heap[least];
		heap[least] = swap;
		i = least;
	}
}

static void
hand_out(const char *at, void (*line)(void *context, const char *line, size_t n), void *context)
{
	const struct head h = head_at(at);

	line(context, at + sizeof h + h.patient, h.line);
}

static void
merge(struct sorter *s, void (*line)(void *context, const char *line, size_t n), void *context)
{
	size_t *heap = xcalloc(s->runs, sizeof *heap);
	size_t n = 0;

	for (size_t i = 0; i < s->runs; i++)
		if (next_of(s, &s->run[i]) != NULL)
			heap[n++] = i;
	for (size_t i = n / 2; i-- > 0;)
		sift_down(s, heap, n, i);
	while (n > 0) {
		struct run *r = &s->run[heap[0]];
		const char *at = next_of(s, r);
		hand_out(at, line, context);
		r->used += size_at(at);
		if (next_of(s, r) == NULL)
			heap[0] = heap[--n];
		sift_down(s, heap, n, 0);
	}
	free(heap);
}

void
sorter_each(
        struct sorter *s, void (*line)(void *context, const char *line, size_t n), void *context)
{
	if (s->runs > 0) {
		spill(s);
		free(s->arena);
		s->arena = NULL;
		s->cap = 0;
		merge(s, line, context);
		return;
	}
	arrange(s);
	for (size_t i = 0; i < s->lines; i++)
		hand_out(s->arena + s->start[i], line, context);
}

void
sorter_free(struct sorter *s)
{
	for (size_t i = 0; i < s->runs; i++)
		free(s->run[i].block);
	if (s->fd >= 0)
		close(s->fd);
	free(s->run);
	free(s->start);
	free(s->arena);
	free(s);
}
