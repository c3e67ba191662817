#include "stat/timeline.h"

#include <stdint.h>
#include <assert.h>
#include <stdlib.h>

#include <gsl/gsl_sort.h>

#include "base/diag.h"
#include "base/mem.h"
#include "stat/stats.h"

#define AT(member) offsetof(struct moment, member)
#define COLUMNS(cell)                                                                              \
	{                                                                                          \
		{ "metric", CELL_TEXT, AT(metric) }, { "unit", CELL_TEXT, AT(unit) },              \
		        { "period", CELL_TEXT, AT(period) }, { "n", CELL_COUNT, AT(n) },           \
		        { "mean", cell, AT(mean) }, { "sd", CELL_SD, AT(sd) },                     \
		        { "min", cell, AT(min) }, { "median", cell, AT(median) },                  \
		        { "max", cell, AT(max) }, { NULL, CELL_TEXT, 0 },                          \
	}
static const struct column_spec columns[] = COLUMNS(CELL_FIGURE);
static const struct column_spec columns_over[] = COLUMNS(CELL_OVER);

static const struct column_spec *
columns_of(const struct timeline_table *t)
{
	return keys_have(&t->keyed.by, KEY_PATIENT) ? columns : columns_over;
}

struct timeline_table *
timeline_table_new(const enum key *key, size_t keys)
{
	struct timeline_table *t = xcalloc(1, sizeof *t);

	keyed_begin(&t->keyed, key, keys);
	return t;
}

void
timeline_table_clear(struct timeline_table *t)
{
	t->n = 0;
	keyed_clear(&t->keyed);
}

void
timeline_table_free(struct timeline_table *t)
{
	if (!t)
		return;
	keyed_free(&t->keyed);
	free(t->at);
	free(t);
}

static const char *
keep(struct pool *pool, const char *text, size_t n)
{
	return pool_text(pool, pool_add(pool, text, n));
}

static void
name_period(struct moment *m, struct pool *pool, int day, enum every every)
{
	char name[DATE_TEXT];
	size_t n = period_write(name, day, every);

	m->day = day;
	m->period = keep(pool, name, n);
}

static void
fill_briefly(struct moment *m, const double *x, size_t n)
{
	m->n = (long)n;
	m->mean = stats_mean(x, n);
}

/* The figures of one period; X is put in order. */
static void
fill(struct moment *m, double *x, size_t n)
{
	fill_briefly(m, x, n);
	m->sd = stats_sd(x, n);
	gsl_sort(x, 1, n);
	m->min = n ? x[0] : UNKNOWN;
	m->median = stats_quantile(x, n, 0.5);
	m->max = n ? x[n - 1] : UNKNOWN;
}

/* The moments of one patient and metric on their way into the table. */
struct making {
	const struct series_query *q;
	enum every every;
	struct timeline_table *out;
	struct metric_set metrics;
	struct dailies values;
	struct moment *at; /* of the metric at hand, in order of time */
	size_t n, cap;
	double *x;
	size_t x_cap;
};

/* The days that the metric can say something of, within the period reported. */
static bool
range_of(struct making *m, struct evidence *evidence, enum metric_id id, struct days *out)
{
	const struct dailies *v = &m->values;

	if (metric_is_span(id)) {
		if (!span_range(evidence, id, out))
			return false;
	} else if (v->n) {
		*out = (struct days){ v->at[0].day, v->at[v->n - 1].day };
	} else {
		return false;
	}
	if (out->from < m->q->period.from)
		out->from = m->q->period.from;
	if (out->to > m->q->period.to)
		out->to = m->q->period.to;
	if (out->to > m->q->asof)
		out->to = m->q->asof;
	return out->from <= out->to;
}

/* The part of a period that is reported. */
static struct days
reported(const struct making *m, struct days period)
{
	int last = m->q->period.to < m->q->asof ? m->q->period.to : m->q->asof;

	if (period.from < m->q->period.from)
		period.from = m->q->period.from;
	if (period.to > last)
		period.to = last;
	return period;
}

/* The values of a period into m->x; *NEXT is the first value that was not looked at. */
static size_t
period_values(struct making *m, struct evidence *evidence, enum metric_id id, struct days days,
        size_t *next)
{
	const struct dailies *v = &m->values;
	size_t n = 0;

	if (metric_is_span(id)) {
		GROW(m->x, m->x_cap, n);
		m->x[0] = span_value(evidence, id, days.from, days.to);
		return known(m->x[0]) ? 1 : 0;
	}
	while (*next < v->n && v->at[*next].day < days.from)
		++*next;
	for (; *next < v->n && v->at[*next].day <= days.to; ++*next) {
		GROW(m->x, m->x_cap, n);
		m->x[n++] = v->at[*next].value;
	}
	return n;
}

static void
make_moment(struct making *m, struct moment *out, int day, size_t n)
{
	if (m->q->brief) {
		fill_briefly(out, m->x, n);
		out->day = day;
		return;
	}
	fill(out, m->x, n);
	name_period(out, m->out->keyed.pool, day, m->every);
}

