/*
 * Generated patients in a closed loop: each plan is filed and answered by a patient who
 * responds, flares, skips, over- or under-reports, falls, falls ill, raises red flags and gets
 * new limits.  Whatever happens, every plan keeps what a plan must keep.
 *
 * PT_COURSES sets the number of courses (a long run: 20000), PT_SEED the first seed.  One that
 * fails names its seed and its day: PT_COURSES=1 PT_SEED=that repeats it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "plan/admissible.h"
#include "plan/planrows.h"

#define COURSES 2000
#define ROWS_MOST 6000
#define LINES_MOST 128
#define FIRST_DAY 20454 /* 2026-01-01 */
#define COURSE_DAYS 80

/* ---- Chance, the same on every machine ---- */

static uint64_t chance_state;

static uint64_t
chance(void)
{
	uint64_t z = chance_state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static int
pick(int n)
{
	return (int)(chance() % (uint64_t)n);
}

static bool
percent(int p)
{
	return pick(100) < p;
}

/* ---- A course: rows so far, and who the patient is ---- */

enum response { RESPONDS, FLARES, SKIPS, OVERDOES, UNDERDOES, RESPONSES };

struct course {
	struct entry row[ROWS_MOST];
	size_t n;
	int day;
	enum response response;
	int pain, dizzy, flare_until;
	bool central;
};

static struct course course;
static struct planner *planner;
static struct desk desk;
static const struct catalogue *c;

static struct entry *
add(enum kind kind, const char *item)
{
	assert_true(course.n < ROWS_MOST);
	struct entry *e = &course.row[course.n++];

	*e = (struct entry)ENTRY_INIT;
	e->date.day = course.day;
	e->kind = kind;
	e->item = slice_of(item);
	e->patient = slice_of("S1");
	e->text = e->rule = e->note = e->recorded = slice_of("");
	return e;
}

static void
profile(const char *item, const char *text)
{
	add(KIND_PROFILE, item)->text = slice_of(text);
}

static void
value(enum kind kind, const char *item, double x, enum side side)
{
	struct entry *e = add(kind, item);

	e->value = x;
	e->side = side;
}

static void
describe_person(void)
{
	static const char *const irritability[] = { "low", "moderate", "high" };
	static const char *const minutes[] = { "10", "15", "20", "30", "45" };
	static const char *const numbers[] = { "2", "3", "4", "6" };
	static const char *const goals[] = { "walk the dog", "climb stairs", "rise from a chair",
		"5xsts <= 14" };
	const int conditions = 1 + percent(25);

	course.central = false;
	for (int i = 0; i < conditions; i++) {
		const char *id = c->conditions[pick((int)c->n_conditions)].id;
		course.central = course.central || strcmp(id, "central-sensitization") == 0;
		profile("condition", id);
	}
	if (percent(80))
		profile("irritability", irritability[pick(3)]);
	if (percent(80))
		profile("minutes", minutes[pick(5)]);
	if (percent(30))
		profile("exercises", numbers[pick(4)]);
	if (percent(60))
		profile("goal", goals[pick(4)]);
	for (int i = pick(6); i > 0; i--)
		profile("equipment", c->equipment[pick((int)c->n_equipment)].id);
	for (int i = percent(40) ? 1 + pick(2) : 0; i > 0; i--)
		profile("limit", c->limits[pick((int)c->n_limits)].id);
	profile("birth-year", percent(30) ? "1945" : "1970");
}

static void
find_something(void)
{
	const struct finding *f = &c->findings[pick((int)c->n_findings)];
	const enum side side = f->sided ? (enum side)(1 + pick(3)) : SIDE_NONE;

	if (strcmp(f->scale, "event") != 0)
		value(KIND_FINDING, f->id, pick(4), side);
}

static void
measure_something(void)
{
	static const char *const ids[] = { "nprs", "5xsts", "csi", "mrc-sum", "odi",
		"30s-chair-stand" };
	static const int least[] = { 0, 10, 20, 30, 10, 5 }, span[] = { 9, 20, 60, 30, 60, 10 };
	const int i = pick(6);

	value(KIND_MEASURE, ids[i], least[i] + pick(span[i]), SIDE_NONE);
}

static void
take_medicine(void)
{
	static const char *const ids[] = { "prednisone", "tramadol", "oxycodone", "ibuprofen" };
	const int i = pick(4);

	value(KIND_MEDICINE, ids[i], i == 0 ? 5 * pick(10) : 20 * pick(6), SIDE_NONE);
}

/* Of people with positional vertigo: each ear on its own, rarely both. */
static void
test_ears(void)
{
	static const char *const tests[] = { "dix-hallpike-positive", "supine-roll-positive" };
	const struct history h = { .patient = "S1", .row = course.row, .n = course.n };
	const char *id[PROFILE_MOST];
	size_t n = profile_condition_ids(&h, c, course.day, id, PROFILE_MOST);

	while (n > 0 && strcmp(id[n - 1], "bppv") != 0)
		n--;
	if (n > 0)
		value(KIND_FINDING, tests[percent(25)], percent(45) ? 1 + pick(3) : 0,
		        (enum side)(1 + pick(2)));
}

static void
begin_course(uint64_t seed)
{
	chance_state = seed;
	course.n = 0;
	course.day = FIRST_DAY;
	course.response = (enum response)pick(RESPONSES);
	course.pain = 1 + pick(6);
	course.dizzy = pick(4);
	course.flare_until = 0;
	describe_person();
	for (int i = pick(7); i > 0; i--)
		find_something();
	test_ears();
	for (int i = pick(4); i > 0; i--)
		measure_something();
	for (int i = pick(3); i > 0; i--)
		take_medicine();
}

/* ---- What may happen on a day ---- */

static void
events(void)
{
	static const char *const ids[] = { "fall", "near-fall", "unwell", "foot-skin-break",
		"vomiting", "new-numbness" };

	if (percent(2))
		value(KIND_FINDING, ids[pick(6)], 1, SIDE_NONE);
	if (percent(20))
		value(KIND_FINDING, ids[pick(6)], 0, SIDE_NONE);
	if (percent(10))
		test_ears();
	if (percent(3))
		find_something();
	if (percent(8))
		measure_something();
	if (percent(2))
		take_medicine();
	if (percent(1) && percent(40))
		value(KIND_REDFLAG, c->redflags[pick((int)c->n_redflags)].id, 1, SIDE_NONE);
	if (percent(1) && percent(30))
		profile("limit", c->limits[pick((int)c->n_limits)].id);
	if (percent(1) && percent(30))
		profile("equipment", "not counter");
	for (size_t i = 0, n = course.n; i < n; i++)
		if (course.row[i].kind == KIND_REDFLAG && course.row[i].value == 1 && percent(15))
			value(KIND_REDFLAG, course.row[i].item.s, 0, SIDE_NONE);
	if (course.flare_until < course.day && percent(course.response == FLARES ? 6 : 1))
		course.flare_until = course.day + 2 + pick(6);
}

static double
scale(int x)
{
	return x < 0 ? 0 : x > 10 ? 10 : x;
}

static void
do_exercise(const struct task *t)
{
	struct entry *e = add(KIND_EXERCISE, t->item.s);
	const int before = course.pain + (course.flare_until >= course.day ? 3 : 0);
	const int rise = course.response == FLARES && percent(15) ? 3 : pick(10) == 0;
	const double share = course.response == UNDERDOES ? 0.6 + 0.1 * pick(5)
	        : course.response == OVERDOES             ? 1.3
	                                                  : 1;
	const bool timed = t->ex && unit_timed(t->ex->unit);

	e->side = t->side;
	e->sets = t->rx.sets;
	e->reps = timed || !known(t->rx.reps) ? t->rx.reps : floor(t->rx.reps * share);
	e->seconds = timed ? floor(t->rx.seconds * share) : t->rx.seconds;
	e->load_kg = t->rx.load_kg;
	if (percent(90)) {
		e->pain_before = scale(before);
		e->pain_after = scale(before + rise);
	}
	if (percent(50)) {
		e->dizzy_before = scale(course.dizzy);
		e->dizzy_after = scale(course.dizzy + pick(4));
		e->settle_min = pick(30);
	}
	if (percent(80))
		e->rpe = 2 + pick(7);
}

static void
train(void)
{
	const struct program *program = &desk.patient.program;

	for (size_t i = 0; i < program->n; i++) {
		const struct task *t = &program->task[i];
		if (!t->in_program || !(t->rx.per_week > 0) || t->rx.sets == 0 ||
		        course.row[t->newest].decision == DECISION_PAUSE)
			continue;
		if (percent((int)(t->rx.per_week * 100 / 7)) &&
		        percent(course.response == SKIPS ? 35 : 92))
			do_exercise(t);
	}
}

static void
therapist(void)
{
	const struct program *program = &desk.patient.program;

	for (size_t i = 0; i < program->n; i++)
		if (program->task[i].in_program && percent(1) && percent(20)) {
			struct entry *e = add(KIND_PLAN, program->task[i].item.s);
			e->side = program->task[i].side;
			e->decision = percent(70) ? DECISION_OVERRIDE : DECISION_STOP;
			e->rule = slice_of("override");
			if (e->decision == DECISION_STOP)
				continue;
			e->sets = pick(4);
			e->reps = 5;
			e->seconds = 30;
			e->load_kg = 0;
			e->per_week = 3;
		}
}

/* ---- A plan as lines, and filed as rows ---- */

struct lines {
	struct plan_line at[LINES_MOST];
	const struct proposal *of[LINES_MOST];
	size_t n;
};

static void
take_line(const struct plan_line *line, void *context)
{
	struct lines *lines = context;

	assert_true(lines->n < LINES_MOST);
	lines->at[lines->n++] = *line;
}

static struct history
history(void)
{
	return (struct history){ .patient = "S1", .row = course.row, .n = course.n };
}

static const struct plan *
make(struct lines *lines)
{
	const struct history h = history();
	const struct plan *plan = plan_make(planner, &desk, &h, course.day);

	lines->n = 0;
	plan_lines(plan, take_line, lines);
	return plan;
}

/* By is a pointer into the plan, which the next one overwrites: ids are kept as they are. */
struct filed {
	struct slice item;
	enum side side;
	enum decision decision;
	const char *rule;
	struct prescription rx;
};

static size_t
remember(const struct lines *lines, struct filed *out)
{
	for (size_t i = 0; i < lines->n; i++)
		out[i] = (struct filed){ lines->at[i].item, lines->at[i].side,
			lines->at[i].decision, lines->at[i].by->id, lines->at[i].rx };
	return lines->n;
}

static void
file(const struct filed *filed, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct entry *e = add(KIND_PLAN, filed[i].item.s);
		e->side = filed[i].side;
		e->decision = filed[i].decision;
		e->rule = slice_of(filed[i].rule);
		e->sets = filed[i].rx.sets;
		e->reps = filed[i].rx.reps;
		e->load_kg = filed[i].rx.load_kg;
		e->seconds = filed[i].rx.seconds;
		e->per_week = filed[i].rx.per_week;
	}
}

