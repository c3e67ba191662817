#include "log/cond_lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"

bool
cond_fail(struct cond_lexer *lex, const char *at, const char *format, ...)
{
	va_list args;

	lex->error->at = (size_t)(at - lex->text);
	va_start(args, format);
	vsnprintf(lex->error->text, sizeof lex->error->text, format, args);
	va_end(args);
	lex->token = TOKEN_WRONG;
	return false;
}

static bool
is_name_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* How other languages write what is meant. */
static const struct {
	const char *sign, *instead;
} foreign[] = { { "==", "=" }, { "<>", "!=" }, { "=<", "<=" }, { "=>", ">=" }, { "&&", "and" },
	{ "||", "or" }, { "&", "and" }, { "|", "or" }, { "!", "not" }, { "\"", "'text'" },
	{ "\xe2\x89\xa4", "<=" }, { "\xe2\x89\xa5", ">=" }, { "\xe2\x89\xa0", "!=" },
	{ "\xe2\x80\x98", "'text'" }, { "\xe2\x80\x99", "'text'" }, { "\xe2\x80\x9c", "'text'" },
	{ "\xe2\x88\x92", "-" }, { "\xc3\x97", "*" } };

static bool
is_foreign(struct cond_lexer *lex, const char *s)
{
	if (strncmp(s, "!=", 2) == 0)
		return false;
	for (size_t i = 0; i < LENGTH(foreign); i++)
		if (*s == *foreign[i].sign &&
		        strncmp(s, foreign[i].sign, strlen(foreign[i].sign)) == 0) {
			cond_fail(lex, s, "%s is not understood here; write %s",
			        quote(slice_of(foreign[i].sign)), foreign[i].instead);
			return true;
		}
	return false;
}

static void
take_sign(struct cond_lexer *lex, const char *s)
{
	const size_t n = strchr("!<>", *s) && s[1] == '=' ? 2 : 1;

	if (is_foreign(lex, s))
		return;
	if (!strchr("=<>+-*/()!", *s)) {
		cond_fail(lex, s,
		        *s == ',' ? "%s is not understood here; decimals are written 2.5"
		                  : "%s is not understood here",
		        quote((struct slice){ s, 1 }));
		return;
	}
	lex->token = TOKEN_SIGN;
	lex->word = (struct slice){ s, n };
	lex->at = s + n;
}

/* A text, its doubled quotes undone; lex->word is what it says. */
static void
take_text(struct cond_lexer *lex, const char *s)
{
	char *out = lex->texts;

	for (const char *c = s + 1; *c; c++) {
		if (*c == '\'' && *++c != '\'') {
			*out = '\0';
			lex->word = (struct slice){ lex->texts, (size_t)(out - lex->texts) };
			lex->texts = out + 1;
			lex->token = TOKEN_TEXT;
			lex->at = c;
			return;
		}
		*out++ = *c;
	}
	cond_fail(lex, s, "the text that begins here has no end; close it with '");
}

void
cond_next(struct cond_lexer *lex)
{
	const char *s = lex->at + strspn(lex->at, " \t\r\n"), *end = s;

	if (lex->token == TOKEN_WRONG)
		return;
	while (is_name_byte(*end) || (*end == '.' && end[1] != '.'))
		end++;
	lex->start = s;
	lex->word = (struct slice){ s, (size_t)(end - s) };
	lex->at = end;
	if (*s == '\0')
		lex->token = TOKEN_END;
	else if (*s == '\'')
		take_text(lex, s);
	else if (end == s)
		take_sign(lex, s);
	else if (is_digit(*s) || *s == '.')
		lex->token = TOKEN_NUMBER;
	else if (!is_foreign(lex, s))
		lex->token = TOKEN_NAME;
}
