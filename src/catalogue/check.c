#include "catalogue/check.h"

#include "base/diag.h"
#include "catalogue/index.h"

static struct place
where(const struct catalogue *c, size_t table, size_t row, const char *column)
{
	const struct origin *origin = c->index->origin[table];

	if (origin)
		return (struct place){ origin[row].file, origin[row].line, column };
	return (struct place){ cat_tables[table].file, (long)row + 2, column };
}

/* ---- Ids that a table names ---- */

/* Row number of exactly this id, or -1: an alias is no id. */
static long
row_of(const struct catalogue *c, size_t table, const char *id)
{
	const struct cat_table *t = &cat_tables[table];
	const long row = index_find(&c->index->table[table], slice_of(id));
	char number[NUM_TEXT];

	return row >= 0 && slice_eq(row_key(t, cat_row(t, c, (size_t)row), number), id) ? row : -1;
}

static void
reject_unknown(const struct catalogue *c, size_t target, struct place at, const char *id)
{
	const char *like = nearest(slice_of(id), c->index->table[target].name);

	diag_reject(at, "no '%s' in %s%s%s%s", id, cat_tables[target].name,
	        like ? "; did you mean '" : "", like ? like : "", like ? "'?" : "");
}

struct reference {
	size_t table;
	const char *column;
	size_t target;
	const char *also; /* a word that is allowed beside ids */
};

static const struct reference references[] = {
	{ CAT_exercises, "conditions", CAT_conditions, NULL },
	{ CAT_exercises, "easier", CAT_exercises, "" },
	{ CAT_exercises, "harder", CAT_exercises, "" },
	{ CAT_exercises, "equipment", CAT_equipment, NULL },
	{ CAT_exercises, "load_equipment", CAT_equipment, NULL },
	{ CAT_exercises, "contraindications", CAT_limits, NULL },
	{ CAT_exercises, "helps_findings", CAT_findings, NULL },
	{ CAT_goals, "exercises", CAT_exercises, NULL },
	{ CAT_conditions, "default_measures", CAT_measures, NULL },
	{ CAT_measures, "conditions", CAT_conditions, NULL },
	{ CAT_questions, "condition", CAT_conditions, "any" },
	{ CAT_redflags, "conditions", CAT_conditions, "any" },
};

static void
check_reference(const struct catalogue *c, const struct reference *ref, size_t row)
{
	const struct cat_table *t = &cat_tables[ref->table];
	const struct cat_column *column = cat_column_of(t, ref->column);
	const struct place at = where(c, ref->table, row, ref->column);
	const void *cells = cat_row(t, c, row);
	const char *const one[] = { column->cell == CELL_TEXT ? cell_text(cells, column) : NULL,
		NULL };
	list ids = column->cell == CELL_TEXT ? one : cell_list(cells, column);

	for (; *ids; ids++)
		if (!(ref->also && strcmp(*ids, ref->also) == 0) &&
		        row_of(c, ref->target, *ids) < 0)
			reject_unknown(c, ref->target, at, *ids);
}

static void
check_references(const struct catalogue *c)
{
	for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
		const size_t rows = cat_count(&cat_tables[references[i].table], c);

		for (size_t row = 0; row < rows; row++)
			check_reference(c, &references[i], row);
	}
}

/* ---- Focuses: the words that exercises, findings, conditions and goals share ---- */

static bool
exercise_has_focus(const struct catalogue *c, const char *focus)
{
	for (size_t i = 0; i < c->n_exercises; i++)
		if (text_eq(c->exercises[i].focus, focus))
			return true;
	return false;
}

static bool
somebody_wants_focus(const struct catalogue *c, const char *focus)
{
	for (size_t i = 0; i < c->n_conditions; i++)
		if (list_has(c->conditions[i].primary_focus, focus))
			return true;
	for (size_t i = 0; i < c->n_findings; i++)
		if (list_has(c->findings[i].suggests_focus, focus))
			return true;
	return false;
}

static void
check_focus(const struct catalogue *c, const char *focus, struct place at)
{
	if (!exercise_has_focus(c, focus))
		diag_reject(at, "no exercise has the focus '%s'", focus);
}

static void
check_focuses(const struct catalogue *c)
{
	for (size_t i = 0; i < c->n_exercises; i++)
		if (!somebody_wants_focus(c, c->exercises[i].focus))
			diag_reject(where(c, CAT_exercises, i, "focus"),
			        "no condition and no finding asks for the focus '%s'",
			        c->exercises[i].focus);
	for (size_t i = 0; i < c->n_conditions; i++)
		for (list f = c->conditions[i].primary_focus; *f; f++)
			check_focus(c, *f, where(c, CAT_conditions, i, "primary_focus"));
	for (size_t i = 0; i < c->n_findings; i++)
		for (list f = c->findings[i].suggests_focus; *f; f++)
			check_focus(c, *f, where(c, CAT_findings, i, "suggests_focus"));
	for (size_t i = 0; i < c->n_goals; i++)
		check_focus(c, c->goals[i].focus, where(c, CAT_goals, i, "focus"));
}

