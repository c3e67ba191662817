/*
 * The dose of an exercise: what a plan row asks for and what it can become.
 *
 * "The dose" is the figure that training moves first: repetitions, steps, or in timed
 * units the seconds of one repetition (units seconds, minutes).  Each unit has a step to
 * which doses are rounded, a notch by which they are raised, and a least dose; the most
 * is the catalogue's.
 */
#ifndef PT_PRESCRIPTION_H
#define PT_PRESCRIPTION_H

#include "log/entry.h"

struct prescription {
	double sets, reps, load_kg, seconds, per_week;
};
#define PRESCRIPTION_EMPTY                                                                         \
	(struct prescription)                                                                      \
	{                                                                                          \
		UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN                                        \
	}

bool unit_timed(enum unit unit);
double unit_notch(enum unit unit);
/* In the unit's own measure: a minute is 60 seconds of dose, all others are 1. */
double unit_measure(enum unit unit);
double unit_least(enum unit unit);

/* The exercise's step of load in kg; where the catalogue has none, or no exercise, half a kilogram.
 */
double load_step(const struct exercise *ex);

/* The figures of a row as they stand. */
struct prescription prescription_of(const struct entry *e);
bool prescription_same(const struct prescription *a, const struct prescription *b);

double dose_of(const struct prescription *rx, enum unit unit);
void dose_set(struct prescription *rx, enum unit unit, double dose);
double dose_start(const struct exercise *ex);
double dose_most(const struct exercise *ex);
/* To the unit's step; up for raises and settings, down for cuts, never below the least dose. */
double dose_up(enum unit unit, double dose);
double dose_down(enum unit unit, double dose);

/*
 * The catalogue's start: no load, and a frequency that leaves room to grow in focuses where
 * frequency is part of the dose.
 */
struct prescription prescription_start(const struct exercise *ex);

/* The same when the session counts towards the minutes of a day; else 0. */
double prescription_daily_seconds(
        const struct prescription *rx, const struct exercise *ex, enum side side);

#endif
