#include "plan/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

const char *const builtin_rules[] = { "status", "row-rejected", "limit", "equipment",
	"minutes-budget", "ceiling", "override", "override-limit", "unknown-item",
	"unknown-condition", "no-condition", "unknown-limit", "no-candidate", NULL };

struct compile {
	const struct catalogue *c;
	struct rule *rule;
	struct rule_error *error;
};

static bool
wrong(struct compile *k, const char *column, const char *what, const char *word)
{
	k->error->column = column;
	k->error->at = 0;
	snprintf(k->error->text, sizeof k->error->text, "%s '%s'", what, word);
	return false;
}

/* ---- applies_to ---- */

/* Is the word the focus, position or region of any exercise? */
static bool
some_exercise(const struct catalogue *c, enum token_sort sort, const char *word)
{
	for (size_t i = 0; i < c->n_exercises; i++) {
		const struct exercise *ex = &c->exercises[i];
		const char *own = sort == TOKEN_FOCUS ? ex->focus
		        : sort == TOKEN_POSITION      ? ex->position
		                                      : ex->region;
		if (text_eq(own, word))
			return true;
	}
	return false;
}

static bool
classify(const struct catalogue *c, const char *word, struct token *out)
{
	static const struct {
		const char *prefix;
		enum token_sort sort;
	} prefixes[] = { { "position:", TOKEN_POSITION }, { "region:", TOKEN_REGION } };
	const struct slice text = slice_of(word);

	out->word = word;
	for (size_t i = 0; i < LENGTH(prefixes); i++) {
		const size_t n = strlen(prefixes[i].prefix);
		if (strncmp(word, prefixes[i].prefix, n) == 0) {
			out->word = word + n;
			out->sort = prefixes[i].sort;
			return some_exercise(c, out->sort, out->word);
		}
	}
	if (some_exercise(c, TOKEN_FOCUS, word))
		out->sort = TOKEN_FOCUS;
	else if (cat_condition(c, text)) {
		out->sort = TOKEN_CONDITION;
		out->word = cat_condition(c, text)->id;
	} else if (cat_exercise(c, text)) {
		out->sort = TOKEN_EXERCISE;
		out->word = cat_exercise(c, text)->id;
	} else
		return false;
	return true;
}

static bool
compile_tokens(struct compile *k)
{
	const list words = k->rule->row->applies_to;
	struct rule *rule = k->rule;

	rule->token = xcalloc(list_length(words) + 1, sizeof *rule->token);
	for (list word = words; *word; word++) {
		struct token *t = &rule->token[rule->n_tokens];
		if (strcmp(*word, "any") == 0)
			continue;
		t->excludes = **word == '!';
		if (!classify(k->c, *word + t->excludes, t))
			return wrong(k, "applies_to",
			        "no condition, focus, exercise, position:x or region:x called",
			        *word + t->excludes);
		rule->n_tokens++;
	}
	return true;
}

/* ---- cap ---- */

static bool
number_behind(const char *text, const char *word, double *out)
{
	const size_t n = strlen(word);

	return strncmp(text, word, n) == 0 && num_read(slice_of(text + n), false, out) == NUM_OK &&
	        *out >= 0;
}

static bool
cap_limit(struct compile *k, const char *id)
{
	struct rule_caps *caps = &k->rule->caps;
	const struct limit *limit = cat_limit(k->c, slice_of(id));
	size_t n = 0;

	if (!limit)
		return wrong(k, "cap", "no limit called", id);
	while (caps->limit && caps->limit[n])
		n++;
	caps->limit = xreallocarray(caps->limit, n + 2, sizeof *caps->limit);
	caps->limit[n] = limit->id;
	caps->limit[n + 1] = NULL;
	return true;
}

static bool
compile_caps(struct compile *k)
{
	struct rule_caps *caps = &k->rule->caps;

	*caps = (struct rule_caps){ CAPS_NONE, UNKNOWN, UNKNOWN, NULL };
	for (list cap = k->rule->row->cap; *cap; cap++) {
		if (strcmp(*cap, "no-load") == 0)
			caps->dose.no_load = true;
		else if (strcmp(*cap, "no-harder") == 0)
			caps->dose.no_harder = true;
		else if (strncmp(*cap, "limit ", 6) == 0) {
			if (!cap_limit(k, *cap + 6))
				return false;
		} else if (!number_behind(*cap, "dose +", &caps->dose.notches) &&
		        !number_behind(*cap, "every ", &caps->every) &&
		        !number_behind(*cap, "exercises ", &caps->exercises))
			return wrong(k, "cap",
			        "write dose +N, no-load, no-harder, every N, exercises N or "
			        "limit ID, not",
			        *cap);
	}
	return true;
}

/* ---- when, decision, change ---- */

static int
place_in(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	return -1;
}

