/*
 * The measures of one patient: for each measure and side its values by day, and what a
 * metric rule may ask of them.
 */
#ifndef PT_READINGS_H
#define PT_READINGS_H

#include "plan/chart.h"

#define METRIC_NUMBERS(X)                                                                          \
	X(primary)                                                                                 \
	X(readings)                                                                                \
	X(value)                                                                                   \
	X(baseline)                                                                                \
	X(mcid)                                                                                    \
	X(mdc)                                                                                     \
	X(worse)                                                                                   \
	X(worse_before)                                                                            \
	X(worse_than_best_28)                                                                      \
	X(days_since_reading)
#define METRIC_TEXTS(X) X(metric)

struct metric_state {
#define X(name) double name;
	METRIC_NUMBERS(X)
#undef X
#define X(name) const char *name;
	METRIC_TEXTS(X)
#undef X
	const struct measure *measure;
	struct slice item;
	enum side side;
};

struct reading_series {
	struct slice item;
	const struct measure *measure; /* NULL: unknown to the catalogue */
	enum side side;
	struct dailies days; /* a mean of each day */
	double newest;       /* the newest row's value */
	size_t row;
};

struct readings {
	struct reading_series *at;
	size_t n, cap;
	size_t held; /* series whose memory is kept */
};

/* READINGS is zeroed before its first use; freed once. */
void readings_make(struct readings *readings, const struct chart *chart);
void readings_free(struct readings *readings);

/* The series of a measure, the newest of its sides; or NULL. */
const struct reading_series *readings_of(const struct readings *readings, const char *id);
double readings_mcid(const struct reading_series *s); /* in points; UNKNOWN without one */
/* How much better B is than A in the direction of the measure; UNKNOWN without a direction. */
double readings_gain(const struct measure *m, double a, double b);
/* The metric's state on a day; primary is the caller's to know. */
void metric_state_make(struct metric_state *out, const struct reading_series *s, int day);

#endif
