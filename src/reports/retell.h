/*
 * A rule's note is written for the patient, in the patient's language.  Here it is told again in
 * English, for readers of reports.
 */
#ifndef PT_RETELL_H
#define PT_RETELL_H

#include "domain/history.h"

/*
 * The note in English, replaced in OUT, where SAID is one of its translations with numbers or names
 * of the catalogue in its {blanks}; false: it is not, somebody wrote it.
 */
bool retell(struct str *out, const struct catalogue *c, const struct text *note, struct slice said);

/* The note of a row, in English where the table of its rule has it; OUT is room.  NULL: none. */
const char *retell_note(struct str *out, const struct catalogue *c, const struct entry *e);
/* What the plan of the day refers for, each reason once.  NULL: nobody said; free it. */
char *referral_words(const struct history *h, const struct catalogue *c, int day);

#endif
