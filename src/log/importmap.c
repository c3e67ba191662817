#include "log/importmap.h"

#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "log/import.h"
#include "log/monthname.h"

enum { FORM_YMD = 1, FORM_DMY = 2, FORM_MDY = 4, FORM_NAMES = 8 };

/* The next character without blanks and underscores, in lower case (also of Latin-1 letters). */
static unsigned char
next_character(struct slice t, size_t *i)
{
	while (*i < t.n && (t.s[*i] == ' ' || t.s[*i] == '_' || t.s[*i] == '\t'))
		++*i;
	if (*i >= t.n)
		return '\0';
	const unsigned char c = (unsigned char)t.s[*i];
	const bool latin = *i > 0 && (unsigned char)t.s[*i - 1] == 0xc3;
	++*i;
	if ((c >= 'A' && c <= 'Z') || (latin && c >= 0x80 && c <= 0x9e && c != 0x97))
		return (unsigned char)(c + 0x20);
	return c;
}

bool
column_name_is(struct slice a, const char *b)
{
	const struct slice other = slice_of(b);
	size_t i = 0, j = 0;
	unsigned char c;

	do {
		c = next_character(a, &i);
		if (c != next_character(other, &j))
			return false;
	} while (c != '\0');
	return true;
}

/* The first row with this source and, unless it is NULL, this target. */
static const struct import_row *
setting(const struct import_map *m, const char *source, const char *target)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->row[i].source, source) == 0 &&
		        (target == NULL || strcmp(m->row[i].target, target) == 0))
			return &m->row[i];
	return NULL;
}

static const char *
setting_value(const struct import_map *m, const char *source, const char *target)
{
	const struct import_row *row = setting(m, source, target);

	return row ? row->value : NULL;
}

static unsigned
forms_of(const char *value)
{
	static const struct {
		const char *name;
		unsigned form;
	} forms[] = { { "ymd", FORM_YMD }, { "dmy", FORM_DMY }, { "mdy", FORM_MDY },
		{ "names", FORM_NAMES } };
	struct slice rest = slice_of(value), piece;
	unsigned out = 0;

	while (value && slice_split(&rest, ';', &piece))
		for (size_t i = 0; i < LENGTH(forms); i++)
			if (slice_eq(piece, forms[i].name))
				out |= forms[i].form;
	return out;
}

static void
read_settings(struct import_map *m)
{
	m->header = setting_value(m, "@header", NULL);
	m->encoding = setting_value(m, "@encoding", NULL);
	m->line_break = setting_value(m, "@line-break", NULL);
	m->dates = forms_of(setting_value(m, "@date-format", NULL));
	m->named_months = (m->dates & FORM_NAMES) != 0;
	m->comma = setting(m, "@comma", NULL) != NULL;
	m->fold = setting(m, "@fold", NULL) != NULL;
	m->skip_empty = setting(m, "@skip-empty", NULL) != NULL;
}

bool
import_map_is(const char *name)
{
	return strcmp(name, "any") != 0;
}

/* The maps that the catalogue has, each name once. */
static void
no_such_map(const struct catalogue *c, const char *from)
{
	const char **names = xcalloc(c->n_imports + 1, sizeof *names);
	struct str all = STR_INIT;
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < c->n_imports; i++)
		if (import_map_is(c->imports[i].map) &&
		        (n == 0 || strcmp(names[n - 1], c->imports[i].map) != 0))
			names[n++] = c->imports[i].map;
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i ? ", " : "", names[i]);
	near = nearest(slice_of(from), names);
	usage_error("--from: '%s' is neither a map (%s) nor a file%s%s%s", from, str_text(&all),
	        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

void
import_map_open(struct import_map *m, const struct catalogue *c, const char *from)
{
	for (size_t i = 0; import_map_is(from) && i < c->n_imports; i++)
		if (strcmp(c->imports[i].map, from) == 0) {
			if (m->n++ == 0)
				m->row = &c->imports[i];
		}
	if (m->n == 0 && access(from, F_OK) != 0)
		no_such_map(c, from);
	if (m->n == 0)
		m->row = catalogue_import_map(from, &m->n);
	read_settings(m);
}

const struct import_row *
import_map_column(const struct import_map *m, const char *label)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->row[i].source[0] != '@' && column_name_is(slice_of(label), m->row[i].source))
			return &m->row[i];
	return NULL;
}

