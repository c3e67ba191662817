/*
 * Amounts of medicines on a day (pttools(7), STATISTICS, section 4): the newest row of
 * each medicine up to that day, carried forward; 0 is stopped.  Totals follow
 * the factors of the catalogue; nothing here ever proposes a dose.
 */
#ifndef PT_MEDICINE_H
#define PT_MEDICINE_H

#include "domain/daily.h"

/*
 * Morphine milligram equivalents a day as they stand on a day: doses are carried to the last
 * contact and no further, so that is the day they are known of when it came before.
 */
struct mme {
	double value; /* UNKNOWN before the first opioid row, and while one is HIDING it */
	int day;      /* of which that is known; DAY_NONE without any contact */
	const struct medicine *hiding; /* an opioid without factor in force above 0, or NULL */
	int since;                     /* the first day in a row that one is; else DAY_NONE */
};
#define MME_NONE                                                                                   \
	{                                                                                          \
		.value = UNKNOWN, .day = DAY_NONE, .since = DAY_NONE                               \
	}
struct mme mme_at(const struct history *h, const struct catalogue *c, int day);
/* Prednisone equivalent in mg a day; UNKNOWN before the first corticosteroid row. */
double prednisone_on(const struct history *h, const struct catalogue *c, int day);
/*
 * A value for each calendar day from the first row to TO; days on which it is unknown have none.
 * Reports and statistics give the last contact as TO, a plan its own day.
 */
void mme_days(const struct history *h, const struct catalogue *c, int to, struct dailies *out);
void medicine_days(const struct history *h, const char *id, int to, struct dailies *out);
/* The opioids without factor that were taken: days on them have no mme value.  At most MOST; the
 * number. */
size_t medicines_without_factor(const struct history *h, const struct catalogue *c,
        const struct medicine **out, size_t most);

#endif
