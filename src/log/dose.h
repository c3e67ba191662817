/*
 * The shorthand in which therapists write a dose:
 *
 *	3x10  3x10@20kg  3x10@44lb  3x30s  3x1:30  3x2min  2x10x5s  2x12/side  20min
 *
 * sets x repetitions, or sets x the time of one repetition, or all three; or a time alone,
 * with its unit, of one set of one repetition; then the load, and /side when each side does
 * it.  x may be X, * or the multiplication sign, with blanks around it.  A set without
 * repetitions is one repetition.
 */
#ifndef PT_DOSE_H
#define PT_DOSE_H

#include "log/entry.h"

/* What the text leaves out is UNKNOWN, or SIDE_NONE. */
struct dose {
	double sets, reps, load_kg;
	double seconds; /* of one repetition */
	enum side side; /* SIDE_BOTH or SIDE_NONE */
};

/*
 * COMMA: a comma is the decimal sign too.  UNIT is that of a load without one, "kg" or "lb";
 * NULL: such a load is refused, because @7 may as well be an effort.
 * False: WHY (reset first) names the value, what is wrong and what to write.
 */
bool dose_read(struct slice text, bool comma, const char *unit, struct dose *out, struct str *why);

/*
 * Fills what the entry leaves empty.  False when the entry says something else already: then it is
 * left as it was.
 */
bool dose_merge(const struct dose *dose, struct entry *e);

#endif
