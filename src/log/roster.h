/*
 * Whose rows a log has, for one that rows are added to: a slip in an id makes a second patient,
 * which is cheapest to notice on the way in.
 */
#ifndef PT_ROSTER_H
#define PT_ROSTER_H

#include "log/patient.h"

/* Into P, without a word: a LOG that is none, or not there yet, has nobody. */
void roster_read(struct patients *p, const char *log);

#endif
