#include "log/where.h"

#include <stdlib.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/effect.h"
#include "base/intern.h"
#include "base/mem.h"
#include "log/cond.h"
#include "log/asked.h"
#include "log/value.h"

#define IDS_KEPT 65536 /* for the nearest to an unknown one */
#define DAY_BYTES 10   /* YYYY-MM-DD */

/* Words of the condition that some row should have. */
struct sought {
	struct pool *words;
	bool *seen;
	size_t cap, missing;
};

/* What one word for an item may mean: a row that has any of these has the word. */
struct wanted {
	uint32_t id[ASKED_MOST]; /* in the pool `kept` */
	size_t n;
};

struct where {
	const char *text;
	const struct catalogue *catalogue;
	struct cond *cond;
	struct pool *kept; /* words of the condition as the log has them */
	struct sought items, patients, rules;
	struct wanted *wanted;
	size_t n_wanted, cap_wanted;
	struct pool *ids;          /* patients of the input, while one is missing */
	const struct entry *entry; /* under the condition */
	char date[DATE_TEXT];
};

/* --- words that a row should have --- */

static void
seek(struct sought *s, struct slice word)
{
	const size_t n = pool_count(s->words);
	const uint32_t at = pool_add(s->words, word.s, word.n);

	if (at < n)
		return;
	GROW(s->seen, s->cap, n);
	s->seen[at] = false;
	s->missing++;
}

static void
look(struct sought *s, struct slice word)
{
	const uint32_t at = pool_find(s->words, word.s, word.n);

	if (at == POOL_NONE || s->seen[at])
		return;
	effect();
	s->seen[at] = true;
	s->missing--;
}

/* --- names --- */

/* Behind the columns: what only a text that stands beside a name asks for. */
enum {
	NAME_TEXT = COLUMNS,
	NAME_DAY,
	NAME_DAY_RECORDED,
	NAME_WANTED /* and on: the item, to be compared with that word */
};

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

/* A recorded time begins with its day. */
static struct slice
day_recorded(struct slice recorded)
{
	return recorded.n ? (struct slice){ recorded.s, DAY_BYTES } : recorded;
}

/* The word itself, by its first id, where the item is one that it means. */
static struct slice
item_as_wanted(const struct where *w, const struct wanted *wanted)
{
	for (size_t i = 0; i < wanted->n; i++)
		if (slice_is(w->entry->item, pool_slice(w->kept, wanted->id[i])))
			return pool_slice(w->kept, wanted->id[0]);
	return w->entry->item;
}

