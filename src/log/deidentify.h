/*
 * Rows that may leave the clinic: each patient gets a new random code and a
 * shift of whole weeks into the past, the same for all rows, so that courses,
 * weekdays and gaps stay what they were.  Codes are not derived from ids (a
 * hash of an id is undone in a second); the table of patients, codes and
 * shifts is a file of its own, mode 0600, which never goes with the data.
 *
 * Left out: notes, therapist, clinic, free-text goals and other free text of
 * the profile, unknown columns, times of day, `recorded`.  Birth years make
 * nobody older than 90.  What is left can still identify by its rarity: an
 * exercise of the clinic's own, a rare condition.  After 45 CFR 164.514(b)(2).
 */
#ifndef PT_DEIDENTIFY_H
#define PT_DEIDENTIFY_H

#include "log/entry.h"

struct deid;

/* Reads KEYFILE, or makes a new table; a file that others can read ends the program. */
struct deid *deid_open(const char *keyfile, int today);
/*
 * Changes the row; false: it must be left out.  Texts belong to the table until the next call.
 * A void row names its row by texts that stay here: it ends the program, which advises --net.
 */
bool deid_row(struct deid *d, struct entry *e);
/*
 * Proves that no id of KEYFILE stands in any text that was let through (else status 2, with the
 * column), and keeps the table: written beside KEYFILE, synced, and renamed.
 */
void deid_close(struct deid *d);

#endif
