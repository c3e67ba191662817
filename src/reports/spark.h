/*
 * A course in one line: bars on a fixed scale, so that two lines can be compared; a gap
 * where nothing is known.
 */
#ifndef PT_SPARK_H
#define PT_SPARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * VALUES from 0 to TOP; UNKNOWN is a gap.  Unicode: block bars and a middle dot.  ASCII: the
 * digits 0 to 9 (of TOP 10 the value itself, X for 10), and a dot.
 */
void spark_text(struct str *out, const double *values, size_t n, double top, bool ascii);
/* A filled bar of at most WIDTH signs for a value from 0 to TOP; nothing for UNKNOWN. */
void spark_bar(struct str *out, double value, double top, size_t width, bool ascii);

#endif
