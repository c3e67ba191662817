/* Changes of a dose: the verbs, their rounding, their limits, and when an alternative is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plan/change.h"

static const char *const nothing[] = { NULL };
static const struct exercise base = { .id = "x",
	.focus = "strength",
	.unit = UNIT_REPS,
	.sets = 3,
	.start_reps = 8,
	.start_seconds = 30,
	.load_step_kg = 2,
	.max_reps = 12,
	.per_week = 5,
	.easier = "",
	.harder = "",
	.equipment = nothing };
static const struct exercise harder = {
	.id = "y", .focus = "strength", .unit = UNIT_REPS, .sets = 2, .start_reps = 5, .per_week = 3
};
static struct exercise ex;
static struct patient patient;
static struct exercise_state state;
static struct dose_case in;
static struct dose_result out;

static int
prepare(void **test)
{
	static struct view view = { &patient, NULL, &state };

	(void)test;
	ex = base;
	state.start_dose = 8;
	state.mean_done_2 = 6.5;
	in = (struct dose_case){ .ex = &ex,
		.now = { 3, 10, 4, 30, 3 },
		.last = { 3, 8, 2, 30, 3 },
		.before_regress = PRESCRIPTION_EMPTY,
		.load_at_hand = true,
		.caps = CAPS_NONE,
		.view = &view };
	return 0;
}

static bool
apply(const char *text, enum decision decision)
{
	const struct cond_vocabulary v = vocabulary_of(SCOPE_EXERCISE, catalogue_builtin());
	struct change_error error;
	struct change change;

	if (!change_compile(&change, text, &v, &error))
		fail_msg("%s: %s", text, error.text);
	const bool effect = change_apply(&change, decision, &in, &out);
	change_free(&change);
	return effect;
}

static void
raises(void **test)
{
	(void)test;
	assert_true(apply("dose +1", DECISION_PROGRESS));
	assert_float_equal(out.rx.reps, 11, 0);
	assert_true(apply("dose +10", DECISION_PROGRESS)); /* never past the most */
	assert_float_equal(out.rx.reps, 12, 0);
	assert_true(apply("dose +10%", DECISION_PROGRESS));
	assert_float_equal(out.rx.reps, 11, 0);
	in.caps.notches = 1;
	assert_true(apply("dose +2", DECISION_PROGRESS));
	assert_float_equal(out.rx.reps, 11, 0);
}

static void
units(void **test)
{
	(void)test;
	ex.unit = UNIT_MINUTES;
	ex.max_reps = 10;
	in.now = (struct prescription){ 1, 1, 0, 270, 3 };
	assert_true(apply("minutes +10%", DECISION_PROGRESS)); /* 297, up to 30 s */
	assert_float_equal(out.rx.seconds, 300, 0);
	assert_true(apply("seconds +5; steps +4; minutes +1", DECISION_PROGRESS));
	assert_float_equal(out.rx.seconds, 330, 0);
	assert_false(apply("seconds +5; steps +4", DECISION_PROGRESS));
	assert_true(apply("dose *0.75", DECISION_REGRESS)); /* 202.5, down to 30 s */
	assert_float_equal(out.rx.seconds, 180, 0);
	in.now.seconds = 60;
	assert_false(apply("dose *0.5", DECISION_REGRESS)); /* the least dose */
}

static void
cuts(void **test)
{
	(void)test;
	assert_true(apply("sets -1 min 1; load_kg -10%", DECISION_REGRESS));
	assert_float_equal(out.rx.sets, 2, 0);
	assert_float_equal(out.rx.load_kg, 2, 0);                   /* 3.6, down to whole steps */
	assert_true(apply("dose = mean_done_2", DECISION_REGRESS)); /* up */
	assert_float_equal(out.rx.reps, 7, 0);
	state.mean_done_2 = 11;
	assert_false(apply("dose = mean_done_2", DECISION_REGRESS)); /* would raise */
	assert_true(apply("from last; dose *0.75", DECISION_REGRESS));
	assert_float_equal(out.rx.reps, 6, 0);
	assert_float_equal(out.rx.load_kg, 2, 0);
}

