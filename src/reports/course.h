/*
 * One patient's course, ready to be drawn or told: the symptom that leads, its weeks, and the
 * chart with medicine, days of exercise, red flags and changes of plan.
 */
#ifndef PT_COURSE_H
#define PT_COURSE_H

#include "domain/history.h"
#include "reports/chart.h"
#include "stat/series.h"

#define COURSE_WEEKS 12

/* pain, or dizziness where no condition of the patient has pain among its measures. */
const char *course_symptom(const struct history *h, const struct catalogue *c, int day);
/* Means of the last 12 times 7 days up to ASOF, the oldest first; UNKNOWN where nothing is. */
void course_weeks(const struct dailies *values, int asof, double out[COURSE_WEEKS]);

struct patient_chart {
	struct chart chart;
	struct str title, desc;
	struct str *text; /* of the marks */
	size_t texts;
};
/* SERIES (may be NULL) gives baseline and thresholds; not older than SPAN days (0: all). */
void patient_chart_of(const struct history *h, const struct catalogue *c,
        const struct series *series, int asof, int span, struct patient_chart *out);
void patient_chart_free(struct patient_chart *course);

#endif
