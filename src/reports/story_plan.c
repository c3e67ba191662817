/* What was planned and done, and what nobody knows. */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/adherence.h"
#include "domain/profile.h"
#include "reports/retell.h"
#include "reports/story.h"
#include "reports/words.h"

#define CHANGES_MOST 4 /* of plan, the newest; a page has no room for more */
#define RECENT 14

/* ---- What was done ---- */

static void
add_adherence(struct str *t, const struct story *s)
{
	struct planned *p = planned_new(s->h, cat_setting(s->catalogue, "plan-days"));
	int first = planned_first(p, s->asof);
	double all = first == DAY_NONE ? UNKNOWN : adherence(p, first, s->asof);
	double recent = adherence_since_plan(p, s->asof - RECENT + 1, s->asof);

	if (first == s->asof) {
		str_puts(t, " The plan began on ");
		words_day(t, first);
		str_putc(t, '.');
	} else if (known(all)) {
		str_puts(t, " Of what was planned since ");
		words_day(t, first);
		str_puts(t, ", ");
		words_percent(t, all);
		str_puts(t, " was done");
		if (known(recent) && first <= s->asof - RECENT) {
			str_puts(t, "; of the last 14 days ");
			words_percent(t, recent);
		}
		str_puts(t, ". What is not logged counts as not done.");
	}
	planned_free(p);
}

static void
add_several_days(struct str *t, const struct story *s, const int *day, size_t n)
{
	const struct series *gap = facts_series(s->series, s->h->patient, "gap");

	str_addf(t, "Exercise was logged on %zu days, from ", n);
	words_days(t, (struct days){ day[0], day[n - 1] });
	if (gap && known(gap->max)) {
		str_puts(t, "; the longest time between two was ");
		words_number(t, gap->max, 0);
		str_puts(t, gap->max == 1 ? " day" : " days");
	}
	str_putc(t, '.');
}

