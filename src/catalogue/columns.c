#include "catalogue/table.h"

/* TEXT(name) is a column that is called like its member; AS() gives another name. */
#define AS(column, m, kind, must, list)                                                            \
	{                                                                                          \
		column, #m, offsetof(struct ROW, m), kind, must, list                              \
	}
#define ID(m) AS(#m, m, CELL_TEXT, true, NULL)
#define TEXT(m) AS(#m, m, CELL_TEXT, false, NULL)
#define ONE_OF(m, words) AS(#m, m, CELL_TEXT, true, words)
#define NUMBER(m) AS(#m, m, CELL_NUMBER, false, NULL)
#define SOME(m) AS(#m, m, CELL_NUMBER, true, NULL)
#define LIST(m) AS(#m, m, CELL_LIST, false, NULL)
#define WORDING(m) AS(#m, m, CELL_WORDING, true, NULL)
#define SOURCE AS("source", source, CELL_TEXT, true, NULL)
#define VERIFIED AS("verified", verified, CELL_TEXT, false, verified_words)
#define END                                                                                        \
	{                                                                                          \
		NULL, NULL, 0, CELL_TEXT, false, NULL                                              \
	}

static const char *const verified_words[] = { "yes", "recalled", NULL };
const char *const unit_names[] = { "reps", "steps", "seconds", "minutes", NULL };
static const char *const sided_words[] = { "no", "yes", "left", "right", NULL };
static const char *const position_words[] = { "lie", "sit", "stand", "bend", "walk", NULL };
static const char *const seen_words[] = { "walk", "stand", "bend", "sit", "balance", "test",
	"report", NULL };
static const char *const better_words[] = { "none", "lower", "higher", NULL };
static const char *const mcid_words[] = { "points", "percent", NULL };
static const char *const medicine_units[] = { "mg/day", "mcg/h", NULL };
static const char *const factor_words[] = { "mme", "prednisone-mg", "none", NULL };
static const char *const urgency_words[] = { "refer-routine", "stop-and-refer-urgent",
	"stop-and-refer-emergency", NULL };
static const char *const scope_words[] = { "patient", "exercise", "metric", NULL };
static const char *const decision_words[] = { "", "start", "progress", "hold", "regress", "pause",
	"refer", "review", NULL };
static const char *const import_units[] = { "", "kg", "lb", "s", "min", NULL };

#define ROW exercise
static const struct cat_column exercise_columns[] = {
	ID(id),
	WORDING(name),
	LIST(aliases),
	LIST(conditions),
	ID(focus),
	ID(region),
	ONE_OF(position, position_words),
	AS("dose_unit", unit, CELL_WORD, true, unit_names),
	SOME(sets),
	SOME(start_reps),
	SOME(start_seconds),
	NUMBER(load_step_kg),
	SOME(max_reps),
	SOME(per_week),
	TEXT(easier),
	TEXT(harder),
	LIST(equipment),
	LIST(contraindications),
	LIST(helps_findings),
	WORDING(instruction),
	SOURCE,
	VERIFIED,
	AS("sided", sided, CELL_WORD, false, sided_words),
	LIST(load_equipment),
	END,
};
#undef ROW

#define ROW equipment
static const struct cat_column equipment_columns[] = { ID(id), WORDING(name), LIST(aliases),
	AS("at_home", at_home, CELL_YES, true, NULL), SOURCE, END };
#undef ROW

#define ROW goal
static const struct cat_column goal_columns[] = { ID(id), LIST(words), ID(focus), LIST(exercises),
	SOURCE, END };
#undef ROW

#define ROW limit
static const struct cat_column limit_columns[] = { ID(id), WORDING(name), LIST(aliases),
	LIST(excludes), SOURCE, END };
#undef ROW

#define ROW finding
static const struct cat_column finding_columns[] = { ID(id), WORDING(name), LIST(aliases),
	ONE_OF(observed_in, seen_words), AS("sided", sided, CELL_YES, true, NULL), ID(scale),
	LIST(suggests_focus), SOURCE, VERIFIED, END };
#undef ROW

#define ROW condition
static const struct cat_column condition_columns[] = { ID(id), WORDING(name), LIST(aliases),
	LIST(primary_focus), LIST(default_measures), SOME(typical_weeks), SOME(sessions_per_week),
	ID(approach), SOURCE, END };
