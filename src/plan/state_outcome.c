/* What the treatment reached: goals, gains of measures, the usual time of a condition. */
#include "plan/patient.h"

#define GAIN_WINDOW 42
#define GAIN_APART 28

/* A goal of the form MEASURE OP NUMBER that the last two readings meet. */
static bool
met(const struct patient *p, const struct goal_target *goal)
{
	const struct measure *m = cat_measure(p->chart.c, goal->metric);
	const struct slice id = m ? slice_of(m->id) : goal->metric;
	const struct reading_series *s = NULL;

	for (size_t i = 0; i < p->readings.n; i++)
		if (slice_is(p->readings.at[i].item, id))
			s = &p->readings.at[i];
	const struct dailies *days = s ? &s->days : &p->chart.pain_days;
	if ((!s && !slice_eq_nocase(goal->metric, "pain")) || days->n < 2)
		return false;
	return goal_met(goal, days->at[days->n - 1].value) &&
	        goal_met(goal, days->at[days->n - 2].value);
}

static void
goals(struct patient *p)
{
	struct goal_target goal;

	p->state.goals_total = p->state.goals_met = 0;
	for (size_t i = 0; i < p->n_goals; i++) {
		if (!goal_parse(p->goal[i], &goal) || !goal_is_measured(p->chart.c, &goal))
			continue;
		p->state.goals_total++;
		p->state.goals_met += met(p, &goal);
	}
}

/* From the oldest reading of the window to the newest, in minimal important differences. */
static double
gain_of(const struct reading_series *s, int from)
{
	const struct dailies *days = &s->days;
	const double mcid = readings_mcid(s);
	const struct daily *newest = &days->at[days->n - 1];

	for (size_t i = 0; i < days->n; i++) {
		if (days->at[i].day < from)
			continue;
		if (newest->day - days->at[i].day < GAIN_APART)
			return UNKNOWN;
		return readings_gain(s->measure, days->at[i].value, newest->value) / mcid;
	}
	return UNKNOWN;
}

static double
best_gain(const struct patient *p)
{
	double best = UNKNOWN;

	for (size_t i = 0; i < p->n_conditions; i++)
		for (list id = p->condition[i]->default_measures; *id; id++) {
			const struct reading_series *s = readings_of(&p->readings, *id);
			if (s)
				best = fmax(best, gain_of(s, p->chart.day - GAIN_WINDOW));
		}
	return best;
}

void
state_outcome(struct patient *p)
{
	const struct reading_series *csi = readings_of(&p->readings, "csi");

	goals(p);
	p->state.gain_42 = best_gain(p);
	p->state.pain_watch = 0;
	for (size_t i = 0; i < p->n_conditions; i++) {
		const struct condition *c = p->condition[i];
		p->state.typical_weeks = fmax(p->state.typical_weeks, c->typical_weeks);
		if (list_has(c->default_measures, "nprs"))
			p->state.pain_watch = 1;
	}
	p->state.cs_severe = csi && csi->newest >= p->settings->cs_severe;
}
