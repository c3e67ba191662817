/*
 * Whom a report names beside the list of statistics, section 8, which ptstat prints and which is
 * closed: who fell, or had another event.
 */
#ifndef PT_CONCERNS_H
#define PT_CONCERNS_H

#include "stat/attention.h"

/* Adds a row, whose reason is a report's own, for each event from that day on that is not over. */
void concerns_of(const struct history *h, const struct catalogue *c, int from,
        struct attention_table *out);

#endif
