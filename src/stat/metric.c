#include "stat/metric.h"

#include <stdlib.h>

#include "base/cli.h"
#include "base/mem.h"
#include "base/utf8.h"

const char *const metric_names[] = { "pain", "pain-response", "pain-next", "dizziness", "rpe",
	"sessions", "adherence", "gap", "volume", "minutes", "mme", NULL };

#define MEDICINE "medicine:"
#define SYMMETRY "symmetry:"

/* What the metrics without an item are; MEASURE lends thresholds. */
static const struct {
	const char *unit, *measure, *name;
	enum better better;
} built_in[] = {
	[METRIC_PAIN] = { "points", "nprs", "Pain", BETTER_LOWER },
	[METRIC_PAIN_RESPONSE] = { "points", NULL, "Pain response", BETTER_LOWER },
	[METRIC_PAIN_NEXT] = { "points", NULL, "Pain in the next two days", BETTER_LOWER },
	[METRIC_DIZZINESS] = { "points", "dizziness-vas", "Dizziness", BETTER_LOWER },
	[METRIC_RPE] = { "points", NULL, "Effort", BETTER_NONE },
	[METRIC_SESSIONS] = { "days", NULL, "Days trained in a week", BETTER_HIGHER },
	[METRIC_ADHERENCE] = { "percent", NULL, "Adherence", BETTER_HIGHER },
	[METRIC_GAP] = { "days", NULL, "Days between sessions", BETTER_LOWER },
	[METRIC_VOLUME] = { "kg", NULL, "Volume", BETTER_NONE },
	[METRIC_MINUTES] = { "min", NULL, "Timed work", BETTER_NONE },
	[METRIC_MME] = { "MME/day", NULL, "Morphine equivalents", BETTER_LOWER },
};

/* Text behind the N bytes of a name, of it the characters that have room; the bytes it has then. */
static size_t
name_add(char name[METRIC_NAME], size_t n, const char *text)
{
	size_t more = utf8_valid_length(text, strnlen(text, METRIC_NAME - 1 - n));

	memcpy(name + n, text, more);
	name[n + more] = '\0';
	return n + more;
}

size_t
metric_name(char name[METRIC_NAME], const struct metric *m)
{
	size_t n = 0;

	if (m->id <= METRIC_MME)
		return name_add(name, 0, metric_names[m->id]);
	if (m->id != METRIC_MEASURE)
		n = name_add(name, 0, m->id == METRIC_MEDICINE ? MEDICINE : SYMMETRY);
	n = name_add(name, n, m->item);
	if (m->id == METRIC_MEASURE && m->side)
		n = name_add(name, name_add(name, n, ":"), side_names[m->side]);
	return n;
}

static const char *
behind(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(name, prefix, n) == 0 ? name + n : NULL;
}

/* The side behind the last colon, which is cut off ROOM. */
static enum side
cut_side(char *room)
{
	char *colon = strrchr(room, ':');

	for (enum side s = SIDE_LEFT; colon && s <= SIDE_RIGHT; s++)
		if (strcmp(colon + 1, side_names[s]) == 0) {
			*colon = '\0';
			return s;
		}
	return SIDE_NONE;
}

/* A metric without an item, or one behind them. */
static enum metric_id
built_in_of(const char *name)
{
	enum metric_id id = 0;

	while (id <= METRIC_MME && !text_eq(name, metric_names[id]))
		id++;
	return id;
}

struct metric
metric_parse(const char *name, char room[METRIC_NAME])
{
	const char *item;

	const enum metric_id id = built_in_of(name);
	if (id <= METRIC_MME)
		return (struct metric){ id, NULL, SIDE_NONE };
	if ((item = behind(name, MEDICINE)))
		return (struct metric){ METRIC_MEDICINE, item, SIDE_NONE };
	if ((item = behind(name, SYMMETRY)))
		return (struct metric){ METRIC_SYMMETRY, item, SIDE_NONE };
	name_add(room, 0, name);
	enum side side = cut_side(room);
	return (struct metric){ METRIC_MEASURE, room, side };
}

static enum metric_id
id_of(const char *name)
{
	char room[METRIC_NAME];

	return metric_parse(name, room).id;
}

int
metric_compare(const char *a, const char *b)
{
	if (a == b)
		return 0;
	enum metric_id x = id_of(a), y = id_of(b);
	return x != y ? (x > y) - (x < y) : strcmp(a, b);
}

static void
add_thresholds(struct metric_info *info, const struct measure *m)
{
	info->unit = m->unit;
	info->better = m->better;
	info->mcid = m->mcid;
	info->mcid_kind = m->mcid_kind;
	info->mdc = m->mdc;
	info->name = m->name.text;
}

static void
add_built_in(struct metric_info *info, enum metric_id id)
{
	info->unit = built_in[id].unit;
	info->better = built_in[id].better;
	info->name = built_in[id].name;
}

