#include "log/voids.h"

#include <stdlib.h>

#include "base/mem.h"
#include "log/kept.h"
#include "log/void.h"

/* Rows that share patient and date with a void, in order. */
struct past {
	struct kept *at;
	long *line;
	size_t n, cap;
};

struct voids {
	struct kept *row;
	size_t n, cap;
	const struct entry **order; /* by patient and time once all are there */
	struct past past;
};

struct voids *
voids_new(void)
{
	return xcalloc(1, sizeof(struct voids));
}

void
voids_free(struct voids *v)
{
	for (size_t i = 0; i < v->n; i++)
		kept_free(&v->row[i]);
	for (size_t i = 0; i < v->past.n; i++)
		kept_free(&v->past.at[i]);
	free(v->past.at);
	free(v->past.line);
	free(v->row);
	free(v->order);
	free(v);
}

void
voids_add(struct voids *v, const struct entry *e, const struct row *row)
{
	GROW(v->row, v->cap, v->n);
	v->row[v->n] = (struct kept)KEPT_INIT;
	kept_set(&v->row[v->n++], e, row);
}

size_t
voids_count(const struct voids *v)
{
	return v->n;
}

static bool
same_moment(const struct entry *a, const struct entry *b)
{
	return a->date.day == b->date.day && a->date.minute == b->date.minute &&
	        slice_is(a->patient, b->patient);
}

static int
compare_moments(const void *x, const void *y)
{
	const struct entry *a = *(const struct entry *const *)x;
	const struct entry *b = *(const struct entry *const *)y;

	if (a->date.day != b->date.day)
		return a->date.day < b->date.day ? -1 : 1;
	if (a->date.minute != b->date.minute)
		return a->date.minute < b->date.minute ? -1 : 1;
	return slice_cmp(a->patient, b->patient);
}

/* In an order in which each row finds its own quickly. */
void
voids_sort(struct voids *v)
{
	v->order = xcalloc(v->n + 1, sizeof *v->order);
	for (size_t i = 0; i < v->n; i++)
		v->order[i] = &v->row[i].entry;
	qsort(v->order, v->n, sizeof *v->order, compare_moments);
}

void
voids_pass(struct voids *v, const struct entry *e, const struct row *row)
{
	struct past *past = &v->past;

	if (!bsearch(&e, v->order, v->n, sizeof *v->order, compare_moments))
		return;
	if (past->n == past->cap) {
		past->cap = past->cap ? 2 * past->cap : 16;
		past->at = xreallocarray(past->at, past->cap, sizeof *past->at);
		past->line = xreallocarray(past->line, past->cap, sizeof *past->line);
	}
	past->at[past->n] = (struct kept)KEPT_INIT;
	kept_set(&past->at[past->n], e, row);
	past->line[past->n++] = row->record.line;
}

static bool
same_sets(const struct entry *a, const struct entry *b)
{
	return known(a->sets) ? a->sets == b->sets : !known(b->sets);
}

/* What earlier voids took back cannot be taken back again. */
static void
mark_gone(const struct past *past, const struct entry *moment, bool *gone)
{
	const struct entry **rows = xcalloc(past->n + 1, sizeof *rows);
	size_t *at = xcalloc(past->n + 1, sizeof *at);
	bool *taken = xcalloc(past->n + 1, sizeof *taken);
	size_t n = 0;

	for (size_t i = 0; i < past->n; i++)
		if (same_moment(&past->at[i].entry, moment)) {
			at[n] = i;
			rows[n++] = &past->at[i].entry;
		}
	void_resolve(rows, n, taken);
	for (size_t i = 0; i < n; i++)
		gone[at[i]] = taken[i];
	free(rows);
	free(at);
	free(taken);
}

static bool
agrees(const struct past *past, const bool *gone, size_t i, const struct entry *e)
{
	return !gone[i] && same_moment(&past->at[i].entry, e) && void_agrees(e, &past->at[i].entry);
}

static void
name_lines(const struct past *past, const bool *gone, const struct entry *e, struct str *lines)
{
	str_reset(lines);
	for (size_t i = 0; i < past->n; i++)
		if (past->line[i] > 0 && agrees(past, gone, i, e))
			str_addf(lines, "%s%ld", lines->n ? ", " : "", past->line[i]);
}

bool
voids_check(const struct voids *v, const struct entry *e, struct str *lines)
{
	const struct past *past = &v->past;
	bool *gone = xcalloc(past->n + 1, sizeof *gone);
	const struct kept *first = NULL;
	bool good = true;

	mark_gone(past, e, gone);
	for (size_t i = 0; i < past->n && good; i++) {
		const struct kept *k = &past->at[i];
		if (!agrees(past, gone, i, e))
			continue;
		good = first == NULL ||
		        (kept_same_set(first, &k->entry, &k->row) &&
		                same_sets(&first->entry, &k->entry));
		first = first ? first : k;
	}
	good = good && first != NULL;
	if (!good)
		name_lines(past, gone, e, lines);
	free(gone);
	return good;
}
