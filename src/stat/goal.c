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

/* Several words, or one with a unit behind the number, are a goal in words unless they are near. */
bool
goal_is_doubtful(const struct catalogue *c, struct slice goal, struct str *why)
{
	char metric[METRIC_NAME], near[METRIC_NAME];
	struct str id = STR_INIT;
	bool unit;

	if (!read_target(c, goal, &unit, metric) || metric_is_known(c, metric))
		return false;
	id_normalise(slice_of(metric), &id);
	const bool is_near = metric_nearest(c, str_text(&id), near);
	str_free(&id);
	if (!is_near && (unit || strchr(metric, ' ')))
		return false;
	str_reset(why);
	str_add_quoted(why, slice_of(metric));
	str_puts(why, " is no metric or measure of the catalogue: the goal is words; ");
	if (is_near)
		str_addf(why, "did you mean '%s'?", near);
	else
		str_puts(why, "ptlog --list measures shows them all");
	return true;
}
