#include "log/net.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/kept.h"
#include "log/linereader.h"
#include "log/tempfile.h"
#include "log/void.h"

#define BLOCK ((size_t)256 << 10)

struct place_of_row {
	uint64_t key; /* patient and date */
	uint64_t at;  /* in the file; the highest bits: gone, not wanted */
};
#define GONE ((uint64_t)1 << 63)
#define UNWANTED ((uint64_t)1 << 62)

struct net {
	struct linereader *lines;
	struct place_of_row *row;
	size_t n, cap;
	uint64_t *voids; /* keys of the void rows */
	size_t n_voids, cap_voids;
	int fd;
	uint64_t size;
	struct str block; /* not yet in the file */
};

struct net *
net_new(const struct catalogue *c, const struct header *h)
{
	struct net *net = xcalloc(1, sizeof *net);

	net->lines = linereader_new(c, h);
	net->fd = tempfile_open("--net");
	return net;
}

void
net_free(struct net *net)
{
	linereader_free(net->lines);
	close(net->fd);
	free(net->row);
	free(net->voids);
	str_free(&net->block);
	free(net);
}

/* The same for rows of one patient at one time, and seldom for others. */
static uint64_t
key_of(const struct entry *e)
{
	const uint64_t when = (uint64_t)(uint32_t)e->date.day << 16 | (uint16_t)e->date.minute;

	return (stable_hash(e->patient.s, e->patient.n) ^ when * 0x9e3779b97f4a7c15u) *
	        0xff51afd7ed558ccdu;
}

void
net_add(struct net *net, const struct entry *e, const char *line, size_t n, bool wanted)
{
	GROW(net->row, net->cap, net->n);
	net->row[net->n++] =
	        (struct place_of_row){ key_of(e), net->size | (wanted ? 0 : UNWANTED) };
	if (e->kind == KIND_VOID) {
		GROW(net->voids, net->cap_voids, net->n_voids);
		net->voids[net->n_voids++] = key_of(e);
	}
	str_add(&net->block, line, n);
	net->size += n;
	if (net->block.n >= BLOCK) {
		tempfile_write(net->fd, net->block.s, net->block.n, "--net");
		str_reset(&net->block);
	}
}

static uint64_t
end_of(const struct net *net, size_t i)
{
	return i + 1 < net->n ? net->row[i + 1].at & ~(GONE | UNWANTED) : net->size;
}

static void
read_back(const struct net *net, struct str *out, uint64_t at, size_t n)
{
	char block[4096];

	str_reset(out);
	while (out->n < n) {
		const size_t want = n - out->n < sizeof block ? n - out->n : sizeof block;
		const ssize_t got = pread(net->fd, block, want, (off_t)(at + out->n));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			tempfile_failed("--net", "cannot be read");
		str_add(out, block, (size_t)got);
	}
}

static int
compare_keys(const void *x, const void *y)
{
	const uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* Rows that share the key of a void, ordered by key and place. */
struct candidate {
	uint64_t key;
	size_t row;
};

static int
compare_candidates(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static size_t
find_candidates(struct net *net, struct candidate **out)
{
	size_t n = 0, cap = 0;

	*out = NULL;
	if (net->n_voids == 0) /* qsort takes no null pointer */
		return 0;
	qsort(net->voids, net->n_voids, sizeof *net->voids, compare_keys);
	for (size_t i = 0; i < net->n; i++) {
		if (!bsearch(&net->row[i].key, net->voids, net->n_voids, sizeof *net->voids,
		            compare_keys))
			continue;
		GROW(*out, cap, n);
		(*out)[n++] = (struct candidate){ net->row[i].key, i };
	}
	if (n > 0)
		qsort(*out, n, sizeof **out, compare_candidates);
	return n;
}

/* Reads one row back; false would mean that our own line cannot be read. */
static void
load(struct net *net, size_t i, struct str *line, struct kept *out)
{
	const uint64_t at = net->row[i].at & ~(GONE | UNWANTED);
	const size_t n = (size_t)(end_of(net, i) - at) - 1;
	const struct entry *e;

	read_back(net, line, at, n);
	e = linereader_read(net->lines, str_text(line), n);
	if (e == NULL)
		die("--net: a row was not written as it is read; please report this");
	kept_set(out, e, linereader_row(net->lines));
}

/* Voids act among rows of one patient; a key may hold, by chance, rows of two. */
static void
resolve_group(struct net *net, const struct candidate *group, size_t n)
{
	struct kept *rows = xcalloc(n, sizeof *rows);
	const struct entry **same = xcalloc(n, sizeof *same);
	size_t *place = xcalloc(n, sizeof *place);
	bool *gone = xcalloc(n, sizeof *gone), *done = xcalloc(n, sizeof *done);
	struct str line = STR_INIT;

	for (size_t i = 0; i < n; i++)
		load(net, group[i].row, &line, &rows[i]);
	for (size_t i = 0; i < n; i++) {
		size_t m = 0;
		for (size_t j = i; j < n; j++)
			if (!done[j] && slice_is(rows[j].entry.patient, rows[i].entry.patient)) {
				done[j] = true;
				place[m] = group[j].row;
				same[m++] = &rows[j].entry;
			}
		void_resolve(same, m, gone);
		for (size_t j = 0; j < m; j++)
			if (gone[j])
				net->row[place[j]].at |= GONE;
	}
	for (size_t i = 0; i < n; i++)
		kept_free(&rows[i]);
	free(rows);
	free(same);
	free(place);
	free(gone);
	free(done);
	str_free(&line);
}

static void
resolve(struct net *net)
{
	struct candidate *all;
	const size_t n = find_candidates(net, &all);

	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && all[j].key == all[i].key; j++)
			continue;
		resolve_group(net, all + i, j - i);
	}
	free(all);
}

/* Lines in blocks from the file, in order. */
static void
hand_out(struct net *net, void (*line)(void *context, const char *line, size_t n), void *context)
{
	struct str block = STR_INIT;
	size_t i = 0, j;

	while (i < net->n) {
		const uint64_t from = net->row[i].at & ~(GONE | UNWANTED);
		for (j = i; j < net->n && end_of(net, j) - from <= BLOCK; j++)
			continue;
		if (j == i)
			j = i + 1;
		read_back(net, &block, from, (size_t)(end_of(net, j - 1) - from));
		for (; i < j; i++)
			if (!(net->row[i].at & (GONE | UNWANTED)))
				line(context, block.s + (net->row[i].at - from),
				        (size_t)(end_of(net, i) - net->row[i].at));
	}
	str_free(&block);
}

size_t
net_each(struct net *net, void (*line)(void *context, const char *line, size_t n), void *context)
{
	size_t gone = 0;

	tempfile_write(net->fd, net->block.s, net->block.n, "--net");
	str_reset(&net->block);
	resolve(net);
	for (size_t i = 0; i < net->n; i++)
		gone += (net->row[i].at & (GONE | UNWANTED)) == GONE;
	hand_out(net, line, context);
	return gone;
}