void
story_done(struct story *s)
{
	int *day = xreallocarray(NULL, s->h->n + 1, sizeof *day);
	size_t n = done_days(s->h, NULL, DAY_MIN, s->asof, day, s->h->n + 1);
	struct str t = STR_INIT;

	if (n == 0) {
		str_puts(&t, "No exercise was logged.");
	} else if (n == 1) {
		str_puts(&t, "Exercise was logged on ");
		words_day(&t, day[0]);
		str_puts(&t, " alone.");
	} else {
		add_several_days(&t, s, day, n);
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

/* A plan that ran out asks for nothing: whoever reads the letter must not take it for today's. */
static void
write_in_force(struct story *s)
{
	struct planned *p = planned_new(s->h, cat_setting(s->catalogue, "plan-days"));
	const int last = planned_last(p, s->asof);
	struct str line = STR_INIT;

	if (profile_care(s->h, s->asof) != CARE_ACTIVE) {
		str_addf(&line, "Asks for nothing, care is %s; it was:",
		        profile_care(s->h, s->asof) == CARE_PAUSED ? "paused" : "over");
	} else if (last != DAY_NONE && last < s->asof) {
		str_puts(&line, "Ran out on ");
		words_day(&line, last + 1);
		str_puts(&line, "; it was:");
	} else {
		str_puts(&line, "In force:");
	}
	out_paragraph(s->out, str_text(&line));
	str_free(&line);
	planned_free(p);
}

static void
write_plan_in_force(struct story *s)
{
	struct point *point = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->h->n; i++) {
		const struct entry *e = &s->h->row[i];

		if (e->kind == KIND_PLAN && plan_is_to_do(s->h, e, s->asof))
			add_planned(&point, &n, s, e);
	}
	if (n)
		write_in_force(s);
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

/* The same of a row between K and I: an exercise of both sides, or a plan that was filed twice. */
static bool
is_named(const struct history *h, size_t i, size_t k)
{
	for (size_t j = k + 1; j <= i; j++)
		if (slice_is(h->row[j].item, h->row[k].item) && same_change(&h->row[i], &h->row[j]))
			return true;
	return false;
}

static const char *
why(struct str *words, const struct story *s, const struct entry *e)
{
	const char *note = retell_note(words, s->catalogue, e);

	return note ? note : "no reason noted";
}

/* One row for all that was decided on a day with the same words; false: an earlier row said it. */
static bool
add_change(struct grid *g, const struct story *s, size_t i)
{
	const struct history *h = s->h;
	const struct entry *e = &h->row[i];
	struct str day = STR_INIT, items = STR_INIT, words = STR_INIT;

	for (size_t k = i + 1; k < h->n && h->row[k].date.day == e->date.day; k++)
		if (same_change(e, &h->row[k]))
			return false;
	if (grid_rows(g) == CHANGES_MOST)
		return true;
	str_puts(&items, what_changed(s, e));
	for (size_t k = i; k-- > 0 && h->row[k].date.day == e->date.day;)
		if (same_change(e, &h->row[k]) && !is_named(h, i, k))
			str_addf(&items, ", %s", what_changed(s, &h->row[k]));
	words_day(&day, e->date.day);
	grid_add(g, str_text(&day));
	grid_add(g, decision_names[e->decision]);
	grid_add(g, str_text(&items));
	grid_add(g, why(&words, s, e));
	str_free(&words);
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
		{ "Why, in the plan's words", ALIGN_LEFT, false, true },
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

/* What the newest plan refers, as long as nothing was done since. */
static void
write_referral(struct story *s)
{
	const int day = referred_on(s->h);
	struct str t = STR_INIT;
	char *words;

	if (day == DAY_NONE)
		return;
	words = referral_words(s->h, s->catalogue, day);
	str_puts(&t, "Referred on ");
	words_day(&t, day);
	str_addf(&t, ": %s", words ? words : "no reason noted");
	out_remark(s->out, TONE_SOON, str_text(&t));
	free(words);
	str_free(&t);
}

void
story_plan(struct story *s)
{
	write_referral(s);
	write_plan_in_force(s);
	write_changes(s);
}

/* ---- Red flags ---- */

static const char *
flag_name(const struct story *s, const struct entry *e)
{
	const struct redflag *flag = cat_redflag(s->catalogue, e->item);

	return flag ? flag->name.text : e->item.s;
}

/* Flags that were raised, and when they were cleared. */
static void
write_raised(struct story *s)
{
	struct str t = STR_INIT;

	for (size_t i = 0; i < s->h->n; i++) {
		const struct entry *e = &s->h->row[i];

		if (e->kind != KIND_REDFLAG || (story_over(e) && !story_ends(s->h, i)))
			continue;
		str_addf(&t, "%s%s, %s ", t.n ? "; " : "", flag_name(s, e),
		        story_over(e) ? "cleared" : "raised");
		words_day(&t, e->date.day);
	}
	if (t.n) {
		str_putc(&t, '.');
		out_paragraph(s->out, str_text(&t));
	}
	str_free(&t);
}

/* To ask and to hear no clears nothing, but a doctor wants to know that it was asked; the newest
 * day will do. */
static void
write_absent(struct story *s)
{
	struct str t = STR_INIT;
	int day = DAY_NONE;

	for (size_t i = s->h->n; i-- > 0;) {
		const struct entry *e = &s->h->row[i];

		if (e->kind != KIND_REDFLAG || !story_over(e) || story_ends(s->h, i) ||
		        (day != DAY_NONE && e->date.day != day))
			continue;
		if (day == DAY_NONE) {
			day = e->date.day;
			str_puts(&t, "Last asked about and absent on ");
			words_day(&t, day);
			str_puts(&t, ": ");
		} else {
			str_puts(&t, "; ");
		}
		str_puts(&t, flag_name(s, e));
	}
	if (t.n) {
		str_putc(&t, '.');
		out_paragraph(s->out, str_text(&t));
	}
	str_free(&t);
}

void
story_flags(struct story *s)
{
	write_raised(s);
	write_absent(s);
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
			str_puts(&never, never.n ? "; " : "Never taken: ");
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
	if (story_ended(s)) {
		say_unknown(&u, "Care is over: nothing more is asked for.");
	} else {
		add_stale_symptom(&u, s);
		add_missing_measures(&u, s);
	}
	if (s->h->rejected)
		say_unknown(&u, "Rows of this patient could not be read and are missing here.");
	if (u.n == 0)
		say_unknown(&u, "Nothing that the conditions ask for is missing.");
	out_list(s->out, LIST_BULLETS, u.point, u.n);
	for (size_t i = 0; i < u.n; i++)
		free((char *)u.point[i].text);
	free(u.point);
}
