#include "domain/assemble.h"

#include <stdlib.h>

#include "base/mem.h"
#include "log/void.h"

static const struct packed *
row_at(struct patient_rows rows, size_t i)
{
	return &rows.rows[rows.index ? rows.index[i] : i];
}

/* Marks the newest earlier row that the void row at place I takes back. */
static void
take_back(struct assembly *a, const struct packed_texts *texts, struct patient_rows rows, size_t i)
{
	struct entry v, e;

	unpack(texts, row_at(rows, i), &v);
	for (size_t j = i; j-- > 0;) {
		if (a->gone[j] || row_at(rows, j)->when != row_at(rows, i)->when)
			continue;
		unpack(texts, row_at(rows, j), &e);
		if (void_agrees(&v, &e)) {
			a->gone[j] = true;
			return;
		}
	}
}

static void
apply_voids(struct assembly *a, const struct packed_texts *texts, struct patient_rows rows)
{
	memset(a->gone, 0, rows.n * sizeof *a->gone);
	for (size_t i = 0; i < rows.n; i++)
		if (row_at(rows, i)->kind == KIND_VOID) {
			a->gone[i] = true;
			take_back(a, texts, rows, i);
		}
}

static void
reserve(struct assembly *a, size_t n)
{
	if (n <= a->cap)
		return;
	a->cap = n + n / 2;
	a->entry = xreallocarray(a->entry, a->cap, sizeof *a->entry);
	a->key = xreallocarray(a->key, a->cap, sizeof *a->key);
	a->gone = xreallocarray(a->gone, a->cap, sizeof *a->gone);
}

static int
compare_keys(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* Keys of the rows that stay, sorted; *later counts those after ASOF. */
static size_t
order_rows(
        struct assembly *a, struct patient_rows rows, enum row_order order, int asof, size_t *later)
{
	const uint32_t end = when_pack((struct when){ asof + 1, NO_TIME });
	const uint32_t mask = order == ORDER_PLACE ? ~(uint32_t)(WHEN_DAY - 1) : UINT32_MAX;
	size_t n = 0;
	bool sorted = true;

	*later = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct packed *p = row_at(rows, i);
		if (a->gone[i] || p->kind == KIND_TRIAL)
			continue;
		if (p->when >= end) {
			++*later;
			continue;
		}
		a->key[n] = (uint64_t)(p->when & mask) << 32 | i;
		sorted = sorted && (n == 0 || a->key[n - 1] < a->key[n]);
		n++;
	}
	if (!sorted)
		qsort(a->key, n, sizeof *a->key, compare_keys);
	return n;
}

void
assemble(struct assembly *a, const struct packed_texts *texts, struct patient_rows rows,
        enum row_order order, int asof, struct history *out)
{
	reserve(a, rows.n);
	apply_voids(a, texts, rows);
	out->n = order_rows(a, rows, order, asof, &out->later);
	struct slice patient = slice_of(out->patient);
	for (size_t i = 0; i < out->n; i++) {
		unpack(texts, row_at(rows, (uint32_t)a->key[i]), &a->entry[i]);
		a->entry[i].patient = patient;
	}
	out->row = a->entry;
}

void
assembly_free(struct assembly *a)
{
	free(a->entry);
	free(a->key);
	free(a->gone);
	*a = (struct assembly){ 0 };
}
