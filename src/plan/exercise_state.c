#include "plan/exercise_state.h"

#define NEVER 9999

static struct exercise_state
nothing_known(void)
{
	return (struct exercise_state){
#define X(name) .name = UNKNOWN,
		EXERCISE_NUMBERS(X)
#undef X
		        .last = PRESCRIPTION_EMPTY,
	};
}

double
bppv_match(const struct patient *p, const struct exercise *ex, enum side side)
{
	const enum side own = ex->sided == SIDED_LEFT ? SIDE_LEFT
	        : ex->sided == SIDED_RIGHT            ? SIDE_RIGHT
	                                              : side;
	double match = UNKNOWN;

	for (size_t i = 0; i < p->signs.n; i++) {
		const struct sign *s = &p->signs.at[i];
		if (!sign_suggests(s, ex->focus) || !list_has(ex->helps_findings, s->finding->id))
			continue;
		const double severity =
		        own == SIDE_LEFT || own == SIDE_RIGHT ? s->side[own] : sign_severity(s);
		match = fmax(match, severity >= 1);
	}
	return match;
}

static void
state_of_dose(struct exercise_state *s, const struct exercise *ex, const struct prescription *rx)
{
	s->unit = unit_names[ex->unit];
	s->sets = rx->sets;
	s->reps = rx->reps;
	s->load_kg = rx->load_kg;
	s->seconds = rx->seconds;
	s->per_week = rx->per_week;
	s->dose = dose_of(rx, ex->unit);
	s->start_dose = dose_start(ex);
	s->start_sets = ex->sets;
	s->max_dose = dose_most(ex);
	s->at_max = known(s->dose) ? s->dose >= s->max_dose : UNKNOWN;
	s->target_per_week = ex->per_week;
}

/* ---- Streaks: the newest sessions at this dose for which something holds ---- */

static bool
is_short(const struct session *s)
{
	return s->completion < 75;
}

static bool
is_missed(const struct session *s)
{
	return s->completion < 95;
}

static bool
is_easy(const struct session *s)
{
	return s->rpe <= s->settings->easy_rpe;
}

static bool
is_hard(const struct session *s)
{
	return s->rpe >= s->settings->hard_rpe;
}

static bool
is_over(const struct session *s)
{
	return s->extra_reps >= 2;
}

static bool
is_calm(const struct session *s)
{
	return session_dizzy_rise(s) <= 1 && s->settle_min <= s->settings->calm_settle &&
	        session_complete(s);
}

static bool
is_still(const struct session *s)
{
	return session_dizzy_rise(s) <= 0;
}

static double
streak(const struct sessions *sessions, bool (*holds)(const struct session *))
{
	double n = 0;

	for (size_t i = sessions->n; i-- > sessions->at_dose && holds(&sessions->at[i]);)
		n++;
	return n;
}

static void
state_of_streaks(struct exercise_state *s, const struct sessions *sessions)
{
	s->good_sessions = streak(sessions, session_good);
	s->red_sessions = streak(sessions, session_red);
	s->short_sessions = streak(sessions, is_short);
	s->missed_sessions = streak(sessions, is_missed);
	s->easy_sessions = streak(sessions, is_easy);
	s->hard_sessions = streak(sessions, is_hard);
	s->over_sessions = streak(sessions, is_over);
	s->full_sessions = streak(sessions, session_complete);
	s->calm_sessions = streak(sessions, is_calm);
	s->still_sessions = streak(sessions, is_still);
}

/* ---- Amounts done ---- */

static double
overdone(const struct sessions *sessions)
{
	const size_t looked_at = 5;
	double n = 0;

	for (size_t i = sessions->n; i-- > sessions->at_dose && sessions->n - i <= looked_at;)
		n += sessions->at[i].completion > 120;
	return n;
}

static void
state_of_amounts(struct exercise_state *s, const struct sessions *sessions)
{
	const size_t n = sessions->n;
	double sum = 0;

	s->trials = 0;
	for (size_t i = sessions->at_dose; i < n; i++) {
		if (!known(sessions->at[i].done_dose))
			continue;
		if (s->trials < 3)
			sum += sessions->at[i].done_dose;
		s->trials++;
	}
	if (s->trials >= 3)
		s->mean_done_3 = sum / 3;
	if (n >= 2)
		s->mean_done_2 =
		        (sessions->at[n - 1].done_dose + sessions->at[n - 2].done_dose) / 2;
	s->overdone_5 = overdone(sessions);
}

static void
state_of_week(struct exercise_state *s, const struct patient *p, const struct sessions *sessions)
{
	const int to = patient_window_end(p), from = to - 6;
	double n = 0, met = 0;

	for (size_t i = sessions->n; i-- > 0 && sessions->at[i].day >= from;) {
		if (sessions->at[i].day > to)
			continue;
		n++;
		met += sessions->at[i].completion >= 95;
	}
	s->sessions_7 = n;
	if (s->per_week > 0)
		s->met_7 = 100 * met / s->per_week;
}