static void
first_doses_round_up(void **test)
{
	(void)test;
	in.begins = true;
	assert_true(apply("dose *0.75", DECISION_START));
	assert_float_equal(out.rx.reps, 8, 0);
}

static void
load(void **test)
{
	(void)test;
	assert_true(apply(
	        "load_kg +step; dose = start_dose else dose +2 else harder", DECISION_PROGRESS));
	assert_float_equal(out.rx.load_kg, 6, 0);
	assert_float_equal(out.rx.reps, 8, 0);
	in.load_at_hand = false;
	assert_true(apply("load_kg +step; dose = start_dose else dose +2", DECISION_PROGRESS));
	assert_float_equal(out.rx.load_kg, 4, 0);
	assert_float_equal(out.rx.reps, 12, 0);
	in.load_at_hand = true;
	in.caps.no_load = true;
	assert_false(apply("load_kg +step", DECISION_PROGRESS));
}

static void
chain(void **test)
{
	(void)test;
	assert_false(apply("harder", DECISION_PROGRESS)); /* there is none */
	in.harder = &harder;
	in.now.per_week = 5;
	assert_true(apply("harder", DECISION_PROGRESS));
	assert_ptr_equal(out.ex, &harder);
	assert_float_equal(out.rx.reps, 5, 0);
	assert_float_equal(out.rx.load_kg, 0, 0);
	assert_float_equal(out.rx.per_week, 3, 0);
	in.caps.no_harder = true;
	assert_false(apply("harder", DECISION_PROGRESS));
	assert_true(apply("harder else drop", DECISION_PROGRESS));
	assert_true(out.dropped);
}

static void
restores(void **test)
{
	(void)test;
	assert_false(apply("restore 100%", DECISION_PROGRESS)); /* nothing was cut */
	in.now.reps = 5;
	in.before_regress = (struct prescription){ 3, 10, 4, 30, 3 };
	assert_true(apply("restore 75%", DECISION_PROGRESS));
	assert_float_equal(out.rx.reps, 7, 0);
	in.now.reps = 8;
	assert_false(apply("restore 75%", DECISION_PROGRESS)); /* only upward */
}

static void
sets_and_days(void **test)
{
	(void)test;
	in.now.sets = 2;
	assert_true(apply("sets +1 max start", DECISION_PROGRESS));
	assert_float_equal(out.rx.sets, 3, 0);
	in.now.sets = 3;
	assert_false(apply("sets +1 max start", DECISION_PROGRESS));
	assert_true(apply("per_week +1", DECISION_PROGRESS));
	assert_float_equal(out.rx.per_week, 4, 0);
	in.now.per_week = 5;
	assert_false(apply("per_week +1", DECISION_PROGRESS));
}

static void
what_is_no_change(void **test)
{
	static const struct {
		const char *text;
		size_t at;
	} wrong[] = { { "dosis +1", 0 }, { "dose 1", 5 }, { "dose +1; sets +1 min 2", 14 },
		{ "load_kg +2", 8 }, { "restore 50", 8 }, { "dose = mean_dne_2", 7 },
		{ "harder now", 7 } };
	const struct cond_vocabulary v = vocabulary_of(SCOPE_EXERCISE, catalogue_builtin());

	(void)test;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct change_error error;
		struct change change;
		assert_false(change_compile(&change, wrong[i].text, &v, &error));
		assert_int_equal(error.at, wrong[i].at);
		change_free(&change);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(raises, prepare),
		cmocka_unit_test_setup(units, prepare),
		cmocka_unit_test_setup(cuts, prepare),
		cmocka_unit_test_setup(first_doses_round_up, prepare),
		cmocka_unit_test_setup(load, prepare),
		cmocka_unit_test_setup(chain, prepare),
		cmocka_unit_test_setup(restores, prepare),
		cmocka_unit_test_setup(sets_and_days, prepare),
		cmocka_unit_test(what_is_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
