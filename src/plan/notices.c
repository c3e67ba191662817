#include "plan/notices.h"

#include <stdlib.h>

#include "base/mem.h"
#include "plan/admissible.h"
#include "plan/decide.h"
#include "plan/explain.h"

static const struct slice the_plan = { "plan", 4 };

static bool
said_lately(const struct planning *k, const struct notice *n)
{
	const struct chart *chart = &k->p->chart;
	const struct row_list *rows = &chart->of[KIND_PLAN];

	for (size_t i = rows->n; i-- > 0;) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->date.day <= chart->day - k->p->settings->review_days)
			break;
		if (e->date.day < chart->day && e->decision == DECISION_REVIEW &&
		        slice_eq(e->rule, n->by.id) && slice_is(e->item, n->item) &&
		        e->side == n->side)
			return true;
	}
	return false;
}

static void
add(struct planning *k, const struct notice *n)
{
	struct plan *plan = k->plan;

	if (n->decision == DECISION_REVIEW && said_lately(k, n))
		return;
	GROW(plan->notice, plan->notices_cap, plan->n_notices);
	plan->notice[plan->n_notices++] = *n;
}

void
notice_builtin(struct planning *k, enum decision decision, const char *id)
{
	add(k, &(struct notice){ .item = the_plan, .decision = decision, .by = { .id = id } });
	explain_builtin(k->planner->explain, the_plan, SIDE_NONE, id, decision, "");
}

/* A flag that no table has, called like an exercise or a measure, would in a plan row mean that. */
static struct slice
flag_item(const struct planning *k, enum urgency least, enum urgency most)
{
	const struct flag *flag = flag_worst(&k->p->signs, least, most);
	const struct catalogue *c = k->planner->c;

	if (!flag ||
	        (!flag->redflag && (cat_exercise(c, flag->item) || cat_measure(c, flag->item))))
		return the_plan;
	return flag->item;
}

void
notice_stop(struct planning *k, const struct rule *rule)
{
	struct slice item = the_plan;

	if (rule->decision == DECISION_REFER)
		item = flag_item(k, REFER_URGENT, REFER_EMERGENCY);
	add(k,
	        &(struct notice){ .item = item,
	                .decision = rule->decision,
	                .by = { .id = rule->row->id, .rule = rule } });
}

/* Does the rule speak of a routine flag?  Then its row carries the flag's id. */
static bool
of_routine_flag(const struct rule *rule)
{
	struct cond_use use;
	size_t at = 0;

	while (cond_use(rule->when, &at, &use))
		if (!use.call && strcmp(vocabulary_name(use.id), "redflag_routine") == 0)
			return true;
	return false;
}

/* ---- Metric rules ---- */

/* The first default measure of a condition that has readings; never pain where it is no target. */
static bool
is_primary(const struct patient *p, struct slice item)
{
	const bool no_pain = patient_has_condition(p, "central-sensitization");

	for (size_t i = 0; i < p->n_conditions; i++)
		for (list id = p->condition[i]->default_measures; *id; id++) {
			if ((no_pain && strcmp(*id, "nprs") == 0) ||
			        !readings_of(&p->readings, *id))
				continue;
			if (slice_eq(item, *id))
				return true;
			break;
		}
	return false;
}

static void
try_metric_rule(struct planning *k, size_t place, const struct metric_state *metric)
{
	const struct rule *r = &k->planner->rules->rule[place];
	const struct view view = { k->p, metric, NULL };
	const enum truth truth = view_holds(&view, r->when);

	explain_tried(k->planner->explain, metric->item, metric->side, r, &view, truth);
	if (truth != TRUTH_TRUE)
		return;
	if (k->fired[place] != TRUTH_TRUE)
		k->plan->metric[place] = *metric;
	k->fired[place] = TRUTH_TRUE;
	if (r->decision != DECISION_NONE && r->decision != DECISION_HOLD)
		add(k,
		        &(struct notice){ .item = metric->item,
		                .side = metric->side,
		                .decision = r->decision,
		                .by = { .id = r->row->id, .rule = r },
		                .metric = *metric });
}

static void
try_metric_rules(struct planning *k)
{
	const struct rules *rules = k->planner->rules;

	for (size_t m = 0; m < k->p->readings.n; m++) {
		struct metric_state metric;
		metric_state_make(&metric, &k->p->readings.at[m], k->p->chart.day);
		metric.primary = is_primary(k->p, metric.item);
		for (size_t i = 0; i < rules->n; i++)
			if (rules->rule[i].scope == SCOPE_METRIC &&
			        rule_meets(&rules->rule[i], k->p))
				try_metric_rule(k, i, &metric);
	}
	explain_settle(k->planner->explain, NULL, DECISION_NONE, NULL);
}

/* ---- All ---- */

static bool
speaks(const struct rule *r)
{
	return r->decision == DECISION_REFER || r->decision == DECISION_PAUSE ||
	        r->decision == DECISION_REVIEW;
}

static bool
refers(const struct rule *r)
{
	return r->decision == DECISION_REFER;
}

static void
add_patient_notices(struct planning *k, bool (*wanted)(const struct rule *r))
{
	const struct rules *rules = k->planner->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rule[i];
		if (r->scope != SCOPE_PATIENT || k->fired[i] != TRUTH_TRUE || !wanted(r))
			continue;
		add(k,
		        &(struct notice){ .item = of_routine_flag(r)
		                        ? flag_item(k, REFER_ROUTINE, REFER_ROUTINE)
		                        : the_plan,
		                .decision = r->decision,
		                .by = { .id = r->row->id, .rule = r } });
	}
}

/* Refer, then pause, then review; within these by priority. */
static int
by_care(const void *a, const void *b)
{
	static const int order[DECISION_COUNT] = {
		[DECISION_REFER] = 0, [DECISION_PAUSE] = 1, [DECISION_REVIEW] = 2
	};
	const struct notice *x = a, *y = b;

	if (order[x->decision] != order[y->decision])
		return order[x->decision] - order[y->decision];
	if (x->by.rule->row->priority != y->by.rule->row->priority)
		return x->by.rule->row->priority < y->by.rule->row->priority ? -1 : 1;
	if (!slice_is(x->item, y->item))
		return slice_cmp(x->item, y->item);
	return (int)x->side - (int)y->side;
}

void
notice_referrals(struct planning *k)
{
	add_patient_notices(k, refers);
}

static bool
any_override_barred(const struct planning *k)
{
	for (size_t i = 0; i < k->p->program.n; i++)
		if (k->p->program.task[i].in_program && override_barred(k, &k->p->program.task[i]))
			return true;
	return false;
}

void
notices(struct planning *k)
{
	try_metric_rules(k);
	add_patient_notices(k, speaks);
	if (k->plan->n_notices)
		qsort(k->plan->notice, k->plan->n_notices, sizeof *k->plan->notice, by_care);
	if (k->rejected)
		notice_builtin(k, DECISION_REVIEW, "row-rejected");
	if (k->p->unknown_conditions)
		notice_builtin(k, DECISION_REVIEW, "unknown-condition");
	else if (k->p->n_conditions == 0)
		notice_builtin(k, DECISION_REVIEW, "no-condition");
	if (limit_unknown(k->p))
		notice_builtin(k, DECISION_REVIEW, "unknown-limit");
	if (any_override_barred(k))
		notice_builtin(k, DECISION_REVIEW, "override-limit");
}
