#include "reports/facts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "reports/shape.h"

/* ---- Tables of the stream ---- */

/* A summary has a line a patient: series of exercises or of groups are for --as table. */
static bool
fit_summary(const struct keys *keys)
{
	return keys_have(keys, KEY_PATIENT) && !keys_have(keys, KEY_ITEM) &&
	        !keys_have(keys, KEY_FOCUS);
}

static void
leave_out(struct facts *f, const struct row *row, const char *why)
{
	f->takes = false;
	f->left_out = true;
	diag_note(
	        "%s:%ld: %s are left out; --as table shows them", row->file, row->record.line, why);
}

/* What no report but a table shows is named once, however often it begins. */
static void
leave_out_kind(struct facts *f, const struct row *row, const char *what)
{
	const unsigned bit = 1u << row->header->table;

	f->takes = false;
	if (!(f->kinds_left_out & bit))
		leave_out(f, row, what);
	f->kinds_left_out |= bit;
}

/* Series of the same keys go on where the table before ended: shards, or clinics. */
static void
begin_series(struct facts *f, const struct row *row)
{
	const struct keys keys = keys_of_header(row->header);

	if (!fit_summary(&keys))
		leave_out(f, row, "series that are not one a patient");
	else if (!f->given)
		f->given = series_table_new(keys.key, keys.n);
	else if (!keys_equal(&f->given->keyed.by, &keys))
		leave_out(f, row, "series under other keys than those before");
}

static void
begin_groups(struct facts *f, const struct row *row)
{
	if (!f->given_groups)
		f->given_groups = shape_new(row->header);
	else if (!shape_fits(f->given_groups, row->header))
		leave_out(f, row, "groups under other keys than those before");
}

static void
begin_table(struct facts *f, const struct row *row)
{
	f->takes = true;
	f->column_patient = header_column(row->header, "patient");
	if (row->header->table == TABLE_SERIES)
		begin_series(f, row);
	else if (row->header->table == TABLE_GROUPS)
		begin_groups(f, row);
	else if (row->header->table == TABLE_ATTENTION)
		f->attention_given = true;
	else if (row->header->table == TABLE_TIMELINE)
		leave_out_kind(f, row, "timelines");
	else if (row->header->table == TABLE_EXPLAIN)
		leave_out_kind(f, row, "explanations");
}

/* -p is about every table that names patients. */
static bool
is_wanted(const struct facts *f, const struct row *row)
{
	return f->column_patient < 0 || f->query->patients.n == 0 ||
	        cli_list_has(&f->query->patients, row->record.field[f->column_patient]);
}

static void
take_row(struct facts *f, const struct row *row)
{
	if (!is_wanted(f, row) || !f->takes)
		return;
	if (row->header->table == TABLE_SERIES)
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
		begin_table(context, row);
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

/* The period before: the calendar month, year or week before, else as many days. */
static struct days
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
		TABLE_TIMELINE, TABLE_EXPLAIN, TABLE_OTHER };
	struct reader_opts reading = { .catalogue = q->catalogue, .tables = tables };
	struct facts *f = xcalloc(1, sizeof *f);
	struct store_opts keeping = {
		.notes = notes, .order = ORDER_TIME, .patients = &q->patients, .later_unsaid = true
	};
	struct reader *r;

	f->query = q;
	f->catalogue = q->catalogue;
	resolve_period(f);
	keeping.asof = f->asof;
	f->attention = attention_table_new();
	f->store = store_new(&keeping);
	r = reader_open(q->files, &reading);
	stream_refuse_output(reader_stream(r));
	store_read(f->store, r, other_table, f);
	reader_close(r);
	store_end(f->store);
	return f;
}

void
facts_say_unused(const struct facts *f)
{
	store_say_later(f->store);
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
	remarks_free(&f->remarks);
	for (size_t i = 0; i < f->persons; i++)
		free(f->person[i].referral);
	free(f->person);
	free(f);
}
