/* The first visit: what will happen, what to bring, what to ask; for the patient's conditions. */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "reports/handout.h"
#include "reports/view.h"
#include "reports/words.h"

static const char *
filled(struct str *out, const struct handout *s, const char *id, const char *blank,
        const char *text)
{
	str_reset(out);
	handout_fill(out, s, id, blank, text);
	return str_text(out);
}

static void
write_minutes(struct handout *s)
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
write_steps(struct handout *s)
{
	const struct grid_column column[] = {
		{ handout_phrase(s, "first-minutes"), ALIGN_RIGHT, false, false },
		{ handout_phrase(s, "first-step"), ALIGN_LEFT, true, true },
		{ handout_phrase(s, "first-what"), ALIGN_LEFT, false, true },
		{ handout_phrase(s, "first-bring"), ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new(handout_phrase(s, "first-steps"), column, LENGTH(column));

	for (size_t i = 0; i < s->catalogue->n_first_session; i++) {
		const struct first_step *step = &s->catalogue->first_session[i];
		struct str n = STR_INIT;

		words_number(&n, step->minutes, 0);
		grid_add(g, str_text(&n));
		grid_add(g, handout_text(s, &step->title));
		grid_add(g, handout_text(s, &step->what_happens));
		grid_add(g, handout_text(s, &step->what_to_bring));
		str_free(&n);
	}
	out_heading(s->out, 2, handout_phrase(s, "first-steps"));
	out_table(s->out, g);
	grid_free(g);
}

static void
write_scores(struct handout *s, const struct condition *const *condition, size_t n)
{
	struct str line = STR_INIT;

	for (size_t i = 0; i < n; i++)
		for (list m = condition[i]->default_measures; *m; m++) {
			const struct measure *measure = cat_measure(s->catalogue, slice_of(*m));
			const char *name = measure ? handout_text(s, &measure->name) : *m;

			if (line.n && strstr(str_text(&line), name))
				continue;
			str_addf(&line, "%s%s", line.n ? "; " : "", name);
		}
	if (line.n) {
		struct str whole = STR_INIT;

		str_addf(&whole, "%s: %s.", handout_phrase(s, "first-scores"), str_text(&line));
		out_paragraph(s->out, str_text(&whole));
		str_free(&whole);
	}
	str_free(&line);
}

/* The questions of one condition, or of any. */
static void
write_questions(struct handout *s, const char *condition)
{
	const struct catalogue *c = s->catalogue;
	struct point *point = xcalloc(c->n_questions + 1, sizeof *point);
	size_t n = 0;

	for (size_t i = 0; i < c->n_questions; i++) {
		const struct question *q = &c->questions[i];
		struct str t = STR_INIT, why = STR_INIT;

		if (strcmp(q->condition, condition) != 0)
			continue;
		str_addf(&t, "%s (%s)", handout_text(s, &q->question),
		        filled(&why, s, "first-why", "why", handout_text(s, &q->why)));
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
write_all_questions(struct handout *s, const struct condition *const *condition, size_t n)
{
	struct str heading = STR_INIT;

	out_heading(s->out, 2, handout_phrase(s, "first-questions"));
	for (size_t i = 0; i < n; i++) {
		if (!has_questions(s->catalogue, condition[i]->id))
			continue;
		out_heading(s->out, 3,
		        filled(&heading, s, "first-own-questions", "condition",
		                handout_text(s, &condition[i]->name)));
		write_questions(s, condition[i]->id);
	}
	write_questions(s, "any");
	str_free(&heading);
}

static void
write_page(struct handout *s, const struct condition *const *condition, size_t n)
{
	write_minutes(s);
	write_steps(s);
	write_scores(s, condition, n);
	write_all_questions(s, condition, n);
	out_flush(s->out);
}

static void
write_patient(const struct history *h, void *context)
{
	struct handout *s = context;
	const struct condition *condition[PROFILE_MOST];
	struct str line = STR_INIT;
	size_t unknown;
	size_t n = profile_conditions(h, s->catalogue, s->asof, condition, PROFILE_MOST, &unknown);

	handout_page(s, h, "first-title");
	handout_fill(&line, s, "sheet-for", "patient", h->patient);
	for (size_t i = 0; i < n; i++)
		str_addf(&line, "%s%s", i ? ", " : ": ", handout_text(s, &condition[i]->name));
	out_remark(s->out, TONE_QUIET, str_text(&line));
	write_page(s, condition, n);
	str_free(&line);
}

/* Without any patient: what holds for everybody. */
static void
write_for_anyone(struct out *out, const struct query *q, struct facts *f)
{
	struct handout s = { .out = out, .query = q, .catalogue = f->catalogue, .asof = f->asof };

	handout_page(&s, NULL, "first-title");
	write_page(&s, NULL, 0);
}

static void
write_first(struct out *out, const struct query *q, struct facts *f)
{
	if (handout_write(out, q, f, write_patient) == 0)
		write_for_anyone(out, q, f);
}

const struct view view_first = { .name = "first-session",
	.title = "First visit",
	.language = handout_language,
	.write = write_first };
