/*
 * The condition language of --where and of the response rules: names, numbers,
 * 'text', = != < <= > >=, + - * /, and or not, parentheses, functions.  Three
 * truths: a comparison with an unknown is unknown (and: false wins; or: true
 * wins); division by 0 is unknown; text against a number is unknown.
 *
 *	or < and < not < comparison < + - < * / < sign
 *
 * Numbers are compared with a slack of 1e-9, so that 6.1 - 4.1 >= 2 is true.
 * Text is compared by its bytes; a quote within it is written twice.
 * known(x) is true or false, never unknown, in every vocabulary.
 */
#ifndef PT_COND_H
#define PT_COND_H

#include "base/str.h"

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

enum cond_type { COND_NUMBER, COND_TEXT };

struct cond_value {
	enum cond_type type;
	double number;    /* UNKNOWN when it is */
	const char *text; /* NULL when unknown */
	size_t length;
};

struct cond_name {
	const char *name;
	int id;
	enum cond_type type;
};
/* A function of one argument, besides known(): an expression, or a 'text' of a known kind. */
struct cond_function {
	const char *name;
	int id;
	enum cond_type result;
	/* NULL: takes any value.  Else a 'text', which is checked when the condition is compiled.
	 */
	bool (*accepts)(void *context, const char *text, size_t n);
};
struct cond_vocabulary {
	const struct cond_name *names;         /* name NULL at the end */
	const struct cond_function *functions; /* name NULL at the end; may be NULL */
	void *context;
	/*
	 * May the name be compared with this 'text' (EQUAL: by =)?  *TEXT may become another one,
	 * which outlives the condition, and *ID what is to be compared with it.  False: WHY says
	 * what would be right.  NULL: always.
	 */
	bool (*fits)(void *context, int *id, bool equal, struct slice *text, struct str *why);
};

struct cond_env {
	struct cond_value (*name)(void *context, int id);
	struct cond_value (*call)(void *context, int id, struct cond_value argument);
	void *context;
};

struct cond_error {
	size_t at;      /* offset of the character */
	char text[320]; /* what is wrong and what would fit, with the nearest name */
};

struct cond;

/* NULL and *error when the text is no condition.  An empty text is a condition that is true. */
struct cond *cond_compile(
        const char *text, const struct cond_vocabulary *v, struct cond_error *error);
/* Allocates nothing. */
enum truth cond_eval(const struct cond *c, const struct cond_env *env);
void cond_free(struct cond *c);

/* Arithmetic alone: an expression that gives a number (the `dose = EXPR` of a rule). */
struct cond *cond_compile_number(
        const char *text, const struct cond_vocabulary *v, struct cond_error *error);
double cond_eval_number(const struct cond *c, const struct cond_env *env);

/*
 * False and *error when text is compared with a number somewhere: allowed, because it is
 * unknown, but never meant.  For the check of a catalogue.
 */
bool cond_check(const struct cond *c, struct cond_error *error);

/* What a condition looks at, in the order of its text; *AT is 0 at first.  False at the end. */
struct cond_use {
	bool call; /* a function, not a name */
	int id;
	const char *text; /* of a function: its 'text', or NULL */
};
bool cond_use(const struct cond *c, size_t *at, struct cond_use *out);

#endif