/* ---- What every plan keeps ---- */

static uint64_t seed_now;

#define KEEPS(what, fact)                                                                          \
	do {                                                                                       \
		if (!(fact))                                                                       \
			fail_msg("seed %llu, day %d: %s", (unsigned long long)seed_now,            \
			        course.day - FIRST_DAY, what);                                     \
	} while (0)

static bool
is_active(const struct plan_line *l)
{
	return l->exercise && l->decision != DECISION_STOP && l->decision != DECISION_PAUSE &&
	        l->rx.sets > 0;
}

static void
keeps_limits(const struct lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct plan_line *l = &lines->at[i];
		const struct exercise *ex = cat_exercise(c, l->item);
		if (!is_active(l) || !ex)
			continue;
		KEEPS("an excluded exercise is active", !limit_against(&desk.patient, ex));
		if (l->decision != DECISION_OVERRIDE)
			KEEPS("a forbidden exercise is active",
			        !program_forbids(
			                &desk.patient.program, &desk.patient.chart, ex->id));
		if (l->decision == DECISION_START || l->decision == DECISION_PROGRESS)
			KEEPS("equipment is missing",
			        equipment_at_hand(&desk.patient, ex->equipment));
	}
}

static void
keeps_flags(const struct lines *lines)
{
	int refers = 0;

	if (!(desk.patient.state.redflag >= 2))
		return;
	for (size_t i = 0; i < lines->n; i++) {
		KEEPS("a dose under a red flag",
		        !is_active(&lines->at[i]) && !known(lines->at[i].rx.sets));
		refers += lines->at[i].decision == DECISION_REFER;
	}
	KEEPS("one referral for a red flag", refers == 1);
}

