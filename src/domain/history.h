/*
 * What is known of one patient: the rows of the log in order, rows taken back
 * by `void` and those voids themselves dropped, `trial` rows left out.
 *
 * A store keeps packed rows (44 bytes each, with their place in an index) of all patients, or of
 * one patient with `grouped`; a history is unpacked for one patient at a time and belongs to the
 * store until the next one is made.
 */
#ifndef PT_HISTORY_H
#define PT_HISTORY_H

#include "log/entry.h"
#include "log/reader.h"

/* Among rows of one day: by place in the input (plans), or untimed first, then by time
 * (statistics). */
enum row_order { ORDER_PLACE, ORDER_TIME };

struct history {
	const char *patient;
	struct entry *row; /* slices are interned texts of the store, terminated */
	size_t n;
	bool rejected;     /* a row of this patient could not be read */
	size_t later;      /* rows after the as-of day, not in row[] */
	struct pool *pool; /* the store's: profile.c keeps normalised ids here; NULL: none made */
};

struct store;

struct store_opts {
	bool notes;   /* keep the text of all notes, not of overrides and referrals alone */
	bool grouped; /* each patient's rows stand together: keep one patient */
	enum row_order order;
	int asof;          /* rows after this day are counted and said once, not used */
	bool later_unsaid; /* that is left to store_say_later() */
	/* Called for each patient: ordered by id when not grouped, in input order when grouped. */
	void (*each)(const struct history *h, void *context);
	void *context;
	const struct cli_list *patients; /* only these (NULL or empty: all) */
};

/*
 * How a twin (base/twin.h) does EACH for some of the patients: in it, what EACH makes goes to MADE,
 * which is emptied from time to time, and cut back to where it stood before a patient who is left
 * to this process, for EACH did more than that and called effect().  In this process TAKE has what
 * was made, in the order of patients, in place of EACH.
 */
struct store_share {
	void (*begin)(void *context, struct str *made);
	void (*take)(void *context, struct slice made);
};

struct store *store_new(const struct store_opts *opts);
/* From now on store_end() may have a twin, not with grouped; BEGIN and TAKE have EACH's context. */
void store_share(struct store *s, const struct store_share *share);
void store_add(struct store *s, const struct entry *e);
/* A row of this patient was rejected (the id may be empty: nobody's). */
void store_reject(struct store *s, struct slice patient);
/*
 * End of input: calls each() for the patients not yet done and says what must be said once:
 * rows after the as-of day, patients asked for that the input does not hold (status 1).
 */
void store_end(struct store *s);
/* Notes how many rows after the as-of day there were, if any. */
void store_say_later(const struct store *s);
/* Again over all patients, in order of id; not with grouped. */
void store_each(struct store *s, enum row_order order, int asof,
        void (*each)(const struct history *h, void *context), void *context);
size_t store_patients(const struct store *s);
/* Were patients asked for of whom no table of the input has one? */
bool store_asked_in_vain(const struct store *s);
/* Those of whom a row could not be read. */
size_t store_rejected(const struct store *s);
void store_free(struct store *s);

/*
 * The loop of ptplan, ptstat and ptreport over a whole input: entries to the store, rejections
 * too, rows of other tables to OTHER (may be NULL).  A patient of other tables is known too.
 */
void store_read(struct store *s, struct reader *r,
        void (*other)(enum reader_got got, const struct row *row, void *context), void *context);

#endif
