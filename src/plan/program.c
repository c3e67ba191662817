#include "plan/program.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* The task of an item and side, or NULL. */
static struct task *
program_task(const struct program *program, struct slice item, enum side side)
{
	for (size_t i = 0; i < program->n; i++)
		if (program->task[i].side == side && same_item(program->task[i].item, item))
			return &program->task[i];
	return NULL;
}

static struct task *
add_task(struct program *program, const struct catalogue *c, struct slice item, enum side side)
{
	GROW(program->task, program->cap, program->n);
	struct task *t = &program->task[program->n++];

	*t = (struct task){
		.item = item,
		.side = side,
		.ex = cat_exercise(c, item),
		.newest = ROW_NONE,
		.since = program->since,
		.changed = ROW_NONE,
		.regressed = ROW_NONE,
		.override = ROW_NONE,
		.dosed = ROW_NONE,
		.rx = PRESCRIPTION_EMPTY,
		.before_regress = PRESCRIPTION_EMPTY,
	};
	return t;
}

static bool
changes_dose(enum decision decision)
{
	return decision == DECISION_START || decision == DECISION_PROGRESS ||
	        decision == DECISION_REGRESS || decision == DECISION_OVERRIDE;
}

bool
plan_gives_dose(const struct entry *e)
{
	return e->decision != DECISION_PAUSE && e->decision != DECISION_STOP && e->sets != 0 &&
	        (known(e->sets) || known(e->reps) || known(e->seconds));
}

/* A dose of a person's own ends an override; the planner's rows only repeat it, or pause. */
static bool
ends_override(const struct entry *e)
{
	return e->decision == DECISION_STOP ||
	        (e->rule.n == 0 && e->decision != DECISION_OVERRIDE && plan_gives_dose(e));
}

/* An override that says how much and not how often keeps the days that there were. */
static struct prescription
dose_in(const struct task *t, const struct entry *e)
{
	struct prescription rx = prescription_of(e);

	if (e->decision == DECISION_OVERRIDE && !known(rx.per_week))
		rx.per_week = known(t->rx.per_week) ? t->rx.per_week
		        : t->ex                     ? t->ex->per_week
		                                    : UNKNOWN;
	return rx;
}

static void
apply_row(struct task *t, const struct entry *e, size_t row)
{
	t->newest = t->since = row;
	t->in_program = e->decision != DECISION_STOP;
	if (e->decision == DECISION_OVERRIDE)
		t->override = row;
	else if (ends_override(e))
		t->override = ROW_NONE;
	if (e->decision == DECISION_REGRESS) {
		t->regressed = row;
		t->before_regress = t->rx;
	}
	if (changes_dose(e->decision))
		t->changed = row;
	if (plan_gives_dose(e)) {
		t->dosed = row;
		t->rx = dose_in(t, e);
	} else if (e->decision == DECISION_OVERRIDE && known(e->per_week)) {
		t->rx.per_week = e->per_week;
	}
}

/* Applies a row of all sides to each that is planned; were there any? */
static bool
apply_to_sides(struct program *program, const struct entry *e, size_t row)
{
	bool any = false;

	if (!plan_is_of_all_sides(e))
		return false;
	for (size_t i = 0; i < program->n; i++) {
		struct task *t = &program->task[i];
		if (t->side == SIDE_NONE || !t->in_program || !same_item(t->item, e->item))
			continue;
		apply_row(t, e, row);
		any = true;
	}
	return any;
}

static void
read_plans(struct program *program, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_PLAN];

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		struct task *t = program_task(program, e->item, e->side);
		if (e->decision == DECISION_REVIEW || e->decision == DECISION_REFER)
			continue;
		if (!t && !plans_exercise(chart->c, e))
			continue;
		const bool reached = apply_to_sides(program, e, rows->at[i]);
		if (reached && !(t && t->in_program))
			continue;
		if (!t)
			t = add_task(program, chart->c, e->item, e->side);
		apply_row(t, e, rows->at[i]);
	}
}

static bool
has_rules(const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_PLAN];

	for (size_t i = rows->n; i-- > 0;)
		if (chart->h.row[rows->at[i]].rule.n > 0)
			return true;
	return false;
}

/*
 * All plan rows of one day but overrides are a batch; this finds the newest.  Where there are rows
 * of the planner, a person's rows make no batch: what hurt since the plan still counts.
 */
static void
find_batch(struct program *program, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_PLAN];
	const bool planned = has_rules(chart);

	program->batch = DAY_NONE;
	program->batch_first = program->batch_last = ROW_NONE;
	for (size_t i = rows->n; i-- > 0;) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->decision == DECISION_OVERRIDE || (planned && e->rule.n == 0))
			continue;
		if (program->batch == DAY_NONE) {
			program->batch = e->date.day;
			program->batch_last = rows->at[i];
		}
		if (e->date.day != program->batch)
			return;
		program->batch_first = rows->at[i];
	}
}

