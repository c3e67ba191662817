#include "catalogue/table.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "records/foreign.h"

/* A column of the file: which of the table's it is, and of a translation the language. */
struct source_column {
	const struct cat_column *column;
	char lang[3]; /* empty: the column itself */
};

struct reading {
	struct rows *rows;
	struct source_column *from;
	size_t n;
	bool comma;        /* decimal comma: the delimiter is another sign */
	size_t first_new;  /* rows from here on were added by this file */
	struct str groups; /* names of groups replaced already, each ended by ; */
	struct place at;
};

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Is NAME a translation of a column (instruction_de)? */
static const struct cat_column *
translated(const struct cat_table *t, struct slice name, char lang[3])
{
	struct str stem = STR_INIT;
	const struct cat_column *col = NULL;

	if (name.n > 3 && name.s[name.n - 3] == '_' && is_lower(name.s[name.n - 2]) &&
	        is_lower(name.s[name.n - 1])) {
		str_add(&stem, name.s, name.n - 3);
		col = cat_column_of(t, str_text(&stem));
		if (col && col->cell != CELL_WORDING)
			col = NULL;
		memcpy(lang, name.s + name.n - 2, 2);
		lang[2] = '\0';
	}
	str_free(&stem);
	return col;
}

static const char *
nearest_column(const struct cat_table *t, struct slice name)
{
	const char *names[32];
	size_t n = 0;

	for (const struct cat_column *col = t->columns; col->name; col++)
		if (*col->name)
			names[n++] = col->name;
	names[n] = NULL;
	return nearest(name, names);
}

static struct source_column
read_column_name(struct reading *in, struct slice name)
{
	const struct cat_table *t = in->rows->table;
	struct source_column found = { NULL, "" };
	char *text = xstrndup(name.s, name.n);
	const char *like;

	found.column = *text ? cat_column_of(t, text) : NULL;
	if (!found.column) {
		found.column = translated(t, name, found.lang);
		if (!found.column) {
			like = nearest_column(t, name);
			diag_reject(in->at, "no column '%s' in %s%s%s%s", text, t->name,
			        like ? "; did you mean '" : "", like ? like : "", like ? "'?" : "");
		}
	}
	free(text);
	return found;
}

static bool
has_column(const struct reading *in, const struct cat_column *column, const char *lang)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->from[i].column == column && strcmp(in->from[i].lang, lang) == 0)
			return true;
	return false;
}

/* Fields up to the last that is not empty: spreadsheets write empty columns. */
static size_t
filled(const struct record *record)
{
	size_t n = record->n;

	while (n > 0 && slice_trim(record->field[n - 1]).n == 0)
		n--;
	return n;
}

static bool
read_header(struct reading *in, const struct record *record, bool complete)
{
	const struct cat_table *t = in->rows->table;
	const size_t n = filled(record);
	bool good = true;

	in->from = xcalloc(n + 1, sizeof *in->from);
	for (size_t i = 0; i < n; i++) {
		const struct source_column found =
		        read_column_name(in, slice_trim(record->field[i]));

		if (found.column && has_column(in, found.column, found.lang)) {
			diag_reject(in->at, "column '%s' stands there twice", found.column->name);
			good = false;
		}
		good = good && found.column;
		in->from[in->n++] = found;
	}
	for (const struct cat_column *col = t->columns; col->name; col++)
		if (*col->name && (complete || (col == t->columns && !t->grouped)) &&
		        !has_column(in, col, "")) {
			diag_reject(in->at, "column '%s' is missing", col->name);
			good = false;
		}
	return good;
}

static list
read_list(struct slice text)
{
	struct slice rest = text, item;
	const char **items;
	size_t n = 0;

	while (slice_split(&rest, ';', &item))
		n += item.n > 0;
	if (n == 0)
		return no_items;
	items = keep((n + 1) * sizeof *items);
	for (n = 0, rest = text; slice_split(&rest, ';', &item);)
		if (item.n > 0)
			items[n++] = keep_text(item);
	return items;
}

