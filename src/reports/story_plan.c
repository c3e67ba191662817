/* Who it is, what was found, what was planned and done, and what nobody knows. */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/adherence.h"
#include "domain/profile.h"
#include "reports/story.h"
#include "reports/words.h"

#define CHANGES_MOST 4 /* of plan, the newest; a page has no room for more */
#define RECENT 14

static void
add_list(struct str *t, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_addf(t, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", texts[i]);
}

/* A name inside a sentence: "chronic low back pain"; an abbreviation stays as it is. */
static void
add_inside(struct str *t, const char *name)
{
	size_t before = t->n;

	str_puts(t, name);
	if (t->n > before + 1 && t->s[before + 1] >= 'a' && t->s[before + 1] <= 'z' &&
	        t->s[before] >= 'A' && t->s[before] <= 'Z')
		t->s[before] = (char)(t->s[before] - 'A' + 'a');
}

static void
add_on(struct str *t, int day)
{
	str_puts(t, " on ");
	words_day(t, day);
}

/* ---- Who ---- */

static void
add_conditions(struct str *t, const struct story *s)
{
	const char *name[PROFILE_MOST];
	size_t n = profile_condition_ids(s->h, s->catalogue, s->asof, name, PROFILE_MOST);

	for (size_t i = 0; i < n; i++) {
		const struct condition *c = cat_condition(s->catalogue, slice_of(name[i]));

		if (c)
			name[i] = c->name.text;
	}
	if (n == 0) {
		str_puts(t, " has no condition on record");
		return;
	}
	str_puts(t, " is treated for ");
	for (size_t i = 0; i < n; i++) {
		str_puts(t, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		add_inside(t, name[i]);
	}
}

static void
add_goals(struct str *t, const struct story *s)
{
	const char *goal[PROFILE_MOST];
	size_t n = profile_list(s->h, "goal", s->asof, goal, PROFILE_MOST);

	if (n == 0)
		return;
	str_puts(t, n == 1 ? " The goal: " : " The goals: ");
	add_list(t, goal, n);
	str_putc(t, '.');
}

static void
add_limits(struct str *t, const struct story *s)
{
	const char *limit[PROFILE_MOST];
	size_t n = profile_list(s->h, "limit", s->asof, limit, PROFILE_MOST);

	for (size_t i = 0; i < n; i++) {
		const struct limit *l = cat_limit(s->catalogue, slice_of(limit[i]));

		if (l)
			limit[i] = l->name.text;
	}
	if (n == 0)
		return;
	str_puts(t, " To be left out: ");
	add_list(t, limit, n);
	str_putc(t, '.');
}

void
story_who(struct story *s)
{
	double born = profile_number(s->h, "birth-year", s->asof);
	const char *status = profile_value(s->h, "status", s->asof);
	struct str t = STR_INIT;

	str_puts(&t, s->h->patient);
	if (known(born))
		str_addf(&t, ", born %.0f,", born);
	add_conditions(&t, s);
	str_puts(&t, "; the log runs from ");
	words_days(&t, (struct days){ s->h->row[0].date.day, s->h->row[s->h->n - 1].date.day });
	str_putc(&t, '.');
	if (status && strcmp(status, "active") != 0)
		str_addf(&t, " Status: %s.", status);
	add_goals(&t, s);
	add_limits(&t, s);
	out_paragraph(s->out, str_text(&t));
	str_free(&t);
}

/* ---- Findings ---- */

static const char *
severity_word(double severity)
{
	static const char *const words[] = { "none", "mild", "moderate", "severe" };

	return known(severity) && severity >= 0 && severity <= 3 ? words[(size_t)severity]
	                                                         : "noted";
}

static bool
same_finding(const struct entry *a, const struct entry *b)
{
	return b->kind == KIND_FINDING && slice_is(a->item, b->item) && a->side == b->side;
}

static const struct entry *
newest_finding(const struct history *h, size_t i)
{
	const struct entry *newest = &h->row[i];

	for (size_t k = i + 1; k < h->n; k++)
		if (same_finding(&h->row[i], &h->row[k]))
			newest = &h->row[k];
	return newest;
}

static bool
first_finding(const struct history *h, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_finding(&h->row[i], &h->row[k]))
			return false;
	return h->row[i].kind == KIND_FINDING;
}

static bool
is_event(const struct catalogue *c, struct slice item)
{
	const struct finding *f = cat_finding(c, item);

	return f && strcmp(f->scale, "event") == 0;
}

/* "stiff forward bend (moderate, mild on 2026-02-02)"; FIRST is said once for all of that day */
static void
add_finding(struct str *t, const struct story *s, size_t i, int first_day)
{
	const struct entry *first = &s->h->row[i], *last = newest_finding(s->h, i);
	const struct finding *f = cat_finding(s->catalogue, first->item);

	str_puts(t, t->n ? "; " : "");
	add_inside(t, f ? f->name.text : first->item.s);
	if (first->side != SIDE_NONE)
		str_addf(t, ", %s", side_names[first->side]);
	str_addf(t, " (%s", severity_word(first->value));
	if (first->date.day != first_day)
		add_on(t, first->date.day);
	if (last != first && last->value != first->value) {
		str_addf(t, ", %s", severity_word(last->value));
		add_on(t, last->date.day);
	}
	str_putc(t, ')');
}

void
story_findings(struct story *s)
{
	struct str t = STR_INIT, line = STR_INIT;
	int first_day = DAY_NONE;

	for (size_t i = 0; i < s->h->n; i++) {
		if (!first_finding(s->h, i) || is_event(s->catalogue, s->h->row[i].item))
			continue;
		if (first_day == DAY_NONE)
			first_day = s->h->row[i].date.day;
		add_finding(&t, s, i, first_day);
	}
	if (t.n) {
		str_puts(&line, "Found on ");
		words_day(&line, first_day);
		str_addf(&line, ": %s.", str_text(&t));
		out_paragraph(s->out, str_text(&line));
	}
	str_free(&t);
	str_free(&line);
}

/* ---- What was done ---- */

static void
add_adherence(struct str *t, const struct story *s)
{
	struct planned *p = planned_new(s->h, cat_setting(s->catalogue, "plan-days"));
	int first = planned_first(p, s->asof);
	double all = first == DAY_NONE ? UNKNOWN : adherence(p, first, s->asof);
	double recent = adherence(p, s->asof - RECENT + 1, s->asof);

	if (known(all)) {
		str_puts(t, " Of what was planned since ");
		words_day(t, first);
		str_puts(t, ", ");
		words_number(t, all, 0);
		str_puts(t, " % was done");
		if (known(recent)) {
			str_puts(t, "; of the last 14 days ");
			words_number(t, recent, 0);
			str_puts(t, " %");
		}
		str_puts(t, ". What is not logged counts as not done.");
	}
	planned_free(p);
}

void
story_done(struct story *s)
{
	int *day = xreallocarray(NULL, s->h->n + 1, sizeof *day);
	size_t n = done_days(s->h, NULL, DAY_MIN, s->asof, day, s->h->n + 1);
	const struct series *gap = facts_series(s->series, s->h->patient, "gap");
	struct str t = STR_INIT;

	if (n == 0) {
		str_puts(&t, "No exercise was logged.");
	} else {
		str_addf(&t, "Exercise was logged on %zu day%s, from ", n, n == 1 ? "" : "s");
		words_days(&t, (struct days){ day[0], day[n - 1] });
		if (gap && known(gap->max)) {
			str_puts(&t, "; the longest time between two was ");
			words_number(&t, gap->max, 0);
			str_puts(&t, " days");
		}
		str_putc(&t, '.');
	}
	add_adherence(&t, s);
	out_paragraph(s->out, str_text(&t));
	str_free(&t);
	free(day);
}

/* ---- The plan ---- */

static void
add_planned(struct point **point, size_t *n, const struct story *s, const struct entry *e)
{
	struct str dose = STR_INIT;

	words_dose(&dose, s->catalogue, "en", e);
	str_puts(&dose, "; ");
	words_per_week(&dose, s->catalogue, "en", e->per_week);
	*point = xreallocarray(*point, *n + 1, sizeof **point);
	(*point)[(*n)++] = (struct point){ TONE_PLAIN, words_item(s->catalogue, "en", e->item.s),
		xstrdup(str_text(&dose)) };
	str_free(&dose);
}

static void
write_plan_in_force(struct story *s)
{
	struct point *point = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->h->n; i++) {
		const struct entry *e = &s->h->row[i];

		if (e->kind == KIND_PLAN && plan_asks(e) &&
		        plan_in_force(s->h, e->item.s, e->side, s->asof) == e)
			add_planned(&point, &n, s, e);
	}
	if (n)
		out_paragraph(s->out, "In force:");
	else
		out_paragraph(s->out, "No plan is in force.");
	out_list(s->out, LIST_BULLETS, point, n);
	for (size_t i = 0; i < n; i++)
		free((char *)point[i].text);
	free(point);
}

