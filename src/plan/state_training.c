/* How the patient trains: days, gaps, adherence, the last batch, minutes of focuses. */
#include "plan/patient.h"

#define ADHERENCE_WINDOW 14
#define ADHERENCE_LEAST 7
#define SHORT_LIST_RULE "adherence-low"

static int
first_day(const struct patient *p)
{
	const struct chart *chart = &p->chart;
	int first = DAY_NONE;

	if (chart->of[KIND_PLAN].n)
		first = chart->h.row[chart->of[KIND_PLAN].at[0]].date.day;
	if (chart->n_days && (first == DAY_NONE || chart->days[0].day < first))
		first = chart->days[0].day;
	return first;
}

int
patient_window_end(const struct patient *p)
{
	const struct chart *chart = &p->chart;
	const struct exercise_day *last = chart->n_days ? &chart->days[chart->n_days - 1] : NULL;

	return last && last->day == chart->day && last->done ? chart->day : chart->day - 1;
}

static void
count_days(struct patient *p)
{
	const struct chart *chart = &p->chart;
	const int first = first_day(p);
	double sessions = 0;

	p->state.days = first == DAY_NONE ? 0 : chart->day - first;
	p->state.weeks = p->state.days / 7;
	for (size_t i = 0; i < chart->n_days; i++)
		if (chart->days[i].done) {
			sessions++;
			p->state.gap_days = chart->day - chart->days[i].day;
		}
	p->state.sessions_total = sessions;
}

static double
recent_adherence(const struct patient *p)
{
	const int to = patient_window_end(p), from = to - ADHERENCE_WINDOW + 1;
	struct planned *planned;
	double percent = UNKNOWN;
	int days = 0;

	if (!p->chart.of[KIND_PLAN].n)
		return UNKNOWN;
	planned = planned_new(&p->chart.h, p->settings->plan_days);
	for (int day = from; day <= to; day++)
		days += planned_sessions(planned, day, day) > 0;
	if (days >= ADHERENCE_LEAST)
		percent = adherence_since_plan(planned, from, to);
	planned_free(planned);
	return percent;
}

static double
short_list_days(const struct chart *chart)
{
	const struct row_list *plans = &chart->of[KIND_PLAN];

	for (size_t i = plans->n; i-- > 0;) {
		const struct entry *e = &chart->h.row[plans->at[i]];
		if (e->date.day < chart->day && slice_eq(e->rule, SHORT_LIST_RULE))
			return chart->day - e->date.day;
	}
	return UNKNOWN;
}

static bool
stops_all(const struct entry *e, const struct patient_settings *settings, const struct catalogue *c)
{
	if (e->decision != DECISION_REFER && e->decision != DECISION_PAUSE)
		return false;
	if (e->decision == DECISION_PAUSE && plans_exercise(c, e))
		return false;
	return !list_has(settings->partial_pauses, e->rule.s);
}

static bool
active(const struct entry *e, const struct catalogue *c)
{
	return plans_exercise(c, e) && e->decision != DECISION_PAUSE &&
	        e->decision != DECISION_STOP && e->sets > 0;
}

/* Was the newest batch one that stopped everything? */
static bool
stop_batch(const struct patient *p)
{
	const struct program *program = &p->program;
	bool stopped = false;

	if (program->batch == DAY_NONE)
		return false;
	for (size_t i = program->batch_first; i <= program->batch_last; i++) {
		const struct entry *e = &p->chart.h.row[i];
		if (e->kind != KIND_PLAN || e->decision == DECISION_OVERRIDE)
			continue;
		if (active(e, p->chart.c))
			return false;
		stopped = stopped || stops_all(e, p->settings, p->chart.c);
	}
	return stopped;
}

static double
gaze_minutes(const struct program *program)
{
	const double daily = 5; /* sessions a week */
	double seconds = 0;

	for (size_t i = 0; i < program->n; i++) {
		const struct task *t = &program->task[i];
		if (t->in_program && t->ex && strcmp(t->ex->focus, "gaze-stability") == 0 &&
		        t->rx.per_week >= daily && known(t->rx.sets * t->rx.reps * t->rx.seconds))
			seconds += t->rx.sets * t->rx.reps * t->rx.seconds;
	}
	return seconds / 60;
}

static double
gaze_target(const struct patient *p)
{
	const double acute = 12, chronic = 20;
	const int acute_days = 90;
	const char *onset = profile_value(&p->chart.profile, "onset", p->chart.day);
	struct str why = STR_INIT;
	struct when when;
	bool long_ago = patient_has_condition(p, "bilateral-vestibular-loss");

	if (onset && date_read(slice_of(onset), DATE_YMD, &when, &why))
		long_ago = long_ago || p->chart.day - when.day > acute_days;
	str_free(&why);
	return long_ago ? chronic : acute;
}

static double
aerobic_minutes(const struct chart *chart)
{
	const int from = chart->day - 13;
	double seconds = 0;

	for (size_t i = 0; i < chart->n_items; i++) {
		const struct logged_item *item = &chart->item[i];
		if (!item->ex || strcmp(item->ex->focus, "aerobic") != 0)
			continue;
		for (size_t k = item->first; k != ROW_NONE; k = chart->next[k]) {
			const struct entry *e = &chart->h.row[chart->of[KIND_EXERCISE].at[k]];
			if (e->date.day < from || !(e->rpe >= 4 && e->rpe <= 6) ||
			        !known(e->seconds))
				continue;
			seconds += (known(e->sets) ? e->sets : 1) * (known(e->reps) ? e->reps : 1) *
			        e->seconds;
		}
	}
	return seconds / 60;
}

static double
age(const struct patient *p)
{
	int year, month, dom;

	day_parts(p->chart.day, &year, &month, &dom);
	return year - profile_number(&p->chart.profile, "birth-year", p->chart.day);
}

void
state_training(struct patient *p)
{
	count_days(p);
	p->state.age = age(p);
	p->state.irritability = profile_value(&p->chart.profile, "irritability", p->chart.day);
	p->state.adherence = recent_adherence(p);
	p->state.short_list_days = short_list_days(&p->chart);
	p->state.after_stop = stop_batch(p);
	p->state.gaze_minutes = gaze_minutes(&p->program);
	p->state.gaze_target = gaze_target(p);
	p->state.aerobic_minutes_14 = aerobic_minutes(&p->chart);
}
