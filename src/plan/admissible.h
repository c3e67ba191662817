/*
 * What a patient may do at all: no limit excludes it, one of the conditions lists it, and its
 * equipment is at hand.  Limits hold in every path, also on the way to a harder exercise.
 */
#ifndef PT_ADMISSIBLE_H
#define PT_ADMISSIBLE_H

#include "plan/chains.h"
#include "plan/patient.h"

/* The first limit in force that excludes the exercise, or NULL. */
const char *limit_against(const struct patient *p, const struct exercise *ex);
/* The first limit in force that the catalogue lacks, so that it excludes nothing, or NULL. */
const char *limit_unknown(const struct patient *p);
bool equipment_at_hand(const struct patient *p, list equipment);
/* How many of the patient's conditions list the exercise. */
size_t conditions_listing(const struct patient *p, const struct exercise *ex);
bool admissible(const struct patient *p, const struct exercise *ex);

/* An exercise among the admissible members of its chain, the easiest being level 0. */
struct chain_place {
	int level, members, above;
};
struct chain_place chain_place_of(
        const struct chains *chains, const struct patient *p, const struct exercise *ex);

#endif
