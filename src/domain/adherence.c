#include "domain/adherence.h"

#include <limits.h>
#include <stdlib.h>

#include "base/mem.h"

#define NO_END INT_MAX

struct stretch {
	int from, to;
	double per_week;
};

struct credit {
	int day;
	double sessions; /* 1, or 0.5 when one of two sides was done */
};

/* What is planned of one item on one side, and the days on which it was done. */
struct task {
	struct slice item;
	enum side side;
	struct stretch *asked;
	size_t n_asked, asked_cap;
	struct credit *done;
	size_t n_done, done_cap;
};

struct planned {
	struct task *task;
	size_t n, cap;
	struct stretch *cover; /* days that a plan no older than plan-days covers */
	size_t n_cover, cover_cap;
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

const struct entry *
plan_in_force(const struct history *h, const char *item, enum side side, int day)
{
	for (size_t i = h->n; i-- > 0;) {
		const struct entry *e = &h->row[i];
		if (e->date.day <= day && is_plan(e) && e->side == side && slice_eq(e->item, item))
			return e;
	}
	return NULL;
}

static void
add_cover(struct planned *p, int day, int plan_days)
{
	if (p->n_cover && day <= p->cover[p->n_cover - 1].to + 1) {
		p->cover[p->n_cover - 1].to = day + plan_days - 1;
		return;
	}
	GROW(p->cover, p->cover_cap, p->n_cover);
	p->cover[p->n_cover++] = (struct stretch){ day, day + plan_days - 1, 0 };
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
	struct stretch *last = t->n_asked ? &t->asked[t->n_asked - 1] : NULL;

	if (last && last->to == NO_END) {
		last->to = e->date.day - 1;
		if (last->to < last->from)
			t->n_asked--;
	}
	if (!plan_asks(e))
		return;
	GROW(t->asked, t->asked_cap, t->n_asked);
	t->asked[t->n_asked++] = (struct stretch){ e->date.day, NO_END, e->per_week };
}

/* Cuts what a task asks for down to the days that a plan covers. */
static void
cut_to_cover(struct task *t, const struct planned *p)
{
	struct stretch *all = t->asked;
	size_t n = t->n_asked;

	t->asked = NULL;
	t->n_asked = t->asked_cap = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < p->n_cover; k++) {
			struct stretch s = all[i];
			s.from = s.from > p->cover[k].from ? s.from : p->cover[k].from;
			s.to = s.to < p->cover[k].to ? s.to : p->cover[k].to;
			if (s.from > s.to)
				continue;
			GROW(t->asked, t->asked_cap, t->n_asked);
			t->asked[t->n_asked++] = s;
		}
	free(all);
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

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (!is_plan(e))
			continue;
		add_cover(p, e->date.day, (int)plan_days);
		supersede(task_of(p, e), e);
	}
	for (size_t i = 0; i < p->n; i++) {
		cut_to_cover(&p->task[i], p);
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
		free(p->task[i].asked);
		free(p->task[i].done);
	}
	free(p->task);
	free(p->cover);
	free(p);
}

int
planned_first(const struct planned *p, int asof)
{
	int first = DAY_NONE;

	for (size_t i = 0; i < p->n; i++) {
		const struct task *t = &p->task[i];
		if (t->n_asked && t->asked[0].from <= asof &&
		        (first == DAY_NONE || t->asked[0].from < first))
			first = t->asked[0].from;
	}
	return first;
}

int
planned_last(const struct planned *p, int asof)
{
	int last = DAY_NONE;

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->task[i].n_asked; k++) {
			const struct stretch *s = &p->task[i].asked[k];
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

	for (size_t i = 0; i < t->n_asked; i++) {
		int a = t->asked[i].from > from ? t->asked[i].from : from;
		int b = t->asked[i].to < to ? t->asked[i].to : to;
		if (a <= b)
			sum += (b - a + 1) * t->asked[i].per_week;
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
