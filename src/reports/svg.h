/*
 * Drawings as inline SVG, with title and description for those who do not see them.
 * Colours come from the page's style sheet, so that they follow light, dark and print.
 */
#ifndef PT_SVG_H
#define PT_SVG_H

#include <stddef.h>

#include "base/str.h"
#include "reports/chart.h"

/* A chart.  SERIAL makes the ids of this drawing its own within the page. */
void svg_chart(struct str *out, const struct chart *c, unsigned serial);
/* A course the size of a word, from 0 to TOP; UNKNOWN values are gaps. */
void svg_spark(struct str *out, const double *values, size_t n, double top, const char *title);
/* A round number that is at least X: 1, 2, 2.5 or 5 times a power of ten. */
double svg_ceiling(double x);

#endif
