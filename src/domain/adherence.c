#include "domain/adherence.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"

#define NO_END INT_MAX

struct stretch {
	int from, to;
	double per_week;
};

struct stretches {
	struct stretch *at;
	size_t n, cap;
};

struct credit {
	int day;
	double sessions; /* 1, or 0.5 when one of two sides was done */
};

/* What is planned of one item on one side, and the days on which it was done. */
struct task {
	struct slice item;
	enum side side;
	struct stretches asked;
	struct credit *done;
	size_t n_done, done_cap;
};

struct planned {
	struct task *task;
	size_t n, cap;
	struct stretches cover; /* days of care that a plan no older than plan-days covers */
};

static bool
is_plan(const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_REVIEW;
}

bool
plan_asks(const struct entry *e)
{
	return e->decision != DECISION_STOP && e->decision != DECISION_REFER &&
	        e->decision != DECISION_PAUSE && !(e->sets == 0) && e->per_week > 0;
}

bool
plans_exercise(const struct catalogue *c, const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_REVIEW &&
	        e->decision != DECISION_REFER && !slice_eq(e->item, "plan") &&
	        !cat_redflag(c, e->item) && !cat_measure(c, e->item);
}

bool
plan_is_of_all_sides(const struct entry *e)
{
	return e->side == SIDE_NONE &&
	        (e->decision == DECISION_STOP || e->decision == DECISION_OVERRIDE);
}

static bool
same_side(const struct entry *later, const struct entry *e)
{
	return later->side == e->side;
}

static bool
meets_side(const struct entry *later, const struct entry *e)
{
	return same_side(later, e) || plan_is_of_all_sides(later) || plan_is_of_all_sides(e);
}

static bool
is_last_word(const struct history *h, const struct entry *e, int day,
        bool (*of_it)(const struct entry *later, const struct entry *e))
{
	for (const struct entry *later = e + 1; later < h->row + h->n; later++)
		if (later->date.day <= day && is_plan(later) && slice_is(later->item, e->item) &&
		        of_it(later, e))
			return false;
	return e->date.day <= day && is_plan(e);
}

bool
plan_in_force(const struct history *h, const struct entry *e, int day)
{
	return is_last_word(h, e, day, same_side);
}

bool
plan_is_to_do(const struct history *h, const struct entry *e, int day)
{
	return plan_asks(e) && is_last_word(h, e, day, meets_side);
}

int
referred_on(const struct history *h)
{
	int plan = DAY_NONE, done = DAY_NONE;
	bool refers = false;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (entry_done(e))
			done = e->date.day;
		if (!is_plan(e))
			continue;
		refers = e->decision == DECISION_REFER || (refers && e->date.day == plan);
		plan = e->date.day;
	}
	return refers && done <= plan ? plan : DAY_NONE;
}

static void
add_stretch(struct stretches *s, struct stretch x)
{
	GROW(s->at, s->cap, s->n);
	s->at[s->n++] = x;
}

static void
add_cover(struct stretches *cover, int day, int plan_days)
{
	struct stretch *last = cover->n ? &cover->at[cover->n - 1] : NULL;

	if (last && day <= last->to + 1)
		last->to = day + plan_days - 1;
	else
		add_stretch(cover, (struct stretch){ day, day + plan_days - 1, 0 });
}

/* A pause and the end of care ask for nothing, from the day on which they are entered. */
static struct stretches
days_of_care(const struct history *h)
{
	struct stretches care = { 0 };

	add_stretch(&care, (struct stretch){ DAY_MIN, NO_END, 0 });
	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		struct stretch *last = &care.at[care.n - 1];
		enum care status;

		if (!profile_status(e, &status))
			continue;
		if (status != CARE_ACTIVE && last->to == NO_END)
			last->to = e->date.day - 1;
		else if (status == CARE_ACTIVE && last->to != NO_END)
			add_stretch(&care, (struct stretch){ e->date.day, NO_END, 0 });
	}
	return care;
}

/* Cuts A down to the days that B has, too. */
static void
cut_to(struct stretches *a, const struct stretches *b)
{
	struct stretches both = { 0 };

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			struct stretch s = a->at[i];
			s.from = s.from > b->at[k].from ? s.from : b->at[k].from;
			s.to = s.to < b->at[k].to ? s.to : b->at[k].to;
			if (s.from <= s.to)
				add_stretch(&both, s);
		}
	free(a->at);
	*a = both;
}

static bool
same_text(struct slice a, struct slice b)
{
	return a.s == b.s || slice_is(a, b);
}

