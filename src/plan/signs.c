#include "plan/signs.h"

#include <stdlib.h>

#include "base/mem.h"

#define REPOSITIONING "repositioning"

static double
value_of(const struct entry *e)
{
	return known(e->value) ? e->value : 1;
}

static struct sign *
sign_for(struct signs *signs, const struct catalogue *c, struct slice item)
{
	for (size_t i = 0; i < signs->n; i++)
		if (same_item(signs->at[i].item, item))
			return &signs->at[i];
	GROW(signs->at, signs->cap, signs->n);
	struct sign *s = &signs->at[signs->n++];
	*s = (struct sign){ .item = item,
		.finding = cat_finding(c, item),
		.side = { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN },
		.present_row = ROW_NONE,
		.happened = DAY_NONE };
	return s;
}

static void
set_sides(struct sign *s, enum side side, double value)
{
	if (side == SIDE_LEFT || side == SIDE_RIGHT) {
		s->side[side] = value;
		return;
	}
	const double each = side == SIDE_BOTH || value == 0 ? value : UNKNOWN;
	s->side[SIDE_LEFT] = s->side[SIDE_RIGHT] = each;
	s->side[SIDE_NONE] = side == SIDE_NONE ? value : UNKNOWN;
}

static void
note_finding(struct sign *s, const struct entry *e, size_t row)
{
	const double value = value_of(e);

	set_sides(s, e->side, value);
	s->row = row;
	s->day = e->date.day;
	if (value >= 1) {
		s->present_row = row;
		s->happened = e->date.day;
	}
}

double
sign_severity(const struct sign *sign)
{
	double most = 0;

	for (size_t i = 0; i < SIDE_COUNT; i++)
		most = fmax(most, sign->side[i]);
	return most;
}

bool
sign_suggests(const struct sign *sign, const char *focus)
{
	return sign->finding && list_has(sign->finding->suggests_focus, focus);
}

static bool
any_test_positive(const struct signs *signs)
{
	for (size_t i = 0; i < signs->n; i++)
		if (sign_suggests(&signs->at[i], REPOSITIONING) &&
		        sign_severity(&signs->at[i]) >= 1)
			return true;
	return false;
}

/* At the end of a day with tests: one more positive day, or the run is broken. */
static void
end_test_day(struct signs *signs)
{
	if (signs->tested == DAY_NONE)
		return;
	signs->positive = any_test_positive(signs);
	signs->positive_tests = signs->positive > 0 ? signs->positive_tests + 1 : 0;
}

static void
read_findings(struct signs *signs, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_FINDING];

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		struct sign *s = sign_for(signs, chart->c, e->item);
		const bool test = sign_suggests(s, REPOSITIONING);
		if (test && e->date.day != signs->tested) {
			end_test_day(signs);
			signs->tested = e->date.day;
		}
		note_finding(s, e, rows->at[i]);
	}
	end_test_day(signs);
}

static struct flag *
flag_for(struct signs *signs, const struct catalogue *c, struct slice item)
{
	for (size_t i = 0; i < signs->n_flags; i++)
		if (same_item(signs->flag[i].item, item))
			return &signs->flag[i];
	GROW(signs->flag, signs->flags_cap, signs->n_flags);
	const struct redflag *known_flag = cat_redflag(c, item);
	struct flag *f = &signs->flag[signs->n_flags++];
	*f = (struct flag){ .item = item,
		.redflag = known_flag,
		.urgency = known_flag ? known_flag->urgency : REFER_URGENT,
		.cleared = DAY_NONE };
	return f;
}

static void
read_flags(struct signs *signs, const struct chart *chart)
{
	const struct row_list *rows = &chart->of[KIND_REDFLAG];

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		struct flag *f = flag_for(signs, chart->c, e->item);
		const bool raised = value_of(e) != 0;
		if (f->raised && !raised)
			f->cleared = e->date.day;
		f->raised = raised;
		f->row = rows->at[i];
	}
}

void
signs_make(struct signs *signs, const struct chart *chart)
{
	signs->n = signs->n_flags = 0;
	signs->tested = DAY_NONE;
	signs->positive = UNKNOWN;
	signs->positive_tests = 0;
	read_findings(signs, chart);
	read_flags(signs, chart);
}

void
signs_free(struct signs *signs)
{
	free(signs->at);
	free(signs->flag);
	*signs = (struct signs){ 0 };
}

const struct sign *
sign_of(const struct signs *signs, const char *id)
{
	for (size_t i = 0; i < signs->n; i++)
		if (slice_eq(signs->at[i].item, id))
			return &signs->at[i];
	return NULL;
}

double
signs_severity(const struct signs *signs, const char *id)
{
	const struct sign *s = sign_of(signs, id);

	return s ? sign_severity(s) : 0;
}

double
events_after(const struct chart *chart, const char *id, size_t row)
{
	const struct row_list *rows = &chart->of[KIND_FINDING];
	double n = 0;

	for (size_t i = rows->n; i-- > 0 && (row == ROW_NONE || rows->at[i] > row);) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		n += slice_eq(e->item, id) && value_of(e) >= 1;
	}
	return n;
}

const struct flag *
flag_worst(const struct signs *signs, enum urgency least, enum urgency most)
{
	const struct flag *worst = NULL;

	for (size_t i = 0; i < signs->n_flags; i++) {
		const struct flag *f = &signs->flag[i];
		if (!f->raised || f->urgency < least || f->urgency > most)
			continue;
		if (!worst || f->urgency > worst->urgency ||
		        (f->urgency == worst->urgency && f->row > worst->row))
			worst = f;
	}
	return worst;
}
