#include "plan/proposal.h"

#include "base/mem.h"

bool
proposal_active(const struct proposal *r)
{
	return r->decision != DECISION_STOP && r->decision != DECISION_PAUSE && r->rx.sets != 0;
}

struct proposal *
plan_add(struct plan *plan, const struct proposal *r)
{
	GROW(plan->at, plan->cap, plan->n);
	plan->at[plan->n] = *r;
	return &plan->at[plan->n++];
}

double
plan_seconds(const struct plan *plan)
{
	double sum = 0;

	for (size_t i = 0; i < plan->n; i++) {
		const struct proposal *r = &plan->at[i];
		if (r->ex && proposal_active(r) && r->decision != DECISION_OVERRIDE)
			sum += prescription_daily_seconds(&r->rx, r->ex, r->side);
	}
	return sum;
}

double
plan_budget(const struct patient *p)
{
	const double minutes = profile_number(&p->chart.profile, "minutes", p->chart.day);

	return 60 * (known(minutes) ? minutes : p->settings->minutes);
}
