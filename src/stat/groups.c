#include "stat/groups.h"

#include <stdlib.h>

#include "base/mem.h"
#include "stat/stats.h"

#define AT(member) offsetof(struct group, member)
static const struct column_spec columns[] = {
	{ "metric", CELL_TEXT, AT(metric) },
	{ "unit", CELL_TEXT, AT(unit) },
	{ "patients", CELL_COUNT, AT(patients) },
	{ "n", CELL_COUNT, AT(n) },
	{ "baseline", CELL_OVER, AT(baseline) },
	{ "current", CELL_OVER, AT(current) },
	{ "change", CELL_OVER, AT(change) },
	{ "change_lo", CELL_TAIL, AT(change_lo) },
	{ "change_hi", CELL_TAIL, AT(change_hi) },
	{ "effect", CELL_TAIL, AT(effect) },
	{ "responders_n", CELL_COUNT, AT(responders_n) },
	{ "responders_30", CELL_OVER, AT(responders_30) },
	{ "responders_30_lo", CELL_TAIL, AT(responders_30_lo) },
	{ "responders_30_hi", CELL_TAIL, AT(responders_30_hi) },
	{ "responders_50", CELL_OVER, AT(responders_50) },
	{ "responders_50_lo", CELL_TAIL, AT(responders_50_lo) },
	{ "responders_50_hi", CELL_TAIL, AT(responders_50_hi) },
	{ "judged", CELL_COUNT, AT(judged) },
	{ "improved", CELL_COUNT, AT(improved) },
	{ "worse", CELL_COUNT, AT(worse) },
	{ "weeks_to_30", CELL_OVER, AT(weeks_to_30) },
	{ NULL, CELL_TEXT, 0 },
};

/* The series of one group, and room for one number of each. */
struct members {
	const struct series *at;
	size_t n;
	double sign; /* 1: higher is better, -1: lower, 0: neither */
	double *x;
	struct follow_up *follow;
};

/* One figure of those patients who have a change. */
static size_t
with_change(const struct members *m, size_t member)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (known(m->at[i].change))
			m->x[n++] =
			        *(const double *)(const void *)((const char *)&m->at[i] + member);
	return n;
}

static void
fill_change(const struct members *m, struct group *g)
{
	size_t n = with_change(m, offsetof(struct series, baseline));

	g->n = (long)n;
	g->baseline = stats_mean(m->x, n);
	with_change(m, offsetof(struct series, current));
	g->current = stats_mean(m->x, n);
	with_change(m, offsetof(struct series, change));
	g->change = stats_mean(m->x, n);
	struct interval t = stats_t_interval(m->x, n);
	g->change_lo = t.lo;
	g->change_hi = t.hi;
	g->effect = stats_hedges_g(m->x, n);
}

struct share {
	double percent;
	struct interval wilson;
};

/* Percent of the patients with a baseline above 0 who are better by at least this part of it. */
static struct share
responders(const struct members *m, double part, long *of)
{
	struct share s = { UNKNOWN, { UNKNOWN, UNKNOWN } };
	long better = 0;

	*of = -1;
	if (m->sign == 0)
		return s;
	*of = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct series *x = &m->at[i];
		if (!known(x->change) || !(x->baseline > 0))
			continue;
		++*of;
		better += at_least(m->sign * x->change, part * x->baseline);
	}
	if (*of == 0)
		return s;
	s.percent = 100.0 * (double)better / (double)*of;
	s.wilson = stats_wilson(better, *of);
	s.wilson.lo *= 100;
	s.wilson.hi *= 100;
	return s;
}

static void
fill_responders(const struct members *m, struct group *g)
{
	struct share s = responders(m, 0.3, &g->responders_n);

	g->responders_30 = s.percent;
	g->responders_30_lo = s.wilson.lo;
	g->responders_30_hi = s.wilson.hi;
	s = responders(m, 0.5, &g->responders_n);
	g->responders_50 = s.percent;
	g->responders_50_lo = s.wilson.lo;
	g->responders_50_hi = s.wilson.hi;
}

