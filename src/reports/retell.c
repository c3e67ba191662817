#include "reports/retell.h"

#include <ctype.h>

#include "base/mem.h"

#define BLANKS_MOST 4

/* What stood in a blank. */
struct filling {
	struct slice name, text;
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

static bool
take_apart(const char *pattern, struct slice said, struct fillings *out)
{
	struct slice before, name;

	out->n = 0;
	while (out->n < BLANKS_MOST && next_blank(&pattern, &before, &name)) {
		if (!take_text(&said, before))
			return false;
		out->at[out->n] = (struct filling){ name, take_number(&said) };
		if (out->at[out->n++].text.n == 0)
			return false;
	}
	return slice_is(said, slice_of(pattern));
}

static void
put_together(struct str *out, const char *pattern, const struct fillings *f)
{
	struct slice before, name;

	str_reset(out);
	while (next_blank(&pattern, &before, &name)) {
		str_add(out, before.s, before.n);
		for (size_t i = 0; i < f->n; i++)
			if (slice_is(f->at[i].name, name))
				str_add(out, f->at[i].text.s, f->at[i].text.n);
	}
	str_puts(out, pattern);
}

bool
retell(struct str *out, const struct text *note, struct slice said)
{
	struct fillings f;

	for (const struct wording *w = note->in; w->lang; w++)
		if (take_apart(w->text, said, &f)) {
			put_together(out, note->text, &f);
			return true;
		}
	return false;
}

const char *
retell_note(struct str *out, const struct catalogue *c, const struct entry *e)
{
	const struct rule_row *rule = e->rule.n ? cat_rule(c, e->rule) : NULL;

	if (rule && retell(out, &rule->note, e->note))
		return str_text(out);
	return e->note.n ? e->note.s : NULL;
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
