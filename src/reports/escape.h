/*
 * Text from the log, made harmless for the place it goes to: one function for each
 * place.  All of them first make control characters, bidi marks and what is no
 * character visible (\x1b, \u202e), so that none reaches a terminal or a report raw.
 */
#ifndef PT_ESCAPE_H
#define PT_ESCAPE_H

#include <stdbool.h>

#include "base/str.h"

/* Between two tags of HTML or SVG.  The result is valid XML as well. */
void escape_html(struct str *out, const char *s, size_t n);
/* Inside a double-quoted attribute. */
void escape_attribute(struct str *out, const char *s, size_t n);
/*
 * Anywhere in a Markdown line, also in a table cell and at the begin of a paragraph: what
 * the author wrote is what the reader sees, no mark-up, no link, no new cell.
 */
void escape_markdown(struct str *out, const char *s, size_t n);
/*
 * For a terminal or a plain text file.  ASCII: typographic signs (dashes, quotes, arrows,
 * comparison signs, dots) become what a typewriter has; letters of any script stay.
 */
void escape_terminal(struct str *out, const char *s, size_t n, bool ascii);

#endif
