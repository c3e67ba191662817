/*
 * A rule's note is written for the patient, in the patient's language.  Here it is told again in
 * English, for readers of reports.
 */
#ifndef PT_RETELL_H
#define PT_RETELL_H

#include "catalogue/catalogue.h"

/*
 * The note in English, replaced in OUT, where SAID is one of its translations with numbers in its
 * {blanks}; false: it is not, somebody wrote it, or a blank holds a name.
 */
bool retell(struct str *out, const struct text *note, struct slice said);

#endif
