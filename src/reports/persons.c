/* What the summary says of each patient, and what is computed for it. */
#include <stdlib.h>

#include "base/mem.h"
#include "domain/adherence.h"
#include "domain/profile.h"
#include "reports/concerns.h"
#include "reports/facts.h"
#include "reports/retell.h"

#define RECENT 14 /* days that "now" means for data and adherence */

static int
series_cmp(const struct series *s, const char *patient, const char *metric)
{
	int order = strcmp(s->key[0], patient);

	return order ? order : strcmp(s->metric, metric);
}

/*
 * Tables are ordered by keys first, so a patient's rows stand together; within them the metrics of
 * several conditions repeat, and the first will do.
 */
const struct series *
facts_series(const struct series_table *t, const char *patient, const char *metric)
{
	size_t lo = 0, hi = t ? t->n : 0;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (strcmp(t->at[middle].key[0], patient) < 0)
			lo = middle + 1;
		else
			hi = middle;
	}
	for (; t && lo < t->n && strcmp(t->at[lo].key[0], patient) == 0; lo++)
		if (series_cmp(&t->at[lo], patient, metric) == 0)
			return &t->at[lo];
	return NULL;
}

/* What the table of groups and the lines of patients show: no more is computed. */
static void
ask_metrics(struct series_query *q, const struct catalogue *c)
{
	cli_list_add(&q->metrics, "--metric", "pain,dizziness,mme");
	for (size_t i = 0; i < c->n_conditions; i++) {
		const char *first = c->conditions[i].default_measures[0];

		if (first && strcmp(first, "nprs") != 0 &&
		        !cli_list_has(&q->metrics, slice_of(first)))
			cli_list_add(&q->metrics, "--metric", first);
	}
}

static int
count_done(const struct history *h, struct days days)
{
	int last = DAY_NONE, n = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];

		if (e->kind != KIND_EXERCISE || !entry_done(e) || e->date.day == last ||
		        e->date.day < days.from || e->date.day > days.to)
			continue;
		last = e->date.day;
		n++;
	}
	return n;
}

static void
fill_medicine(struct person *p, const struct history *h, const struct facts *f)
{
	struct dailies doses = DAILY_INIT;

	p->mme = mme_at(h, f->catalogue, f->asof);
	if (f->compares) {
		p->mme_start = mme_at(h, f->catalogue, f->before.to);
	} else if (known(p->mme.value) || p->mme.hiding) {
		mme_days(h, f->catalogue, p->mme.day, &doses);
		if (doses.n)
			p->mme_start.value = doses.at[0].value;
		dailies_free(&doses);
	}
}

static void
fill_adherence(struct person *p, const struct history *h, const struct facts *f)
{
	struct planned *plan = planned_new(h, cat_setting(f->catalogue, "plan-days"));
	struct days now = { f->asof - RECENT + 1, f->asof };

	if (f->query->has_period)
		now = f->period;
	/* A plan of this very day cannot have been done yet. */
	p->adherence = planned_first(plan, f->asof) == f->asof
	        ? UNKNOWN
	        : adherence_since_plan(plan, now.from, now.to);
	p->adherence_before =
	        f->compares ? adherence_since_plan(plan, f->before.from, f->before.to) : UNKNOWN;
	planned_free(plan);
}

static void
fill_course(struct person *p, const struct history *h, const struct facts *f)
{
	struct dailies values = DAILY_INIT;

	p->symptom = course_symptom(h, f->catalogue, f->asof);
	metric_values(h, f->catalogue, p->symptom, NULL, f->asof, &values);
	course_weeks(&values, f->asof, p->course);
	p->mean = dailies_mean(&values, f->period);
	p->mean_before = dailies_mean(&values, f->before);
	dailies_free(&values);
}

static struct person *
person_new(struct facts *f, const char *id)
{
	struct person *p;

	GROW(f->person, f->cap, f->persons);
	p = &f->person[f->persons++];
	*p = (struct person){ .id = id,
		.symptom = "pain",
		.mean = UNKNOWN,
		.mean_before = UNKNOWN,
		.adherence = UNKNOWN,
		.adherence_before = UNKNOWN,
		.mme = MME_NONE,
		.mme_start = MME_NONE,
		.data_days = -1,
		.referred = DAY_NONE,
		.worst = SEVERITY_GOOD + 1 };
	for (size_t i = 0; i < COURSE_WEEKS; i++)
		p->course[i] = UNKNOWN;
	return p;
}

static void
fill_condition(struct person *p, const struct history *h, const struct facts *f)
{
	const struct condition *condition[1];
	const char *id[1];
	size_t unknown;

	if (profile_conditions(h, f->catalogue, f->asof, condition, 1, &unknown))
		p->condition = condition[0]->name.text;
	else if (profile_condition_ids(h, f->catalogue, f->asof, id, 1))
		p->condition = id[0];
}

struct computing {
	struct facts *facts;
	struct concerns *concerns;
	struct series_query query;
};

/* Who was heard of, but not for long. */
static bool
is_silent(const struct facts *f, int contact)
{
	return contact != DAY_NONE && f->asof - contact > cat_setting(f->catalogue, "active-days");
}

/* The first day of which an event still needs a look. */
static int
events_from(const struct facts *f)
{
	const int recent = f->asof - RECENT + 1;

	return f->compares && f->period.from < recent ? f->period.from : recent;
}

