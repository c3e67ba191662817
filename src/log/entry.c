#include "log/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/claims.h"
#include "log/dose.h"
#include "log/freetext.h"
#include "log/item.h"
#include "log/number.h"
#include "log/patient.h"
#include "log/roster.h"
#include "log/value.h"

struct entry_reader {
	struct entry_style style;
	struct items *items;
	struct patients *patients;
	struct claims *claims;

	/* The table: where its columns are. */
	size_t serial;
	int at[COLUMNS];             /* -1: not there */
	enum column number[COLUMNS]; /* columns of numbers that it has */
	size_t numbers;
	int dose;
	int other[CSVIN_MAX_FIELDS]; /* columns that the log does not know */
	size_t others;
	bool comma;
	double load_factor; /* of a load without a unit, to kg */
	bool remarked[COLUMNS];

	/* The date and the kind of the row before, which most rows share: their canonical texts. */
	char newest[10];
	int newest_day;
	struct slice kind_text;
	enum kind kind;

	/* The row. */
	const struct row *row;
	const struct slice *field; /* its fields */
	const struct item *item;
	bool changed, rejected;
	bool careful; /* a row whose loss could harm: what is bad in it is left empty */
	struct str reason;
	struct str why, value, note; /* note and value: texts that had to be changed */
};

struct entry_reader *
entry_reader_new(const struct catalogue *c, const struct entry_style *style)
{
	struct entry_reader *r = xcalloc(1, sizeof *r);

	if (style)
		r->style = *style;
	r->load_factor =
	        r->style.load_unit && strcmp(r->style.load_unit, "lb") == 0 ? KG_PER_LB : 1;
	r->items = items_new(c);
	r->patients = patients_new();
	r->claims = claims_new(c);
	r->serial = (size_t)-1;
	return r;
}

void
entry_reader_free(struct entry_reader *r)
{
	items_free(r->items);
	patients_free(r->patients);
	claims_free(r->claims);
	str_free(&r->reason);
	str_free(&r->why);
	str_free(&r->value);
	str_free(&r->note);
	free(r);
}

void
entry_reader_know(struct entry_reader *r, const char *log)
{
	roster_read(r->patients, log);
}

const char *
entry_reason(const struct entry_reader *r)
{
	return str_text(&r->reason);
}

void
entry_reader_end(struct entry_reader *r)
{
	items_report(r->items);
}

/* --- its numbers --- */

static const size_t number_at[COLUMNS] = {
	[COL_SETS] = offsetof(struct entry, sets),
	[COL_REPS] = offsetof(struct entry, reps),
	[COL_LOAD_KG] = offsetof(struct entry, load_kg),
	[COL_SECONDS] = offsetof(struct entry, seconds),
	[COL_PER_WEEK] = offsetof(struct entry, per_week),
	[COL_PAIN_BEFORE] = offsetof(struct entry, pain_before),
	[COL_PAIN_AFTER] = offsetof(struct entry, pain_after),
	[COL_DIZZY_BEFORE] = offsetof(struct entry, dizzy_before),
	[COL_DIZZY_AFTER] = offsetof(struct entry, dizzy_after),
	[COL_SETTLE_MIN] = offsetof(struct entry, settle_min),
	[COL_RPE] = offsetof(struct entry, rpe),
};

double *
entry_number(struct entry *e, enum column column)
{
	return (double *)((char *)e + number_at[column]);
}

double
entry_number_of(const struct entry *e, enum column column)
{
	return *(const double *)((const char *)e + number_at[column]);
}

bool
entry_done(const struct entry *e)
{
	if (e->kind != KIND_EXERCISE || e->sets == 0)
		return false;
	return !(e->reps == 0 && !(e->seconds > 0));
}

/* --- the table --- */

/* Columns that --rejects added to a file that was corrected and is read again. */
static bool
is_reject_column(const char *name)
{
	return strcmp(name, "reject_line") == 0 || strcmp(name, "reject_reason") == 0;
}

bool
entry_column_is_other(const char *name)
{
	for (int c = 0; c < COLUMNS; c++)
		if (strcmp(name, column_names[c]) == 0)
			return false;
	return strcmp(name, "dose") != 0 && !is_reject_column(name);
}

