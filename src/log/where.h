/*
 * The condition of --where: names are columns of the log, and words that are compared with them
 * are what the columns may hold.
 */
#ifndef PT_WHERE_H
#define PT_WHERE_H

#include "log/entry.h"

struct where;

/* TEXT and the catalogue outlive it.  What is no condition, or can never be true, is a usage error.
 */
struct where *where_new(const char *text, const struct catalogue *c);
void where_free(struct where *w);

/* Each row of the input, selected or not, so that a word that no row answers to is known. */
void where_look(struct where *w, const struct entry *e);
bool where_holds(struct where *w, const struct entry *e);
/*
 * At the end of the input: a patient that no row was of is reported with the nearest (status 1); an
 * item or a rule that neither the catalogue nor the input knows ends the program.
 */
void where_end(const struct where *w);

#endif
