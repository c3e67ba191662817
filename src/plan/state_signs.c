/* Red flags, events, losses of nerve function, tests of the inner ear. */
#include "plan/patient.h"

#define STRENGTH_DAYS 90

static const char *const unsteady_signs[] = { "romberg-sway", "tandem-unsteady",
	"position-change-dizziness", "head-turn-dizziness", NULL };

static void
add_flag(const struct patient *p, struct str *names, const struct flag *f)
{
	if (names->n > 0)
		str_puts(names, "; ");
	if (f->redflag)
		str_puts(names, text_in(&f->redflag->name, p->language, NULL));
	else
		str_add(names, f->item.s, f->item.n);
}

/* Does the worst, or one raised before it, have the same name?  Aliases of a sign are flags too. */
static bool
is_named(const struct patient *p, const struct flag *worst, size_t i)
{
	const struct redflag *same = p->signs.flag[i].redflag;

	if (same && worst->redflag == same)
		return true;
	for (size_t k = 0; same && k < i; k++)
		if (p->signs.flag[k].raised && p->signs.flag[k].redflag == same)
			return true;
	return false;
}

/* The names of all raised flags between these urgencies, the worst first; NULL: none is. */
static const char *
flag_names(const struct patient *p, struct str *names, enum urgency least, enum urgency most)
{
	const struct flag *worst = flag_worst(&p->signs, least, most);

	str_reset(names);
	if (!worst)
		return NULL;
	add_flag(p, names, worst);
	for (int urgency = (int)worst->urgency; urgency >= (int)least; urgency--)
		for (size_t i = 0; i < p->signs.n_flags; i++) {
			const struct flag *f = &p->signs.flag[i];
			if (f != worst && f->raised && (int)f->urgency == urgency &&
			        !is_named(p, worst, i))
				add_flag(p, names, f);
		}
	return str_text(names);
}

static void
flags(struct patient *p)
{
	const struct flag *worst = flag_worst(&p->signs, REFER_URGENT, REFER_EMERGENCY);
	int cleared = DAY_NONE;

	p->state.redflag = !worst ? 0 : worst->urgency == REFER_EMERGENCY ? 3 : 2;
	p->state.redflag_name = flag_names(p, &p->flags, REFER_URGENT, REFER_EMERGENCY);
	p->state.redflag_routine_name =
	        flag_names(p, &p->routine_flags, REFER_ROUTINE, REFER_ROUTINE);
	p->state.redflag_routine = p->state.redflag_routine_name != NULL;
	for (size_t i = 0; i < p->signs.n_flags; i++) {
		const struct flag *f = &p->signs.flag[i];
		if (f->urgency >= REFER_URGENT && f->cleared > cleared)
			cleared = f->cleared;
	}
	if (cleared != DAY_NONE)
		p->state.days_since_cleared = p->chart.day - cleared;
}

static bool
newest_within(const struct sign *s, int from)
{
	return s && s->day >= from && sign_severity(s) >= 1;
}

/* A row of the last days that is more severe than that side was before. */
static bool
grew_worse(const struct chart *chart, const char *id, int from)
{
	const struct row_list *rows = &chart->of[KIND_FINDING];
	double before[SIDE_COUNT] = { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN };

	for (size_t i = 0; i < rows->n; i++) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (!slice_eq(e->item, id))
			continue;
		if (e->date.day >= from && e->value > before[e->side])
			return true;
		before[e->side] = e->value;
	}
	return false;
}

static bool
strength_lost(const struct patient *p)
{
	const struct reading_series *s = readings_of(&p->readings, "mrc-sum");
	const int day = p->chart.day;
	double best = UNKNOWN;

	if (!s || s->days.at[s->days.n - 1].day < day - p->settings->nerve_days)
		return false;
	for (size_t i = 0; i < s->days.n; i++)
		if (s->days.at[i].day >= day - STRENGTH_DAYS)
			best = fmax(best, s->days.at[i].value);
	return best - s->days.at[s->days.n - 1].value >= p->settings->strength_loss;
}

static bool
neuro_loss(const struct patient *p)
{
	const int from = p->chart.day - (int)p->settings->nerve_days;

	return newest_within(sign_of(&p->signs, "new-numbness"), from) ||
	        grew_worse(&p->chart, "foot-drop", from) || strength_lost(p);
}

static bool
any_present(const struct patient *p, const char *const *ids)
{
	for (; *ids; ids++)
		if (signs_severity(&p->signs, *ids) >= 1)
			return true;
	return false;
}

void
state_signs(struct patient *p)
{
	const int day = p->chart.day;
	const struct sign *fall = sign_of(&p->signs, "fall");

	flags(p);
	p->state.unwell =
	        newest_within(sign_of(&p->signs, "unwell"), day - (int)p->settings->unwell_days);
	if (fall && fall->happened != DAY_NONE)
		p->state.days_since_fall = day - fall->happened;
	p->state.skin_break = signs_severity(&p->signs, "foot-skin-break") >= 1;
	p->state.neuro_loss = neuro_loss(p);
	p->state.unsteady = any_present(p, unsteady_signs);
	p->state.bppv_positive = p->signs.positive;
	if (p->signs.tested != DAY_NONE) {
		p->state.bppv_positive_tests = p->signs.positive_tests;
		p->state.bppv_days_since_test = day - p->signs.tested;
	}
}
