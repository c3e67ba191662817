/*
 * The words and signs of a condition, one at a time, for cond_parse.c alone.
 */
#ifndef PT_COND_LEX_H
#define PT_COND_LEX_H

#include "base/str.h"
#include "log/cond.h"

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_NAME, /* also and, or, not */
	TOKEN_SIGN, /* an operator or a parenthesis */
	TOKEN_WRONG /* the error is set */
};

struct cond_lexer {
	const char *text, *at; /* the whole, and behind the token at hand */
	char *texts;           /* where the next 'text' goes: as many bytes as the whole */
	struct cond_error *error;
	/* The token at hand. */
	enum token token;
	const char *start;
	struct slice word; /* of a 'text', what it says */
};

/* Moves on; stays where it is once something was wrong. */
void cond_next(struct cond_lexer *lex);
/* Sets the error, which points at AT, and TOKEN_WRONG.  False. */
bool cond_fail(struct cond_lexer *lex, const char *at, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

#endif
