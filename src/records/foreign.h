/*
 * What a file is that is no CSV, by its first bytes, and the command that
 * makes CSV of it; and what a spreadsheet writes where it has no value.
 */
#ifndef PT_FOREIGN_H
#define PT_FOREIGN_H

#include "base/str.h"

/* FILE: its name, NULL for standard input.  An empty text when the bytes may be CSV. */
void foreign_explain(struct str *why, struct slice head, const char *file);

/* #NAME? and its like: what a spreadsheet leaves of a text that it took for a formula. */
bool is_sheet_error(struct slice text);

#endif
