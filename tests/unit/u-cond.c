/* The condition language: what is true, what is unknown, and what an error points at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "catalogue/catalogue.h"
#include "log/cond.h"

enum { PAIN_BEFORE, PAIN_AFTER, RPE, ITEM, SIDE, DISTANT };

static const struct cond_name names[] = { { "pain_before", PAIN_BEFORE, COND_NUMBER },
	{ "pain_after", PAIN_AFTER, COND_NUMBER }, { "rpe", RPE, COND_NUMBER },
	{ "item", ITEM, COND_TEXT }, { "side", SIDE, COND_TEXT }, { NULL, 0, COND_NUMBER } };

static bool
accepts(void *context, const char *text, size_t n)
{
	(void)context;
	return n > 0 && strcmp(text, "nrs") == 0;
}

static const struct cond_function functions[] = { { "measure", 7, COND_NUMBER, accepts },
	{ NULL, 0, COND_NUMBER, NULL } };
static const struct cond_vocabulary vocabulary = { names, functions, NULL, NULL };

/* A row: pain 2 to 6.1, rpe unknown, squat, no side. */
static struct cond_value
name_value(void *context, int id)
{
	static const double number[] = { 4.1, 6.1, NAN };

	(void)context;
	if (id < ITEM)
		return (struct cond_value){ COND_NUMBER, number[id], NULL, 0 };
	return (struct cond_value){ COND_TEXT, UNKNOWN, id == ITEM ? "squat" : NULL, 5 };
}

static struct cond_value
call_value(void *context, int id, struct cond_value argument)
{
	(void)context;
	assert_int_equal(id, 7);
	assert_string_equal(argument.text, "nrs");
	return (struct cond_value){ COND_NUMBER, 36, NULL, 0 };
}

static const struct cond_env row = { name_value, call_value, NULL };

static const struct {
	const char *text;
	enum truth truth;
} truths[] = {
	{ "", TRUTH_TRUE },
	{ "  ", TRUTH_TRUE },
	{ "pain_after > 5", TRUTH_TRUE },
	{ "pain_after - pain_before >= 2", TRUTH_TRUE }, /* 1.9999999999999996 */
	{ "pain_after - pain_before > 2", TRUTH_FALSE },
	{ "pain_after - pain_before = 2 and 1 != 2", TRUTH_TRUE },
	{ "rpe > 6", TRUTH_UNKNOWN },
	{ "not rpe > 6", TRUTH_UNKNOWN },
	{ "rpe = rpe", TRUTH_UNKNOWN },
	{ "rpe > 6 and 1 = 2", TRUTH_FALSE },
	{ "1 = 2 and rpe > 6", TRUTH_FALSE },
	{ "rpe > 6 and 1 = 1", TRUTH_UNKNOWN },
	{ "rpe > 6 or 1 = 1", TRUTH_TRUE },
	{ "1 = 1 or rpe > 6", TRUTH_TRUE },
	{ "rpe > 6 or 1 = 2", TRUTH_UNKNOWN },
	{ "1 = 2 or rpe > 6", TRUTH_UNKNOWN },
	{ "known(rpe)", TRUTH_FALSE },
	{ "not known(rpe)", TRUTH_TRUE },
	{ "known(item) and not known(side)", TRUTH_TRUE },
	{ "known(rpe + 1)", TRUTH_FALSE },
	{ "item = 'squat'", TRUTH_TRUE },
	{ "item != 'squat'", TRUTH_FALSE },
	{ "item < 'squats' and item > 'squas'", TRUTH_TRUE },
	{ "side != 'left'", TRUTH_UNKNOWN },
	{ "'it''s' = 'it''s' and '' < 'a'", TRUTH_TRUE },
	{ "item > 3", TRUTH_UNKNOWN },
	{ "1 / 0 > 0", TRUTH_UNKNOWN },
	{ "0 / 0 = 0 / 0", TRUTH_UNKNOWN },
	{ "1 + 2 * 3 = 7 and (1 + 2) * 3 = 9", TRUTH_TRUE },
	{ "8 - 2 - 1 = 5 and 8 / 4 / 2 = 1", TRUTH_TRUE },
	{ "-2 * -3 = 6 and - - 2 = 2 and 3 - -1 = 4", TRUTH_TRUE },
	{ "1 = 1 or 1 = 2 and 1 = 2", TRUTH_TRUE },
	{ "not 1 = 2 and 1 = 1", TRUTH_TRUE },
	{ "not (1 = 1 or 1 = 2)", TRUTH_FALSE },
	{ "NOT 1 = 2 AND 1 = 1", TRUTH_TRUE },
	{ "measure('nrs') <= 36", TRUTH_TRUE },
	{ "(((pain_after)))>.5", TRUTH_TRUE },
	{ "pain_after>5 and rpe>1", TRUTH_UNKNOWN },
};

