/*
 * mkcatalogue DIR: checks the tables of the catalogue and prints them as C on standard
 * output.  Part of the build: a mistake in a table breaks it.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/diag.h"
#include "catalogue/check.h"
#include "catalogue/index.h"
#include "catalogue/load.h"

/* The built-in catalogue is what this program makes; it must not be asked for here. */
const struct catalogue *
catalogue_builtin(void)
{
	die("the catalogue is not built yet");
}

/* A string literal; octal escapes end after three digits whatever follows. */
static void
emit_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\' || c == '?')
			printf("\\%c", c);
		else if (c < ' ' || c >= 0x7f)
			printf("\\%03o", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void
emit_number(double x)
{
	char text[NUM_TEXT];

	if (known(x))
		printf("%.*s", (int)num_write(text, x), text);
	else
		fputs("UNKNOWN", stdout);
}

static void
emit_list(list items)
{
	if (!*items) {
		fputs("no_items", stdout);
		return;
	}
	fputs("(const char *const[]){ ", stdout);
	for (; *items; items++) {
		emit_text(*items);
		fputs(", ", stdout);
	}
	fputs("NULL }", stdout);
}

static void
emit_wording(const struct text *t)
{
	fputs("{ ", stdout);
	emit_text(t->text);
	if (!t->in->lang) {
		fputs(", no_wordings }", stdout);
		return;
	}
	fputs(", (const struct wording[]){ ", stdout);
	for (const struct wording *w = t->in; w->lang; w++) {
		printf("{ \"%s\", ", w->lang);
		emit_text(w->text);
		fputs(" }, ", stdout);
	}
	fputs("{ NULL, NULL } } }", stdout);
}

static void
emit_cell(const void *row, const struct cat_column *column, const struct origin *origin)
{
	switch (column->cell) {
	case CELL_TEXT:
		emit_text(cell_text(row, column));
		break;
	case CELL_NUMBER:
		emit_number(cell_number(row, column));
		break;
	case CELL_YES:
		fputs(cell_yes(row, column) ? "true" : "false", stdout);
		break;
	case CELL_WORD:
		printf("%d", cell_word(row, column));
		break;
	case CELL_LIST:
		emit_list(cell_list(row, column));
		break;
	case CELL_WORDING:
		emit_wording(cell_wording(row, column));
		break;
	case CELL_FILE:
		emit_text(origin->file);
		break;
	case CELL_LINE:
		printf("%d", origin->line);
		break;
	}
}

static void
emit_rows(const struct cat_table *t, const struct catalogue *c, const struct origin *origin)
{
	const size_t rows = cat_count(t, c);

	printf("static const %s %s[] = {\n", t->type, t->member);
	for (size_t i = 0; i < rows; i++) {
		fputs("\t{ ", stdout);
		for (const struct cat_column *col = t->columns; col->name; col++) {
			printf("%s.%s = ", col == t->columns ? "" : ", ", col->member);
			emit_cell(cat_row(t, c, i), col, &origin[i]);
		}
		fputs(" },\n", stdout);
	}
	fputs("};\n\n", stdout);
}

static void
emit_index(const struct cat_table *t, const struct name_index *index)
{
	printf("static const char *const %s_names[] = {\n", t->member);
	for (size_t i = 0; i < index->n; i++) {
		fputs("\t", stdout);
		emit_text(index->name[i]);
		fputs(",\n", stdout);
	}
	printf("\tNULL\n};\nstatic const uint32_t %s_rows[] = { ", t->member);
	for (size_t i = 0; i < index->n; i++)
		printf("%" PRIu32 ", ", index->row[i]);
	fputs("0 };\n\n", stdout);
}

static void
emit_catalogue(const struct catalogue *c)
{
	fputs("static const struct catalogue_index catalogue_index = { .table = {\n", stdout);
	for (size_t i = 0; i < CAT_TABLES; i++)
		printf("\t{ %zu, %s_names, %s_rows },\n", c->index->table[i].n,
		        cat_tables[i].member, cat_tables[i].member);
	fputs("} };\n\nstatic const struct catalogue catalogue = {\n", stdout);
	for (size_t i = 0; i < CAT_TABLES; i++)
		printf("\t.%s = %s, .n_%s = %zu,\n", cat_tables[i].member, cat_tables[i].member,
		        cat_tables[i].member, cat_count(&cat_tables[i], c));
	fputs("\t.index = &catalogue_index\n};\n\n"
	      "const struct catalogue *\ncatalogue_builtin(void)\n{\n\treturn &catalogue;\n}\n",
	        stdout);
}

int
main(int argc, char *argv[])
{
	const struct catalogue *c;

	diag_begin("mkcatalogue");
	diag_strict(true);
	if (argc != 2)
		die("usage: mkcatalogue DIR");
	c = catalogue_load(argv[1], NULL);
	catalogue_review(c);
	if (diag_rejected() > 0)
		die("the catalogue in %s is wrong", argv[1]);
	fputs("/* Made by mkcatalogue from the tables; do not edit. */\n"
	      "#include \"catalogue/index.h\"\n\n",
	        stdout);
	for (size_t i = 0; i < CAT_TABLES; i++) {
		emit_rows(&cat_tables[i], c, c->index->origin[i]);
		emit_index(&cat_tables[i], &c->index->table[i]);
	}
	emit_catalogue(c);
	return diag_end();
}