/* ---- The last session, and the day after the newest one that has a next day ---- */

static void
state_of_last(struct exercise_state *s, const struct sessions *sessions)
{
	const struct session *last = &sessions->at[sessions->n - 1];

	s->pain_before = last->pain_before;
	s->pain_after = last->pain_after;
	s->pain_rise = session_pain_rise(last);
	s->dizzy_rise = session_dizzy_rise(last);
	s->settle_min = last->settle_min;
	s->rpe = last->rpe;
	s->completion = last->completion;
	s->red = session_red(last);
	if (sessions->n >= 2)
		s->pain_after_prev = last[-1].pain_after;
}

static double
spared(const struct patient *p, const struct task *task, const struct session *s)
{
	return session_pain_rise(s) <= 0 && other_pain_rise(&p->chart, s->day, task->item) >= 2;
}

static void
state_of_next_day(struct exercise_state *s, const struct patient *p, const struct task *task,
        const struct sessions *sessions)
{
	size_t pain = sessions->n, dizzy = sessions->n;

	while (pain > 0 && !known(sessions->at[pain - 1].pain_next_rise))
		pain--;
	while (dizzy > 0 && !known(sessions->at[dizzy - 1].dizzy_next_rise))
		dizzy--;
	if (pain > 0) {
		const struct session *day = &sessions->at[pain - 1];
		if (pain_reading_after(&p->chart, day->pain_reading, task->since))
			s->pain_next_rise = day->pain_next_rise;
		s->spared = spared(p, task, day);
	}
	if (dizzy > 0) {
		const struct session *day = &sessions->at[dizzy - 1];
		if (dizzy_reading_after(&p->chart, day->dizzy_reading, task->since))
			s->dizzy_next_rise = day->dizzy_next_rise;
	}
}

/* ---- What is known without a new session ---- */

static double
days_since_row(const struct patient *p, size_t row)
{
	return row == ROW_NONE ? UNKNOWN : p->chart.day - p->chart.h.row[row].date.day;
}

/* The dose that was in force before the row. */
static struct prescription
dose_before(const struct patient *p, const struct task *task, size_t row)
{
	const struct row_list *plans = &p->chart.of[KIND_PLAN];

	for (size_t i = plans->n; i-- > 0;) {
		const struct entry *e = &p->chart.h.row[plans->at[i]];
		if (plans->at[i] < row && e->side == task->side && same_item(e->item, task->item) &&
		        plan_gives_dose(e))
			return prescription_of(e);
	}
	return PRESCRIPTION_EMPTY;
}

static void
state_of_times(struct exercise_state *s, const struct patient *p, const struct task *task,
        const struct sessions *sessions)
{
	const double regress = days_since_row(p, task->regressed);
	size_t done = sessions->n;

	while (done > 0 && !sessions->at[done - 1].done)
		done--;
	if (done > 0) {
		s->days_since = p->chart.day - sessions->at[done - 1].day;
		s->last = dose_before(p, task, sessions->at[done - 1].first);
	}
	s->days_since_change = days_since_row(p, task->changed);
	s->days_since_regress = known(regress) ? regress : NEVER;
	s->last_change_rule = task->changed == ROW_NONE ? "" : p->chart.h.row[task->changed].rule.s;
	s->falls_new = events_after(&p->chart, "fall", task->since);
	s->near_falls_new = events_after(&p->chart, "near-fall", task->since);
	s->vomit_new = events_after(&p->chart, "vomiting", task->since);
}

void
exercise_state_make(struct exercise_state *out, const struct patient *p, const struct task *task,
        const struct sessions *sessions)
{
	*out = nothing_known();
	state_of_dose(out, task->ex, &task->rx);
	state_of_times(out, p, task, sessions);
	out->is_new = 0;
	out->bppv_match = bppv_match(p, task->ex, task->side);
	out->new_sessions = (double)(sessions->n - sessions->fresh);
	out->matched = 0;
	if (out->new_sessions == 0)
		return;
	out->sessions_at_dose = (double)(sessions->n - sessions->at_dose);
	state_of_streaks(out, sessions);
	state_of_amounts(out, sessions);
	state_of_week(out, p, sessions);
	state_of_last(out, sessions);
	state_of_next_day(out, p, task, sessions);
}

void
exercise_state_new(struct exercise_state *out, const struct patient *p, const struct exercise *ex,
        enum side side)
{
	const struct prescription start = prescription_start(ex);

	*out = nothing_known();
	state_of_dose(out, ex, &start);
	out->is_new = 1;
	out->new_sessions = 0;
	out->days_since_regress = NEVER;
	out->last_change_rule = "";
	out->falls_new = out->near_falls_new = out->vomit_new = 0;
	out->bppv_match = bppv_match(p, ex, side);
	out->matched = 0;
}
