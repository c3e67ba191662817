/* Plain text: for terminals, cron mail and paper. */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "reports/escape.h"
#include "reports/out.h"
#include "reports/spark.h"
#include "reports/text.h"

#define BETWEEN 2     /* blanks between columns */
#define WORDS_WIDE 24 /* columns of words that a line should have, or all of a shorter text */

static const char *const tone_start[TONE_COUNT] = { "", "\x1b[1;31m", "\x1b[1;33m", "\x1b[36m",
	"\x1b[32m", "\x1b[2m" };

static void
colour_on(struct out *out, const char *start)
{
	if (out->colour)
		str_puts(&out->text, start);
}

static void
colour_off(struct out *out, const char *start)
{
	if (out->colour && *start)
		str_puts(&out->text, "\x1b[0m");
}

static char *
prepared(const struct out *out, const char *text)
{
	struct str seen = STR_INIT;

	escape_terminal(&seen, text, strlen(text), out->ascii);
	return seen.s ? seen.s : xstrdup("");
}

static void
add_rule(struct out *out, const char *ascii, const char *sign, size_t width)
{
	text_repeat(&out->text, out->colour && !out->ascii ? sign : ascii,
	        width < out->width ? width : out->width);
	str_putc(&out->text, '\n');
}

static void
text_heading(struct out *out, int level, const char *text)
{
	char *seen = prepared(out, text);
	size_t width = text_width(seen, strlen(seen));

	out_blank_line(out);
	colour_on(out, "\x1b[1m");
	text_wrap(&out->text, seen, out->width, "", "");
	colour_off(out, "\x1b[1m");
	if (level == 1)
		add_rule(out, "=", "═", width);
	if (level == 2)
		add_rule(out, "-", "─", width);
	free(seen);
}

static void
text_begin(struct out *out, const char *title, enum look look)
{
	(void)out;
	(void)title;
	(void)look;
}

static void
text_paragraph(struct out *out, enum tone tone, const char *text)
{
	char *seen = prepared(out, text);

	colour_on(out, tone_start[tone]);
	text_wrap(&out->text, seen, out->width, "", "");
	colour_off(out, tone_start[tone]);
	str_putc(&out->text, '\n');
	free(seen);
}

static void
add_point(struct out *out, const char *first, const struct point *p)
{
	struct str line = STR_INIT, next = STR_INIT;
	char *seen;

	if (p->lead)
		str_addf(&line, "%s: ", p->lead);
	str_puts(&line, p->text);
	text_repeat(&next, " ", strlen(first));
	seen = prepared(out, str_text(&line));
	colour_on(out, tone_start[p->tone]);
	text_wrap(&out->text, seen, out->width, first, str_text(&next));
	colour_off(out, tone_start[p->tone]);
	free(seen);
	str_free(&line);
	str_free(&next);
}

static void
text_list(struct out *out, enum list_kind kind, const struct point *point, size_t n)
{
	(void)kind;
	for (size_t i = 0; i < n; i++) {
		add_point(out, "  * ", &point[i]);
	}
	str_putc(&out->text, '\n');
}

/* A table made ready: texts as they will be printed, and the columns' widths. */
struct layout {
	const struct grid *grid;
	char **text;      /* title row first, then the cells */
	size_t *width;    /* as printed */
	size_t *full;     /* each text in one line */
	size_t *least;    /* without cutting a word */
	size_t *fraction; /* columns behind the decimal point */
};

static const char *
layout_text(const struct layout *l, size_t row, size_t column)
{
	return l->text[row * l->grid->columns + column];
}

/* From the decimal point on: ".75"; also of "-". */
static size_t
fraction_width(const char *s)
{
	const char *point = strchr(s, '.');

	return point ? strlen(point) : 0;
}

static char *
cell_text(const struct out *out, const struct grid_cell *cell)
{
	struct str t = STR_INIT;

	if (!cell->course)
		return prepared(out, cell->text);
	spark_text(&t, cell->value, cell->values, 10, out->ascii);
	return t.s ? t.s : xstrdup("");
}