/* The wordings of OLD with LANG's set to TEXT. */
static const struct wording *
with_wording(const struct wording *old, const char *lang, const char *text)
{
	size_t n = 0, at;
	struct wording *new;

	while (old[n].lang)
		n++;
	for (at = 0; at < n && strcmp(old[at].lang, lang) < 0; at++)
		;
	const bool same = at < n && strcmp(old[at].lang, lang) == 0;
	new = keep((n + 2) * sizeof *new);
	memcpy(new, old, at * sizeof *new);
	new[at] = (struct wording){ keep_text(slice_of(lang)), text };
	memcpy(new + at + 1, old + at + same, (n - at - same) * sizeof *new);
	return new;
}

static void
read_wording(void *row, const struct source_column *from, struct slice text)
{
	struct text wording = *cell_wording(row, from->column);

	if (*from->lang) {
		if (text.n > 0)
			wording.in = with_wording(wording.in, from->lang, keep_text(text));
	} else if (!slice_eq(text, wording.text)) {
		/* A new text: translations of the old one would say something else. */
		wording = (struct text){ keep_text(text), no_wordings };
	}
	cell_put(row, from->column, &wording, sizeof wording);
}

static int
word_number(const char *const *words, struct slice text)
{
	for (int i = 0; words[i]; i++)
		if (slice_eq(text, words[i]))
			return i;
	return -1;
}

static void
reject_word(struct reading *in, const struct cat_column *column, struct slice text)
{
	struct str words = STR_INIT;

	for (size_t i = 0; column->words[i]; i++)
		str_addf(&words, "%s%s", i ? ", " : "",
		        *column->words[i] ? column->words[i] : "empty");
	diag_reject(in->at, "%s is none of %s", quote(text), str_text(&words));
	str_free(&words);
}

static void
read_number(struct reading *in, void *row, const struct cat_column *column, struct slice text)
{
	double x = UNKNOWN;

	if (text.n > 0 && num_read(text, in->comma, &x) != NUM_OK)
		diag_reject(in->at, "%s is not a number", quote(text));
	cell_put(row, column, &x, sizeof x);
}

static void
read_yes(struct reading *in, void *row, const struct cat_column *column, struct slice text)
{
	const bool yes = slice_eq(text, "yes");

	if (!yes && !slice_eq(text, "no"))
		diag_reject(in->at, "%s is neither yes nor no", quote(text));
	cell_put(row, column, &yes, sizeof yes);
}

/* A plan says what the tables say, and the log must take it. */
static const char *
unfit(struct slice text)
{
	uint32_t c;

	if (is_sheet_error(text))
		return "is an error that a spreadsheet wrote: look at the original";
	for (size_t i = 0; i < text.n;) {
		i += utf8_decode(text.s + i, text.n - i, &c);
		if (char_is_control(c) && c != '\t')
			return "has a line break or another control character: take it out";
	}
	return NULL;
}

static void
read_cell(struct reading *in, void *row, const struct source_column *from, struct slice text)
{
	const struct cat_column *column = from->column;
	const char *why = unfit(text);
	list items;
	int word;

	if (why) {
		diag_reject(in->at, "%s", why);
		return;
	}
	if (column->words && (word = word_number(column->words, text)) < 0) {
		reject_word(in, column, text);
		return;
	}
	switch (column->cell) {
	case CELL_TEXT:
		cell_put_text(row, column, keep_text(text));
		break;
	case CELL_NUMBER:
		read_number(in, row, column, text);
		break;
	case CELL_YES:
		read_yes(in, row, column, text);
		break;
	case CELL_WORD:
		cell_put(row, column, &word, sizeof word);
		break;
	case CELL_LIST:
		items = read_list(text);
		cell_put(row, column, &items, sizeof(list));
		break;
	case CELL_WORDING:
		read_wording(row, from, text);
		break;
	case CELL_FILE:
	case CELL_LINE:
		break;
	}
}

static bool
good_key(struct slice key)
{
	for (size_t i = 0; i < key.n; i++) {
		const char c = key.s[i];

		if (!is_lower(c) && !(c >= '0' && c <= '9') && !(i && (c == '-' || c == '.')))
			return false;
	}
	return key.n > 0;
}

/* A group (an import map) is replaced whole by the first of its rows in a new file. */
static void
replace_group(struct reading *in, struct slice key)
{
	struct str mark = STR_INIT;

	str_addf(&mark, ";%.*s;", SLICE_ARG(key));
	if (!strstr(str_text(&in->groups), str_text(&mark))) {
		str_puts(&in->groups, str_text(&mark));
		rows_drop(in->rows, key);
	}
	str_free(&mark);
}

