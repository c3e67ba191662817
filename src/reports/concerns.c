#include "reports/concerns.h"

static bool
is_over(const struct entry *e)
{
	return known(e->value) && e->value < 1;
}

/* Does a later row say that it is over, or that it happened again? */
static bool
is_superseded(const struct history *h, size_t i)
{
	const struct entry *e = &h->row[i];

	for (size_t k = i + 1; k < h->n; k++) {
		const struct entry *later = &h->row[k];

		if (later->kind == KIND_FINDING && slice_is(later->item, e->item) &&
		        (later->side == e->side ||
		                (is_over(later) &&
		                        (later->side == SIDE_NONE || later->side == SIDE_BOTH))))
			return true;
	}
	return false;
}

static void
add_event(const struct history *h, const struct entry *e, struct attention_table *out)
{
	struct str what = STR_INIT;

	str_puts(&what, e->item.s);
	if (e->side != SIDE_NONE)
		str_addf(&what, ":%s", side_names[e->side]);
	attention_add(out,
	        &(struct attention){ h->patient, SEVERITY_SOON, "event", e->date.day,
	                str_text(&what), 1, UNKNOWN, 0 });
	str_free(&what);
}

void
concerns_of(const struct history *h, const struct catalogue *c, int from,
        struct attention_table *out)
{
	for (size_t i = h->n; i-- > 0 && h->row[i].date.day >= from;) {
		const struct entry *e = &h->row[i];

		if (e->kind == KIND_FINDING && cat_is_event(c, e->item) && !is_over(e) &&
		        !is_superseded(h, i))
			add_event(h, e, out);
	}
}
