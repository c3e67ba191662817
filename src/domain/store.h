/*
 * What a store is made of.  Private to store.c, which keeps the rows and hands them over, and
 * store_ahead.c and store_share.c, which have a twin read and use some of them.
 */
#ifndef PT_STORE_H
#define PT_STORE_H

#include "base/cli.h"
#include "domain/assemble.h"
#include "domain/history.h"
#include "log/ahead.h"
#include "log/patient.h"

struct person {
	uint32_t rows, start; /* start: of this patient's part of the index */
	bool wanted, rejected, done;
};

/*
 * Neighbouring rows of one patient.  To find the patient among many waits for memory, so visits
 * are found some at a time, when the memory of all was called for.
 */
#define VISITS 32
struct visit {
	uint64_t hash;
	size_t from; /* its first row */
	uint32_t id;
	unsigned char n;
	char patient[PATIENT_BYTES];
};

struct store {
	struct store_opts opts;
	struct packed_texts texts;
	struct pool *patients;
	struct person *person; /* by id of the pool */
	size_t persons, persons_cap;
	struct packed *row;
	size_t n, cap;
	uint32_t last; /* the patient of the last row */
	struct str last_text;
	struct visit visit[VISITS]; /* whose patient was not yet found, up to the last row */
	size_t visits;
	uint32_t *index;
	uint32_t *ordered; /* patients by id, byte by byte */
	struct assembly assembly;
	long later;
	const struct row *at;    /* where the row that is being added stands, or NULL */
	struct handing *handing; /* from a twin, while rows are read */
	struct store_share share;
};

/* Are only some patients asked for? */
static inline bool
store_is_choosy(const struct store *s)
{
	return s->opts.patients && s->opts.patients->n > 0;
}

/* Is it a row behind the day, which is counted? */
bool store_is_later(const struct store *s, const struct entry *e);
/*
 * The patient to whom the next rows belong.  False: they are not wanted.  Then rows as pack() makes
 * them, but for the patient.
 */
bool store_visit(struct store *s, struct slice patient);
void store_row(struct store *s, struct packed row);

/* All rows are there: patients in their order. */
void store_seal(struct store *s);
/* The patient at that place of the order; HOW: order, as-of day, and whom to. */
void store_give(struct store *s, size_t i, const struct store_opts *how);
/* All, as the store's options say, some of them by a twin (store_share.c). */
void store_give_all(struct store *s);

/* The rows of R, some of which a twin makes.  Ends with store_ahead_end(). */
struct ahead *store_ahead(struct store *s, struct reader *r);
void store_ahead_end(struct store *s, struct ahead *ahead);

#endif
