/* Amounts of medicine as the plan must respect them; nothing here proposes a dose. */
#include "domain/medicine.h"

#include "plan/patient.h"

#define FORTNIGHT 14

static const char *const masking_classes[] = { "opioid", "nsaid", "gabapentinoid", "paracetamol",
	NULL };

static double
on_day(const struct dailies *days, int day)
{
	for (size_t i = days->n; i-- > 0 && days->at[i].day >= day;)
		if (days->at[i].day == day)
			return days->at[i].value;
	return UNKNOWN;
}

static double
mean_of(const struct dailies *days, int from, int to)
{
	double sum = 0, n = 0;

	for (size_t i = days->n; i-- > 0 && days->at[i].day >= from;)
		if (days->at[i].day <= to) {
			sum += days->at[i].value;
			n++;
		}
	return n > 0 ? sum / n : UNKNOWN;
}

/* Days in a row above 0 up to DAY. */
static double
days_taken(const struct dailies *days, int day)
{
	double n = 0;

	for (size_t i = days->n; i-- > 0; n++)
		if (days->at[i].day != day - (int)n || !(days->at[i].value > 0))
			break;
	return n;
}

static void
opioids(struct patient *p)
{
	const int day = p->chart.day;
	struct dailies days = DAILY_INIT;

	mme_days(&p->chart.medicine, p->chart.c, day, &days);
	p->state.mme = on_day(&days, day);
	p->state.mme_28_ago = on_day(&days, day - 2 * FORTNIGHT);
	p->state.mme_14 = mean_of(&days, day - FORTNIGHT + 1, day);
	p->state.mme_before_14 = mean_of(&days, day - 2 * FORTNIGHT + 1, day - FORTNIGHT);
	if (days.n)
		p->state.opioid_days = days_taken(&days, day);
	dailies_free(&days);
}

static bool
masks_pain(const struct catalogue *c, const struct entry *e)
{
	const struct medicine *m = cat_medicine(c, e->item);

	return m && list_has(masking_classes, m->class);
}

/* Was this row, number I of the medicine rows, more than before (or new after the first session)?
 */
static bool
raised(const struct chart *chart, size_t i)
{
	const struct row_list *rows = &chart->of[KIND_MEDICINE];
	const struct entry *e = &chart->h.row[rows->at[i]];

	for (size_t k = i; k-- > 0;) {
		const struct entry *before = &chart->h.row[rows->at[k]];
		if (same_item(before->item, e->item) && known(before->value))
			return e->value > before->value;
	}
	return e->value > 0 && chart->n_days &&
	        chart->of[KIND_EXERCISE].at[chart->days[0].from] < rows->at[i];
}

static double
sessions_after(const struct chart *chart, size_t row)
{
	double n = 0;

	for (size_t i = chart->n_days; i-- > 0; n++)
		if (chart->of[KIND_EXERCISE].at[chart->days[i].to - 1] < row)
			break;
	return n;
}

static double
sessions_since_raised(const struct chart *chart, double masking_days)
{
	const struct row_list *rows = &chart->of[KIND_MEDICINE];

	for (size_t i = rows->n; i-- > 0;) {
		const struct entry *e = &chart->h.row[rows->at[i]];
		if (e->date.day < chart->day - masking_days)
			break;
		if (masks_pain(chart->c, e) && raised(chart, i))
			return sessions_after(chart, rows->at[i]);
	}
	return UNKNOWN;
}

void
state_medicine(struct patient *p)
{
	const int day = p->chart.day;

	if (p->chart.medicine.n == 0)
		return;
	opioids(p);
	p->state.prednisone = prednisone_on(&p->chart.medicine, p->chart.c, day);
	p->state.prednisone_14_ago = prednisone_on(&p->chart.medicine, p->chart.c, day - FORTNIGHT);
	p->state.sessions_since_analgesic_up =
	        sessions_since_raised(&p->chart, p->settings->masking_days);
}
