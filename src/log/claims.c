#include "log/claims.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "log/value.h"

#define TOLD_KEPT 1000

struct claims {
	const struct catalogue *catalogue;
	struct pool *told; /* values that were told of */
};

#define ID_OF(type)                                                                                \
	static const char *type##_id(const struct catalogue *c, struct slice name)                 \
	{                                                                                          \
		const struct type *found = cat_##type(c, name);                                    \
                                                                                                   \
		return found ? found->id : NULL;                                                   \
	}
ID_OF(limit)
ID_OF(condition)
ID_OF(equipment)
#undef ID_OF

static const char *
language_id(const struct catalogue *c, struct slice name)
{
	char *tag = xstrndup(name.s, name.n);
	const char *id = cat_language(c, tag);

	free(tag);
	return id;
}

/* Profile items whose values the catalogue knows, and what one that it lacks does not do. */
static const struct {
	const char *item, *table, *what;
	const char *(*id)(const struct catalogue *c, struct slice name);
	bool always; /* told by every program, each time: for safety */
} claims[] = {
	{ "limit", "limits", "is no limit of the catalogue and excludes nothing", limit_id, true },
	{ "condition", "conditions",
	        "is no condition of the catalogue: no exercise is chosen for it", condition_id,
	        false },
	{ "equipment", "equipment", "is no equipment of the catalogue: no exercise asks for it",
	        equipment_id, false },
	{ "language", NULL, "is no language of the catalogue: the patient is told in English",
	        language_id, false },
};

const char *
claims_id(const struct catalogue *c, struct slice item, struct slice value)
{
	for (size_t i = 0; i < LENGTH(claims); i++)
		if (slice_eq(item, claims[i].item))
			return claims[i].id(c, value);
	return NULL;
}

struct claims *
claims_new(const struct catalogue *c)
{
	struct claims *f = xcalloc(1, sizeof *f);

	f->catalogue = c;
	f->told = pool_new();
	return f;
}

void
claims_free(struct claims *f)
{
	pool_free(f->told);
	free(f);
}

static bool
is_to_be_told(struct claims *f, const struct entry_style *style, struct slice id)
{
	if (style->strict)
		return true;
	return style->names_unknown && !style->quiet && pool_remember(f->told, id, TOLD_KEPT);
}

/* What to write instead of the i-th item's value. */
static void
add_cure(struct claims *f, size_t i, struct slice id, struct str *why)
{
	const char *table = claims[i].table;
	const char *near = table ? cat_nearest(f->catalogue, table, id) : NULL;

	if (near)
		str_addf(why, "did you mean '%s'?", near);
	else if (table)
		str_addf(why, "ptlog --list %s shows them all", table);
	else
		cat_add_languages(f->catalogue, why);
}

/* The value is one of the i-th item. */
static bool
doubt(struct claims *f, size_t i, struct slice value, const struct entry_style *style,
        struct str *why)
{
	struct slice name = value;
	struct str text = STR_INIT;
	bool told;

	takes_away(&name);
	id_normalise(name, &text);
	const struct slice id = { str_text(&text), text.n };
	told = !claims[i].id(f->catalogue, name) &&
	        (claims[i].always || is_to_be_told(f, style, id));
	if (told) {
		str_reset(why);
		str_add_quoted(why, value);
		str_addf(why, " %s; ", claims[i].what);
		add_cure(f, i, id, why);
	}
	str_free(&text);
	return told;
}

static bool
doubt_goal(struct claims *f, struct slice goal, const struct entry_style *style, struct str *why)
{
	takes_away(&goal);
	return style->goal_is_doubtful && style->goal_is_doubtful(f->catalogue, goal, why) &&
	        is_to_be_told(f, style, goal);
}

bool
claims_doubt(
        struct claims *f, const struct entry *e, const struct entry_style *style, struct str *why)
{
	if (e->kind != KIND_PROFILE || e->text.n == 0)
		return false;
	if (slice_eq(e->item, "goal"))
		return doubt_goal(f, e->text, style, why);
	for (size_t i = 0; i < LENGTH(claims); i++)
		if (slice_eq(e->item, claims[i].item))
			return doubt(f, i, e->text, style, why);
	return false;
}