/* Does the condition look at the name? */
static bool
asks_for(const struct cond *when, const char *name)
{
	struct cond_use use;
	size_t at = 0;

	while (cond_use(when, &at, &use))
		if (!use.call && strcmp(vocabulary_name(use.id), name) == 0)
			return true;
	return false;
}

static bool
compile_when(struct compile *k, const struct cond_vocabulary *v)
{
	struct cond_error error;

	k->rule->when = cond_compile(k->rule->row->when, v, &error);
	if (k->rule->when && cond_check(k->rule->when, &error)) {
		k->rule->last = asks_for(k->rule->when, "matched");
		return true;
	}
	k->error->column = "when";
	k->error->at = error.at;
	snprintf(k->error->text, sizeof k->error->text, "%s", error.text);
	return false;
}

/* What each scope may decide: steps that act on the plan belong to patient and metric rules. */
static bool
fits_scope(struct compile *k)
{
	const struct rule *r = k->rule;
	const bool whole = r->scope != SCOPE_EXERCISE;

	for (size_t i = 0; i < r->change.n; i++) {
		const bool acts_on_plan = r->change.step[i].verb >= VERB_ADD;
		const bool halves = change_step(&r->change, VERB_ONLY) != NULL;
		if (whole && !acts_on_plan && !halves)
			return wrong(k, "change", "a change of one dose in a rule of scope",
			        r->row->scope);
		if (!whole && acts_on_plan)
			return wrong(k, "change", "a change of the whole plan in a rule of scope",
			        r->row->scope);
	}
	if (!whole && (r->decision == DECISION_REFER || r->decision == DECISION_REVIEW))
		return wrong(k, "decision", "only rules of scope patient or metric can",
		        r->row->decision);
	if (whole &&
	        (r->decision == DECISION_PROGRESS || r->decision == DECISION_REGRESS ||
	                r->decision == DECISION_STOP))
		return wrong(k, "decision", "only rules of scope exercise can", r->row->decision);
	return true;
}

static bool
compile_words(struct compile *k)
{
	const struct rule_row *row = k->rule->row;
	const struct step *add = change_step(&k->rule->change, VERB_ADD);

	for (size_t i = 0; i < k->rule->change.n; i++) {
		const struct step *s = &k->rule->change.step[i];

		if (s->verb == VERB_ADD && s != add)
			return wrong(k, "change", "one rule adds one exercise: write another for",
			        s->word[0]);
		for (char **word = s->verb == VERB_ONLY ? s->word : NULL; word && *word; word++)
			if (!some_exercise(k->c, TOKEN_FOCUS, *word))
				return wrong(k, "change", "no focus called", *word);
	}
	if (!add)
		return true;
	if (add->word[1])
		return wrong(k, "change", "add takes one exercise or focus:x, not", row->change);
	if (strncmp(add->word[0], "focus:", 6) == 0)
		return some_exercise(k->c, TOKEN_FOCUS, add->word[0] + 6) ||
		        wrong(k, "change", "no focus called", add->word[0] + 6);
	return cat_exercise(k->c, slice_of(add->word[0])) ||
	        wrong(k, "change", "no exercise called", add->word[0]);
}

static bool
compile_change(struct compile *k, const struct cond_vocabulary *v)
{
	struct change_error error;

	if (change_compile(&k->rule->change, k->rule->row->change, v, &error))
		return fits_scope(k) && compile_words(k);
	k->error->column = "change";
	k->error->at = error.at;
	snprintf(k->error->text, sizeof k->error->text, "%s", error.text);
	return false;
}

/* {name} in a note must be a name of the rule's scope. */
static bool
check_note(struct compile *k, const char *note)
{
	for (const char *open = strchr(note, '{'); open; open = strchr(open + 1, '{')) {
		const char *close = strchr(open, '}');
		char name[64];
		if (!close)
			return wrong(k, "note_patient", "no } behind", open);
		snprintf(name, sizeof name, "%.*s", (int)(close - open - 1), open + 1);
		if (!vocabulary_has(k->rule->scope, slice_of(name)))
			return wrong(k, "note_patient", "no name of the state called", name);
	}
	return true;
}

static bool
compile_rule(struct compile *k)
{
	const struct rule_row *row = k->rule->row;
	const int scope = place_in(scope_names, row->scope);
	const int decision = place_in(decision_names, row->decision);
	struct cond_vocabulary v;

	if (place_in(builtin_rules, row->id) >= 0)
		return wrong(k, "id", "a built-in rule is called", row->id);
	if (scope < 0)
		return wrong(k, "scope", "write patient, metric or exercise, not", row->scope);
	if (decision < 0 || decision == DECISION_OVERRIDE || decision == DECISION_STOP)
		return wrong(k, "decision", "no rule can decide", row->decision);
	k->rule->scope = (enum scope)scope;
	k->rule->decision = (enum decision)decision;
	v = vocabulary_of(k->rule->scope, k->c);
	if (!compile_tokens(k) || !compile_when(k, &v) || !compile_change(k, &v) ||
	        !compile_caps(k) || !check_note(k, row->note.text))
		return false;
	for (const struct wording *w = row->note.in; w && w->lang; w++)
		if (!check_note(k, w->text))
			return false;
	return true;
}

