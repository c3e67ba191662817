#include "plan/fit.h"

#include "plan/admissible.h"

/* ---- Levels ---- */

static bool
irritability_is(const struct patient *p, const char *word)
{
	return p->state.irritability && strcmp(p->state.irritability, word) == 0;
}

static double
pain_now(const struct patient *p)
{
	const struct reading_series *nprs = readings_of(&p->readings, "nprs");

	if (known(p->state.pain_rest))
		return p->state.pain_rest;
	return nprs ? nprs->newest : UNKNOWN;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
general_level(const struct patient *p)
{
	const double weakness = signs_severity(&p->signs, "proximal-weakness-rising");
	const double pain = pain_now(p);
	int level = 1;

	if (irritability_is(p, "low") && !(pain > p->settings->start_pain_low))
		level = 2;
	if (irritability_is(p, "high") || pain >= p->settings->start_pain_high || weakness >= 3)
		level = 0;
	if (patient_has_condition(p, "steroid-myopathy") ||
	        p->state.age >= p->settings->start_age || weakness >= 2)
		level = least(level, 1);
	return level;
}

static bool
stands_badly(const struct patient *p)
{
	return signs_severity(&p->signs, "romberg-sway") >= 2 ||
	        signs_severity(&p->signs, "tandem-unsteady") >= 2 ||
	        signs_severity(&p->signs, "loss-of-protective-sensation") >= 2;
}

static int
focus_level(const struct patient *p, const char *focus)
{
	static const char *const careful[] = { "balance", "gaze-stability", "habituation", NULL };
	static const char *const on_feet[] = { "aerobic", "functional", NULL };
	static const char *const from_zero[] = { "graded-exposure", "nerve-glide", NULL };
	int level = general_level(p);

	if (list_has(careful, focus))
		level = least(level, irritability_is(p, "low"));
	if (stands_badly(p) && strcmp(focus, "balance") == 0)
		level = 0;
	if (stands_badly(p) && list_has(on_feet, focus))
		level = least(level, 1);
	return list_has(from_zero, focus) ? 0 : level;
}

/* How far up a chain of N members a first exercise may stand. */
int
fit_level_limit(const struct patient *p, const char *focus, int members)
{
	const int wanted = focus_level(p, focus);

	if (wanted <= 0)
		return 0;
	return wanted == 1 ? least(1, (members - 1) / 2) : least(2, members / 2);
}

/* ---- What the plan has already ---- */

bool
fit_in_plan(const struct proposal *r)
{
	return r->ex && r->decision != DECISION_STOP && r->rx.sets != 0;
}

size_t
fit_covered(const struct planning *k, const char *focus)
{
	size_t n = 0;

	for (size_t i = 0; i < k->plan->n; i++)
		n += fit_in_plan(&k->plan->at[i]) && strcmp(k->plan->at[i].ex->focus, focus) == 0;
	return n;
}

bool
fit_position_taken(const struct planning *k, const struct exercise *ex)
{
	for (size_t i = 0; i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (fit_in_plan(r) && strcmp(r->ex->focus, ex->focus) == 0 &&
		        strcmp(r->ex->position, ex->position) == 0)
			return true;
	}
	return false;
}

struct addressed {
	bool here, elsewhere; /* by this focus, by another */
};

static struct addressed
addressed(const struct planning *k, const char *finding, const char *focus)
{
	struct addressed a = { false, false };

	for (size_t i = 0; k->plan && i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (!fit_in_plan(r) || !list_has(r->ex->helps_findings, finding))
			continue;
		if (strcmp(r->ex->focus, focus) == 0)
			a.here = true;
		else
			a.elsewhere = true;
	}
	return a;
}

/* ---- Fit ---- */

bool
fit_goal_names(const struct planning *k, const struct exercise *ex)
{
	for (size_t i = 0; i < k->aims->n_goals; i++)
		for (list id = k->aims->goal[i]->exercises; *id; id++) {
			const struct exercise *named = cat_exercise(k->planner->c, slice_of(*id));
			if (named && chain_same(k->planner->chains, named, ex))
				return true;
		}
	return false;
}

static bool
goal_served(const struct planning *k, const char *focus)
{
	for (size_t i = 0; k->plan && i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (fit_in_plan(r) && strcmp(r->ex->focus, focus) == 0 && fit_goal_names(k, r->ex))
			return true;
	}
	return false;
}

struct help
fit_help(const struct planning *k, const struct exercise *ex)
{
	struct help help = { 0, 0, false };

	for (size_t i = 0; i < k->aims->n_present; i++) {
		const struct present *f = &k->aims->present[i];
		if (!list_has(ex->helps_findings, f->finding->id))
			continue;
		const struct addressed by = addressed(k, f->finding->id, ex->focus);
		if (by.here) {
			help.again = true;
			continue;
		}
		help.fresh++;
		help.weight = fmax(help.weight, f->severity * (by.elsewhere ? 2 : 3));
	}
	return help;
}

bool
fit_helps_any(const struct help *help)
{
	return help->fresh > 0 || help->again;
}

static double
room_above(const struct exercise *ex, int above)
{
	if (above == 0 && ex->unit == UNIT_MINUTES)
		return 1;
	return least(above, 2);
}

double
fit(const struct planning *k, const struct exercise *ex)
{
	const struct help help = fit_help(k, ex);
	const struct chain_place at = chain_place_of(k->planner->chains, k->p, ex);
	const double weakness = signs_severity(&k->p->signs, "proximal-weakness-rising");
	const bool goal = fit_goal_names(k, ex);
	const int limit = fit_level_limit(k->p, ex->focus, at.members);
	double x = help.weight + (help.fresh > 0 ? help.fresh - 1 : 0) + help.again;

	if (goal && !goal_served(k, ex->focus))
		x += 3;
	x += room_above(ex, at.above);
	if (!fit_helps_any(&help) && !goal)
		x -= 3;
	x += (double)conditions_listing(k->p, ex) - 1;
	if (strcmp(ex->position, "walk") == 0 && weakness >= 2)
		x -= 2 * weakness;
	return x - 2 * fmax(0, limit - at.level);
}

double
fit_worth(const struct planning *k, const struct exercise *ex)
{
	struct planning alone = *k;

	alone.plan = NULL;
	return 2 * aims_need(k->aims, ex->focus) + fit(&alone, ex);
}
