#include "plan/choose.h"

#include <stdlib.h>

#include "base/mem.h"
#include "plan/admissible.h"
#include "plan/fit.h"

#define EDUCATION "education"
#define REPOSITIONING "repositioning"

/* ---- Who may be chosen ---- */

static bool
taken(const struct planning *k, const struct exercise *ex)
{
	for (size_t i = 0; i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (slice_eq(r->item, ex->id) ||
		        (r->task && r->task->ex &&
		                chain_same(k->planner->chains, r->task->ex, ex)) ||
		        (fit_in_plan(r) && chain_same(k->planner->chains, r->ex, ex)))
			return true;
	}
	return program_forbids(&k->p->program, &k->p->chart, ex->id);
}

/* It was stopped for a reason of its own, and no finding it helps was logged since. */
static bool
done_with(const struct planning *k, const struct exercise *ex)
{
	static const char *const passing[] = { "limit", "equipment", "minutes-budget",
		"adherence-low", "short-list", NULL };
	const struct program *program = &k->p->program;
	size_t stop = ROW_NONE;

	for (size_t i = 0; i < program->n; i++) {
		const struct task *t = &program->task[i];
		if (t->ex == ex && !t->in_program && t->newest != ROW_NONE &&
		        !list_has(passing, k->p->chart.h.row[t->newest].rule.s) &&
		        (stop == ROW_NONE || t->newest > stop))
			stop = t->newest;
	}
	if (stop == ROW_NONE)
		return false;
	for (size_t i = 0; i < k->aims->n_present; i++) {
		const struct present *f = &k->aims->present[i];
		if (f->sign->present_row > stop && list_has(ex->helps_findings, f->finding->id))
			return false;
	}
	return true;
}

static bool
first_focus_is(const struct condition *c, const char *focus)
{
	return *c->primary_focus && strcmp(*c->primary_focus, focus) == 0;
}

/* Listed only by conditions that manoeuvres treat: others wait for a negative test. */
static bool
waits_for_test(const struct planning *k, const struct exercise *ex)
{
	const struct patient *p = k->p;

	for (size_t i = 0; i < p->n_conditions; i++)
		if (list_has(ex->conditions, p->condition[i]->id) &&
		        !first_focus_is(p->condition[i], REPOSITIONING))
			return false;
	return !(p->state.bppv_positive == 0 && p->state.unsteady == 1);
}

static bool
needs_finding(const struct planning *k, const char *focus)
{
	static const char *const only_when_found[] = { "habituation", "sensory", "motor-imagery",
		NULL };
	const struct focus_aim *aim = aims_focus(k->aims, focus);

	return list_has(only_when_found, focus) || !aim || aim->rank == RANK_NONE;
}

static enum side
side_for(const struct planning *k, const struct exercise *ex)
{
	bool left = false, right = false;

	if (ex->sided != SIDED_YES)
		return ex->sided == SIDED_LEFT     ? SIDE_LEFT
		        : ex->sided == SIDED_RIGHT ? SIDE_RIGHT
		                                   : SIDE_NONE;
	for (size_t i = 0; i < k->aims->n_present; i++) {
		const struct present *f = &k->aims->present[i];
		if (!list_has(ex->helps_findings, f->finding->id))
			continue;
		left = left || f->sign->side[SIDE_LEFT] >= 1;
		right = right || f->sign->side[SIDE_RIGHT] >= 1;
	}
	if (left == right)
		return SIDE_BOTH;
	return left ? SIDE_LEFT : SIDE_RIGHT;
}

/* Would a pause stop it at once? */
static bool
paused(const struct planning *k, const struct exercise *ex)
{
	const struct rules *rules = k->planner->rules;
	struct exercise_state state;
	const struct view view = { k->p, NULL, &state };

	exercise_state_new(&state, k->p, ex, side_for(k, ex));
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->decision != DECISION_PAUSE)
			continue;
		if (r->scope == SCOPE_EXERCISE && rule_meets(r, k->p) && rule_reaches(r, ex) &&
		        view_holds(&view, r->when) == TRUTH_TRUE)
			return true;
		if (rule_partial(r) && k->fired[i] == TRUTH_TRUE && rule_reaches(r, ex) &&
		        !list_has(rule_leaves(r), ex->focus))
			return true;
	}
	return false;
}

static bool
candidate(const struct planning *k, const struct exercise *ex)
{
	struct chain_place at;

	if (strcmp(ex->focus, REPOSITIONING) == 0 || !admissible(k->p, ex) || taken(k, ex) ||
	        done_with(k, ex) || waits_for_test(k, ex))
		return false;
	if (needs_finding(k, ex->focus)) {
		const struct help help = fit_help(k, ex);
		if (!fit_helps_any(&help))
			return false;
	}
	at = chain_place_of(k->planner->chains, k->p, ex);
	return at.level <= fit_level_limit(k->p, ex->focus, at.members) && !paused(k, ex);
}

/* ---- First doses ---- */