/* ---- The table ---- */

static void
free_rule(struct rule *rule)
{
	free(rule->token);
	if (rule->when)
		cond_free(rule->when);
	change_free(&rule->change);
	free(rule->caps.limit);
}

static int
by_priority(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;

	if (x->row->priority != y->row->priority)
		return x->row->priority < y->row->priority ? -1 : 1;
	return strcmp(x->row->id, y->row->id);
}

struct rules *
rules_compile(const struct catalogue *c,
        void (*each)(const struct rule_row *row, const struct rule_error *error))
{
	struct rules *rules = xcalloc(1, sizeof *rules);
	struct rule_error error;
	size_t partial = 0;

	rules->rule = xcalloc(c->n_rules + 1, sizeof *rules->rule);
	rules->partial_pause = xcalloc(c->n_rules + 1, sizeof *rules->partial_pause);
	for (size_t i = 0; i < c->n_rules; i++) {
		struct rule *rule = &rules->rule[rules->n];
		struct compile k = { c, rule, &error };
		*rule = (struct rule){ .row = &c->rules[i] };
		if (!compile_rule(&k)) {
			if (each)
				each(rule->row, &error);
			free_rule(rule);
			continue;
		}
		if (rule_partial(rule))
			rules->partial_pause[partial++] = rule->row->id;
		rules->n++;
	}
	qsort(rules->rule, rules->n, sizeof *rules->rule, by_priority);
	return rules;
}

static void
report(const struct rule_row *row, const struct rule_error *error)
{
	diag_reject((struct place){ row->file, row->line, error->column }, "rule '%s': %s", row->id,
	        error->text);
}

struct rules *
rules_open(const struct catalogue *c)
{
	struct rules *rules = rules_compile(c, report);
	const size_t wrong = c->n_rules - rules->n;

	if (wrong > 0) {
		rules_free(rules);
		die("the table of rules cannot be used: %zu mistake%s", wrong,
		        wrong == 1 ? "" : "s");
	}
	return rules;
}

void
rules_free(struct rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->n; i++)
		free_rule(&rules->rule[i]);
	free(rules->rule);
	free(rules->partial_pause);
	free(rules);
}

const struct rule *
rules_find(const struct rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->n; i++)
		if (strcmp(rules->rule[i].row->id, id) == 0)
			return &rules->rule[i];
	return NULL;
}

bool
rule_partial(const struct rule *rule)
{
	return rule->decision == DECISION_PAUSE && change_step(&rule->change, VERB_ONLY);
}

bool
rule_ends(const struct rule *rule)
{
	return rule->change.n == 1 && rule->change.step[0].verb == VERB_DROP;
}

const char *const *
rule_leaves(const struct rule *rule)
{
	return (const char *const *)change_step(&rule->change, VERB_ONLY)->word;
}

/* ---- Whom a rule speaks to ---- */

/* Within one sort: true when no token of it is there, or one matches and none excludes. */
struct verdict {
	bool asked, met, excluded;
};

static bool
holds(const struct verdict *v)
{
	return !v->excluded && (!v->asked || v->met);
}

static void
judge(struct verdict *v, const struct token *t, bool match)
{
	if (t->excludes) {
		v->excluded = v->excluded || match;
		return;
	}
	v->asked = true;
	v->met = v->met || match;
}

bool
rule_meets(const struct rule *rule, const struct patient *p)
{
	struct verdict v = { false, false, false };

	for (size_t i = 0; i < rule->n_tokens; i++)
		if (rule->token[i].sort == TOKEN_CONDITION)
			judge(&v, &rule->token[i], patient_has_condition(p, rule->token[i].word));
	return holds(&v);
}

bool
rule_reaches(const struct rule *rule, const struct exercise *ex)
{
	const char *const words[TOKEN_SORTS] = { [TOKEN_FOCUS] = ex->focus,
		[TOKEN_EXERCISE] = ex->id,
		[TOKEN_POSITION] = ex->position,
		[TOKEN_REGION] = ex->region };
	struct verdict v[TOKEN_SORTS] = { { false, false, false } };

	for (size_t i = 0; i < rule->n_tokens; i++) {
		const struct token *t = &rule->token[i];
		if (t->sort != TOKEN_CONDITION)
			judge(&v[t->sort], t, text_eq(words[t->sort], t->word));
	}
	for (size_t sort = 0; sort < TOKEN_SORTS; sort++)
		if (!holds(&v[sort]))
			return false;
	return true;
}