bool
import_map_is_header(const struct import_map *m, const char *const *names, size_t n)
{
	struct slice rest = slice_of(m->header), want;

	while (slice_split(&rest, ';', &want)) {
		size_t i = 0;
		struct str name = STR_INIT;
		str_add(&name, want.s, want.n);
		while (i < n && !column_name_is(slice_of(names[i]), str_text(&name)))
			i++;
		str_free(&name);
		if (i == n)
			return false;
	}
	return true;
}

const char *
import_map_unit_column(const struct import_map *m, const char *column)
{
	return setting_value(m, "@unit-column", column);
}

bool
import_map_asks(const struct import_map *m, const char *column, const char *label)
{
	const char *without = setting_value(m, "@ask-unit", column);

	return without && column_name_is(slice_of(label), without);
}

bool
import_map_zero_empty(const struct import_map *m, const char *column)
{
	return setting(m, "@zero-empty", column) != NULL;
}

const char *
import_map_word(const struct import_map *m, const char *column, struct slice text)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct import_row *row = &m->row[i];
		const char *sign;
		if (strcmp(row->source, "@word") != 0 || strcmp(row->target, column) != 0 ||
		        (sign = strrchr(row->value, '=')) == NULL)
			continue;
		const size_t n = (size_t)(sign - row->value);
		struct str word = STR_INIT;
		str_add(&word, row->value, n);
		const bool same = column_name_is(text, str_text(&word));
		str_free(&word);
		if (same)
			return sign + 1;
	}
	return NULL;
}

/* "22.09.2026, 17:00": the comma is no part of a date. */
static bool
read_ordered(struct slice text, enum date_order order, struct when *out)
{
	const char *comma = memchr(text.s, ',', text.n);
	struct str bare = STR_INIT;
	bool good;

	if (comma == NULL)
		return date_read(text, order, out, NULL);
	str_add(&bare, text.s, (size_t)(comma - text.s));
	str_add(&bare, comma + 1, text.n - (size_t)(comma + 1 - text.s));
	good = date_read((struct slice){ str_text(&bare), bare.n }, order, out, NULL);
	str_free(&bare);
	return good;
}

bool
import_map_date(const struct import_map *m, struct slice text, struct when *out)
{
	static const struct {
		unsigned form;
		enum date_order order;
	} orders[] = { { FORM_YMD, DATE_YMD }, { FORM_DMY, DATE_DMY }, { FORM_MDY, DATE_MDY } };

	for (size_t i = 0; i < LENGTH(orders); i++)
		if ((m->dates & orders[i].form) && read_ordered(text, orders[i].order, out))
			return true;
	return (m->dates & FORM_NAMES) && monthname_read(text, out);
}

bool
import_map_order(const struct import_map *m, enum date_order *out)
{
	const unsigned order = m->dates & (FORM_DMY | FORM_MDY);

	*out = order == FORM_MDY ? DATE_MDY : DATE_DMY;
	return order == FORM_DMY || order == FORM_MDY;
}

bool
import_map_skips(const struct import_map *m, const struct row *row)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct import_row *rule = &m->row[i];
		if (strcmp(rule->source, "@skip") != 0)
			continue;
		for (size_t j = 0; j < row->header->n; j++)
			if (column_name_is(slice_of(row->header->label[j]), rule->target) &&
			        slice_eq_nocase(slice_trim(row->record.field[j]), rule->value))
				return true;
	}
	return false;
}
