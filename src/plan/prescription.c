#include "plan/prescription.h"

#include "base/num.h"

static const struct {
	bool timed;
	double step, notch, measure, least;
} units[] = {
	[UNIT_REPS] = { false, 1, 1, 1, 1 },
	[UNIT_STEPS] = { false, 1, 2, 1, 2 },
	[UNIT_SECONDS] = { true, 5, 5, 1, 5 },
	[UNIT_MINUTES] = { true, 30, 60, 60, 60 },
};

bool
unit_timed(enum unit unit)
{
	return units[unit].timed;
}

double
load_step(const struct exercise *ex)
{
	const double plain = 0.5;

	return ex && ex->load_step_kg > 0 ? ex->load_step_kg : plain;
}

double
unit_notch(enum unit unit)
{
	return units[unit].notch;
}

double
unit_measure(enum unit unit)
{
	return units[unit].measure;
}

double
unit_least(enum unit unit)
{
	return units[unit].least;
}

struct prescription
prescription_of(const struct entry *e)
{
	return (struct prescription){ e->sets, e->reps, e->load_kg, e->seconds, e->per_week };
}

static bool
same(double a, double b)
{
	return known(a) ? known(b) && fabs(a - b) < NUM_SLACK : !known(b);
}

bool
prescription_same(const struct prescription *a, const struct prescription *b)
{
	return same(a->sets, b->sets) && same(a->reps, b->reps) && same(a->load_kg, b->load_kg) &&
	        same(a->seconds, b->seconds) && same(a->per_week, b->per_week);
}

double
dose_of(const struct prescription *rx, enum unit unit)
{
	return unit_timed(unit) ? rx->seconds : rx->reps;
}

void
dose_set(struct prescription *rx, enum unit unit, double dose)
{
	if (unit_timed(unit))
		rx->seconds = dose;
	else
		rx->reps = dose;
}

double
dose_start(const struct exercise *ex)
{
	return unit_timed(ex->unit) ? ex->start_seconds : ex->start_reps;
}

double
dose_most(const struct exercise *ex)
{
	return ex->max_reps * unit_measure(ex->unit);
}

double
dose_up(enum unit unit, double dose)
{
	return fmax(
	        units[unit].least, ceil(dose / units[unit].step - NUM_SLACK) * units[unit].step);
}

double
dose_down(enum unit unit, double dose)
{
	return fmax(
	        units[unit].least, floor(dose / units[unit].step + NUM_SLACK) * units[unit].step);
}

struct prescription
prescription_start(const struct exercise *ex)
{
	static const char *const growing[] = { "strength", "functional", "mobility", "balance",
		"aerobic", "nerve-glide", NULL };
	const double least_frequency = 3, held_back = 2;
	double per_week = ex->per_week;

	if (per_week > least_frequency && list_has(growing, ex->focus))
		per_week = fmax(least_frequency, per_week - held_back);
	return (struct prescription){ ex->sets, ex->start_reps, 0, ex->start_seconds, per_week };
}

static double
or_else(double x, double fallback)
{
	return known(x) ? x : fallback;
}

/* Of a row that says neither how often nor how long, as long as the start would take. */
static double
set_seconds(const struct prescription *rx, const struct exercise *ex)
{
	const double handling = 3, change = 10;
	const bool said = known(rx->reps) || known(rx->seconds);
	const double reps = said ? or_else(rx->reps, 1) : ex->start_reps;
	const double seconds = said ? or_else(rx->seconds, 0) : ex->start_seconds;

	switch (ex->unit) {
	case UNIT_REPS:
		return reps * (seconds + handling);
	case UNIT_SECONDS:
		if (seconds <= 0) /* counted, not timed */
			return reps * handling;
		return reps * seconds + change * (reps - 1);
	case UNIT_MINUTES:
		return reps * or_else(rx->seconds, ex->start_seconds);
	case UNIT_STEPS:
		return reps;
	}
	return 0;
}

/* How long one session takes, with changes of side and rests between sets. */
static double
prescription_seconds(const struct prescription *rx, const struct exercise *ex, enum side side)
{
	static const char *const resting[] = { "strength", "functional", "balance", "mobility",
		"nerve-glide", "graded-exposure", NULL };
	const double rest = 30, setting_up = 30;
	double sets = or_else(rx->sets, 1);
	double work = sets * set_seconds(rx, ex) * (side == SIDE_BOTH ? 2 : 1);

	if (ex->unit != UNIT_MINUTES && list_has(resting, ex->focus))
		work += rest * (sets - 1);
	return work + setting_up;
}

double
prescription_daily_seconds(const struct prescription *rx, const struct exercise *ex, enum side side)
{
	const double now_and_then = 2;

	if (strcmp(ex->focus, "education") == 0 && rx->per_week <= now_and_then)
		return 0;
	return prescription_seconds(rx, ex, side);
}
