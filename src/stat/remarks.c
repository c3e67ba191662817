#include "stat/remarks.h"

#include "base/diag.h"
#include "base/num.h"
#include "stat/metric.h"

#define UNLISTED_MOST 8 /* names of a kind */

static void
take_medicines(struct remarks *r, const struct history *h, const struct catalogue *c)
{
	const struct medicine *m[FACTORLESS_MOST];
	const size_t n = medicines_without_factor(h, c, m, FACTORLESS_MOST);

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < FACTORLESS_MOST - 1 && r->factorless[k] && r->factorless[k] != m[i])
			k++;
		r->factorless[k] = m[i];
		r->patients[k]++;
	}
}

static void
add_unlisted(struct remarks *r, enum unlisted kind, struct slice name)
{
	if (!r->unlisted[kind])
		r->unlisted[kind] = pool_new();
	pool_add(r->unlisted[kind], name.s, name.n);
}

static void
take_unlisted(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct cli_list *metrics, bool mme)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		const struct metric measure = { METRIC_MEASURE, e->item.s, SIDE_NONE };

		if (e->kind == KIND_MEASURE && metrics && !cat_measure(c, e->item) &&
		        metric_picked(metrics, &measure))
			add_unlisted(r, UNLISTED_MEASURE, e->item);
		if (e->kind == KIND_MEDICINE && mme && !cat_medicine(c, e->item))
			add_unlisted(r, UNLISTED_MEDICINE, e->item);
	}
}

void
remarks_take(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct keys *by, const struct cli_list *metrics, bool mme)
{
	if (mme)
		take_medicines(r, h, c);
	take_unlisted(r, h, c, metrics, mme);
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (keys_have(by, key))
			r->switched[key] += key_switched(h, key);
}

/* The first of them by name, the others by number. */
static void
say_unlisted(struct remarks *r, const struct catalogue *c, enum unlisted kind)
{
	static const struct {
		const char *noun, *table, *so;
	} words[] = { { "measure", "measures", " and has no unit, direction or threshold" },
		{ "medicine", "medicines", ": mme does not count it" } };
	struct pool *names = r->unlisted[kind];
	const size_t n = names ? pool_count(names) : 0;

	for (uint32_t i = 0; i < n && i < UNLISTED_MOST; i++) {
		const char *like = nearest(pool_slice(names, i), cat_names(c, words[kind].table));

		diag_note("%s '%s' is not in the catalogue%s%s%s%s", words[kind].noun,
		        pool_text(names, i), words[kind].so, like ? "; did you mean '" : "",
		        like ? like : "", like ? "'?" : "");
	}
	if (n > UNLISTED_MOST)
		diag_note("%zu more %s are not in the catalogue", n - UNLISTED_MOST,
		        words[kind].table);
	pool_free(names);
	r->unlisted[kind] = NULL;
}

void
remarks_say(struct remarks *r, const struct catalogue *c)
{
	for (enum unlisted kind = UNLISTED_MEASURE; kind < UNLISTED_KINDS; kind++)
		say_unlisted(r, c, kind);
	for (size_t i = 0; i < FACTORLESS_MOST && r->factorless[i]; i++)
		diag_note("%s has no morphine factor: days on it have no mme (%ld patient%s)",
		        r->factorless[i]->id, r->patients[i], r->patients[i] == 1 ? "" : "s");
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (r->switched[key])
			diag_note("%ld patient%s changed %s and count%s wholly under the newest",
			        r->switched[key], r->switched[key] == 1 ? "" : "s", key_names[key],
			        r->switched[key] == 1 ? "s" : "");
}
