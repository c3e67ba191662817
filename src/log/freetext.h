/*
 * Free text of a row (note, profile value, unknown columns): one line, no
 * control characters; everything else is kept byte for byte.
 */
#ifndef PT_FREETEXT_H
#define PT_FREETEXT_H

#include "base/str.h"

enum text_got {
	TEXT_SAME,    /* *out is the text itself */
	TEXT_CHANGED, /* line breaks became " / ": *out points into BUF */
	TEXT_BAD      /* *why is a constant sentence, without the text: it may hold a name */
};

/* Visible ASCII that begins like nothing odd: text_read() gives it as it is, without a remark. */
bool text_is_ordinary(struct slice text);
/* TEXT is valid UTF-8.  BUF is only used (and reset) when there are line breaks. */
enum text_got text_read(struct slice text, struct str *buf, struct slice *out, const char **why);

/* A remark on text that is kept, or NULL: direction marks, encoded twice, begins like a formula. */
const char *text_remark(struct slice text);

#endif