static void
measure_column(struct layout *l, size_t column)
{
	const struct grid_column *c = &l->grid->column[column];
	size_t whole = 0, rows = grid_rows(l->grid) + 1, title;

	for (size_t row = 1; row < rows; row++) {
		const char *s = layout_text(l, row, column);
		size_t wide = text_width(s, strlen(s)), word = c->wrap ? text_word_width(s) : wide;
		size_t part = c->align == ALIGN_POINT ? fraction_width(s) : 0;

		whole = wide - part > whole ? wide - part : whole;
		l->fraction[column] = part > l->fraction[column] ? part : l->fraction[column];
		l->least[column] = word > l->least[column] ? word : l->least[column];
	}
	l->width[column] = whole + l->fraction[column];
	if (!c->wrap)
		l->least[column] = l->width[column];
	title = text_word_width(layout_text(l, 0, column));
	l->least[column] = title > l->least[column] ? title : l->least[column];
	title = c->wrap ? text_width(layout_text(l, 0, column), strlen(layout_text(l, 0, column)))
	                : title;
	l->width[column] = title > l->width[column] ? title : l->width[column];
	l->full[column] = l->width[column];
}

static struct layout
layout_new(const struct out *out, const struct grid *g)
{
	struct layout l = { .grid = g };
	size_t rows = grid_rows(g) + 1;

	l.text = xcalloc(rows * g->columns, sizeof *l.text);
	l.width = xcalloc(g->columns, sizeof *l.width);
	l.full = xcalloc(g->columns, sizeof *l.full);
	l.least = xcalloc(g->columns, sizeof *l.least);
	l.fraction = xcalloc(g->columns, sizeof *l.fraction);
	for (size_t i = 0; i < g->columns; i++)
		l.text[i] = prepared(out, g->column[i].title);
	for (size_t i = 0; i < (rows - 1) * g->columns; i++)
		l.text[g->columns + i] = cell_text(out, &g->cell[i]);
	for (size_t i = 0; i < g->columns; i++)
		measure_column(&l, i);
	return l;
}

static void
layout_free(struct layout *l)
{
	size_t n = (grid_rows(l->grid) + 1) * l->grid->columns;

	for (size_t i = 0; i < n; i++)
		free(l->text[i]);
	free(l->text);
	free(l->width);
	free(l->full);
	free(l->least);
	free(l->fraction);
}

/* ---- Which columns stand beside each other, and how wide ---- */

/* Columns of a layout that are printed side by side, by number. */
struct band {
	size_t *column, n;
};

static size_t
band_width(const struct layout *l, const struct band *b)
{
	size_t sum = 0;

	for (size_t i = 0; i < b->n; i++)
		sum += l->width[b->column[i]] + (i ? BETWEEN : 0);
	return sum;
}

/* Takes columns from the widest text that may wrap until the line fits; false: nothing can give. */
static bool
band_shrink(struct layout *l, const struct band *b, size_t width)
{
	while (band_width(l, b) > width) {
		size_t widest = SIZE_MAX;

		for (size_t i = 0; i < b->n; i++) {
			const size_t c = b->column[i];

			if (l->width[c] > l->least[c] &&
			        (widest == SIZE_MAX || l->width[c] > l->width[widest]))
				widest = c;
		}
		if (widest == SIZE_MAX)
			return false;
		l->width[widest]--;
	}
	return true;
}

/* Gives the room that is left to the text that lacks most. */
static void
band_grow(struct layout *l, const struct band *b, size_t width)
{
	for (size_t room = band_width(l, b); room < width; room++) {
		size_t most = b->column[0];

		for (size_t i = 1; i < b->n; i++) {
			const size_t c = b->column[i];

			if (l->full[c] - l->width[c] > l->full[most] - l->width[most])
				most = c;
		}
		if (l->full[most] == l->width[most])
			return;
		l->width[most]++;
	}
}

/* Where the table is split anyway, words need not stand one under the other. */
static void
layout_ease(struct layout *l)
{
	for (size_t i = 0; i < l->grid->columns; i++) {
		const size_t wide = l->full[i] < WORDS_WIDE ? l->full[i] : WORDS_WIDE;

		l->width[i] = wide > l->least[i] ? wide : l->least[i];
	}
}

static void
trim_line(struct str *t)
{
	while (t->n && t->s[t->n - 1] == ' ')
		t->n--;
	str_putc(t, '\n');
}

/* A number is padded behind so that points stand under points. */
static void
add_cell_line(struct out *out, const struct layout *l, size_t column, struct slice line, bool title)
{
	enum align align = l->grid->column[column].align;
	struct str padded = STR_INIT;

	str_add(&padded, line.s, line.n);
	if (align == ALIGN_POINT && !title && line.n)
		text_repeat(&padded, " ", l->fraction[column] - fraction_width(str_text(&padded)));
	text_pad(&out->text, (struct slice){ str_text(&padded), padded.n }, l->width[column],
	        align != ALIGN_LEFT);
	str_free(&padded);
}