static void
make_moments(struct making *m, struct evidence *evidence, enum metric_id id, struct days range,
        struct moment moment)
{
	size_t next = 0;

	m->n = 0;
	for (struct days p = period_of(range.from, m->every); p.from <= range.to;
	        p = period_of(p.to + 1, m->every)) {
		size_t n = period_values(m, evidence, id, reported(m, p), &next);
		if (n == 0 && (m->n == 0 || m->q->brief))
			continue; /* nothing yet */
		make_moment(m, &moment, p.from, n);
		columns_settle(columns, &moment);
		GROW(m->at, m->cap, m->n);
		m->at[m->n++] = moment;
	}
	while (m->n && m->at[m->n - 1].n == 0)
		m->n--;
}

static void
add_under_keys(const char *const value[KEYS_MOST], void *context)
{
	struct making *m = context;
	struct timeline_table *t = m->out;
	const char *key[KEYS_MOST];

	for (size_t k = 0; k < t->keyed.by.n; k++)
		key[k] = keep(t->keyed.pool, value[k], strlen(value[k]));
	for (size_t i = 0; i < m->n; i++) {
		GROW(t->at, t->cap, t->n);
		t->at[t->n] = m->at[i];
		memcpy(t->at[t->n++].key, key, t->keyed.by.n * sizeof *key);
	}
}

static void
make_metric(struct making *m, struct evidence *evidence, const struct metric *metric,
        const char *item, const char *focus)
{
	struct moment moment = { .id = metric->id };
	char name[METRIC_NAME];
	struct days range;

	if (metric_is_span(metric->id))
		dailies_reset(&m->values);
	else
		values_of(evidence, metric, &m->values);
	if (!range_of(m, evidence, metric->id, &range))
		return;
	moment.metric = keep(m->out->keyed.pool, name, metric_name(name, metric));
	moment.unit = metric_info_of(m->q->catalogue, metric, name).unit;
	make_moments(m, evidence, metric->id, range, moment);
	keys_each(&m->out->keyed.by, evidence, item, focus, add_under_keys, m);
}

static void
make_part(struct evidence *evidence, const char *item, const char *focus, void *context)
{
	struct making *m = context;

	metrics_of(&evidence->rows, item || focus, &m->q->metrics, &m->metrics);
	for (size_t i = 0; i < m->metrics.n; i++)
		make_metric(m, evidence, &m->metrics.at[i], item, focus);
}

void
timeline_of(const struct history *h, const struct series_query *q, enum every every,
        struct timeline_table *out)
{
	struct making m = { .q = q, .every = every, .out = out };
	struct evidence evidence = { 0 };

	evidence_begin(&evidence, h, q->catalogue, q->asof);
	parts_each(&out->keyed.by, &evidence, make_part, &m);
	metric_set_free(&m.metrics);
	dailies_free(&m.values);
	evidence_free(&evidence);
	free(m.at);
	free(m.x);
}

enum every
period_kind(const char *period)
{
	switch (strlen(period)) {
	case 10:
		return EVERY_DAY;
	case 8:
		return EVERY_WEEK;
	case 7:
		return EVERY_MONTH;
	case 4:
		return EVERY_YEAR;
	default:
		return EVERY_NONE;
	}
}

/* Is this text what ptstat prints for a period?  -14d is a stretch of days too, but none of them.
 */
static bool
is_period_name(const char *text, struct days *days)
{
	const enum every every = period_kind(text);
	char name[DATE_TEXT];

	if (every == EVERY_NONE || !period_word(text, 0, days))
		return false;
	return slice_eq((struct slice){ name, period_write(name, days->from, every) }, text);
}

bool
timeline_read(struct timeline_table *t, const struct row *row)
{
	char room[METRIC_NAME];
	struct moment m = { 0 };
	struct days days;

	if (!keyed_read(&t->keyed, columns, row, &m))
		return false;
	if (!is_period_name(m.period, &days)) {
		diag_reject((struct place){ row->file, row->record.line, "period" },
		        "%s is no day, week, month or year", quote(slice_of(m.period)));
		return false;
	}
	m.day = days.from;
	m.id = metric_parse(m.metric, room).id;
	GROW(t->at, t->cap, t->n);
	t->at[t->n++] = m;
	return true;
}

static int
compare_metrics(const struct moment *x, const struct moment *y)
{
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->metric == y->metric ? 0 : strcmp(x->metric, y->metric);
}

static int
compare_moments(const void *a, const void *b, void *context)
{
	const struct moment *x = a, *y = b;
	int order = keys_compare(context, x->key, y->key);

	if (order == 0)
		order = compare_metrics(x, y);
	return order ? order : (x->day > y->day) - (x->day < y->day);
}

void
timeline_sort(struct timeline_table *t)
{
	keyed_sort(&t->keyed, t->at, t->n, sizeof *t->at, compare_moments);
}

