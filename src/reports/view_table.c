/*
 * Any table, aligned for the eye.  Rows are read and shown in blocks, so that a table of any length
 * passes; each block of text has its own header.
 */
#include <ctype.h>
#include <stdlib.h>

#include "base/mem.h"
#include "log/reader.h"
#include "reports/view.h"
#include "reports/words.h"

#define BLOCK 1000 /* rows that are aligned with each other */

struct showing {
	struct out *out;
	const struct query *query;
	struct grid *grid; /* of the table that is being read, or NULL */
	enum table table;
	int column_patient; /* or -1 */
	bool any;           /* row was shown */
};

/* ---- Columns ---- */

static bool
is_number(const char *s)
{
	double x;

	return num_read(slice_of(s), false, &x) == NUM_OK;
}

static bool
is_empty_column(const struct grid *g, size_t column)
{
	for (size_t row = 0; row < grid_rows(g); row++)
		if (*grid_at(g, row, column)->text)
			return false;
	return true;
}

static bool
is_number_column(const struct grid *g, size_t column)
{
	for (size_t row = 0; row < grid_rows(g); row++) {
		const char *s = grid_at(g, row, column)->text;

		if (*s && !is_number(s))
			return false;
	}
	return true;
}

/* Names of the columns by which a row of any table is known. */
static bool
is_key(const char *name)
{
	static const char *const keys[] = { "date", "patient", "item", "focus", "condition",
		"approach", "therapist", "clinic", "all", "metric", "period", NULL };

	for (size_t i = 0; keys[i]; i++)
		if (strcmp(name, keys[i]) == 0)
			return true;
	return false;
}

/* Without the columns that hold nothing; they are named below the table.  Cells move over. */
static struct grid *
without_empty(struct grid *g, struct str *left_out)
{
	struct grid_column *column = xcalloc(g->columns + 1, sizeof *column);
	size_t *from = xcalloc(g->columns + 1, sizeof *from), n = 0;
	struct grid *kept;

	for (size_t i = 0; i < g->columns; i++) {
		if (is_empty_column(g, i)) {
			str_addf(left_out, "%s%s", left_out->n ? ", " : "", g->column[i].title);
			continue;
		}
		column[n] = g->column[i];
		column[n].key = is_key(g->column[i].title);
		column[n].align = is_number_column(g, i) ? ALIGN_POINT : ALIGN_LEFT;
		column[n].wrap = column[n].align == ALIGN_LEFT &&
		        (strcmp(column[n].title, "note") == 0 ||
		                strcmp(column[n].title, "saw") == 0);
		from[n++] = i;
	}
	kept = grid_new(NULL, column, n);
	for (size_t row = 0; row < grid_rows(g); row++)
		for (size_t i = 0; i < n; i++)
			grid_add(kept, grid_at(g, row, from[i])->text);
	free(column);
	free(from);
	return kept;
}

/* ---- Figures: four digits are enough for the eye, the table itself has them all ---- */

static void
add_short_figure(struct grid *g, struct slice cell)
{
	struct str t = STR_INIT;
	double x;
	const char *point = memchr(cell.s ? cell.s : "", '.', cell.n);
	int most = 3;

	if (!point || cell.s + cell.n - point <= 4 || num_read(cell, false, &x) != NUM_OK) {
		grid_add_slice(g, cell);
		return;
	}
	for (double size = fabs(x); size > 0 && size < 1 && most < 9; size *= 10)
		most++;
	words_number(&t, x, most);
	grid_add(g, str_text(&t));
	str_free(&t);
}

static void
show_block(struct showing *s)
{
	struct str left_out = STR_INIT, line = STR_INIT;
	struct grid *kept;

	if (!s->grid || grid_rows(s->grid) == 0)
		return;
	s->any = true;
	kept = without_empty(s->grid, &left_out);
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
	s->grid = facts_grid(h);
	s->table = h->table;
	s->column_patient = header_column(h, "patient");
}

static void
show_row(struct showing *s, const struct row *row)
{
	if (s->column_patient >= 0 && s->query->patients.n &&
	        !cli_list_has(&s->query->patients, row->record.field[s->column_patient]))
		return;
	for (size_t i = 0; i < s->grid->columns; i++) {
		if (s->table == TABLE_LOG)
			grid_add_slice(s->grid, row->record.field[i]);
		else
			add_short_figure(s->grid, row->record.field[i]);
	}
	if (grid_rows(s->grid) == BLOCK)
		show_block(s);
}

static bool
wants_entry(const struct query *q, const struct entry *e)
{
	int day = e->date.day;

	return (q->patients.n == 0 || cli_list_has(&q->patients, e->patient)) &&
	        (!q->has_period || (day >= q->period.from && day <= q->period.to));
}

static void
write_table(struct out *out, const struct query *q, struct facts *facts)
{
	static const enum table tables[] = { TABLE_SERIES, TABLE_GROUPS, TABLE_TIMELINE,
		TABLE_ATTENTION, TABLE_EXPLAIN, TABLE_OTHER };
	struct reader_opts reading = { .catalogue = q->catalogue, .tables = tables };
	struct showing s = { .out = out, .query = q };
	struct reader *r = reader_open(q->files, &reading);
	const struct entry *e;
	const struct row *row;
	enum reader_got got;
	size_t serial = 0;

	(void)facts;
	if (q->title)
		out_heading(out, 1, q->title);
	while ((got = reader_next(r, &e, &row)) != READ_END) {
		if (got == READ_REJECTED)
			continue;
		if (got == READ_HEADER || !s.grid || row->header->serial != serial) {
			serial = row->header->serial;
			begin_table(&s, row->header);
		}
		if (got == READ_ROW || (got == READ_ENTRY && wants_entry(q, e)))
			show_row(&s, row);
	}
	show_block(&s);
	if (!s.any)
		out_paragraph(out, "No rows.");
	grid_free(s.grid);
	reader_close(r); /* the titles were its */
}

const struct view view_table = {
	.name = "table", .streams = true, .write = write_table, .title = "Table"
};
