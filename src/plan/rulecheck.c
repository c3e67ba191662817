#include "plan/rulecheck.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "plan/possible.h"

/*
 * Conditions are tried on states made up around the very figures and words that they compare
 * with, as far as a patient can be in them: one that is true on none of many can never fire, and a
 * rule that another of the same decision always forestalls is never heard.
 */
#define STATES 20000
#define HITS 300
#define VALUES_MOST 64
#define NAMES_MOST 512

struct trial {
	const struct catalogue *catalogue;
	double number[VALUES_MOST];
	size_t n_numbers;
	const char *text[VALUES_MOST];
	size_t length[VALUES_MOST];
	size_t n_texts;
	struct cond_value value[NAMES_MOST]; /* of this state, by name; made when asked for */
	bool made[NAMES_MOST];
	uint64_t chance;
};

static void
report(const struct rule_row *row, const struct rule_error *error)
{
	diag_reject((struct place){ row->file, row->line, error->column }, "rule '%s': %s", row->id,
	        error->text);
}

/* ---- States around the figures of a condition ---- */

static uint64_t
chance(struct trial *t)
{
	t->chance ^= t->chance << 13;
	t->chance ^= t->chance >> 7;
	t->chance ^= t->chance << 17;
	return t->chance;
}

static void
add_number(struct trial *t, double x)
{
	if (t->n_numbers < VALUES_MOST)
		t->number[t->n_numbers++] = x;
}

static void
add_numbers(struct trial *t, const char *text)
{
	for (const char *s = text; *s;) {
		const size_t n = strspn(s, "0123456789.");
		double x;
		const bool inside = s > text && (s[-1] == '_' || (s[-1] >= 'a' && s[-1] <= 'z'));
		if (n && !inside && num_read((struct slice){ s, n }, false, &x) == NUM_OK) {
			add_number(t, x - 1);
			add_number(t, x);
			add_number(t, x + 1);
			add_number(t, 2 * x);
		}
		s += n ? n : 1;
	}
}

static void
add_texts(struct trial *t, const char *text)
{
	for (const char *open = strchr(text, '\''); open && t->n_texts < VALUES_MOST;) {
		const char *close = strchr(open + 1, '\'');
		if (!close)
			return;
		t->text[t->n_texts] = open + 1;
		t->length[t->n_texts++] = (size_t)(close - open - 1);
		open = strchr(close + 1, '\'');
	}
}

static void
trial_begin(struct trial *t, const struct catalogue *c, const struct rule *a, const struct rule *b)
{
	*t = (struct trial){ .catalogue = c,
		.chance = 88172645463325252u,
		.text = { "other" },
		.length = { 5 },
		.n_texts = 1 };
	add_number(t, 0);
	add_number(t, 1);
	add_numbers(t, a->row->when);
	add_texts(t, a->row->when);
	if (b) {
		add_numbers(t, b->row->when);
		add_texts(t, b->row->when);
	}
}

static struct cond_value
some_number(struct trial *t)
{
	const bool unknown = chance(t) % 8 == 0;
	const double x = t->number[chance(t) % t->n_numbers];

	return (struct cond_value){ COND_NUMBER, unknown ? UNKNOWN : x, NULL, 0 };
}

/* The first text is one that no rule names and stands for all others. */
static struct cond_value
some_text(struct trial *t, int id)
{
	size_t i = (size_t)(chance(t) % t->n_texts);

	if (!possible_text(t->catalogue, id, t->text[i], t->length[i]))
		i = 0;
	return (struct cond_value){ COND_TEXT, UNKNOWN, t->text[i], t->length[i] };
}

static struct cond_value
see_name(void *context, int id)
{
	struct trial *t = context;

	if (!t->made[id]) {
		t->value[id] = vocabulary_type(id) == COND_TEXT ? some_text(t, id) : some_number(t);
		t->value[id].number = possible_number(id, t->value[id].number);
		t->made[id] = true;
	}
	return t->value[id];
}

static struct cond_value
see_call(void *context, int id, struct cond_value argument)
{
	(void)id;
	(void)argument;
	return some_number(context);
}

static bool
holds(struct trial *t, const struct rule *rule)
{
	const struct cond_env env = { see_name, see_call, t };

	return cond_eval(rule->when, &env) == TRUTH_TRUE;
}

static void
next_state(struct trial *t)
{
	memset(t->made, 0, sizeof t->made);
}

/* ---- What is wrong with one rule, and with two ---- */

static bool
ever_true(const struct catalogue *c, const struct rule *rule)
{
	static struct trial t;

	trial_begin(&t, c, rule, NULL);
	for (int i = 0; i < STATES; i++) {
		next_state(&t);
		if (holds(&t, rule))
			return true;
	}
	return false;
}

static bool
same_words(list a, list b)
{
	while (*a && *b && strcmp(*a, *b) == 0) {
		a++;
		b++;
	}
	return !*a && !*b;
}

/* Whenever B is true, A is, which comes first. */
static bool
always_before(const struct catalogue *c, const struct rule *a, const struct rule *b)
{
	static struct trial t;
	int hits = 0;

	trial_begin(&t, c, a, b);
	for (int i = 0; i < STATES && hits < HITS; i++) {
		next_state(&t);
		if (!holds(&t, b))
			continue;
		if (!holds(&t, a))
			return false;
		hits++;
	}
	return hits > 0;
}

/* Among progresses the next is tried when one has no effect, and referrals all speak. */
static bool
only_one_speaks(const struct rule *a, const struct rule *b)
{
	return a->scope == SCOPE_EXERCISE && b->scope == SCOPE_EXERCISE &&
	        a->decision == b->decision && a->decision != DECISION_NONE &&
	        a->decision != DECISION_PROGRESS && !b->last &&
	        (a->n_tokens == 0 || same_words(a->row->applies_to, b->row->applies_to));
}

static void
check_rule(const struct rules *rules, const struct catalogue *c, size_t i)
{
	const struct rule *rule = &rules->rule[i];
	const struct place at = { rule->row->file, rule->row->line, "when" };

	if (!ever_true(c, rule)) {
		diag_reject(at, "rule '%s' can never be true", rule->row->id);
		return;
	}
	for (size_t k = 0; k < i; k++)
		if (only_one_speaks(&rules->rule[k], rule) &&
		        always_before(c, &rules->rule[k], rule)) {
			diag_reject(at,
			        "rule '%s' is never heard: '%s' comes first whenever it is true",
			        rule->row->id, rules->rule[k].row->id);
			return;
		}
}

/* Every exercise of the program and every new one must be decided upon, whatever its state. */
static void
check_cover(const struct rules *rules, const struct catalogue *c)
{
	bool first = false, otherwise = false;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->scope != SCOPE_EXERCISE || r->n_tokens > 0)
			continue;
		first = first ||
		        (r->decision == DECISION_START && strcmp(r->row->when, "is_new = 1") == 0);
		otherwise = otherwise || (r->decision == DECISION_HOLD && r->last);
	}
	const struct place at = { c->n_rules ? c->rules[0].file : "rules.csv", 0, NULL };
	if (!first)
		diag_reject(
		        at, "no rule starts every new exercise (when is_new = 1, applies_to any)");
	if (!otherwise)
		diag_reject(at, "no rule holds when nothing else decides (when matched = 0)");
}

void
rules_check(const struct catalogue *c)
{
	struct rules *rules = rules_compile(c, report);

	for (size_t i = 0; i < rules->n; i++)
		check_rule(rules, c, i);
	check_cover(rules, c);
	rules_free(rules);
}
