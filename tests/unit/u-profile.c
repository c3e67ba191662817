/* What profile rows say on a day; goals; medicines and plans on a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/intern.h"
#include "base/mem.h"
#include "domain/adherence.h"
#include "domain/medicine.h"
#include "domain/profile.h"

static struct entry
row(int day, enum kind kind, const char *item)
{
	struct entry e = ENTRY_INIT;

	e.date = (struct when){ day, NO_TIME };
	e.kind = kind;
	e.item = slice_of(item);
	e.text = slice_of("");
	return e;
}

static struct entry
fact(int day, const char *item, const char *text)
{
	struct entry e = row(day, KIND_PROFILE, item);

	e.text = slice_of(text);
	return e;
}

static struct entry
dose(int day, const char *medicine, double amount)
{
	struct entry e = row(day, KIND_MEDICINE, medicine);

	e.value = amount;
	return e;
}

static struct entry
plan(int day, const char *item, enum side side, double per_week, enum decision decision)
{
	struct entry e = row(day, KIND_PLAN, item);

	e.side = side;
	e.per_week = per_week;
	e.decision = decision;
	return e;
}

static struct entry
done(int day, const char *item, enum side side)
{
	struct entry e = row(day, KIND_EXERCISE, item);

	e.side = side;
	return e;
}

static struct history
history_of(struct entry *rows, size_t n)
{
	return (struct history){ .patient = "P1", .row = rows, .n = n, .pool = pool_new() };
}

static void
values(void **state)
{
	struct entry rows[] = { fact(1, "therapist", "anna"), fact(2, "condition", "Low back pain"),
		fact(3, "condition", "LBP"), fact(4, "condition", "an own one"),
		fact(5, "equipment", "Ankle weight"), fact(6, "equipment", "not ankle-weight"),
		fact(6, "therapist", "bert"), fact(7, "condition", "not low-back-pain"),
		fact(8, "minutes", "25"), fact(9, "goal", "gait-speed >= 1.0") };
	struct history h = history_of(rows, LENGTH(rows));
	const struct catalogue *c = catalogue_builtin();
	const char *out[8];
	const struct condition *known_ones[8];
	size_t unknown;

	(void)state;
	assert_null(profile_value(&h, "therapist", 0));
	assert_string_equal(profile_value(&h, "therapist", 5), "anna");
	assert_string_equal(profile_value(&h, "therapist", 6), "bert");
	assert_true(profile_number(&h, "minutes", 8) == 25);
	assert_false(known(profile_number(&h, "minutes", 7)));
	assert_false(known(profile_number(&h, "therapist", 7)));

	assert_int_equal(profile_list(&h, c, "equipment", 5, out, 8), 1);
	assert_string_equal(out[0], "ankle-weight");
	assert_int_equal(profile_list(&h, c, "equipment", 6, out, 8), 0);
	assert_true(profile_ended(&h, c, "equipment", "Ankle weight", 6));
	assert_false(profile_ended(&h, c, "equipment", "ankle-weight", 5));

	assert_int_equal(
	        profile_condition_ids(&h, c, 4, out, 8), 2); /* an alias is no second one */
	assert_string_equal(out[0], "low-back-pain");
	assert_string_equal(out[1], "an-own-one");
	assert_int_equal(profile_condition_ids(&h, c, 7, out, 8), 1);
	assert_int_equal(profile_conditions(&h, c, 4, known_ones, 8, &unknown), 1);
	assert_int_equal(unknown, 1);
	assert_int_equal(profile_list(&h, c, "goal", 9, out, 8), 1);
	assert_string_equal(out[0], "gait-speed >= 1.0");
	pool_free(h.pool);
}

static void
goals(void **state)
{
	struct goal_target g;

	(void)state;
	assert_true(goal_parse(" gait-speed >= 1.0 ", &g));
	assert_true(slice_eq(g.metric, "gait-speed") && g.op == GOAL_AT_LEAST && g.number == 1);
	assert_true(goal_met(&g, 1 - 1e-10));
	assert_false(goal_met(&g, 0.9));
	assert_true(goal_parse("grip-strength:left>20", &g));
	assert_false(goal_met(&g, 20));
	assert_true(goal_parse("odi<=10", &g));
	assert_true(goal_met(&g, 10));
	assert_true(goal_parse("pain = 0", &g));
	assert_true(goal_met(&g, 0));
	assert_false(goal_parse("walk the dog", &g));
	assert_false(goal_parse("odi <= ten", &g));
	assert_false(goal_parse("<= 10", &g));
	assert_false(goal_parse("", &g));
}

