#include "plan/plan.h"

#include <stdlib.h>

#include "base/mem.h"
#include "plan/choose.h"
#include "plan/decide.h"
#include "plan/explain.h"
#include "plan/fit.h"
#include "plan/notices.h"

#define FIRST_WEEK "first-week" /* the one hold that does not delay further choices */

static struct planner *
planner_by(const struct catalogue *c, struct rules *rules, struct explain *explain)
{
	struct planner *planner = xcalloc(1, sizeof *planner);

	planner->c = c;
	planner->rules = rules;
	planner->chains = chains_new(c);
	planner->explain = explain;
	planner->settings = (struct patient_settings){ .catalogue = c,
		.partial_pauses = (const char *const *)planner->rules->partial_pause };
#define X(field, id) planner->settings.field = cat_setting(c, id);
	PLAN_SETTINGS(X)
#undef X
	return planner;
}

struct planner *
planner_new(const struct catalogue *c, struct explain *explain)
{
	return planner_by(c, rules_open(c), explain);
}

struct planner *
planner_of_good_rules(const struct catalogue *c)
{
	return planner_by(c, rules_compile(c, NULL), NULL);
}

void
planner_free(struct planner *planner)
{
	rules_free(planner->rules);
	chains_free(planner->chains);
	free(planner);
}

void
desk_free(struct desk *desk)
{
	patient_free(&desk->patient);
	sessions_free(&desk->sessions);
	aims_free(&desk->aims);
	free(desk->plan.notice);
	free(desk->plan.at);
	free(desk->plan.metric);
	free(desk->fired);
}

/* ---- Patient rules ---- */

static void
take_limits(struct patient *p, const struct rule *rule)
{
	for (const char *const *id = (const char *const *)rule->caps.limit; id && *id; id++)
		if (p->n_limits < LENGTH(p->limit))
			p->limit[p->n_limits++] = *id;
}

static void
try_patient_rules(struct planning *k)
{
	const struct rules *rules = k->planner->rules;
	const struct view view = { k->p, NULL, NULL };

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		k->fired[i] = TRUTH_FALSE;
		if (r->scope != SCOPE_PATIENT || !rule_meets(r, k->p))
			continue;
		k->fired[i] = view_holds(&view, r->when);
		explain_tried(k->planner->explain, SLICE("plan"), SIDE_NONE, r, &view, k->fired[i]);
		if (k->fired[i] == TRUTH_TRUE)
			take_limits(k->p, r);
	}
}

bool
plan_rule_holds(const struct planner *planner, struct desk *desk, const struct history *h, int day,
        const char *id)
{
	const struct rule *rule = rules_find(planner->rules, id);
	const struct view view = { &desk->patient, NULL, NULL };

	if (!rule || rule->scope != SCOPE_PATIENT)
		return false;
	patient_make(&desk->patient, &planner->settings, h, day);
	return rule_meets(rule, &desk->patient) && view_holds(&view, rule->when) == TRUTH_TRUE;
}

static const struct rule *
stopping_rule(const struct planning *k)
{
	const struct rules *rules = k->planner->rules;

	for (size_t i = 0; i < rules->n; i++)
		if (k->fired[i] == TRUTH_TRUE && change_step(&rules->rule[i].change, VERB_STOP))
			return &rules->rule[i];
	return NULL;
}

/* ---- Nothing at all ---- */

static void
pause_all(struct planning *k, struct decider by)
{
	for (size_t i = 0; i < k->p->program.n; i++) {
		const struct task *t = &k->p->program.task[i];
		if (t->in_program)
			plan_add(k->plan,
			        &(struct proposal){ .task = t,
			                .item = t->item,
			                .side = t->side,
			                .ex = t->ex,
			                .decision = DECISION_PAUSE,
			                .by = by,
			                .rx = PRESCRIPTION_EMPTY });
	}
}

static enum care
care_of(const struct planning *k)
{
	return profile_care(&k->p->chart.profile, k->p->chart.day);
}

/* Training is paused: true, and the plan is made. */
static bool
by_status(struct planning *k)
{
	if (care_of(k) != CARE_PAUSED)
		return false;
	notice_referrals(k);
	notice_builtin(k, DECISION_PAUSE, "status");
	pause_all(k, (struct decider){ .id = "status", .rule = NULL });
	return true;
}