/* An old bad day says nothing of what begins now. */
static void
find_since(struct program *program, const struct chart *chart, double history_days)
{
	size_t i = chart->h.n;

	while (i > 0 && chart->h.row[i - 1].date.day > chart->day - history_days)
		i--;
	program->since = program->batch_last != ROW_NONE ? program->batch_last
	        : i > 0                                  ? i - 1
	                                                 : ROW_NONE;
}

/* ---- An import: what was done ---- */

/* A mean, each figure weighed by how much was done of it; what is unknown has no part in it. */
struct mean {
	double sum, weight, least;
};

static void
mean_add(struct mean *m, double x, double weight)
{
	if (!known(x))
		return;
	m->sum += weight * x;
	m->weight += weight;
	m->least = fmin(m->least, x);
}

/* To whole steps, never above the mean and never below the least: what was always so stays so. */
static double
mean_down(const struct mean *m, double step)
{
	if (!(m->weight > 0))
		return UNKNOWN;
	return fmax(m->least, floor(m->sum / m->weight / step + NUM_SLACK) * step);
}

static bool
done_of(const struct task *t, const struct entry *e)
{
	return e->kind == KIND_EXERCISE && e->side == t->side && same_item(e->item, t->item) &&
	        entry_done(e);
}

/*
 * The dose of the day of the task's newest row, one set or all sets a row.  How often or how long
 * stays unknown where no row says it: the catalogue's start is not what was done.  A set with
 * seconds alone is one repetition, and what was done without a load had none.
 */
static struct prescription
dose_done(const struct task *t, const struct chart *chart)
{
	const double step = load_step(t->ex);
	struct mean reps = { .least = UNKNOWN }, load = reps, seconds = reps;
	double sets = 0;

	for (size_t i = t->dosed + 1; i-- > 0;) {
		const struct entry *e = &chart->h.row[i];
		if (e->date.day != chart->h.row[t->dosed].date.day)
			break;
		if (!done_of(t, e))
			continue;
		const double of_row = known(e->sets) ? e->sets : 1;
		const double work = of_row * (known(e->reps) ? e->reps : 1);
		sets += of_row;
		mean_add(&reps, e->reps, of_row);
		mean_add(&load, e->load_kg, work);
		mean_add(&seconds, e->seconds, work);
	}
	if (known(seconds.least) && !known(reps.least))
		mean_add(&reps, 1, 1);
	if (!known(load.least))
		mean_add(&load, 0, 1);
	return (struct prescription){ sets, mean_down(&reps, 1), mean_down(&load, step),
		mean_down(&seconds, 1), UNKNOWN };
}

/* Days a week on which it was done, since it was first done in the time looked at. */
static double
weekly_done(const struct task *t, const struct chart *chart, double history_days)
{
	int first = chart->day, last = DAY_NONE;
	double days = 0;

	for (size_t i = t->dosed + 1; i-- > 0;) {
		const struct entry *e = &chart->h.row[i];
		if (e->date.day <= chart->day - history_days)
			break;
		if (!done_of(t, e) || e->date.day == last)
			continue;
		first = last = e->date.day;
		days++;
	}
	const double weeks = fmax(1, (chart->day - first + 1) / 7.0);
	return fmin(7, fmax(1, floor(days / weeks + 0.5)));
}

static void
read_done(struct program *program, const struct chart *chart, double history_days)
{
	const struct row_list *rows = &chart->of[KIND_EXERCISE];

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->date.day <= chart->day - history_days || !entry_done(e))
			continue;
		struct task *t = program_task(program, e->item, e->side);
		if (!t)
			t = add_task(program, chart->c, e->item, e->side);
		t->in_program = true;
		t->dosed = rows->at[i];
	}
	for (size_t i = 0; i < program->n; i++) {
		struct task *t = &program->task[i];
		t->rx = dose_done(t, chart);
		t->rx.per_week = weekly_done(t, chart, history_days);
	}
}

void
program_make(struct program *program, const struct chart *chart, double history_days)
{
	program->n = 0;
	find_batch(program, chart);
	find_since(program, chart, history_days);
	read_plans(program, chart);
	program->planned = program->n > 0;
	if (!program->planned)
		read_done(program, chart, history_days);
}

void
program_free(struct program *program)
{
	free(program->task);
	*program = (struct program){ 0 };
}

bool
program_forbids(const struct program *program, const struct chart *chart, const char *item)
{
	for (size_t i = 0; i < program->n; i++) {
		const struct task *t = &program->task[i];
		if (t->override != ROW_NONE && chart->h.row[t->override].sets == 0 &&
		        slice_eq(t->item, item))
			return true;
	}
	return false;
}
