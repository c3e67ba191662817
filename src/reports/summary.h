/*
 * The tables of a summary.
 */
#ifndef PT_SUMMARY_VIEW_H
#define PT_SUMMARY_VIEW_H

#include "reports/facts.h"

/* A line for each of N patients, set against the period before where there is one.  Free it. */
struct grid *summary_person_grid(
        const struct facts *f, const struct person *const *person, size_t n);
/* What its columns mean. */
const char *summary_person_legend(const struct facts *f);
/* Heading and table of the groups, computed or as the stream brought them; nothing without any. */
void summary_groups(struct out *out, const struct facts *f);

#endif
