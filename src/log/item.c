#include "log/item.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "log/value.h"
#include "records/foreign.h"

#define SPELLINGS 65536   /* remembered of one family before starting again */
#define RECENT 64         /* a power of two */
#define UNKNOWN_KEPT 1000 /* names that can be told apart in the notes */
#define UNKNOWN_SHOWN 20

const char *const profile_items[] = { "condition", "goal", "limit", "birth-year", "approach",
	"therapist", "clinic", "irritability", "equipment", "minutes", "exercises", "language",
	"status", "onset", NULL };

/* What people call them. */
static const struct {
	const char *word, *item;
} profile_words[] = {
	{ "diagnosis", "condition" },
	{ "diagnoses", "condition" },
	{ "diagnose", "condition" },
	{ "diagnostico", "condition" },
	{ "diagnóstico", "condition" },
	{ "age", "birth-year" },
	{ "date-of-birth", "birth-year" },
	{ "birthday", "birth-year" },
	{ "dob", "birth-year" },
	{ "alter", "birth-year" },
	{ "geburtsjahr", "birth-year" },
	{ "edad", "birth-year" },
	{ "precaution", "limit" },
	{ "precautions", "limit" },
	{ "contraindication", "limit" },
	{ "ziel", "goal" },
	{ "objetivo", "goal" },
	{ "sprache", "language" },
	{ "idioma", "language" },
};

/* Kinds that mean the same things by an item. */
enum family {
	FAMILY_EXERCISE,
	FAMILY_PLAN, /* exercises, and what plan rows speak of besides */
	FAMILY_MEASURE,
	FAMILY_MEDICINE,
	FAMILY_FINDING,
	FAMILY_REDFLAG,
	FAMILY_PROFILE,
	FAMILY_ANY, /* void and note */
	FAMILIES
};

static const enum family family_of[KIND_COUNT] = {
	[KIND_EXERCISE] = FAMILY_EXERCISE,
	[KIND_PLAN] = FAMILY_PLAN,
	[KIND_TRIAL] = FAMILY_PLAN,
	[KIND_MEASURE] = FAMILY_MEASURE,
	[KIND_MEDICINE] = FAMILY_MEDICINE,
	[KIND_FINDING] = FAMILY_FINDING,
	[KIND_REDFLAG] = FAMILY_REDFLAG,
	[KIND_PROFILE] = FAMILY_PROFILE,
	[KIND_NOTE] = FAMILY_ANY,
	[KIND_VOID] = FAMILY_ANY,
};

struct spellings {
	struct pool *pool;
	struct item *at; /* by id in the pool */
	size_t cap;
	uint32_t recent[RECENT]; /* ids + 1 by recent_place(): the few items that most rows have */
};

struct unknown {
	enum kind kind; /* the row's */
	enum side side;
	const char *file;
	long line;
	struct slice text;
};

struct items {
	const struct catalogue *catalogue;
	struct spellings family[FAMILIES];
	struct pool *canonical; /* texts that no table holds */
	struct pool *unknown_names, *files;
	struct unknown *unknown;
	size_t n_unknown, cap_unknown;
	struct str id;
};

struct items *
items_new(const struct catalogue *c)
{
	struct items *items = xcalloc(1, sizeof *items);

	items->catalogue = c;
	for (int f = 0; f < FAMILIES; f++)
		items->family[f].pool = pool_new();
	items->canonical = pool_new();
	items->unknown_names = pool_new();
	items->files = pool_new();
	return items;
}

void
items_free(struct items *items)
{
	for (int f = 0; f < FAMILIES; f++) {
		pool_free(items->family[f].pool);
		free(items->family[f].at);
	}
	pool_free(items->canonical);
	pool_free(items->unknown_names);
	pool_free(items->files);
	free(items->unknown);
	str_free(&items->id);
	free(items);
}

