#include "catalogue/index.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"

struct entry_name {
	char *name;
	uint32_t row;
	bool id; /* the row's own id, which no alias can take */
};

struct names {
	struct entry_name *item;
	size_t n, cap;
};

static void
add_name(struct names *names, struct slice text, size_t row, bool id)
{
	struct str name = STR_INIT;

	id_normalise(text, &name);
	if (name.n > 0) {
		GROW(names->item, names->cap, names->n);
		names->item[names->n++] =
		        (struct entry_name){ xstrdup(str_text(&name)), (uint32_t)row, id };
	}
	str_free(&name);
}

/* A name in every language that the table has. */
static void
add_wordings(struct names *names, const struct text *name, size_t row)
{
	add_name(names, slice_of(name->text), row, false);
	for (const struct wording *w = name->in; w->lang; w++)
		add_name(names, slice_of(w->text), row, false);
}

static void
add_row(struct names *names, const struct cat_table *t, const void *row, size_t number)
{
	const struct cat_column *name = cat_column_of(t, "name");
	char digits[NUM_TEXT];

	add_name(names, row_key(t, row, digits), number, true);
	if (!t->aliases)
		return;
	if (name->cell == CELL_WORDING)
		add_wordings(names, cell_wording(row, name), number);
	else
		add_name(names, slice_of(cell_text(row, name)), number, false);
	for (list alias = cell_list(row, cat_column_of(t, "aliases")); *alias; alias++)
		add_name(names, slice_of(*alias), number, false);
}

/* By name, ids first, then the order of rows. */
static int
by_name(const void *va, const void *vb)
{
	const struct entry_name *a = va, *b = vb;
	const int first = (unsigned char)*a->name - (unsigned char)*b->name; /* mostly enough */
	const int order = first ? first : strcmp(a->name, b->name);

	if (order)
		return order;
	return a->id != b->id ? b->id - a->id : (a->row > b->row) - (a->row < b->row);
}

static void
reject_shared(const struct cat_table *t, const struct catalogue *c, const struct origin *origin,
        const struct entry_name *first, const struct entry_name *second)
{
	const struct place at = { origin[second->row].file, origin[second->row].line, "aliases" };
	char number[NUM_TEXT];
	const struct slice key = row_key(t, cat_row(t, c, first->row), number);

	diag_reject(at, "'%s' means '%.*s' already", first->name, SLICE_ARG(key));
}

struct name_index
index_build(const struct cat_table *t, const struct catalogue *c, const struct origin *origin)
{
	struct names names = { NULL, 0, 0 };
	const size_t rows = t->grouped ? 0 : cat_count(t, c);
	const struct entry_name *last = NULL;
	const char **name;
	uint32_t *row;
	size_t n = 0;

	for (size_t i = 0; i < rows; i++)
		add_row(&names, t, cat_row(t, c, i), i);
	if (names.n > 0)
		qsort(names.item, names.n, sizeof *names.item, by_name);
	name = xcalloc(names.n + 1, sizeof *name);
	row = xcalloc(names.n + 1, sizeof *row);
	for (size_t i = 0; i < names.n; i++) {
		struct entry_name *item = &names.item[i];

		if (last && strcmp(last->name, item->name) == 0) {
			if (last->row != item->row)
				reject_shared(t, c, origin, last, item);
			free(item->name);
			continue;
		}
		last = item;
		name[n] = item->name;
		row[n++] = item->row;
	}
	free(names.item);
	return (struct name_index){ n, name, row };
}

long
index_find(const struct name_index *index, struct slice name)
{
	size_t low = 0, high = index->n;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strncmp(index->name[middle], name.s, name.n);

		if (order == 0 && index->name[middle][name.n] == '\0')
			return index->row[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}
