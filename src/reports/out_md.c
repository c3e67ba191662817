/* Markdown as GitHub and pandoc read it. */
#include "reports/escape.h"
#include "reports/out.h"
#include "reports/spark.h"
#include "reports/text.h"

static void
add(struct out *out, const char *text)
{
	escape_markdown(&out->text, text, strlen(text));
}

static void
md_heading(struct out *out, int level, const char *text)
{
	out_blank_line(out);
	text_repeat(&out->text, "#", (size_t)level);
	str_putc(&out->text, ' ');
	add(out, text);
	str_puts(&out->text, "\n\n");
}

static void
md_begin(struct out *out, const char *title, enum look look)
{
	(void)out;
	(void)title;
	(void)look;
}

static void
md_paragraph(struct out *out, enum tone tone, const char *text)
{
	const char *sign = tone == TONE_URGENT ? "**" : tone == TONE_QUIET ? "*" : "";

	str_puts(&out->text, sign);
	add(out, text);
	str_addf(&out->text, "%s\n\n", sign);
}

static void
md_list(struct out *out, enum list_kind kind, const struct point *point, size_t n)
{
	(void)kind;
	for (size_t i = 0; i < n; i++) {
		str_puts(&out->text, "- ");
		if (point[i].lead) {
			str_puts(&out->text, "**");
			add(out, point[i].lead);
			str_puts(&out->text, ":** ");
		}
		add(out, point[i].text);
		str_putc(&out->text, '\n');
	}
	str_putc(&out->text, '\n');
}

static void
add_cell(struct out *out, const struct grid_cell *cell)
{
	struct str course = STR_INIT;

	str_puts(&out->text, " ");
	if (cell->course) {
		spark_text(&course, cell->value, cell->values, 10, false);
		str_add(&out->text, str_text(&course), course.n);
		str_free(&course);
	} else {
		add(out, cell->text);
	}
	str_puts(&out->text, " |");
}

static void
md_table(struct out *out, const struct grid *g)
{
	str_putc(&out->text, '|');
	for (size_t i = 0; i < g->columns; i++) {
		str_putc(&out->text, ' ');
		add(out, g->column[i].title);
		str_puts(&out->text, " |");
	}
	str_puts(&out->text, "\n|");
	for (size_t i = 0; i < g->columns; i++)
		str_puts(&out->text, g->column[i].align == ALIGN_LEFT ? " --- |" : " ---: |");
	str_putc(&out->text, '\n');
	for (size_t row = 0; row < grid_rows(g); row++) {
		str_putc(&out->text, '|');
		for (size_t i = 0; i < g->columns; i++)
			add_cell(out, grid_at(g, row, i));
		str_putc(&out->text, '\n');
	}
	str_putc(&out->text, '\n');
}

static void
md_chart(struct out *out, const struct chart *c)
{
	struct grid *g = chart_grid(c, false);

	md_table(out, g);
	grid_free(g);
}

static void
md_dose(struct out *out, const char *text, int boxes)
{
	str_puts(&out->text, "**");
	add(out, text);
	str_puts(&out->text, "**");
	text_repeat(&out->text, " ☐", (size_t)boxes);
	str_puts(&out->text, "\n\n");
}

static void
md_group(struct out *out)
{
	out_blank_line(out);
}

static void
md_page(struct out *out)
{
	out_blank_line(out);
	str_puts(&out->text, "---\n\n");
}

const struct out_format out_md = {
	.name = "markdown",
	.begin = md_begin,
	.heading = md_heading,
	.paragraph = md_paragraph,
	.list = md_list,
	.table = md_table,
	.chart = md_chart,
	.dose = md_dose,
	.open = md_group,
	.close = md_group,
	.page = md_page,
	.end = out_trim,
};
