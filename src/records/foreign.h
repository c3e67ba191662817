/*
 * What a file is that is no CSV, by its first bytes, and the command that
 * makes CSV of it.
 */
#ifndef PT_FOREIGN_H
#define PT_FOREIGN_H

#include "base/str.h"

/* FILE: its name, NULL for standard input.  An empty text when the bytes may be CSV. */
void foreign_explain(struct str *why, struct slice head, const char *file);

#endif