static void
fill_verdicts(const struct members *m, struct group *g)
{
	bool any = false;

	for (size_t i = 0; i < m->n; i++) {
		const char *verdict = m->at[i].verdict;
		any = any || verdict[0];
		g->judged += verdict[0] && strcmp(verdict, "too-few") != 0;
		g->improved += strcmp(verdict, "improved") == 0;
		g->worse += strcmp(verdict, "worse") == 0;
	}
	if (!any)
		g->judged = g->improved = g->worse = -1;
}

static double
weeks_to_30(const struct members *m)
{
	size_t n = 0;

	if (m->sign == 0)
		return UNKNOWN;
	for (size_t i = 0; i < m->n; i++) {
		const struct series *x = &m->at[i];
		bool event = known(x->weeks_to_30);
		if (x->baseline > 0 && x->weeks > 0)
			m->follow[n++] = (struct follow_up){
				(int)nearbyint(7 * (event ? x->weeks_to_30 : x->weeks)), event
			};
	}
	return stats_median_time(m->follow, n) / 7;
}

static struct group
group_of(struct members *m, const struct catalogue *c)
{
	struct group g = {
		.metric = m->at[0].metric, .unit = m->at[0].unit, .patients = (long)m->n
	};
	enum better better = metric_info(c, g.metric).better;

	m->sign = better == BETTER_HIGHER ? 1 : better == BETTER_LOWER ? -1 : 0;
	fill_change(m, &g);
	fill_responders(m, &g);
	fill_verdicts(m, &g);
	g.weeks_to_30 = weeks_to_30(m);
	return g;
}

/* For grouping: by the keys asked for and the metric, then by patient. */
static int
compare_groups(const struct series *x, const struct series *y, const struct key_places *order)
{
	int c = key_places_compare(order, x->key, y->key);

	if (c)
		return c;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->metric == y->metric ? 0 : strcmp(x->metric, y->metric);
}

static int
compare_members(const void *a, const void *b, void *context)
{
	const struct series *x = a, *y = b;
	const struct key_places *order = context;
	int c = compare_groups(x, y, order);

	return c ? c : strcmp(x->key[order->patient], y->key[order->patient]);
}

static void
add_group(struct group_table *t, const struct key_places *order, struct group g,
        const struct series *first)
{
	key_places_take(order, first->key, g.key);
	columns_settle(columns, &g);
	GROW(t->at, t->cap, t->n);
	t->at[t->n++] = g;
}

static void
add_groups(struct group_table *t, struct series_table *series, struct key_places *order,
        const struct catalogue *c)
{
	struct members m = { .x = xreallocarray(NULL, series->n, sizeof *m.x),
		.follow = xreallocarray(NULL, series->n, sizeof *m.follow) };

	if (series->n)
		qsort_r(series->at, series->n, sizeof *series->at, compare_members, order);
	for (size_t i = 0, j; i < series->n; i = j) {
		j = i + 1;
		while (j < series->n && compare_groups(&series->at[i], &series->at[j], order) == 0)
			j++;
		m.at = &series->at[i];
		m.n = j - i;
		add_group(t, order, group_of(&m, c), m.at);
	}
	free(m.x);
	free(m.follow);
}

struct group_table *
groups_of(struct series_table *series, const enum key *key, size_t keys, const struct catalogue *c,
        const char **why)
{
	struct group_table *t;
	struct key_places order;

	*why = series_merge(series);
	if (!*why)
		*why = key_places_find(&order, series->keyed.by, keys_of(key, keys));
	if (*why)
		return NULL;
	t = xcalloc(1, sizeof *t);
	memcpy(t->key, key, keys * sizeof *key);
	t->keys = keys;
	if (series->n)
		add_groups(t, series, &order, c);
	return t;
}

void
group_table_free(struct group_table *t)
{
	if (!t)
		return;
	free(t->at);
	free(t);
}

void
groups_write(const struct group_table *t, struct csvout *out)
{
	const struct keys by = keys_of(t->key, t->keys);

	keyed_head(&by, columns, out);
	keyed_rows(&by, columns, t->at, t->n, sizeof *t->at, out);
}