/* From the rows themselves: pain above 5 that a row raised, after the newest plan. */
static bool
was_red(void)
{
	for (size_t i = course.n; i-- > 0;) {
		const struct entry *e = &course.row[i];
		if (e->kind == KIND_PLAN && e->decision != DECISION_OVERRIDE)
			return false;
		if (e->kind == KIND_EXERCISE && e->pain_after > 5 && e->pain_after > e->pain_before)
			return true;
	}
	return false;
}

static void
keeps_red_day(const struct lines *lines)
{
	if (desk.patient.state.redflag != 0 || course.central)
		return;
	KEEPS("a red day goes unseen", desk.patient.state.red_day == 1 || !was_red());
	if (desk.patient.state.red_day != 1)
		return;
	for (size_t i = 0; i < lines->n; i++)
		KEEPS("progress after a red day", lines->at[i].decision != DECISION_PROGRESS);
}

/* One raise: two notches, a tenth rounded up, or 15 s where symptoms are meant to come. */
static double
most_raised(const struct exercise *ex, double dose)
{
	static const char *const by_15[] = { "gaze-stability", "habituation", NULL };
	double most = fmax(dose + 2 * unit_notch(ex->unit), dose_up(ex->unit, dose * 1.1));

	/* Balance walks 4 steps further, which is two notches of steps; seconds 15 in some focuses.
	 */
	if (list_has(by_15, ex->focus) && ex->unit == UNIT_SECONDS)
		most = fmax(most, dose + 15);
	return most;
}

