#include "domain/medicine.h"

#include <stdlib.h>

#include "base/mem.h"

/* The medicines of one history that a total is made of, each with its present amount. */
struct taken {
	const struct medicine *medicine;
	double amount;
};

/* What a total counts, and what makes it unknown. */
struct total {
	const struct catalogue *c;
	const char *factor_kind;
	const char *class; /* of this class, those without such a factor make it unknown; or NULL */
	struct taken *taken;
	size_t n, cap;
	bool begun;
};

static bool
counts(const struct total *t, const struct medicine *m)
{
	return strcmp(m->factor_kind, t->factor_kind) == 0;
}

static bool
hides(const struct total *t, const struct medicine *m)
{
	return t->class && !counts(t, m) && strcmp(m->class, t->class) == 0;
}

static void
take(struct total *t, const struct entry *e)
{
	const struct medicine *m;

	if (e->kind != KIND_MEDICINE || !known(e->value))
		return;
	m = cat_medicine(t->c, e->item);
	if (!m || (!counts(t, m) && !hides(t, m)))
		return;
	t->begun = t->begun || counts(t, m);
	for (size_t i = 0; i < t->n; i++)
		if (t->taken[i].medicine == m) {
			t->taken[i].amount = e->value;
			return;
		}
	GROW(t->taken, t->cap, t->n);
	t->taken[t->n++] = (struct taken){ m, e->value };
}

/* The medicine in force that makes the total unknown, or NULL. */
static const struct medicine *
hiding(const struct total *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (!counts(t, t->taken[i].medicine) && t->taken[i].amount > 0)
			return t->taken[i].medicine;
	return NULL;
}

static double
sum_of(const struct total *t)
{
	double sum = 0;

	if (!t->begun || hiding(t))
		return UNKNOWN;
	for (size_t i = 0; i < t->n; i++)
		if (counts(t, t->taken[i].medicine))
			sum += t->taken[i].amount * t->taken[i].medicine->factor;
	return sum;
}

static double
total_on(struct total *t, const struct history *h, int day)
{
	double sum;

	for (size_t i = 0; i < h->n && h->row[i].date.day <= day; i++)
		take(t, &h->row[i]);
	sum = sum_of(t);
	free(t->taken);
	return sum;
}

#define OPIOIDS(catalogue)                                                                         \
	{                                                                                          \
		.c = (catalogue), .factor_kind = "mme", .class = "opioid"                          \
	}

static bool
ends_day(const struct history *h, size_t i)
{
	return i + 1 == h->n || h->row[i + 1].date.day != h->row[i].date.day;
}

struct mme
mme_at(const struct history *h, const struct catalogue *c, int day)
{
	const int contact = last_contact(h);
	struct total t = OPIOIDS(c);
	struct mme m = MME_NONE;

	m.day = contact < day ? contact : day;
	for (size_t i = 0; i < h->n && h->row[i].date.day <= m.day; i++) {
		take(&t, &h->row[i]);
		if (!ends_day(h, i))
			continue;
		m.hiding = hiding(&t);
		if (!m.hiding)
			m.since = DAY_NONE;
		else if (m.since == DAY_NONE)
			m.since = h->row[i].date.day;
	}
	m.value = sum_of(&t);
	free(t.taken);
	return m;
}

double
prednisone_on(const struct history *h, const struct catalogue *c, int day)
{
	struct total t = { .c = c, .factor_kind = "prednisone-mg" };

	return total_on(&t, h, day);
}

static void
carry(double value, int from, int to, struct dailies *out)
{
	if (known(value))
		for (int day = from; day <= to; day++)
			dailies_add(out, day, value);
}

void
mme_days(const struct history *h, const struct catalogue *c, int to, struct dailies *out)
{
	struct total t = OPIOIDS(c);
	int from = DAY_NONE;

	for (size_t i = 0; i < h->n && h->row[i].date.day <= to; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_MEDICINE)
			continue;
		if (from != DAY_NONE && e->date.day > from)
			carry(sum_of(&t), from, e->date.day - 1, out);
		from = e->date.day;
		take(&t, e);
	}
	if (from != DAY_NONE)
		carry(sum_of(&t), from, to, out);
	free(t.taken);
}

void
medicine_days(const struct history *h, const char *id, int to, struct dailies *out)
{
	double amount = UNKNOWN;
	int from = DAY_NONE;

	for (size_t i = 0; i < h->n && h->row[i].date.day <= to; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_MEDICINE || !known(e->value) || !slice_eq(e->item, id))
			continue;
		if (from != DAY_NONE)
			carry(amount, from, e->date.day - 1, out);
		from = e->date.day;
		amount = e->value;
	}
	carry(amount, from, to, out);
}

static bool
is_among(const struct medicine *const *among, size_t n, const struct medicine *m)
{
	for (size_t i = 0; i < n; i++)
		if (among[i] == m)
			return true;
	return false;
}

size_t
medicines_without_factor(const struct history *h, const struct catalogue *c,
        const struct medicine **out, size_t most)
{
	const struct total t = OPIOIDS(c);
	size_t n = 0;

	for (size_t i = 0; i < h->n && n < most; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_MEDICINE || !(e->value > 0))
			continue;
		const struct medicine *m = cat_medicine(c, e->item);
		if (m && hides(&t, m) && !is_among(out, n, m))
			out[n++] = m;
	}
	return n;
}
