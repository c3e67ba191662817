/*
 * How is everybody doing?  First who needs a look, beside it the good news, then a line a patient,
 * then the groups.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "reports/shape.h"
#include "reports/view.h"
#include "reports/words.h"

#define PAGE 40 /* lines of patients, and of what needs a look; the rest is counted */
#define CHART_DAYS (26 * 7)
#define GROUP_LEAST 3 /* smaller ones say what their lines say already */

static const char *
plural(size_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

static void
add_title(struct str *out, const struct facts *f)
{
	const char *title = f->query->title;

	str_puts(out, title ? title : f->query->has_period ? "Summary of " : "Summary as of ");
	if (title)
		str_puts(out, ", ");
	if (f->query->has_period)
		words_days(out, f->period);
	else
		words_day(out, f->asof);
}

static size_t
count_severity(const struct facts *f, enum severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < f->attention->n; i++)
		n += f->attention->at[i].severity == severity &&
		        (i == 0 || f->attention->at[i - 1].severity != severity ||
		                strcmp(f->attention->at[i].patient,
		                        f->attention->at[i - 1].patient) != 0);
	return n;
}

/* "2 urgent, 1 soon, 3 to watch": patients, not reasons */
static bool
add_counts(struct str *out, const struct facts *f)
{
	static const char *const words[] = { "urgent", "soon", "to watch" };
	size_t before = out->n;

	for (int s = SEVERITY_URGENT; s <= SEVERITY_WATCH; s++) {
		size_t n = count_severity(f, (enum severity)s);

		if (n)
			str_addf(out, "%s%zu %s", out->n > before ? ", " : "", n, words[s]);
	}
	return out->n > before;
}

void
summary_subject(struct str *out, const struct facts *f)
{
	add_title(out, f);
	str_puts(out, ": ");
	if (!add_counts(out, f))
		str_puts(out, "nobody needs a look");
}

/* An old log looks as if all were well: say where its days are. */
static void
add_staleness(struct str *line, const struct facts *f)
{
	if (f->newest == DAY_NONE || f->asof - f->newest <= cat_setting(f->catalogue, "active-days"))
		return;
	str_puts(line, " The newest entry is of ");
	words_day(line, f->newest);
	str_puts(line, "; for the state of that day add --today ");
	words_day(line, f->newest);
	str_putc(line, '.');
}

static void
write_opening(struct out *out, const struct facts *f)
{
	struct str line = STR_INIT;

	if (f->persons == 0 && f->given_groups)
		return;
	str_addf(&line, "%zu %s", f->persons, plural(f->persons, "patient", "patients"));
	if (f->compares) {
		str_puts(&line, "; set against ");
		words_days(&line, f->before);
	}
	str_putc(&line, '.');
	if (f->attention_known) {
		str_putc(&line, ' ');
		if (!add_counts(&line, f))
			str_puts(&line, "Nobody needs a look");
		str_putc(&line, '.');
	}
	add_staleness(&line, f);
	out_paragraph(out, str_text(&line));
	str_free(&line);
}

/* ---- Who needs a look ---- */

static void
write_rest(struct out *out, size_t rest, const char *how)
{
	struct str line = STR_INIT;

	if (rest == 0)
		return;
	str_addf(&line, "and %zu more: %s", rest, how);
	out_remark(out, TONE_QUIET, str_text(&line));
	str_free(&line);
}

static size_t
first_good_news(const struct facts *f)
{
	size_t i = 0;

	while (i < f->attention->n && f->attention->at[i].severity != SEVERITY_GOOD)
		i++;
	return i;
}

/* All reasons of a patient that are equally urgent in one row; how many rows of attention it tells.
 */
static size_t
add_reasons(struct grid *g, const struct facts *f, const struct attention *a, size_t n)
{
	struct str words = STR_INIT;
	size_t told = 0;

	while (told < n && a[told].severity == a->severity &&
	        strcmp(a[told].patient, a->patient) == 0) {
		str_puts(&words, told ? " " : "");
		told += words_attention(&words, f->catalogue, &a[told], n - told);
	}
	if (a->severity != SEVERITY_GOOD)
		grid_add_tone(g, words_tone(a->severity), severity_names[a->severity]);
	grid_add(g, a->patient);
	grid_add(g, str_text(&words));
	str_free(&words);
	return told;
}

/* Adds a page of rows; how many rows of attention are left for "and N more". */
static size_t
add_page(struct grid *g, const struct facts *f, size_t from, size_t to)
{
	while (from < to && grid_rows(g) < PAGE)
		from += add_reasons(g, f, &f->attention->at[from], to - from);
	return to - from;
}