static void
keeps_steps(const struct proposal *r)
{
	const struct task *t = r->task;
	const struct exercise *ex = r->ex;
	const double was = dose_of(&t->rx, ex->unit), is = dose_of(&r->rx, ex->unit);
	const bool heavier = r->rx.load_kg > (known(t->rx.load_kg) ? t->rx.load_kg : 0);

	if (r->decision == DECISION_PROGRESS) {
		const bool restores = r->by.rule && change_step(&r->by.rule->change, VERB_RESTORE);
		if (heavier) {
			KEEPS("load by more than a step",
			        r->rx.load_kg <= (known(t->rx.load_kg) ? t->rx.load_kg : 0) +
			                        ex->load_step_kg + 1e-9);
			KEEPS("load and dose together", !(is > was));
			KEEPS("load without its equipment",
			        equipment_at_hand(&desk.patient, ex->load_equipment));
		}
		if (restores)
			KEEPS("restored beyond", is <= dose_of(&t->before_regress, ex->unit));
		else
			KEEPS("a raise too large", !(is > most_raised(ex, was) + 1e-9));
	}
	if (r->decision == DECISION_REGRESS)
		KEEPS("a regress that raises",
		        !(is > was) && !heavier && !(r->rx.sets > t->rx.sets) &&
		                !(r->rx.per_week > t->rx.per_week));
	if (r->decision == DECISION_HOLD)
		KEEPS("a hold that changes", prescription_same(&r->rx, &t->rx));
}

static void
keeps_doses(const struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct proposal *r = &plan->at[i];
		if (r->decision != DECISION_OVERRIDE)
			KEEPS("sets empty exactly when per_week is",
			        known(r->rx.sets) == known(r->rx.per_week));
		for (size_t j = 0; j < i; j++)
			KEEPS("an exercise twice",
			        plan->at[j].side != r->side ||
			                !slice_is(plan->at[j].item, r->item));
		if (!r->ex || !known(r->rx.sets) || r->decision == DECISION_OVERRIDE)
			continue;
		if (r->task && r->task->override == ROW_NONE && !r->replaces &&
		        r->ex == r->task->ex)
			keeps_steps(r);
		const double dose = dose_of(&r->rx, r->ex->unit);
		const bool overridden = r->task && r->task->changed != ROW_NONE &&
		        course.row[r->task->changed].decision == DECISION_OVERRIDE;
		if (!overridden && r->decision != DECISION_PAUSE)
			KEEPS("a dose out of its range",
			        dose >= unit_least(r->ex->unit) && dose <= dose_most(r->ex) + 1e-9);
	}
}