static const char *
check_characters(struct slice t)
{
	uint32_t c;

	if (t.n > ITEM_BYTES)
		return "is longer than 256 bytes";
	if (is_sheet_error(t))
		return "is an error that a spreadsheet wrote over the text: look at the original";
	for (size_t i = 0; i < t.n;) {
		const size_t at = i;
		i += utf8_decode(t.s + i, t.n - i, &c);
		if (char_is_control(c))
			return "has a control character: take it out";
		if (char_is_invisible(c) || char_is_bidi(c))
			return "has an invisible character: type it again";
		if (at == 0 && c < 0x80 && memchr("=+-@#*/", (int)c, 7) != NULL)
			return "does not begin with a letter or digit";
	}
	return NULL;
}

static bool
is_profile_item(struct slice id)
{
	for (const char *const *p = profile_items; *p; p++)
		if (slice_eq(id, *p))
			return true;
	return false;
}

/* The catalogue's id of a text within a family, or NULL. */
static const char *
look_up(struct items *items, enum family family, struct slice t, struct item *out)
{
	const struct catalogue *c = items->catalogue;
	const struct exercise *exercise;
	const struct redflag *flag;

	if (family <= FAMILY_PLAN || family == FAMILY_ANY)
		if ((exercise = cat_exercise(c, t)) != NULL)
			return exercise->id;
	if (family == FAMILY_MEASURE || family == FAMILY_PLAN || family == FAMILY_ANY)
		if ((out->measure = cat_measure(c, t)) != NULL)
			return out->measure->id;
	if (family == FAMILY_MEDICINE || family == FAMILY_ANY)
		if ((out->medicine = cat_medicine(c, t)) != NULL)
			return out->medicine->id;
	if (family == FAMILY_FINDING || family == FAMILY_ANY)
		if ((out->finding = cat_finding(c, t)) != NULL)
			return out->finding->id;
	if (family == FAMILY_REDFLAG || family == FAMILY_PLAN || family == FAMILY_ANY)
		if ((flag = cat_redflag(c, t)) != NULL)
			return flag->id;
	return NULL;
}

/* The kind besides its own in which the catalogue has such an item, or NULL. */
static const char *
other_kind(struct items *items, enum family own, struct slice text)
{
	static const enum kind kinds[] = { KIND_REDFLAG, KIND_MEASURE, KIND_MEDICINE, KIND_FINDING,
		KIND_EXERCISE };
	struct item any;

	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (family_of[kinds[i]] != own && look_up(items, family_of[kinds[i]], text, &any))
			return kind_names[kinds[i]];
	return own != FAMILY_PROFILE && is_profile_item(text) ? kind_names[KIND_PROFILE] : NULL;
}

/* Why what is no exercise of the catalogue cannot be one of the clinic's own, or NULL. */
static const char *
no_exercise(const struct catalogue *c, struct slice id)
{
	if (cat_redflag(c, id)) /* it would raise no alarm */
		return "is a red flag, no exercise: the row's kind must be redflag";
	if (cat_finding(c, id)) /* no rule would hear of it, and the next plan would prescribe it */
		return "is a finding, no exercise: the row's kind must be finding";
	if (cat_medicine(c, id))
		return "is a medicine, no exercise: the row's kind must be medicine";
	return NULL;
}

/*
 * Is this red flag named by an alias?  Several causes are aliases of one sign: that one of them is
 * absent must not clear the sign, so that an alias stays as it is, with the urgency of the sign.
 */
static bool
is_flag_alias(const struct catalogue *c, const char *id, struct slice own)
{
	const struct redflag *flag = cat_redflag(c, slice_of(id));
	struct str alias = STR_INIT;
	bool found = false;

	for (list a = flag ? flag->aliases : NULL; a && *a && !found; a++) {
		id_normalise(slice_of(*a), &alias);
		found = slice_is(own, (struct slice){ str_text(&alias), alias.n });
	}
	str_free(&alias);
	return found;
}