static void
write_attention(struct out *out, const struct facts *f)
{
	static const struct grid_column column[] = {
		{ "How soon", ALIGN_LEFT, false, false },
		{ "Patient", ALIGN_LEFT, true, false },
		{ "What, and what to do", ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new("Who needs a look, the most urgent first", column, 3);
	size_t rest = add_page(g, f, 0, first_good_news(f));

	if (grid_rows(g))
		out_heading(out, 2, "Needs a look");
	out_table(out, g);
	write_rest(out, rest, "ptstat --attention LOG | ptreport --as table");
	grid_free(g);
}

static void
write_good_news(struct out *out, const struct facts *f)
{
	static const struct grid_column column[] = {
		{ "Patient", ALIGN_LEFT, true, false },
		{ "What went well", ALIGN_LEFT, false, true },
	};
	struct grid *g = grid_new("Good news", column, 2);
	size_t rest = add_page(g, f, first_good_news(f), f->attention->n);

	if (grid_rows(g))
		out_heading(out, 2, "Good news");
	out_table(out, g);
	write_rest(out, rest, "ptstat --attention LOG | ptreport --as table");
	grid_free(g);
}

/* ---- A line a patient ---- */

#define NOTHING "\u2013" /* unknown, which is not zero */

static void
add_number(struct grid *g, double x, int most, const char *unit)
{
	struct str t = STR_INIT;

	if (known(x)) {
		words_number(&t, x, most);
		str_puts(&t, unit);
	}
	grid_add(g, t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

static enum tone
verdict_tone(const char *verdict)
{
	return !verdict                            ? TONE_PLAIN
	        : strcmp(verdict, "improved") == 0 ? TONE_GOOD
	        : strcmp(verdict, "worse") == 0    ? TONE_SOON
	                                           : TONE_PLAIN;
}

/* "-2.1 improved" */
static void
add_change(struct grid *g, const struct series *s)
{
	struct str t = STR_INIT;

	if (s && known(s->change)) {
		words_change(&t, s->change, 1);
		if (s->verdict && *s->verdict)
			str_addf(&t, " %s",
			        strcmp(s->verdict, "too-few") == 0 ? "too few" : s->verdict);
	}
	grid_add_tone(g, verdict_tone(s ? s->verdict : NULL), t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

/* "20 (was 40)" */
static void
add_medicine(struct grid *g, const struct person *p)
{
	struct str t = STR_INIT;

	if (known(p->mme)) {
		words_number(&t, p->mme, 1);
		if (known(p->mme_start) && fabs(p->mme_start - p->mme) >= 0.05) {
			str_puts(&t, " (was ");
			words_number(&t, p->mme_start, 1);
			str_putc(&t, ')');
		}
	}
	grid_add(g, t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

static void
add_course(struct grid *g, const struct person *p)
{
	struct str words = STR_INIT;
	size_t n = 0;

	str_addf(&words, "%s, means of the last %d weeks: ", p->symptom, COURSE_WEEKS);
	for (size_t i = 0; i < COURSE_WEEKS; i++) {
		n += known(p->course[i]);
		str_puts(&words, i ? ", " : "");
		if (known(p->course[i]))
			words_number(&words, p->course[i], 1);
		else
			str_puts(&words, "unknown");
	}
	if (n)
		grid_add_course(g, p->course, COURSE_WEEKS, str_text(&words));
	else
		grid_add(g, NOTHING);
	str_free(&words);
}

static void
add_data_days(struct grid *g, const struct person *p)
{
	struct str t = STR_INIT;

	if (p->data_days >= 0)
		str_addf(&t, "%d", p->data_days);
	grid_add(g, t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

static void
add_name(struct grid *g, const struct person *p)
{
	struct str t = STR_INIT;

	str_puts(&t, p->id);
	if (strcmp(p->symptom, "dizziness") == 0)
		str_puts(&t, " (dizziness)");
	grid_add(g, str_text(&t));
	str_free(&t);
}

static void
add_person(struct grid *g, const struct person *p)
{
	add_name(g, p);
	add_course(g, p);
	add_number(g, p->series ? p->series->current : UNKNOWN, 1, "");
	add_change(g, p->series);
	add_number(g, p->adherence, 0, " %");
	add_medicine(g, p);
	add_data_days(g, p);
}

static const struct grid_column person_columns[] = {
	{ "Patient", ALIGN_LEFT, true, false },
	{ "Pain, 12 weeks", ALIGN_LEFT, false, false },
	{ "Now", ALIGN_POINT, false, false },
	{ "Change", ALIGN_LEFT, false, false },
	{ "Plan done", ALIGN_RIGHT, false, false },
	{ "MME/day", ALIGN_LEFT, false, false },
	{ "Data", ALIGN_RIGHT, false, false },
};
static const char person_legend[] =
        "Pain at rest, 0 to 10: the mean of each week (a dot: nothing noted), of the newest week, "
        "and its "
        "change since the first. Plan done and days with data: of the last 14 days. MME: morphine "
        "equivalents; a smaller dose alone is no success.";

/* "4.2 (before 5.0)" */
static void
add_pair(struct grid *g, double now, double before, int most, const char *unit)
{
	struct str t = STR_INIT;

	if (known(now) || known(before)) {
		if (known(now))
			words_number(&t, now, most);
		else
			str_puts(&t, NOTHING);
		str_puts(&t, known(now) ? unit : "");
		str_puts(&t, " (");
		if (known(before))
			words_number(&t, before, most);
		else
			str_puts(&t, NOTHING);
		str_addf(&t, "%s)", known(before) ? unit : "");
	}
	grid_add(g, t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

static void
add_compared(struct grid *g, const struct person *p)
{
	struct str change = STR_INIT;

	add_name(g, p);
	add_course(g, p);
	add_pair(g, p->mean, p->mean_before, 1, "");
	if (known(p->mean) && known(p->mean_before))
		words_change(&change, p->mean - p->mean_before, 1);
	grid_add(g, change.n ? str_text(&change) : NOTHING);
	add_pair(g, (double)p->sessions, (double)p->sessions_before, 0, "");
	add_pair(g, p->adherence, p->adherence_before, 0, " %");
	add_medicine(g, p);
	str_free(&change);
}

static const struct grid_column compared_columns[] = {
	{ "Patient", ALIGN_LEFT, true, false },
	{ "Pain, 12 weeks", ALIGN_LEFT, false, false },
	{ "Pain (before)", ALIGN_LEFT, false, false },
	{ "Change", ALIGN_RIGHT, false, false },
	{ "Days (before)", ALIGN_LEFT, false, false },
	{ "Plan done (before)", ALIGN_LEFT, false, true },
	{ "MME/day", ALIGN_LEFT, false, false },
};
static const char compared_legend[] = "Means of pain at rest, 0 to 10, of this period and in "
                                      "brackets of the one before; the course "
                                      "is of the 12 weeks up to the end. Days: with exercise. MME: "
                                      "morphine equivalents on the last "
                                      "day; a smaller dose alone is no success. A difference of "
                                      "two weeks is a question, no verdict.";

static int
by_need(const void *a, const void *b)
{
	const struct person *x = *(const struct person *const *)a;
	const struct person *y = *(const struct person *const *)b;

	return x->worst != y->worst ? (x->worst > y->worst) - (x->worst < y->worst)
	                            : strcmp(x->id, y->id);
}

/* All in order of id; more than a page: those who need a look come first.  Free it. */
static const struct person **
order_persons(const struct facts *f)
{
	const struct person **order = xreallocarray(NULL, f->persons + 1, sizeof *order);

	for (size_t i = 0; i < f->persons; i++)
		order[i] = &f->person[i];
	if (f->persons > PAGE)
		qsort(order, f->persons, sizeof *order, by_need);
	return order;
}

static void
write_persons(struct out *out, const struct facts *f, const struct person *const *order)
{
	struct grid *g = f->compares
	        ? grid_new("Patients", compared_columns, LENGTH(compared_columns))
	        : grid_new("Patients", person_columns, LENGTH(person_columns));

	for (size_t i = 0; i < f->persons && i < PAGE; i++) {
		if (f->compares)
			add_compared(g, order[i]);
		else
			add_person(g, order[i]);
	}
	if (grid_rows(g)) {
		out_heading(out, 2, "Patients");
		out_table(out, g);
		write_rest(out, f->persons > PAGE ? f->persons - PAGE : 0,
		        "ptreport -p ID,ID, or ptstat LOG | ptreport --as table");
		out_remark(out, TONE_QUIET, f->compares ? compared_legend : person_legend);
	}
	grid_free(g);
}

/* ---- Charts, where the format draws ---- */

struct drawing {
	struct out *out;
	const struct facts *facts;
	const struct person *const *order;
};

static bool
on_page(const struct drawing *d, const char *id)
{
	for (size_t i = 0; i < d->facts->persons && i < PAGE; i++)
		if (strcmp(d->order[i]->id, id) == 0)
			return true;
	return false;
}

static void
draw_patient(const struct history *h, void *context)
{
	struct drawing *d = context;
	const struct facts *f = d->facts;
	struct patient_chart course;
	const struct person *p = NULL;
	struct str heading = STR_INIT;

	if (!on_page(d, h->patient))
		return;
	for (size_t i = 0; i < f->persons; i++)
		if (strcmp(f->person[i].id, h->patient) == 0)
			p = &f->person[i];
	patient_chart_of(h, f->catalogue, p ? p->series : NULL, f->asof, CHART_DAYS, &course);
	if (course.chart.values.n) {
		str_addf(&heading, "%s%s%s", h->patient, p && p->condition ? ": " : "",
		        p && p->condition ? p->condition : "");
		d->out->format->open(d->out);
		out_heading(d->out, 3, str_text(&heading));
		out_chart(d->out, &course.chart);
		d->out->format->close(d->out);
	}
	patient_chart_free(&course);
	str_free(&heading);
}

static void
write_charts(struct out *out, const struct facts *f, const struct person *const *order)
{
	struct drawing d = { out, f, order };

	if (!out->format->draws || store_patients(f->store) == 0)
		return;
	out_heading(out, 2, "Courses");
	out_remark(out, TONE_QUIET,
	        "Pain at rest on a fixed scale; a break in the line is a stretch of more than two "
	        "weeks "
	        "without a note. Triangles: the plan changed. Flags: a red flag was raised.");
	store_each(f->store, ORDER_TIME, f->asof, draw_patient, &d);
}

/* ---- Groups ---- */

static void
add_share(struct grid *g, double percent, long n)
{
	struct str t = STR_INIT;

	if (n > 0 && known(percent)) {
		words_number(&t, percent, 0);
		str_addf(&t, " %% of %ld", n);
	}
	grid_add(g, t.n ? str_text(&t) : NOTHING);
	str_free(&t);
}

static void
add_group(struct grid *g, const struct facts *f, const struct group *group)
{
	const struct condition *c = cat_condition(f->catalogue, slice_of(group->key[0]));
	struct str metric = STR_INIT, change = STR_INIT, n = STR_INIT;

	words_metric(&metric, f->catalogue, group->metric);
	words_capital(&metric, 0);
	if (known(group->change)) {
		words_change(&change, group->change, 1);
		if (known(group->change_lo)) {
			str_puts(&change, " (");
			words_change(&change, group->change_lo, 1);
			str_puts(&change, " to ");
			words_change(&change, group->change_hi, 1);
			str_putc(&change, ')');
		}
	}
	str_addf(&n, "%ld", group->n);
	grid_add(g, c ? c->name.text : *group->key[0] ? group->key[0] : "without condition");
	grid_add(g, str_text(&metric));
	grid_add(g, str_text(&n));
	grid_add(g, change.n ? str_text(&change) : NOTHING);
	add_share(g, group->responders_30, group->responders_n);
	str_free(&metric);
	str_free(&change);
	str_free(&n);
}

/* One row a condition and measure: its first measure, or pain. */
static bool
leads(const struct facts *f, const struct group *group)
{
	const struct condition *c = cat_condition(f->catalogue, slice_of(group->key[0]));
	const char *first = c ? c->default_measures[0] : NULL;

	if (!first || strcmp(first, "nprs") == 0)
		return strcmp(group->metric, "pain") == 0;
	return strcmp(group->metric, first) == 0;
}

/* A table of groups that came with the stream says what its maker asked for. */
static void
write_given_groups(struct out *out, const struct facts *f)
{
	struct str left_out = STR_INIT;
	struct grid *g;

	if (!f->given_groups || grid_rows(f->given_groups) == 0)
		return;
	g = shape_columns(f->given_groups, &left_out);
	out_heading(out, 2, "Groups");
	out_table(out, g);
	grid_free(g);
	str_free(&left_out);
}

static void
write_groups(struct out *out, const struct facts *f)
{
	static const struct grid_column column[] = {
		{ "Condition", ALIGN_LEFT, true, true },
		{ "Measure", ALIGN_LEFT, false, true },
		{ "n", ALIGN_RIGHT, false, false },
		{ "Mean change (95 %)", ALIGN_LEFT, false, true },
		{ "30 % better", ALIGN_RIGHT, false, false },
	};
	struct grid *g = grid_new("Groups by condition", column, LENGTH(column));

	for (size_t i = 0; f->groups && i < f->groups->n; i++)
		if (f->groups->at[i].patients >= GROUP_LEAST && leads(f, &f->groups->at[i]))
			add_group(g, f, &f->groups->at[i]);
	if (grid_rows(g)) {
		out_heading(out, 2, "Groups");
		out_table(out, g);
		out_remark(out, TONE_QUIET,
		        "n: patients with a first and a later value. People start on a bad day: "
		        "part of "
		        "every change is that, and no group here is held against another.");
	}
	grid_free(g);
	write_given_groups(out, f);
}

static void
write_summary(struct out *out, const struct query *q, struct facts *f)
{
	const struct person **order = order_persons(f);
	struct str title = STR_INIT;

	(void)q;
	add_title(&title, f);
	out_heading(out, 1, str_text(&title));
	write_opening(out, f);
	write_attention(out, f);
	write_good_news(out, f);
	write_persons(out, f, order);
	write_groups(out, f);
	write_charts(out, f, order);
	str_free(&title);
	free(order);
}

const struct view view_summary = {
	.name = "summary", .title = "Summary", .computes = true, .write = write_summary
};