static void
use_header(struct entry_reader *r, const struct header *h)
{
	r->serial = h->serial;
	r->others = r->numbers = 0;
	for (int c = 0; c < COLUMNS; c++)
		r->at[c] = header_column(h, column_names[c]);
	for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++)
		if (r->at[c] >= 0)
			r->number[r->numbers++] = c;
	r->dose = header_column(h, "dose");
	r->comma = r->style.comma || h->delimiter == ';' || h->delimiter == '\t';
	for (size_t i = 0; i < h->n; i++)
		if (entry_column_is_other(h->name[i]))
			r->other[r->others++] = (int)i;
}

/* --- what is said --- */

/* A column as the input names it, when that is another name. */
static const char *
column_label(const struct entry_reader *r, int at, const char *name)
{
	const struct header *h = r->row->header;

	return at >= 0 && !slice_eq_nocase(slice_of(h->label[at]), name) ? h->label[at] : name;
}

static struct place
place_of(const struct entry_reader *r, int at, const char *name)
{
	return (struct place){ r->row->file, r->row->record.line, column_label(r, at, name) };
}

static void
reject_at(struct entry_reader *r, int at, const char *name, const char *why)
{
	const struct place place = place_of(r, at, name);

	if (!r->style.quiet)
		diag_reject(place, "%s", why);
	if (r->reason.n > 0)
		str_puts(&r->reason, "; ");
	str_addf(&r->reason, "%s: %s", place.column, why);
	r->rejected = true;
}

static void
reject(struct entry_reader *r, enum column c, const char *why)
{
	reject_at(r, r->at[c], column_names[c], why);
}

/* A field that the row can do without: left empty in a row whose loss could harm. */
static void
spoil(struct entry_reader *r, enum column c, const char *why)
{
	r->changed = true;
	if (!r->careful || r->style.strict)
		reject(r, c, why);
	else if (!r->style.quiet)
		diag_warning(place_of(r, r->at[c], column_names[c]), "%s; left empty", why);
}

/* The row is good, but what it says cannot be meant. */
static void
warn(struct entry_reader *r, enum column c, const char *what)
{
	if (r->style.strict)
		reject(r, c, what);
	else if (!r->style.quiet)
		diag_warning(place_of(r, r->at[c], column_names[c]), "%s", what);
}

/* Something was read that may surprise: said once for each column. */
static void
remark(struct entry_reader *r, enum column c, const char *what)
{
	if (r->style.strict) {
		reject(r, c, what);
		return;
	}
	if (r->remarked[c] || r->style.quiet)
		return;
	r->remarked[c] = true;
	diag_warning(place_of(r, r->at[c], column_names[c]), "%s (said once)", what);
}

/* "'VALUE' WHAT" */
static const char *
about(struct entry_reader *r, struct slice value, const char *what)
{
	str_reset(&r->why);
	str_add_quoted(&r->why, value);
	str_addf(&r->why, " %s", what);
	return str_text(&r->why);
}

static const char *
about_word(struct entry_reader *r, struct slice value, const char *what, const char *const *words)
{
	const char *near = nearest(value, words);

	about(r, value, what);
	if (near && *near)
		str_addf(&r->why, "; did you mean '%s'?", near);
	return str_text(&r->why);
}

/* --- the fields --- */

static inline struct slice
raw_cell(const struct entry_reader *r, enum column c)
{
	return r->at[c] < 0 ? (struct slice){ NULL, 0 } : r->field[r->at[c]];
}

/* Not a visible ASCII character: slice_trim() may take it away. */
static inline bool
is_loose(char c)
{
	return (unsigned)(unsigned char)c - '!' > '~' - '!';
}

/* Without the blanks that quotes kept, or no-break spaces. */
static inline struct slice
cell(struct entry_reader *r, enum column c)
{
	const struct slice t = raw_cell(r, c);

	if (t.n == 0 || (!is_loose(t.s[0]) && !is_loose(t.s[t.n - 1])))
		return t;
	const struct slice trimmed = slice_trim(t);
	if (trimmed.n != t.n)
		r->changed = true;
	return trimmed;
}

static void
read_patient(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_PATIENT);
	const char *why = r->style.quiet ? patient_wrong(t) : patient_check(r->patients, t, r->row);

	if (why)
		reject(r, COL_PATIENT, why);
	else
		out->patient = t;
}

