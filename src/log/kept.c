#include "log/kept.h"

#include <stdlib.h>

#include "base/mem.h"

/* First all texts are copied, then each is given its place: the bytes move as they grow. */
static void
copy(struct kept *k, struct slice *text, size_t *at)
{
	(void)at;
	str_add(&k->bytes, text->s, text->n);
	str_putc(&k->bytes, '\0');
}

static void
place(struct kept *k, struct slice *text, size_t *at)
{
	text->s = k->bytes.s + *at;
	*at += text->n + 1;
}

static void
each_text(struct kept *k, void (*what)(struct kept *k, struct slice *text, size_t *at))
{
	size_t at = 0;
	struct entry *e = &k->entry;

	what(k, &e->patient, &at);
	what(k, &e->item, &at);
	what(k, &e->text, &at);
	what(k, &e->rule, &at);
	what(k, &e->note, &at);
	what(k, &e->recorded, &at);
	for (size_t i = 0; i < k->row.record.n; i++)
		what(k, &k->field[i], &at);
}

void
kept_set(struct kept *k, const struct entry *e, const struct row *row)
{
	k->entry = *e;
	k->row = *row;
	if (row->record.n > k->cap) {
		k->cap = row->record.n;
		k->field = xreallocarray(k->field, k->cap, sizeof *k->field);
	}
	for (size_t i = 0; i < row->record.n; i++) {
		k->field[i] = row->record.field[i];
		if (!entry_column_is_other(row->header->name[i]))
			k->field[i].n = 0;
	}
	str_reset(&k->bytes);
	each_text(k, copy);
	each_text(k, place);
	k->row.record.field = k->field;
	k->row.record.raw = (struct slice){ NULL, 0 };
	k->full = true;
}

void
kept_free(struct kept *k)
{
	free(k->field);
	str_free(&k->bytes);
}

static bool
same_number(double a, double b)
{
	return known(a) ? a == b : !known(b);
}

static bool
same_entry(const struct entry *a, const struct entry *b)
{
	if (a->date.day != b->date.day || a->date.minute != b->date.minute || a->kind != b->kind ||
	        a->side != b->side || a->decision != b->decision ||
	        !same_number(a->value, b->value))
		return false;
	for (enum column c = COL_REPS; c <= LAST_NUMBER; c++)
		if (!same_number(entry_number_of(a, c), entry_number_of(b, c)))
			return false;
	return slice_is(a->patient, b->patient) && slice_is(a->item, b->item) &&
	        slice_is(a->text, b->text) && slice_is(a->rule, b->rule) &&
	        slice_is(a->note, b->note);
}

/* A column that is not there is as one that is empty. */
static struct slice
other_of(const struct row *row, const char *name)
{
	const int at = header_column(row->header, name);

	return at < 0 ? (struct slice){ NULL, 0 } : row->record.field[at];
}

/* Does the one say what the other's unknown columns say? */
static bool
has_others(const struct row *one, const struct row *other)
{
	const struct header *h = other->header;

	for (size_t i = 0; i < h->n; i++)
		if (entry_column_is_other(h->name[i]) &&
		        !slice_is(other_of(one, h->name[i]), other->record.field[i]))
			return false;
	return true;
}

bool
kept_same_set(const struct kept *k, const struct entry *e, const struct row *row)
{
	return k->full && same_entry(&k->entry, e) && has_others(&k->row, row) &&
	        (k->row.header == row->header || has_others(row, &k->row));
}
