#include "stat/result.h"

#include <stdlib.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/effect.h"
#include "base/mem.h"

struct result {
	const struct result_query *ask;
	struct csvout *out;
	bool begun;  /* the header is written */
	bool tables; /* the input holds series or timelines */
	/* One of the three. */
	struct series_table *series;
	struct timeline_table *timeline;
	struct attention_table *look;
	/* Groups of a log's patients: of each, the series or moments go straight into their groups.
	 */
	struct series_query brief;
	struct group_maker *groups;
	struct series_table *one;
	struct timeline_maker *timelines;
	struct timeline_table *one_timeline;
	bool *seen; /* by metric of the query: it occurred */
	size_t unseen;
};

struct result *
result_new(const struct result_query *ask, struct csvout *out)
{
	struct result *r = xcalloc(1, sizeof *r);

	r->ask = ask;
	r->out = out;
	r->seen = xcalloc(ask->q.metrics.n + 1, sizeof *r->seen);
	r->unseen = ask->q.metrics.n;
	r->brief = ask->q;
	r->brief.brief = true;
	if (ask->attention)
		r->look = attention_table_new();
	else if (ask->every)
		r->timeline = timeline_table_new(ask->q.key, ask->q.keys);
	else
		r->series = series_table_new(ask->q.key, ask->q.keys);
	return r;
}

void
result_free(struct result *r)
{
	series_table_free(r->series);
	timeline_table_free(r->timeline);
	attention_table_free(r->look);
	series_table_free(r->one);
	timeline_table_free(r->one_timeline);
	free(r->seen);
	free(r);
}

/* --- the rows that are printed --- */

static void
mark_seen(struct result *r, const char *metric)
{
	char room[METRIC_NAME];

	if (r->unseen == 0)
		return;
	struct metric m = metric_parse(metric, room);
	for (size_t i = 0; i < r->ask->q.metrics.n; i++) {
		const char *wanted = r->ask->q.metrics.item[i];
		if (r->seen[i] ||
		        (strcmp(metric, wanted) != 0 &&
		                (m.id != METRIC_MEASURE || strcmp(m.item, wanted) != 0)))
			continue;
		r->seen[i] = true;
		r->unseen--;
		effect();
	}
}

static void
mark_series(struct result *r, const struct series_table *t)
{
	for (size_t i = 0; r->unseen && t && i < t->n; i++)
		mark_seen(r, t->at[i].metric);
}

static void
mark_moments(struct result *r, const struct timeline_table *t)
{
	for (size_t i = 0; r->unseen && t && i < t->n; i++)
		mark_seen(r, t->at[i].metric);
}

static void
mark_all_seen(struct result *r)
{
	mark_series(r, r->series);
	mark_moments(r, r->timeline);
}

static void
write_head(struct result *r)
{
	if (!r->begun && r->series)
		series_head(r->series, r->out);
	else if (!r->begun && r->timeline)
		timeline_head(r->timeline, r->out);
	r->begun = true;
}

/* Sorts and prints the rows that are there, and lets go of them. */
static void
write_rows(struct result *r)
{
	mark_all_seen(r);
	if (r->series) {
		series_sort(r->series);
		write_head(r);
		series_rows(r->series, r->out);
		series_table_clear(r->series);
	} else if (r->timeline) {
		timeline_sort(r->timeline);
		write_head(r);
		timeline_rows(r->timeline, r->out);
		timeline_table_clear(r->timeline);
	}
}

/* Can patients be forgotten once they are in their groups?  Tables that were read are looked
 * through for patients who are in the log too. */
static bool
goes_into_groups(const struct result *r)
{
	return !r->look && !r->tables && !r->ask->grouped && !keys_have(&r->ask->by, KEY_PATIENT);
}

static void
begin_groups(struct result *r)
{
	const struct keys *by = &r->ask->by;

	if (r->groups || r->timelines)
		return;
	if (r->ask->every) {
		r->timelines = timeline_begin(by->key, by->n, r->ask->every);
		r->one_timeline = timeline_table_new(by->key, by->n);
	} else {
		r->groups = groups_begin(by->key, by->n);
		r->one = series_table_new(by->key, by->n);
	}
}

/* The texts of one patient's rows stay, for those of the next. */
static void
add_to_groups(struct result *r, const struct history *h)
{
	r->one->n = 0;
	series_of(h, &r->brief, r->one);
	mark_series(r, r->one);
	groups_add(r->groups, r->one->at, r->one->n);
}

static void
add_to_timelines(struct result *r, const struct history *h)
{
	r->one_timeline->n = 0;
	timeline_of(h, &r->brief, r->ask->every, r->one_timeline);
	mark_moments(r, r->one_timeline);
	timeline_add(r->timelines, r->one_timeline->at, r->one_timeline->n);
}

static void
add_rows(struct result *r, const struct history *h)
{
	const struct result_query *ask = r->ask;

	if (ask->attention)
		attention_of(h, ask->q.catalogue, ask->q.asof, r->look);
	else if (ask->every)
		timeline_of(h, &ask->q, ask->every, r->timeline);
	else
		series_of(h, &ask->q, r->series);
}

/* Can a patient's rows be printed as soon as they are known, for they come in the table's order? */
static bool
goes_out_at_once(const struct result *r)
{
	const struct result_query *ask = r->ask;

	return !r->look && !r->tables && !(ask->tee && ask->grouped) &&
	        ask->by.key[0] == KEY_PATIENT;
}

