/* What changed: the symptom, the measures, the medicine. */
#include "base/mem.h"
#include "domain/medicine.h"
#include "reports/story.h"
#include "reports/words.h"

#define DECIMALS 2 /* of a measure: walking speed changes by hundredths */

/* ---- Verdicts ---- */

static void
add_threshold(struct str *out, const char *words, double x)
{
	str_puts(out, words);
	words_number(out, fabs(x), DECIMALS);
}

/* "more than the 2 that matter and than the measuring error of 1.8: improved" */
static void
story_verdict(struct str *out, const struct series *s)
{
	const char *verdict = s->verdict ? s->verdict : "";

	if (strcmp(verdict, "improved") == 0) {
		add_threshold(out, "improved (", s->mcid);
		str_puts(out, " matters");
		if (known(s->mdc))
			add_threshold(out, ", measuring error ", s->mdc);
		str_putc(out, ')');
	} else if (strcmp(verdict, "perhaps") == 0) {
		add_threshold(out, "perhaps improved (", s->mcid);
		add_threshold(out, " matters, but the measuring error is ", s->mdc);
		str_putc(out, ')');
	} else if (strcmp(verdict, "worse") == 0) {
		add_threshold(out, "worse (", s->mcid);
		str_puts(out, " matters)");
	} else if (strcmp(verdict, "unchanged") == 0) {
		add_threshold(out, "no change that matters (", s->mcid);
		str_puts(out, " would)");
	} else if (strcmp(verdict, "too-few") == 0) {
		str_puts(out, "too few readings for a verdict");
	} else {
		str_puts(out, "no agreed size of a change that matters");
	}
}

/* ---- Pain or dizziness ---- */

static void
add_window(struct str *out, int from, int to)
{
	str_puts(out, " (");
	words_days(out, (struct days){ from, to });
	str_putc(out, ')');
}

/* The last day of the first window; windows of both ends are equally long. */
static int
first_window_end(const struct series *s)
{
	return s->from + (s->last - s->since);
}

/* A value of the first window may already be better by its end. */
static void
add_weeks(struct str *out, double weeks)
{
	struct str n = STR_INIT;

	words_number(&n, weeks, 0);
	if (strcmp(str_text(&n), "0") == 0)
		str_puts(out, "less than a week.");
	else
		str_addf(
		        out, "%s week%s.", str_text(&n), strcmp(str_text(&n), "1") == 0 ? "" : "s");
	str_free(&n);
}

void
story_symptom(struct story *s)
{
	const struct series *x = facts_series(s->series, s->h->patient, s->symptom);
	struct str t = STR_INIT;

	if (!x)
		return;
	str_addf(&t, "%s at rest was ", strcmp(s->symptom, "pain") == 0 ? "Pain" : "Dizziness");
	words_number(&t, x->baseline, 1);
	str_puts(&t, " of 10 at the start");
	add_window(&t, x->from, first_window_end(x));
	if (known(x->change)) {
		str_puts(&t, " and is ");
		words_number(&t, x->current, 1);
		str_puts(&t, " at the end");
		add_window(&t, x->since, x->last);
		if (fabs(x->change) < 0.05) {
			str_puts(&t, ", the same");
		} else {
			str_addf(&t, ", %s ", x->change > 0 ? "up" : "down");
			words_number(&t, fabs(x->change), 1);
		}
		str_puts(&t, ": ");
		story_verdict(&t, x);
	}
	str_addf(&t, ". It was noted on %ld day%s.", x->n, x->n == 1 ? "" : "s");
	if (known(x->weeks_to_30)) {
		str_puts(&t,
		        " The mean of up to seven days after the start was first 30\u00a0% "
		        "better after ");
		add_weeks(&t, x->weeks_to_30);
	}
	out_paragraph(s->out, str_text(&t));
	str_free(&t);
}

/* ---- Measures ---- */

static bool
is_measure(const struct story *s, const struct series *x)
{
	const char *colon = strchr(x->metric, ':');
	struct slice id = { x->metric, colon ? (size_t)(colon - x->metric) : strlen(x->metric) };

	const struct measure *m = cat_measure(s->catalogue, id);

	/* pain, dizziness and mme are told elsewhere, and are aliases of measures */
	return m && slice_eq(id, m->id) && !slice_eq(id, "nprs") && !slice_eq(id, "dizziness-vas");
}

bool
story_has_course(const struct story *s)
{
	for (size_t i = 0; i < s->series->n; i++)
		if (is_measure(s, &s->series->at[i]))
			return true;
	return facts_series(s->series, s->h->patient, s->symptom) != NULL;
}

static void
add_reading(struct grid *g, double x, int day)
{
	struct str t = STR_INIT;

	words_number(&t, x, DECIMALS);
	str_puts(&t, " (");
	words_day(&t, day);
	str_putc(&t, ')');
	grid_add(g, str_text(&t));
	str_free(&t);
}

static void
add_measure(struct grid *g, const struct story *s, const struct series *x)
{
	struct str name = STR_INIT, change = STR_INIT, words = STR_INIT;

	words_metric(&name, s->catalogue, x->metric);
	if (x->unit && *x->unit)
		str_addf(&name, ", %s", x->unit);
	grid_add(g, str_text(&name));
	add_reading(g, x->baseline, x->from);
	if (x->n > 1) {
		add_reading(g, x->current, x->last);
		words_change(&change, x->change, DECIMALS);
	} else {
		grid_add(g, "not repeated");
	}
	grid_add(g, str_text(&change));
	if (x->n > 1)
		story_verdict(&words, x);
	grid_add_tone(g, words_verdict_tone(x->verdict), str_text(&words));
	str_free(&name);
	str_free(&change);
	str_free(&words);
}