static bool
is_change(const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_NONE && e->decision != DECISION_HOLD;
}

static const char *
what_changed(const struct story *s, const struct entry *e)
{
	const struct redflag *flag = cat_redflag(s->catalogue, e->item);

	return flag                         ? flag->name.text
	        : slice_eq(e->item, "plan") ? "the plan"
	                                    : words_item(s->catalogue, "en", e->item.s);
}

static bool
same_change(const struct entry *a, const struct entry *b)
{
	return is_change(b) && a->date.day == b->date.day && a->decision == b->decision &&
	        slice_is(a->note, b->note);
}

/* One row for all that was decided on a day with the same words; false: an earlier row said it. */
static bool
add_change(struct grid *g, const struct story *s, size_t i)
{
	const struct history *h = s->h;
	const struct entry *e = &h->row[i];
	struct str day = STR_INIT, items = STR_INIT;

	for (size_t k = i + 1; k < h->n && h->row[k].date.day == e->date.day; k++)
		if (same_change(e, &h->row[k]))
			return false;
	if (grid_rows(g) == CHANGES_MOST)
		return true;
	str_puts(&items, what_changed(s, e));
	for (size_t k = i; k-- > 0 && h->row[k].date.day == e->date.day;)
		if (same_change(e, &h->row[k]))
			str_addf(&items, ", %s", what_changed(s, &h->row[k]));
	words_day(&day, e->date.day);
	grid_add(g, str_text(&day));
	grid_add(g, decision_names[e->decision]);
	grid_add(g, str_text(&items));
	grid_add(g, e->note.n ? e->note.s : "");
	str_free(&day);
	str_free(&items);
	return true;
}

