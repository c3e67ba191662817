#include "reports/out.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "reports/spark.h"

const struct out_format *const out_formats[] = { &out_text, &out_md, &out_html, NULL };

struct grid *
grid_new(const char *caption, const struct grid_column *column, size_t columns)
{
	struct grid *g = xcalloc(1, sizeof *g);

	g->caption = caption;
	g->columns = columns;
	g->column = xreallocarray(NULL, columns, sizeof *g->column);
	memcpy(g->column, column, columns * sizeof *column);
	for (size_t i = 0; i < columns; i++)
		g->column[i].title = xstrdup(column[i].title);
	return g;
}

void
grid_clear(struct grid *g)
{
	for (size_t i = 0; i < g->cells; i++)
		free(g->cell[i].text);
	g->cells = 0;
}

void
grid_free(struct grid *g)
{
	if (!g)
		return;
	grid_clear(g);
	for (size_t i = 0; i < g->columns; i++)
		free((char *)g->column[i].title);
	free(g->cell);
	free(g->column);
	free(g);
}

size_t
grid_rows(const struct grid *g)
{
	return g->columns ? g->cells / g->columns : 0;
}

static struct grid_cell *
next_cell(struct grid *g)
{
	GROW(g->cell, g->cap, g->cells);
	memset(&g->cell[g->cells], 0, sizeof *g->cell);
	return &g->cell[g->cells++];
}

void
grid_add_tone(struct grid *g, enum tone tone, const char *text)
{
	struct grid_cell *cell = next_cell(g);

	cell->text = xstrdup(text ? text : "");
	cell->tone = tone;
}

void
grid_add(struct grid *g, const char *text)
{
	grid_add_tone(g, TONE_PLAIN, text);
}

void
grid_add_slice(struct grid *g, struct slice text)
{
	next_cell(g)->text = xstrndup(text.n ? text.s : "", text.n);
}

void
grid_add_course(struct grid *g, const double *values, size_t n, const char *words)
{
	struct grid_cell *cell = next_cell(g);

	cell->text = xstrdup(words);
	cell->course = true;
	cell->values = n < GRID_COURSE ? n : GRID_COURSE;
	memcpy(cell->value, values, cell->values * sizeof *values);
}

const struct grid_cell *
grid_at(const struct grid *g, size_t row, size_t column)
{
	return &g->cell[row * g->columns + column];
}

void
out_begin(struct out *out, const char *title, enum look look)
{
	out->format->begin(out, title, look);
}

void
out_heading(struct out *out, int level, const char *text)
{
	out->format->heading(out, level, text);
}

void
out_paragraph(struct out *out, const char *text)
{
	out->format->paragraph(out, TONE_PLAIN, text);
}

void
out_remark(struct out *out, enum tone tone, const char *text)
{
	out->format->paragraph(out, tone, text);
}

void
out_list(struct out *out, enum list_kind kind, const struct point *point, size_t n)
{
	if (n)
		out->format->list(out, kind, point, n);
}

void
out_table(struct out *out, const struct grid *g)
{
	if (grid_rows(g))
		out->format->table(out, g);
}

void
out_chart(struct out *out, const struct chart *c)
{
	out->format->chart(out, c);
}

void
out_end(struct out *out)
{
	out->format->end(out);
}

/* The last two bytes stay: formats look back at them for blank lines. */
void
out_flush(struct out *out)
{
	size_t n = out->text.n;

	if (!out->flows || n < 2)
		return;
	diag_print(out->text.s, n - 2);
	memmove(out->text.s, out->text.s + n - 2, 3);
	out->text.n = 2;
}

void
out_blank_line(struct out *out)
{
	if (out->text.n >= 2 && memcmp(out->text.s + out->text.n - 2, "\n\n", 2) != 0)
		str_putc(&out->text, '\n');
}

void
out_trim(struct out *out)
{
	while (out->text.n >= 2 && memcmp(out->text.s + out->text.n - 2, "\n\n", 2) == 0)
		out->text.s[--out->text.n] = '\0';
}

static void
add_figure(struct grid *g, double x, int most)
{
	char text[NUM_TEXT];

	text[figure_write(text, x, most)] = '\0';
	grid_add(g, text);
}

static void
add_word(struct str *out, const char *word)
{
	str_addf(out, "%s%s", out->n ? ", " : "", word);
}

static void
add_marks(struct str *out, const struct chart *c, const struct chart_part *p)
{
	if (p->flag)
		add_word(out, "red flag");
	if (p->plan)
		add_word(out, "plan changed");
	for (size_t i = 0; i < c->marks; i++) {
		const struct chart_mark *m = &c->mark[i];

		if (m->mark == MARK_CARE && m->day >= p->days.from && m->day <= p->days.to)
			add_word(out, m->text);
	}
}

static void
add_part(struct grid *g, const struct chart *c, const struct chart_part *p, bool ascii)
{
	char day[DATE_TEXT];
	struct str bar = STR_INIT, marks = STR_INIT;

	day[day_write(day, p->days.from)] = '\0';
	grid_add(g, day);
	add_figure(g, p->mean, 1);
	spark_bar(&bar, p->mean, 10, 10, ascii);
	grid_add(g, str_text(&bar));
	str_free(&bar);
	add_figure(g, (double)p->sessions, 0);
	if (c->medicine)
		add_figure(g, p->dose, 1);
	add_marks(&marks, c, p);
	grid_add(g, str_text(&marks));
	str_free(&marks);
}

struct grid *
chart_grid(const struct chart *c, bool ascii)
{
	static const char *const of[] = {
		[EVERY_WEEK] = "Week of", [EVERY_MONTH] = "Month of", [EVERY_YEAR] = "Year of"
	};
	struct chart_parts parts = chart_parts_of(c);
	struct grid_column column[] = {
		{ of[parts.every], ALIGN_LEFT, true, false },
		{ c->symptom, ALIGN_POINT, false, false },
		{ "0 to 10", ALIGN_LEFT, false, true },
		{ "Days done", ALIGN_RIGHT, false, true },
		{ c->dose_unit, ALIGN_POINT, false, true },
		{ "What happened", ALIGN_LEFT, false, true },
	};
	struct grid *g;

	if (!c->medicine)
		column[4] = column[5];
	g = grid_new(c->title, column, c->medicine ? 6 : 5);
	for (size_t i = 0; i < parts.n; i++)
		add_part(g, c, &parts.at[i], ascii);
	free(parts.at);
	return g;
}
