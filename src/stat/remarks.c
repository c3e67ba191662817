#include "stat/remarks.h"

#include "base/diag.h"
#include "base/effect.h"
#include "base/intern.h"
#include "base/num.h"
#include "stat/metric.h"

#define UNLISTED_SHOWN 20 /* of a kind; then how many more */
#define NAMES_MOST 4096   /* memory stays bounded whatever comes */

static void
take_factorless(struct remarks *r, const struct history *h, const struct catalogue *c)
{
	const struct medicine *m[FACTORLESS_MOST];
	const size_t n = medicines_without_factor(h, c, m, FACTORLESS_MOST);

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < FACTORLESS_MOST - 1 && r->factorless[k] && r->factorless[k] != m[i])
			k++;
		r->factorless[k] = m[i];
		r->patients[k]++;
		effect();
	}
}

/* Names are looked up once, and not for every row. */
static bool
is_new(struct remarks *r, enum unlisted kind, struct slice name)
{
	if (!r->seen[kind])
		r->seen[kind] = pool_new();
	return pool_remember(r->seen[kind], name, NAMES_MOST);
}

static void
add_unlisted(struct remarks *r, enum unlisted kind, struct slice name)
{
	if (!r->unlisted[kind])
		r->unlisted[kind] = pool_new();
	pool_add(r->unlisted[kind], name.s, name.n);
}

static void
take_measure(struct remarks *r, const struct entry *e, const struct catalogue *c,
        const struct cli_list *metrics)
{
	const struct metric metric = { METRIC_MEASURE, e->item.s, SIDE_NONE };

	if (is_new(r, UNLISTED_MEASURE, e->item) && metric_picked(metrics, &metric) &&
	        !cat_measure(c, e->item))
		add_unlisted(r, UNLISTED_MEASURE, e->item);
}

/* One that the catalogue lacks may be an opioid under another name: no total counts it. */
static void
take_medicine(struct remarks *r, const struct entry *e, const struct catalogue *c)
{
	if (e->value > 0 && is_new(r, UNLISTED_MEDICINE, e->item) && !cat_medicine(c, e->item))
		add_unlisted(r, UNLISTED_MEDICINE, e->item);
}

static void
take_names(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct cli_list *metrics, bool mme)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];

		if (e->kind == KIND_MEASURE && metrics)
			take_measure(r, e, c, metrics);
		else if (e->kind == KIND_MEDICINE && mme)
			take_medicine(r, e, c);
	}
}

void
remarks_take(struct remarks *r, const struct history *h, const struct catalogue *c,
        const struct keys *by, const struct cli_list *metrics, bool mme)
{
	if (mme)
		take_factorless(r, h, c);
	take_names(r, h, c, metrics, mme);
	for (enum key key = KEY_APPROACH; key <= KEY_CLINIC; key++)
		if (keys_have(by, key) && key_switched(h, key)) {
			r->switched[key]++;
			effect();
		}
}

static const struct {
	const char *noun, *table, *so;
} unlisted[UNLISTED_KINDS] = {
	[UNLISTED_MEASURE] = { "measure", "measures", " and has no unit, direction or threshold" },
	[UNLISTED_MEDICINE] = { "medicine", "medicines", ", so mme leaves it out" },
};

static void
say_unlisted(const struct remarks *r, const struct catalogue *c, enum unlisted kind)
{
	const struct pool *names = r->unlisted[kind];
	const size_t n = names ? pool_count(names) : 0;

	for (uint32_t i = 0; i < n && i < UNLISTED_SHOWN; i++) {
		const struct slice name = pool_slice(names, i);
		const char *near = cat_nearest(c, unlisted[kind].table, name);

		diag_note("%s %s is not in the catalogue%s%s%s%s", unlisted[kind].noun, quote(name),
		        unlisted[kind].so, near ? "; did you mean '" : "", near ? near : "",
		        near ? "'?" : "");
	}
	if (n > UNLISTED_SHOWN)
		diag_note("%zu%s more %s are not in the catalogue", n - UNLISTED_SHOWN,
		        pool_count(r->seen[kind]) < NAMES_MOST ? "" : " or", unlisted[kind].table);
}

void
remarks_say(const struct remarks *r, const struct catalogue *c)
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

void
remarks_free(struct remarks *r)
{
	for (size_t i = 0; i < UNLISTED_KINDS; i++) {
		pool_free(r->seen[i]);
		pool_free(r->unlisted[i]);
	}
	*r = (struct remarks){ 0 };
}