/* What is said of somebody who is treated, beside the list of ptstat. */
static void
add_concerns(struct computing *now, struct person *p, const struct history *h)
{
	struct facts *f = now->facts;

	p->referred = referred_on(h);
	if (p->referred != DAY_NONE)
		p->referral = referral_words(h, f->catalogue, p->referred);
	concerns_of(now->concerns, h, events_from(f), f->asof, f->attention);
}

static void
compute_patient(const struct history *h, void *context)
{
	static const struct keys none = { .n = 0 };
	struct computing *now = context;
	struct facts *f = now->facts;
	struct person *p = person_new(f, h->patient);
	int contact = last_contact(h);

	p->care = profile_care(h, f->asof);
	if (p->care < CARE_DISCHARGED && !is_silent(f, contact))
		add_concerns(now, p, h);
	if (contact > f->newest)
		f->newest = contact;
	f->silent += p->care < CARE_DISCHARGED && is_silent(f, contact);
	fill_condition(p, h, f);
	fill_course(p, h, f);
	fill_adherence(p, h, f);
	fill_medicine(p, h, f);
	remarks_take(&f->remarks, h, f->catalogue, &none, NULL, true);
	p->data_days = data_days(h, f->asof - RECENT + 1, f->asof);
	p->sessions = count_done(h, f->period);
	p->sessions_before = f->compares ? count_done(h, f->before) : 0;
	series_of(h, &now->query, f->series);
	if (!f->attention_given)
		attention_of(h, f->catalogue, f->asof, f->attention);
}

/* Patients of whom only series came, without a log. */
static void
add_given_patients(struct facts *f)
{
	const char *last = NULL;

	if (store_patients(f->store) || !f->given)
		return;
	for (size_t i = 0; i < f->given->n; i++) {
		const char *id = f->given->at[i].key[0];

		if (last && strcmp(last, id) == 0)
			continue;
		last = id;
		person_new(f, id);
	}
}

static int
person_cmp(const void *id, const void *person)
{
	return strcmp(id, ((const struct person *)person)->id);
}

static void
mark_worst(struct facts *f)
{
	for (size_t i = 0; f->persons && i < f->attention->n; i++) {
		const struct attention *a = &f->attention->at[i];
		struct person *p =
		        bsearch(a->patient, f->person, f->persons, sizeof *f->person, person_cmp);

		if (p && (int)a->severity < p->worst)
			p->worst = (int)a->severity;
	}
}

static void
compute_series(struct facts *f)
{
	struct computing now = { .facts = f,
		.concerns = concerns_new(f->catalogue),
		.query = { .key = { KEY_PATIENT, KEY_CONDITION },
		        .keys = 2,
		        .period = { DAY_MIN, DAY_MAX },
		        .asof = f->asof,
		        .metrics = CLI_LIST_INIT,
		        .brief = true,
		        .catalogue = f->catalogue } };

	ask_metrics(&now.query, f->catalogue);
	f->series = series_table_new(now.query.key, now.query.keys);
	store_each(f->store, ORDER_TIME, f->asof, compute_patient, &now);
	concerns_free(now.concerns);
	cli_list_free(&now.query.metrics);
}

static void
compute_groups(struct facts *f)
{
	static const enum key by[] = { KEY_CONDITION };
	struct series_table *t = f->series->n ? f->series : f->given;
	const char *why = NULL;

	if (f->given_groups || !t || !keys_have(&t->keyed.by, KEY_CONDITION))
		return;
	f->groups = groups_of(t, by, 1, f->catalogue, &why);
	if (!f->groups)
		diag_note("no groups: %s", why);
}

/*
 * The two ratings of a symptom that are part of its own series: that series says whether it is
 * clearly better, and single visits must not say otherwise beside it.
 */
static bool
told_by_symptom(const struct attention *a)
{
	return a->severity == SEVERITY_GOOD && strcmp(a->reason, "mcid") == 0 &&
	        (strcmp(a->metric, "nprs") == 0 || strcmp(a->metric, "dizziness-vas") == 0);
}

static void
drop_told_by_symptom(struct attention_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (!told_by_symptom(&t->at[i]))
			t->at[n++] = t->at[i];
	t->n = n;
}

/* Series stand on another stretch of days than the period; a log has what theirs is made from. */
static void
drop_given(struct facts *f)
{
	if (store_patients(f->store) == 0)
		diag_note("series are left out: a period is computed from the log");
	series_table_free(f->given);
	f->given = NULL;
}

void
facts_compute(struct facts *f)
{
	const char *why;

	if (f->query->has_period && f->given)
		drop_given(f);
	f->newest = DAY_NONE;
	compute_series(f);
	compute_groups(f);
	series_sort(f->series); /* groups have an order of their own */
	if (f->given && (why = series_merge(f->given)))
		diag_note("%s", why);
	add_given_patients(f);
	f->attention_known = f->attention_given || store_patients(f->store) > 0;
	attention_sort(f->attention);
	drop_told_by_symptom(f->attention);
	mark_worst(f);
	for (size_t i = 0; i < f->persons; i++) {
		struct person *p = &f->person[i];

		p->series = facts_series(f->given, p->id, p->symptom);
		if (!p->series)
			p->series = facts_series(f->series, p->id, p->symptom);
	}
}

bool
facts_need_attention(const struct facts *f)
{
	for (size_t i = 0; i < f->attention->n; i++)
		if (f->attention->at[i].severity != SEVERITY_GOOD)
			return true;
	return facts_referred(f) > 0;
}

bool
person_is_referred(const struct person *p)
{
	return p->referred != DAY_NONE && p->worst != SEVERITY_URGENT;
}

size_t
facts_referred(const struct facts *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->persons; i++)
		n += person_is_referred(&f->person[i]);
	return n;
}