struct metric_info
metric_info_of(const struct catalogue *c, const struct metric *m, const char *name)
{
	struct metric_info info = { .unit = "", .mcid = UNKNOWN, .mdc = UNKNOWN, .name = name };
	const char *measure = m->id == METRIC_MEASURE ? m->item : NULL;
	const struct medicine *medicine;

	if (m->id <= METRIC_MME)
		measure = built_in[m->id].measure;
	const struct measure *found = measure ? cat_measure(c, slice_of(measure)) : NULL;
	if (found)
		add_thresholds(&info, found);
	if (m->id <= METRIC_MME) {
		add_built_in(&info, m->id);
	} else if (m->id == METRIC_SYMMETRY) {
		info.unit = "percent";
		info.better = BETTER_HIGHER;
	} else if (m->id == METRIC_MEDICINE) {
		medicine = cat_medicine(c, slice_of(m->item));
		info.unit = medicine ? medicine->unit : "mg/day";
		if (medicine)
			info.name = medicine->name;
	}
	return info;
}

struct metric_info
metric_info(const struct catalogue *c, const char *metric)
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(metric, room);

	return metric_info_of(c, &m, metric);
}

bool
metric_is_known(const struct catalogue *c, const char *name)
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(name, room);
	struct slice item = slice_of(m.item);

	if (m.id == METRIC_MEDICINE)
		return cat_medicine(c, item) != NULL;
	if (m.id == METRIC_MEASURE)
		return cat_measure(c, item) != NULL;
	if (m.id == METRIC_SYMMETRY)
		return cat_measure(c, item) != NULL || cat_exercise(c, item) != NULL;
	return true;
}

/* METRIC_MEASURE: no metric of ours is called so. */
static enum metric_id
built_in_by_any_name(const char *name)
{
	struct str id = STR_INIT;
	enum metric_id found;

	id_normalise(slice_of(name), &id);
	found = built_in_of(str_text(&id));
	str_free(&id);
	return found <= METRIC_MME ? found : METRIC_MEASURE;
}

void
metric_canonical(const struct catalogue *c, const char *name, char out[METRIC_NAME])
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(name, room);
	const struct slice item = slice_of(m.item);

	if (m.id == METRIC_MEASURE)
		m.id = built_in_by_any_name(name);
	const struct measure *measure = m.id == METRIC_MEASURE ? cat_measure(c, item) : NULL;
	const struct medicine *medicine = m.id == METRIC_MEDICINE ? cat_medicine(c, item) : NULL;

	if (measure)
		m.item = measure->id;
	if (medicine)
		m.item = medicine->id;
	metric_name(out, &m);
}

/* The ids that a metric of this sort may have, NULL at the end; freed by the caller. */
static const char **
ids_of(const struct catalogue *c, enum metric_id id)
{
	const char **ids =
	        xcalloc(c->n_measures + c->n_medicines + LENGTH(metric_names), sizeof *ids);
	size_t n = 0;

	if (id == METRIC_MEDICINE)
		for (size_t i = 0; i < c->n_medicines; i++)
			ids[n++] = c->medicines[i].id;
	else
		for (size_t i = 0; i < c->n_measures; i++)
			ids[n++] = c->measures[i].id;
	for (size_t i = 0; id == METRIC_MEASURE && metric_names[i]; i++)
		ids[n++] = metric_names[i];
	return ids;
}

bool
metric_nearest(const struct catalogue *c, const char *name, char near[METRIC_NAME])
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(name, room);
	const char **ids = ids_of(c, m.id);
	const char *id = nearest(slice_of(m.item ? m.item : name), ids);

	m.item = id;
	if (id)
		metric_name(near, &m);
	free(ids);
	return id != NULL;
}

bool
metric_of_exercise(enum metric_id id)
{
	return id <= METRIC_MINUTES && id != METRIC_ADHERENCE;
}

bool
metric_is_dose(enum metric_id id)
{
	return id == METRIC_MME || id == METRIC_MEDICINE;
}

bool
metric_is_span(enum metric_id id)
{
	return id == METRIC_SESSIONS || id == METRIC_ADHERENCE;
}

/* Items are texts of one history's pool: the same when their pointers are. */
static bool
has(const struct metric_set *set, struct metric m)
{
	for (size_t i = set->n; i-- > 0;)
		if (set->at[i].item == m.item && set->at[i].id == m.id && set->at[i].side == m.side)
			return true;
	return false;
}

static void
add(struct metric_set *set, struct metric m)
{
	GROW(set->at, set->cap, set->n);
	set->at[set->n++] = m;
}

static void
add_once(struct metric_set *set, struct metric m)
{
	if (!has(set, m))
		add(set, m);
}