static void
doses(void **state)
{
	struct entry rows[] = { dose(1, "tramadol", 200), dose(3, "fentanyl-patch", 25),
		dose(5, "tramadol", 0), dose(7, "buprenorphine-patch", 10),
		dose(8, "ibuprofen", 400), dose(9, "buprenorphine-patch", 0),
		dose(10, "prednisolone", 5), dose(11, "fentanyl-patch", 0) };
	struct history h = history_of(rows, LENGTH(rows));
	const struct catalogue *c = catalogue_builtin();
	const struct medicine *without[4];
	struct dailies days = DAILY_INIT;

	(void)state;
	assert_false(known(mme_at(&h, c, 0).value));
	assert_true(mme_at(&h, c, 2).value == 40);              /* 200 mg × 0.2 */
	assert_true(fabs(mme_at(&h, c, 3).value - 100) < 1e-9); /* and 25 mcg/h × 2.4 */
	assert_true(fabs(mme_at(&h, c, 5).value - 60) < 1e-9);
	assert_false(known(mme_at(&h, c, 7).value)); /* a switch must not look like less */
	assert_true(fabs(mme_at(&h, c, 9).value - 60) < 1e-9);
	assert_true(mme_at(&h, c, 11).value == 0);
	assert_string_equal(mme_at(&h, c, 8).hiding->id, "buprenorphine-patch");
	assert_int_equal(mme_at(&h, c, 8).since, 7);
	assert_null(mme_at(&h, c, 9).hiding);
	assert_int_equal(mme_at(&h, c, 9).since, DAY_NONE);
	assert_int_equal(mme_at(&h, c, 20).day, 11); /* the last contact */
	assert_false(known(prednisone_on(&h, c, 9)));
	assert_true(prednisone_on(&h, c, 10) == 5);

	mme_days(&h, c, 12, &days);
	assert_int_equal(days.n, 10); /* days 1 to 12 without 7 and 8 */
	assert_true(days.at[0].day == 1 && days.at[9].day == 12 && days.at[9].value == 0);
	dailies_reset(&days);
	medicine_days(&h, "tramadol", 6, &days);
	assert_int_equal(days.n, 6);
	assert_true(days.at[3].value == 200 && days.at[4].value == 0);
	dailies_reset(&days);
	medicine_days(&h, "ibuprofen", 20, &days);
	assert_true(days.at[days.n - 1].day == 20 && days.at[days.n - 1].value == 400);
	assert_int_equal(medicines_without_factor(&h, c, without, 4), 1);
	assert_string_equal(without[0]->id, "buprenorphine-patch");
	dailies_free(&days);
	pool_free(h.pool);
}

static void
plans(void **state)
{
	struct entry rows[] = { plan(0, "bridge", SIDE_NONE, 7, DECISION_START),
		plan(0, "step-up", SIDE_BOTH, 7, DECISION_START), done(1, "bridge", SIDE_LEFT),
		done(1, "bridge", SIDE_NONE), done(2, "step-up", SIDE_LEFT),
		done(3, "step-up", SIDE_LEFT), done(3, "step-up", SIDE_RIGHT),
		plan(5, "bridge", SIDE_NONE, UNKNOWN, DECISION_REVIEW),
		plan(7, "bridge", SIDE_NONE, 7, DECISION_STOP) };
	struct history h = history_of(rows, LENGTH(rows));
	struct planned *p = planned_new(&h, 28);

	(void)state;
	assert_int_equal(planned_first(p, 100), 0);
	assert_int_equal(planned_first(p, -1), DAY_NONE);
	assert_int_equal(planned_last(p, 100), 34); /* 28 days from the newest row, the stop */
	assert_true(planned_sessions(p, 0, 6) == 14);
	assert_true(planned_sessions(p, 7, 13) == 7);
	assert_true(planned_sessions(p, 35, 60) == 0);
	/* bridge once, step-up half on day 2 and whole on day 3, of 14 */
	assert_true(fabs(adherence(p, 0, 6) - 100 * 2.5 / 14) < 1e-9);
	assert_true(adherence(p, 3, 3) == 50);
	assert_true(adherence(p, 8, 9) == 0);
	assert_false(known(adherence(p, 35, 60)));
	assert_true(plan_in_force(&h, &rows[0], 6));
	assert_false(plan_in_force(&h, &rows[0], 7));
	assert_false(plan_in_force(&h, &rows[7], 7)); /* a review */
	assert_false(plan_in_force(&h, &rows[8], 6));
	assert_true(plan_in_force(&h, &rows[8], 7));
	planned_free(p);
	pool_free(h.pool);
}

/* An override without a side is of all sides, until a side has a word of its own again. */
static void
all_sides(void **state)
{
	struct entry rows[] = { plan(0, "bridge", SIDE_LEFT, 7, DECISION_START),
		plan(0, "bridge", SIDE_RIGHT, 7, DECISION_START),
		plan(2, "bridge", SIDE_NONE, 3.5, DECISION_OVERRIDE),
		plan(4, "bridge", SIDE_LEFT, 7, DECISION_OVERRIDE),
		plan(4, "bridge", SIDE_RIGHT, UNKNOWN, DECISION_PAUSE) };
	struct history h = history_of(rows, LENGTH(rows));

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		assert_int_equal(plan_is_to_do(&h, &rows[i], 1), i < 2);
		assert_int_equal(plan_is_to_do(&h, &rows[i], 3), i == 2);
		assert_int_equal(plan_is_to_do(&h, &rows[i], 5), i == 3);
	}
	pool_free(h.pool);
}

static struct entry
status(int day, const char *text)
{
	return (struct entry){ .date = { day, NO_TIME },
		.kind = KIND_PROFILE,
		.item = SLICE("status"),
		.text = slice_of(text) };
}

/* Nothing is planned while care is paused or over, from the day on which the log says so. */
static void
care(void **state)
{
	struct entry rows[] = { plan(0, "bridge", SIDE_NONE, 7, DECISION_START),
		status(3, "paused"), status(5, "active"), status(5, "paused"), status(10, "active"),
		status(12, "discharged"), status(14, "deceased") };
	struct history h = history_of(rows, LENGTH(rows));
	struct planned *p = planned_new(&h, 28);

	(void)state;
	assert_true(planned_sessions(p, 0, 2) == 3);
	assert_true(planned_sessions(p, 3, 9) == 0);
	assert_true(planned_sessions(p, 10, 11) == 2);
	assert_true(planned_sessions(p, 12, 40) == 0);
	assert_false(known(adherence(p, 3, 9)));
	assert_int_equal(planned_last(p, 40), 11);
	planned_free(p);
	pool_free(h.pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(goals),
		cmocka_unit_test(doses),
		cmocka_unit_test(plans),
		cmocka_unit_test(all_sides),
		cmocka_unit_test(care),
	};
	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
