/*
 * From the packed rows of one patient, in the order of the input, to that
 * patient's history: rows taken back by `void` left out, in order, up to a day.
 */
#ifndef PT_ASSEMBLE_H
#define PT_ASSEMBLE_H

#include "domain/history.h"
#include "domain/packed.h"

/* Memory used again for each patient.  Zero it to begin; end with assembly_free(). */
struct assembly {
	struct entry *entry;
	uint64_t *key; /* order above, place in the input below */
	bool *gone;
	size_t cap;
};

/* The rows are ROWS[INDEX[0…n-1]], or ROWS[0…n-1] when INDEX is NULL. */
struct patient_rows {
	const struct packed *rows;
	const uint32_t *index;
	size_t n;
};

/*
 * Sets row, n and later of *OUT.  All voids of the input act, also those dated after ASOF: what
 * was taken back never was.
 */
void assemble(struct assembly *a, const struct packed_texts *texts, struct patient_rows rows,
        enum row_order order, int asof, struct history *out);
void assembly_free(struct assembly *a);

#endif