static double
asked_for(const char *item, double otherwise)
{
	const struct history h = history();
	const double x = profile_number(&h, item, course.day);

	return known(x) ? x : otherwise;
}

static void
keeps_minutes(const struct plan *plan)
{
	KEEPS("more than the minutes of a day",
	        plan_seconds(plan) <= 60 * asked_for("minutes", 20) + 1e-9);
}

/* Of what counts towards the number of exercises: not education, manoeuvres and overrides. */
static bool
counts(const struct plan_line *l)
{
	const struct exercise *ex = cat_exercise(c, l->item);

	return is_active(l) && l->decision != DECISION_OVERRIDE && ex &&
	        strcmp(ex->focus, "education") != 0 && strcmp(ex->focus, "repositioning") != 0;
}

/* Choosing fills up to the number that the profile asks for and never goes beyond. */
static void
keeps_number(const struct lines *lines)
{
	int chosen = 0, active = 0;

	for (size_t i = 0; i < lines->n; i++) {
		active += counts(&lines->at[i]);
		chosen +=
		        counts(&lines->at[i]) && strncmp(lines->at[i].by->id, "first-day", 9) == 0;
	}
	KEEPS("chosen beyond the number", chosen == 0 || active <= asked_for("exercises", 4));
}

static void
keeps_rules(const struct lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct plan_line *l = &lines->at[i];
		KEEPS("a rule nobody knows",
		        rules_find(planner->rules, l->by->id) ||
		                list_has(builtin_rules, l->by->id));
		KEEPS("a medicine in a plan", !cat_medicine(c, l->item));
	}
}

static void
keeps_all(const struct plan *plan, const struct lines *lines)
{
	keeps_limits(lines);
	keeps_flags(lines);
	keeps_red_day(lines);
	keeps_doses(plan);
	if (desk.patient.state.redflag == 0)
		keeps_minutes(plan);
	keeps_number(lines);
	keeps_rules(lines);
}

static bool
same_line(const struct filed *a, const struct filed *b)
{
	return slice_is(a->item, b->item) && a->side == b->side && a->decision == b->decision &&
	        strcmp(a->rule, b->rule) == 0 && prescription_same(&a->rx, &b->rx);
}

static void
keeps_plan(const char *what, const struct filed *filed, size_t n)
{
	struct lines again;
	struct filed second[LINES_MOST];

	make(&again);
	KEEPS(what, remember(&again, second) == n);
	for (size_t i = 0; i < n; i++)
		KEEPS(what, same_line(&filed[i], &second[i]));
}

/* Something stood still that may go on again, or there is nothing that could. */
static bool
may_start(const struct filed *filed, size_t n)
{
	bool active = false;

	for (size_t i = 0; i < n; i++) {
		if (filed[i].decision == DECISION_STOP || filed[i].decision == DECISION_PAUSE ||
		        filed[i].decision == DECISION_REFER)
			return true;
		active = active || filed[i].rx.sets > 0;
	}
	return !active;
}

/*
 * A later day on which nothing was logged gives no progress but that of time, no second cut, and
 * nothing new.
 */
static void
keeps_quiet_day(const struct filed *filed, size_t n)
{
	static const char *const of_time[] = { "cs-progress", "cs-flare-over", "oa-flare-over",
		"oa-flare-full", NULL };
	struct lines later;

	course.day++;
	make(&later);
	course.day--;
	for (size_t i = 0; i < later.n; i++) {
		const struct plan_line *l = &later.at[i];
		if (l->decision == DECISION_PROGRESS)
			KEEPS("progress without a session", list_has(of_time, l->by->id));
		if (l->decision == DECISION_START && strncmp(l->by->id, "gap-", 4) != 0)
			KEEPS("a start out of nothing", may_start(filed, n));
		if (l->decision != DECISION_REGRESS || strncmp(l->by->id, "gap-", 4) == 0)
			continue;
		for (size_t k = 0; k < n; k++)
			KEEPS("the same cut twice",
			        filed[k].decision != DECISION_REGRESS ||
			                strcmp(filed[k].rule, l->by->id) != 0 ||
			                !slice_is(filed[k].item, l->item));
	}
}

/* An exercise that both plans hold is no heavier and no longer in the one with the limit, unless
 * it had only been held back for want of minutes. */
