#include "reports/retell.h"

#include <ctype.h>

#include "base/mem.h"

#define BLANKS_MOST 4

static const char *
flag_in_english(const struct catalogue *c, struct slice name)
{
	const struct redflag *flag = cat_redflag(c, name);

	return flag ? flag->name.text : NULL;
}

static const char *
measure_in_english(const struct catalogue *c, struct slice name)
{
	const struct measure *measure = cat_measure(c, name);

	return measure ? measure->name.text : NULL;
}

/* Blanks that hold names, several with "; " between; the others hold numbers. */
static const struct names_blank {
	const char *name;
	const char *(*english)(const struct catalogue *c, struct slice name); /* or NULL */
} names_blanks[] = { { "redflag_name", flag_in_english },
	{ "redflag_routine_name", flag_in_english }, { "metric", measure_in_english } };

static const struct names_blank *
blank_of_names(struct slice name)
{
	for (size_t i = 0; i < LENGTH(names_blanks); i++)
		if (slice_eq(name, names_blanks[i].name))
			return &names_blanks[i];
	return NULL;
}

/* What stood in a blank. */
struct filling {
	struct slice name, text;
	const struct names_blank *words; /* NULL: a number */
};

struct fillings {
	struct filling at[BLANKS_MOST];
	size_t n;
};

/* The next {blank} of a template: its name; *rest moves behind it.  False: no more. */
static bool
next_blank(const char **rest, struct slice *before, struct slice *name)
{
	const char *open = strchr(*rest, '{'), *close = open ? strchr(open, '}') : NULL;

	if (!close)
		return false;
	*before = (struct slice){ *rest, (size_t)(open - *rest) };
	*name = (struct slice){ open + 1, (size_t)(close - open - 1) };
	*rest = close + 1;
	return true;
}

static bool
take_text(struct slice *said, struct slice text)
{
	if (said->n < text.n || memcmp(said->s, text.s, text.n) != 0)
		return false;
	said->s += text.n;
	said->n -= text.n;
	return true;
}

/* Digits, with a point or comma between them: the end of a sentence is no part of it. */
static struct slice
take_number(struct slice *said)
{
	struct slice number = { said->s, 0 };
	size_t n = 0;

	while (n < said->n &&
	        (isdigit((unsigned char)said->s[n]) ||
	                ((said->s[n] == '.' || said->s[n] == ',') && n + 1 < said->n && n > 0 &&
	                        isdigit((unsigned char)said->s[n + 1]))))
		n++;
	number.n = n;
	said->s += n;
	said->n -= n;
	return number;
}

/* Up to the words of the pattern behind the blank; the last blank goes up to its end. */
static struct slice
take_words(struct slice *said, const char *behind)
{
	const size_t n = strcspn(behind, "{");
	struct slice words = { said->s, 0 };
	const char *end = NULL;

	if (behind[n] == '\0' && said->n >= n)
		end = said->s + (said->n - n);
	else if (n > 0)
		end = memmem(said->s, said->n, behind, n);
	if (end)
		words.n = (size_t)(end - said->s);
	said->s += words.n;
	said->n -= words.n;
	return words;
}

static bool
take_apart(const char *pattern, struct slice said, struct fillings *out)
{
	struct slice before, name;

	out->n = 0;
	while (out->n < BLANKS_MOST && next_blank(&pattern, &before, &name)) {
		struct filling *f = &out->at[out->n++];

		if (!take_text(&said, before))
			return false;
		*f = (struct filling){ .name = name, .words = blank_of_names(name) };
		f->text = f->words ? take_words(&said, pattern) : take_number(&said);
		if (f->text.n == 0)
			return false;
	}
	return slice_is(said, slice_of(pattern));
}

static void
add_filling(struct str *out, const struct catalogue *c, const struct filling *f)
{
	struct slice rest = f->text;

	if (!f->words) {
		str_add(out, rest.s, rest.n);
		return;
	}
	for (size_t n = 0; rest.n; n++) {
		const char *end = memmem(rest.s, rest.n, "; ", 2);
		const struct slice name = { rest.s, end ? (size_t)(end - rest.s) : rest.n };
		const char *english = f->words->english(c, name);

		str_puts(out, n ? "; " : "");
		str_add(out, english ? english : name.s, english ? strlen(english) : name.n);
		rest.s += name.n + (end ? 2 : 0);
		rest.n -= name.n + (end ? 2 : 0);
	}
}

static void
put_together(
        struct str *out, const struct catalogue *c, const char *pattern, const struct fillings *f)
{
	struct slice before, name;

	str_reset(out);
	while (next_blank(&pattern, &before, &name)) {
		str_add(out, before.s, before.n);
		for (size_t i = 0; i < f->n; i++)
			if (slice_is(f->at[i].name, name))
				add_filling(out, c, &f->at[i]);
	}
	str_puts(out, pattern);
}

bool
retell(struct str *out, const struct catalogue *c, const struct text *note, struct slice said)
{
	struct fillings f;

	for (const struct wording *w = note->in; w->lang; w++)
		if (take_apart(w->text, said, &f)) {
			put_together(out, c, note->text, &f);
			return true;
		}
	return false;
}

/* A rule that the table lacks is built in: a phrase of the rule, or of the rule with its decision.
 */
static bool
retell_builtin(struct str *out, const struct catalogue *c, const struct entry *e)
{
	struct str id = STR_INIT;
	const struct text *note;

	str_addf(&id, "rule-%s-%s", e->rule.s, decision_names[e->decision]);
	note = cat_phrase_text(c, str_text(&id));
	if (!note) {
		str_reset(&id);
		str_addf(&id, "rule-%s", e->rule.s);
		note = cat_phrase_text(c, str_text(&id));
	}
	str_free(&id);
	return note && retell(out, c, note, e->note);
}

const char *
retell_note(struct str *out, const struct catalogue *c, const struct entry *e)
{
	const struct rule_row *rule = e->rule.n ? cat_rule(c, e->rule) : NULL;

	if (e->note.n == 0)
		return NULL;
	if (rule ? retell(out, c, &rule->note, e->note) : e->rule.n && retell_builtin(out, c, e))
		return str_text(out);
	return e->note.s;
}

static bool
refers_on(const struct entry *e, int day)
{
	return e->kind == KIND_PLAN && e->decision == DECISION_REFER && e->date.day == day;
}

/* A plan that was filed twice refers once. */
static bool
is_repeated(const struct history *h, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (refers_on(&h->row[k], h->row[i].date.day) &&
		        slice_is(h->row[k].note, h->row[i].note))
			return true;
	return false;
}

char *
referral_words(const struct history *h, const struct catalogue *c, int day)
{
	struct str t = STR_INIT, room = STR_INIT;
	char *words;

	for (size_t i = 0; i < h->n; i++) {
		const char *note = refers_on(&h->row[i], day) && !is_repeated(h, i)
		        ? retell_note(&room, c, &h->row[i])
		        : NULL;

		if (note)
			str_addf(&t, "%s%s", t.n ? " " : "", note);
	}
	words = t.n ? xstrdup(str_text(&t)) : NULL;
	str_free(&t);
	str_free(&room);
	return words;
}
