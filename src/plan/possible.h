/*
 * Which values the names of a rule's state can have: what no patient can ever be is no state to
 * try a rule on, and a rule that waits for it waits for ever.
 */
#ifndef PT_POSSIBLE_H
#define PT_POSSIBLE_H

#include "plan/vocabulary.h"

/* The nearest value that the number of this name can have; X itself where nothing is known. */
double possible_number(int id, double x);

/* Whether the text of this name can be these N bytes; true where any text may stand. */
bool possible_text(const struct catalogue *c, int id, const char *text, size_t n);

#endif