void
story_measures(struct story *s)
{
	static const struct grid_column column[] = {
		{ "Measure", ALIGN_LEFT, true, true },
		{ "First", ALIGN_LEFT, false, false },
		{ "Last", ALIGN_LEFT, false, false },
		{ "Change", ALIGN_RIGHT, false, false },
		{ "What it means", ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new("Measures, first and last", column, LENGTH(column));

	for (size_t i = 0; i < s->series->n; i++)
		if (is_measure(s, &s->series->at[i]))
			add_measure(g, s, &s->series->at[i]);
	out_table(s->out, g);
	grid_free(g);
}

/* ---- Medicine ---- */

/* "100 mg/day from 2026-01-05"; the unit is said once. */
static void
add_amount(struct str *t, const struct entry *e, const struct medicine *m, bool first)
{
	if (e->value > 0) {
		words_number(t, e->value, 2);
		if (m && first)
			str_addf(t, " %s", m->unit);
		str_puts(t, " from ");
	} else {
		str_puts(t, first ? "none on " : "stopped on ");
	}
	words_day(t, e->date.day);
}

/* "Tramadol: 100 mg/day from 2026-01-05, 50 from 2026-02-20, stopped on 2026-03-15." */
static void
add_medicine(struct story *s, size_t first, struct str *t)
{
	const struct entry *row = s->h->row;
	const struct medicine *m = cat_medicine(s->catalogue, row[first].item);
	double before = UNKNOWN;

	str_addf(t, "%s: ", m ? m->name : row[first].item.s);
	for (size_t i = first; i < s->h->n; i++) {
		if (row[i].kind != KIND_MEDICINE || row[i].item.s != row[first].item.s ||
		        !known(row[i].value) || row[i].value == before)
			continue;
		str_puts(t, known(before) ? ", " : "");
		add_amount(t, &row[i], m, !known(before));
		before = row[i].value;
	}
	if (!known(before)) {
		str_puts(t, "amount not noted");
		add_window(t, row[first].date.day, row[first].date.day);
	}
	str_puts(t, ". ");
}

static bool
told_before(const struct history *h, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (h->row[k].kind == KIND_MEDICINE && h->row[k].item.s == h->row[i].item.s)
			return true;
	return false;
}

static bool
anything_worse(const struct story *s)
{
	for (size_t i = 0; i < s->series->n; i++)
		if (s->series->at[i].verdict && strcmp(s->series->at[i].verdict, "worse") == 0)
			return true;
	return false;
}

/* "60 a day at the start (2026-01-05), 20 at the last contact (2026-03-15). " */
static void
add_total(struct str *t, const struct series *x, const struct mme *now)
{
	str_puts(t, "Morphine equivalents in all: ");
	if (x) {
		words_number(t, x->baseline, 1);
		str_puts(t, " a day at the start");
		add_window(t, x->from, x->from);
		str_puts(t, ", ");
	}
	if (now->hiding) {
		str_puts(t, "not known since ");
		words_day(t, now->since);
		str_addf(t, ": %s has no morphine factor. ", now->hiding->name);
	} else {
		words_number(t, now->value, 1);
		str_puts(t, " at the last contact");
		add_window(t, now->day, now->day);
		str_puts(t, ". ");
	}
}

/* What the catalogue lacks may be an opioid, too. */
static void
add_uncounted(struct str *t, const struct story *s)
{
	const struct history *h = s->h;
	const size_t before = t->n;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];

		if (e->kind != KIND_MEDICINE || told_before(h, i) ||
		        cat_medicine(s->catalogue, e->item))
			continue;
		str_puts(t, t->n > before ? ", " : "Not in it, as the catalogue lacks it: ");
		str_add(t, e->item.s, e->item.n);
	}
	str_puts(t, t->n > before ? ". " : "");
}

/* The total, and what it may and may not be taken for. */
static void
write_total(struct story *s)
{
	const struct series *x = facts_series(s->series, s->h->patient, "mme");
	const struct mme now = mme_at(s->h, s->catalogue, s->asof);
	bool less;
	struct str t = STR_INIT;

	if (!x && !now.hiding)
		return;
	add_total(&t, x, &now);
	add_uncounted(&t, s);
	less = x && !now.hiding && x->change < 0;
	if (less && anything_worse(s))
		str_puts(&t,
		        "The dose fell while something above got worse: the prescriber should "
		        "know.");
	else
		str_puts(&t, "The dose is no outcome by itself: read it beside pain and function.");
	out_remark(s->out, less && anything_worse(s) ? TONE_SOON : TONE_PLAIN, str_text(&t));
	str_free(&t);
}

void
story_medicine(struct story *s)
{
	struct str t = STR_INIT;

	for (size_t i = 0; i < s->h->n; i++)
		if (s->h->row[i].kind == KIND_MEDICINE && !told_before(s->h, i))
			add_medicine(s, i, &t);
	if (t.n)
		out_paragraph(s->out, str_text(&t));
	str_free(&t);
	write_total(s);
}
