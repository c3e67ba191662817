#include "plan/program.h"

#include <stdlib.h>

#include "base/mem.h"

#define IMPORT_DAYS 28

bool
plans_exercise(const struct catalogue *c, const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_REVIEW &&
	        e->decision != DECISION_REFER && !slice_eq(e->item, "plan") &&
	        !cat_redflag(c, e->item) && !cat_measure(c, e->item);
}

struct task *
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

static void
apply_row(struct task *t, const struct entry *e, size_t row)
{
	t->newest = row;
	t->in_program = e->decision != DECISION_STOP;
	if (e->decision == DECISION_OVERRIDE)
		t->override = row;
	if (e->decision == DECISION_STOP)
		t->override = ROW_NONE;
	if (e->decision == DECISION_REGRESS) {
		t->regressed = row;
		t->before_regress = t->rx;
	}
	if (changes_dose(e->decision))
		t->changed = row;
	if (plan_gives_dose(e)) {
		t->dosed = row;
		t->rx = prescription_of(e);
	}
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
		if (!t)
			t = add_task(program, chart->c, e->item, e->side);
		apply_row(t, e, rows->at[i]);
	}
}

/* All plan rows of one day but overrides are a batch; this finds the newest. */
static void
find_batch(struct program *program, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_PLAN];

	program->batch = DAY_NONE;
	program->batch_first = program->batch_last = ROW_NONE;
	for (size_t i = rows->n; i-- > 0;) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->decision == DECISION_OVERRIDE)
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

static double
whole(double x, double least)
{
	return fmax(least, floor(x));
}

/* The dose of the day of which E is the last row, a set or all sets a row. */
static void
dose_done(struct task *t, const struct chart *chart, const struct entry *e)
{
	double sets = 0, reps = 0, counted = 0;

	for (const struct entry *r = e; r >= chart->h.row && r->date.day == e->date.day; r--) {
		if (r->kind != KIND_EXERCISE || r->side != t->side ||
		        !same_item(r->item, t->item) || !entry_done(r))
			continue;
		const double row_sets = known(r->sets) ? r->sets : 1;
		sets += row_sets;
		if (known(r->reps)) {
			counted += row_sets;
			reps += row_sets * r->reps;
		}
	}
	t->rx = (struct prescription){ sets, counted > 0 ? whole(reps / counted, 1) : 1,
		known(e->load_kg) ? e->load_kg : 0, known(e->seconds) ? e->seconds : 0, UNKNOWN };
}

/* What the log lacks is the catalogue's start. */
static void
complete(struct task *t, size_t days)
{
	const double weeks = IMPORT_DAYS / 7.0;

	t->rx.per_week = fmin(7, whole((double)days / weeks + 0.5, 1));
	if (!t->ex)
		return;
	const struct prescription start = prescription_start(t->ex);
	t->rx.per_week = start.per_week;
	if (unit_timed(t->ex->unit) && t->rx.seconds <= 0)
		t->rx.seconds = start.seconds;
}

static void
read_done(struct program *program, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_EXERCISE];

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->date.day <= chart->day - IMPORT_DAYS || !entry_done(e))
			continue;
		struct task *t = program_task(program, e->item, e->side);
		if (!t)
			t = add_task(program, chart->c, e->item, e->side);
		t->in_program = true;
		t->dosed = rows->at[i];
	}
	for (size_t i = 0; i < program->n; i++) {
		struct task *t = &program->task[i];
		int days[IMPORT_DAYS];
		dose_done(t, chart, &chart->h.row[t->dosed]);
		complete(t,
		        done_days(&chart->h, t->item.s, chart->day - IMPORT_DAYS + 1, chart->day,
		                days, IMPORT_DAYS));
	}
}

void
program_make(struct program *program, const struct chart *chart)
{
	program->n = 0;
	read_plans(program, chart);
	find_batch(program, chart);
	program->planned = program->n > 0;
	if (!program->planned)
		read_done(program, chart);
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
