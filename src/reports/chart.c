#include "reports/chart.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

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

static struct chart_week
week_of(const struct chart *c, struct days week)
{
	struct chart_week w = { week.from, UNKNOWN, 0, 0, UNKNOWN, false, false };
	double sum = 0;

	for (size_t i = 0; i < c->values.n; i++) {
		if (c->values.at[i].day < week.from || c->values.at[i].day > week.to)
			continue;
		sum += c->values.at[i].value;
		w.n++;
	}
	if (w.n)
		w.mean = sum / (double)w.n;
	for (size_t i = 0; i < c->done.n; i++)
		w.sessions += c->done.at[i].day >= week.from && c->done.at[i].day <= week.to;
	for (size_t i = 0; i < c->doses.n && c->doses.at[i].day <= week.to; i++)
		if (c->doses.at[i].day >= week.from)
			w.dose = c->doses.at[i].value;
	for (size_t i = 0; i < c->marks; i++) {
		bool here = c->mark[i].day >= week.from && c->mark[i].day <= week.to;

		w.flag = w.flag || (here && c->mark[i].mark == MARK_FLAG);
		w.plan = w.plan || (here && c->mark[i].mark == MARK_PLAN);
	}
	return w;
}

size_t
chart_weeks(const struct chart *c, struct chart_week *out, size_t most)
{
	struct days first = period_of(c->from, EVERY_WEEK), last = period_of(c->to, EVERY_WEEK);
	int weeks = (last.from - first.from) / 7 + 1;
	size_t n = 0;

	if (weeks > (int)most)
		first.from = last.from - 7 * ((int)most - 1);
	for (int monday = first.from; monday <= last.from; monday += 7)
		out[n++] = week_of(c, (struct days){ monday, monday + 6 });
	return n;
}
