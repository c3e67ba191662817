#include "catalogue/table.h"

#include <stdlib.h>

#include "base/mem.h"

const char *const no_items[] = { NULL };
const struct wording no_wordings[] = { { NULL, NULL } };

/* ---- Cells and rows by description ---- */

const struct cat_table *
cat_table_of(const char *name)
{
	for (size_t i = 0; i < CAT_TABLES; i++)
		if (strcmp(cat_tables[i].name, name) == 0)
			return &cat_tables[i];
	return NULL;
}

const struct cat_column *
cat_column_of(const struct cat_table *t, const char *name)
{
	for (const struct cat_column *col = t->columns; col->name; col++)
		if (text_eq(col->name, name))
			return col;
	return NULL;
}

size_t
cat_count(const struct cat_table *t, const struct catalogue *c)
{
	size_t n;

	memcpy(&n, (const char *)c + t->count_at, sizeof n);
	return n;
}

const void *
cat_row(const struct cat_table *t, const struct catalogue *c, size_t i)
{
	const char *rows;

	memcpy(&rows, (const char *)c + t->rows_at, sizeof rows);
	return rows + i * t->size;
}

static const void *
place(const void *row, const struct cat_column *column)
{
	return (const char *)row + column->offset;
}

const char *
cell_text(const void *row, const struct cat_column *column)
{
	return *(const char *const *)place(row, column);
}

double
cell_number(const void *row, const struct cat_column *column)
{
	return *(const double *)place(row, column);
}

list
cell_list(const void *row, const struct cat_column *column)
{
	return *(const list *)place(row, column);
}

const struct text *
cell_wording(const void *row, const struct cat_column *column)
{
	return place(row, column);
}

int
cell_word(const void *row, const struct cat_column *column)
{
	int word;

	memcpy(&word, place(row, column), sizeof word);
	return word;
}

bool
cell_yes(const void *row, const struct cat_column *column)
{
	return *(const bool *)place(row, column);
}

struct slice
row_key(const struct cat_table *t, const void *row, char number[NUM_TEXT])
{
	if (t->columns->cell == CELL_NUMBER)
		return (struct slice){ number, num_write(number, cell_number(row, t->columns)) };
	return slice_of(cell_text(row, t->columns));
}

/* ---- Rows that grow ---- */

/* A chain from here, so that what is kept can be told from what is lost. */
static struct kept {
	struct kept *next;
} * all_kept;

void *
keep(size_t size)
{
	struct kept *block = xcalloc(1, sizeof *block + size);

	block->next = all_kept;
	all_kept = block;
	return block + 1;
}

const char *
keep_text(struct slice text)
{
	char *copy = keep(text.n + 1);

	memcpy(copy, text.s, text.n);
	return copy;
}

/* Sets a member of a row under construction. */
void
cell_put(void *row, const struct cat_column *column, const void *value, size_t size)
{
	memcpy((char *)row + column->offset, value, size);
}

void
cell_put_text(void *row, const struct cat_column *column, const char *text)
{
	cell_put(row, column, &text, sizeof text);
}

/* Every cell empty: texts "", lists without items, numbers unknown. */
static void
row_clear(const struct cat_table *t, void *row)
{
	const list items = no_items;
	const struct text wording = { "", no_wordings };
	const double unknown = UNKNOWN;

	memset(row, 0, t->size);
	for (const struct cat_column *col = t->columns; col->name; col++)
		switch (col->cell) {
		case CELL_TEXT:
		case CELL_FILE:
			cell_put_text(row, col, "");
			break;
		case CELL_LIST:
			cell_put(row, col, &items, sizeof(list));
			break;
		case CELL_WORDING:
			cell_put(row, col, &wording, sizeof wording);
			break;
		case CELL_NUMBER:
			cell_put(row, col, &unknown, sizeof unknown);
			break;
		case CELL_YES:
		case CELL_WORD:
		case CELL_LINE:
			break;
		}
}

void
rows_begin(struct rows *r, const struct cat_table *table)
{
	*r = (struct rows){ .table = table };
}

void *
rows_at(const struct rows *r, size_t i)
{
	return r->row + i * r->table->size;
}

void *
rows_add(struct rows *r)
{
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 16;
		r->row = xreallocarray(r->row, r->cap, r->table->size);
		r->origin = xreallocarray(r->origin, r->cap, sizeof *r->origin);
	}
	r->origin[r->n] = (struct origin){ r->table->file, 0 };
	row_clear(r->table, rows_at(r, r->n));
	return rows_at(r, r->n++);
}

void *
rows_join(struct rows *r, struct slice key)
{
	char number[NUM_TEXT];
	size_t at = r->n;

	while (at > 0 && !slice_is(row_key(r->table, rows_at(r, at - 1), number), key))
		at--;
	rows_add(r);
	if (at == 0 || at == r->n - 1)
		return rows_at(r, r->n - 1);
	memmove(rows_at(r, at + 1), rows_at(r, at), (r->n - 1 - at) * r->table->size);
	memmove(r->origin + at + 1, r->origin + at, (r->n - 1 - at) * sizeof *r->origin);
	row_clear(r->table, rows_at(r, at));
	return rows_at(r, at);
}

