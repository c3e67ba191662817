#include "plan/possible.h"

#include <math.h>

#include "log/value.h"
#include "plan/rules.h"

struct span {
	const char *name;
	double least, most;
	bool whole;
	double skips; /* a figure between that it never is, if not 0 */
};

/* Scales of 0 to 10 and what is made of two of them; facts that are 0 or 1; days of a week. */
static const struct span spans[] = {
	{ "after_stop", 0, 1, true, 0 },
	{ "at_max", 0, 1, true, 0 },
	{ "bppv_match", 0, 1, true, 0 },
	{ "bppv_positive", 0, 1, true, 0 },
	{ "cs_severe", 0, 1, true, 0 },
	{ "is_new", 0, 1, true, 0 },
	{ "neuro_loss", 0, 1, true, 0 },
	{ "pain_watch", 0, 1, true, 0 },
	{ "primary", 0, 1, true, 0 },
	{ "red", 0, 1, true, 0 },
	{ "red_day", 0, 1, true, 0 },
	{ "redflag_routine", 0, 1, true, 0 },
	{ "skin_break", 0, 1, true, 0 },
	{ "spared", 0, 1, true, 0 },
	{ "unsteady", 0, 1, true, 0 },
	{ "unwell", 0, 1, true, 0 },
	{ "redflag", 0, 3, true, 1 },
	{ "dizzy_rest", 0, 10, false, 0 },
	{ "dizzy_week", 0, 10, false, 0 },
	{ "pain_after", 0, 10, false, 0 },
	{ "pain_after_prev", 0, 10, false, 0 },
	{ "pain_before", 0, 10, false, 0 },
	{ "pain_rest", 0, 10, false, 0 },
	{ "pain_usual", 0, 10, false, 0 },
	{ "pain_week", 0, 10, false, 0 },
	{ "pain_week_before", 0, 10, false, 0 },
	{ "rpe", 0, 10, false, 0 },
	{ "dizzy_next_rise", -10, 10, false, 0 },
	{ "dizzy_rise", -10, 10, false, 0 },
	{ "pain_next_rise", -10, 10, false, 0 },
	{ "pain_rise", -10, 10, false, 0 },
	{ "per_week", 0, 7, true, 0 },
	{ "target_per_week", 0, 7, true, 0 },
};

double
possible_number(int id, double x)
{
	for (size_t i = 0; known(x) && i < sizeof spans / sizeof *spans; i++)
		if (strcmp(spans[i].name, vocabulary_name(id)) == 0) {
			x = fmin(fmax(x, spans[i].least), spans[i].most);
			x = spans[i].whole ? round(x) : x;
			return spans[i].skips != 0 && x == spans[i].skips ? x + 1 : x;
		}
	return x;
}

static bool
is_one_of(const char *const *words, struct slice text)
{
	while (*words && !slice_eq(text, *words))
		words++;
	return *words != NULL;
}

static bool
is_irritability(const struct catalogue *c, struct slice text)
{
	(void)c;
	return is_one_of(irritabilities, text);
}

static bool
is_unit(const struct catalogue *c, struct slice text)
{
	(void)c;
	return is_one_of(unit_names, text);
}

static bool
is_metric(const struct catalogue *c, struct slice text)
{
	return cat_measure(c, text) != NULL;
}

static bool
is_rule(const struct catalogue *c, struct slice text)
{
	for (size_t i = 0; i < c->n_rules; i++)
		if (slice_eq(text, c->rules[i].id))
			return true;
	return is_one_of(builtin_rules, text);
}

static const struct {
	const char *name;
	bool (*can_be)(const struct catalogue *c, struct slice text);
} texts[] = {
	{ "irritability", is_irritability },
	{ "unit", is_unit },
	{ "metric", is_metric },
	{ "last_change_rule", is_rule },
};

bool
possible_text(const struct catalogue *c, int id, const char *text, size_t n)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strcmp(texts[i].name, vocabulary_name(id)) == 0)
			return texts[i].can_be(c, (struct slice){ text, n });
	return true;
}
