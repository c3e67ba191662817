#include "plan/sessions.h"

#include <stdlib.h>

#include "base/mem.h"

#define COMPLETE 99.5

static const struct exercise_day *
exercise_day_on(const struct chart *chart, int day)
{
	size_t low = 0, high = chart->n_days;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (chart->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return &chart->days[low];
}

static double
work_of(const struct prescription *rx, const struct exercise *ex)
{
	const double sets = known(rx->sets) ? rx->sets : 1;

	if (sets == 0)
		return 0;
	if (!unit_timed(ex->unit))
		return sets * rx->reps;
	return sets * (known(rx->reps) ? rx->reps : 1) * rx->seconds;
}

/* How much of the planned load a row used, at most 1; 1 when either is unknown. */
static double
load_share(const struct prescription *done, const struct prescription *planned)
{
	if (!(planned->load_kg > 0) || !(done->load_kg < planned->load_kg))
		return 1;
	return done->load_kg / planned->load_kg;
}

/* What is summed over the rows of one session. */
struct tally {
	double work, loaded;
};

static void
add_row(struct session *s, struct tally *t, const struct task *task, const struct entry *e,
        const struct prescription *planned)
{
	const struct prescription done = prescription_of(e);
	const bool one_of_two =
	        task->side == SIDE_BOTH && (e->side == SIDE_LEFT || e->side == SIDE_RIGHT);

	if (task->ex) {
		const double work = work_of(&done, task->ex) * (one_of_two ? 0.5 : 1);
		t->work += work;
		t->loaded += work * load_share(&done, planned);
	}
	s->done = s->done || entry_done(e);
	if (!known(s->pain_before))
		s->pain_before = e->pain_before;
	if (!known(s->dizzy_before))
		s->dizzy_before = e->dizzy_before;
	s->pain_after = fmax(s->pain_after, e->pain_after);
	s->dizzy_after = fmax(s->dizzy_after, e->dizzy_after);
	s->settle_min = fmax(s->settle_min, e->settle_min);
	s->rpe = fmax(s->rpe, e->rpe);
	s->extra_reps = done.reps - planned->reps;
}

static double
or_of_day(double own, double of_day)
{
	return known(own) ? own : of_day;
}

static double
reading_rise(const struct dailies *readings, size_t reading, double before)
{
	return reading == SIZE_MAX ? UNKNOWN : readings->at[reading].value - before;
}

static void
finish(struct session *s, const struct tally *t, const struct chart *chart, const struct task *task,
        const struct prescription *planned, const struct patient_settings *settings)
{
	const struct exercise_day *day = exercise_day_on(chart, s->day);

	s->pain_before = or_of_day(s->pain_before, day->pain_before);
	s->pain_after = or_of_day(s->pain_after, day->pain_after);
	s->dizzy_before = or_of_day(s->dizzy_before, day->dizzy_before);
	s->dizzy_after = or_of_day(s->dizzy_after, day->dizzy_after);
	s->settings = settings;
	if (!known(s->settle_min) && session_dizzy_rise(s) <= 0)
		s->settle_min = 0;
	s->pain_reading = reading_next(&chart->pains, s->day);
	s->pain_next_rise = reading_rise(&chart->pains, s->pain_reading, s->pain_before);
	s->dizzy_reading = reading_next(&chart->dizzies, s->day);
	s->dizzy_next_rise = reading_rise(&chart->dizzies, s->dizzy_reading, s->dizzy_before);
	if (!task->ex)
		return;
	const double asked = work_of(planned, task->ex);
	if (asked > 0)
		s->completion = 100 * t->loaded / asked;
	double shares = known(planned->sets) ? planned->sets : 1;
	if (unit_timed(task->ex->unit) && known(planned->reps))
		shares *= planned->reps;
	if (asked > 0 && shares > 0)
		s->done_dose = t->work / shares;
}

/* The plan rows of one task, walked along with its sessions. */
struct plan_walk {
	const struct chart *chart;
	const struct task *task;
	size_t place; /* in of[KIND_PLAN] */
	struct prescription planned;
};

static bool
of_task(const struct entry *e, const struct task *task)
{
	return e->side == task->side && same_item(e->item, task->item) &&
	        e->decision != DECISION_REVIEW && e->decision != DECISION_REFER;
}

static void
walk_to(struct plan_walk *walk, size_t row)
{
	const struct row_list *plans = &walk->chart->of[KIND_PLAN];

	for (; walk->place < plans->n && plans->at[walk->place] < row; walk->place++) {
		const struct entry *e = &walk->chart->h.row[plans->at[walk->place]];
		if (of_task(e, walk->task))
			walk->planned = prescription_of(e);
	}
}

static struct session *
begin(struct sessions *sessions, int day, size_t row)
{
	GROW(sessions->at, sessions->cap, sessions->n);
	struct session *s = &sessions->at[sessions->n++];

	*s = (struct session){ .day = day,
		.first = row,
		.completion = UNKNOWN,
		.done_dose = UNKNOWN,
		.extra_reps = UNKNOWN,
		.pain_before = UNKNOWN,
		.pain_after = UNKNOWN,
		.dizzy_before = UNKNOWN,
		.dizzy_after = UNKNOWN,
		.settle_min = UNKNOWN,
		.rpe = UNKNOWN };
	return s;
}

static size_t
first_after(const struct sessions *sessions, size_t row)
{
	size_t i = sessions->n;

	if (row == ROW_NONE)
		return 0;
	while (i > 0 && sessions->at[i - 1].first > row)
		i--;
	return i;
}

void
sessions_make(struct sessions *sessions, const struct chart *chart, const struct task *task,
        const struct patient_settings *settings)
{
	const struct logged_item *item = chart_item(chart, task->item);
	struct plan_walk walk = { chart, task, 0, PRESCRIPTION_EMPTY };
	struct tally tally = { 0, 0 };
	struct session *s = NULL;

	sessions->n = 0;
	for (size_t k = item ? item->first : ROW_NONE; k != ROW_NONE; k = chart->next[k]) {
		const size_t row = chart->of[KIND_EXERCISE].at[k];
		const struct entry *e = &chart->h.row[row];
		if (!sides_meet(task->side, e->side))
			continue;
		if (!s || s->day != e->date.day) {
			if (s)
				finish(s, &tally, chart, task, &walk.planned, settings);
			walk_to(&walk, row);
			s = begin(sessions, e->date.day, row);
			tally = (struct tally){ 0, 0 };
		}
		add_row(s, &tally, task, e, &walk.planned);
	}
	if (s)
		finish(s, &tally, chart, task, &walk.planned, settings);
	sessions->fresh = first_after(sessions, task->since);
	sessions->at_dose =
	        first_after(sessions, task->newest == ROW_NONE ? task->since : task->changed);
}

void
sessions_free(struct sessions *sessions)
{
	free(sessions->at);
	*sessions = (struct sessions){ 0 };
}

double
session_pain_rise(const struct session *s)
{
	return s->pain_after - s->pain_before;
}

double
session_dizzy_rise(const struct session *s)
{
	return s->dizzy_after - s->dizzy_before;
}

bool
session_complete(const struct session *s)
{
	return s->completion >= COMPLETE;
}

static bool
pain_high(const struct session *s)
{
	return s->pain_after > s->settings->pain_limit;
}

bool
session_red(const struct session *s)
{
	return pain_high(s) && session_pain_rise(s) > 0;
}

bool
session_good(const struct session *s)
{
	const struct patient_settings *limit = s->settings;
	const bool hurt = pain_high(s) && !(session_pain_rise(s) <= 0);

	return session_complete(s) && !hurt && !(s->pain_next_rise >= limit->good_next_day) &&
	        !(session_dizzy_rise(s) >= limit->good_dizzy) && !(s->rpe > limit->good_rpe);
}

/* The rise of one item on one day: its largest pain after against its first pain before. */
static double
item_pain_rise(const struct chart *chart, const struct exercise_day *day, struct slice item)
{
	double before = UNKNOWN, most = UNKNOWN;

	for (size_t k = day->from; k < day->to; k++) {
		const struct entry *e = &chart->h.row[chart->of[KIND_EXERCISE].at[k]];
		if (!same_item(e->item, item))
			continue;
		if (!known(before))
			before = e->pain_before;
		most = fmax(most, e->pain_after);
	}
	return most - or_of_day(before, day->pain_before);
}

double
other_pain_rise(const struct chart *chart, int day, struct slice item)
{
	const struct exercise_day *d = exercise_day_on(chart, day);
	double most = UNKNOWN;

	for (size_t k = d->from; k < d->to; k++) {
		const struct entry *e = &chart->h.row[chart->of[KIND_EXERCISE].at[k]];
		if (!same_item(e->item, item))
			most = fmax(most, item_pain_rise(chart, d, e->item));
	}
	return most;
}
