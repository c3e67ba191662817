/*
 * Rows that may leave the clinic: each patient gets a new random code and a
 * shift of whole weeks into the past, the same for all rows, so that courses,
 * weekdays and gaps stay what they were.  Codes are not derived from ids (a
 * hash of an id is undone in a second); the table of patients, codes and
 * shifts is a file of its own, mode 0600, which never goes with the data.
 *
 * Left out: notes, therapist, clinic, goals that are not a metric and a number,
 * values where a row has none, rules that nobody knows, unknown columns, times of
 * day, `recorded`.  Birth years make
 * nobody older than 90.  What is left can still identify by its rarity or its
 * words: an exercise, a condition, an approach of the clinic's own.  After 45 CFR 164.514(b)(2).
 */
#ifndef PT_DEIDENTIFY_H
#define PT_DEIDENTIFY_H

#include "log/entry.h"

struct deid;

struct deid_opts {
	const char *keyfile; /* both outlive the table */
	const struct catalogue *catalogue;
	int today;
	/* Does the text of a goal say no more than a metric and a number (gait-speed >= 1.0)? */
	bool (*is_target)(const struct catalogue *c, struct slice goal);
};

/*
 * Reads the key table, or makes a new one; a file that others can read ends the program.  The table
 * is locked until deid_close(), so that of two runs at once one waits.
 */
struct deid *deid_open(const struct deid_opts *opts);
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
