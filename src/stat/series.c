#include "stat/series.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"

#define AT(member) offsetof(struct series, member)
static const struct column_spec columns[] = {
	{ "metric", CELL_TEXT, AT(metric) },
	{ "unit", CELL_TEXT, AT(unit) },
	{ "n", CELL_COUNT, AT(n) },
	{ "from", CELL_DAY, AT(from) },
	{ "to", CELL_DAY, AT(to) },
	{ "weeks", CELL_FIGURE, AT(weeks) },
	{ "baseline", CELL_FIGURE, AT(baseline) },
	{ "current", CELL_FIGURE, AT(current) },
	{ "change", CELL_FIGURE, AT(change) },
	{ "change_pct", CELL_FIGURE, AT(change_pct) },
	{ "mean", CELL_FIGURE, AT(mean) },
	{ "sd", CELL_SD, AT(sd) },
	{ "min", CELL_FIGURE, AT(min) },
	{ "q1", CELL_FIGURE, AT(q1) },
	{ "median", CELL_FIGURE, AT(median) },
	{ "q3", CELL_FIGURE, AT(q3) },
	{ "max", CELL_FIGURE, AT(max) },
	{ "slope_week", CELL_FIGURE, AT(slope_week) },
	{ "slope_lo", CELL_FIGURE, AT(slope_lo) },
	{ "slope_hi", CELL_FIGURE, AT(slope_hi) },
	{ "trend_p", CELL_TAIL, AT(trend_p) },
	{ "nap", CELL_FIGURE, AT(nap) },
	{ "mcid", CELL_FIGURE, AT(mcid) },
	{ "mdc", CELL_FIGURE, AT(mdc) },
	{ "verdict", CELL_TEXT, AT(verdict) },
	{ "weeks_to_30", CELL_FIGURE, AT(weeks_to_30) },
	{ NULL, CELL_TEXT, 0 },
};

struct series_table *
series_table_new(const enum key *key, size_t keys)
{
	struct series_table *t = xcalloc(1, sizeof *t);

	keyed_begin(&t->keyed, key, keys);
	return t;
}

void
series_table_clear(struct series_table *t)
{
	t->n = 0;
	keyed_clear(&t->keyed);
}

void
series_table_free(struct series_table *t)
{
	if (!t)
		return;
	keyed_free(&t->keyed);
	free(t->at);
	free(t);
}

struct summary_query
summary_query_of(const struct series_query *q)
{
	return (struct summary_query){ q->period, q->horizon, cat_setting(q->catalogue, "window"),
		cat_setting(q->catalogue, "ratings"), q->brief };
}

static struct series
series_from(const struct summary *x)
{
	return (struct series){
		.n = (long)x->n,
		.from = x->from,
		.to = x->to,
		.weeks = x->weeks,
		.baseline = x->baseline,
		.current = x->current,
		.change = x->change,
		.change_pct = x->change_pct,
		.mean = x->mean,
		.sd = x->sd,
		.min = x->min,
		.q1 = x->q1,
		.median = x->median,
		.q3 = x->q3,
		.max = x->max,
		.slope_week = x->slope_week,
		.slope_lo = x->slope_lo,
		.slope_hi = x->slope_hi,
		.trend_p = x->trend_p,
		.nap = x->nap,
		.mcid = x->mcid,
		.mdc = x->mdc,
		.verdict = verdict_names[x->verdict],
		.weeks_to_30 = x->weeks_to_30,
		.since = x->since,
		.last = x->last,
	};
}

/* The series of one patient on their way into the table. */
struct making {
	const struct series_query *q;
	struct summary_query summary;
	struct series_table *out;
	struct metric_set metrics;
	struct dailies values;
	struct series series; /* the one to be added under each combination of keys */
};

static const char *
keep(struct pool *pool, const char *text)
{
	return pool_text(pool, pool_add(pool, text, strlen(text)));
}

static void
add_under_keys(const char *const value[KEYS_MOST], void *context)
{
	struct making *m = context;
	struct series_table *t = m->out;

	GROW(t->at, t->cap, t->n);
	struct series *s = &t->at[t->n++];
	*s = m->series;
	for (size_t i = 0; i < t->keyed.by.n; i++)
		s->key[i] = keep(t->keyed.pool, value[i]);
}

static void
make_metric(struct making *m, struct evidence *evidence, const struct metric *metric,
        const char *item, const char *focus)
{
	char name[METRIC_NAME];
	struct summary x;

	metric_name(name, metric);
	struct metric_info info = metric_info_of(m->q->catalogue, metric, name);
	values_of(evidence, metric, &m->values);
	if (!summarise(&m->values, metric->id, &info, &m->summary, &x))
		return;
	m->series = series_from(&x);
	m->series.metric = keep(m->out->keyed.pool, name);
	m->series.unit = info.unit;
	m->series.id = metric->id;
	columns_settle(columns, &m->series);
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
series_of(const struct history *h, const struct series_query *q, struct series_table *out)
{
	struct making m = { .q = q, .summary = summary_query_of(q), .out = out };
	struct evidence evidence = { 0 };

	evidence_begin(&evidence, h, q->catalogue, q->asof);
	parts_each(&out->keyed.by, &evidence, make_part, &m);
	metric_set_free(&m.metrics);
	dailies_free(&m.values);
	evidence_free(&evidence);
}

bool
series_read(struct series_table *t, const struct row *row)
{
	char room[METRIC_NAME];
	struct series s = { .since = DAY_NONE };

	if (!keyed_read(&t->keyed, columns, row, &s))
		return false;
	s.last = s.to;
	s.id = metric_parse(s.metric, room).id;
	GROW(t->at, t->cap, t->n);
	t->at[t->n++] = s;
	return true;
}

static int
compare_series(const void *a, const void *b, void *context)
{
	const struct series *x = a, *y = b;
	int order = keys_compare(context, x->key, y->key);

	if (order)
		return order;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return strcmp(x->metric, y->metric);
}

void
series_sort(struct series_table *t)
{
	keyed_sort(&t->keyed, t->at, t->n, sizeof *t->at, compare_series);
}

const char *
series_merge(struct series_table *t)
{
	return keyed_merge(&t->keyed, columns, t->at, &t->n, sizeof *t->at, compare_series);
}

void
series_head(const struct series_table *t, struct csvout *out)
{
	keyed_head(&t->keyed.by, columns, out);
}

void
series_rows(const struct series_table *t, struct csvout *out)
{
	keyed_rows(&t->keyed.by, columns, t->at, t->n, sizeof *t->at, out);
}

void
metric_values(const struct history *h, const struct catalogue *c, const char *metric,
        const char *item, int asof, struct dailies *out)
{
	struct evidence evidence = { 0 };
	char room[METRIC_NAME];
	struct metric m = metric_parse(metric, room);

	evidence_begin(&evidence, h, c, asof);
	evidence_limit(&evidence, item);
	values_of(&evidence, &m, out);
	evidence_free(&evidence);
}