static void
reject_date(struct entry_reader *r)
{
	if (r->style.date_advice)
		str_addf(&r->why, "; %s", r->style.date_advice);
	reject(r, COL_DATE, str_text(&r->why));
}

static void
read_date(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_DATE);

	if (t.n == 10 && memcmp(t.s, r->newest, 10) == 0) {
		out->date = (struct when){ r->newest_day, NO_TIME };
		return;
	}
	str_reset(&r->why);
	if (t.n == 0)
		reject(r, COL_DATE,
		        "empty (merged cells in the spreadsheet? repeat the date and the patient "
		        "on each "
		        "row)");
	else if (!date_read(t, r->style.date_order, &out->date, &r->why))
		reject_date(r);
	else if (t.n != (out->date.minute == NO_TIME ? 10 : 16) || t.s[4] != '-' || t.s[7] != '-' ||
	        (t.n == 16 && t.s[10] != 'T'))
		r->changed = true;
	else if (t.n == 10) {
		memcpy(r->newest, t.s, 10);
		r->newest_day = out->date.day;
	}
}

/* The place of a word, which is not empty, in a list, without regard to case, or -1. */
static int
word_at(struct entry_reader *r, struct slice t, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (*words[i] == *t.s && strncmp(words[i], t.s, t.n) == 0 && words[i][t.n] == '\0')
			return i;
	for (int i = 0; words[i]; i++)
		if (slice_eq_nocase(t, words[i])) {
			r->changed = true;
			return i;
		}
	return -1;
}

static void
read_kind(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_KIND);
	int kind;

	if (t.n == 0) {
		r->changed = true; /* it is written out */
		return;
	}
	if (slice_is(t, r->kind_text)) {
		out->kind = r->kind;
		return;
	}
	kind = word_at(r, t, kind_names);
	if (kind < 0) {
		reject(r, COL_KIND, about_word(r, t, "is not a kind of row", kind_names));
		return;
	}
	out->kind = r->kind = (enum kind)kind;
	r->kind_text = slice_of(kind_names[kind]);
}

static const struct {
	const char *word;
	enum side side;
} sides[] = {
	{ "l", SIDE_LEFT },
	{ "r", SIDE_RIGHT },
	{ "b", SIDE_BOTH },
	{ "bilateral", SIDE_BOTH },
	{ "lt", SIDE_LEFT },
	{ "rt", SIDE_RIGHT },
};

/* -1: no side. */
static int
side_at(struct entry_reader *r, struct slice t)
{
	int side;

	if (t.n == 0)
		return SIDE_NONE;
	side = word_at(r, t, side_names + 1);
	if (side >= 0)
		return side + 1;
	for (size_t i = 0; i < LENGTH(sides); i++)
		if (slice_eq_nocase(t, sides[i].word)) {
			r->changed = true;
			return (int)sides[i].side;
		}
	return -1;
}

static void
read_side(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_SIDE);
	const int side = side_at(r, t);

	if (side >= 0)
		out->side = (enum side)side;
	else
		spoil(r, COL_SIDE, about_word(r, t, "is not left, right or both", side_names));
}

static void
read_decision(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_DECISION);
	int decision;

	if (t.n == 0)
		return;
	decision = word_at(r, t, decision_names + 1);
	if (decision >= 0)
		out->decision = (enum decision)(decision + 1);
	else
		spoil(r, COL_DECISION, about_word(r, t, "is not a decision", decision_names));
}

/* In --strict an item that the catalogue lacks is rejected. */
static void
unknown_item(struct entry_reader *r, const struct entry *out, struct slice t)
{
	if (r->style.quiet || (!r->style.strict && !r->style.names_unknown))
		return;
	const int at = side_at(r, cell(r, COL_SIDE)); /* the item is read first */
	const enum side side = at < 0 ? SIDE_NONE : (enum side)at;
	if (!r->style.strict) {
		item_unknown(
		        r->items, out->kind, r->item, side, place_of(r, r->at[COL_ITEM], "item"));
		return;
	}
	about(r, t, "is not in the catalogue");
	item_ask(r->items, out->kind, (struct slice){ r->item->text, r->item->n }, side, &r->why);
	reject(r, COL_ITEM, str_text(&r->why));
}