/* ---- Exercises: doses and chains ---- */

static double
start_dose(const struct exercise *e)
{
	switch (e->unit) {
	case UNIT_SECONDS:
		return e->start_seconds;
	case UNIT_MINUTES:
		return e->start_seconds / 60;
	default:
		return e->start_reps;
	}
}

static void
check_dose(const struct catalogue *c, size_t i)
{
	const struct exercise *e = &c->exercises[i];

	if (!(e->sets >= 1 && e->start_reps >= 1))
		diag_reject(
		        where(c, CAT_exercises, i, "sets"), "sets and start_reps are at least 1");
	if (!(start_dose(e) > 0))
		diag_reject(where(c, CAT_exercises, i, "start_seconds"),
		        "a timed exercise needs seconds");
	if (!(e->max_reps >= start_dose(e)))
		diag_reject(where(c, CAT_exercises, i, "max_reps"), "is below the start dose");
	if (!(e->per_week >= 1 && e->per_week <= 7))
		diag_reject(where(c, CAT_exercises, i, "per_week"), "is not between 1 and 7");
	if (e->load_step_kg < 0)
		diag_reject(where(c, CAT_exercises, i, "load_step_kg"), "is below 0");
	if (e->load_step_kg > 0 && !*e->load_equipment)
		diag_reject(where(c, CAT_exercises, i, "load_equipment"),
		        "a load step needs something to load with");
}

/* The next of a chain, or NULL. */
static const struct exercise *
linked(const struct catalogue *c, const char *id)
{
	const long row = *id ? row_of(c, CAT_exercises, id) : -1;

	return row < 0 ? NULL : &c->exercises[row];
}

static bool
comes_back(const struct catalogue *c, const struct exercise *e)
{
	const struct exercise *next = e;

	for (size_t steps = 0; next && steps <= c->n_exercises; steps++) {
		next = linked(c, next->harder);
		if (next == e)
			return true;
	}
	return false;
}

static void
check_chain(const struct catalogue *c, size_t i)
{
	const struct exercise *e = &c->exercises[i];
	const struct exercise *harder = linked(c, e->harder), *easier = linked(c, e->easier);

	if (harder && strcmp(harder->easier, e->id) != 0)
		diag_reject(where(c, CAT_exercises, i, "harder"),
		        "no way back: easier of '%s' is '%s'", harder->id, harder->easier);
	if (easier && strcmp(easier->harder, e->id) != 0)
		diag_reject(where(c, CAT_exercises, i, "easier"),
		        "no way back: harder of '%s' is '%s'", easier->id, easier->harder);
	if (comes_back(c, e))
		diag_reject(where(c, CAT_exercises, i, "harder"), "the chain comes back to '%s'",
		        e->id);
}

/* ---- Limits and contraindications ---- */

static bool
has_position(const struct catalogue *c, const char *position)
{
	for (size_t i = 0; i < c->n_exercises; i++)
		if (strcmp(c->exercises[i].position, position) == 0)
			return true;
	return false;
}

static bool
names_exercise(const struct limit *l, const struct exercise *e)
{
	for (list x = l->excludes; *x; x++)
		if (strcmp(*x, e->id) == 0 ||
		        (strncmp(*x, "focus:", 6) == 0 && strcmp(*x + 6, e->focus) == 0) ||
		        (strncmp(*x, "position:", 9) == 0 && strcmp(*x + 9, e->position) == 0))
			return true;
	return false;
}

static void
check_excluded(const struct catalogue *c, size_t i, const char *what)
{
	const struct place at = where(c, CAT_limits, i, "excludes");
	long row;

	if (strncmp(what, "focus:", 6) == 0) {
		check_focus(c, what + 6, at);
	} else if (strncmp(what, "position:", 9) == 0) {
		if (!has_position(c, what + 9))
			diag_reject(at, "no exercise has the position '%s'", what + 9);
	} else if ((row = row_of(c, CAT_exercises, what)) < 0) {
		reject_unknown(c, CAT_exercises, at, what);
	} else if (!list_has(c->exercises[row].contraindications, c->limits[i].id)) {
		diag_reject(
		        at, "'%s' does not name '%s' in contraindications", what, c->limits[i].id);
	}
}

