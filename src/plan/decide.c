#include "plan/decide.h"

#include <stdlib.h>

#include "base/mem.h"
#include "plan/admissible.h"
#include "plan/explain.h"

/* A rule that is true for the exercise, and as what it counts. */
struct match {
	const struct rule *rule; /* NULL: built in */
	const char *id;
	enum decision as;
	int care; /* smaller is more careful */
	double priority;
};
struct matches {
	struct match *at;
	size_t n, cap;
	struct caps caps;
	const struct rule *slow; /* the first cap that lets no progress happen yet */
};

/*
 * What ends an exercise raises nothing: only a referral or a pause comes before it.  Else an ear
 * that was cured would be treated for as long as something holds the rest of the plan.
 */
static int
care_of(const struct rule *rule, enum decision as)
{
	static const int care[DECISION_COUNT] = { [DECISION_REFER] = 0,
		[DECISION_PAUSE] = 1,
		[DECISION_START] = 3,
		[DECISION_REGRESS] = 4,
		[DECISION_HOLD] = 5,
		[DECISION_PROGRESS] = 6 };
	const int ended = 2;

	return as == DECISION_PROGRESS && rule_ends(rule) ? ended : care[as];
}

static void
add_match(struct matches *m, const struct rule *rule, const char *id, enum decision as,
        double priority)
{
	GROW(m->at, m->cap, m->n);
	m->at[m->n++] = (struct match){ rule, id, as, care_of(rule, as), priority };
}

static void
add_caps(struct matches *m, const struct rule *rule, const struct exercise_state *state)
{
	const struct rule_caps *caps = &rule->caps;

	m->caps.notches = fmin(m->caps.notches, caps->dose.notches);
	m->caps.no_load = m->caps.no_load || caps->dose.no_load;
	m->caps.no_harder = m->caps.no_harder || caps->dose.no_harder;
	if (state->days_since_change < caps->every &&
	        (!m->slow || rule->row->priority < m->slow->row->priority))
		m->slow = rule;
}

bool
rule_holds(const struct rule *rule)
{
	return rule->decision == DECISION_HOLD ||
	        (rule->decision == DECISION_REFER && change_step(&rule->change, VERB_HOLD));
}

/* Patient rules that are true: holds and partial pauses, and caps. */
static void
collect_patient_rules(struct matches *m, const struct planning *k, const struct exercise *ex,
        const struct exercise_state *state)
{
	const struct rules *rules = k->planner->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->scope == SCOPE_EXERCISE || k->fired[i] != TRUTH_TRUE || !rule_reaches(r, ex))
			continue;
		add_caps(m, r, state);
		if (rule_holds(r))
			add_match(m, r, r->row->id, DECISION_HOLD, r->row->priority);
		if (rule_partial(r))
			add_match(m, r, r->row->id, DECISION_PAUSE, r->row->priority);
	}
	if (k->rejected)
		add_match(m, NULL, "row-rejected", DECISION_HOLD, 0);
}

static void
collect_exercise_rules(struct matches *m, const struct planning *k, const struct task *task,
        struct exercise_state *state, bool last)
{
	const struct rules *rules = k->planner->rules;
	const struct view view = { k->p, NULL, state };

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->scope != SCOPE_EXERCISE || r->last != last || !rule_meets(r, k->p) ||
		        !rule_reaches(r, task->ex))
			continue;
		const enum truth truth = view_holds(&view, r->when);
		explain_tried(k->planner->explain, task->item, task->side, r, &view, truth);
		if (truth != TRUTH_TRUE)
			continue;
		add_caps(m, r, state);
		if (r->decision != DECISION_NONE)
			add_match(m, r, r->row->id, r->decision, r->row->priority);
	}
}

static bool
before(const struct match *a, const struct match *b)
{
	if (a->care != b->care)
		return a->care < b->care;
	return a->priority < b->priority;
}

/* The next of the matches in the order of care and priority after LAST (NULL: the first). */
static const struct match *
next_match(const struct matches *m, const struct match *last)
{
	const struct match *next = NULL;

	for (size_t i = 0; i < m->n; i++) {
		const struct match *x = &m->at[i];
		if ((!last || before(last, x)) && (!next || before(x, next)))
			next = x;
	}
	return next;
}

/* ---- The neighbours in the chain ---- */

static bool
free_in_plan(const struct planning *k, const struct exercise *ex, enum side side)
{
	const struct program *program = &k->p->program;

	for (size_t i = 0; i < program->n; i++)
		if (program->task[i].in_program && program->task[i].ex == ex &&
		        sides_meet(program->task[i].side, side))
			return false;
	for (size_t i = 0; i < k->plan->n; i++)
		if (k->plan->at[i].ex == ex && sides_meet(k->plan->at[i].side, side))
			return false;
	return true;
}