static const struct rule *
first_rule(const struct planning *k, const struct exercise *ex, const struct view *view)
{
	const struct rules *rules = k->planner->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->scope == SCOPE_EXERCISE && r->decision == DECISION_START &&
		        rule_meets(r, k->p) && rule_reaches(r, ex) &&
		        view_holds(view, r->when) == TRUTH_TRUE)
			return r;
	}
	return NULL;
}

/* False: no rule speaks of a first dose. */
static bool
first_dose(const struct planning *k, const struct exercise *ex, struct decider by,
        struct proposal *out)
{
	struct dose_result result;

	*out = (struct proposal){ .item = slice_of(ex->id),
		.side = side_for(k, ex),
		.ex = ex,
		.decision = DECISION_START,
		.by = by,
		.rx = prescription_start(ex),
		.exempt = by.rule != NULL || strcmp(ex->focus, EDUCATION) == 0 };
	exercise_state_new(&out->state, k->p, ex, out->side);
	const struct view view = { k->p, NULL, &out->state };
	const struct rule *rule = first_rule(k, ex, &view);
	const struct dose_case in = { .ex = ex,
		.now = out->rx,
		.last = PRESCRIPTION_EMPTY,
		.before_regress = PRESCRIPTION_EMPTY,
		.begins = true,
		.caps = CAPS_NONE,
		.view = &view };
	if (!rule)
		return by.rule != NULL;
	if (change_apply(&rule->change, DECISION_START, &in, &result))
		out->rx = result.rx;
	if (!by.rule)
		out->by = (struct decider){ .id = rule->row->id, .rule = rule };
	return true;
}

static bool
fits(const struct planning *k, const struct proposal *r)
{
	return plan_seconds(k->plan) + prescription_daily_seconds(&r->rx, r->ex, r->side) <=
	        plan_budget(k->p);
}

static bool
startable(const struct planning *k, const struct exercise *ex)
{
	struct proposal r;

	return first_dose(k, ex, (struct decider){ .id = NULL, .rule = NULL }, &r) && fits(k, &r);
}

/*
 * Adds the exercise as a first dose, decided by BY (whose id may be NULL: by the rule for first
 * doses).  False: it does not fit into the minutes left.
 */
static bool
choose_start(const struct planning *k, const struct exercise *ex, struct decider by)
{
	struct proposal r;

	if (!first_dose(k, ex, by, &r))
		return false;
	plan_add(k->plan, &r);
	return true;
}

/* ---- Added by a rule ---- */

static double
worst_test(const struct planning *k, const struct exercise *ex, size_t *place)
{
	double worst = 0;

	for (size_t i = 0; i < k->aims->n_present; i++) {
		const struct present *f = &k->aims->present[i];
		const enum side own = ex->sided == SIDED_LEFT ? SIDE_LEFT : SIDE_RIGHT;
		if (!sign_suggests(f->sign, REPOSITIONING) ||
		        !list_has(ex->helps_findings, f->finding->id) ||
		        !(f->sign->side[own] > worst))
			continue;
		worst = f->sign->side[own];
		*place = (size_t)(f->finding - k->planner->c->findings);
	}
	return worst;
}

/* One manoeuvre for the worst test and side; of equal tests the first of the table, then by id. */
static const struct exercise *
manoeuvre(const struct planning *k)
{
	const struct catalogue *c = k->planner->c;
	const struct exercise *best = NULL;
	double best_worst = 0;
	size_t best_place = 0;

	for (size_t i = 0; i < c->n_exercises; i++) {
		const struct exercise *ex = &c->exercises[i];
		size_t place = 0;
		if (strcmp(ex->focus, REPOSITIONING) != 0 || !admissible(k->p, ex) ||
		        taken(k, ex) || bppv_match(k->p, ex, SIDE_NONE) != 1)
			continue;
		const double worst = worst_test(k, ex, &place);
		const bool tie = best && worst == best_worst;
		if (!best || worst > best_worst || (tie && place < best_place) ||
		        (tie && place == best_place && strcmp(ex->id, best->id) < 0)) {
			best = ex;
			best_worst = worst;
			best_place = place;
		}
	}
	return best;
}

static const struct exercise *best_of_focus(const struct planning *k, const char *focus,
        const struct condition *preferred, bool must_help);

static bool
active_in(const struct planning *k, const struct exercise *ex, const char *focus)
{
	for (size_t i = 0; i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (fit_in_plan(r) && (r->ex == ex || (focus && strcmp(r->ex->focus, focus) == 0)))
			return true;
	}
	return false;
}

bool
choose_added(const struct planning *k, const char *what, struct decider by)
{
	static const char prefix[] = "focus:";
	const bool by_focus = strncmp(what, prefix, sizeof prefix - 1) == 0;
	const char *focus = by_focus ? what + sizeof prefix - 1 : NULL;
	const struct exercise *ex = focus ? NULL : cat_exercise(k->planner->c, slice_of(what));

	if (active_in(k, ex, focus))
		return true;
	if (focus)
		ex = strcmp(focus, REPOSITIONING) == 0 ? manoeuvre(k)
		                                       : best_of_focus(k, focus, NULL, false);
	else if (!admissible(k->p, ex) || taken(k, ex))
		ex = NULL;
	return ex && choose_start(k, ex, by);
}

