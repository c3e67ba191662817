#include "log/meaning.h"

#include <string.h>

#include "base/mem.h"
#include "log/importmap.h"

/* --map cannot say that a number of minutes is one of seconds; of pounds it can be said. */
static bool
is_only_of_map(const struct import_row *row)
{
	return strcmp(row->unit, "min") == 0 && strcmp(row->target, "seconds") == 0;
}

/* A column that a map reads under that name. */
static const char *
mapped_column(const struct catalogue *c, struct slice name)
{
	for (size_t i = 0; i < c->n_imports; i++)
		if (c->imports[i].source[0] != '@' && c->imports[i].target[0] != '\0' &&
		        !is_only_of_map(&c->imports[i]) &&
		        column_name_is(name, c->imports[i].source))
			return c->imports[i].target;
	return NULL;
}

bool
column_is_pounds(const struct catalogue *c, struct slice name)
{
	for (size_t i = 0; i < c->n_imports; i++) {
		const struct import_row *row = &c->imports[i];
		const bool proposes = strcmp(row->source, "@propose") == 0;
		if (strcmp(row->unit, "lb") == 0 &&
		        column_name_is(name, proposes ? row->value : row->source))
			return true;
	}
	return false;
}

const char *
column_likely(const struct catalogue *c, struct slice name)
{
	for (size_t i = 0; i < c->n_imports; i++)
		if (strcmp(c->imports[i].source, "@propose") == 0 &&
		        column_name_is(name, c->imports[i].value))
			return c->imports[i].target;
	return nearest(name, column_names);
}

const char *
column_meant(const struct catalogue *c, struct slice name)
{
	const char *meant = mapped_column(c, name);

	return meant ? meant : column_likely(c, name);
}

/* --- which map --- */

static bool
has_label(const struct header *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (column_name_is(slice_of(h->label[i]), name))
			return true;
	return false;
}

/* How many columns a map of the catalogue names; 0 unless date and item are among them. */
static size_t
map_covers(const struct import_map *m, const struct header *h, bool *patient, bool *asks)
{
	bool date = false, item = false;
	size_t n = 0;

	*patient = has_label(h, "patient");
	*asks = false;
	for (size_t i = 0; i < h->n; i++) {
		const struct import_row *row = import_map_column(m, h->label[i]);
		if (row == NULL)
			continue;
		n++;
		date = date || strcmp(row->target, "date") == 0;
		item = item || strcmp(row->target, "item") == 0;
		*patient = *patient || strcmp(row->target, "patient") == 0;
		*asks = *asks || import_map_asks(m, row->target, h->label[i]);
	}
	if (m->header && !import_map_is_header(m, (const char *const *)h->label, h->n))
		return 0;
	date = date || has_label(h, "date");
	item = item || has_label(h, "item");
	return date && item ? n : 0;
}

/* All columns but a quarter, or it does not fit. */
const char *
meaning_map(const struct catalogue *c, const struct header *h, bool *patient, bool *asks)
{
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < c->n_imports; i++) {
		struct import_map m = { .n = 0 };
		bool p, a;
		if (!import_map_is(c->imports[i].map) ||
		        (i > 0 && strcmp(c->imports[i].map, c->imports[i - 1].map) == 0))
			continue;
		import_map_open(&m, c, c->imports[i].map);
		const size_t n = map_covers(&m, h, &p, &a);
		if (n <= most || 4 * n < 3 * h->n)
			continue;
		most = n;
		best = c->imports[i].map;
		*patient = p;
		*asks = a;
	}
	return best;
}

/* --- each column --- */

static const char *
log_column(int k)
{
	return k < COLUMNS ? column_names[k] : "dose";
}

/* Each column of the log once, unless a map gives it several. */
static void
set_meaning(struct meanings *m, size_t at, const char *meant, bool guessed)
{
	for (int k = 0; k <= COLUMNS; k++)
		if (strcmp(meant, log_column(k)) == 0 && !(guessed && m->have[k])) {
			m->have[k] = true;
			m->of[at] = log_column(k);
			m->guessed[at] = guessed;
		}
}

/* What --map, the map and the names themselves say. */
static void
mean_as_said(const struct catalogue *c, const struct import *im, const char *from,
        const struct header *h, struct meanings *m)
{
	struct import_map map = { .n = 0 };

	if (from)
		import_map_open(&map, c, from);
	for (size_t i = 0; i < h->n; i++) {
		const struct import_row *row = import_map_column(&map, h->label[i]);
		const char *given = im ? import_maps(im, h->label[i]) : NULL;
		if (row && row->target[0] == '\0')
			m->of[i] = "";
		set_meaning(m, i, given ? given : row ? row->target : h->name[i], false);
		if (given && strcmp(given, column_names[COL_LOAD_KG]) == 0 &&
		        column_is_pounds(c, slice_of(h->name[i])))
			m->pounds = true;
	}
}

/* Where nothing is said.  A time of day is not how long an exercise lasts. */
static void
mean_by_guess(const struct catalogue *c, const struct header *h, const bool *clock,
        const char *(*guess)(const struct catalogue *, struct slice), struct meanings *m)
{
	for (size_t i = 0; i < h->n; i++) {
		const char *meant = m->of[i] ? NULL : guess(c, slice_of(h->name[i]));
		if (meant == NULL || (clock[i] && strcmp(meant, column_names[COL_SECONDS]) == 0))
			continue;
		set_meaning(m, i, meant, true);
		if (m->guessed[i] && column_is_pounds(c, slice_of(h->name[i])))
			m->pounds = true;
	}
}

void
meanings_find(struct meanings *m, const struct catalogue *c, const struct import *im,
        const char *from, const struct header *h, const bool *clock)
{
	*m = (struct meanings){ .have = { false } };
	mean_as_said(c, im, from, h, m);
	if (from == NULL)
		mean_by_guess(c, h, clock, mapped_column, m);
	mean_by_guess(c, h, clock, column_likely, m);
}

void
meanings_maps(const struct meanings *m, const struct header *h, struct str *map)
{
	for (size_t i = 0; i < h->n; i++)
		if (m->guessed[i])
			str_addf(map, "%s%s=%s", map->n ? "," : "", h->label[i], m->of[i]);
}

/* --- a person --- */

/* In the name of a column that may tell the patient; a person's name is then refused as id. */
static const char *const person_words[] = { "patient", "client", "name", "person", "mrn", "id" };

static bool
may_be_person(const char *label)
{
	struct slice word = { label, 0 };

	for (; *word.s; word = (struct slice){ word.s + word.n + !word.n, 0 }) {
		while (is_letter(word.s[word.n]))
			word.n++;
		for (size_t i = 0; i < LENGTH(person_words); i++)
			if (slice_eq_nocase(word, person_words[i]))
				return true;
	}
	return false;
}

int
meanings_person(const struct meanings *m, const struct header *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (m->of[i] == NULL && may_be_person(h->label[i]))
			return (int)i;
	return -1;
}