/* A referral that stops everything is heard by those who pause, too. */
static bool
by_stop(struct planning *k)
{
	const struct rule *rule = stopping_rule(k);

	if (!rule || (care_of(k) == CARE_PAUSED && rule->decision != DECISION_REFER))
		return false;
	if (rule->decision == DECISION_PAUSE)
		notice_referrals(k);
	notice_stop(k, rule);
	pause_all(k, (struct decider){ .id = rule->row->id, .rule = rule });
	return true;
}

/* ---- Short enough ---- */

static size_t
least_worthy(const struct planning *k, bool (*eligible)(const struct proposal *r))
{
	size_t least = SIZE_MAX;
	double least_worth = INFINITY;

	for (size_t i = 0; i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (!r->ex || !eligible(r))
			continue;
		const double worth = fit_worth(k, r->ex);
		if (worth <= least_worth) {
			least = i;
			least_worth = worth;
		}
	}
	return least;
}

static bool
counted(const struct proposal *r)
{
	return r->decision != DECISION_STOP && !r->exempt;
}

static void
stop(struct planning *k, size_t i, struct decider by)
{
	struct proposal *r = &k->plan->at[i];
	const struct task *t = r->task;

	if (!t) {
		memmove(r, r + 1, (--k->plan->n - i) * sizeof *r);
		return;
	}
	r->item = t->item;
	r->side = t->side;
	r->ex = t->ex;
	r->replaces = false;
	r->decision = DECISION_STOP;
	r->by = by;
	r->rx = PRESCRIPTION_EMPTY;
	explain_builtin(k->planner->explain, r->item, r->side, by.id, r->decision, "least worth");
}

/* The tightest cap on the number of exercises, or NULL. */
static const struct rule *
list_cap(const struct planning *k)
{
	const struct rules *rules = k->planner->rules;
	const struct rule *tightest = NULL;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (k->fired[i] == TRUTH_TRUE && known(r->caps.exercises) &&
		        (!tightest || r->caps.exercises < tightest->caps.exercises))
			tightest = r;
	}
	return tightest;
}

static void
cut_list(struct planning *k)
{
	const struct rule *cap = list_cap(k);
	double n = 0;

	for (size_t i = 0; i < k->plan->n; i++)
		n += counted(&k->plan->at[i]);
	for (; cap && n > cap->caps.exercises; n--) {
		const size_t least = least_worthy(k, counted);
		if (least == SIZE_MAX)
			return;
		stop(k, least, (struct decider){ .id = cap->row->id, .rule = cap });
	}
}

static bool
raised(const struct proposal *r)
{
	return r->decision == DECISION_PROGRESS;
}

static bool
plain(const struct proposal *r)
{
	return proposal_active(r) && !r->exempt;
}

static bool
no_override(const struct proposal *r)
{
	return proposal_active(r) && r->decision != DECISION_OVERRIDE;
}

static void
take_back(struct planning *k, size_t i)
{
	struct proposal *r = &k->plan->at[i];

	r->decision = DECISION_HOLD;
	r->by = (struct decider){ .id = "minutes-budget", .rule = NULL };
	r->item = r->task->item;
	r->side = r->task->side;
	r->ex = r->task->ex;
	r->rx = r->task->rx;
	r->replaces = false;
	explain_builtin(k->planner->explain, r->item, r->side, r->by.id, r->decision,
	        "more than the minutes of a day");
}

static void
keep_minutes(struct planning *k)
{
	const double budget = plan_budget(k->p);
	const struct decider by = { .id = "minutes-budget", .rule = NULL };
	size_t i;

	while (plan_seconds(k->plan) > budget && (i = least_worthy(k, raised)) != SIZE_MAX)
		take_back(k, i);
	while (plan_seconds(k->plan) > budget && (i = least_worthy(k, plain)) != SIZE_MAX)
		stop(k, i, by);
	while (plan_seconds(k->plan) > budget && (i = least_worthy(k, no_override)) != SIZE_MAX)
		stop(k, i, by);
}

/* ---- New exercises ---- */