static struct slice
field_of(const struct reading *in, const struct record *record, const struct cat_column *column)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->from[i].column == column && !*in->from[i].lang)
			return slice_trim(record->field[i]);
	return (struct slice){ "", 0 };
}

/* The row that this record is about: a known one, or a new one; NULL when it is a repeat. */
static void *
row_for(struct reading *in, const struct record *record, bool *known)
{
	struct rows *r = in->rows;
	const struct slice key = field_of(in, record, r->table->columns);
	size_t at = 0;
	void *row = NULL;

	in->at.column = r->table->columns->name;
	if (!r->table->grouped || has_column(in, r->table->columns, ""))
		if (!good_key(key)) {
			diag_reject(
			        in->at, "%s is no id: small letters, digits, hyphens", quote(key));
			return NULL;
		}
	if (r->table->grouped)
		replace_group(in, key);
	else
		row = rows_find(r, key, &at);
	*known = row != NULL;
	if (!row)
		row = r->table->grouped ? rows_join(r, key) : rows_add(r);
	else if (at >= in->first_new || r->origin[at].file == in->at.file) {
		diag_reject(in->at, "%s was defined in line %d already", quote(key),
		        r->origin[at].line);
		return NULL;
	}
	at = (size_t)((char *)row - r->row) / r->table->size;
	r->origin[at] = (struct origin){ in->at.file, (int)in->at.line };
	return row;
}

static bool
cell_is_empty(const void *row, const struct cat_column *column)
{
	switch (column->cell) {
	case CELL_TEXT:
		return !*cell_text(row, column);
	case CELL_NUMBER:
		return !known(cell_number(row, column));
	case CELL_WORDING:
		return !*cell_wording(row, column)->text;
	default:
		return false;
	}
}

/* What must not be empty; words and yes or no were refused when they were read. */
static void
check_needed(struct reading *in, const void *row, bool known_row)
{
	for (const struct cat_column *col = in->rows->table->columns; col->name; col++) {
		const bool given = has_column(in, col, "");

		in->at.column = col->name;
		if (!col->needed || (known_row && !given))
			continue;
		if (!given && (col != in->rows->table->columns || !in->rows->table->grouped))
			diag_reject(in->at, "a new row needs this column");
		else if (given && cell_is_empty(row, col))
			diag_reject(in->at, "must not be empty");
	}
}

static void
read_row(struct reading *in, const struct record *record)
{
	const struct cat_table *t = in->rows->table;
	bool known_row = false;
	void *row;

	if (filled(record) == 0)
		return;
	if (record->n < in->n || filled(record) > in->n) {
		diag_reject(in->at, "%zu fields under %zu columns", record->n, in->n);
		return;
	}
	if (!(row = row_for(in, record, &known_row)))
		return;
	/* The texts themselves before their translations, which they would drop. */
	for (int translations = 0; translations <= 1; translations++)
		for (size_t i = 0; i < in->n; i++)
			if ((*in->from[i].lang != '\0') == translations) {
				in->at.column = in->from[i].column->name;
				read_cell(in, row, &in->from[i], slice_trim(record->field[i]));
			}
	for (const struct cat_column *col = t->columns; col->name; col++) {
		const int line = (int)in->at.line;

		if (col->cell == CELL_FILE)
			cell_put_text(row, col, in->at.file);
		if (col->cell == CELL_LINE)
			cell_put(row, col, &line, sizeof line);
	}
	check_needed(in, row, known_row);
}

void
table_read(struct rows *r, struct csvin *csv, const char *file, bool complete)
{
	struct reading in = {
		.rows = r, .first_new = r->n, .groups = STR_INIT, .at = { .file = file }
	};
	struct record record;
	enum csvin_got got;

	while ((got = csvin_next(csv, &record)) != CSVIN_END) {
		in.at = (struct place){ file, record.line, NULL };
		if (got != CSVIN_RECORD) {
			diag_reject(in.at, "%s", record.why);
			if (got == CSVIN_BROKEN)
				break;
		} else if (!in.from) {
			in.comma = csvin_delimiter(csv) != ',';
			if (!read_header(&in, &record, complete))
				break;
		} else {
			read_row(&in, &record);
		}
	}
	if (!in.from && got == CSVIN_END)
		diag_reject((struct place){ file, 1, NULL }, "no header");
	free(in.from);
	str_free(&in.groups);
}
