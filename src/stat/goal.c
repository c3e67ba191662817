#include "stat/goal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "stat/metric.h"

/*
 * The name of its metric as tables have it, or as the goal has it.  False: it is no target, for it
 * has words behind the number, which may be a name.
 */
static bool
read_target(const struct catalogue *c, struct slice goal, char metric[METRIC_NAME])
{
	char *text = xstrndup(goal.s, goal.n), name[METRIC_NAME];
	struct goal_target target;
	const bool is =
	        goal_parse(text, &target) && target.unit.n == 0 && target.metric.n < METRIC_NAME;

	if (is) {
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

	return read_target(c, goal, metric) && metric_is_known(c, metric);
}

/* Short words have a neighbour among the measures whatever they mean: jug and tug, nap and gap. */
#define LETTERS_LEAST 6

bool
goal_is_doubtful(const struct catalogue *c, struct slice goal, struct str *why)
{
	char metric[METRIC_NAME], near[METRIC_NAME];

	if (!read_target(c, goal, metric) || metric_is_known(c, metric) || strchr(metric, ' ') ||
	        strlen(metric) < LETTERS_LEAST || !metric_nearest(c, metric, near))
		return false;
	str_reset(why);
	str_add_quoted(why, slice_of(metric));
	str_addf(why,
	        " is no metric or measure of the catalogue: the goal is words; did you mean '%s'?",
	        near);
	return true;
}