static enum side
side_of(const struct exercise *ex, enum side side)
{
	if (ex->sided == SIDED_LEFT)
		return SIDE_LEFT;
	if (ex->sided == SIDED_RIGHT)
		return SIDE_RIGHT;
	if (ex->sided == SIDED_NO)
		return SIDE_NONE;
	return side == SIDE_NONE ? SIDE_BOTH : side;
}

static const struct exercise *
open_neighbour(const struct planning *k, const struct task *task, const struct exercise *ex)
{
	if (!ex || !admissible(k->p, ex) || program_forbids(&k->p->program, &k->p->chart, ex->id) ||
	        !free_in_plan(k, ex, side_of(ex, task->side)))
		return NULL;
	return ex;
}

/* ---- Applying what won ---- */

struct case_of {
	const struct planning *k;
	const struct task *task;
	struct view view;
	struct dose_case dose;
};

static struct proposal
proposal_of(const struct task *task, enum decision decision, struct decider by)
{
	static const char *const exempt[] = { "education", "repositioning", NULL };

	return (struct proposal){ .task = task,
		.item = task->item,
		.side = task->side,
		.ex = task->ex,
		.decision = decision,
		.by = by,
		.rx = task->rx,
		.exempt = decision == DECISION_OVERRIDE ||
		        (task->ex && list_has(exempt, task->ex->focus)) };
}

static void
take_result(struct proposal *r, const struct dose_result *result)
{
	r->rx = result->rx;
	if (result->dropped) {
		r->decision = DECISION_STOP;
		r->rx = PRESCRIPTION_EMPTY;
	}
	if (result->ex != r->ex) {
		r->ex = result->ex;
		r->item = slice_of(result->ex->id);
		r->side = side_of(result->ex, r->side);
		r->replaces = true;
	}
}

/* A pause leaves no dose, or part of one that is known where it spares the focus. */
static void
apply_pause(struct case_of *c, const struct match *match, struct proposal *r)
{
	struct dose_result result;
	const bool spares = match->rule && rule_partial(match->rule) &&
	        list_has(rule_leaves(match->rule), c->task->ex->focus) &&
	        known(dose_of(&c->task->rx, c->task->ex->unit));

	if (!spares) {
		r->rx = PRESCRIPTION_EMPTY;
		return;
	}
	struct change rest = match->rule->change;
	while (rest.n && rest.step->verb == VERB_ONLY) {
		rest.step++;
		rest.n--;
	}
	change_apply(&rest, DECISION_PAUSE, &c->dose, &result);
	r->rx = result.rx;
}

static void
apply_change(struct case_of *c, const struct match *match, struct proposal *r,
        const struct exercise_state *state)
{
	struct dose_result result;

	if (change_apply(&match->rule->change, match->as, &c->dose, &result)) {
		take_result(r, &result);
		return;
	}
	if (match->as == DECISION_START && strcmp(state->last_change_rule, match->id) != 0)
		return;
	r->decision = DECISION_HOLD;
}

static bool
waits(const struct rule *rule, const struct dose_result *result)
{
	return !result->dropped && !change_step(&rule->change, VERB_RESTORE);
}

/* The first progress with an effect under all caps; CAPPED: the one that a cap held back. */
static void
apply_progress(struct case_of *c, const struct matches *m, const struct match *match,
        struct proposal *r, const char **capped)
{
	struct dose_result result;

	for (; match; match = next_match(m, match)) {
		if (!change_apply(&match->rule->change, DECISION_PROGRESS, &c->dose, &result)) {
			*capped = match->id;
			continue;
		}
		if (m->slow && waits(match->rule, &result)) {
			*capped = match->id;
			r->decision = DECISION_HOLD;
			r->by = (struct decider){ .id = m->slow->row->id, .rule = m->slow };
			return;
		}
		r->by = (struct decider){ .id = match->id, .rule = match->rule };
		take_result(r, &result);
		return;
	}
	r->decision = DECISION_HOLD;
	r->by = (struct decider){ .id = "ceiling", .rule = NULL };
}

static void
apply(struct case_of *c, const struct matches *m, const struct exercise_state *state,
        struct proposal *r, const char **capped)
{
	const struct match *match = next_match(m, NULL);

	if (!match) {
		*r = proposal_of(c->task, DECISION_HOLD,
		        (struct decider){ .id = "default-hold", .rule = NULL });
		return;
	}
	*r = proposal_of(
	        c->task, match->as, (struct decider){ .id = match->id, .rule = match->rule });
	switch (match->as) {
	case DECISION_PAUSE:
		apply_pause(c, match, r);
		break;
	case DECISION_START:
	case DECISION_REGRESS:
		apply_change(c, match, r, state);
		break;
	case DECISION_PROGRESS:
		apply_progress(c, m, match, r, capped);
		break;
	default:
		break;
	}
}

