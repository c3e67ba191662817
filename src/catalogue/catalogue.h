/*
 * The clinical facts: tables that a clinician reviews in src/catalogue/ (each row
 * with its source), compiled in as constant data, or read from a folder that
 * replaces and adds rows (--catalogue DIR, $PTCATALOGUE).
 *
 * All texts are terminated and live as long as the catalogue; lists end with NULL
 * and are never NULL themselves.  Numbers that a table leaves empty are UNKNOWN.
 */
#ifndef PT_CATALOGUE_H
#define PT_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/num.h"
#include "base/str.h"

typedef const char *const *list; /* texts, NULL at the end */
bool list_has(list l, const char *word);
size_t list_length(list l);

/* A text with its translations (columns NAME_XX): lang is two letters, NULL at the end. */
struct wording {
	const char *lang, *text;
};
struct text {
	const char *text; /* English */
	const struct wording *in;
};
/*
 * In that language, a tag as of the web ("de", "de-AT", RFC 5646) of which the first two letters
 * count, or English; *missing (may be NULL) is set when English had to do.
 */
const char *text_in(const struct text *t, const char *lang, bool *missing);

enum unit { UNIT_REPS, UNIT_STEPS, UNIT_SECONDS, UNIT_MINUTES };
extern const char *const unit_names[]; /* by enum unit, NULL at the end */
enum sided { SIDED_NO, SIDED_YES, SIDED_LEFT, SIDED_RIGHT };
enum better { BETTER_NONE, BETTER_LOWER, BETTER_HIGHER };
enum mcid_kind { MCID_POINTS, MCID_PERCENT };
enum urgency { REFER_ROUTINE, REFER_URGENT, REFER_EMERGENCY };

/* The order of exercises is the clinician's preference and breaks ties. */
struct exercise {
	const char *id;
	struct text name, instruction;
	list aliases, conditions;
	const char *focus, *region, *position;
	enum unit unit;
	/* Start dose: sets of reps with seconds a rep; in minutes, seconds is a bout's length. */
	double sets, start_reps, start_seconds, load_step_kg;
	double max_reps; /* ceiling in the dose unit: reps, steps, seconds or minutes */
	double per_week;
	const char *easier, *harder; /* ids, "" when none */
	list equipment, load_equipment, contraindications, helps_findings;
	enum sided sided;
	const char *source, *verified; /* verified: yes (its source was read), recalled */
};

struct equipment {
	const char *id;
	struct text name;
	list aliases;
	bool at_home;
	const char *source;
};

struct goal {
	const char *id;
	list words;
	const char *focus;
	list exercises;
	const char *source;
};

struct limit {
	const char *id;
	struct text name;
	list aliases;
	list excludes; /* exercise ids, focus:x, position:x */
	const char *source;
};

struct finding {
	const char *id;
	struct text name;
	const char *observed_in;
	bool sided;
	const char *scale; /* 0-3, event, measure:ID */
	list aliases, suggests_focus;
	const char *source, *verified;
};

struct condition {
	const char *id;
	struct text name;
	list aliases, primary_focus, default_measures;
	double typical_weeks, sessions_per_week;
	const char *approach, *source;
};

struct measure {
	const char *id;
	struct text name;
	list aliases;
	const char *unit;
	double min, max;
	enum better better;
	double mcid;
	enum mcid_kind mcid_kind;
	double mdc;
	list conditions;
	const char *source, *verified;
};

struct medicine {
	const char *id, *name;
	list aliases;
	const char *class, *unit; /* unit: mg/day or mcg/h */
	double factor;
	const char *factor_kind; /* mme, prednisone-mg, none */
	double max_usual_daily;
	const char *caution, *source, *verified;
};

struct redflag {
	const char *id;
	struct text name;
	enum urgency urgency;
	list aliases;
	list conditions; /* whose handout names it; any: everybody's */
	const char *why, *source;
};

/* A response rule as its table has it; its meaning is plan/rules.h. */
struct rule_row {
	const char *id, *scope; /* scope: patient, exercise, metric */
	list applies_to;
	const char *when, *decision, *change;
	list cap;
	double priority;
	struct text note;
	const char *source;
	const char *file; /* where it stands, for the check */
	int line;
};

struct question {
	const char *id, *condition; /* a condition's id, or any */
	struct text question, why;
	const char *source;
};

struct first_step {
	double step, minutes;
	struct text title, what_happens, what_to_bring;
	const char *source;
};

/*
 * One line of an import map: what a foreign column is in the log, or how the file is to
 * be read.  A clinic writes its own with the same columns (`map` may be left out in a file for
 * --from FILE).  Names and words agree whatever their case.
 *
 * SOURCE,TARGET,UNIT   the column SOURCE is the log's TARGET, its numbers in UNIT (kg lb min s;
 *                      seconds, also as 1:30, need none).
 *                      Of several for one target the first that the file has counts, but notes
 *                      are joined by " / ".  Without target the column is dropped.
 *
 * Settings, by source, with what they need in target and value:
 *
 * @header        -       A;B   a record with all these names is a header
 * @word          column  X=Y   the word X is read as Y
 * @unit-column   column  A     the file's column A says the unit of each row (kgs, lbs)
 * @ask-unit      column  A     the file's column A has no unit: --unit must say it
 * @zero-empty    column  -     0 stands for "not given"
 * @skip          A       X     a row whose column A is X is no set: filtered
 * @skip-empty    -       -     so is a row without sets, reps, load and seconds
 * @fold          -       -     equal neighbouring rows become one, their sets counted
 * @date-format   -       F;G   dmy mdy ymd, or names (22 Dec 2025, 08:00 and Dec 22, 2025, 8:00
 *                              AM, in English); the first that fits the file
 * @comma         -       -     decimal comma
 * @encoding      -       E     what bytes are that are not UTF-8 (cp1252)
 * @line-break    -       X     the characters X in a note are a line break
 * @propose       column  A     a column A likely means that, which only a person can know: it is
 *                              never read so unasked, but proposed; under the map `any`, which
 *                              is for all languages and no map for --from
 */
