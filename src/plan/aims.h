/*
 * What this person needs: findings that are present, goals that apply, and for every focus how
 * much it is needed.
 */
#ifndef PT_AIMS_H
#define PT_AIMS_H

#include "plan/patient.h"

#define RANK_NONE 1000 /* no condition of the patient names the focus */

struct present {
	const struct finding *finding;
	const struct sign *sign;
	double severity;
};
struct focus_aim {
	const char *focus;
	double need;
	int rank; /* the best place in a condition's primary focuses, from 0; or RANK_NONE */
	const struct condition *ranked_by;
	bool suggested; /* by a finding or a goal */
};
struct aims {
	struct present *present;
	size_t n_present, present_cap;
	const struct goal **goal;
	size_t n_goals, goals_cap;
	struct focus_aim *focus;
	size_t n_focuses, focuses_cap;
};

/* AIMS is zeroed before its first use, and made again for each patient; freed once. */
void aims_make(struct aims *aims, const struct patient *p);
void aims_free(struct aims *aims);
/* Every focus of the catalogue has one; NULL only for a focus it lacks. */
const struct focus_aim *aims_focus(const struct aims *aims, const char *focus);
double aims_need(const struct aims *aims, const char *focus);

#endif
