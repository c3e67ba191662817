/* The first visit: what will happen, what to bring, what to ask; for the patient's conditions. */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "reports/view.h"
#include "reports/words.h"

struct first {
	struct out *out;
	const struct query *query;
	const struct catalogue *catalogue;
	int asof;
	size_t pages;
	const char *lang;
	bool english; /* something had to be said in English */
};

static const char *
translated(struct first *s, const struct text *t)
{
	bool missing = false;
	const char *text = text_in(t, s->lang, &missing);

	s->english = s->english || (missing && strcmp(s->lang, "en") != 0);
	return text;
}

static const char *
phrase(const struct first *s, const char *id)
{
	return cat_phrase(s->catalogue, id, s->lang);
}

static const char *
filled(struct str *out, const struct first *s, const char *id, const char *blank, const char *text)
{
	str_reset(out);
	words_phrase(out, s->catalogue, s->lang, id,
	        (struct blank[]){ { blank, text }, { NULL, NULL } });
	return str_text(out);
}

static void
write_minutes(struct first *s)
{
	double sum = 0;
	struct str n = STR_INIT, line = STR_INIT;

	for (size_t i = 0; i < s->catalogue->n_first_session; i++)
		sum += s->catalogue->first_session[i].minutes;
	words_number(&n, sum, 0);
	out_paragraph(s->out, filled(&line, s, "first-about", "minutes", str_text(&n)));
	str_free(&n);
	str_free(&line);
}

static void
write_steps(struct first *s)
{
	const struct grid_column column[] = {
		{ phrase(s, "first-minutes"), ALIGN_RIGHT, false, false },
		{ phrase(s, "first-step"), ALIGN_LEFT, true, true },
		{ phrase(s, "first-what"), ALIGN_LEFT, false, true },
		{ phrase(s, "first-bring"), ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new(phrase(s, "first-steps"), column, LENGTH(column));

	for (size_t i = 0; i < s->catalogue->n_first_session; i++) {
		const struct first_step *step = &s->catalogue->first_session[i];
		struct str n = STR_INIT;

		words_number(&n, step->minutes, 0);
		grid_add(g, str_text(&n));
		grid_add(g, translated(s, &step->title));
		grid_add(g, translated(s, &step->what_happens));
		grid_add(g, translated(s, &step->what_to_bring));
		str_free(&n);
	}
	out_heading(s->out, 2, phrase(s, "first-steps"));
	out_table(s->out, g);
	grid_free(g);
}

static void
write_scores(struct first *s, const struct condition *const *condition, size_t n)
{
	struct str line = STR_INIT;

	for (size_t i = 0; i < n; i++)
		for (list m = condition[i]->default_measures; *m; m++) {
			const struct measure *measure = cat_measure(s->catalogue, slice_of(*m));
			const char *name = measure ? translated(s, &measure->name) : *m;

			if (line.n && strstr(str_text(&line), name))
				continue;
			str_addf(&line, "%s%s", line.n ? ", " : "", name);
		}
	if (line.n) {
		struct str whole = STR_INIT;

		str_addf(&whole, "%s: %s.", phrase(s, "first-scores"), str_text(&line));
		out_paragraph(s->out, str_text(&whole));
		str_free(&whole);
	}
	str_free(&line);
}

/* The questions of one condition, or of any. */
static void
write_questions(struct first *s, const char *condition)
{
	const struct catalogue *c = s->catalogue;
	struct point *point = xcalloc(c->n_questions + 1, sizeof *point);
	size_t n = 0;

	for (size_t i = 0; i < c->n_questions; i++) {
		const struct question *q = &c->questions[i];
		struct str t = STR_INIT, why = STR_INIT;

		if (strcmp(q->condition, condition) != 0)
			continue;
		str_addf(&t, "%s (%s)", translated(s, &q->question),
		        filled(&why, s, "first-why", "why", translated(s, &q->why)));
		point[n++] = (struct point){ TONE_PLAIN, NULL, xstrdup(str_text(&t)) };
		str_free(&t);
		str_free(&why);
	}
	out_list(s->out, LIST_BULLETS, point, n);
	for (size_t i = 0; i < n; i++)
		free((char *)point[i].text);
	free(point);
}

static bool
has_questions(const struct catalogue *c, const char *condition)
{
	for (size_t i = 0; i < c->n_questions; i++)
		if (strcmp(c->questions[i].condition, condition) == 0)
			return true;
	return false;
}

static void
write_all_questions(struct first *s, const struct condition *const *condition, size_t n)
{
	struct str heading = STR_INIT;

	out_heading(s->out, 2, phrase(s, "first-questions"));
	for (size_t i = 0; i < n; i++) {
		if (!has_questions(s->catalogue, condition[i]->id))
			continue;
		out_heading(s->out, 3,
		        filled(&heading, s, "first-own-questions", "condition",
		                translated(s, &condition[i]->name)));
		write_questions(s, condition[i]->id);
	}
	write_questions(s, "any");
	str_free(&heading);
}

static void
write_page(struct first *s, const char *patient, const struct condition *const *condition, size_t n)
{
	struct str line = STR_INIT;

	if (s->pages++)
		s->out->format->page(s->out);
	out_heading(s->out, 1, s->query->title ? s->query->title : phrase(s, "first-title"));
	str_puts(&line, "");
	if (patient)
		filled(&line, s, "sheet-for", "patient", patient);
	for (size_t i = 0; i < n; i++)
		str_addf(&line, "%s%s", i ? ", " : ": ", translated(s, &condition[i]->name));
	if (line.n)
		out_remark(s->out, TONE_QUIET, str_text(&line));
	write_minutes(s);
	write_steps(s);
	write_scores(s, condition, n);
	write_all_questions(s, condition, n);
	out_flush(s->out);
	str_free(&line);
}

static const char *
language(const struct history *h, int day)
{
	const char *lang = profile_value(h, "language", day);

	return lang && strlen(lang) == 2 ? lang : "en";
}

static void
write_patient(const struct history *h, void *context)
{
	struct first *s = context;
	const struct condition *condition[PROFILE_MOST];
	size_t unknown;
	size_t n = profile_conditions(h, s->catalogue, s->asof, condition, PROFILE_MOST, &unknown);

	s->lang = language(h, s->asof);
	write_page(s, h->patient, condition, n);
}

/* The common language of all pages, or English when they differ. */
static void
meet_language(const struct history *h, void *context)
{
	const char **lang = context, *own = language(h, DAY_MAX);

	*lang = *lang && strcmp(*lang, own) != 0 ? "en" : own;
}

static const char *
first_language(struct facts *f)
{
	const char *lang = NULL;

	store_each(f->store, ORDER_PLACE, f->asof, meet_language, &lang);
	return lang ? lang : "en";
}

static void
write_first(struct out *out, const struct query *q, struct facts *f)
{
	struct first s = {
		.out = out, .query = q, .catalogue = f->catalogue, .asof = f->asof, .lang = "en"
	};

	store_each(f->store, ORDER_PLACE, f->asof, write_patient, &s);
	if (s.pages == 0)
		write_page(&s, NULL, NULL, 0);
	if (s.english)
		diag_note("some texts are in English: the catalogue lacks their translation");
}

const struct view view_first = { .name = "first-session",
	.title = "First visit",
	.language = first_language,
	.write = write_first };
