#include "stat/groups.h"

#include <assert.h>
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

/* What is kept of a series. */
struct member {
	double baseline, current, change;
	int days;        /* of follow-up, for weeks_to_30; NO_DAYS: none */
	int16_t event;   /* it ended with the first window that is better by 30 % */
	int16_t verdict; /* enum verdict */
};
static_assert(sizeof(struct member) == 3 * sizeof(double) + sizeof(int) + 2 * sizeof(int16_t), "");
#define NO_DAYS (-1)

struct group_maker {
	struct gathering members;
};

/* Members at work, and room for one number of each. */
struct work {
	const struct member *at;
	size_t n;
	double sign; /* 1: higher is better, -1: lower, 0: neither */
	double *x;
	struct follow_up *follow;
};

/* One figure of those patients who have a change. */
static size_t
with_change(const struct work *m, size_t figure)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (known(m->at[i].change))
			m->x[n++] =
			        *(const double *)(const void *)((const char *)&m->at[i] + figure);
	return n;
}

static void
fill_change(const struct work *m, struct group *g)
{
	size_t n = with_change(m, offsetof(struct member, baseline));

	g->n = (long)n;
	g->baseline = stats_mean(m->x, n);
	with_change(m, offsetof(struct member, current));
	g->current = stats_mean(m->x, n);
	with_change(m, offsetof(struct member, change));
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
responders(const struct work *m, double part, long *of)
{
	struct share s = { UNKNOWN, { UNKNOWN, UNKNOWN } };
	long better = 0;

	*of = -1;
	if (m->sign == 0)
		return s;
	*of = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct member *x = &m->at[i];
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
fill_responders(const struct work *m, struct group *g)
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
fill_verdicts(const struct work *m, struct group *g)
{
	bool any = false;

	for (size_t i = 0; i < m->n; i++) {
		const enum verdict verdict = (enum verdict)m->at[i].verdict;
		any = any || verdict != VERDICT_NONE;
		g->judged += verdict != VERDICT_NONE && verdict != VERDICT_TOO_FEW;
		g->improved += verdict == VERDICT_IMPROVED;
		g->worse += verdict == VERDICT_WORSE;
	}
	if (!any)
		g->judged = g->improved = g->worse = -1;
}

static double
weeks_to_30(const struct work *m)
{
	size_t n = 0;

	if (m->sign == 0)
		return UNKNOWN;
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].days != NO_DAYS)
			m->follow[n++] = (struct follow_up){ m->at[i].days, m->at[i].event != 0 };
	return stats_median_time(m->follow, n) / 7;
}

static struct group
make_group(const struct gathered *members, struct work *m, const struct catalogue *c)
{
	struct group g = {
		.metric = members->metric, .unit = members->unit, .patients = (long)members->n
	};
	enum better better = metric_info(c, g.metric).better;

	memcpy(g.key, members->key, sizeof g.key);
	m->at = members->member;
	m->n = members->n;
	m->sign = better == BETTER_HIGHER ? 1 : better == BETTER_LOWER ? -1 : 0;
	fill_change(m, &g);
	fill_responders(m, &g);
	fill_verdicts(m, &g);
	g.weeks_to_30 = weeks_to_30(m);
	columns_settle(columns, &g);
	return g;
}

/* Of a text that was read too; one that is none of ours was judged somehow. */
static int16_t
verdict_of(const char *text)
{
	for (int16_t v = 0; verdict_names[v]; v++)
		if (text == verdict_names[v] || text_eq(text, verdict_names[v]))
			return v;
	return VERDICT_UNCHANGED;
}

static struct member
member_of(const struct series *x)
{
	const bool event = known(x->weeks_to_30);
	const bool followed = x->baseline > 0 && x->weeks > 0;

	return (struct member){ x->baseline, x->current, x->change,
		followed ? (int)nearbyint(7 * (event ? x->weeks_to_30 : x->weeks)) : NO_DAYS, event,
		verdict_of(x->verdict) };
}

struct group_maker *
groups_begin(const enum key *key, size_t keys)
{
	struct group_maker *maker = xcalloc(1, sizeof *maker);

	maker->members = gathering_new(key, keys, sizeof(struct member));
	return maker;
}

static void
add_member(struct group_maker *maker, const char *const *key, const struct series *x)
{
	const struct member member = member_of(x);

	gathering_add(&maker->members, key, x->metric, x->unit, x->id, &member);
}

void
groups_add(struct group_maker *maker, const struct series *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_member(maker, at[i].key, &at[i]);
}

struct gathering *
groups_members(struct group_maker *maker)
{
	return &maker->members;
}

struct group_table *
groups_end(struct group_maker *maker, const struct catalogue *c)
{
	struct gathering *members = &maker->members;
	struct group_table *t = xcalloc(1, sizeof *t);
	const size_t most = gathering_most(members);
	struct work work = { .x = xreallocarray(NULL, most, sizeof *work.x),
		.follow = xreallocarray(NULL, most, sizeof *work.follow) };

	memcpy(t->key, members->by.key, sizeof t->key);
	t->keys = members->by.n;
	gathering_sort(members);
	for (size_t i = 0; i < members->n; i++) {
		GROW(t->at, t->cap, t->n);
		t->at[t->n++] = make_group(&members->group[i], &work, c);
	}
	free(work.x);
	free(work.follow);
	gathering_free(members);
	free(maker);
	return t;
}

static int
compare_patients(const void *a, const void *b, void *context)
{
	const struct series *x = a, *y = b;
	const struct key_places *order = context;

	return strcmp(x->key[order->patient], y->key[order->patient]);
}

struct group_table *
groups_of(struct series_table *series, const enum key *key, size_t keys, const struct catalogue *c,
        const char **why)
{
	struct group_maker *maker;
	struct key_places order;
	const char *under[KEYS_MOST];

	*why = series_merge(series);
	if (!*why)
		*why = key_places_find(&order, series->keyed.by, keys_of(key, keys));
	if (*why)
		return NULL;
	maker = groups_begin(key, keys);
	if (series->n && order.patient > 0) /* else they are in order of patients */
		qsort_r(series->at, series->n, sizeof *series->at, compare_patients, &order);
	for (size_t i = 0; i < series->n; i++) {
		key_places_take(&order, series->at[i].key, under);
		add_member(maker, under, &series->at[i]);
	}
	return groups_end(maker, c);
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
