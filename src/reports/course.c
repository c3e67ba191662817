#include "reports/course.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/medicine.h"
#include "domain/profile.h"
#include "reports/words.h"

static bool
pain_counts(const struct condition *const *condition, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list_has(condition[i]->default_measures, "nprs"))
			return true;
	return n == 0;
}

const char *
course_symptom(const struct history *h, const struct catalogue *c, int day)
{
	const struct condition *condition[PROFILE_MOST];
	struct dailies dizzy = DAILY_INIT;
	size_t unknown, n = profile_conditions(h, c, day, condition, PROFILE_MOST, &unknown);
	bool swaps;

	if (unknown || pain_counts(condition, n))
		return "pain";
	metric_values(h, c, "dizziness", NULL, day, &dizzy);
	swaps = dizzy.n > 0;
	dailies_free(&dizzy);
	return swaps ? "dizziness" : "pain";
}

void
course_weeks(const struct dailies *values, int asof, double out[COURSE_WEEKS])
{
	double sum[COURSE_WEEKS] = { 0 };
	int count[COURSE_WEEKS] = { 0 };

	for (size_t i = 0; i < values->n; i++) {
		int ago = (asof - values->at[i].day) / 7;

		if (values->at[i].day > asof || ago >= COURSE_WEEKS)
			continue;
		sum[COURSE_WEEKS - 1 - ago] += values->at[i].value;
		count[COURSE_WEEKS - 1 - ago]++;
	}
	for (size_t i = 0; i < COURSE_WEEKS; i++)
		out[i] = count[i] ? sum[i] / count[i] : UNKNOWN;
}

/* ---- Marks: red flags by name, changes of plan counted by day ---- */

static void
add_mark(struct patient_chart *course, int day, enum mark mark, struct str text)
{
	course->text = xreallocarray(course->text, course->texts + 1, sizeof *course->text);
	course->text[course->texts++] = text;
	chart_mark(&course->chart, day, mark, str_text(&course->text[course->texts - 1]));
}

static bool
changes_plan(const struct entry *e)
{
	static const bool changes[DECISION_COUNT] = { [DECISION_START] = true,
		[DECISION_PROGRESS] = true,
		[DECISION_REGRESS] = true,
		[DECISION_PAUSE] = true,
		[DECISION_STOP] = true,
		[DECISION_OVERRIDE] = true };

	return e->kind == KIND_PLAN && changes[e->decision];
}

static void
mark_plans(struct patient_chart *course, const struct history *h)
{
	for (size_t i = 0; i < h->n;) {
		size_t count[DECISION_COUNT] = { 0 }, changes = 0;
		int day = h->row[i].date.day;
		struct str text = STR_INIT;

		for (; i < h->n && h->row[i].date.day == day; i++) {
			count[h->row[i].decision] += changes_plan(&h->row[i]);
			changes += changes_plan(&h->row[i]);
		}
		if (changes == 0 || day < course->chart.from)
			continue;
		str_puts(&text, "plan changed:");
		for (size_t d = 0; d < DECISION_COUNT; d++)
			if (count[d])
				str_addf(&text, " %zu %s", count[d], decision_names[d]);
		add_mark(course, day, MARK_PLAN, text);
	}
}

static void
mark_flags(struct patient_chart *course, const struct history *h, const struct catalogue *c)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		const struct redflag *flag;
		struct str text = STR_INIT;

		if (e->kind != KIND_REDFLAG || e->value < 1 || e->date.day < course->chart.from)
			continue;
		flag = cat_redflag(c, e->item);
		str_puts(&text, "red flag: ");
		if (flag)
			str_puts(&text, flag->name.text);
		else
			str_add(&text, e->item.s, e->item.n);
		add_mark(course, e->date.day, MARK_FLAG, text);
	}
}

/* A pause, the end of care, and whose hands it passes to. */
static void
mark_care(struct patient_chart *course, const struct history *h)
{
	const char *therapist = NULL;
	enum care before = CARE_ACTIVE, care;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		const bool shown = e->date.day >= course->chart.from;
		struct str text = STR_INIT;

		if (profile_status(e, &care)) {
			if (shown && care != before)
				str_puts(&text, words_status(care));
			before = care;
		} else if (profile_is(e, "therapist")) {
			if (shown && therapist && strcmp(therapist, e->text.s) != 0)
				str_addf(&text, "therapist %s", e->text.s);
			therapist = e->text.s;
		}
		if (text.n)
			add_mark(course, e->date.day, MARK_CARE, text);
	}
}