static void
read_item(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_ITEM);

	r->item = NULL;
	if (t.n == 0) {
		if (out->kind != KIND_NOTE && out->kind != KIND_VOID)
			reject(r, COL_ITEM, "empty: name the exercise, measure or whatever it is");
		return;
	}
	r->item = item_find(r->items, out->kind, t);
	if (r->item->why) {
		reject(r, COL_ITEM, about(r, t, r->item->why));
		r->item = NULL;
		return;
	}
	out->item = (struct slice){ r->item->text, r->item->n };
	if (r->item->changed)
		r->changed = true;
	if (!r->item->known)
		unknown_item(r, out, t);
}

/* Rows about safety are not dropped for a bad field that they can do without. */
static bool
is_careful(const struct entry *e)
{
	return e->kind == KIND_REDFLAG || e->kind == KIND_MEDICINE ||
	        (e->kind == KIND_PROFILE && slice_eq(e->item, "limit"));
}

static void
check_claim(struct entry_reader *r, const struct entry *out)
{
	if (claims_doubt(r->claims, out, &r->style, &r->why))
		warn(r, COL_VALUE, str_text(&r->why));
}

/* A flag without a value is raised: one that was denied must not become that. */
static void
spoil_flag(struct entry_reader *r, struct slice t)
{
	r->changed = true;
	if (value_denies(t))
		reject(r, COL_VALUE,
		        about(r, t,
		                "of a red flag: write 0 for no, 1 for yes, and no row at all for "
		                "what was not asked"));
	else if (r->style.strict)
		reject(r, COL_VALUE, about(r, t, "is neither 1, raised, nor 0, cleared"));
	else if (!r->style.quiet)
		diag_warning(place_of(r, r->at[COL_VALUE], column_names[COL_VALUE]),
		        "%s; left empty, which is raised",
		        about(r, t, "is neither 1, raised, nor 0, cleared"));
}

static void
read_value(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_VALUE);

	if (t.n == 0)
		return;
	switch (value_read(out, r->item, t, r->comma, &r->value, &r->changed, &r->why)) {
	case NUMBER_AS:
		remark(r, COL_VALUE, str_text(&r->why));
		break;
	case NUMBER_BAD:
		out->text = (struct slice){ NULL, 0 };
		if (out->kind == KIND_REDFLAG)
			spoil_flag(r, t);
		else
			spoil(r, COL_VALUE, str_text(&r->why));
		break;
	default:
		check_claim(r, out);
		break;
	}
}

static double
factor_of(const struct entry_reader *r, enum column c)
{
	return c == COL_LOAD_KG ? r->load_factor : 1;
}

/* One that is not as short as nearly all are. */
static void
read_number(struct entry_reader *r, enum column c, double *out)
{
	const struct slice t = cell(r, c);
	double x;

	if (t.n == 0)
		return;
	switch (number_read(t, number_spec(c), r->comma, factor_of(r, c), &x, &r->why)) {
	case NUMBER_BAD:
		spoil(r, c, str_text(&r->why));
		return;
	case NUMBER_AS:
		remark(r, c, str_text(&r->why));
		break;
	default:
		break;
	}
	*out = x;
	if (!number_is(t, x))
		r->changed = true;
}

static void
read_numbers(struct entry_reader *r, struct entry *out)
{
	for (size_t i = 0; i < r->numbers; i++) {
		const enum column c = r->number[i];
		const struct slice t = r->field[r->at[c]];
		double *x = entry_number(out, c);
		if (t.n > 0 && !(factor_of(r, c) == 1 && number_is_short(t, number_spec(c), x)))
			read_number(r, c, x);
	}
}

static void
read_note(struct entry_reader *r, struct entry *out)
{
	const struct slice t = raw_cell(r, COL_NOTE);
	const char *why, *odd;

	if (t.n == 0 || text_is_ordinary(t)) {
		out->note = t;
		return;
	}
	switch (text_read(t, &r->note, &out->note, &why)) {
	case TEXT_BAD:
		out->note = (struct slice){ NULL, 0 };
		spoil(r, COL_NOTE, why);
		return;
	case TEXT_CHANGED:
		r->changed = true;
		break;
	default:
		break;
	}
	if ((odd = text_remark(out->note)) != NULL)
		remark(r, COL_NOTE, odd);
}