static void
test_truth(void **state)
{
	struct cond_error error;

	(void)state;
	for (size_t i = 0; i < LENGTH(truths); i++) {
		struct cond *c = cond_compile(truths[i].text, &vocabulary, &error);

		if (c == NULL)
			fail_msg("%s: %s", truths[i].text, error.text);
		if (cond_eval(c, &row) != truths[i].truth)
			fail_msg("%s", truths[i].text);
		cond_free(c);
	}
}

static const struct {
	const char *text;
	size_t at;
	const char *says;
} errors[] = {
	{ "pain_aftr > 5", 0, "unknown name 'pain_aftr'; did you mean 'pain_after'?" },
	{ "side = left", 7, "unknown name 'left'; text is written in quotes, 'like this'" },
	{ "rpe > 5 and know(rpe)", 12, "unknown function 'know'; did you mean 'known'?" },
	{ "rpe", 0, "this alone is neither true nor false; compare it, as in pain_after > 5" },
	{ "rpe >", 5, "a value is wanted here" },
	{ "rpe > 5 or", 10, "a value is wanted here" },
	{ "> 5", 0, "a value is wanted before '>'" },
	{ "rpe > and", 6, "a value is wanted before 'and'" },
	{ "rpe == 5", 4, "'==' is not understood here; write =" },
	{ "rpe ≥ 5", 4, "'≥' is not understood here; write >=" },
	{ "item = \"squat\"", 7, "'\"' is not understood here; write 'text'" },
	{ "rpe > 5 && rpe < 7", 8, "'&&' is not understood here; write and" },
	{ "rpe > 2,5", 7, "',' is not understood here; decimals are written 2.5" },
	{ "item = 'squat", 7, "the text that begins here has no end; close it with '" },
	{ "(rpe > 5", 8, "')' is wanted here" },
	{ "rpe > 5)", 7, "this ')' closes nothing" },
	{ "rpe > 5 6", 8, "and, or or the end is wanted here" },
	{ "1 < rpe < 5", 8, "one comparison at a time; join two with and" },
	{ "item + 1 > 2", 0, "a number is wanted here, and this is text" },
	{ "rpe * (1 = 1) > 2", 6, "a number is wanted here, and this is true or false" },
	{ "(1 = 1) = 1", 0, "this is true or false and cannot be compared" },
	{ "not rpe", 4, "this alone is neither true nor false; compare it, as in pain_after > 5" },
	{ "measure('xyz') > 1", 8, "measure() does not know 'xyz'" },
	{ "measure(rpe) > 1", 8, "measure() takes a text, as in measure('…')" },
	{ "5xsts > 1", 0, "'5xsts' is no number; an id is written in quotes, '5xsts'" },
	{ "rpe > 5 ; rm", 8, "';' is not understood here" },
};

static void
test_errors(void **state)
{
	struct cond_error error;

	(void)state;
	for (size_t i = 0; i < LENGTH(errors); i++) {
		if (cond_compile(errors[i].text, &vocabulary, &error) != NULL)
			fail_msg("accepted: %s", errors[i].text);
		assert_string_equal(error.text, errors[i].says);
		if (error.at != errors[i].at)
			fail_msg("%s: at %zu", errors[i].text, error.at);
	}
}

/* Nothing that is nested or long may exhaust the stack. */
static void
test_bounds(void **state)
{
	static const char *const opening[] = { "(", "-", "not ", "known(" };
	struct cond_error error;

	(void)state;
	for (size_t i = 0; i < LENGTH(opening); i++) {
		struct str text = STR_INIT;

		for (int k = 0; k < 100000; k++)
			str_puts(&text, opening[i]);
		assert_null(cond_compile(str_text(&text), &vocabulary, &error));
		assert_string_equal(error.text, "too deeply nested");
		str_free(&text);
	}
}

