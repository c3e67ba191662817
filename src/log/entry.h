/*
 * One row of the log, typed: what ptlog(5) says, in C.  Numbers that the row
 * leaves empty are UNKNOWN.  Units: kg, seconds (of one repetition), minutes
 * (settle_min), 0 to 10 (pain, dizziness, rpe), sessions a week (per_week).
 */
#ifndef PT_ENTRY_H
#define PT_ENTRY_H

#include "base/date.h"
#include "base/diag.h"
#include "base/num.h"
#include "base/str.h"
#include "catalogue/catalogue.h"
#include "records/stream.h"

enum kind {
	KIND_EXERCISE,
	KIND_PLAN,
	KIND_PROFILE,
	KIND_FINDING,
	KIND_MEASURE,
	KIND_MEDICINE,
	KIND_REDFLAG,
	KIND_NOTE,
	KIND_VOID,
	KIND_TRIAL,
	KIND_COUNT
};
enum side { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT, SIDE_BOTH, SIDE_COUNT };
enum decision {
	DECISION_NONE,
	DECISION_START,
	DECISION_PROGRESS,
	DECISION_HOLD,
	DECISION_REGRESS,
	DECISION_PAUSE,
	DECISION_REFER,
	DECISION_STOP,
	DECISION_OVERRIDE,
	DECISION_REVIEW,
	DECISION_COUNT
};
extern const char *const kind_names[];     /* by enum, NULL at the end */
extern const char *const side_names[];     /* "" for none */
extern const char *const decision_names[]; /* "" for none */

/* The columns in canonical order. */
enum column {
	COL_DATE,
	COL_PATIENT,
	COL_KIND,
	COL_ITEM,
	COL_VALUE,
	COL_SIDE,
	COL_SETS,
	COL_REPS,
	COL_LOAD_KG,
	COL_SECONDS,
	COL_PER_WEEK,
	COL_PAIN_BEFORE,
	COL_PAIN_AFTER,
	COL_DIZZY_BEFORE,
	COL_DIZZY_AFTER,
	COL_SETTLE_MIN,
	COL_RPE,
	COL_DECISION,
	COL_RULE,
	COL_NOTE,
	COL_RECORDED,
	COLUMNS
};
extern const char *const column_names[]; /* NULL at the end */

/* The numbers of a row by column, so that code can walk over them. */
#define FIRST_NUMBER COL_SETS
#define LAST_NUMBER COL_RPE

struct entry {
	struct when date;
	enum kind kind;
	enum side side;
	enum decision decision;
	struct slice patient, item; /* canonical; patient keeps its case */
	double value;               /* measure, medicine, finding, redflag; else UNKNOWN */
	struct slice text;          /* value of a profile row (or of a note or void row) as text */
	double sets, reps, load_kg, seconds, per_week;
	double pain_before, pain_after, dizzy_before, dizzy_after, settle_min, rpe;
	struct slice rule, note, recorded;
};

#define ENTRY_INIT                                                                                 \
	{                                                                                          \
		.date = { DAY_NONE, NO_TIME }, .value = UNKNOWN, .sets = UNKNOWN, .reps = UNKNOWN, \
		.load_kg = UNKNOWN, .seconds = UNKNOWN, .per_week = UNKNOWN,                       \
		.pain_before = UNKNOWN, .pain_after = UNKNOWN, .dizzy_before = UNKNOWN,            \
		.dizzy_after = UNKNOWN, .settle_min = UNKNOWN, .rpe = UNKNOWN                      \
	}

/* The number of a column from COL_SETS to COL_RPE, for reading and writing. */
double *entry_number(struct entry *e, enum column column);
double entry_number_of(const struct entry *e, enum column column);

/* Is every field empty? */
bool record_is_empty(const struct record *record);
/* A column that the log does not know, and that is kept: not dose, nor what --rejects added. */
bool entry_column_is_other(const char *name);
/* YYYY-MM-DDTHH:MM:SSZ, which a torn last line never ends in. */
bool is_recorded(struct slice text);

/*
 * An exercise row counts as done unless sets is 0, or reps is 0 without seconds
 * (pttools(7), STATISTICS).
 */
bool entry_done(const struct entry *e);

/* How foreign text is read; the zero value is the log format itself. */
struct entry_style {
	enum date_order date_order;
	bool comma;            /* decimal comma: by --from, or because the delimiter is ; or tab */
	const char *load_unit; /* "lb": loads without a unit are pounds; else kg */
	const char *date_advice; /* said with a date that cannot be read, or NULL */
	bool quiet;              /* nothing is said: rows of a log that is only looked through */
	bool strict;             /* an item that the catalogue lacks is rejected */
	bool names_unknown; /* … is named once: by ptlog, the way in, and not by all its readers */
	/* Of a goal: does it look like a target whose metric is misspelt?  NULL: not asked. */
	bool (*goal_is_doubtful)(const struct catalogue *c, struct slice goal, struct str *why);
};

struct entry_reader;
struct entry_reader *entry_reader_new(const struct catalogue *c, const struct entry_style *style);
void entry_reader_free(struct entry_reader *r);

/* With the patients of this log, to which the rows are added, theirs are compared too. */
void entry_reader_know(struct entry_reader *r, const char *log);

enum entry_got {
	ENTRY_GOOD,
	ENTRY_EMPTY,   /* every field is empty: skipped, counted */
	ENTRY_REJECTED /* each reason was reported with file, line, column and value */
};
/*
 * Reads a row of a log table.  Slices of *out point into the row or into the reader and live
 * until the next call.  *changed (may be NULL): some field's canonical text is another one.
 * Of a rejected row, out->patient is set where it could be read.
 */
enum entry_got entry_read(
        struct entry_reader *r, const struct row *row, struct entry *out, bool *changed);
/* The reason of the last rejection, one line, for --rejects; belongs to the reader. */
const char *entry_reason(const struct entry_reader *r);
/* Remarks that are said once at the end of input: unknown items with the nearest, ids alike. */
void entry_reader_end(struct entry_reader *r);

#endif
