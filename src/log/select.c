#include "log/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/cond.h"
#include "log/item.h"

#define IDS_KEPT 65536 /* for the nearest to an unknown one */

struct select {
	struct select_opts opts;
	struct cond *where;
	bool kind[KIND_COUNT];
	struct pool *items; /* canonical ids wanted */
	bool *item_seen;
	bool *patient_seen;
	size_t patients_missing;
	struct pool *ids; /* patients of the input, while one is missing */
	bool no_item_seen;
	const struct entry *entry; /* under the condition */
	char date[DATE_TEXT];
};

/* --- the condition --- */

enum { NAME_TEXT = COLUMNS };

static const struct cond_name names[] = { { "date", COL_DATE, COND_TEXT },
	{ "patient", COL_PATIENT, COND_TEXT }, { "kind", COL_KIND, COND_TEXT },
	{ "item", COL_ITEM, COND_TEXT }, { "value", COL_VALUE, COND_NUMBER },
	{ "text", NAME_TEXT, COND_TEXT }, { "side", COL_SIDE, COND_TEXT },
	{ "sets", COL_SETS, COND_NUMBER }, { "reps", COL_REPS, COND_NUMBER },
	{ "load_kg", COL_LOAD_KG, COND_NUMBER }, { "seconds", COL_SECONDS, COND_NUMBER },
	{ "per_week", COL_PER_WEEK, COND_NUMBER }, { "pain_before", COL_PAIN_BEFORE, COND_NUMBER },
	{ "pain_after", COL_PAIN_AFTER, COND_NUMBER },
	{ "dizzy_before", COL_DIZZY_BEFORE, COND_NUMBER },
	{ "dizzy_after", COL_DIZZY_AFTER, COND_NUMBER },
	{ "settle_min", COL_SETTLE_MIN, COND_NUMBER }, { "rpe", COL_RPE, COND_NUMBER },
	{ "decision", COL_DECISION, COND_TEXT }, { "rule", COL_RULE, COND_TEXT },
	{ "note", COL_NOTE, COND_TEXT }, { "recorded", COL_RECORDED, COND_TEXT },
	{ NULL, 0, COND_TEXT } };
static const struct cond_vocabulary vocabulary = { .names = names };

/* An empty text is unknown. */
static struct cond_value
text_value(struct slice t)
{
	return (struct cond_value){
		.type = COND_TEXT, .number = UNKNOWN, .text = t.n ? t.s : NULL, .length = t.n
	};
}

static struct cond_value
number_value(double x)
{
	return (struct cond_value){ .type = COND_NUMBER, .number = x };
}

static struct cond_value
name_value(void *context, int id)
{
	struct select *s = context;
	const struct entry *e = s->entry;

	switch (id) {
	case COL_DATE:
		return text_value((struct slice){ s->date, when_write(s->date, e->date) });
	case COL_PATIENT:
		return text_value(e->patient);
	case COL_KIND:
		return text_value(slice_of(kind_names[e->kind]));
	case COL_ITEM:
		return text_value(e->item);
	case COL_VALUE:
		return number_value(e->value);
	case NAME_TEXT:
		return text_value(e->text);
	case COL_SIDE:
		return text_value(slice_of(side_names[e->side]));
	case COL_DECISION:
		return text_value(slice_of(decision_names[e->decision]));
	case COL_RULE:
		return text_value(e->rule);
	case COL_NOTE:
		return text_value(e->note);
	case COL_RECORDED:
		return text_value(e->recorded);
	default:
		return number_value(entry_number_of(e, (enum column)id));
	}
}

static bool
holds(struct select *s, const struct entry *e)
{
	const struct cond_env env = { .name = name_value, .context = s };

	s->entry = e;
	return cond_eval(s->where, &env) == TRUTH_TRUE;
}

static void
compile(struct select *s)
{
	struct cond_error error;

	s->where = cond_compile(s->opts.where, &vocabulary, &error);
	if (s->where == NULL || !cond_check(s->where, &error))
		usage_error_at(s->opts.where, error.at, "--where: %s", error.text);
}

/* --- the words --- */

static void
read_kinds(struct select *s)
{
	for (size_t i = 0; i < s->opts.kinds.n; i++)
		s->kind[cli_choice("--kind", s->opts.kinds.item[i], kind_names)] = true;
}

/* The id that an item's word means: in the catalogue by any name, else as it would be written. */
static void
canonical_item(const struct catalogue *c, struct slice word, struct str *out)
{
	const struct exercise *e = cat_exercise(c, word);
	const struct measure *m = cat_measure(c, word);
	const struct medicine *d = cat_medicine(c, word);

	id_normalise(word, out);
	if (e || m || d) {
		str_reset(out);
		str_puts(out, e ? e->id : m ? m->id : d->id);
	}
}