void
rows_copy(struct rows *r, const struct catalogue *c)
{
	const size_t n = cat_count(r->table, c);

	for (size_t i = 0; i < n; i++) {
		memcpy(rows_add(r), cat_row(r->table, c, i), r->table->size);
		r->origin[i].line = (int)i + 2;
	}
}

void
rows_give(const struct rows *r, struct catalogue *c)
{
	memcpy((char *)c + r->table->rows_at, &r->row, sizeof r->row);
	memcpy((char *)c + r->table->count_at, &r->n, sizeof r->n);
}

/* The row with this key, or NULL.  Tables are small and read once. */
void *
rows_find(const struct rows *r, struct slice key, size_t *at)
{
	char number[NUM_TEXT];

	for (size_t i = 0; i < r->n; i++)
		if (slice_is(row_key(r->table, rows_at(r, i), number), key)) {
			*at = i;
			return rows_at(r, i);
		}
	return NULL;
}

void
rows_drop(struct rows *r, struct slice key)
{
	char number[NUM_TEXT];
	size_t kept = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (slice_is(row_key(r->table, rows_at(r, i), number), key))
			continue;
		memmove(rows_at(r, kept), rows_at(r, i), r->table->size);
		r->origin[kept++] = r->origin[i];
	}
	r->n = kept;
}

void
rows_free(struct rows *r)
{
	free(r->row);
	free(r->origin);
	*r = (struct rows){ .table = r->table };
}

/* ---- Writing ---- */

/* The next language after LANG that some text of the table has; NULL: none. */
static const char *
next_language(const struct cat_table *t, const struct catalogue *c, const char *lang)
{
	const size_t n = cat_count(t, c);
	const char *next = NULL;

	for (const struct cat_column *col = t->columns; col->name; col++)
		for (size_t i = 0; col->cell == CELL_WORDING && i < n; i++) {
			const struct wording *w = cell_wording(cat_row(t, c, i), col)->in;

			for (; w->lang; w++)
				if (strcmp(w->lang, lang) > 0 &&
				        (!next || strcmp(w->lang, next) < 0))
					next = w->lang;
		}
	return next;
}

static void
write_list(struct csvout *out, list items)
{
	struct str text = STR_INIT;

	for (size_t i = 0; items[i]; i++)
		str_addf(&text, "%s%s", i ? ";" : "", items[i]);
	csvout_field(out, str_text(&text), text.n);
	str_free(&text);
}

static void
write_cell(struct csvout *out, const void *row, const struct cat_column *col)
{
	switch (col->cell) {
	case CELL_TEXT:
		csvout_text(out, cell_text(row, col));
		break;
	case CELL_NUMBER:
		csvout_number(out, cell_number(row, col));
		break;
	case CELL_YES:
		csvout_text(out, cell_yes(row, col) ? "yes" : "no");
		break;
	case CELL_WORD:
		csvout_text(out, col->words[cell_word(row, col)]);
		break;
	case CELL_LIST:
		write_list(out, cell_list(row, col));
		break;
	case CELL_WORDING:
		csvout_text(out, cell_wording(row, col)->text);
		break;
	case CELL_FILE:
	case CELL_LINE:
		break;
	}
}

/* All of them, in order, NULL at the end; freed by the caller. */
static const char **
languages_of(const struct cat_table *t, const struct catalogue *c)
{
	const char **all = NULL;
	size_t n = 0, cap = 0;
	const char *lang = "";

	do {
		lang = next_language(t, c, lang);
		GROW(all, cap, n);
		all[n++] = lang;
	} while (lang);
	return all;
}

static void
write_header(const struct cat_table *t, list languages, struct csvout *out)
{
	struct str name = STR_INIT;

	for (const struct cat_column *col = t->columns; col->name; col++)
		if (*col->name)
			csvout_text(out, col->name);
	for (list lang = languages; *lang; lang++)
		for (const struct cat_column *col = t->columns; col->name; col++)
			if (col->cell == CELL_WORDING) {
				str_reset(&name);
				str_addf(&name, "%s_%s", col->name, *lang);
				csvout_field(out, str_text(&name), name.n);
			}
	csvout_end(out);
	str_free(&name);
}

static void
write_translations(const struct cat_table *t, const void *row, const char *lang, struct csvout *out)
{
	for (const struct cat_column *col = t->columns; col->name; col++)
		if (col->cell == CELL_WORDING) {
			const struct wording *w = cell_wording(row, col)->in;

			while (w->lang && strcmp(w->lang, lang) != 0)
				w++;
			csvout_text(out, w->lang ? w->text : NULL);
		}
}

void
table_write(const struct cat_table *t, const struct catalogue *c, struct csvout *out)
{
	const char **languages = languages_of(t, c);
	const size_t n = cat_count(t, c);

	write_header(t, languages, out);
	for (size_t i = 0; i < n; i++) {
		const void *row = cat_row(t, c, i);

		for (const struct cat_column *col = t->columns; col->name; col++)
			write_cell(out, row, col);
		for (list lang = languages; *lang; lang++)
			write_translations(t, row, *lang, out);
		csvout_end(out);
	}
	free(languages);
}