static void
keeps_no_more(const struct lines *limited, const struct filed *filed, size_t n)
{
	for (size_t i = 0; i < limited->n; i++) {
		const struct plan_line *l = &limited->at[i];
		const struct exercise *ex = cat_exercise(c, l->item);
		for (size_t k = 0; k < n && ex && is_active(l); k++) {
			if (!slice_is(filed[k].item, l->item) || filed[k].side != l->side ||
			        !known(filed[k].rx.sets) ||
			        strcmp(filed[k].rule, "minutes-budget") == 0)
				continue;
			KEEPS("a limit adds load", !(l->rx.load_kg > filed[k].rx.load_kg));
			KEEPS("a limit adds to the dose",
			        !(dose_of(&l->rx, ex->unit) > dose_of(&filed[k].rx, ex->unit)) &&
			                !(l->rx.sets > filed[k].rx.sets));
		}
	}
}

static void
keeps_when_flagged(void)
{
	struct lines lines;
	const size_t n = course.n;

	value(KIND_REDFLAG, "chest-pain", 1, SIDE_NONE);
	make(&lines);
	for (size_t i = 0; i < lines.n; i++)
		KEEPS("a dose after a red flag", !known(lines.at[i].rx.sets));
	course.n = n;
}

static void
keeps_when_limited(const struct filed *filed, size_t n)
{
	struct lines lines;
	const size_t rows = course.n;

	profile("limit", c->limits[pick((int)c->n_limits)].id);
	make(&lines);
	keeps_limits(&lines);
	keeps_no_more(&lines, filed, n);
	course.n = rows;
}

/* ---- The loop ---- */

static void
plan_day(void)
{
	struct lines lines;
	struct filed filed[LINES_MOST];

	const struct plan *plan = make(&lines);
	keeps_all(plan, &lines);
	const size_t n = remember(&lines, filed);
	keeps_plan("the same rows give another plan", filed, n);
	if (percent(20)) {
		keeps_when_flagged();
		keeps_when_limited(filed, n);
	}
	file(filed, n);
	keeps_plan("planning twice is not planning once", filed, n);
	if (percent(20))
		keeps_quiet_day(filed, n);
}

static void
run_course(uint64_t seed)
{
	struct lines lines;
	int next_plan = 0;

	seed_now = seed;
	begin_course(seed);
	for (; course.day < FIRST_DAY + COURSE_DAYS && course.n < ROWS_MOST - 400; course.day++) {
		events();
		if (course.day >= FIRST_DAY + next_plan) {
			plan_day();
			next_plan = course.day - FIRST_DAY +
			        (percent(10) ? 12 + pick(20) : 1 + pick(7));
		}
		make(&lines); /* the program as it stands, for the patient to follow */
		if (percent(95))
			train();
		therapist();
		if (percent(1))
			course.day += pick(40);
	}
}

static long
setting(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? atol(text) : otherwise;
}

static void
courses(void **state)
{
	const long n = setting("PT_COURSES", COURSES), first = setting("PT_SEED", 1);

	(void)state;
	for (long i = 0; i < n; i++)
		run_course((uint64_t)(first + i));
}

/* Central sensitisation: one session, whatever its pain, takes nothing away. */
static void
one_bad_day(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct lines lines;
		struct filed filed[LINES_MOST];
		seed_now = seed;
		begin_course(seed);
		course.n = 0;
		profile("condition", "central-sensitization");
		value(KIND_MEASURE, "nprs", 2 + pick(5), SIDE_NONE);
		value(KIND_FINDING, "fear-of-movement", 2, SIDE_NONE);
		make(&lines);
		file(filed, remember(&lines, filed));
		make(&lines);
		course.response = RESPONDS;
		course.pain = 9;
		course.day++;
		train();
		course.day++;
		value(KIND_MEASURE, "nprs", 9, SIDE_NONE);
		make(&lines);
		for (size_t i = 0; i < lines.n; i++)
			KEEPS("one bad day lowers a quota",
			        lines.at[i].decision != DECISION_REGRESS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(courses),
		cmocka_unit_test(one_bad_day) };

	c = catalogue_builtin();
	planner = planner_new(c, NULL);
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);
	desk_free(&desk);
	planner_free(planner);
	return failed;
}
