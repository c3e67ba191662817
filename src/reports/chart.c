#include "reports/chart.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

#define PARTS_MOST 53 /* lines of a table: the weeks of a year */

void
chart_mark(struct chart *c, int day, enum mark mark, const char *text)
{
	GROW(c->mark, c->cap, c->marks);
	c->mark[c->marks++] = (struct chart_mark){ day, mark, text };
}

void
chart_empty(struct chart *c)
{
	dailies_free(&c->values);
	dailies_free(&c->done);
	dailies_free(&c->doses);
	free(c->mark);
	*c = (struct chart){ 0 };
}

static bool
has_break(const struct chart *c)
{
	for (size_t i = 1; i < c->values.n; i++)
		if (c->values.at[i].day - c->values.at[i - 1].day > CHART_GAP)
			return true;
	return false;
}

static bool
has_mark(const struct chart *c, enum mark mark)
{
	for (size_t i = 0; i < c->marks; i++)
		if (c->mark[i].mark == mark)
			return true;
	return false;
}

void
chart_legend(struct str *out, const struct chart *c)
{
	static const struct {
		enum mark mark;
		const char *words;
	} legend[] = { { MARK_PLAN, "Triangles: the plan changed." },
		{ MARK_FLAG, "Flags: a red flag was raised." },
		{ MARK_CARE,
		        "Upright broken lines: care paused, went on, ended or changed hands." } };

	if (!c || has_break(c))
		str_puts(out,
		        "A break in the line is a stretch of more than two weeks without a note.");
	for (size_t i = 0; i < LENGTH(legend); i++)
		if (!c || has_mark(c, legend[i].mark))
			str_addf(out, "%s%s", out->n ? " " : "", legend[i].words);
}

static struct chart_part
part_of(const struct chart *c, struct days days)
{
	struct chart_part p = { days, dailies_mean(&c->values, days), 0, UNKNOWN, false, false };

	for (size_t i = 0; i < c->done.n; i++)
		p.sessions += c->done.at[i].day >= days.from && c->done.at[i].day <= days.to;
	for (size_t i = 0; i < c->doses.n && c->doses.at[i].day <= days.to; i++)
		if (c->doses.at[i].day >= days.from)
			p.dose = c->doses.at[i].value;
	for (size_t i = 0; i < c->marks; i++) {
		bool here = c->mark[i].day >= days.from && c->mark[i].day <= days.to;

		p.flag = p.flag || (here && c->mark[i].mark == MARK_FLAG);
		p.plan = p.plan || (here && c->mark[i].mark == MARK_PLAN);
	}
	return p;
}

static size_t
count_parts(const struct chart *c, enum every every)
{
	size_t n = 0;

	for (int day = c->from; day <= c->to; day = period_of(day, every).to + 1)
		n++;
	return n;
}

struct chart_parts
chart_parts_of(const struct chart *c)
{
	static const enum every finest_first[] = { EVERY_WEEK, EVERY_MONTH, EVERY_YEAR };
	struct chart_parts parts = { EVERY_WEEK, NULL, 0 };
	size_t n = 0;

	for (size_t i = 0; i < LENGTH(finest_first); i++) {
		parts.every = finest_first[i];
		if ((n = count_parts(c, parts.every)) <= PARTS_MOST)
			break;
	}
	parts.at = xreallocarray(NULL, n + 1, sizeof *parts.at);
	for (int day = c->from; day <= c->to; day = period_of(day, parts.every).to + 1)
		parts.at[parts.n++] = part_of(c, period_of(day, parts.every));
	return parts;
}
