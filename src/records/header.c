#include "records/header.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "records/dialect.h"

static const struct known {
	enum table table;
	const char *name;
	const char *required[5]; /* NULL at the end */
} known_tables[] = {
	/* ahead of the log, whose required names it holds as well */
	{ TABLE_EXPLAIN, "explain", { "rule", "outcome", "because" } },
	{ TABLE_LOG, "log", { "patient", "date", "item" } },
	{ TABLE_SERIES, "series", { "metric", "baseline", "current", "verdict" } },
	{ TABLE_GROUPS, "groups", { "metric", "patients", "responders_30" } },
	{ TABLE_TIMELINE, "timeline", { "metric", "period", "mean" } },
	{ TABLE_ATTENTION, "attention", { "patient", "severity", "reason" } },
};

/* One of them stands in every header of ours. */
static const char *const key_names[] = { "patient", "metric", "rule" };

const char *
table_name(enum table table)
{
	for (size_t i = 0; i < LENGTH(known_tables); i++)
		if (known_tables[i].table == table)
			return known_tables[i].name;
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

bool
is_figure(struct slice s)
{
	enum { SIGN = 1, DIGIT = 2 };
	static const unsigned char part[256] = { ['.'] = SIGN, [','] = SIGN, [':'] = SIGN,
		['-'] = SIGN, ['+'] = SIGN, ['/'] = SIGN, [' '] = SIGN, ['T'] = SIGN, ['Z'] = SIGN,
		['e'] = SIGN, ['E'] = SIGN, ['%'] = SIGN, ['0'] = SIGN | DIGIT,
		['1'] = SIGN | DIGIT, ['2'] = SIGN | DIGIT, ['3'] = SIGN | DIGIT,
		['4'] = SIGN | DIGIT, ['5'] = SIGN | DIGIT, ['6'] = SIGN | DIGIT,
		['7'] = SIGN | DIGIT, ['8'] = SIGN | DIGIT, ['9'] = SIGN | DIGIT };
	unsigned all = SIGN, any = 0;

	for (size_t i = 0; i < s.n && all; i++) {
		all &= part[(unsigned char)s.s[i]];
		any |= part[(unsigned char)s.s[i]];
	}
	return all && (any & DIGIT);
}

/* Rows of tables that do not begin with a date come here, each of them. */
static bool
has_key_name(const struct record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct slice f = r->field[i];

		if (f.n < 4 || (f.s[0] >= '!' && f.s[0] <= '@'))
			continue;
		f = slice_trim(f);
		for (size_t k = 0; k < LENGTH(key_names); k++)
			if (slice_eq_nocase(f, key_names[k]))
				return true;
	}
	return false;
}

bool
may_be_header(const struct record *r, const struct header_rules *rules)
{
	return rules->is_import || has_key_name(r);
}

static bool
has_figure(const struct record *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_figure(r->field[i]))
			return true;
	return false;
}

static char *
lower(const char *s)
{
	char *low = xstrdup(s);

	for (char *p = low; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return low;
}

/* A name without outer blanks; line breaks in it, with the blanks around them, are one blank. */
static char *
label_of(struct slice cell)
{
	char *label = xmalloc(cell.n + 1), *to = label;
	bool broken = false;

	cell = slice_trim(cell);
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.s[i] == '\n' || cell.s[i] == '\r') {
			broken = true;
			while (to > label && is_blank(to[-1]))
				to--;
		} else if (!broken || !is_blank(cell.s[i])) {
			if (broken && to > label)
				*to++ = ' ';
			broken = false;
			*to++ = cell.s[i];
		}
	}
	*to = '\0';
	return label;
}

static struct header *
header_new(const struct record *r)
{
	struct header *h = xcalloc(1, sizeof(*h));

	h->n = r->n;
	while (h->n > 0 && slice_trim(r->field[h->n - 1]).n == 0)
		h->n--;
	h->dropped = r->n - h->n;
	h->label = xcalloc(h->n + 1, sizeof(*h->label));
	h->name = xcalloc(h->n + 1, sizeof(*h->name));
	for (size_t i = 0; i < h->n; i++) {
		h->label[i] = label_of(r->field[i]);
		h->name[i] = lower(h->label[i]);
	}
	return h;
}

void
header_free(struct header *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->n; i++) {
		free(h->label[i]);
		free((char *)h->name[i]);
	}
	free(h->label);
	free(h->name);
	free(h);
}

/* How many of the required names H has. */
static size_t
names_found(const struct known *k, const struct header *h)
{
	size_t n = 0;

	for (const char *const *name = k->required; *name; name++)
		n += header_column(h, *name) >= 0;
	return n;
}

static size_t
names_required(const struct known *k)
{
	size_t n = 0;

	while (k->required[n])
		n++;
	return n;
}

static bool
recognise(struct header *h, const struct header_rules *rules, bool first)
{
	if (rules->is_import && rules->is_import(rules->context, h->name, h->n, first)) {
		h->table = TABLE_IMPORT;
		return true;
	}
	for (size_t i = 0; i < LENGTH(known_tables); i++)
		if (names_found(&known_tables[i], h) == names_required(&known_tables[i])) {
			h->table = known_tables[i].table;
			return true;
		}
	return false;
}