static void
decide_by_rules(const struct planning *k, const struct task *task, struct sessions *sessions)
{
	struct matches m = { .caps = CAPS_NONE };
	struct exercise_state state;
	struct case_of c = { .k = k, .task = task };
	struct proposal r;
	const char *capped = NULL;

	sessions_make(sessions, &k->p->chart, task, k->p->settings);
	exercise_state_make(&state, k->p, task, sessions);
	collect_patient_rules(&m, k, task->ex, &state);
	collect_exercise_rules(&m, k, task, &state, false);
	state.matched = (double)m.n;
	collect_exercise_rules(&m, k, task, &state, true);
	c.view = (struct view){ k->p, NULL, &state };
	c.dose = (struct dose_case){ .ex = task->ex,
		.now = task->rx,
		.last = state.last,
		.before_regress = task->before_regress,
		.easier = open_neighbour(k, task, chain_easier(k->planner->chains, task->ex)),
		.harder = open_neighbour(k, task, chain_harder(k->planner->chains, task->ex)),
		.load_at_hand = equipment_at_hand(k->p, task->ex->load_equipment),
		.caps = m.caps,
		.view = &c.view };
	apply(&c, &m, &state, &r, &capped);
	r.state = state;
	explain_settle(k->planner->explain, r.by.id, r.decision, capped);
	plan_add(k->plan, &r);
	free(m.at);
}

/* ---- What comes before the rules ---- */

bool
override_barred(const struct planning *k, const struct task *task)
{
	return task->override != ROW_NONE && task->ex &&
	        k->p->chart.h.row[task->override].sets != 0 && limit_against(k->p, task->ex);
}

static void
decide_override(const struct planning *k, const struct task *task)
{
	struct proposal r =
	        proposal_of(task, DECISION_OVERRIDE, (struct decider){ .id = "override" });

	r.rx = k->p->chart.h.row[task->override].sets == 0
	        ? prescription_of(&k->p->chart.h.row[task->override])
	        : task->rx;
	r.by.words = k->p->chart.h.row[task->override].note;
	if (override_barred(k, task)) {
		r.decision = DECISION_PAUSE;
		r.by = (struct decider){ .id = "override-limit" };
		r.rx = PRESCRIPTION_EMPTY;
	}
	plan_add(k->plan, &r);
}

/* Excluded: the easier exercise if that is open, else it stops. */
static void
decide_excluded(const struct planning *k, const struct task *task, const char *id)
{
	const struct exercise *easier =
	        open_neighbour(k, task, chain_easier(k->planner->chains, task->ex));
	struct proposal r =
	        proposal_of(task, DECISION_STOP, (struct decider){ .id = id, .rule = NULL });

	r.rx = PRESCRIPTION_EMPTY;
	if (easier) {
		const double per_week = task->rx.per_week;
		r.decision = DECISION_REGRESS;
		take_result(&r, &(struct dose_result){ easier, prescription_start(easier), false });
		r.rx.per_week =
		        fmin(known(per_week) ? per_week : easier->per_week, easier->per_week);
	}
	plan_add(k->plan, &r);
}

/* The catalogue lacks it: it is kept, but for a pause of all that is not spared. */
static void
decide_unknown(const struct planning *k, const struct task *task)
{
	struct proposal r = proposal_of(
	        task, DECISION_HOLD, (struct decider){ .id = "unknown-item", .rule = NULL });

	for (size_t i = 0; i < k->planner->rules->n; i++) {
		const struct rule *rule = &k->planner->rules->rule[i];
		if (rule->scope != SCOPE_EXERCISE && k->fired[i] == TRUTH_TRUE &&
		        rule_partial(rule)) {
			r.decision = DECISION_PAUSE;
			r.by = (struct decider){ .id = rule->row->id, .rule = rule };
			r.rx = PRESCRIPTION_EMPTY;
			break;
		}
	}
	plan_add(k->plan, &r);
}

void
decide_task(const struct planning *k, const struct task *task, struct sessions *sessions)
{
	if (task->override != ROW_NONE)
		decide_override(k, task);
	else if (!task->ex)
		decide_unknown(k, task);
	else if (limit_against(k->p, task->ex))
		decide_excluded(k, task, "limit");
	else if (!equipment_at_hand(k->p, task->ex->equipment))
		decide_excluded(k, task, "equipment");
	else {
		decide_by_rules(k, task, sessions);
		return;
	}
	const struct proposal *r = &k->plan->at[k->plan->n - 1];
	explain_builtin(k->planner->explain, task->item, task->side, r->by.id, r->decision, "");
}
