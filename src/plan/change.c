#include "plan/change.h"

#include "base/num.h"

/* The case while the steps of one alternative are taken. */
struct work {
	const struct dose_case *in;
	enum decision decision;
	struct dose_result at;
};

/* A raise: to the unit's step, never past the most, nor past the cap. */
static double
raised(const struct work *w, double to)
{
	const struct exercise *ex = w->in->ex;
	const double now = dose_of(&w->in->now, ex->unit);

	to = dose_up(ex->unit, to);
	if (w->decision == DECISION_PROGRESS)
		to = fmin(to, now + w->in->caps.notches * unit_notch(ex->unit));
	return fmin(to, fmax(now, dose_most(ex)));
}

static void
move_dose(struct work *w, double to)
{
	const enum unit unit = w->in->ex->unit;
	const double now = dose_of(&w->at.rx, unit);

	if (to > now + NUM_SLACK)
		dose_set(&w->at.rx, unit, raised(w, to));
	else if (to < now - NUM_SLACK)
		dose_set(&w->at.rx, unit,
		        fmin(now, w->in->begins ? dose_up(unit, to) : dose_down(unit, to)));
}

static bool
step_same(struct work *w, const struct step *s)
{
	(void)w, (void)s;
	return true;
}

static bool
set_dose(struct work *w, const struct step *s)
{
	const struct exercise *ex = w->in->ex;
	const double now = dose_of(&w->in->now, ex->unit);
	double to = view_number(w->in->view, s->expression);

	if (!known(to))
		return false;
	to = fmin(dose_up(ex->unit, to), fmax(dose_most(ex), unit_least(ex->unit)));
	if (w->decision == DECISION_PROGRESS)
		to = fmin(to, now);
	dose_set(&w->at.rx, ex->unit, to);
	return true;
}

static double
changed_by(double x, const struct step *s, double measure)
{
	switch (s->operation) {
	case BY_AMOUNT:
		return x + s->n * measure;
	case BY_PERCENT:
		return x + x * s->n / 100;
	case BY_FACTOR:
		return x * s->n;
	case TO_VALUE:
		break;
	}
	return s->n;
}

static bool
step_dose(struct work *w, const struct step *s)
{
	const enum unit unit = w->in->ex->unit;
	const double now = dose_of(&w->at.rx, unit);

	if (s->operation == TO_VALUE)
		return set_dose(w, s);
	if (!known(now))
		return false;
	move_dose(w, changed_by(now, s, unit_notch(unit)));
	return true;
}

static bool
step_unit(struct work *w, const struct step *s)
{
	const enum unit unit = w->in->ex->unit;
	const double now = dose_of(&w->at.rx, unit);

	if (s->unit == unit && known(now))
		move_dose(w, changed_by(now, s, unit_measure(unit)));
	return true;
}

static bool
step_load(struct work *w, const struct step *s)
{
	const struct exercise *ex = w->in->ex;
	const double step = load_step(ex);
	const double now = known(w->at.rx.load_kg) ? w->at.rx.load_kg : 0;

	if (s->operation == BY_AMOUNT) {
		if (!(ex->load_step_kg > 0) || !w->in->load_at_hand || w->in->caps.no_load)
			return false;
		w->at.rx.load_kg = now + ex->load_step_kg;
		return true;
	}
	double to = s->operation == TO_VALUE ? s->n : changed_by(now, s, 1);
	if (to < now)
		to = floor(to / step + NUM_SLACK) * step;
	w->at.rx.load_kg = fmax(0, fmin(now, to));
	return true;
}

static bool
step_sets(struct work *w, const struct step *s)
{
	const double now = w->at.rx.sets, start = w->in->ex->sets;
	const double bound = known(s->bound) ? s->bound : start;

	if (s->operation == TO_VALUE)
		w->at.rx.sets = start;
	else if (s->n > 0)
		w->at.rx.sets = fmax(now, fmin(now + s->n, bound));
	else
		w->at.rx.sets = fmin(now, fmax(fmax(now + s->n, bound), 1));
	return known(now);
}

static bool
step_per_week(struct work *w, const struct step *s)
{
	const double now = w->at.rx.per_week;

	w->at.rx.per_week = fmax(now, fmin(changed_by(now, s, 1), w->in->ex->per_week));
	return known(now);
}

