/*
 * The tables of a summary.
 */
#ifndef PT_SUMMARY_TABLES_H
#define PT_SUMMARY_TABLES_H

#include "reports/facts.h"

#define NOTHING "\u2013" /* unknown, which is not zero */
/* A cell with this text, or NOTHING when it is empty; the text is freed. */
void summary_cell(struct grid *g, enum tone tone, struct str *text);

/* A line for each of N patients, set against the period before where there is one.  Free it. */
struct grid *summary_person_grid(
        const struct facts *f, const struct person *const *person, size_t n);
/* What its columns mean. */
const char *summary_person_legend(const struct facts *f);
/* Heading and table of the groups, computed or as the stream brought them; nothing without any. */
void summary_groups(struct out *out, const struct facts *f);

#endif