const char *
timeline_merge(struct timeline_table *t)
{
	return keyed_merge(&t->keyed, columns, t->at, &t->n, sizeof *t->at, compare_moments);
}

/* What is kept of a moment. */
struct member {
	double mean;
	int day;
	uint32_t place; /* once all are there: patients in the order in which they came */
};
static_assert(sizeof(struct member) == sizeof(double) + sizeof(int) + sizeof(uint32_t), "");

struct timeline_maker {
	struct gathering members;
	enum every every;
};

struct timeline_maker *
timeline_begin(const enum key *key, size_t keys, enum every every)
{
	struct timeline_maker *maker = xcalloc(1, sizeof *maker);

	maker->members = gathering_new(key, keys, sizeof(struct member));
	maker->every = every;
	return maker;
}

static void
add_member(struct timeline_maker *maker, const char *const *key, const struct moment *x)
{
	const struct member member = { .mean = x->mean, .day = x->day };

	gathering_add(&maker->members, key, x->metric, x->unit, x->id, &member);
}

void
timeline_add(struct timeline_maker *maker, const struct moment *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_member(maker, at[i].key, &at[i]);
}

struct gathering *
timeline_members(struct timeline_maker *maker)
{
	return &maker->members;
}

static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return x->day != y->day ? (x->day > y->day) - (x->day < y->day)
	                        : (x->place > y->place) - (x->place < y->place);
}

/* One group and metric: a row for each period from the first to the last. */
static void
group_moments(struct timeline_table *out, const struct gathered *group, enum every every, double *x)
{
	struct moment m = { .metric = group->metric, .unit = group->unit, .id = group->id };
	struct member *at = group->member;
	size_t i = 0;

	for (size_t k = 0; k < group->n; k++)
		at[k].place = (uint32_t)k;
	qsort(at, group->n, sizeof *at, compare_members);
	memcpy(m.key, group->key, sizeof m.key);
	while (i < group->n) {
		size_t n = 0;
		if (m.period)
			name_period(&m, out->keyed.pool, period_of(m.day, every).to + 1, every);
		else
			name_period(&m, out->keyed.pool, at[0].day, every);
		for (; i < group->n && at[i].day == m.day; i++)
			x[n++] = at[i].mean;
		fill(&m, x, n);
		GROW(out->at, out->cap, out->n);
		out->at[out->n++] = m;
	}
}

struct timeline_table *
timeline_end(struct timeline_maker *maker)
{
	struct gathering *members = &maker->members;
	struct timeline_table *t = timeline_table_new(members->by.key, members->by.n);
	double *x = xreallocarray(NULL, gathering_most(members), sizeof *x);

	gathering_sort(members);
	for (size_t i = 0; i < members->n; i++)
		group_moments(t, &members->group[i], maker->every, x);
	free(x);
	gathering_free(members);
	free(maker);
	return t;
}

static bool
one_kind(const struct timeline_table *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (period_kind(t->at[i].period) != period_kind(t->at[0].period))
			return false;
	return true;
}

static int
compare_patients(const void *a, const void *b, void *context)
{
	const struct moment *x = a, *y = b;
	const struct key_places *order = context;

	return strcmp(x->key[order->patient], y->key[order->patient]);
}

static struct timeline_table *
group_all(
        struct timeline_table *patients, const enum key *key, size_t keys, struct key_places *order)
{
	enum every every = patients->n ? period_kind(patients->at[0].period) : EVERY_NONE;
	struct timeline_maker *maker = timeline_begin(key, keys, every);
	const char *under[KEYS_MOST];

	if (patients->n && order->patient > 0) /* else they are in order of patients */
		qsort_r(patients->at, patients->n, sizeof *patients->at, compare_patients, order);
	for (size_t i = 0; i < patients->n; i++) {
		key_places_take(order, patients->at[i].key, under);
		if (patients->at[i].n > 0)
			add_member(maker, under, &patients->at[i]);
	}
	return timeline_end(maker);
}

struct timeline_table *
timeline_group(struct timeline_table *patients, const enum key *key, size_t keys, const char **why)
{
	struct key_places order;

	*why = timeline_merge(patients);
	if (!*why && !one_kind(patients))
		*why = "timelines of different periods cannot be grouped together";
	if (!*why)
		*why = key_places_find(&order, patients->keyed.by, keys_of(key, keys));
	return *why ? NULL : group_all(patients, key, keys, &order);
}

void
timeline_head(const struct timeline_table *t, struct csvout *out)
{
	keyed_head(&t->keyed.by, columns, out);
}

void
timeline_rows(const struct timeline_table *t, struct csvout *out)
{
	keyed_rows(&t->keyed.by, columns_of(t), t->at, t->n, sizeof *t->at, out);
}

void
timeline_write(const struct timeline_table *t, struct csvout *out)
{
	timeline_head(t, out);
	timeline_rows(t, out);
}
