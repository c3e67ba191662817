#include "catalogue/catalogue.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"
#include "catalogue/index.h"

bool
list_has(list l, const char *word)
{
	for (; *l; l++)
		if (strcmp(*l, word) == 0)
			return true;
	return false;
}

size_t
list_length(list l)
{
	size_t n = 0;

	while (l[n])
		n++;
	return n;
}

const char *
text_in(const struct text *t, const char *lang, bool *missing)
{
	if (!lang || !*lang || strcmp(lang, "en") == 0)
		return t->text;
	for (const struct wording *w = t->in; w->lang; w++)
		if (strcmp(w->lang, lang) == 0)
			return w->text;
	if (missing && *t->text)
		*missing = true;
	return t->text;
}

/* Ids of the log are normal already, so the text is tried as it is first. */
static const void *
find(const struct catalogue *c, size_t table, struct slice text)
{
	const struct name_index *index = &c->index->table[table];
	struct str normal = STR_INIT;
	long row = index_find(index, text);

	if (row < 0) {
		id_normalise(text, &normal);
		if (normal.n != text.n || memcmp(str_text(&normal), text.s, text.n) != 0)
			row = index_find(index, (struct slice){ str_text(&normal), normal.n });
		str_free(&normal);
	}
	return row < 0 ? NULL : cat_row(&cat_tables[table], c, (size_t)row);
}

#define LOOK_UP(type, table, function)                                                             \
	const struct type *cat_##function(const struct catalogue *c, struct slice id)              \
	{                                                                                          \
		return find(c, CAT_##table, id);                                                   \
	}
LOOK_UP(exercise, exercises, exercise)
LOOK_UP(measure, measures, measure)
LOOK_UP(medicine, medicines, medicine)
LOOK_UP(condition, conditions, condition)
LOOK_UP(finding, findings, finding)
LOOK_UP(limit, limits, limit)
LOOK_UP(redflag, redflags, redflag)
LOOK_UP(equipment, equipment, equipment)
LOOK_UP(rule_row, rules, rule)
#undef LOOK_UP

const char *
cat_phrase(const struct catalogue *c, const char *id, const char *lang)
{
	const struct phrase *phrase = find(c, CAT_phrases, slice_of(id));

	return phrase ? text_in(&phrase->text, lang, NULL) : id;
}

double
cat_setting(const struct catalogue *c, const char *id)
{
	const struct setting *setting = find(c, CAT_settings, slice_of(id));

	if (!setting)
		die("the catalogue has no setting '%s'", id);
	return setting->value;
}

const char *const *
cat_names(const struct catalogue *c, const char *table)
{
	const struct cat_table *t = cat_table_of(table);

	return t ? c->index->table[t - cat_tables].name : NULL;
}

bool
catalogue_list(const struct catalogue *c, const char *table)
{
	const struct cat_table *t = cat_table_of(table);
	struct csvout *out;

	if (!t)
		return false;
	out = csvout_new(STDOUT_FILENO, "standard output", ',');
	table_write(t, c, out);
	csvout_close(out);
	return true;
}
