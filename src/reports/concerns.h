/*
 * Whom a report names beside the list of statistics, section 8, which ptstat prints and which is
 * closed: who fell, or had another event; whose pain is too high to begin; who got too dizzy by
 * exercise; whose opioid dose jumped.
 */
#ifndef PT_CONCERNS_H
#define PT_CONCERNS_H

#include "stat/attention.h"

struct concerns;

struct concerns *concerns_new(const struct catalogue *c);
void concerns_free(struct concerns *k);
/*
 * Adds rows of reasons of its own.  Events are those from that day on that are not over; pain is of
 * the last week, the rest of the last fortnight.
 */
void concerns_of(struct concerns *k, const struct history *h, int from, int today,
        struct attention_table *out);

#endif
