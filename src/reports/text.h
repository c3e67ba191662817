/*
 * Lines of text for people: wrapped at blanks and padded by what a terminal shows, not by
 * bytes.  A word is never cut: one that is wider than the line stands alone on it.
 */
#ifndef PT_TEXT_H
#define PT_TEXT_H

#include <stdbool.h>

#include "base/str.h"

/*
 * The next line of REST, which moves behind it: as many words as fit into WIDTH columns, at
 * least one.  False when nothing is left.  Runs of blanks separate once.
 */
bool text_line(struct slice *rest, size_t width, struct slice *line);
/* Columns of the widest word. */
size_t text_word_width(const char *s);
/* The text in lines of at most WIDTH columns, the first behind FIRST, the others behind NEXT. */
void text_wrap(struct str *out, const char *s, size_t width, const char *first, const char *next);
/* Adds the text and blanks up to WIDTH columns, in front of it when RIGHT. */
void text_pad(struct str *out, struct slice s, size_t width, bool right);
/* Adds N times the sign. */
void text_repeat(struct str *out, const char *sign, size_t n);

/* Does the locale of the environment (LC_ALL, else LC_CTYPE, else LANG) write UTF-8? */
bool text_locale_utf8(void);

#endif
