#include "reports/facts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "reports/shape.h"

/* ---- Tables of the stream ---- */

/* The keys of a series table: the columns in front of `metric`. */
static struct series_table *
series_of_header(const struct header *h)
{
	enum key key[KEYS_MOST];
	size_t n = 0;

	for (size_t i = 0; i < h->n && strcmp(h->name[i], "metric") != 0; i++)
		for (size_t k = 0; key_names[k] && n < KEYS_MOST; k++)
			if (strcmp(h->name[i], key_names[k]) == 0)
				key[n++] = (enum key)k;
	return series_table_new(key, n);
}

bool
facts_has_key(const struct series_table *t, enum key key)
{
	return keys_have(&t->keyed.by, key);
}

/* A summary has a line a patient: series of exercises or of groups are for --as table. */
static bool
fits_summary(const struct series_table *t)
{
	return facts_has_key(t, KEY_PATIENT) && !facts_has_key(t, KEY_ITEM) &&
	        !facts_has_key(t, KEY_FOCUS);
}

static void
begin_table(struct facts *f, const struct header *h)
{
	if (h->table == TABLE_SERIES) {
		series_table_free(f->given);
		f->given = series_of_header(h);
		if (!fits_summary(f->given)) {
			diag_note("series that are not one a patient are left out; "
			          "--as table shows them");
			series_table_free(f->given);
			f->given = NULL;
		}
	} else if (h->table == TABLE_GROUPS) {
		grid_free(f->given_groups);
		f->given_groups = shape_new(h);
	} else if (h->table == TABLE_ATTENTION) {
		f->attention_given = true;
	}
}

static void
take_row(struct facts *f, const struct row *row)
{
	if (row->header->table == TABLE_SERIES && f->given)
		series_read(f->given, row);
	else if (row->header->table == TABLE_GROUPS)
		shape_row(f->given_groups, row);
	else if (row->header->table == TABLE_ATTENTION)
		attention_read(f->attention, row);
}

static void
other_table(enum reader_got got, const struct row *row, void *context)
{
	if (got == READ_HEADER)
		begin_table(context, row->header);
	else
		take_row(context, row);
}

/* ---- The period ---- */

static bool
is_period(struct days d, enum every every)
{
	struct days whole = period_of(d.from, every);

	return whole.from == d.from && whole.to == d.to;
}

struct days
period_before(struct days d)
{
	int length = d.to - d.from + 1;

	if (is_period(d, EVERY_MONTH))
		return period_of(d.from - 1, EVERY_MONTH);
	if (is_period(d, EVERY_YEAR))
		return period_of(d.from - 1, EVERY_YEAR);
	return (struct days){ d.from - length, d.from - 1 };
}

static void
resolve_period(struct facts *f)
{
	const struct query *q = f->query;

	f->asof = q->today;
	f->period = f->before = (struct days){ 1, 0 };
	if (!q->has_period)
		return;
	f->period = q->period;
	f->compares = q->period.from != DAY_MIN;
	if (f->compares)
		f->before = period_before(q->period.to == DAY_MAX
		                ? (struct days){ q->period.from, q->today }
		                : q->period);
	if (f->period.to > q->today)
		f->period.to = q->today;
	if (f->period.to < f->asof)
		f->asof = f->period.to;
}

struct facts *
facts_read(const struct query *q, bool notes)
{
	static const enum table tables[] = { TABLE_SERIES, TABLE_GROUPS, TABLE_ATTENTION,
		TABLE_OTHER };
	struct reader_opts reading = { .catalogue = q->catalogue, .tables = tables };
	struct facts *f = xcalloc(1, sizeof *f);
	struct store_opts keeping = {
		.notes = notes, .order = ORDER_TIME, .patients = &q->patients
	};
	struct reader *r;

	f->query = q;
	f->catalogue = q->catalogue;
	resolve_period(f);
	keeping.asof = f->asof;
	f->attention = attention_table_new();
	f->store = store_new(&keeping);
	r = reader_open(q->files, &reading);
	store_read(f->store, r, other_table, f);
	reader_close(r);
	store_end(f->store);
	return f;
}

void
facts_free(struct facts *f)
{
	group_table_free(f->groups);
	series_table_free(f->series);
	series_table_free(f->given);
	attention_table_free(f->attention);
	grid_free(f->given_groups);
	store_free(f->store);
	free(f->person);
	free(f);
}
