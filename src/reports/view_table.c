/*
 * Any table, aligned for the eye.  Rows are read and shown in blocks, so that a table of any length
 * passes; each block of text has its own header.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "log/asked.h"
#include "log/reader.h"
#include "reports/shape.h"
#include "reports/view.h"

#define BLOCK 1000 /* rows that are aligned with each other */

struct showing {
	struct out *out;
	const struct query *query;
	struct grid *grid;  /* of the table that is being read, or NULL */
	int column_patient; /* or -1 */
	struct pool *ids;   /* of patients, when some are asked for */
	bool any;           /* row was shown */
};

static void
show_block(struct showing *s)
{
	struct str left_out = STR_INIT, line = STR_INIT;
	struct grid *kept;

	if (!s->grid || grid_rows(s->grid) == 0)
		return;
	s->any = true;
	kept = shape_columns(s->grid, &left_out);
	out_table(s->out, kept);
	if (left_out.n) {
		str_addf(&line, "Without a value: %s.", str_text(&left_out));
		out_remark(s->out, TONE_QUIET, str_text(&line));
	}
	out_flush(s->out);
	grid_clear(s->grid);
	grid_free(kept);
	str_free(&left_out);
	str_free(&line);
}

static void
begin_table(struct showing *s, const struct header *h)
{
	show_block(s);
	grid_free(s->grid);
	s->grid = shape_new(h);
	s->column_patient = header_column(h, "patient");
}

/* Is it of a patient who is asked for, if any are?  Who the rows are of is kept then. */
static bool
is_of_asked(struct showing *s, const struct row *row)
{
	if (s->column_patient < 0 || s->query->patients.n == 0)
		return true;
	const struct slice patient = row->record.field[s->column_patient];
	pool_add(s->ids, patient.s, patient.n);
	return cli_list_has(&s->query->patients, patient);
}

static void
show_row(struct showing *s, const struct row *row)
{
	shape_row(s->grid, row);
	if (grid_rows(s->grid) == BLOCK)
		show_block(s);
}

static bool
is_of_period(const struct query *q, const struct entry *e)
{
	int day = e->date.day;

	return !q->has_period || (day >= q->period.from && day <= q->period.to);
}

static void
write_table(struct out *out, const struct query *q, struct facts *facts)
{
	static const enum table tables[] = { TABLE_SERIES, TABLE_GROUPS, TABLE_TIMELINE,
		TABLE_ATTENTION, TABLE_EXPLAIN, TABLE_OTHER };
	struct reader_opts reading = { .catalogue = q->catalogue, .tables = tables };
	struct showing s = { .out = out, .query = q, .ids = pool_new() };
	struct reader *r = reader_open(q->files, &reading);
	const struct entry *e;
	const struct row *row;
	enum reader_got got;
	size_t serial = 0;

	(void)facts;
	stream_refuse_output(reader_stream(r));
	if (q->title || out->format->draws) /* a page has a heading, a terminal needs none */
		out_heading(out, 1, q->title ? q->title : "Table");
	while ((got = reader_next(r, &e, &row)) != READ_END) {
		if (got == READ_REJECTED)
			continue;
		if (got == READ_HEADER || !s.grid || row->header->serial != serial) {
			serial = row->header->serial;
			begin_table(&s, row->header);
		}
		if (got != READ_HEADER && is_of_asked(&s, row) &&
		        (got == READ_ROW || is_of_period(q, e)))
			show_row(&s, row);
	}
	show_block(&s);
	if (!s.any)
		out_paragraph(out, "No rows.");
	asked_patients_missing(&q->patients, s.ids);
	pool_free(s.ids);
	grid_free(s.grid);
	reader_close(r); /* the titles were its */
}

const struct view view_table = {
	.name = "table", .streams = true, .write = write_table, .title = "Table"
};
