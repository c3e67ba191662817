#include "log/voids.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/kept.h"
#include "log/void.h"

/* Rows that share patient and date with a void, in order. */
struct past {
	struct kept *at;
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
	GROW(past->at, past->cap, past->n);
	past->at[past->n] = (struct kept)KEPT_INIT;
	kept_set(&past->at[past->n++], e, row);
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

/* Each file is named once: their rows stand one behind the other. */
static void
name_places(const struct past *past, const bool *gone, const struct entry *e, struct str *places)
{
	const char *file = "";

	str_reset(places);
	for (size_t i = 0; i < past->n; i++) {
		const struct row *row = &past->at[i].row;
		if (!agrees(past, gone, i, e))
			continue;
		str_puts(places, places->n ? ", " : "");
		if (strcmp(file, row->file) != 0)
			str_addf(places, "%s:", row->file);
		str_addf(places, "%ld", row->record.line);
		file = row->file;
	}
}

bool
voids_check(const struct voids *v, const struct entry *e, struct str *places)
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
		name_places(past, gone, e, places);
	free(gone);
	return good;
}