static void
test_length(void **state)
{
	struct str text = STR_INIT;
	struct cond_error error;
	struct cond *c;

	(void)state;
	str_puts(&text, "1 = 1");
	for (int k = 0; k < 1000; k++)
		str_puts(&text, " and 1 = 1");
	c = cond_compile(str_text(&text), &vocabulary, &error);
	assert_non_null(c);
	assert_int_equal(cond_eval(c, &row), TRUTH_TRUE);
	cond_free(c);
	for (int k = 0; k < 9000; k++)
		str_puts(&text, " and 1 = 1");
	assert_null(cond_compile(str_text(&text), &vocabulary, &error));
	assert_string_equal(error.text, "the condition is too long");
	str_free(&text);
}

static void
test_number(void **state)
{
	struct cond_error error;
	struct cond *c = cond_compile_number("0.8 * (pain_after - 0.1)", &vocabulary, &error);

	(void)state;
	assert_non_null(c);
	assert_true(fabs(cond_eval_number(c, &row) - 4.8) < 1e-12);
	cond_free(c);
	assert_null(cond_compile_number("", &vocabulary, &error));
	assert_null(cond_compile_number("rpe > 1", &vocabulary, &error));
	assert_null(cond_compile_number("item", &vocabulary, &error));
}

static void
test_check_and_use(void **state)
{
	struct cond_error error;
	struct cond *c =
	        cond_compile("rpe > 1 and item < 5 or measure('nrs') = 2", &vocabulary, &error);
	struct cond_use use;
	size_t at = 0;

	(void)state;
	assert_false(cond_check(c, &error));
	assert_int_equal(error.at, 19);
	assert_true(cond_use(c, &at, &use) && !use.call && use.id == RPE);
	assert_true(cond_use(c, &at, &use) && !use.call && use.id == ITEM);
	assert_true(cond_use(c, &at, &use) && use.call && use.id == 7);
	assert_string_equal(use.text, "nrs");
	assert_false(cond_use(c, &at, &use));
	cond_free(c);
	c = cond_compile("rpe > 1", &vocabulary, &error);
	assert_true(cond_check(c, &error));
	cond_free(c);
}

/* --- every rule of the catalogue, with the names that the table itself uses --- */

static struct cond_name rule_names[512];
static size_t rule_name_count;

static bool
any_text(void *context, const char *text, size_t n)
{
	(void)context;
	(void)text;
	return n > 0;
}

/* Learns the name that the error points at; false when it is another error. */
static bool
learn(const char *text, const struct cond_error *error)
{
	const char *s = text + error->at;
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz_0123456789");

	if (strncmp(error->text, "unknown name", 12) != 0)
		return false;
	rule_names[rule_name_count] = (struct cond_name){ xstrndup(s, n), 1,
		strncmp(s, "last_change_rule", n) == 0 || strncmp(s, "irritability", n) == 0 ||
		                strncmp(s, "metric", n) == 0
		        ? COND_TEXT
		        : COND_NUMBER };
	rule_name_count++;
	return true;
}

static void
test_rules(void **state)
{
	static const struct cond_function calls[] = { { "measure", 1, COND_NUMBER, any_text },
		{ "has_finding", 2, COND_NUMBER, any_text },
		{ "has_condition", 3, COND_NUMBER, any_text }, { NULL, 0, COND_NUMBER, NULL } };
	const struct cond_vocabulary v = { rule_names, calls, NULL, NULL };
	const struct catalogue *c = catalogue_builtin();
	struct cond_error error;

	(void)state;
	assert_true(c->n_rules > 60);
	for (size_t i = 0; i < c->n_rules; i++) {
		struct cond *cond;

		while ((cond = cond_compile(c->rules[i].when, &v, &error)) == NULL)
			if (!learn(c->rules[i].when, &error))
				fail_msg("%s: %s", c->rules[i].id, error.text);
		if (!cond_check(cond, &error))
			fail_msg("%s: %s", c->rules[i].id, error.text);
		cond_free(cond);
	}
	for (size_t i = 0; i < rule_name_count; i++)
		free((char *)(uintptr_t)rule_names[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_check_and_use),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
