#include "log/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "log/importmap.h"

/* A column of the input. */
struct source {
	size_t at;
	const char *unit; /* written behind a number, or NULL */
};

/* Where a column of the log comes from: its first source that holds something, notes all of them.
 */
struct target {
	const char *name;  /* of the log, or an unknown column's */
	const char *label; /* for messages */
	struct source *source;
	size_t sources, cap;
	bool asks;       /* its numbers need a unit, which the map does not know */
	int unit_column; /* holds each row's unit, or -1 */
	const char *set; /* value where there is none, or NULL */
	bool zero_empty;
	struct str text;
};

/* The shape of one table of the input. */
struct shape {
	struct header header;     /* what its rows get; it outlives the stream */
	const struct header *own; /* belongs to the stream */
	char **name;              /* the header's own */
	struct target *target;
	size_t n, cap;
	struct shape *next;
};

struct import {
	struct import_opts opts;
	struct import_map map;
	bool *mapped;                                       /* pairs of --map that a header had */
	struct shape *shapes;                               /* newest first */
	struct slice field[CSVIN_MAX_FIELDS + COLUMNS + 1]; /* with dose */
};

/* The part of NAME=VALUE before and behind the sign. */
static bool
split_pair(const char *pair, struct slice *name, const char **value)
{
	const char *sign = strrchr(pair, '=');

	if (sign == NULL || sign == pair)
		return false;
	*name = slice_trim((struct slice){ pair, (size_t)(sign - pair) });
	*value = sign + 1;
	return name->n > 0;
}

static bool
is_column(struct slice name)
{
	for (int c = 0; c < COLUMNS; c++)
		if (slice_eq(name, column_names[c]))
			return true;
	return slice_eq(name, "dose");
}