struct import_row {
	const char *map; /* strong, hevy, fitnotes, de, fr, es, nl, or a clinic's own */
	const char *source, *target, *unit, *value;
};

/* A fixed sentence of a report, in the patient's language. */
struct phrase {
	const char *id;
	struct text text;
};

struct setting {
	const char *id;
	double value;
	const char *unit, *meaning, *source;
};

#define CATALOGUE_TABLES(X)                                                                        \
	X(exercise, exercises)                                                                     \
	X(equipment, equipment)                                                                    \
	X(goal, goals)                                                                             \
	X(limit, limits)                                                                           \
	X(finding, findings)                                                                       \
	X(condition, conditions)                                                                   \
	X(measure, measures)                                                                       \
	X(medicine, medicines)                                                                     \
	X(redflag, redflags)                                                                       \
	X(rule_row, rules)                                                                         \
	X(question, questions)                                                                     \
	X(first_step, first_session)                                                               \
	X(import_row, imports)                                                                     \
	X(phrase, phrases)                                                                         \
	X(setting, settings)

struct catalogue {
#define X(type, table)                                                                             \
	const struct type *table;                                                                  \
	size_t n_##table;
	CATALOGUE_TABLES(X)
#undef X
	const struct catalogue_index *index; /* of ids and aliases: catalogue/index.h */
};

/* The tables compiled in: constant, no work. */
const struct catalogue *catalogue_builtin(void);
/*
 * The built-in tables with those of the folder DIR over them, file by file.  A row with a known id
 * changes the columns that its file has; a new id adds a row behind; a map of imports is replaced
 * whole.  Ends the program with status 2 when the folder cannot be read or a table is wrong, after
 * every mistake was reported by file and line.
 */
const struct catalogue *catalogue_with(const char *dir);
/* What --catalogue gave (may be NULL), else $PTCATALOGUE, else the built-in one. */
const struct catalogue *catalogue_open(const char *dir);

/*
 * By id, in any spelling that id_normalise() makes equal; NULL when unknown.  Where people write
 * them, which is all but rules, also by alias and by name.
 */
const struct exercise *cat_exercise(const struct catalogue *c, struct slice id);
const struct measure *cat_measure(const struct catalogue *c, struct slice id);
const struct medicine *cat_medicine(const struct catalogue *c, struct slice id);
const struct condition *cat_condition(const struct catalogue *c, struct slice text);
const struct finding *cat_finding(const struct catalogue *c, struct slice id);
/* Is this a finding that happens, such as a fall?  Its value is 1 happened, 0 over. */
bool cat_is_event(const struct catalogue *c, struct slice id);
const struct limit *cat_limit(const struct catalogue *c, struct slice id);
const struct redflag *cat_redflag(const struct catalogue *c, struct slice id);
const struct equipment *cat_equipment(const struct catalogue *c, struct slice id);
const struct rule_row *cat_rule(const struct catalogue *c, struct slice id);
/* Is it a rule of the table, or built into the planner, which a phrase explains? */
bool cat_has_rule(const struct catalogue *c, struct slice id);
/* A sentence of the reports, never NULL: the id itself when the table lacks it. */
const char *cat_phrase(const struct catalogue *c, const char *id, const char *lang);
/* It in all its languages, or NULL. */
const struct text *cat_phrase_text(const struct catalogue *c, const char *id);
/* The two letters by which the phrases call the language of that tag or name; NULL: unknown. */
const char *cat_language(const struct catalogue *c, const char *tag);
/* "write en, de or es": all that there are. */
void cat_add_languages(const struct catalogue *c, struct str *out);
/* A setting that the table must hold; unknown names are a programming error. */
double cat_setting(const struct catalogue *c, const char *id);

/*
 * What a look-up in this table (a name of catalogue_table_names) finds, normalised and sorted,
 * NULL at the end; NULL when there is no such table.  For nearest().
 */
const char *const *cat_names(const struct catalogue *c, const char *table);
/* The id of the row that such a name means; the name itself when it means none. */
const char *cat_id(const struct catalogue *c, const char *table, const char *name);
/* The id of the row that has the name nearest to the word, or NULL when none is near. */
const char *cat_nearest(const struct catalogue *c, const char *table, struct slice word);
/* The exercise for the other ear or leg, when it has an id of its own (epley-left), or NULL. */
const struct exercise *cat_other_side(const struct catalogue *c, const struct exercise *e);

/*
 * An id as the log has it: lower case, runs of blanks, underscores and hyphens one hyphen
 * ("Sit to Stand" is sit-to-stand), none at the edges; replaced in OUT (reset first).
 */
void id_normalise(struct slice text, struct str *out);

/*
 * A clinic's own import map: a file with the columns of imports, `map` left out or the same in
 * all rows.  Ends the program with status 2 when it cannot be read or is wrong.  Lives as long as
 * the program.
 */
const struct import_row *catalogue_import_map(const char *path, size_t *n);

/* One table as CSV on standard output (--list TABLE); false: no such table. */
bool catalogue_list(const struct catalogue *c, const char *table);
extern const char *const catalogue_table_names[]; /* as --list takes them; NULL at the end */

#endif
