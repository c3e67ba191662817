/*
 * How the rows of a table lie in memory: for each column its name in the CSV,
 * its place in the struct and what a cell may say.  One reader, one writer and one
 * emitter of C serve all tables through these descriptions.
 */
#ifndef PT_CATALOGUE_TABLE_H
#define PT_CATALOGUE_TABLE_H

#include "base/num.h"
#include "catalogue/catalogue.h"
#include "records/csvin.h"
#include "records/csvout.h"

enum cell {
	CELL_TEXT,    /* const char * */
	CELL_NUMBER,  /* double; empty is UNKNOWN */
	CELL_YES,     /* bool; yes or no */
	CELL_WORD,    /* an enum; the cell is one of `words`, in its order */
	CELL_LIST,    /* list; items by ; */
	CELL_WORDING, /* struct text; NAME_XX are its translations */
	CELL_FILE,    /* const char *: no column, where the row stands */
	CELL_LINE     /* int: the same */
};

struct cat_column {
	const char *name;   /* in the header; NULL ends the columns */
	const char *member; /* in the struct, as C writes it */
	size_t offset;
	enum cell cell;
	bool needed;              /* must not be empty */
	const char *const *words; /* what a word or text may say; NULL: anything */
};

/* The first column is the key: unique, and what an overlay goes by (imports: repeated). */
struct cat_table {
	const char *name;         /* of the file, without .csv */
	const char *file;         /* where the built-in one is */
	const char *type;         /* struct exercise */
	const char *member;       /* of struct catalogue */
	size_t size;              /* of a row */
	size_t rows_at, count_at; /* offsets in struct catalogue */
	const struct cat_column *columns;
	bool aliases; /* also found by name and aliases */
	bool grouped; /* the key names a group of rows */
};

#define CAT_INDEX(type, table) CAT_##table,
enum { CATALOGUE_TABLES(CAT_INDEX) CAT_TABLES };
#undef CAT_INDEX
extern const struct cat_table cat_tables[CAT_TABLES];
const struct cat_table *cat_table_of(const char *name); /* NULL: none of that name */

/* Memory for a folder's tables, which live as long as the program. */
void *keep(size_t size);
const char *keep_text(struct slice text);

/* Where a row stands. */
struct origin {
	const char *file;
	int line;
};

/* Rows being read: an array of the table's structs, and where each stands. */
struct rows {
	const struct cat_table *table;
	char *row;
	struct origin *origin;
	size_t n, cap;
};
void rows_begin(struct rows *r, const struct cat_table *table);
void *rows_at(const struct rows *r, size_t i);
/* An empty row behind the last one with this key, so that the rows of a group stay together. */
void *rows_join(struct rows *r, struct slice key);
void *rows_add(struct rows *r); /* an empty row: texts "", lists without items, numbers unknown */
void *rows_find(const struct rows *r, struct slice key, size_t *at); /* NULL: none */
void rows_drop(struct rows *r, struct slice key);
void rows_free(struct rows *r); /* of rows that were not given; their texts stay */
/* Copies the rows of a catalogue, so that a file can be read over them. */
void rows_copy(struct rows *r, const struct catalogue *c);
/* The same, into a catalogue that then owns them. */
void rows_give(const struct rows *r, struct catalogue *c);

/*
 * Reads one table over the rows that are there.  Each mistake is reported by file, line and
 * column (diag_reject).  COMPLETE: the file must have every column of the table.  FILE must
 * live as long as the rows.
 */
void table_read(struct rows *r, struct csvin *in, const char *file, bool complete);
/* All rows as CSV: the columns in order, then NAME_XX by language. */
void table_write(const struct cat_table *t, const struct catalogue *c, struct csvout *out);

/* Row I of a table, and parts of a row. */
const void *cat_row(const struct cat_table *t, const struct catalogue *c, size_t i);
size_t cat_count(const struct cat_table *t, const struct catalogue *c);
const char *cell_text(const void *row, const struct cat_column *column);
double cell_number(const void *row, const struct cat_column *column);
list cell_list(const void *row, const struct cat_column *column);
const struct text *cell_wording(const void *row, const struct cat_column *column);
int cell_word(const void *row, const struct cat_column *column);
bool cell_yes(const void *row, const struct cat_column *column);
/* Sets a cell of a row under construction from a value of the member's type. */
void cell_put(void *row, const struct cat_column *column, const void *value, size_t size);
void cell_put_text(void *row, const struct cat_column *column, const char *text);
extern const char *const no_items[];       /* a list without items */
extern const struct wording no_wordings[]; /* no translations */
const struct cat_column *cat_column_of(const struct cat_table *t, const char *name);
/* The key of a row as text: its own, or a number in shortest form, written to NUMBER. */
struct slice row_key(const struct cat_table *t, const void *row, char number[NUM_TEXT]);

#endif
