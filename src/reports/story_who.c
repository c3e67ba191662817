/* Who it is, and what was found. */
#include "domain/profile.h"
#include "reports/story.h"
#include "reports/words.h"

#define EVENTS_MOST 5 /* the newest; a page has no room for more */

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
	str_puts(t, story_ended(s) ? " was treated for " : " is treated for ");
	for (size_t i = 0; i < n; i++) {
		str_puts(t, i == 0 ? "" : i + 1 == n ? " and " : ", ");
		add_inside(t, name[i]);
	}
}

static void
add_goals(struct str *t, const struct story *s)
{
	const char *goal[PROFILE_MOST];
	size_t n = profile_list(s->h, s->catalogue, "goal", s->asof, goal, PROFILE_MOST);

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
	size_t n = profile_list(s->h, s->catalogue, "limit", s->asof, limit, PROFILE_MOST);

	for (size_t i = 0; i < n; i++) {
		const struct limit *l = cat_limit(s->catalogue, slice_of(limit[i]));

		if (l)
			limit[i] = l->name.text;
	}
	if (n == 0)
		return;
	str_puts(t, " Limits: ");
	add_list(t, limit, n);
	str_putc(t, '.');
}

/* What is said of a status that came after another; the end of care is a sentence of its own. */
static void
add_turn(struct str *t, enum care before, enum care care, bool first)
{
	static const char *const end[] = {
		[CARE_DISCHARGED] = "Discharged", [CARE_DECEASED] = "Died"
	};

	if (!first)
		str_putc(t, care >= CARE_DISCHARGED || before >= CARE_DISCHARGED ? '.' : ',');
	if (care >= CARE_DISCHARGED)
		str_addf(t, " %s", end[care]);
	else if (first || before >= CARE_DISCHARGED)
		str_addf(t, " Care %s", words_status(care));
	else
		str_addf(t, " %s", words_status(care));
}

/* " Care paused on 2026-02-03, active again on 2026-03-18. Discharged on 2026-06-30." */
static void
add_status(struct str *t, const struct story *s)
{
	enum care before = CARE_ACTIVE, care;
	size_t told = 0;

	for (size_t i = 0; i < s->h->n; i++) {
		if (!profile_status(&s->h->row[i], &care) || care == before)
			continue;
		add_turn(t, before, care, told++ == 0);
		add_on(t, s->h->row[i].date.day);
		before = care;
	}
	if (told)
		str_putc(t, '.');
}

/* " Therapist: Ben (before 2026-03-18 Anna)."; one who never changed is no part of the course. */
static void
add_therapists(struct str *t, const struct story *s)
{
	const char *name = profile_value(s->h, "therapist", s->asof);
	struct str before = STR_INIT;

	for (size_t i = s->h->n; i-- > 0;) {
		const struct entry *e = &s->h->row[i];
		const char *old;

		if (!profile_is(e, "therapist"))
			continue;
		old = profile_value(s->h, "therapist", e->date.day - 1);
		if (!old || strcmp(old, e->text.s) == 0)
			continue;
		str_puts(&before, before.n ? ", before " : "before ");
		words_day(&before, e->date.day);
		str_addf(&before, " %s", old);
	}
	if (before.n)
		str_addf(t, " Therapist: %s (%s).", name, str_text(&before));
	str_free(&before);
}

static void
add_span(struct str *t, int first, int last)
{
	str_puts(t, first == last ? "; the log has one day, " : "; the log runs from ");
	words_days(t, (struct days){ first, last });
	str_putc(t, '.');
}

void
story_who(struct story *s)
{
	double born = profile_number(s->h, "birth-year", s->asof);
	struct str t = STR_INIT;

	str_puts(&t, s->h->patient);
	if (known(born))
		str_addf(&t, ", born %.0f,", born);
	add_conditions(&t, s);
	add_span(&t, s->h->row[0].date.day, s->h->row[s->h->n - 1].date.day);
	add_status(&t, s);
	add_therapists(&t, s);
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
		if (!first_finding(s->h, i) || cat_is_event(s->catalogue, s->h->row[i].item))
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

/* ---- Events ---- */

/* "fall since the last session (2026-06-12)" */
static void
add_event(struct str *t, const struct story *s, const struct entry *e)
{
	str_puts(t, t->n ? "; " : "");
	add_inside(t, cat_finding(s->catalogue, e->item)->name.text);
	if (e->side != SIDE_NONE)
		str_addf(t, ", %s", side_names[e->side]);
	str_puts(t, story_over(e) ? ", over (" : " (");
	words_day(t, e->date.day);
	str_putc(t, ')');
}

void
story_events(struct story *s)
{
	struct str t = STR_INIT, line = STR_INIT;
	size_t n = 0;

	for (size_t i = s->h->n; i-- > 0;) {
		const struct entry *e = &s->h->row[i];

		if (e->kind != KIND_FINDING || !cat_is_event(s->catalogue, e->item) ||
		        (story_over(e) && !story_ends(s->h, i)))
			continue;
		if (n++ < EVENTS_MOST)
			add_event(&t, s, e);
	}
	if (n > EVENTS_MOST)
		str_addf(&t, "; and %zu earlier", n - EVENTS_MOST);
	if (n) {
		str_addf(&line, "Reported, the newest first: %s.", str_text(&t));
		out_paragraph(s->out, str_text(&line));
	}
	str_free(&t);
	str_free(&line);
}
