/*
 * The parts of a story: each says one thing of one patient in plain sentences, made from
 * rows of the log alone, with the days on which they stand.
 */
#ifndef PT_STORY_H
#define PT_STORY_H

#include "reports/facts.h"

struct story {
	struct out *out;
	struct facts *facts;
	const struct catalogue *catalogue;
	const struct history *h;
	int asof;
	const char *symptom;         /* pain or dizziness */
	struct series_table *series; /* all metrics of this patient */
	const struct condition *condition[16];
	size_t conditions;
};

/* Has the log a row of this kind? */
bool story_has(const struct story *s, enum kind kind);

/* Was the patient discharged, or is dead?  Then nothing is asked for any more. */
bool story_ended(const struct story *s);

/* A red flag or an event that is over: cleared, gone, or asked about and absent. */
bool story_over(const struct entry *e);
/* Does row I end what an earlier row of the same began? */
bool story_ends(const struct history *h, size_t i);

void story_who(struct story *s);
void story_findings(struct story *s);
void story_events(struct story *s);
/* Is there a symptom or a measure to tell the course of? */
bool story_has_course(const struct story *s);
void story_symptom(struct story *s);
void story_measures(struct story *s);
void story_medicine(struct story *s);
void story_done(struct story *s);
void story_plan(struct story *s);
void story_flags(struct story *s);
void story_unknown(struct story *s);

#endif