static void
resolve(struct items *items, enum kind kind, struct slice spelling, struct item *out)
{
	const enum family family = family_of[kind];
	const char *id;

	*out = (struct item){ .why = check_characters(spelling) };
	if (out->why)
		return;
	id_normalise(spelling, &items->id);
	const struct slice own = { str_text(&items->id), items->id.n };
	id = look_up(items, family, own, out);
	if (id == NULL)
		id = look_up(items, family, spelling, out);
	out->known = id != NULL || family == FAMILY_ANY ||
	        (family == FAMILY_PROFILE && is_profile_item(own)) ||
	        (family == FAMILY_PLAN && slice_eq(own, "plan"));
	if (id && is_flag_alias(items->catalogue, id, own))
		id = NULL;
	else if (id == NULL && own.n == 0)
		out->why = "is not an item";
	else if (id == NULL && family == FAMILY_EXERCISE)
		out->why = no_exercise(items->catalogue, own);
	if (id == NULL)
		id = pool_text(items->canonical, pool_add(items->canonical, own.s, own.n));
	out->text = id;
	out->n = strlen(id);
	out->changed = !slice_is(spelling, (struct slice){ id, out->n });
	out->number = value_spec(kind, out);
}

/* Starts again when there are too many: memory stays bounded whatever comes. */
static void
forget_spellings(struct items *items)
{
	for (int f = 0; f < FAMILIES; f++) {
		pool_free(items->family[f].pool);
		items->family[f].pool = pool_new();
		memset(items->family[f].recent, 0, sizeof items->family[f].recent);
	}
	pool_free(items->canonical);
	items->canonical = pool_new();
}

/* A poor hash that costs nothing; what shares a place is looked for in the pool. */
static uint32_t *
recent_place(struct spellings *f, struct slice spelling)
{
	const unsigned char *s = (const unsigned char *)spelling.s;
	const size_t n = spelling.n;

	return &f->recent[((unsigned)n + 7u * s[0] + 31u * s[n / 2] + 3u * s[n - 1]) % RECENT];
}

const struct item *
item_find(struct items *items, enum kind kind, struct slice spelling)
{
	struct spellings *f = &items->family[family_of[kind]];
	static struct item too_long;
	uint32_t *recent = recent_place(f, spelling);

	if (*recent && slice_is(spelling, pool_slice(f->pool, *recent - 1)))
		return &f->at[*recent - 1];
	if (spelling.n > ITEM_BYTES) {
		too_long = (struct item){ .why = check_characters(spelling) };
		return &too_long;
	}
	if (pool_count(f->pool) >= SPELLINGS &&
	        pool_find(f->pool, spelling.s, spelling.n) == POOL_NONE)
		forget_spellings(items);
	const size_t known = pool_count(f->pool);
	const uint32_t at = pool_add(f->pool, spelling.s, spelling.n);
	if (at == known) {
		if (known >= f->cap) {
			f->cap = f->cap ? 2 * f->cap : 64;
			f->at = xreallocarray(f->at, f->cap, sizeof *f->at);
		}
		resolve(items, kind, spelling, &f->at[at]);
	}
	*recent = at + 1;
	return &f->at[at];
}

static const char *
nearest_profile_item(struct slice text)
{
	for (size_t i = 0; i < LENGTH(profile_words); i++)
		if (slice_eq_nocase(text, profile_words[i].word))
			return profile_words[i].item;
	return nearest(text, profile_items);
}

static const char *
nearest_in(struct items *items, enum family family, struct slice text)
{
	static const char *const tables[FAMILIES] = {
		[FAMILY_EXERCISE] = "exercises",
		[FAMILY_PLAN] = "exercises",
		[FAMILY_MEASURE] = "measures",
		[FAMILY_MEDICINE] = "medicines",
		[FAMILY_FINDING] = "findings",
		[FAMILY_REDFLAG] = "redflags",
	};

	if (family == FAMILY_PROFILE)
		return nearest_profile_item(text);
	return tables[family] ? cat_nearest(items->catalogue, tables[family], text) : NULL;
}

