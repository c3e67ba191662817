#include "reports/concerns.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/medicine.h"
#include "plan/plan.h"
#include "stat/stats.h"

#define WEEK 7
#define FORTNIGHT 14
#define DIZZY_SOON 2 /* days, as for pain after exercise */

struct concerns {
	const struct catalogue *c;
	struct planner *planner; /* NULL until it is asked */
	struct desk desk;
};

struct concerns *
concerns_new(const struct catalogue *c)
{
	struct concerns *k = xcalloc(1, sizeof *k);

	k->c = c;
	return k;
}

void
concerns_free(struct concerns *k)
{
	if (k->planner)
		planner_free(k->planner);
	desk_free(&k->desk);
	free(k);
}

/* ---- Events ---- */

static bool
is_over(const struct entry *e)
{
	return known(e->value) && e->value < 1;
}

/* Does a later row say that it is over, or that it happened again? */
static bool
is_superseded(const struct history *h, size_t i)
{
	const struct entry *e = &h->row[i];

	for (size_t k = i + 1; k < h->n; k++) {
		const struct entry *later = &h->row[k];

		if (later->kind == KIND_FINDING && slice_is(later->item, e->item) &&
		        (later->side == e->side ||
		                (is_over(later) &&
		                        (later->side == SIDE_NONE || later->side == SIDE_BOTH))))
			return true;
	}
	return false;
}

static void
add_event(const struct history *h, const struct entry *e, struct attention_table *out)
{
	struct str what = STR_INIT;

	str_puts(&what, e->item.s);
	if (e->side != SIDE_NONE)
		str_addf(&what, ":%s", side_names[e->side]);
	attention_add(out,
	        &(struct attention){ h->patient, SEVERITY_SOON, "event", e->date.day,
	                str_text(&what), 1, UNKNOWN, 0 });
	str_free(&what);
}

static void
events(const struct concerns *k, const struct history *h, int from, struct attention_table *out)
{
	for (size_t i = h->n; i-- > 0 && h->row[i].date.day >= from;) {
		const struct entry *e = &h->row[i];

		if (e->kind == KIND_FINDING && cat_is_event(k->c, e->item) && !is_over(e) &&
		        !is_superseded(h, i))
			add_event(h, e, out);
	}
}

/* ---- Dizziness by exercise: what the planner calls too strong ---- */

/* Spinning in a manoeuvre itself is how it works, as the sheet tells the patient. */
static bool
is_manoeuvre(const struct catalogue *c, const struct entry *e)
{
	const struct exercise *x = cat_exercise(c, e->item);

	return x && strcmp(x->focus, "repositioning") == 0;
}

static void
dizzy_after(
        const struct concerns *k, const struct history *h, int today, struct attention_table *out)
{
	const double limit = cat_setting(k->c, "red-dizzy");
	double most = UNKNOWN;
	int first = DAY_NONE, days = 0;

	for (size_t i = h->n; i-- > 0 && h->row[i].date.day > today - FORTNIGHT;) {
		const struct entry *e = &h->row[i];

		if (e->kind != KIND_EXERCISE ||
		        !at_least(e->dizzy_after - e->dizzy_before, limit) || is_manoeuvre(k->c, e))
			continue;
		most = fmax(most, e->dizzy_after - e->dizzy_before);
		days += e->date.day != first;
		first = e->date.day;
	}
	if (days)
		attention_add(out,
		        &(struct attention){ h->patient,
		                days >= DIZZY_SOON ? SEVERITY_SOON : SEVERITY_WATCH, "dizzy-after",
		                first, "dizziness", most, limit, 0 });
}

/* ---- What a rule of the planner says of the patient ---- */

static bool
rule_holds(struct concerns *k, const struct history *h, int day, const char *rule)
{
	if (!k->planner)
		k->planner = planner_of_good_rules(k->c);
	return plan_rule_holds(k->planner, &k->desk, h, day, rule);
}

/* Resting pain that lets only gentle exercise through, when it was last noted. */
static void
pain_before(struct concerns *k, const struct history *h, int today, struct attention_table *out)
{
	struct dailies rest = DAILY_INIT;
	int day;

	resting_pains(h, &rest);
	day = rest.n ? rest.at[rest.n - 1].day : DAY_NONE;
	if (day != DAY_NONE && day > today - WEEK && rule_holds(k, h, day, "pain-before-high"))
		attention_add(out,
		        &(struct attention){ h->patient, SEVERITY_SOON, "pain-before", day, "pain",
		                k->desk.patient.state.pain_rest, UNKNOWN, 0 });
	dailies_free(&rest);
}

static void
opioid_jump(struct concerns *k, const struct history *h, int today, struct attention_table *out)
{
	const struct patient_state *state = &k->desk.patient.state;
	const struct mme mme = mme_at(h, k->c, today);

	if (!known(mme.value) && !mme.hiding)
		return;
	if (rule_holds(k, h, today, "opioid-dose-jump"))
		attention_add(out,
		        &(struct attention){ h->patient, SEVERITY_SOON, "opioid-jump",
		                today - FORTNIGHT + 1, "mme", state->mme_14, state->mme_before_14,
		                0 });
}

void
concerns_of(struct concerns *k, const struct history *h, int from, int today,
        struct attention_table *out)
{
	events(k, h, from, out);
	pain_before(k, h, today, out);
	dizzy_after(k, h, today, out);
	opioid_jump(k, h, today, out);
}