static void
check_limits(const struct catalogue *c)
{
	for (size_t i = 0; i < c->n_limits; i++)
		for (list x = c->limits[i].excludes; *x; x++)
			check_excluded(c, i, *x);
	for (size_t i = 0; i < c->n_exercises; i++)
		for (list x = c->exercises[i].contraindications; *x; x++) {
			const long row = row_of(c, CAT_limits, *x);

			if (row >= 0 && !names_exercise(&c->limits[row], &c->exercises[i]))
				diag_reject(where(c, CAT_exercises, i, "contraindications"),
				        "limit '%s' does not exclude '%s'", *x, c->exercises[i].id);
		}
}

/* ---- Findings, measures, medicines ---- */

static void
check_scale(const struct catalogue *c, size_t i)
{
	const char *scale = c->findings[i].scale;
	const struct place at = where(c, CAT_findings, i, "scale");

	if (strncmp(scale, "measure:", 8) == 0) {
		if (row_of(c, CAT_measures, scale + 8) < 0)
			reject_unknown(c, CAT_measures, at, scale + 8);
	} else if (strcmp(scale, "0-3") != 0 && strcmp(scale, "event") != 0) {
		diag_reject(at, "'%s' is none of 0-3, event, measure:ID", scale);
	}
}

static void
check_measure(const struct catalogue *c, size_t i)
{
	const struct measure *m = &c->measures[i];

	if (m->min >= m->max)
		diag_reject(where(c, CAT_measures, i, "max"), "is not above min");
	if (m->mcid <= 0)
		diag_reject(where(c, CAT_measures, i, "mcid"), "is not above 0");
	if (m->mdc <= 0)
		diag_reject(where(c, CAT_measures, i, "mdc"), "is not above 0");
	if (known(m->mcid) && m->better == BETTER_NONE)
		diag_reject(
		        where(c, CAT_measures, i, "better"), "an mcid needs a better direction");
}

static void
check_medicine(const struct catalogue *c, size_t i)
{
	const struct medicine *m = &c->medicines[i];

	if ((strcmp(m->factor_kind, "none") == 0) != (m->factor == 0) || m->factor < 0)
		diag_reject(where(c, CAT_medicines, i, "factor"), "does not go with kind '%s'",
		        m->factor_kind);
}

/* ---- Settings: days, points and counts, of which none is below 0 or without bounds ---- */

#define SETTING_MOST 10000

static void
check_setting(const struct catalogue *c, size_t i)
{
	const double value = c->settings[i].value;

	if (!(value >= 0 && value <= SETTING_MOST))
		diag_reject(where(c, CAT_settings, i, "value"), "is not between 0 and %d",
		        SETTING_MOST);
}

/* ---- Rules, as far as they are a table; conditions and changes are the planner's ---- */

static bool
token_is_known(const struct catalogue *c, const char *token)
{
	if (*token == '!')
		token++;
	if (strncmp(token, "position:", 9) == 0)
		return has_position(c, token + 9);
	if (strncmp(token, "region:", 7) == 0) {
		for (size_t i = 0; i < c->n_exercises; i++)
			if (strcmp(c->exercises[i].region, token + 7) == 0)
				return true;
		return false;
	}
	return strcmp(token, "any") == 0 || exercise_has_focus(c, token) ||
	        row_of(c, CAT_conditions, token) >= 0 || row_of(c, CAT_exercises, token) >= 0;
}

static void
check_rule(const struct catalogue *c, size_t i)
{
	const struct rule_row *rule = &c->rules[i];

	for (list token = rule->applies_to; *token; token++)
		if (!token_is_known(c, *token))
			diag_reject(where(c, CAT_rules, i, "applies_to"),
			        "'%s' is no condition, focus, exercise, position:x or region:x",
			        *token);
	if (!*rule->applies_to)
		diag_reject(where(c, CAT_rules, i, "applies_to"), "must not be empty: write any");
	if (!*rule->decision && (!*rule->cap || *rule->change))
		diag_reject(where(c, CAT_rules, i, "decision"),
		        "a rule without decision needs a cap and no change");
	for (size_t j = 0; j < i; j++)
		if (c->rules[j].priority == rule->priority)
			diag_reject(where(c, CAT_rules, i, "priority"), "is that of '%s' too",
			        c->rules[j].id);
}

/* ---- Import maps ---- */

static const char *const import_settings[] = { "@header", "@word", "@unit-column", "@ask-unit",
	"@zero-empty", "@skip", "@skip-empty", "@fold", "@date-format", "@comma", "@encoding",
	"@line-break", "@propose", NULL };

