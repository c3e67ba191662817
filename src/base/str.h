/*
 * Text in two forms.
 *
 * A struct slice points into bytes that somebody else owns; it is not
 * terminated.  A struct str owns its bytes, grows, and is always terminated:
 * start with STR_INIT, end with str_free(); str_reset() keeps the memory.
 */
#ifndef PT_STR_H
#define PT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *s;
	size_t n;
};

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })
#define SLICE_ARG(x) (int)(x).n, (x).s /* for "%.*s" */

static inline struct slice
slice_of(const char *s)
{
	return (struct slice){ s, s ? strlen(s) : 0 };
}

static inline bool
slice_is(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

/* Of ASCII, whatever the locale. */
static inline bool
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

static inline bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Equal, which a look at the first byte mostly denies: for searches through a table. */
static inline bool
text_eq(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

/* Equal to a terminated text; the second form does not look at the case of ASCII letters. */
static inline bool
slice_eq(struct slice a, const char *s)
{
	return a.n == 0 ? *s == '\0' : *a.s == *s && slice_is(a, slice_of(s));
}
bool slice_eq_nocase(struct slice a, const char *s);
/* Byte order, shorter first: the order of ids in every table. */
int slice_cmp(struct slice a, struct slice b);
/* Without blanks, tabs and no-break spaces (U+00A0, U+202F) at both edges. */
struct slice slice_trim(struct slice a);
/* The piece before the next SEP, trimmed; REST moves behind it.  False when REST is used up. */
bool slice_split(struct slice *rest, char sep, struct slice *piece);

struct str {
	char *s;
	size_t n, cap;
};

#define STR_INIT                                                                                   \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}

/* Room for N more bytes and a terminator. */
void str_room(struct str *t, size_t n);
void str_add(struct str *t, const char *s, size_t n);
void str_puts(struct str *t, const char *s);
void str_putc(struct str *t, char c);
void str_addf(struct str *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_addv(struct str *t, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));
/*
 * Control characters, DEL, C1, bidi overrides and invalid UTF-8 as \x1b, \u202e: for messages and
 * terminals.
 */
void str_add_visible(struct str *t, const char *s, size_t n);
/* For messages: 'value', also invisible characters escaped, at most QUOTED_MOST bytes of it. */
#define QUOTED_MOST 40
void str_add_quoted(struct str *t, struct slice value);
/* A word as a shell reads it: in single quotes where it must be. */
void str_add_shell_word(struct str *t, const char *word);
/* The text, and below it a caret under its byte AT. */
void str_add_caret(struct str *t, const char *text, size_t at);
void str_reset(struct str *t);
void str_free(struct str *t);
/* The text, terminated, "" when empty; belongs to t. */
const char *str_text(const struct str *t);

#endif