static void
read_items(struct select *s)
{
	struct str id = STR_INIT;

	for (size_t i = 0; i < s->opts.items.n; i++) {
		canonical_item(s->opts.catalogue, slice_of(s->opts.items.item[i]), &id);
		pool_add(s->items, str_text(&id), id.n);
	}
	s->item_seen = xcalloc(s->opts.items.n + 1, sizeof *s->item_seen);
	str_free(&id);
}

bool
select_is_all(const struct select_opts *o)
{
	return o->patients.n + o->kinds.n + o->items.n == 0 && o->where == NULL &&
	        o->days.from == DAY_MIN && o->days.to == DAY_MAX && o->shards == 1;
}

void
select_shard(struct select_opts *opts, const char *arg)
{
	const char *slash = strchr(arg, '/');
	char *part;

	if (slash == NULL)
		usage_error("--shard: '%s' is not I/N, such as 2/8", arg);
	part = xstrndup(arg, (size_t)(slash - arg));
	opts->shards = cli_number("--shard", slash + 1, 1, 1000000);
	opts->shard = cli_number("--shard", part, 1, opts->shards);
	free(part);
}

struct select *
select_new(const struct select_opts *opts)
{
	struct select *s = xcalloc(1, sizeof *s);

	s->opts = *opts;
	s->items = pool_new();
	s->ids = pool_new();
	read_kinds(s);
	read_items(s);
	s->patient_seen = xcalloc(opts->patients.n + 1, sizeof *s->patient_seen);
	s->patients_missing = opts->patients.n;
	if (opts->where)
		compile(s);
	return s;
}

void
select_free(struct select *s)
{
	pool_free(s->items);
	pool_free(s->ids);
	free(s->item_seen);
	free(s->patient_seen);
	cond_free(s->where);
	free(s);
}

/* --- a row --- */

static bool
wants_patient(struct select *s, struct slice id)
{
	for (size_t i = 0; i < s->opts.patients.n; i++)
		if (slice_eq(id, s->opts.patients.item[i])) {
			if (!s->patient_seen[i]) {
				s->patient_seen[i] = true;
				s->patients_missing--;
			}
			return true;
		}
	if (s->patients_missing > 0 && pool_count(s->ids) < IDS_KEPT)
		pool_add(s->ids, id.s, id.n);
	return false;
}

static bool
wants_item(struct select *s, struct slice item)
{
	const uint32_t at = pool_find(s->items, item.s, item.n);

	if (at == POOL_NONE)
		return false;
	s->item_seen[at] = true;
	return true;
}

static bool
wants_day(const struct select *s, int day)
{
	return day >= s->opts.days.from && day <= s->opts.days.to;
}

static bool
wants_shard(const struct select *s, struct slice patient)
{
	return (long)(stable_hash(patient.s, patient.n) % (unsigned long)s->opts.shards) ==
	        s->opts.shard - 1;
}

bool
select_wants(struct select *s, const struct entry *e)
{
	bool wanted = s->opts.patients.n == 0 || wants_patient(s, e->patient);

	if (s->opts.items.n > 0 && !wants_item(s, e->item))
		wanted = false;
	return wanted && wants_day(s, e->date.day) && (s->opts.kinds.n == 0 || s->kind[e->kind]) &&
	        (s->opts.shards == 1 || wants_shard(s, e->patient)) &&
	        (s->where == NULL || holds(s, e));
}

/* --- the end --- */

static const char *
nearest_id(const struct select *s, const char *word)
{
	const size_t n = pool_count(s->ids);
	const char **ids = xcalloc(n + 1, sizeof *ids), *near;

	for (size_t i = 0; i < n; i++)
		ids[i] = pool_text(s->ids, (uint32_t)i);
	near = nearest(slice_of(word), ids);
	free(ids);
	return near;
}

static bool
is_known_item(const struct catalogue *c, struct slice id)
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
			best = near;
		}
	}
	return best;
}

static void
check_item(const struct select *s, uint32_t i)
{
	const struct slice id = slice_of(pool_text(s->items, i));
	const char *near;

	if (s->item_seen[i] || is_known_item(s->opts.catalogue, id))
		return;
	near = nearest_item(s->opts.catalogue, id);
	if (near)
		usage_error("--item: neither the catalogue nor the input knows '%s'; did you mean "
		            "'%s'?",
		        id.s, near);
	usage_error("--item: neither the catalogue nor the input knows '%s'", id.s);
}

void
select_end(struct select *s)
{
	for (size_t i = 0; i < s->opts.patients.n; i++) {
		const char *word = s->opts.patients.item[i], *near;
		if (s->patient_seen[i])
			continue;
		near = nearest_id(s, word);
		if (near)
			diag_reject((struct place){ 0 },
			        "--patient: no row is of '%s'; did you mean '%s'?", word, near);
		else
			diag_reject((struct place){ 0 }, "--patient: no row is of '%s'", word);
	}
	for (size_t i = 0; i < pool_count(s->items); i++)
		check_item(s, (uint32_t)i);
}