void
result_add(struct result *r, const struct history *h)
{
	if (!goes_into_groups(r)) {
		add_rows(r, h);
		if (goes_out_at_once(r))
			write_rows(r);
		return;
	}
	begin_groups(r);
	if (r->timelines)
		add_to_timelines(r, h);
	else
		add_to_groups(r, h);
}

/* --- two processes --- */

bool
result_can_be_shared(const struct result *r)
{
	return !r->ask->grouped && (goes_out_at_once(r) || goes_into_groups(r));
}

static struct gathering *
gathering_of(struct result *r)
{
	begin_groups(r);
	return r->timelines ? timeline_members(r->timelines) : groups_members(r->groups);
}

static struct pool *
texts_of(const struct result *r)
{
	return r->timelines ? r->one_timeline->keyed.pool : r->one->keyed.pool;
}

void
result_send(struct result *r, struct str *made)
{
	if (goes_into_groups(r)) {
		gathering_send(gathering_of(r), made);
		return;
	}
	r->out = csvout_to_str(made, ',');
	r->begun = true;
}

void
result_take(struct result *r, struct slice made)
{
	if (goes_into_groups(r)) {
		struct gathering *g = gathering_of(r);
		gathering_take(g, made, texts_of(r));
		return;
	}
	write_head(r);
	csvout_raw(r->out, made.s, made.n);
}

/* --- tables that were read --- */

void
result_header(struct result *r, const struct row *row)
{
	const struct series_query *q = &r->ask->q;
	const struct keys table = keys_of_header(row->header), asked = keys_of(q->key, q->keys);

	r->tables = true;
	if (q->period.from != DAY_MIN || q->period.to != DAY_MAX || q->horizon)
		usage_error("%s:%ld: period and horizon belong to the run that makes the %s",
		        row->file, row->record.line, table_name(row->header->table));
	for (size_t i = 0; i < asked.n; i++)
		if (asked.key[i] != KEY_ALL && !keys_have(&table, asked.key[i]))
			usage_error("%s:%ld: this %s has no column '%s'; it was made with "
			            "another --by",
			        row->file, row->record.line, table_name(row->header->table),
			        key_names[asked.key[i]]);
}

/* Is this patient and metric asked for? */
static bool
is_asked(const struct result_query *ask, const char *const *key, const char *metric)
{
	char room[METRIC_NAME];
	struct metric m = metric_parse(metric, room);
	size_t i = 0;

	while (ask->q.key[i] != KEY_PATIENT)
		i++;
	return metric_picked(&ask->q.metrics, &m) &&
	        (ask->patients.n == 0 || cli_list_has(&ask->patients, slice_of(key[i])));
}

void
result_row(struct result *r, const struct row *row)
{
	if (r->series && series_read(r->series, row)) {
		const struct series *s = &r->series->at[r->series->n - 1];
		r->series->n -= !is_asked(r->ask, s->key, s->metric);
	}
	if (r->timeline && timeline_read(r->timeline, row)) {
		const struct moment *m = &r->timeline->at[r->timeline->n - 1];
		if (period_kind(m->period) != r->ask->every)
			usage_error("%s:%ld: the timeline has another step than --every", row->file,
			        row->record.line);
		r->timeline->n -= !is_asked(r->ask, m->key, m->metric);
	}
}

/* --- the table --- */

/* A metric that neither catalogue nor input knows is a typing error. */
static void
check_seen(const struct result *r)
{
	char near[METRIC_NAME];

	for (size_t i = 0; i < r->ask->q.metrics.n; i++) {
		const char *name = r->ask->q.metrics.item[i];
		if (r->seen[i] || metric_is_known(r->ask->q.catalogue, name))
			continue;
		if (metric_nearest(r->ask->q.catalogue, name, near))
			usage_error("--metric: '%s' is not known and not in the input; did you "
			            "mean '%s'?",
			        name, near);
		usage_error("--metric: '%s' is not known and not in the input", name);
	}
}

static struct group_table *
all_groups(struct result *r, const char **why)
{
	const struct result_query *ask = r->ask;

	if (r->groups)
		return groups_end(r->groups, ask->q.catalogue);
	return groups_of(r->series, ask->by.key, ask->by.n, ask->q.catalogue, why);
}

static struct timeline_table *
all_timelines(struct result *r, const char **why)
{
	if (r->timelines)
		return timeline_end(r->timelines);
	return timeline_group(r->timeline, r->ask->by.key, r->ask->by.n, why);
}

static void
write_groups(struct result *r)
{
	const char *why = NULL;

	if (r->series) {
		struct group_table *t = all_groups(r, &why);
		if (t)
			groups_write(t, r->out);
		group_table_free(t);
	} else {
		struct timeline_table *t = all_timelines(r, &why);
		if (t)
			timeline_write(t, r->out);
		timeline_table_free(t);
	}
	if (why)
		die("%s", why);
}

void
result_write(struct result *r)
{
	const char *why = NULL;

	mark_all_seen(r);
	check_seen(r);
	if (r->look) {
		attention_sort(r->look);
		attention_write(r->look, r->out);
		return;
	}
	if (!keys_have(&r->ask->by, KEY_PATIENT)) {
		write_groups(r);
		return;
	}
	if (r->tables)
		why = r->series ? series_merge(r->series) : timeline_merge(r->timeline);
	if (why)
		die("%s", why);
	write_rows(r);
}