void
imports_check(const struct import_row *row, size_t n, const struct origin *origin)
{
	for (size_t i = 0; i < n; i++) {
		const struct place at = { origin[i].file, origin[i].line, "source" };

		if (*row[i].source == '@' && !list_has(import_settings, row[i].source))
			diag_reject(at, "'%s' is no setting of an import map", row[i].source);
	}
}

/* A map in a file of its own has no name, but one among others must. */
static void
check_import(const struct catalogue *c, size_t i)
{
	if (!*c->imports[i].map)
		diag_reject(where(c, CAT_imports, i, "map"), "is empty: name the import map");
}

/* ---- Translations ---- */

/* Is every {name} of A in B? */
static const char *
lost_name(const char *a, const char *b, char name[64])
{
	while ((a = strchr(a, '{'))) {
		const char *end = strchr(a, '}');
		const size_t n = end ? (size_t)(end - a) + 1 : 0;

		if (n == 0 || n >= 64)
			return a;
		memcpy(name, a, n);
		name[n] = '\0';
		if (!strstr(b, name))
			return name;
		a = end;
	}
	return NULL;
}

static void
check_wording(const struct catalogue *c, size_t table, size_t row, const struct cat_column *column)
{
	const struct text *text = cell_wording(cat_row(&cat_tables[table], c, row), column);
	const char *lost;
	char name[64];

	for (const struct wording *w = text->in; w->lang; w++) {
		lost = lost_name(text->text, w->text, name);
		if (!lost)
			lost = lost_name(w->text, text->text, name);
		if (lost)
			diag_reject(where(c, table, row, column->name),
			        "%s is in one of the texts, but not in that in '%s'", lost,
			        w->lang);
	}
}

static void
check_wordings(const struct catalogue *c)
{
	for (size_t table = 0; table < CAT_TABLES; table++)
		for (const struct cat_column *col = cat_tables[table].columns; col->name; col++) {
			const size_t rows = cat_count(&cat_tables[table], c);

			for (size_t i = 0; col->cell == CELL_WORDING && i < rows; i++)
				check_wording(c, table, i, col);
		}
}

void
catalogue_check(const struct catalogue *c)
{
	check_references(c);
	check_focuses(c);
	for (size_t i = 0; i < c->n_exercises; i++) {
		check_dose(c, i);
		check_chain(c, i);
	}
	check_limits(c);
	for (size_t i = 0; i < c->n_findings; i++)
		check_scale(c, i);
	for (size_t i = 0; i < c->n_measures; i++)
		check_measure(c, i);
	for (size_t i = 0; i < c->n_medicines; i++)
		check_medicine(c, i);
	for (size_t i = 0; i < c->n_rules; i++)
		check_rule(c, i);
	for (size_t i = 0; i < c->n_settings; i++)
		check_setting(c, i);
	for (size_t i = 0; i < c->n_imports; i++)
		check_import(c, i);
	if (c->index->origin[CAT_imports])
		imports_check(c->imports, c->n_imports, c->index->origin[CAT_imports]);
	check_wordings(c);
}

/* ---- What is hardly meant ---- */

static bool
condition_has_focus(const struct catalogue *c, const char *condition, const char *focus)
{
	for (size_t i = 0; i < c->n_exercises; i++)
		if (strcmp(c->exercises[i].focus, focus) == 0 &&
		        list_has(c->exercises[i].conditions, condition))
			return true;
	return false;
}

static bool
somebody_helps(const struct catalogue *c, const char *finding)
{
	for (size_t i = 0; i < c->n_exercises; i++)
		if (list_has(c->exercises[i].helps_findings, finding))
			return true;
	return false;
}

void
catalogue_review(const struct catalogue *c)
{
	for (size_t i = 0; i < c->n_conditions; i++)
		for (list f = c->conditions[i].primary_focus; *f; f++)
			if (!condition_has_focus(c, c->conditions[i].id, *f))
				diag_warning(where(c, CAT_conditions, i, "primary_focus"),
				        "no exercise for '%s' has the focus '%s'",
				        c->conditions[i].id, *f);
	/* An event, a fall, calls for a focus; what is there to be helped is a finding. */
	for (size_t i = 0; i < c->n_findings; i++)
		if (strcmp(c->findings[i].scale, "event") != 0 &&
		        !somebody_helps(c, c->findings[i].id))
			diag_warning(where(c, CAT_findings, i, "suggests_focus"),
			        "no exercise helps '%s'", c->findings[i].id);
	for (size_t i = 0; i < c->n_exercises; i++)
		if (!*c->exercises[i].conditions)
			diag_warning(where(c, CAT_exercises, i, "conditions"),
			        "'%s' is for no condition and never chosen", c->exercises[i].id);
}