/* ---- What is drawn ---- */

static void
drop_before(struct dailies *d, int from)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->n; i++)
		if (d->at[i].day >= from)
			d->at[kept++] = d->at[i];
	d->n = kept;
}

static void
fill_done(struct dailies *out, const struct history *h, int from, int to)
{
	size_t most = h->n + 1;
	int *day = xreallocarray(NULL, most, sizeof *day);
	size_t n = done_days(h, NULL, from, to, day, most);

	for (size_t i = 0; i < n; i++)
		dailies_add(out, day[i], 1);
	free(day);
}

static int
first_day(const struct chart *c, const struct history *h)
{
	int first = c->to;

	if (c->values.n && c->values.at[0].day < first)
		first = c->values.at[0].day;
	for (size_t i = 0; i < h->n; i++)
		if (h->row[i].kind == KIND_EXERCISE || h->row[i].kind == KIND_PLAN)
			return h->row[i].date.day < first ? h->row[i].date.day : first;
	return first;
}

/* The line of a clear change for the better lies below the first one: both symptoms are better low.
 */
static void
set_lines(struct chart *c, const struct series *s)
{
	double least;

	c->baseline = s ? s->baseline : UNKNOWN;
	c->target = UNKNOWN;
	if (!s || !known(s->mcid))
		return;
	least = known(s->mdc) && s->mdc > s->mcid ? s->mdc : s->mcid;
	c->target = s->baseline - least;
}

static void
add_words(struct str *desc, const char *words, double x)
{
	if (!known(x))
		return;
	str_puts(desc, words);
	words_number(desc, x, 1);
}

static void
describe(struct patient_chart *course, const struct history *h, const struct series *s)
{
	struct chart *c = &course->chart;
	size_t flags = 0, plans = 0;

	for (size_t i = 0; i < c->marks; i++) {
		flags += c->mark[i].mark == MARK_FLAG;
		plans += c->mark[i].mark == MARK_PLAN;
	}
	str_addf(&course->title, "%s of %s, ", c->symptom, h->patient);
	words_days(&course->title, (struct days){ c->from, c->to });
	str_addf(&course->desc, "%zu days with %s at rest on a scale of 0 to 10", c->values.n,
	        strcmp(c->symptom, "Pain") == 0 ? "pain" : "dizziness");
	if (s) {
		add_words(&course->desc, ", at the start ", s->baseline);
		add_words(&course->desc, ", now ", s->current);
	}
	str_addf(&course->desc, "; %zu days with exercise", c->done.n);
	if (c->doses.n) {
		add_words(&course->desc, "; morphine equivalents from ", c->doses.at[0].value);
		add_words(&course->desc, " to ", c->doses.at[c->doses.n - 1].value);
		str_puts(&course->desc, " on ");
		words_day(&course->desc, c->doses.at[c->doses.n - 1].day);
	}
	str_addf(&course->desc, "; %zu changes of plan, %zu red flags.", plans, flags);
	c->title = str_text(&course->title);
	c->desc = str_text(&course->desc);
}

static bool
any_known(const struct dailies *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (known(d->at[i].value) && d->at[i].value > 0)
			return true;
	return false;
}

void
patient_chart_of(const struct history *h, const struct catalogue *c, const struct series *series,
        int asof, int span, struct patient_chart *out)
{
	const char *symptom = course_symptom(h, c, asof);
	struct chart *chart = &out->chart;

	*out = (struct patient_chart){ .chart = { .to = asof } };
	chart->symptom = strcmp(symptom, "pain") == 0 ? "Pain" : "Dizziness";
	metric_values(h, c, symptom, NULL, asof, &chart->values);
	chart->from = first_day(chart, h);
	if (span && chart->from < asof - span)
		chart->from = asof - span;
	drop_before(&chart->values, chart->from);
	fill_done(&chart->done, h, chart->from, asof);
	mme_days(h, c, last_contact(h), &chart->doses);
	drop_before(&chart->doses, chart->from);
	if (any_known(&chart->doses)) {
		chart->medicine = "Morphine equivalents, MME/day";
		chart->dose_unit = "MME/day";
	}
	mark_plans(out, h);
	mark_flags(out, h, c);
	mark_care(out, h);
	set_lines(chart, series);
	describe(out, h, series);
}

void
patient_chart_free(struct patient_chart *course)
{
	chart_empty(&course->chart);
	for (size_t i = 0; i < course->texts; i++)
		str_free(&course->text[i]);
	free(course->text);
	str_free(&course->title);
	str_free(&course->desc);
}