/* The other exercise at its own start, not more often than this one. */
static bool
replace(struct work *w, const struct exercise *by)
{
	const double per_week = w->at.rx.per_week;

	if (!by)
		return false;
	w->at.ex = by;
	w->at.rx = prescription_start(by);
	w->at.rx.per_week = fmin(known(per_week) ? per_week : by->per_week, by->per_week);
	return true;
}

static bool
step_harder(struct work *w, const struct step *s)
{
	(void)s;
	return !w->in->caps.no_harder && replace(w, w->in->harder);
}

static bool
step_easier(struct work *w, const struct step *s)
{
	(void)s;
	return replace(w, w->in->easier);
}

static bool
step_from_last(struct work *w, const struct step *s)
{
	const double per_week = w->at.rx.per_week;

	(void)s;
	if (!known(w->in->last.sets))
		return true;
	w->at.rx = w->in->last;
	w->at.rx.per_week = per_week;
	return true;
}

static bool
step_restore(struct work *w, const struct step *s)
{
	const enum unit unit = w->in->ex->unit;
	const double before = dose_of(&w->in->before_regress, unit);
	const double to = known(before) ? dose_down(unit, before * s->n / 100) : UNKNOWN;

	if (!(to > dose_of(&w->at.rx, unit)))
		return false;
	dose_set(&w->at.rx, unit, fmin(to, fmax(dose_most(w->in->ex), dose_of(&w->at.rx, unit))));
	return true;
}

static bool
step_drop(struct work *w, const struct step *s)
{
	(void)s;
	w->at.dropped = true;
	return true;
}

static bool (*const steps[])(struct work *w, const struct step *s) = {
	[VERB_SAME] = step_same,
	[VERB_DOSE] = step_dose,
	[VERB_UNIT] = step_unit,
	[VERB_LOAD] = step_load,
	[VERB_SETS] = step_sets,
	[VERB_PER_WEEK] = step_per_week,
	[VERB_HARDER] = step_harder,
	[VERB_EASIER] = step_easier,
	[VERB_FROM_LAST] = step_from_last,
	[VERB_RESTORE] = step_restore,
	[VERB_DROP] = step_drop,
};

/* ---- Was there an effect? ---- */

struct difference {
	bool more, less;
};

static void
compare(struct difference *d, double before, double after)
{
	d->more = d->more || (known(after) && after > (known(before) ? before : 0) + NUM_SLACK);
	d->less = d->less || (known(before) && (known(after) ? after : 0) < before - NUM_SLACK);
}

static bool
has_effect(const struct work *w)
{
	const struct prescription *a = &w->in->now, *b = &w->at.rx;
	struct difference d = { false, false };

	if (w->at.dropped || w->at.ex != w->in->ex)
		return true;
	compare(&d, a->sets, b->sets);
	compare(&d, a->reps, b->reps);
	compare(&d, a->load_kg, b->load_kg);
	compare(&d, a->seconds, b->seconds);
	compare(&d, a->per_week, b->per_week);
	if (w->decision == DECISION_REGRESS)
		return d.less && !d.more;
	if (w->decision == DECISION_PROGRESS)
		return d.more;
	return d.more || d.less;
}

/* The steps from FIRST to the next alternative; *next is where that begins. */
static bool
take(struct work *w, const struct change *change, size_t first, size_t *next)
{
	bool possible = true;
	size_t i = first;

	w->at = (struct dose_result){ w->in->ex, w->in->now, false };
	do {
		const struct step *s = &change->step[i];
		possible = possible && s->verb < VERB_ADD && steps[s->verb](w, s);
	} while (++i < change->n && !change->step[i].begins);
	*next = i;
	return possible;
}

bool
change_apply(const struct change *change, enum decision decision, const struct dose_case *in,
        struct dose_result *out)
{
	struct work w = { .in = in, .decision = decision };
	size_t next;

	for (size_t i = 0; i < change->n; i = next)
		if (take(&w, change, i, &next) && has_effect(&w)) {
			*out = w.at;
			return true;
		}
	*out = (struct dose_result){ in->ex, in->now, false };
	return false;
}
