/*
 * The sessions of one exercise: a day with rows of its item on a side that meets the plan's.
 */
#ifndef PT_SESSIONS_H
#define PT_SESSIONS_H

#include "plan/patient.h"

struct session {
	int day;
	size_t first; /* its first row */
	bool done;    /* a row of it was done, not only rated */
	/* Percent of what the newest plan row before it asked for; less load counts as less. */
	double completion;
	double done_dose;  /* the dose done, in the measure of the plan */
	double extra_reps; /* of the last row against the plan */
	double pain_before, pain_after, dizzy_before, dizzy_after, settle_min, rpe;
	size_t pain_reading, dizzy_reading; /* the reading on the next two days, or SIZE_MAX */
	double pain_next_rise, dizzy_next_rise;
	const struct patient_settings *settings; /* what it is judged by */
};

struct sessions {
	struct session *at; /* in order of days */
	size_t n, cap;
	size_t fresh;   /* first that stands after the newest plan row of the exercise */
	size_t at_dose; /* first that stands after the newest change of its dose */
};

/* SESSIONS is zeroed before its first use; freed once. */
void sessions_make(struct sessions *sessions, const struct chart *chart, const struct task *task,
        const struct patient_settings *settings);
void sessions_free(struct sessions *sessions);

double session_pain_rise(const struct session *s);
double session_dizzy_rise(const struct session *s);
bool session_complete(const struct session *s);
/* Pain above the limit that the exercise raised. */
bool session_red(const struct session *s);
/* All done, and nothing that is known speaks against more. */
bool session_good(const struct session *s);

/* The largest rise of pain by any other exercise on that day; UNKNOWN: none is known. */
double other_pain_rise(const struct chart *chart, int day, struct slice item);

#endif
