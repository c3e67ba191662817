/*
 * A row of the log in 40 bytes: what a store keeps of each of many million
 * rows.  Numbers are whole thousandths or tenths (x / 1000.0 gives the decimal
 * back exactly), texts are ids of two pools.  A row whose figures do not fit is kept
 * whole beside, so nothing is ever rounded.
 */
#ifndef PT_PACKED_H
#define PT_PACKED_H

#include "base/intern.h"
#include "log/entry.h"

struct packed {
	uint32_t patient;
	uint32_t item; /* of pool `items` */
	uint32_t when; /* day, minute: compares as time does, untimed first */
	uint32_t note; /* of pool `texts`, or POOL_NONE */
	uint8_t kind, side_decision;
	uint8_t sets;      /* whole; all bits set: empty, as in every number here */
	uint8_t is_wide;   /* the numbers are those of wide[of.wide] */
	uint16_t reps;     /* whole */
	uint16_t per_week; /* thousandths */
	union {
		struct {
			uint32_t load, seconds; /* thousandths */
		} work;
		double value; /* measure, medicine, finding, redflag: they are no work */
		uint32_t wide;
	} of;
	union {
		struct {
			uint8_t pain_before, pain_after, dizzy_before, dizzy_after,
			        rpe; /* tenths */
			uint16_t settle_min;
		} felt;        /* exercise, and what has a value */
		uint32_t rule; /* plan */
		uint32_t text; /* profile, note, void */
	} u;
};

/* What does not fit, by the columns of an entry. */
struct wide {
	double value, number[LAST_NUMBER - FIRST_NUMBER + 1];
	uint32_t text, rule;
};

struct packed_texts {
	struct pool *items, *texts;
	struct wide *wide;
	size_t n_wide, cap_wide;
	bool notes; /* keep the text of notes */
};

/* The moment as one number that sorts by day, untimed first, then by minute: day × WHEN_DAY + … */
#define WHEN_DAY 2048u
uint32_t when_pack(struct when when);

struct packed pack(struct packed_texts *texts, uint32_t patient, const struct entry *e);
/* Where the id of its rule or of its text stands, if rows of its kind have one; else NULL. */
uint32_t *packed_text(struct packed *p);
/* All of *OUT but the patient's id; slices belong to the pools and are terminated. */
void unpack(const struct packed_texts *texts, const struct packed *p, struct entry *out);

#endif