static struct task *
task_of(struct planned *p, const struct entry *e)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->task[i].side == e->side && same_text(p->task[i].item, e->item))
			return &p->task[i];
	GROW(p->task, p->cap, p->n);
	p->task[p->n] = (struct task){ .item = e->item, .side = e->side };
	return &p->task[p->n++];
}

/* From the day of E on, this row is what counts for its task. */
static void
supersede(struct task *t, const struct entry *e)
{
	struct stretch *last = t->asked.n ? &t->asked.at[t->asked.n - 1] : NULL;

	if (last && last->to == NO_END) {
		last->to = e->date.day - 1;
		if (last->to < last->from)
			t->asked.n--;
	}
	if (plan_asks(e))
		add_stretch(&t->asked, (struct stretch){ e->date.day, NO_END, e->per_week });
}

/* How much of a session the sides done on one day are; bits of 1 << side. */
static double
credit_of(enum side planned, unsigned sides)
{
	const unsigned left = 1u << SIDE_LEFT, right = 1u << SIDE_RIGHT;
	const unsigned whole = 1u << SIDE_NONE | 1u << SIDE_BOTH;

	if (planned == SIDE_NONE || (sides & whole))
		return 1;
	if (planned == SIDE_BOTH)
		return (sides & left) && (sides & right) ? 1 : 0.5;
	return sides & 1u << planned ? 1 : 0;
}

static void
find_done(struct task *t, const struct history *h)
{
	int day = DAY_NONE;
	unsigned sides = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_EXERCISE || !same_text(t->item, e->item) || !entry_done(e))
			continue;
		sides = e->date.day == day ? sides | 1u << e->side : 1u << e->side;
		if (e->date.day != day) {
			GROW(t->done, t->done_cap, t->n_done);
			t->n_done++;
		}
		day = e->date.day;
		t->done[t->n_done - 1] = (struct credit){ day, credit_of(t->side, sides) };
	}
}

struct planned *
planned_new(const struct history *h, double plan_days)
{
	struct planned *p = xcalloc(1, sizeof *p);
	struct stretches care;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (!is_plan(e))
			continue;
		add_cover(&p->cover, e->date.day, (int)plan_days);
		supersede(task_of(p, e), e);
	}
	care = days_of_care(h);
	cut_to(&p->cover, &care);
	free(care.at);
	for (size_t i = 0; i < p->n; i++) {
		cut_to(&p->task[i].asked, &p->cover);
		find_done(&p->task[i], h);
	}
	return p;
}

void
planned_free(struct planned *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->task[i].asked.at);
		free(p->task[i].done);
	}
	free(p->task);
	free(p->cover.at);
	free(p);
}

int
planned_first(const struct planned *p, int asof)
{
	int first = DAY_NONE;

	for (size_t i = 0; i < p->n; i++) {
		const struct task *t = &p->task[i];
		if (t->asked.n && t->asked.at[0].from <= asof &&
		        (first == DAY_NONE || t->asked.at[0].from < first))
			first = t->asked.at[0].from;
	}
	return first;
}

int
planned_last(const struct planned *p, int asof)
{
	int last = DAY_NONE;

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->task[i].asked.n; k++) {
			const struct stretch *s = &p->task[i].asked.at[k];
			int to = s->to < asof ? s->to : asof;
			if (s->from <= asof && (last == DAY_NONE || to > last))
				last = to;
		}
	return last;
}

/* Sessions of one task that are planned from one day to another. */
static double
asked_of(const struct task *t, int from, int to)
{
	double sum = 0;

	for (size_t i = 0; i < t->asked.n; i++) {
		const struct stretch *s = &t->asked.at[i];
		int a = s->from > from ? s->from : from, b = s->to < to ? s->to : to;
		if (a <= b)
			sum += (b - a + 1) * s->per_week;
	}
	return sum / 7;
}

static double
done_of(const struct task *t, int from, int to)
{
	double sum = 0;

	for (size_t i = 0; i < t->n_done && t->done[i].day <= to; i++)
		if (t->done[i].day >= from)
			sum += t->done[i].sessions;
	return sum;
}

double
planned_sessions(const struct planned *p, int from, int to)
{
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += asked_of(&p->task[i], from, to);
	return sum;
}

double
adherence(const struct planned *p, int from, int to)
{
	double asked = 0, met = 0;

	for (size_t i = 0; i < p->n; i++) {
		double want = asked_of(&p->task[i], from, to);
		asked += want;
		if (want > 0)
			met += fmin(want, done_of(&p->task[i], from, to));
	}
	return asked > 0 ? 100 * met / asked : UNKNOWN;
}

double
adherence_since_plan(const struct planned *p, int from, int to)
{
	const int first = planned_first(p, to);

	if (first == DAY_NONE)
		return UNKNOWN;
	return adherence(p, from > first ? from : first, to);
}
