/*
 * Amounts of medicines on a day (pttools(7), STATISTICS, section 4): the newest row of
 * each medicine up to that day, carried forward; 0 is stopped.  Totals follow
 * the factors of the catalogue; nothing here ever proposes a dose.
 */
#ifndef PT_MEDICINE_H
#define PT_MEDICINE_H

#include "domain/daily.h"

/*
 * Morphine milligram equivalents a day.  UNKNOWN before the first opioid row and on days on
 * which an opioid without factor is in force above 0.
 */
double mme_on(const struct history *h, const struct catalogue *c, int day);
/* Prednisone equivalent in mg a day; UNKNOWN before the first corticosteroid row. */
double prednisone_on(const struct history *h, const struct catalogue *c, int day);
/* A value for each calendar day from the first row to TO; days on which it is unknown have none. */
void mme_days(const struct history *h, const struct catalogue *c, int to, struct dailies *out);
void medicine_days(const struct history *h, const char *id, int to, struct dailies *out);
/* The opioids without factor that were taken: days on them have no mme value.  At most MOST; the
 * number. */
size_t medicines_without_factor(const struct history *h, const struct catalogue *c,
        const struct medicine **out, size_t most);

#endif