static void
check_column(const char *option, struct slice name)
{
	const char *near;

	if (is_column(name))
		return;
	near = nearest(name, column_names);
	usage_error("%s: '%.*s' is not a column of the log%s%s%s", option, SLICE_ARG(name),
	        near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static void
check_pairs(const struct import_opts *opts)
{
	struct slice name;
	const char *value;

	for (size_t i = 0; i < opts->map->n; i++) {
		if (!split_pair(opts->map->item[i], &name, &value))
			usage_error("--map: '%s' is not NAME=COLUMN", opts->map->item[i]);
		check_column("--map", slice_of(value));
	}
	for (size_t i = 0; i < opts->set->n; i++) {
		const char *sign = strchr(opts->set->item[i], '=');
		if (sign == NULL)
			usage_error("--set: '%s' is not COLUMN=VALUE", opts->set->item[i]);
		check_column("--set",
		        (struct slice){ opts->set->item[i], (size_t)(sign - opts->set->item[i]) });
	}
}

struct import *
import_new(const struct import_opts *opts)
{
	struct import *im = xcalloc(1, sizeof *im);

	im->opts = *opts;
	check_pairs(opts);
	im->mapped = xcalloc(opts->map->n + 1, sizeof *im->mapped);
	if (opts->from)
		import_map_open(&im->map, opts->catalogue, opts->from);
	return im;
}

static void
free_shape(struct shape *s)
{
	for (size_t i = 0; i < s->n; i++) {
		str_free(&s->target[i].text);
		free(s->target[i].source);
		free(s->name[i]);
		free(s->header.label[i]);
	}
	free(s->name);
	free(s->header.name);
	free(s->header.label);
	free(s->target);
	free(s);
}

void
import_free(struct import *im)
{
	while (im->shapes) {
		struct shape *next = im->shapes->next;
		free_shape(im->shapes);
		im->shapes = next;
	}
	free(im->mapped);
	free(im);
}

void
import_say_unmapped(const struct import *im)
{
	struct slice name;
	const char *column;

	for (size_t i = 0; i < im->opts.map->n; i++)
		if (!im->mapped[i] && split_pair(im->opts.map->item[i], &name, &column))
			diag_note("--map: no input has a column '%.*s'", SLICE_ARG(name));
}

bool
import_folds(const struct import *im)
{
	return im->map.fold;
}

const char *
import_encoding(const struct import *im)
{
	return im->opts.encoding_given ? NULL : im->map.encoding;
}

/* --- the header --- */

bool
import_renames(const struct import *im)
{
	return im->opts.from || im->opts.map->n > 0;
}

const char *
import_maps(const struct import *im, const char *label)
{
	struct slice name;
	const char *column;

	for (size_t i = 0; i < im->opts.map->n; i++)
		if (split_pair(im->opts.map->item[i], &name, &column) &&
		        column_name_is(name, label)) {
			im->mapped[i] = true;
			return column;
		}
	return NULL;
}

/*
 * The log's column of a foreign name: by --map, by the map, or its own name.  NULL: dropped.
 * *rule: the row of the map that said so, or NULL.
 */
static const char *
target_name(
        const struct import *im, const char *label, const char *own, const struct import_row **rule)
{
	const char *given = import_maps(im, label);

	*rule = NULL;
	if (given)
		return given;
	*rule = import_map_column(&im->map, label);
	if (*rule)
		return (*rule)->target[0] ? (*rule)->target : NULL;
	for (int c = 0; c < COLUMNS; c++)
		if (column_name_is(slice_of(own), column_names[c]))
			return column_names[c];
	return own;
}

static const char *
set_value(const struct import *im, const char *column)
{
	const size_t n = strlen(column);

	for (size_t i = 0; i < im->opts.set->n; i++)
		if (strncmp(im->opts.set->item[i], column, n) == 0 &&
		        im->opts.set->item[i][n] == '=')
			return im->opts.set->item[i] + n + 1;
	return NULL;
}

static bool
has_target(const struct import *im, const char *const *names, size_t n, const char *column)
{
	const struct import_row *rule;

	for (size_t i = 0; i < n; i++) {
		const char *target = target_name(im, names[i], names[i], &rule);
		if (target && strcmp(target, column) == 0)
			return true;
	}
	return false;
}

/* Do two of the names at least mean columns of the log? */
static bool
names_columns(const struct import *im, const char *const *names, size_t n)
{
	const struct import_row *rule;
	size_t columns = 0;

	for (size_t i = 0; i < n && columns < 2; i++) {
		const char *target = target_name(im, names[i], names[i], &rule);
		columns += target != NULL && is_column(slice_of(target));
	}
	return columns == 2;
}

static bool
repeats(const struct import *im, const char *const *names, size_t n)
{
	for (const struct shape *s = im->shapes; s; s = s->next) {
		size_t i = 0;
		while (i < n && i < s->own->n && strcmp(names[i], s->own->name[i]) == 0)
			i++;
		if (i == n && i == s->own->n)
			return true;
	}
	return false;
}

/*
 * For the stream: is this record the header of such a table?  What --set gives need not be named,
 * but behind the first record any row without a number would be a header then, so that two names
 * of columns must stand in it.
 */
static bool
is_import(void *context, const char *const *names, size_t n, bool first)
{
	static const char *const needed[] = { "date", "item" };
	const struct import *im = context;
	const bool sets = first || names_columns(im, names, n);

	if (im->map.header)
		return import_map_is_header(&im->map, names, n);
	for (size_t i = 0; i < LENGTH(needed); i++)
		if (!has_target(im, names, n, needed[i]) &&
		        !(sets && set_value(im, needed[i]) != NULL))
			return !first && repeats(im, names, n);
	return true;
}

static struct target *
target_of(struct shape *s, const char *name, const char *label)
{
	struct target *t;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->target[i].name, name) == 0)
			return &s->target[i];
	GROW(s->target, s->cap, s->n);
	t = &s->target[s->n++];
	*t = (struct target){ .name = name, .label = label, .unit_column = -1 };
	return t;
}

static void
add_source(struct import *im, struct shape *s, const struct header *h, size_t at)
{
	const struct import_row *rule;
	const char *name = target_name(im, h->label[at], h->name[at], &rule), *unit_column;
	struct target *t;

	if (name == NULL)
		return;
	t = target_of(s, name, h->label[at]);
	if (t->sources > 0 && strcmp(name, "note") != 0 && rule == NULL)
		die("the columns '%s' and '%s' both mean %s", t->label, h->label[at], name);
	GROW(t->source, t->cap, t->sources);
	t->source[t->sources++] = (struct source){ at, rule && rule->unit[0] ? rule->unit : NULL };
	t->zero_empty = import_map_zero_empty(&im->map, name);
	unit_column = import_map_unit_column(&im->map, name);
	for (size_t i = 0; unit_column && i < h->n; i++)
		if (column_name_is(slice_of(h->label[i]), unit_column))
			t->unit_column = (int)i;
	t->asks = t->asks || import_map_asks(&im->map, name, h->label[at]);
}

