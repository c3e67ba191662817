#include "log/asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "log/item.h"

size_t
asked_item(const struct catalogue *c, struct slice word, struct pool *pool, uint32_t id[ASKED_MOST])
{
	const struct exercise *e = cat_exercise(c, word);
	const struct measure *m = cat_measure(c, word);
	const struct medicine *d = cat_medicine(c, word);
	const struct finding *f = cat_finding(c, word);
	const struct redflag *r = cat_redflag(c, word);
	const char *const ids[] = { e ? e->id : NULL, m ? m->id : NULL, d ? d->id : NULL,
		f ? f->id : NULL, r ? r->id : NULL };
	struct str own = STR_INIT;
	size_t n = 0;

	id_normalise(word, &own);
	id[n++] = pool_add(pool, str_text(&own), own.n);
	str_free(&own);
	for (size_t i = 0; i < LENGTH(ids); i++)
		if (ids[i])
			id[n++] = pool_add(pool, ids[i], strlen(ids[i]));
	return n;
}

static bool
is_known(const struct catalogue *c, struct slice id)
{
	for (const char *const *p = profile_items; *p; p++)
		if (slice_eq(id, *p))
			return true;
	return slice_eq(id, "plan") || cat_exercise(c, id) || cat_measure(c, id) ||
	        cat_medicine(c, id) || cat_finding(c, id) || cat_redflag(c, id);
}

static const char *
nearest_item(const struct catalogue *c, struct slice id)
{
	static const char *const tables[] = { "exercises", "measures", "medicines", "findings",
		"redflags", NULL };
	const char *best = NULL;
	int distance = 100;

	for (const char *const *t = tables; *t; t++) {
		const char *near = nearest(id, cat_names(c, *t));
		const int d = near ? word_distance(id, slice_of(near), 100) : 100;
		if (d < distance) {
			distance = d;
			best = cat_id(c, *t, near);
		}
	}
	return best;
}

static void
nobody_knows(const char *option, const struct catalogue *c, struct slice id, const char *near)
{
	struct str ask = STR_INIT;

	if (near)
		item_ask_id(c, near, SIDE_NONE, &ask);
	usage_error("%s: neither the catalogue nor the input knows '%s'%s", option, id.s,
	        str_text(&ask));
}

void
asked_item_known(const char *option, const struct catalogue *c, struct slice id)
{
	if (!is_known(c, id))
		nobody_knows(option, c, id, nearest_item(c, id));
}

void
asked_rule_known(const char *option, const struct catalogue *c, struct slice id)
{
	if (!cat_has_rule(c, id))
		nobody_knows(option, c, id, nearest(id, cat_names(c, "rules")));
}

static const char *
nearest_patient(const char *patient, const struct pool *ids)
{
	const size_t n = pool_count(ids);
	const char **names = xcalloc(n + 1, sizeof *names), *near;

	for (size_t i = 0; i < n; i++)
		names[i] = pool_text(ids, (uint32_t)i);
	near = nearest(slice_of(patient), names);
	free(names);
	return near;
}

void
asked_patient_missing(const char *option, const char *patient, const struct pool *ids)
{
	const char *near = nearest_patient(patient, ids);

	diag_reject((struct place){ 0 }, "%s: no row is of '%s'%s%s%s", option, patient,
	        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

void
asked_patients_missing(const struct cli_list *patients, const struct pool *ids)
{
	for (size_t i = 0; i < patients->n; i++)
		if (pool_find(ids, patients->item[i], strlen(patients->item[i])) == POOL_NONE)
			asked_patient_missing("--patient", patients->item[i], ids);
}
