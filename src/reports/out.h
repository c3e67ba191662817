/*
 * A report as its parts, whatever the format: views call these functions, and each format
 * is one table of them (out_text.c, out_md.c, out_html.c).  All texts are plain, as the log or
 * the catalogue has them: the format escapes them for their place.
 */
#ifndef PT_OUT_H
#define PT_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "reports/chart.h"

/* How a line or cell is to be taken: always said in words too, colour is the second sign. */
enum tone { TONE_PLAIN, TONE_URGENT, TONE_SOON, TONE_WATCH, TONE_GOOD, TONE_QUIET, TONE_COUNT };

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_POINT /* by the decimal point */ };

struct grid_column {
	const char *title;
	enum align align;
	bool key;  /* names the row: a row header, repeated when a wide table is split */
	bool wrap; /* long texts may take several lines */
};

/* A course of values in a cell instead of text. */
#define GRID_COURSE 16
struct grid_cell {
	char *text; /* owned; never NULL */
	enum tone tone;
	bool course;
	double value[GRID_COURSE]; /* 0 to 10 */
	size_t values;
};

struct grid {
	const char
	        *caption; /* for those who hear the table; shown in HTML and Markdown not at all */
	struct grid_column *column;
	size_t columns;
	struct grid_cell *cell; /* row by row */
	size_t cells, cap;
};

/* COLUMN and its titles are copied. */
struct grid *grid_new(const char *caption, const struct grid_column *column, size_t columns);
void grid_free(struct grid *g);
void grid_clear(struct grid *g); /* takes the rows out */
size_t grid_rows(const struct grid *g);
/* The next cell, row by row; the text is copied, NULL is an empty one. */
void grid_add(struct grid *g, const char *text);
void grid_add_tone(struct grid *g, enum tone tone, const char *text);
void grid_add_slice(struct grid *g, struct slice text);
void grid_add_course(struct grid *g, const double *values, size_t n, const char *words);
const struct grid_cell *grid_at(const struct grid *g, size_t row, size_t column);

struct point {
	enum tone tone;
	const char *lead; /* in bold in front, or NULL */
	const char *text;
};
enum list_kind { LIST_BULLETS, LIST_LIGHTS /* each in the colour of its tone */ };

/* The look of a page. */
enum look { LOOK_PAGE, LOOK_SHEET /* large print, to hang on the wall */ };

struct out;

struct out_format {
	const char *name;
	bool draws; /* charts are drawings; else tables of weeks */
	/* The frame of the file; a heading of level 1 is the view's own. */
	void (*begin)(struct out *out, const char *title, enum look look);
	void (*heading)(struct out *out, int level, const char *text);
	void (*paragraph)(struct out *out, enum tone tone, const char *text);
	void (*list)(struct out *out, enum list_kind kind, const struct point *point, size_t n);
	void (*table)(struct out *out, const struct grid *g);
	void (*chart)(struct out *out, const struct chart *c);
	/* A dose in large letters, and boxes to tick by hand behind it. */
	void (*dose)(struct out *out, const char *text, int boxes);
	void (*open)(struct out *out); /* what follows belongs together and is not torn by a page */
	void (*close)(struct out *out);
	void (*page)(struct out *out); /* a new sheet of paper begins */
	void (*end)(struct out *out);
};
extern const struct out_format out_text, out_md, out_html;
extern const struct out_format *const out_formats[]; /* text, markdown, html; NULL at the end */

struct out {
	const struct out_format *format;
	struct str text; /* what was written and not yet taken away */
	const char *lang;
	/* text only */
	size_t width;
	bool ascii, colour;
	/* the format's own */
	unsigned serial;
	bool flows; /* out_flush() writes to standard output; else everything stays in the text */
};

#define WIDTH_DEFAULT 80

void out_begin(struct out *out, const char *title, enum look look);
void out_heading(struct out *out, int level, const char *text);
void out_paragraph(struct out *out, const char *text);
void out_remark(struct out *out, enum tone tone, const char *text);
void out_list(struct out *out, enum list_kind kind, const struct point *point, size_t n);
void out_table(struct out *out, const struct grid *g); /* nothing when it has no row */
void out_chart(struct out *out, const struct chart *c);
void out_end(struct out *out);
/* Writes what is there if the report flows; called between the parts of a long one. */
void out_flush(struct out *out);

/* For formats of lines: a blank line, unless there is one; no blank lines at the end. */
void out_blank_line(struct out *out);
void out_trim(struct out *out);

/* A chart as a table of its weeks, with bars: what text and Markdown show.  Free it. */
struct grid *chart_grid(const struct chart *c, bool ascii);

#endif