/* ---- Coverage, education, filling up ---- */

static const struct exercise *
best_of_focus(const struct planning *k, const char *focus, const struct condition *preferred,
        bool must_help)
{
	const struct catalogue *c = k->planner->c;
	const struct exercise *best = NULL;
	double best_fit = 0;
	bool best_preferred = false;

	for (size_t i = 0; i < c->n_exercises; i++) {
		const struct exercise *ex = &c->exercises[i];
		if (strcmp(ex->focus, focus) != 0 || !candidate(k, ex))
			continue;
		const struct help help = fit_help(k, ex);
		if (must_help && !fit_helps_any(&help) && !fit_goal_names(k, ex))
			continue;
		const bool is_preferred = preferred && list_has(ex->conditions, preferred->id);
		const double x = fit(k, ex);
		const bool better = is_preferred != best_preferred ? is_preferred : x > best_fit;
		if ((!best || better) && startable(k, ex)) {
			best = ex;
			best_fit = x;
			best_preferred = is_preferred;
		}
	}
	return best;
}

static bool
counts(const struct proposal *r)
{
	return fit_in_plan(r) && strcmp(r->ex->focus, EDUCATION) != 0 &&
	        strcmp(r->ex->focus, REPOSITIONING) != 0;
}

static double
count(const struct planning *k)
{
	double n = 0;

	for (size_t i = 0; i < k->plan->n; i++)
		n += counts(&k->plan->at[i]);
	return n;
}

static bool
needed_more(const struct focus_aim *a, const struct focus_aim *b)
{
	if (a->need != b->need)
		return a->need > b->need;
	return a->rank != b->rank ? a->rank < b->rank : strcmp(a->focus, b->focus) < 0;
}

static bool
to_cover(const struct planning *k, const struct focus_aim *aim)
{
	const int first_two = 1;

	return aim->rank != RANK_NONE && strcmp(aim->focus, EDUCATION) != 0 &&
	        strcmp(aim->focus, REPOSITIONING) != 0 &&
	        (aim->rank <= first_two || aim->suggested) && fit_covered(k, aim->focus) == 0;
}

static void
cover(const struct planning *k, double most)
{
	bool *tried = xcalloc(k->aims->n_focuses + 1, sizeof *tried);

	while (count(k) < most) {
		const struct focus_aim *next = NULL;
		for (size_t i = 0; i < k->aims->n_focuses; i++)
			if (!tried[i] && to_cover(k, &k->aims->focus[i]) &&
			        (!next || needed_more(&k->aims->focus[i], next)))
				next = &k->aims->focus[i];
		if (!next)
			break;
		tried[next - k->aims->focus] = true;
		const struct exercise *ex =
		        best_of_focus(k, next->focus, next->ranked_by, next->rank >= 2);
		if (ex)
			choose_start(k, ex, (struct decider){ .id = NULL, .rule = NULL });
	}
	free(tried);
}

static void
educate(const struct planning *k)
{
	const struct focus_aim *aim = aims_focus(k->aims, EDUCATION);
	const struct exercise *ex;

	if (!aim || aim->rank == RANK_NONE || fit_covered(k, EDUCATION))
		return;
	ex = best_of_focus(k, EDUCATION, NULL, false);
	if (ex)
		choose_start(k, ex, (struct decider){ .id = NULL, .rule = NULL });
}

/* UNKNOWN: not worth it. */
static double
score(const struct planning *k, const struct exercise *ex)
{
	const struct focus_aim *aim = aims_focus(k->aims, ex->focus);
	const bool gaze = strcmp(ex->focus, "gaze-stability") == 0;
	const double times = (double)fit_covered(k, ex->focus);
	double x = fit(k, ex);

	if (times == 0) {
		x += aim->rank != RANK_NONE ? 3 * aim->need + 3 : 2 * aim->need;
		return x >= 1 ? x : UNKNOWN;
	}
	if (!gaze && fit_help(k, ex).fresh == 0)
		return UNKNOWN;
	x += aim->need / 2 - 3 * (times - 1);
	if (!gaze && fit_position_taken(k, ex))
		x -= 3;
	return x >= 6 ? x : UNKNOWN;
}

static const struct exercise *
best_to_fill(const struct planning *k)
{
	const struct catalogue *c = k->planner->c;
	const struct exercise *best = NULL;
	double best_score = -INFINITY;

	for (size_t i = 0; i < c->n_exercises; i++) {
		const struct exercise *ex = &c->exercises[i];
		if (strcmp(ex->focus, EDUCATION) == 0 || !candidate(k, ex))
			continue;
		const double x = score(k, ex);
		if (x > best_score && startable(k, ex)) {
			best = ex;
			best_score = x;
		}
	}
	return best;
}

void
choose_more(const struct planning *k, double most)
{
	cover(k, most);
	educate(k);
	while (count(k) < most) {
		const struct exercise *ex = best_to_fill(k);
		if (!ex || !choose_start(k, ex, (struct decider){ .id = NULL, .rule = NULL }))
			return;
	}
}