static void
add_row(struct out *out, const struct layout *l, size_t row, const struct band *b)
{
	const size_t *column = b->column;
	struct slice *rest = xcalloc(b->n, sizeof *rest);
	bool more = true;

	for (size_t i = 0; i < b->n; i++)
		rest[i] = slice_of(layout_text(l, row, column[i]));
	while (more) {
		more = false;
		for (size_t i = 0; i < b->n; i++) {
			const struct grid_cell *cell =
			        row ? grid_at(l->grid, row - 1, column[i]) : NULL;
			const char *tone = cell ? tone_start[cell->tone] : "\x1b[1m";
			struct slice line = rest[i];
			bool wraps = row == 0 || l->grid->column[column[i]].wrap;

			if (wraps)
				text_line(&rest[i], l->width[column[i]], &line);
			else
				rest[i].n = 0;
			if (i)
				text_repeat(&out->text, " ", BETWEEN);
			colour_on(out, tone);
			add_cell_line(out, l, column[i], line, row == 0);
			colour_off(out, tone);
			more = more || rest[i].n;
		}
		trim_line(&out->text);
	}
	free(rest);
}

static void
add_table_rule(struct out *out, const struct layout *l, const struct band *b)
{
	for (size_t i = 0; i < b->n; i++) {
		text_repeat(&out->text, " ", i ? BETWEEN : 0);
		text_repeat(
		        &out->text, out->colour && !out->ascii ? "─" : "-", l->width[b->column[i]]);
	}
	str_putc(&out->text, '\n');
}

static void
add_band(struct out *out, const struct layout *l, const struct band *b)
{
	size_t rows = grid_rows(l->grid) + 1;

	for (size_t row = 0; row < rows; row++) {
		add_row(out, l, row, b);
		if (row == 0)
			add_table_rule(out, l, b);
	}
	str_putc(&out->text, '\n');
}

/* The next columns that fit beside the first KEYS, at least one; *NEXT moves behind them. */
static void
fill_band(const struct layout *l, struct band *b, size_t keys, size_t *next, size_t width)
{
	for (b->n = keys; *next < l->grid->columns; ++*next) {
		if (l->grid->column[*next].key)
			continue;
		b->column[b->n++] = *next;
		if (b->n > keys + 1 && band_width(l, b) > width) {
			b->n--;
			return;
		}
	}
}

/* A table that is too wide is split into bands, each with the columns that name its rows. */
static void
add_bands(struct out *out, struct layout *l, struct band *b)
{
	const size_t columns = l->grid->columns;
	size_t keys = 0;

	layout_ease(l);
	for (size_t i = 0; i < columns; i++)
		if (l->grid->column[i].key)
			b->column[keys++] = i;
	for (size_t next = 0; next < columns;) {
		fill_band(l, b, keys, &next, out->width);
		if (b->n == keys && keys < columns)
			continue;
		band_shrink(l, b, out->width);
		band_grow(l, b, out->width);
		add_band(out, l, b);
	}
}

static void
text_table(struct out *out, const struct grid *g)
{
	struct layout l = layout_new(out, g);
	struct band all = { xcalloc(g->columns, sizeof *all.column), g->columns };

	for (size_t i = 0; i < g->columns; i++)
		all.column[i] = i;
	if (band_shrink(&l, &all, out->width))
		add_band(out, &l, &all);
	else
		add_bands(out, &l, &all);
	free(all.column);
	layout_free(&l);
}

static void
text_chart(struct out *out, const struct chart *c)
{
	struct grid *g = chart_grid(c, out->ascii);

	text_table(out, g);
	grid_free(g);
}

static void
text_dose(struct out *out, const char *text, int boxes)
{
	struct str line = STR_INIT;
	char *seen;

	str_puts(&line, text);
	text_repeat(&line, out->ascii ? " [_]" : " \u2610", (size_t)boxes);
	seen = prepared(out, str_text(&line));
	colour_on(out, "\x1b[1m");
	text_wrap(&out->text, seen, out->width, "   ", "   ");
	colour_off(out, "\x1b[1m");
	free(seen);
	str_free(&line);
}

static void
text_group(struct out *out)
{
	out_blank_line(out);
}

static void
text_page(struct out *out)
{
	out_blank_line(out);
	add_rule(out, "=", "═", out->width);
	str_putc(&out->text, '\n');
}

const struct out_format out_text = {
	.name = "text",
	.begin = text_begin,
	.heading = text_heading,
	.paragraph = text_paragraph,
	.list = text_list,
	.table = text_table,
	.chart = text_chart,
	.dose = text_dose,
	.open = text_group,
	.close = text_group,
	.page = text_page,
	.end = out_trim,
};
