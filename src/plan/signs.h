/*
 * What was found and reported of one patient: findings by side as they stand, events, and
 * red flags.  A newer row of one side leaves the other side as it was; a row without side, or
 * of both, speaks for all.  An empty value means "present" (1).
 */
#ifndef PT_SIGNS_H
#define PT_SIGNS_H

#include "plan/chart.h"

struct sign {
	struct slice item;
	const struct finding *finding; /* NULL: unknown to the catalogue */
	double side[SIDE_COUNT];       /* by SIDE_NONE, SIDE_LEFT, SIDE_RIGHT; UNKNOWN: not said */
	size_t row;                    /* its newest row */
	size_t present_row;            /* newest row with a severity of 1 or more, or ROW_NONE */
	int day;                       /* of the newest row */
	int happened;                  /* day of present_row, or DAY_NONE */
};

struct flag {
	struct slice item;
	const struct redflag *redflag; /* NULL: unknown, counts as urgent */
	enum urgency urgency;
	bool raised;
	size_t row;  /* its newest row */
	int cleared; /* the newest day a raised flag was set to 0, or DAY_NONE */
};

struct signs {
	struct sign *at;
	size_t n, cap;
	struct flag *flag;
	size_t n_flags, flags_cap;
	/* Tests that call for repositioning: days on which they were made, and the run of positive
	 * ones. */
	int tested;
	double positive, positive_tests;
};

/* SIGNS is zeroed before its first use; freed once. */
void signs_make(struct signs *signs, const struct chart *chart);
void signs_free(struct signs *signs);

const struct sign *sign_of(const struct signs *signs, const char *id);
/* The largest severity of any side as it stands; 0 when none was ever found. */
double sign_severity(const struct sign *sign);
double signs_severity(const struct signs *signs, const char *id);
/* Does the finding suggest this focus? */
bool sign_suggests(const struct sign *sign, const char *focus);
/* Rows of this event that happened after the row (ROW_NONE: all). */
double events_after(const struct chart *chart, const char *id, size_t row);
/* The worst raised flag of at least this urgency, the newest of equals; or NULL. */
const struct flag *flag_worst(const struct signs *signs, enum urgency least, enum urgency most);

#endif
