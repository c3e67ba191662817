#include "catalogue/catalogue.h"

#include <stdlib.h>
#include <strings.h>
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

static bool
is_language(const char *tag, const char *lang)
{
	return strncasecmp(tag, lang, 2) == 0 && (!tag[2] || (strchr("-_", tag[2]) && tag[3]));
}

static const struct wording *
wording_in(const struct text *t, const char *lang)
{
	for (const struct wording *w = t->in; w->lang; w++)
		if (is_language(lang, w->lang))
			return w;
	return NULL;
}

const char *
text_in(const struct text *t, const char *lang, bool *missing)
{
	if (!lang || !*lang || is_language(lang, "en"))
		return t->text;
	const struct wording *w = wording_in(t, lang);
	if (w)
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

bool
cat_is_event(const struct catalogue *c, struct slice id)
{
	const struct finding *f = cat_finding(c, id);

	return f && strcmp(f->scale, "event") == 0;
}

const struct text *
cat_phrase_text(const struct catalogue *c, const char *id)
{
	const struct phrase *phrase = find(c, CAT_phrases, slice_of(id));

	return phrase ? &phrase->text : NULL;
}

const char *
cat_phrase(const struct catalogue *c, const char *id, const char *lang)
{
	const struct text *text = cat_phrase_text(c, id);

	return text ? text_in(text, lang, NULL) : id;
}

bool
cat_has_rule(const struct catalogue *c, struct slice id)
{
	struct str phrase = STR_INIT;
	bool explained;

	str_addf(&phrase, "rule-%.*s", SLICE_ARG(id));
	explained = find(c, CAT_phrases, (struct slice){ str_text(&phrase), phrase.n }) != NULL;
	str_free(&phrase);
	return explained || cat_rule(c, id) != NULL;
}

static bool
is_among(const char *names, const char *word)
{
	struct slice rest = slice_of(names), name;

	while (slice_split(&rest, ';', &name))
		if (slice_eq_nocase(name, word))
			return true;
	return false;
}

/* "German" or "Deutsch" is de: the phrase has the names of each language in its own column. */
static const char *
language_named(const struct catalogue *c, const char *word)
{
	const struct text *names = cat_phrase_text(c, "language-names");

	if (is_among(names->text, word))
		return "en";
	for (const struct wording *w = names->in; w->lang; w++)
		if (is_among(w->text, word))
			return w->lang;
	return NULL;
}

const char *
cat_language(const struct catalogue *c, const char *tag)
{
	const struct wording *w = NULL;

	if (is_language(tag, "en"))
		return "en";
	for (size_t i = 0; i < c->n_phrases && !w; i++)
		w = wording_in(&c->phrases[i].text, tag);
	return w ? w->lang : language_named(c, tag);
}

void
cat_add_languages(const struct catalogue *c, struct str *out)
{
	str_puts(out, "write en");
	for (const struct wording *w = cat_phrase_text(c, "language-names")->in; w->lang; w++)
		str_addf(out, "%s%s", w[1].lang ? ", " : " or ", w->lang);
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

const char *
cat_id(const struct catalogue *c, const char *table, const char *name)
{
	const struct cat_table *t = cat_table_of(table);
	const void *row = t ? find(c, (size_t)(t - cat_tables), slice_of(name)) : NULL;

	return row ? cell_text(row, &t->columns[0]) : name;
}

const char *
cat_nearest(const struct catalogue *c, const char *table, struct slice word)
{
	const char *name = nearest(word, cat_names(c, table));

	return name ? cat_id(c, table, name) : NULL;
}

const struct exercise *
cat_other_side(const struct catalogue *c, const struct exercise *e)
{
	const char *own = e->sided == SIDED_LEFT ? "-left" : "-right";
	const size_t n = strlen(e->id), end = strlen(own);
	const struct exercise *other;
	struct str id = STR_INIT;

	if ((e->sided != SIDED_LEFT && e->sided != SIDED_RIGHT) || n < end ||
	        strcmp(e->id + n - end, own) != 0)
		return NULL;
	str_add(&id, e->id, n - end);
	str_puts(&id, e->sided == SIDED_LEFT ? "-right" : "-left");
	other = cat_exercise(c, (struct slice){ str_text(&id), id.n });
	str_free(&id);
	return other;
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