static void
read_rule(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_RULE);
	struct slice same;
	const char *why;

	if (t.n == 0)
		return;
	if (text_read(t, &r->why, &same, &why) == TEXT_SAME)
		out->rule = t;
	else
		spoil(r, COL_RULE, "is not the id of a rule");
}

bool
is_recorded(struct slice t)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	struct when when;

	if (t.n != sizeof form - 1)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (form[i] == 'd' ? t.s[i] < '0' || t.s[i] > '9' : t.s[i] != form[i])
			return false;
	return date_read((struct slice){ t.s, t.n - 1 }, DATE_YMD, &when, NULL);
}

static void
read_recorded(struct entry_reader *r, struct entry *out)
{
	const struct slice t = cell(r, COL_RECORDED);

	if (t.n == 0)
		return;
	if (is_recorded(t))
		out->recorded = t;
	else
		spoil(r, COL_RECORDED,
		        about(r, t, "is not a time such as 2026-11-23T10:30:00Z; leave it empty"));
}

/* The shorthand fills what its row leaves empty; two doses that differ are an error. */
static void
read_dose(struct entry_reader *r, struct entry *out)
{
	const struct slice t = slice_trim(r->field[r->dose]);
	struct dose dose;

	if (t.n == 0)
		return;
	r->changed = true;
	if (!dose_read(t, r->comma, r->style.load_unit, &dose, &r->why))
		reject_at(r, r->dose, "dose", str_text(&r->why));
	else if (!dose_merge(&dose, out))
		reject_at(r, r->dose, "dose",
		        about(r, t, "is not what the other columns of the dose say"));
}

static void
check_others(struct entry_reader *r)
{
	for (size_t i = 0; i < r->others; i++) {
		const int at = r->other[i];
		const struct slice t = r->field[at];
		struct slice same;
		const char *why;
		const enum text_got got = t.n ? text_read(t, &r->why, &same, &why) : TEXT_SAME;
		if (got == TEXT_BAD)
			reject_at(r, at, r->row->header->label[at], why);
		if (got == TEXT_CHANGED)
			r->changed = true;
	}
}

bool
record_is_empty(const struct record *record)
{
	for (size_t i = 0; i < record->n; i++)
		if (record->field[i].n > 0)
			return false;
	return true;
}

/* ENTRY_INIT, field by field: quicker than the copy of a whole one, and this is done for each row.
 */
static void
entry_clear(struct entry *e)
{
	e->date = (struct when){ DAY_NONE, NO_TIME };
	e->kind = KIND_EXERCISE;
	e->side = SIDE_NONE;
	e->decision = DECISION_NONE;
	e->patient = e->item = e->text = e->rule = e->note = e->recorded =
	        (struct slice){ NULL, 0 };
	e->value = e->sets = e->reps = e->load_kg = e->seconds = e->per_week = UNKNOWN;
	e->pain_before = e->pain_after = e->dizzy_before = e->dizzy_after = UNKNOWN;
	e->settle_min = e->rpe = UNKNOWN;
}

enum entry_got
entry_read(struct entry_reader *r, const struct row *row, struct entry *out, bool *changed)
{
	entry_clear(out);
	r->row = row;
	r->field = row->record.field;
	if (row->record.field[0].n == 0 && record_is_empty(&row->record))
		return ENTRY_EMPTY;
	if (row->header->serial != r->serial)
		use_header(r, row->header);
	r->changed = false;
	r->rejected = r->careful = false;
	str_reset(&r->reason);

	read_date(r, out);
	read_patient(r, out);
	read_kind(r, out);
	read_item(r, out);
	r->careful = is_careful(out);
	read_value(r, out);
	read_side(r, out);
	read_numbers(r, out);
	if (r->dose >= 0)
		read_dose(r, out);
	read_decision(r, out);
	read_rule(r, out);
	read_note(r, out);
	read_recorded(r, out);
	check_others(r);
	if (r->rejected)
		return ENTRY_REJECTED;
	if (out->kind == KIND_PROFILE && !r->style.quiet)
		patient_profile(r->patients, out, row);
	if (changed)
		*changed = r->changed;
	return ENTRY_GOOD;
}