static void
add_sets(struct import *im, struct shape *s)
{
	for (size_t i = 0; i < im->opts.set->n; i++) {
		const char *pair = im->opts.set->item[i];
		for (int c = 0; c <= COLUMNS; c++) {
			const char *name = c < COLUMNS ? column_names[c] : "dose";
			const size_t n = strlen(name);
			if (strncmp(pair, name, n) == 0 && pair[n] == '=')
				target_of(s, name, name)->set = pair + n + 1;
		}
	}
}

static struct shape *
make_shape(struct import *im, const struct header *h)
{
	struct shape *s = xcalloc(1, sizeof *s);

	for (size_t i = 0; i < h->n; i++)
		add_source(im, s, h, i);
	add_sets(im, s);
	s->own = h;
	s->header = *h;
	s->header.table = TABLE_LOG;
	s->header.n = s->n;
	s->header.name = xcalloc(s->n + 1, sizeof *s->header.name);
	s->header.label = xcalloc(s->n + 1, sizeof *s->header.label);
	s->name = xcalloc(s->n + 1, sizeof *s->name);
	for (size_t i = 0; i < s->n; i++) {
		s->header.name[i] = s->name[i] = xstrdup(s->target[i].name);
		s->header.label[i] = xstrdup(s->target[i].label);
		s->target[i].name = s->name[i];
	}
	s->next = im->shapes;
	im->shapes = s;
	return s;
}

static struct shape *
shape_of(struct import *im, const struct header *h)
{
	for (struct shape *s = im->shapes; s; s = s->next)
		if (s->own->serial == h->serial)
			return s;
	return make_shape(im, h);
}

const struct header *
import_header(struct import *im, const struct header *h)
{
	return &shape_of(im, h)->header;
}

struct import_lacks
import_lacks(struct import *im, const struct header *h)
{
	const struct shape *s = shape_of(im, h);
	struct import_lacks out = { .unit = false, .patient = true };

	for (size_t i = 0; i < s->n; i++) {
		const struct target *t = &s->target[i];
		/* A load whose unit nobody says is not guessed. */
		out.unit = out.unit || (t->asks && t->unit_column < 0 && im->opts.unit == NULL);
		out.patient = out.patient && strcmp(t->name, "patient") != 0;
	}
	return out;
}

bool
import_sets(const struct import *im, const char *column)
{
	return set_value(im, column) != NULL;
}

/* --- the rows --- */

static bool
is_zero(struct slice t)
{
	double x;

	return num_read(t, true, &x) == NUM_OK && x == 0;
}

static void
add_unit(struct str *out, const char *unit)
{
	const char last = out->n ? out->s[out->n - 1] : 'x';

	if (unit && *unit && ((last >= '0' && last <= '9') || last == '.')) {
		str_putc(out, ' ');
		str_puts(out, unit);
	}
}

/* "a\nb", written as four characters, has a line break. */
static void
add_text(struct str *out, struct slice text, const char *line_break)
{
	const size_t n = line_break ? strlen(line_break) : 0;

	for (size_t i = 0; i < text.n; i++)
		if (n > 0 && text.n - i >= n && memcmp(text.s + i, line_break, n) == 0) {
			str_putc(out, '\n');
			i += n - 1;
		} else {
			str_putc(out, text.s[i]);
		}
}

static struct slice
note_of(struct import *im, struct target *t, const struct row *in)
{
	str_reset(&t->text);
	for (size_t i = 0; i < t->sources; i++) {
		const struct slice piece = in->record.field[t->source[i].at];
		if (piece.n == 0)
			continue;
		if (t->text.n > 0)
			str_puts(&t->text, " / ");
		add_text(&t->text, piece, im->map.line_break);
	}
	return (struct slice){ str_text(&t->text), t->text.n };
}

