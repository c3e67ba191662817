#include "log/unique.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "log/logout.h"

/*
 * A row stands in the table by 128 keyed bits of its canonical text, which nobody can choose; two
 * different rows with the same bits are not to be met (10^9 rows: less than one chance in 10^20).
 */
struct slot {
	uint64_t a, b;
	uint32_t input, here; /* the input it was last met in, and how often there */
	uint32_t most;        /* how often it was kept; 0: the slot is free */
};

struct unique {
	struct slot *slot;
	size_t cap, n;
	struct str text;
	struct csvout *out;
};

#define FIRST_CAP 1024

struct unique *
unique_new(void)
{
	struct unique *u = xcalloc(1, sizeof *u);

	u->cap = FIRST_CAP;
	u->slot = xcalloc(u->cap, sizeof *u->slot);
	u->out = csvout_to_str(&u->text, ',');
	return u;
}

void
unique_free(struct unique *u)
{
	csvout_close(u->out);
	str_free(&u->text);
	free(u->slot);
	free(u);
}

static struct slot *
find(struct slot *slots, size_t cap, uint64_t a, uint64_t b)
{
	size_t i = (size_t)a & (cap - 1);

	while (slots[i].most > 0 && (slots[i].a != a || slots[i].b != b))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void
grow(struct unique *u)
{
	const size_t cap = 2 * u->cap;
	struct slot *wider = xcalloc(cap, sizeof *wider);

	for (size_t i = 0; i < u->cap; i++)
		if (u->slot[i].most > 0)
			*find(wider, cap, u->slot[i].a, u->slot[i].b) = u->slot[i];
	free(u->slot);
	u->slot = wider;
	u->cap = cap;
}

/* All columns but recorded, unknown ones by name, each field with its end. */
static void
write_key(struct unique *u, const struct entry *e, const struct row *row)
{
	struct entry bare = *e;

	str_reset(&u->text);
	bare.recorded.n = 0;
	entry_write(u->out, &bare);
	for (size_t i = 0; i < row->header->n; i++) {
		if (!entry_column_is_other(row->header->name[i]) || row->record.field[i].n == 0)
			continue;
		csvout_text(u->out, row->header->name[i]);
		csvout_field(u->out, row->record.field[i].s, row->record.field[i].n);
	}
	csvout_end(u->out);
}

bool
unique_is_new(struct unique *u, const struct entry *e, const struct row *row, size_t input)
{
	struct slot *slot;
	uint64_t bits[2];

	write_key(u, e, row);
	keyed_hash(u->text.s, u->text.n, bits);
	if (2 * u->n >= u->cap)
		grow(u);
	slot = find(u->slot, u->cap, bits[0], bits[1]);
	if (slot->most == 0) {
		*slot = (struct slot){ bits[0], bits[1], (uint32_t)input, 1, 1 };
		u->n++;
		return true;
	}
	if (slot->input != (uint32_t)input) {
		slot->input = (uint32_t)input;
		slot->here = 0;
	}
	if (++slot->here <= slot->most)
		return false;
	slot->most = slot->here;
	return true;
}
