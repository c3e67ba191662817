#include "stat/goal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "stat/metric.h"

/* The name of its metric as tables have it, or as the goal has it; false: it is no target. */
static bool
read_target(const struct catalogue *c, struct slice goal, bool *unit, char metric[METRIC_NAME])
{
	char *text = xstrndup(goal.s, goal.n), name[METRIC_NAME];
	struct goal_target target;
	const bool is = goal_parse(text, &target) && target.metric.n < METRIC_NAME;

	if (is) {
		*unit = target.unit.n > 0;
		snprintf(name, sizeof name, "%.*s", SLICE_ARG(target.metric));
		metric_canonical(c, name, metric);
	}
	free(text);
	return is;
}

bool
goal_is_target(const struct catalogue *c, struct slice goal)
{
	char metric[METRIC_NAME];
	bool unit;

	return read_target(c, goal, &unit, metric) && !unit && metric_is_known(c, metric);
}

/* Short words have a neighbour among the measures whatever they mean: jug and tug, nap and gap. */
#define LETTERS_LEAST 6

bool
goal_is_doubtful(const struct catalogue *c, struct slice goal, struct str *why)
{
	char metric[METRIC_NAME], near[METRIC_NAME];
	bool unit;

	if (!read_target(c, goal, &unit, metric) || metric_is_known(c, metric) || unit ||
	        strchr(metric, ' ') || strlen(metric) < LETTERS_LEAST ||
	        !metric_nearest(c, metric, near))
		return false;
	str_reset(why);
	str_add_quoted(why, slice_of(metric));
	str_addf(why,
	        " is no metric or measure of the catalogue: the goal is words; did you mean '%s'?",
	        near);
	return true;
}
