/*
 * The condition language of --where and of the response rules: names, numbers,
 * 'text', = != < <= > >=, + - * /, and or not, parentheses, functions.  Three
 * truths: a comparison with an unknown is unknown (and: false wins; or: true
 * wins); division by 0 is unknown; text against a number is unknown.
 */
#ifndef PT_COND_H
#define PT_COND_H

#include <stdbool.h>
#include <stddef.h>

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

enum cond_type { COND_NUMBER, COND_TEXT };

struct cond_value {
	enum cond_type type;
	double number;	  /* UNKNOWN when it is */
	const char *text; /* NULL when unknown */
	size_t length;
};

struct cond_name {
	const char *name;
	int id;
	enum cond_type type;
};
/* A function of one argument: a name of the state (known) or a 'text' that must be known. */
struct cond_function {
	const char *name;
	int id;
	enum cond_type result;
	/* NULL: takes any expression.  Else the text is checked when the condition is compiled. */
	bool (*accepts)(void *context, const char *text, size_t n);
};
struct cond_vocabulary {
	const struct cond_name *names;	       /* name NULL at the end */
	const struct cond_function *functions; /* name NULL at the end; may be NULL */
	void *context;
};

struct cond_env {
	struct cond_value (*name)(void *context, int id);
	struct cond_value (*call)(void *context, int id, struct cond_value argument);
	void *context;
};

struct cond_error {
	size_t at;	/* offset of the character */
	char text[160]; /* what is wrong and what would fit, with the nearest name */
};

struct cond;

/* NULL and *error when the text is no condition.  An empty text is a condition that is true. */
struct cond *cond_compile(const char *text, const struct cond_vocabulary *v, struct cond_error *error);
enum truth cond_eval(const struct cond *c, const struct cond_env *env);
void cond_free(struct cond *c);

/* Arithmetic alone: an expression that gives a number (the `dose = EXPR` of a rule). */
struct cond *cond_compile_number(const char *text, const struct cond_vocabulary *v,
	struct cond_error *error);
double cond_eval_number(const struct cond *c, const struct cond_env *env);

/* The error as two lines, the text and a caret under the character. */
struct str;
void cond_error_show(struct str *out, const char *text, const struct cond_error *error);

#endif
