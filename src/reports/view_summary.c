/*
 * How is everybody doing?  First who needs a look, beside it the good news, then a line a patient,
 * then the groups.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "reports/summary_tables.h"
#include "reports/view.h"
#include "reports/words.h"

#define PAGE 40 /* lines of patients, and of what needs a look; the rest is counted */
#define CHART_DAYS (26 * 7)
#define UNCOUNTED_SHOWN 10

static const char *
plural(size_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

static void
add_title(struct str *out, const struct facts *f)
{
	const char *title = f->query->title;
	const bool open = f->query->has_period && f->period.from == DAY_MIN;

	if (title)
		str_addf(out, "%s, ", title);
	else
		str_puts(out, "Summary ");
	if (open)
		str_puts(out, "until ");
	else if (!title)
		str_puts(out, f->query->has_period ? "of " : "as of ");
	if (f->query->has_period && !open)
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
	if (facts_referred(f))
		str_addf(out, "%s%zu referred", out->n > before ? ", " : "", facts_referred(f));
	return out->n > before;
}

/* Did nothing come but tables that are left out? */
static bool
sums_up_nobody(const struct facts *f)
{
	return f->left_out && f->persons == 0 && !f->given_groups && !f->attention_given;
}

void
summary_subject(struct str *out, const struct facts *f)
{
	add_title(out, f);
	if (store_asked_in_vain(f->store) || sums_up_nobody(f))
		return;
	str_puts(out, ": ");
	if (!add_counts(out, f))
		str_puts(out, "nobody needs a look");
}

/* An old log looks as if all were well: say where its days are. */
static void
add_staleness(struct str *line, const struct facts *f)
{
	if (f->newest == DAY_NONE ||
	        f->asof - f->newest <= cat_setting(f->catalogue, "active-days"))
		return;
	str_puts(line, " The newest entry is of ");
	words_day(line, f->newest);
	str_puts(line, "; for the state of that day add --today ");
	words_day(line, f->newest);
	str_putc(line, '.');
}

/* Of both nothing is in the tables below, which must not pass for good news. */
static void
add_absent(struct str *line, const struct facts *f)
{
	size_t rejected = store_rejected(f->store);

	if (f->silent)
		str_addf(line, " %zu %s not been heard of for more than %.0f days.", f->silent,
		        plural(f->silent, "has", "have"), cat_setting(f->catalogue, "active-days"));
	if (rejected)
		str_addf(line, " Rows of %zu %s could not be read and are missing here.", rejected,
		        plural(rejected, "patient", "patients"));
}

/* "10 patients; set against 2026-11-09 to 2026-11-15." */
static void
add_number(struct str *line, const struct facts *f)
{
	str_addf(line, "%zu %s", f->persons, plural(f->persons, "patient", "patients"));
	if (f->compares) {
		str_puts(line, "; set against ");
		words_days(line, f->before);
	}
	str_putc(line, '.');
}

static void
write_opening(struct out *out, const struct facts *f)
{
	struct str line = STR_INIT;

	if (f->persons == 0 && f->given_groups)
		return;
	if (f->persons || !f->attention_given)
		add_number(&line, f);
	if (f->attention_known) {
		str_puts(&line, line.n ? " " : "");
		if (!add_counts(&line, f))
			str_puts(&line, "Nobody needs a look");
		str_putc(&line, '.');
	}
	add_absent(&line, f);
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
write_referral(struct out *out, const struct person *p)
{
	struct str line = STR_INIT;

	str_addf(&line, "Referred in the newest plan: %s (", p->id);
	words_day(&line, p->referred);
	str_addf(&line, ").%s%s", p->referral ? " " : "", p->referral ? p->referral : "");
	out_remark(out, TONE_SOON, str_text(&line));
	str_free(&line);
}

/* A referral is no reason of the table above, but whoever reads this must not miss it. */
static void
write_referrals(struct out *out, const struct facts *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->persons; i++)
		if (person_is_referred(&f->person[i]) && n++ < PAGE)
			write_referral(out, &f->person[i]);
	write_rest(out, n > PAGE ? n - PAGE : 0, "ptlog -k plan -w \"decision = 'refer'\" LOG");
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

/* One of them may be an opioid under another name, and the sum too small. */
static void
write_uncounted(struct out *out, const struct facts *f)
{
	const struct pool *names = f->remarks.unlisted[UNLISTED_MEDICINE];
	const size_t n = names ? pool_count(names) : 0;
	struct str line = STR_INIT;

	for (uint32_t i = 0; i < n && i < UNCOUNTED_SHOWN; i++)
		str_addf(&line, "%s%s",
		        i ? ", " : "Not in MME, as the catalogue lacks it: ", pool_text(names, i));
	if (n > UNCOUNTED_SHOWN)
		str_addf(&line, " and %zu more", n - UNCOUNTED_SHOWN);
	if (n > 0) {
		str_putc(&line, '.');
		out_remark(out, TONE_QUIET, str_text(&line));
	}
	str_free(&line);
}

static void
write_persons(struct out *out, const struct facts *f, const struct person *const *order)
{
	struct grid *g = summary_person_grid(f, order, f->persons < PAGE ? f->persons : PAGE);

	if (grid_rows(g)) {
		out_heading(out, 2, "Patients");
		out_table(out, g);
		write_rest(out, f->persons > PAGE ? f->persons - PAGE : 0,
		        "ptreport -p ID,ID, or ptstat LOG | ptreport --as table");
		out_remark(out, TONE_QUIET, summary_person_legend(f));
		write_uncounted(out, f);
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
	struct str legend = STR_INIT, line = STR_INIT;

	if (!out->format->draws || store_patients(f->store) == 0)
		return;
	out_heading(out, 2, "Courses");
	chart_legend(&legend, NULL);
	str_addf(&line, "Pain at rest on a fixed scale. %s", str_text(&legend));
	out_remark(out, TONE_QUIET, str_text(&line));
	str_free(&legend);
	str_free(&line);
	store_each(f->store, ORDER_TIME, f->asof, draw_patient, &d);
}

static void
write_parts(struct out *out, const struct facts *f)
{
	const struct person **order = order_persons(f);

	write_opening(out, f);
	write_attention(out, f);
	write_referrals(out, f);
	write_good_news(out, f);
	write_persons(out, f, order);
	summary_groups(out, f);
	write_charts(out, f, order);
	free(order);
}

static void
write_summary(struct out *out, const struct query *q, struct facts *f)
{
	struct str title = STR_INIT;

	(void)q;
	if (sums_up_nobody(f)) {
		out_paragraph(out,
		        "There is no patient in this input to sum up; --as table shows what "
		        "there is.");
		return;
	}
	add_title(&title, f);
	out_heading(out, 1, str_text(&title));
	if (!view_of_nobody(out, f))
		write_parts(out, f);
	str_free(&title);
}

const struct view view_summary = {
	.name = "summary", .title = "Summary", .computes = true, .write = write_summary
};