/* The bits of the metrics that this exercise row speaks of. */
static unsigned
told_by_exercise(const struct entry *e)
{
	unsigned bits = 1u << METRIC_SESSIONS | 1u << METRIC_GAP;

	if (known(e->pain_before))
		bits |= 1u << METRIC_PAIN | 1u << METRIC_PAIN_RESPONSE | 1u << METRIC_PAIN_NEXT;
	if (known(e->dizzy_before))
		bits |= 1u << METRIC_DIZZINESS;
	if (known(e->rpe))
		bits |= 1u << METRIC_RPE;
	if (known(e->load_kg))
		bits |= 1u << METRIC_VOLUME;
	if (known(e->seconds))
		bits |= 1u << METRIC_MINUTES;
	return bits;
}

static enum side
one_side(enum side side)
{
	return side == SIDE_BOTH ? SIDE_NONE : side;
}

/* What a list of metrics asks for: bits of those without an item; are there others? */
struct wish {
	unsigned bits;
	bool items;
};

static struct wish
wish_of(const struct cli_list *wanted)
{
	struct wish wish = { 0, false };

	if (!wanted || wanted->n == 0)
		return (struct wish){ ~0u, true };
	for (size_t i = 0; i < wanted->n; i++) {
		const enum metric_id id = built_in_of(wanted->item[i]);
		if (id <= METRIC_MME)
			wish.bits |= 1u << id;
		else
			wish.items = true;
	}
	return wish;
}

/* The bits of what this measure is a value of besides itself. */
static unsigned
told_by_measure(const struct entry *e)
{
	if (!known(e->value))
		return 0;
	if (slice_eq(e->item, "nprs"))
		return 1u << METRIC_PAIN | 1u << METRIC_PAIN_NEXT;
	return slice_eq(e->item, "dizziness-vas") ? 1u << METRIC_DIZZINESS : 0;
}

static unsigned
told_by(const struct entry *e)
{
	switch (e->kind) {
	case KIND_EXERCISE:
		return told_by_exercise(e);
	case KIND_PLAN:
		return 1u << METRIC_ADHERENCE;
	case KIND_MEDICINE:
		return known(e->value) ? 1u << METRIC_MME : 0;
	case KIND_MEASURE:
		return told_by_measure(e);
	default:
		return 0;
	}
}

static void
add_measure(struct metric_set *out, const struct entry *e)
{
	const struct metric measure = { METRIC_MEASURE, e->item.s, one_side(e->side) };

	if (has(out, measure) || id_of(e->item.s) != METRIC_MEASURE)
		return; /* a clinic's own measure must not pass for a metric */
	add(out, measure);
	if (measure.side)
		add_once(out, (struct metric){ METRIC_SYMMETRY, e->item.s, SIDE_NONE });
}

/* The metrics with an item that this row gives a value of. */
static void
add_items(struct metric_set *out, const struct entry *e, bool exercise)
{
	if (e->kind == KIND_EXERCISE && !exercise && one_side(e->side))
		add_once(out, (struct metric){ METRIC_SYMMETRY, e->item.s, SIDE_NONE });
	else if (e->kind == KIND_MEDICINE && known(e->value))
		add_once(out, (struct metric){ METRIC_MEDICINE, e->item.s, SIDE_NONE });
	else if (e->kind == KIND_MEASURE && known(e->value))
		add_measure(out, e);
}

static void
drop_others(struct metric_set *set, const struct cli_list *wanted)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++)
		if (metric_picked(wanted, &set->at[i]))
			set->at[n++] = set->at[i];
	set->n = n;
}

void
metrics_of(const struct history *h, bool exercise, const struct cli_list *wanted,
        struct metric_set *out)
{
	const struct wish wish = wish_of(wanted);
	/* The resting pains behind pain-next may be those of other exercises. */
	unsigned bits = exercise ? 1u << METRIC_PAIN_NEXT : 0;

	out->n = 0;
	for (size_t i = 0; i < h->n; i++) {
		bits |= told_by(&h->row[i]);
		if (wish.items)
			add_items(out, &h->row[i], exercise);
	}
	if (wanted && wanted->n)
		drop_others(out, wanted);
	for (enum metric_id id = 0; id <= METRIC_MME; id++)
		if (bits & wish.bits & 1u << id)
			add(out, (struct metric){ id, NULL, SIDE_NONE });
}

void
metric_set_free(struct metric_set *set)
{
	free(set->at);
	*set = (struct metric_set)METRIC_SET_INIT;
}

bool
metric_picked(const struct cli_list *wanted, const struct metric *m)
{
	char name[METRIC_NAME];

	if (wanted->n == 0)
		return true;
	size_t n = metric_name(name, m);
	return cli_list_has(wanted, (struct slice){ name, n }) ||
	        (m->id == METRIC_MEASURE && cli_list_has(wanted, slice_of(m->item)));
}
