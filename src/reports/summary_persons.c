/* The summary's line of each patient: the course, where it stands, what changed. */
#include "base/mem.h"
#include "reports/summary_tables.h"
#include "reports/words.h"

void
summary_cell(struct grid *g, enum tone tone, struct str *text)
{
	grid_add_tone(g, tone, text->n ? str_text(text) : NOTHING);
	str_free(text);
}

static void
add_number(struct grid *g, double x, int most, const char *unit)
{
	struct str t = STR_INIT;

	if (known(x)) {
		words_number(&t, x, most);
		str_puts(&t, unit);
	}
	summary_cell(g, TONE_PLAIN, &t);
}

/* What should have been repeated by now says nothing of today. */
static bool
is_overdue(const struct facts *f, int day)
{
	return day != DAY_NONE && f->asof - day > cat_setting(f->catalogue, "overdue-days");
}

static bool
is_old(const struct facts *f, const struct series *s)
{
	return is_overdue(f, s->last);
}

static void
add_now(struct grid *g, const struct facts *f, const struct series *s)
{
	add_number(g, s && !is_old(f, s) ? s->current : UNKNOWN, 1, "");
}

/* "-2.1 improved"; of an old one its day too */
static void
add_change(struct grid *g, const struct facts *f, const struct series *s)
{
	struct str t = STR_INIT;

	if (s && known(s->change)) {
		words_change(&t, s->change, 1);
		if (s->verdict && *s->verdict)
			str_addf(&t, " %s",
			        strcmp(s->verdict, "too-few") == 0 ? "too few" : s->verdict);
		if (is_old(f, s)) {
			str_puts(&t, ", ");
			words_day(&t, s->last);
		}
	}
	summary_cell(g, words_verdict_tone(s ? s->verdict : NULL), &t);
}

/* Is there anything to say of opioids? */
static bool
is_told(const struct mme *m)
{
	return m->hiding || known(m->value);
}

static bool
is_other(const struct mme *a, const struct mme *b)
{
	if (a->hiding || b->hiding)
		return !a->hiding != !b->hiding;
	return fabs(a->value - b->value) >= 0.05;
}

static void
add_mme(struct str *t, const struct mme *m)
{
	if (m->hiding)
		str_putc(t, '?');
	else
		words_number(t, m->value, 1);
}

/* "20 (was 40)"; of one that may have changed since its day too */
static void
add_medicine(struct grid *g, const struct facts *f, const struct person *p)
{
	struct str t = STR_INIT;

	if (is_told(&p->mme)) {
		add_mme(&t, &p->mme);
		if (is_told(&p->mme_start) && is_other(&p->mme_start, &p->mme)) {
			str_puts(&t, " (was ");
			add_mme(&t, &p->mme_start);
			str_putc(&t, ')');
		}
		if (is_overdue(f, p->mme.day)) {
			str_puts(&t, ", ");
			words_day(&t, p->mme.day);
		}
	}
	summary_cell(g, TONE_PLAIN, &t);
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
	summary_cell(g, TONE_PLAIN, &t);
}

static void
add_name(struct grid *g, const struct person *p)
{
	struct str t = STR_INIT;

	str_puts(&t, p->id);
	if (p->care != CARE_ACTIVE)
		str_addf(&t, " (%s)", care_names[p->care]);
	if (strcmp(p->symptom, "dizziness") == 0)
		str_puts(&t, " (dizziness)");
	grid_add(g, str_text(&t));
	str_free(&t);
}

static void
add_person(struct grid *g, const struct facts *f, const struct person *p)
{
	add_name(g, p);
	add_course(g, p);
	add_now(g, f, p->series);
	add_change(g, f, p->series);
	add_number(g, p->adherence, 0, PERCENT);
	add_medicine(g, f, p);
	add_data_days(g, p);
}

static const struct grid_column person_columns[] = {
	{ "Patient", ALIGN_LEFT, true, false },
	{ "Pain, 12 weeks", ALIGN_LEFT, false, false },
	{ "Now", ALIGN_POINT, false, false },
	{ "Change", ALIGN_LEFT, false, false },
	{ "Plan done", ALIGN_RIGHT, false, false },
	{ "MME/day", ALIGN_LEFT, false, true },
	{ "Data", ALIGN_RIGHT, false, false },
};
#define MME_LEGEND                                                                                 \
	"MME: morphine equivalents at the last contact (with its day when that is long ago; ?: "   \
	"takes an opioid that has no factor); a smaller dose alone is no success."
static const char person_legend[] =
        "Pain at rest, 0 to 10: the mean of each week (a dot: nothing noted), of the newest week "
        "unless it is long ago, and its change since the first. Plan done and days with data: of "
        "the last 14 days. " MME_LEGEND;

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
	summary_cell(g, TONE_PLAIN, &t);
}

static void
add_compared(struct grid *g, const struct facts *f, const struct person *p)
{
	struct str change = STR_INIT;

	add_name(g, p);
	add_course(g, p);
	add_pair(g, p->mean, p->mean_before, 1, "");
	if (known(p->mean) && known(p->mean_before))
		words_change(&change, p->mean - p->mean_before, 1);
	summary_cell(g, TONE_PLAIN, &change);
	add_pair(g, (double)p->sessions, (double)p->sessions_before, 0, "");
	add_pair(g, p->adherence, p->adherence_before, 0, PERCENT);
	add_medicine(g, f, p);
}

static const struct grid_column compared_columns[] = {
	{ "Patient", ALIGN_LEFT, true, false },
	{ "Pain, 12 weeks", ALIGN_LEFT, false, false },
	{ "Pain (before)", ALIGN_LEFT, false, false },
	{ "Change", ALIGN_RIGHT, false, false },
	{ "Days (before)", ALIGN_LEFT, false, false },
	{ "Plan done (before)", ALIGN_LEFT, false, true },
	{ "MME/day", ALIGN_LEFT, false, true },
};
static const char compared_legend[] =
        "Means of pain at rest, 0 to 10, of this period and in brackets of the one before; the "
        "course is of the 12 weeks up to the end. Days: with exercise. " MME_LEGEND
        " A difference from one period to the next is a question, no verdict.";

struct grid *
summary_person_grid(const struct facts *f, const struct person *const *person, size_t n)
{
	struct grid *g = f->compares
	        ? grid_new("Patients", compared_columns, LENGTH(compared_columns))
	        : grid_new("Patients", person_columns, LENGTH(person_columns));

	for (size_t i = 0; i < n; i++) {
		if (f->compares)
			add_compared(g, f, person[i]);
		else
			add_person(g, f, person[i]);
	}
	return g;
}

const char *
summary_person_legend(const struct facts *f)
{
	return f->compares ? compared_legend : person_legend;
}
