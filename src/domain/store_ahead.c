#include "domain/store.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * What a twin makes of rows: visits, each with its rows as pack() makes them, and before them the
 * texts that they need.  The ids of texts are those of the twin's own pools; each block tells
 * them anew, since the one before may not have been taken.
 */
enum what { WHAT_ITEM, WHAT_TEXT, WHAT_VISIT };

struct heading {
	uint32_t what;
	uint32_t id;   /* of an item or a text */
	uint32_t n;    /* bytes of the text, or of the patient, which follow */
	uint32_t rows; /* of a visit, behind them */
};

struct names {
	struct pool *pool;
	struct numbers told; /* in the twin: the block that told it */
	struct numbers ours; /* in this process: our id */
};

struct handing {
	struct names names[WHAT_VISIT];
	/* In the twin. */
	struct str *made;
	uint32_t block;
	size_t visit; /* where its heading stands */
	char patient[PATIENT_BYTES];
	size_t patient_n;
};

/* --- in the twin --- */

static void
begin(void *context, struct str *made)
{
	struct store *s = context;

	s->handing->made = made;
}

static void
add_heading(struct handing *h, enum what what, uint32_t id, struct slice text)
{
	const struct heading heading = { what, id, (uint32_t)text.n, 0 };

	str_add(h->made, (const char *)&heading, sizeof heading);
	str_add(h->made, text.s, text.n);
}

static void
tell_name(struct handing *h, enum what what, uint32_t id)
{
	uint32_t *told;

	if (id == POOL_NONE)
		return;
	told = numbers_at(&h->names[what].told, id);
	if (*told == h->block)
		return;
	*told = h->block;
	add_heading(h, what, id, pool_slice(h->names[what].pool, id));
}

static void
tell_names(struct handing *h, struct packed *p)
{
	const uint32_t *text = packed_text(p);

	tell_name(h, WHAT_ITEM, p->item);
	tell_name(h, WHAT_TEXT, p->note);
	if (text)
		tell_name(h, WHAT_TEXT, *text);
}

static bool
goes_on(const struct handing *h, struct slice patient)
{
	return slice_is(patient, (struct slice){ h->patient, h->patient_n });
}

static void
tell_visit(struct handing *h, struct slice patient)
{
	h->visit = h->made->n;
	add_heading(h, WHAT_VISIT, 0, patient);
	memcpy(h->patient, patient.s, patient.n);
	h->patient_n = patient.n;
}

static void
add_row(struct handing *h, const struct packed *p)
{
	struct heading heading;

	str_add(h->made, (const char *)p, sizeof *p);
	memcpy(&heading, h->made->s + h->visit, sizeof heading);
	heading.rows++;
	memcpy(h->made->s + h->visit, &heading, sizeof heading);
}

/* Names stand before the visit whose rows need them, so that a new one begins it anew. */
static bool
make(void *context, const struct entry *e, const struct row *row, bool first)
{
	struct store *s = context;
	struct handing *h = s->handing;
	const bool wanted = !store_is_choosy(s) || cli_list_has(s->opts.patients, e->patient);
	struct packed p = { 0 };
	size_t before;

	(void)row;
	if (h->made->n == 0)
		h->block++;
	before = h->made->n;
	if (wanted) {
		p = pack(&s->texts, POOL_NONE, e);
		if (p.is_wide)
			return false;
		tell_names(h, &p);
		s->later += store_is_later(s, e);
	}
	if (first || h->made->n > before || !goes_on(h, e->patient))
		tell_visit(h, e->patient);
	if (wanted)
		add_row(h, &p);
	return true;
}

/* --- in this process --- */

static uint32_t
our_id(const struct names *names, uint32_t id)
{
	return id == POOL_NONE ? POOL_NONE : names->ours.of[id];
}

static void
take_row(struct store *s, const char *bytes)
{
	const struct names *names = s->handing->names;
	struct packed p;
	uint32_t *text;

	memcpy(&p, bytes, sizeof p);
	text = packed_text(&p);
	p.item = our_id(&names[WHAT_ITEM], p.item);
	p.note = our_id(&names[WHAT_TEXT], p.note);
	if (text)
		*text = our_id(&names[WHAT_TEXT], *text);
	store_row(s, p);
}

/* What stands under one heading: how many bytes it is. */
static size_t
take_heading(struct store *s, const char *bytes)
{
	struct heading h;
	const char *at = bytes + sizeof h;

	memcpy(&h, bytes, sizeof h);
	if (h.what == WHAT_VISIT) {
		store_visit(s, (struct slice){ at, h.n });
	} else {
		struct names *names = &s->handing->names[h.what];
		*numbers_at(&names->ours, h.id) = pool_add(names->pool, at, h.n);
	}
	at += h.n;
	for (uint32_t i = 0; i < h.rows; i++, at += sizeof(struct packed))
		take_row(s, at);
	return (size_t)(at - bytes);
}

static void
take(void *context, struct slice made)
{
	for (size_t i = 0; i < made.n;)
		i += take_heading(context, made.s + i);
}

/* Not where rows go on to a tee as they are read, nor where one patient alone is kept. */
struct ahead *
store_ahead(struct store *s, struct reader *r)
{
	const struct ahead_work work = { .context = s,
		.begin = begin,
		.make = make,
		.take = take,
		.count = &s->later,
		.counts = 1 };

	s->handing = xcalloc(1, sizeof *s->handing);
	s->handing->names[WHAT_ITEM].pool = s->texts.items;
	s->handing->names[WHAT_TEXT].pool = s->texts.texts;
	return ahead_new(r, s->opts.grouped || reader_tee(r) ? NULL : &work);
}

void
store_ahead_end(struct store *s, struct ahead *ahead)
{
	ahead_free(ahead);
	for (size_t i = 0; i < LENGTH(s->handing->names); i++)
		free(s->handing->names[i].ours.of);
	free(s->handing);
	s->handing = NULL;
}