/* A date in one of the map's forms as the log writes it; any other stays as it is. */
static struct slice
date_of(struct import *im, struct target *t, struct slice text)
{
	char buf[DATE_TEXT];
	struct when when;

	if (text.n == 0 || !import_map_date(&im->map, text, &when))
		return text;
	str_reset(&t->text);
	str_add(&t->text, buf, when_write(buf, when));
	return (struct slice){ str_text(&t->text), t->text.n };
}

static struct slice
prefixed(struct import *im, struct target *t, struct slice patient)
{
	if (im->opts.prefix == NULL || patient.n == 0)
		return patient;
	const struct slice id = slice_trim(patient);
	str_reset(&t->text);
	str_puts(&t->text, im->opts.prefix);
	str_add(&t->text, id.s, id.n);
	return (struct slice){ str_text(&t->text), t->text.n };
}

/* The first source that holds something, with its unit. */
static struct slice
plain_cell(struct import *im, struct target *t, const struct row *in)
{
	const char *unit = NULL, *word;
	struct slice text = { "", 0 };

	for (size_t i = 0; i < t->sources && text.n == 0; i++) {
		text = slice_trim(in->record.field[t->source[i].at]);
		unit = t->source[i].unit;
		if (t->zero_empty && is_zero(text))
			text.n = 0;
	}
	if (text.n > 0 && (word = import_map_word(&im->map, t->name, text)) != NULL)
		return slice_of(word);
	if (t->unit_column >= 0 && text.n > 0) {
		const struct slice own = slice_trim(in->record.field[t->unit_column]);
		str_reset(&t->text);
		str_addf(&t->text, "%.*s %.*s", SLICE_ARG(text), SLICE_ARG(own));
		return slice_trim((struct slice){ str_text(&t->text), t->text.n });
	}
	if (unit == NULL || text.n == 0)
		return text;
	str_reset(&t->text);
	str_add(&t->text, text.s, text.n);
	add_unit(&t->text, unit);
	return (struct slice){ str_text(&t->text), t->text.n };
}

/* Nothing is changed that no rule speaks of: quoted blanks stay. */
static struct slice
cell_of(struct import *im, struct target *t, const struct row *in)
{
	struct slice text;

	if (strcmp(t->name, "note") == 0)
		text = note_of(im, t, in);
	else
		text = plain_cell(im, t, in);
	if (text.n == 0 && t->set)
		text = slice_of(t->set);
	if (strcmp(t->name, "date") == 0)
		return date_of(im, t, text);
	if (strcmp(t->name, "patient") == 0)
		return prefixed(im, t, text);
	return text;
}

static bool
is_dose(const char *name)
{
	return strcmp(name, "sets") == 0 || strcmp(name, "reps") == 0 ||
	        strcmp(name, "load_kg") == 0 || strcmp(name, "seconds") == 0;
}

static bool
has_dose(const struct import *im, const struct shape *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_dose(s->target[i].name) && im->field[i].n > 0)
			return true;
	return false;
}

bool
import_row(struct import *im, const struct row *in, struct row *out)
{
	struct shape *s = shape_of(im, in->header);
	const bool blank = record_is_empty(&in->record);

	if (!blank && import_map_skips(&im->map, in))
		return false;
	for (size_t i = 0; i < s->n; i++)
		im->field[i] = blank ? (struct slice){ "", 0 } : cell_of(im, &s->target[i], in);
	if (!blank && im->map.skip_empty && !has_dose(im, s))
		return false;
	*out = *in;
	out->header = &s->header;
	out->record.field = im->field;
	out->record.n = s->n;
	out->record.raw = (struct slice){ NULL, 0 }; /* not to be copied as it is */
	out->record.bare = false;
	return true;
}

void
import_prepare(struct import *im, struct stream_opts *stream, struct entry_style *style)
{
	enum date_order order;

	stream->is_import = is_import;
	stream->context = im;
	if (im->map.comma)
		style->comma = true;
	if (im->opts.unit)
		style->load_unit = im->opts.unit;
	if (im->opts.date_order_given)
		im->map.dates = 0;
	else if (import_map_order(&im->map, &order)) /* for what is said of a date that is none */
		style->date_order = order;
	style->date_advice = im->map.named_months
	        ? "if the app writes months in another language, set it to English and "
	          "export again"
	        : NULL;
}