void
item_ask_id(const struct catalogue *c, const char *id, enum side side, struct str *out)
{
	const struct exercise *e = cat_exercise(c, slice_of(id));
	const struct exercise *other = e ? cat_other_side(c, e) : NULL;
	const bool left = e && e->sided == SIDED_LEFT;

	if (other == NULL)
		str_addf(out, "; did you mean '%s'?", id);
	else if (side == SIDE_LEFT || side == SIDE_RIGHT)
		str_addf(out, "; did you mean '%s'?", left == (side == SIDE_LEFT) ? id : other->id);
	else
		str_addf(out, "; did you mean '%s' or '%s'?", left ? id : other->id,
		        left ? other->id : id);
}

void
item_ask(struct items *items, enum kind kind, struct slice text, enum side side, struct str *out)
{
	const enum family family = family_of[kind];
	const char *near = nearest_in(items, family, text);

	if (near && family == FAMILY_PROFILE)
		str_addf(out, "; did you mean '%s'?", near);
	else if (near)
		item_ask_id(items->catalogue, near, side, out);
}

void
item_unknown(struct items *items, enum kind kind, const struct item *item, enum side side,
        struct place at)
{
	const size_t known = pool_count(items->unknown_names);
	struct unknown *u;

	if (!pool_remember(
	            items->unknown_names, (struct slice){ item->text, item->n }, UNKNOWN_KEPT))
		return;
	GROW(items->unknown, items->cap_unknown, items->n_unknown);
	u = &items->unknown[items->n_unknown++];
	u->kind = kind;
	u->side = side;
	u->file = pool_text(items->files, pool_add(items->files, at.file, strlen(at.file)));
	u->line = at.line;
	u->text = (struct slice){ pool_text(items->unknown_names, (uint32_t)known), item->n };
}

/* What becomes of it. */
static const char *
fate_of(enum family family)
{
	if (family == FAMILY_REDFLAG)
		return "is no red flag of the catalogue, kept: it counts as urgent, not as an "
		       "emergency";
	if (family == FAMILY_PROFILE)
		return "is no item of a profile, kept: no plan and no report reads it";
	return "is not in the catalogue, kept";
}

/* Where the items stand, when none is near. */
static void
add_others(struct str *out, enum family family)
{
	if (family == FAMILY_REDFLAG)
		str_puts(out, "; ptlog --list redflags shows them all");
	for (const char *const *p = profile_items; family == FAMILY_PROFILE && *p; p++)
		str_addf(out, "%s %s", p == profile_items ? "; the items are" : ",", *p);
}

static void
add_unknown(struct str *out, struct items *items, const struct unknown *u)
{
	const enum family family = family_of[u->kind];
	const char *kind = other_kind(items, family, u->text);
	size_t asked;

	str_putc(out, '\'');
	str_add_visible(out, u->text.s, u->text.n);
	str_puts(out, "' ");
	if (kind) {
		str_addf(out,
		        "is kept%s, but the catalogue has it as a%s %s: is the row's kind right?",
		        family == FAMILY_REDFLAG ? " and counts as urgent" : "",
		        *kind == 'e' ? "n" : "", kind); /* an exercise */
		return;
	}
	str_puts(out, fate_of(family));
	asked = out->n;
	item_ask(items, u->kind, u->text, u->side, out);
	if (out->n == asked)
		add_others(out, family);
}

void
items_report(struct items *items)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < items->n_unknown && i < UNKNOWN_SHOWN; i++) {
		const struct unknown *u = &items->unknown[i];

		str_reset(&text);
		add_unknown(&text, items, u);
		diag_note("%s:%ld: item: %s", u->file, u->line, str_text(&text));
	}
	if (items->n_unknown > UNKNOWN_SHOWN)
		diag_note("%zu more items are not in the catalogue, kept",
		        items->n_unknown - UNKNOWN_SHOWN);
	items->n_unknown = 0;
	str_free(&text);
}
