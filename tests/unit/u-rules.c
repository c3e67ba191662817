/* The compiled table of rules: whom a rule speaks to, what it reaches, what it caps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plan/rules.h"

static const struct catalogue *c;
static struct rules *rules;
static struct patient patient;

static const struct rule *
rule(const char *id)
{
	const struct rule *r = rules_find(rules, id);

	assert_non_null(r);
	return r;
}

static const struct exercise *
exercise(const char *id)
{
	const struct exercise *ex = cat_exercise(c, slice_of(id));

	assert_non_null(ex);
	return ex;
}

static void
has(const char *condition)
{
	patient.n_conditions = 0;
	if (condition)
		patient.condition[patient.n_conditions++] = cat_condition(c, slice_of(condition));
}

static void
by_priority(void **state)
{
	(void)state;
	assert_int_equal(rules->n, c->n_rules);
	for (size_t i = 1; i < rules->n; i++)
		assert_true(rules->rule[i - 1].row->priority < rules->rule[i].row->priority);
}

static void
conditions_decide_for_whom(void **state)
{
	(void)state;
	has("knee-oa");
	assert_true(rule_meets(rule("oa-flare"), &patient));
	assert_false(rule_meets(rule("cs-flare"), &patient));
	assert_true(rule_meets(rule("pain-high-risk"), &patient));
	has("central-sensitization");
	assert_true(rule_meets(rule("cs-flare"), &patient));
	assert_false(rule_meets(rule("pain-high-risk"), &patient)); /* excluded by ! */
	has(NULL);
	assert_true(rule_meets(rule("gap-8-14"), &patient)); /* any */
	assert_false(rule_meets(rule("oa-flare"), &patient));
}

static void
other_words_decide_for_what(void **state)
{
	(void)state;
	assert_true(rule_reaches(rule("nerve-latent"), exercise("median-slider")));
	assert_false(rule_reaches(rule("nerve-latent"), exercise("bridge")));
	assert_true(rule_reaches(rule("neuropathy-skin-break"), exercise("walk-short")));
	assert_false(rule_reaches(rule("neuropathy-skin-break"), exercise("seated-march")));
	/* region:foot;!education: both sorts must hold */
	assert_true(rule_reaches(rule("neuropathy-skin-break-foot"), exercise("towel-scrunch")));
	assert_false(rule_reaches(rule("neuropathy-skin-break-foot"), exercise("foot-check")));
	assert_false(rule_reaches(rule("first-week"), exercise("epley-left")));
	assert_true(rule_reaches(rule("first-week"), exercise("bridge")));
}

static void
caps(void **state)
{
	const struct rule_caps *high = &rule("steroid-high-dose")->caps;

	(void)state;
	assert_true(high->dose.no_load && high->dose.no_harder);
	assert_float_equal(high->dose.notches, 1, 0);
	assert_float_equal(high->every, 14, 0);
	assert_false(known(high->exercises));
	assert_float_equal(rule("adherence-low")->caps.exercises, 3, 0);
	assert_string_equal(rule("steroid-limit")->caps.limit[0], "steroid-tendon-risk");
}

static void
what_stands_apart(void **state)
{
	(void)state;
	assert_true(rule("default-hold")->last); /* it asks how many others matched */
	assert_false(rule("no-session")->last);
	assert_true(rule_partial(rule("pain-before-high")));
	assert_false(rule_partial(rule("unwell")));
	assert_string_equal(rule_leaves(rule("pain-before-high"))[0], "breathing");
	assert_string_equal(rules->partial_pause[0], "pain-before-high");
	assert_null(rules->partial_pause[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_priority),
		cmocka_unit_test(conditions_decide_for_whom),
		cmocka_unit_test(other_words_decide_for_what),
		cmocka_unit_test(caps),
		cmocka_unit_test(what_stands_apart),
	};

	c = catalogue_builtin();
	rules = rules_open(c);
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);
	rules_free(rules);
	return failed;
}
