/*
 * Patient identifiers: what they may be, and which of them a person could take
 * for one another.  No message shows one.
 */
#ifndef PT_LOG_PATIENT_H
#define PT_LOG_PATIENT_H

#include "log/entry.h"

struct patients;

#define PATIENT_BYTES 64 /* longest identifier */
/*
 * Ids, and what profiles say of them, remembered for the warnings: so many that a filter stays
 * below 16 MiB.  More are checked for themselves alone, which is said once.
 */
#define PATIENTS_KNOWN 32000
#define FACTS_KNOWN 16000

struct patients *patients_new(void);
void patients_free(struct patients *p);

/* NULL when the id is good, else what is wrong with it, without the id. */
const char *patient_wrong(struct slice id);
/*
 * The same, each id looked at once.  Warns of two ids that differ only
 * in case, leading zeros or letters that look alike.
 */
const char *patient_check(struct patients *p, struct slice id, const struct row *row);

/*
 * An id of a log that rows are added to: remembered in silence, as are the pairs that the log has
 * already.  False: no more are remembered.
 */
bool patient_know(struct patients *p, struct slice id, const struct row *row);

/* Warns when one id has two birth years, clinics or therapists in two tables. */
void patient_profile(struct patients *p, const struct entry *e, const struct row *row);

#endif