/* Each column by one name of its own. */
static void
check_names(const struct header *h, const char *file, long line)
{
	for (size_t i = 0; i < h->n; i++) {
		if (*h->name[i] == '\0')
			die("%s:%ld: column %zu has no name", file, line, i + 1);
		for (size_t j = 0; j < i; j++)
			if (strcmp(h->name[i], h->name[j]) == 0)
				die("%s:%ld: columns %zu and %zu have the same name, %s; rename "
				    "one",
				        file, line, j + 1, i + 1, quote(slice_of(h->label[i])));
	}
}

static bool
is_any_header(const struct header *h)
{
	return h->n > 1 || (h->n == 1 && *h->name[0] != '\0');
}

/* Whoever reads rows remembers by it where the columns of the last header were. */
static size_t last_serial;

struct header *
header_of(const struct record *r, const struct header_rules *rules, bool first, const char *file,
        char delimiter)
{
	struct header *h;

	if (has_figure(r))
		return NULL;
	h = header_new(r);
	if (!recognise(h, rules, first) && !(first && rules->any && is_any_header(h))) {
		header_free(h);
		return NULL;
	}
	check_names(h, file, r->line);
	h->delimiter = delimiter;
	h->file = file;
	h->line = r->line;
	h->serial = ++last_serial;
	return h;
}

struct header *
header_of_line(struct slice line, const char *file)
{
	const struct csvin_opts opts = { .delimiter = ',' };
	const struct header_rules rules = { .any = false };
	struct csvin *in = csvin_open_memory(line.s, line.n, file, &opts);
	struct header *h = NULL;
	struct record r;

	if (csvin_next(in, &r) == CSVIN_RECORD)
		h = header_of(&r, &rules, true, file, ',');
	if (!h)
		die("%s: the names of its columns are too long to be read again: leave some out",
		        file);
	csvin_close(in);
	return h;
}

/* ---- what is wrong with a first record ---- */

/* A line cut at its own delimiter, whatever that of the file is; quotes are taken off. */
static size_t
cut(struct slice line, struct slice field[CSVIN_MAX_FIELDS])
{
	char delimiter = delimiter_of(line);
	struct slice rest = line;
	size_t n = 0;

	while (n < CSVIN_MAX_FIELDS && slice_split(&rest, delimiter, &field[n])) {
		if (field[n].n >= 2 && field[n].s[0] == '"' && field[n].s[field[n].n - 1] == '"')
			field[n] = (struct slice){ field[n].s + 1, field[n].n - 2 };
		n++;
	}
	return n;
}

bool
line_is_header(struct slice line)
{
	struct slice field[CSVIN_MAX_FIELDS];
	struct record r = { .field = field, .n = cut(line, field) };
	struct header *h = header_new(&r);
	bool is = !has_figure(&r) && recognise(h, &(struct header_rules){ .any = false }, false);

	header_free(h);
	return is;
}

/* Titles above the header: the line of the first record that would be one, or 0. */
static long
later_header(struct csvin *in)
{
	struct record r;
	enum csvin_got got;

	for (int i = 0; i < 100; i++) {
		got = csvin_next(in, &r);
		if (got != CSVIN_RECORD && got != CSVIN_BAD)
			return 0;
		if (line_is_header(r.raw))
			return r.line;
	}
	return 0;
}

static const struct known *
likeliest(const struct header *h)
{
	const struct known *best = &known_tables[1]; /* a log, rather than what programs write */

	for (size_t i = 2; i < LENGTH(known_tables); i++)
		if (names_found(&known_tables[i], h) > names_found(best, h))
			best = &known_tables[i];
	return best;
}

/* "date, patient (is it 'Patient No'?)" */
static void
add_missing(struct str *t, const struct known *k, const struct header *h)
{
	for (const char *const *name = k->required; *name; name++) {
		const char *like;

		if (header_column(h, *name) >= 0)
			continue;
		str_addf(t, "%s%s", t->n ? ", " : "", *name);
		like = nearest(slice_of(*name), h->name);
		if (like)
			str_addf(t, " (is it %s?)", quote(slice_of(like)));
	}
}

void
no_header(struct csvin *in, const struct record *first, const char *name, const char *file)
{
	struct header *h = header_new(first);
	bool line_quoted =
	        first->n == 1 && first->quoted && memchr(first->field[0].s, ',', first->field[0].n);
	const struct known *k = likeliest(h);
	struct str missing = STR_INIT, word = STR_INIT;
	long line = first->line, later;

	str_add_shell_word(&word, file ? file : "FILE");
	add_missing(&missing, k, h);
	header_free(h);
	if (line_quoted)
		die("%s:%ld: each whole line is quoted, as if it were one field (exported twice?); "
		    "try: sed 's/^\"//; s/\"$//; s/\"\"/\"/g' %s | %s",
		        name, line, str_text(&word), diag_program());
	later = later_header(in);
	if (later)
		die("%s:%ld: this is no header; line %ld looks like one; try: tail -n +%ld %s | "
		    "%s",
		        name, line, later, later, str_text(&word), diag_program());
	if (missing.n == 0)
		die("%s:%ld: this is no header: a date or a number stands among the names", name,
		        line);
	die("%s:%ld: no header of a %s: missing %s", name, line, k->name, str_text(&missing));
}