static bool
add_by_rules(struct planning *k)
{
	const struct rules *rules = k->planner->rules;
	bool all = true;

	for (size_t i = 0; i < rules->n; i++) {
		const struct step *add = change_step(&rules->rule[i].change, VERB_ADD);
		if (add && k->fired[i] == TRUTH_TRUE)
			all = choose_added(k, add->word[0],
			              (struct decider){ .id = rules->rule[i].row->id,
			                      .rule = &rules->rule[i] }) &&
			        all;
	}
	return all;
}

static bool
referred_with_hold(const struct planning *k)
{
	for (size_t i = 0; i < k->plan->n_notices; i++) {
		const struct notice *n = &k->plan->notice[i];
		if (n->decision == DECISION_REFER && n->by.rule && rule_holds(n->by.rule))
			return true;
	}
	return false;
}

static bool
held(const struct planning *k)
{
	const struct rules *rules = k->planner->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (k->fired[i] == TRUTH_TRUE && r->decision == DECISION_HOLD &&
		        strcmp(r->row->id, FIRST_WEEK) != 0)
			return true;
	}
	return k->rejected;
}

static bool
cut_back(const struct planning *k)
{
	for (size_t i = 0; i < k->plan->n; i++) {
		const struct proposal *r = &k->plan->at[i];
		if (r->decision == DECISION_REGRESS && strcmp(r->by.id, "limit") != 0 &&
		        strcmp(r->by.id, "equipment") != 0)
			return true;
	}
	return false;
}

static bool
something_happened(const struct patient *p)
{
	for (size_t i = p->program.batch_last + 1; i < p->chart.h.n; i++)
		if (p->chart.h.row[i].kind != KIND_PLAN)
			return true;
	return false;
}

static bool
may_choose(const struct planning *k)
{
	const struct program *program = &k->p->program;
	bool empty = true;

	for (size_t i = 0; i < program->n; i++)
		empty = empty && !program->task[i].in_program;
	if (!program->planned && program->batch == DAY_NONE)
		return true;
	if (referred_with_hold(k))
		return false;
	return empty || (!held(k) && !cut_back(k) && something_happened(k->p));
}

static double
how_many(const struct planning *k)
{
	const struct rule *cap = list_cap(k);
	const double wanted = profile_number(&k->p->chart.profile, "exercises", k->p->chart.day);
	const double n = known(wanted) ? wanted : k->p->settings->exercises;

	return cap ? fmin(n, cap->caps.exercises) : n;
}

static void
choose(struct planning *k)
{
	const bool added = add_by_rules(k);
	const bool choosing = may_choose(k) && k->p->n_conditions > 0;

	keep_minutes(k);
	if (choosing)
		choose_more(k, how_many(k));
	if (!added || (choosing && k->plan->n == 0 && k->plan->n_notices == 0))
		notice_builtin(k, DECISION_REVIEW, "no-candidate");
}

/* ---- The whole ---- */

static void
adapt(struct planning *k, struct sessions *sessions)
{
	for (size_t i = 0; i < k->p->program.n; i++)
		if (k->p->program.task[i].in_program)
			decide_task(k, &k->p->program.task[i], sessions);
	cut_list(k);
}

const struct plan *
plan_make(const struct planner *planner, struct desk *desk, const struct history *h, int day)
{
	struct planning k = { planner, &desk->patient, &desk->aims, NULL, h->rejected,
		&desk->plan };

	desk->plan.n = desk->plan.n_notices = 0;
	if (!desk->fired) {
		desk->fired = xcalloc(planner->rules->n + 1, sizeof *desk->fired);
		desk->plan.metric = xcalloc(planner->rules->n + 1, sizeof *desk->plan.metric);
	}
	k.fired = desk->fired;
	patient_make(k.p, &planner->settings, h, day);
	explain_begin(planner->explain, h->patient, day);
	if (k.p->chart.h.n == 0 || care_of(&k) >= CARE_DISCHARGED)
		return k.plan;
	try_patient_rules(&k);
	explain_settle(planner->explain, NULL, DECISION_NONE, NULL);
	if (by_stop(&k) || by_status(&k))
		return k.plan;
	aims_make(k.aims, k.p);
	notices(&k);
	adapt(&k, &desk->sessions);
	choose(&k);
	return k.plan;
}
