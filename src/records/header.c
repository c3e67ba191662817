#include "records/header.h"

#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"

/* What a header of each table must hold; NULL at the end. */
static const struct {
	enum table table;
	const char *name;
	const char *required[5];
} tables[] = {
	{ TABLE_LOG, "log", { "date", "patient", "item" } },
	{ TABLE_SERIES, "series", { "metric", "baseline", "current", "verdict" } },
	{ TABLE_GROUPS, "groups", { "metric", "patients", "responders_30" } },
	{ TABLE_TIMELINE, "timeline", { "metric", "period", "mean" } },
	{ TABLE_ATTENTION, "attention", { "patient", "severity", "reason" } },
	{ TABLE_EXPLAIN, "explain", { "rule", "outcome", "because" } },
};

const char *
table_name(enum table table)
{
	for (size_t i = 0; i < LENGTH(tables); i++)
		if (tables[i].table == table)
			return tables[i].name;
	return table == TABLE_IMPORT ? "import" : "foreign";
}

int
header_column(const struct header *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->name[i], name) == 0)
			return (int)i;
	return -1;
}

/* Dates and numbers: a sign or point, a digit, and nothing that a name would have. */
static bool
is_number_like(struct slice s)
{
	size_t i = 0;

	while (i < s.n && strchr("+-.", s.s[i]) != NULL && s.s[i] != '\0')
		i++;
	if (i == s.n || s.s[i] < '0' || s.s[i] > '9')
		return false;
	while (i < s.n && memchr("0123456789.,:-/T eE+", s.s[i], 20) != NULL)
		i++;
	return i == s.n;
}

static bool
holds_once(const struct record *r, const char *name)
{
	size_t times = 0;

	for (size_t i = 0; i < r->n; i++)
		times += slice_eq_nocase(slice_trim(r->field[i]), name);
	return times == 1;
}

static bool
holds_all(const struct record *r, const char *const *required)
{
	for (; *required != NULL; required++)
		if (!holds_once(r, *required))
			return false;
	return true;
}

static bool
no_numbers(const struct record *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_number_like(slice_trim(r->field[i])))
			return false;
	return true;
}

static char *
lowered(struct slice s)
{
	char *copy = xstrndup(s.s, s.n);

	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

static bool
is_import_header(const struct record *r, header_test *is_import, void *context)
{
	char **names = xcalloc(r->n, sizeof *names);
	bool found;

	for (size_t i = 0; i < r->n; i++)
		names[i] = lowered(slice_trim(r->field[i]));
	found = is_import(context, (const char *const *)names, r->n);
	for (size_t i = 0; i < r->n; i++)
		free(names[i]);
	free(names);
	return found;
}

/* No table has a name that begins with a digit, and nearly every row of a log begins with its date.
 */
static bool
begins_with_digit(const struct record *r)
{
	return r->n > 0 && r->field[0].n > 0 && r->field[0].s[0] >= '0' && r->field[0].s[0] <= '9';
}

enum table
header_table(const struct record *r, header_test *is_import, void *context)
{
	if (begins_with_digit(r) || r->n == 0)
		return TABLE_OTHER;
	for (size_t i = 0; i < LENGTH(tables); i++)
		if (holds_all(r, tables[i].required))
			return no_numbers(r) ? tables[i].table : TABLE_OTHER;
	if (is_import != NULL && no_numbers(r) && is_import_header(r, is_import, context))
		return TABLE_IMPORT;
	return TABLE_OTHER;
}

struct header *
header_new(const struct record *r, enum table table, char delimiter)
{
	struct header *h = xcalloc(1, sizeof *h);

	h->table = table;
	h->delimiter = delimiter;
	h->n = r->n;
	while (h->n > 0 && slice_trim(r->field[h->n - 1]).n == 0)
		h->n--;
	h->dropped = r->n - h->n;
	h->name = xcalloc(h->n, sizeof *h->name);
	h->label = xcalloc(h->n, sizeof *h->label);
	for (size_t i = 0; i < h->n; i++) {
		const struct slice s = slice_trim(r->field[i]);
		h->name[i] = lowered(s);
		h->label[i] = xstrndup(s.s, s.n);
	}
	return h;
}

void
header_free(struct header *h)
{
	for (size_t i = 0; i < h->n; i++) {
		free((char *)h->name[i]);
		free(h->label[i]);
	}
	free(h->name);
	free(h->label);
	free(h);
}

bool
header_good(const struct header *h, struct str *why)
{
	for (size_t i = 0; i < h->n; i++) {
		if (h->name[i][0] == '\0') {
			str_addf(why, "column %zu has no name; give it one, or take the column out",
			        i + 1);
			return false;
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(h->name[i], h->name[j]) != 0)
				continue;
			str_addf(why,
			        "column '%s' stands twice (columns %zu and %zu%s); rename one",
			        h->name[i], j + 1, i + 1,
			        strcmp(h->label[i], h->label[j]) != 0 ? ", case apart" : "");
			return false;
		}
	}
	return true;
}
