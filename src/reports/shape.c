#include "reports/shape.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "reports/words.h"

struct grid *
shape_new(const struct header *h)
{
	struct grid_column *column = xcalloc(h->n, sizeof *column);
	struct grid *g;

	for (size_t i = 0; i < h->n; i++)
		column[i].title = h->label[i];
	g = grid_new(NULL, column, h->n);
	free(column);
	return g;
}

bool
shape_fits(const struct grid *g, const struct header *h)
{
	size_t i = 0;

	while (i < h->n && i < g->columns && strcmp(g->column[i].title, h->label[i]) == 0)
		i++;
	return i == h->n && i == g->columns;
}

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

static bool
has_column(const struct grid *g, const char *name)
{
	for (size_t i = 0; i < g->columns; i++)
		if (strcmp(g->column[i].title, name) == 0)
			return true;
	return false;
}

/* Names of the columns by which a row of any table is known; the rule is one of those of explain
 * alone, where an item has many. */
static bool
is_key(const struct grid *g, const char *name)
{
	static const char *const keys[] = { "date", "patient", "item", "focus", "condition",
		"approach", "therapist", "clinic", "all", "metric", "period", NULL };

	for (size_t i = 0; keys[i]; i++)
		if (strcmp(name, keys[i]) == 0)
			return true;
	return strcmp(name, "rule") == 0 && has_column(g, "because");
}

/* Columns whose texts may take several lines. */
static bool
is_prose(const char *name)
{
	return strcmp(name, "note") == 0 || strcmp(name, "saw") == 0 ||
	        strcmp(name, "because") == 0;
}

struct grid *
shape_columns(const struct grid *g, struct str *left_out)
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
		column[n].key = is_key(g, g->column[i].title);
		column[n].align = is_number_column(g, i) ? ALIGN_POINT : ALIGN_LEFT;
		column[n].wrap = column[n].align == ALIGN_LEFT && is_prose(g->column[i].title);
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

/* ---- Rows ---- */

/* "e-31" at the end of CELL, or NULL: the exponent of a figure that no decimal holds. */
static const char *
exponent_of(struct slice cell)
{
	const char *e = memchr(cell.s ? cell.s : "", 'e', cell.n), *end = cell.s + cell.n;

	if (!e || e == cell.s || e[-1] == ' ' || end - e < 3 || e[1] != '-')
		return NULL;
	for (const char *s = e + 2; s < end; s++)
		if (*s < '0' || *s > '9')
			return NULL;
	return e;
}

static void
add_short_figure(struct grid *g, struct slice cell)
{
	struct str t = STR_INIT;
	double x;
	const char *point = memchr(cell.s ? cell.s : "", '.', cell.n), *rest = NULL;
	struct slice figure = cell;
	int most = 3;

	if (point && num_read(cell, false, &x) != NUM_OK && (rest = exponent_of(cell)))
		figure.n = (size_t)(rest - cell.s);
	if (!point || figure.s + figure.n - point <= 4 || num_read(figure, false, &x) != NUM_OK) {
		grid_add_slice(g, cell);
		return;
	}
	for (double size = fabs(x); size > 0 && size < 1 && most < 9; size *= 10)
		most++;
	words_number(&t, x, most);
	str_add(&t, figure.s + figure.n, cell.n - figure.n);
	grid_add(g, str_text(&t));
	str_free(&t);
}

void
shape_row(struct grid *g, const struct row *row)
{
	for (size_t i = 0; i < g->columns; i++) {
		if (row->header->table == TABLE_LOG)
			grid_add_slice(g, row->record.field[i]);
		else
			add_short_figure(g, row->record.field[i]);
	}
}
