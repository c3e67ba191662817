/*
 * What a report may consist of, judged strictly: HTML that is XML of a closed set of tags and
 * attributes; Markdown and text without anything a terminal or a reader would obey.
 */
#ifndef PT_FUZZ_MARKUP_H
#define PT_FUZZ_MARKUP_H

#include "base/str.h"

/* NULL: nothing is wrong; else what, and AT the offset. */
const char *html_fault(struct slice text, size_t *at);
const char *markdown_fault(struct slice text, size_t *at);
/* COLOURS: sequences that only set colours are allowed. */
const char *text_fault(struct slice text, bool colours, size_t *at);

#endif
