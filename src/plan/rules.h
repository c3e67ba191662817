/*
 * The response rules, compiled once from their table: for whom, when, what, and what they
 * say.  Nothing clinical stands in this code but the names of built-in rules, which decide
 * what a table cannot: status, limits, equipment, minutes, overrides, unknown things.
 */
#ifndef PT_RULES_H
#define PT_RULES_H

#include "plan/change.h"

enum token_sort {
	TOKEN_CONDITION,
	TOKEN_FOCUS,
	TOKEN_EXERCISE,
	TOKEN_POSITION,
	TOKEN_REGION,
	TOKEN_SORTS
};

/* A token of `applies_to`: alternatives within a sort, all sorts must hold, `!` excludes. */
struct token {
	enum token_sort sort;
	bool excludes;
	const char *word; /* without ! and position: */
};

/* What a rule allows at most, whatever progress another asks for. */
struct rule_caps {
	struct caps dose;
	double every;       /* days between two progresses; UNKNOWN: no cap */
	double exercises;   /* at most; UNKNOWN: no cap */
	const char **limit; /* limits in force while the rule is true; NULL at the end, or NULL */
};

struct rule {
	const struct rule_row *row;
	enum scope scope;
	enum decision decision; /* DECISION_NONE: it only caps */
	struct token *token;
	size_t n_tokens;
	struct cond *when;
	struct change change;
	struct rule_caps caps;
	bool last; /* asks how many others matched: tried after them */
};

struct rules {
	struct rule *rule; /* by priority */
	size_t n;
	const char **partial_pause; /* ids of pauses that leave some exercises; NULL at the end */
};

/* Why a rule could not be compiled: column, offset in its text, and what would fit. */
struct rule_error {
	const char *column;
	size_t at;
	char text[320];
};

/*
 * Compiles the table.  EACH, or nobody, is told every error; rules with errors are left out.
 */
struct rules *rules_compile(const struct catalogue *c,
        void (*each)(const struct rule_row *row, const struct rule_error *error));
/* The same for programs: an error is reported with file and line and ends with status 2. */
struct rules *rules_open(const struct catalogue *c);
void rules_free(struct rules *rules);

const struct rule *rules_find(const struct rules *rules, const char *id);
bool rule_partial(const struct rule *rule); /* its pause leaves the exercises of some focuses */
bool rule_ends(const struct rule *rule);    /* all it changes is that the exercise is dropped */
/* The focuses that a partial pause leaves; NULL at the end. */
const char *const *rule_leaves(const struct rule *rule);
/* Does the rule speak to a patient with these conditions; does it reach the exercise? */
bool rule_meets(const struct rule *rule, const struct patient *p);
bool rule_reaches(const struct rule *rule, const struct exercise *ex);

/* Rules that are built in, not in the table. */
extern const char *const builtin_rules[]; /* NULL at the end */

#endif