static struct cond_value
name_value(void *context, int id)
{
	struct where *w = context;
	const struct entry *e = w->entry;

	if (id >= NAME_WANTED)
		return text_value(item_as_wanted(w, &w->wanted[id - NAME_WANTED]));
	switch (id) {
	case COL_DATE:
		return text_value((struct slice){ w->date, when_write(w->date, e->date) });
	case NAME_DAY:
		return text_value((struct slice){ w->date, day_write(w->date, e->date.day) });
	case NAME_DAY_RECORDED:
		return text_value(day_recorded(e->recorded));
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

/* --- what may be compared with them --- */

static struct slice
keep(struct where *w, const char *s, size_t n)
{
	return pool_slice(w->kept, pool_add(w->kept, s, n));
}

static bool
fits_words(const char *const *words, struct slice *text, struct str *why)
{
	for (const char *const *word = words; *word; word++)
		if (slice_eq_nocase(*text, *word)) {
			*text = slice_of(*word);
			return true;
		}
	none_of(why, *text, words);
	return false;
}

/* A day without a time is the whole day: it is compared with the day alone. */
static bool
fits_date(struct where *w, int *id, bool equal, struct slice *text, struct str *why)
{
	struct when when = { DAY_NONE, NO_TIME };
	char date[DATE_TEXT];

	(void)equal;
	if (is_recorded(*text))
		return true;
	if (!day_word(text->s, cli_today(), &when.day) &&
	        !date_read(*text, DATE_YMD, &when, NULL)) {
		str_add_quoted(why, *text);
		str_puts(
		        why, " is not a day; write YYYY-MM-DD, today, yesterday, -14d, -6w or -3m");
		return false;
	}
	if (when.minute == NO_TIME)
		*id = *id == COL_DATE ? NAME_DAY : NAME_DAY_RECORDED;
	*text = keep(w, date, when_write(date, when));
	return true;
}

static bool
fits_item(struct where *w, int *id, bool equal, struct slice *text, struct str *why)
{
	struct wanted *wanted;

	(void)why;
	GROW(w->wanted, w->cap_wanted, w->n_wanted);
	*id = NAME_WANTED + (int)w->n_wanted;
	wanted = &w->wanted[w->n_wanted++];
	wanted->n = asked_item(w->catalogue, *text, w->kept, wanted->id);
	*text = pool_slice(w->kept, wanted->id[0]);
	for (size_t i = 0; equal && i < wanted->n; i++)
		seek(&w->items, pool_slice(w->kept, wanted->id[i]));
	return true;
}

static bool
fits_patient(struct where *w, int *id, bool equal, struct slice *text, struct str *why)
{
	(void)id;
	(void)why;
	if (equal)
		seek(&w->patients, *text);
	return true;
}

static bool
fits_rule(struct where *w, int *id, bool equal, struct slice *text, struct str *why)
{
	const struct rule_row *rule = cat_rule(w->catalogue, *text);

	(void)id;
	(void)why;
	if (rule)
		*text = slice_of(rule->id);
	else if (equal)
		seek(&w->rules, *text);
	return true;
}

static const struct {
	int id;
	const char *const *words;
} lists[] = {
	{ COL_KIND, kind_names },
	{ COL_SIDE, side_names + 1 },
	{ COL_DECISION, decision_names + 1 },
};

static const struct {
	int id;
	bool (*fits)(struct where *w, int *id, bool equal, struct slice *text, struct str *why);
} words[] = {
	{ COL_DATE, fits_date },
	{ COL_RECORDED, fits_date },
	{ COL_PATIENT, fits_patient },
	{ COL_ITEM, fits_item },
	{ COL_RULE, fits_rule },
};

static const char *
name_of(int id)
{
	const struct cond_name *name = names;

	while (name->id != id)
		name++;
	return name->name;
}

static bool
fits(void *context, int *id, bool equal, struct slice *text, struct str *why)
{
	if (text->n == 0) {
		str_addf(why, "an empty field is unknown: write not known(%s)", name_of(*id));
		return false;
	}
	for (size_t i = 0; i < LENGTH(lists); i++)
		if (lists[i].id == *id)
			return fits_words(lists[i].words, text, why);
	for (size_t i = 0; i < LENGTH(words); i++)
		if (words[i].id == *id)
			return words[i].fits(context, id, equal, text, why);
	return true;
}

/* --- the whole --- */

struct where *
where_new(const char *text, const struct catalogue *c)
{
	struct where *w = xcalloc(1, sizeof *w);
	const struct cond_vocabulary vocabulary = { .names = names, .context = w, .fits = fits };
	struct cond_error error;

	w->text = text;
	w->catalogue = c;
	w->kept = pool_new();
	w->items.words = pool_new();
	w->patients.words = pool_new();
	w->rules.words = pool_new();
	w->ids = pool_new();
	w->cond = cond_compile(text, &vocabulary, &error);
	if (w->cond == NULL || !cond_check(w->cond, &error))
		usage_error_at(text, error.at, "--where: %s", error.text);
	return w;
}

void
where_free(struct where *w)
{
	cond_free(w->cond);
	pool_free(w->kept);
	pool_free(w->items.words);
	pool_free(w->patients.words);
	pool_free(w->rules.words);
	pool_free(w->ids);
	free(w->wanted);
	free(w->items.seen);
	free(w->patients.seen);
	free(w->rules.seen);
	free(w);
}

void
where_look(struct where *w, const struct entry *e)
{
	if (w->items.missing > 0)
		look(&w->items, e->item);
	if (w->rules.missing > 0)
		look(&w->rules, e->rule);
	if (w->patients.missing == 0)
		return;
	look(&w->patients, e->patient);
	if (w->patients.missing > 0)
		pool_remember(w->ids, e->patient, IDS_KEPT);
}

bool
where_holds(struct where *w, const struct entry *e)
{
	const struct cond_env env = { .name = name_value, .context = w };

	w->entry = e;
	return cond_eval(w->cond, &env) == TRUTH_TRUE;
}

void
where_end(const struct where *w)
{
	for (uint32_t i = 0; i < pool_count(w->patients.words); i++)
		if (!w->patients.seen[i])
			asked_patient_missing("--where", pool_text(w->patients.words, i), w->ids);
	for (uint32_t i = 0; i < pool_count(w->items.words); i++)
		if (!w->items.seen[i])
			asked_item_known("--where", w->catalogue, pool_slice(w->items.words, i));
	for (uint32_t i = 0; i < pool_count(w->rules.words); i++)
		if (!w->rules.seen[i])
			asked_rule_known("--where", w->catalogue, pool_slice(w->rules.words, i));
}