static void
write_changes(struct story *s)
{
	static const struct grid_column column[] = {
		{ "Date", ALIGN_LEFT, true, false },
		{ "Decision", ALIGN_LEFT, false, false },
		{ "Of", ALIGN_LEFT, false, true },
		{ "Why", ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new("Changes of the plan, the newest first", column, LENGTH(column));
	size_t told = 0;
	struct str t = STR_INIT;

	for (size_t i = s->h->n; i-- > 0;)
		if (is_change(&s->h->row[i]))
			told += add_change(g, s, i);
	if (grid_rows(g))
		out_paragraph(s->out, "How it came about, the newest first:");
	out_table(s->out, g);
	if (told > CHANGES_MOST) {
		str_addf(&t, "and %zu earlier: ptlog -k plan -p %s LOG", told - CHANGES_MOST,
		        s->h->patient);
		out_remark(s->out, TONE_QUIET, str_text(&t));
	}
	str_free(&t);
	grid_free(g);
}

void
story_plan(struct story *s)
{
	write_plan_in_force(s);
	write_changes(s);
}

/* ---- Red flags ---- */

void
story_flags(struct story *s)
{
	struct str t = STR_INIT;

	for (size_t i = 0; i < s->h->n; i++) {
		const struct entry *e = &s->h->row[i];
		const struct redflag *flag;

		if (e->kind != KIND_REDFLAG)
			continue;
		flag = cat_redflag(s->catalogue, e->item);
		str_addf(&t, "%s%s, %s ", t.n ? "; " : "", flag ? flag->name.text : e->item.s,
		        known(e->value) && e->value < 1 ? "cleared" : "raised");
		words_day(&t, e->date.day);
	}
	str_putc(&t, '.');
	out_paragraph(s->out, str_text(&t));
	str_free(&t);
}

/* ---- What is not known ---- */

struct unknowns {
	struct point *point;
	size_t n, cap;
};

static void
add_unknown(struct unknowns *u, struct str text)
{
	GROW(u->point, u->cap, u->n);
	u->point[u->n++] = (struct point){ TONE_PLAIN, NULL, xstrdup(str_text(&text)) };
	str_free(&text);
}

static void
say_unknown(struct unknowns *u, const char *words)
{
	struct str t = STR_INIT;

	str_puts(&t, words);
	add_unknown(u, t);
}

/* Measures that belong to the conditions and have no reading, or only one. */
static void
add_missing_measures(struct unknowns *u, const struct story *s)
{
	struct str never = STR_INIT;

	for (size_t i = 0; i < s->conditions; i++)
		for (list m = s->condition[i]->default_measures; *m; m++) {
			const char *metric = strcmp(*m, "nprs") == 0 ? "pain"
			        : strcmp(*m, "dizziness-vas") == 0   ? "dizziness"
			                                             : *m;

			if (facts_series(s->series, s->h->patient, metric))
				continue;
			str_puts(&never, never.n ? ", " : "Never taken: ");
			words_metric(&never, s->catalogue, metric);
		}
	if (never.n) {
		str_putc(&never, '.');
		add_unknown(u, never);
	}
}

static void
add_stale_symptom(struct unknowns *u, const struct story *s)
{
	const struct series *x = facts_series(s->series, s->h->patient, s->symptom);
	struct str t = STR_INIT;

	if (!x) {
		str_addf(&t, "No %s at rest is in the log.", s->symptom);
	} else if (s->asof - x->last >= RECENT) {
		str_addf(&t, "%s at rest was last noted on ",
		        strcmp(s->symptom, "pain") == 0 ? "Pain" : "Dizziness");
		words_day(&t, x->last);
		str_puts(&t, "; how it is now is not known.");
	} else {
		return;
	}
	add_unknown(u, t);
}

void
story_unknown(struct story *s)
{
	struct unknowns u = { NULL, 0, 0 };

	if (!story_has(s, KIND_FINDING))
		say_unknown(&u, "No findings are in the log.");
	if (!story_has(s, KIND_MEDICINE))
		say_unknown(&u, "No medicine is in the log, which is not the same as none taken.");
	if (!story_has(s, KIND_REDFLAG))
		say_unknown(&u, "No red flag is in the log.");
	add_stale_symptom(&u, s);
	add_missing_measures(&u, s);
	if (s->h->rejected)
		say_unknown(&u, "Rows of this patient could not be read and are missing here.");
	if (u.n == 0)
		say_unknown(&u, "Nothing that the conditions ask for is missing.");
	out_list(s->out, LIST_BULLETS, u.point, u.n);
	for (size_t i = 0; i < u.n; i++)
		free((char *)u.point[i].text);
	free(u.point);
}