#undef ROW

#define ROW measure
static const struct cat_column measure_columns[] = { ID(id), WORDING(name), LIST(aliases), ID(unit),
	NUMBER(min), NUMBER(max), AS("better", better, CELL_WORD, true, better_words), NUMBER(mcid),
	AS("mcid_kind", mcid_kind, CELL_WORD, false, mcid_words), NUMBER(mdc), LIST(conditions),
	SOURCE, VERIFIED, END };
#undef ROW

#define ROW medicine
static const struct cat_column medicine_columns[] = { ID(id), ID(name), LIST(aliases), ID(class),
	ONE_OF(unit, medicine_units), SOME(factor), ONE_OF(factor_kind, factor_words),
	AS("max_usual_daily_mg", max_usual_daily, CELL_NUMBER, false, NULL), TEXT(caution), SOURCE,
	VERIFIED, END };
#undef ROW

#define ROW redflag
static const struct cat_column redflag_columns[] = { ID(id), WORDING(name), LIST(aliases),
	AS("what_to_do", urgency, CELL_WORD, true, urgency_words), LIST(conditions), ID(why),
	SOURCE, END };
#undef ROW

#define ROW rule_row
static const struct cat_column rule_row_columns[] = {
	ID(id),
	ONE_OF(scope, scope_words),
	LIST(applies_to),
	ID(when),
	AS("decision", decision, CELL_TEXT, false, decision_words),
	TEXT(change),
	LIST(cap),
	SOME(priority),
	AS("note_patient", note, CELL_WORDING, false, NULL),
	SOURCE,
	AS("", file, CELL_FILE, false, NULL),
	AS("", line, CELL_LINE, false, NULL),
	END,
};
#undef ROW

#define ROW question
static const struct cat_column question_columns[] = { ID(id), ID(condition), WORDING(question),
	WORDING(why), SOURCE, END };
#undef ROW

#define ROW first_step
static const struct cat_column first_step_columns[] = { SOME(step), WORDING(title),
	WORDING(what_happens), WORDING(what_to_bring), SOME(minutes), SOURCE, END };
#undef ROW

#define ROW import_row
static const struct cat_column import_row_columns[] = { ID(map), ID(source), TEXT(target),
	AS("unit", unit, CELL_TEXT, false, import_units), TEXT(value), END };
#undef ROW

#define ROW phrase
static const struct cat_column phrase_columns[] = { ID(id), WORDING(text), END };
#undef ROW

#define ROW setting
static const struct cat_column setting_columns[] = { ID(id), SOME(value), TEXT(unit), TEXT(meaning),
	SOURCE, END };
#undef ROW

#define TABLE(type, table, file, aliases, grouped)                                                 \
	[CAT_##table] = { file, "src/catalogue/" file ".csv", "struct " #type, #table,             \
		sizeof(struct type), offsetof(struct catalogue, table),                            \
		offsetof(struct catalogue, n_##table), type##_columns, aliases, grouped }

const struct cat_table cat_tables[CAT_TABLES] = {
	TABLE(exercise, exercises, "exercises", true, false),
	TABLE(equipment, equipment, "equipment", true, false),
	TABLE(goal, goals, "goals", false, false),
	TABLE(limit, limits, "limits", true, false),
	TABLE(finding, findings, "findings", true, false),
	TABLE(condition, conditions, "conditions", true, false),
	TABLE(measure, measures, "measures", true, false),
	TABLE(medicine, medicines, "medicines", true, false),
	TABLE(redflag, redflags, "redflags", true, false),
	TABLE(rule_row, rules, "rules", false, false),
	TABLE(question, questions, "questions", false, false),
	TABLE(first_step, first_session, "first-session", false, false),
	TABLE(import_row, imports, "imports", false, true),
	TABLE(phrase, phrases, "phrases", false, false),
	TABLE(setting, settings, "settings", false, false),
};

const char *const catalogue_table_names[] = { "exercises", "equipment", "goals", "limits",
	"findings", "conditions", "measures", "medicines", "redflags", "rules", "questions",
	"first-session", "imports", "phrases", "settings", NULL };
