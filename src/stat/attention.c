#include "stat/attention.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/profile.h"
#include "stat/stats.h"
#include "stat/trend.h"

#define FORTNIGHT 14
#define RISING_DAYS 28    /* how far back pain-rising looks */
#define RISING_LEAST 8    /* values */
#define RISING_SLOPE 0.25 /* points a week: one point in four weeks */
#define RISING_P 0.05
#define PAIN_AFTER_SOON 2 /* days */
#define BLOCK 7           /* days of one value of adherence */
#define GOAL_LEAST 2      /* values in a row that meet it */

/* By their place in attention_reasons. */
enum reason {
	RED_FLAG,
	WORSE,
	DOSE_DOWN_WORSE,
	PAIN_RISING,
	PAIN_AFTER,
	QUIET,
	PLAN_EXPIRED,
	LITTLE_DATA,
	MEASURE_OVERDUE,
	GOAL,
	MCID,
	HABIT,
	STREAK
};

struct judged {
	const struct metric *metric;
	struct summary x;
	struct metric_info info;
};

/* What is known of one patient on the day of the table. */
struct look {
	const struct history *h;
	const struct catalogue *c;
	int today;
	struct evidence evidence;
	struct metric_set metrics;
	struct judged *series;
	size_t n;
	struct attention_table *out;
	/* Of done days and of plan rows that are no review; DAY_NONE: none. */
	int last_done, first_plan, newest_plan;
	bool asks; /* some newest plan row asks for something */
	enum care care;
};

static void
report(struct look *look, enum reason reason, enum severity severity, int since, const char *metric,
        double value, double limit)
{
	attention_add(look->out,
	        &(struct attention){ look->h->patient, severity, attention_reasons[reason], since,
	                metric, value, limit, 0 });
}

/* The day this look reaches back to: DAYS days, today included. */
static int
since_days(const struct look *look, int days)
{
	return look->today - days + 1;
}

/* Is this the first row of the kind and item? */
static bool
is_first(const struct history *h, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (h->row[j].kind == h->row[i].kind && slice_is(h->row[j].item, h->row[i].item))
			return false;
	return true;
}

/* A flag without a value is raised: a row about safety is never taken for less. */
static bool
is_raised(const struct entry *e)
{
	return !known(e->value) || e->value >= 1;
}

static void
look_at_flag(struct look *look, size_t first)
{
	const struct history *h = look->h;
	const struct redflag *flag = cat_redflag(look->c, h->row[first].item);
	int since = DAY_NONE;

	for (size_t i = first; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_REDFLAG || !slice_is(e->item, h->row[first].item))
			continue;
		if (!is_raised(e))
			since = DAY_NONE;
		else if (since == DAY_NONE)
			since = e->date.day;
	}
	if (since != DAY_NONE)
		report(look, RED_FLAG,
		        flag && flag->urgency == REFER_ROUTINE ? SEVERITY_SOON : SEVERITY_URGENT,
		        since, h->row[first].item.s, 1, UNKNOWN);
}

static void
red_flag(struct look *look)
{
	for (size_t i = 0; i < look->h->n; i++)
		if (look->h->row[i].kind == KIND_REDFLAG && is_first(look->h, i))
			look_at_flag(look, i);
}

static bool
is_fresh(const struct look *look, const struct judged *s)
{
	return look->today - s->x.last <= cat_setting(look->c, "fresh-days");
}

static bool
dose_fell(const struct look *look)
{
	for (size_t i = 0; i < look->n; i++)
		if (look->series[i].metric->id == METRIC_MME)
			return look->series[i].x.change < 0;
	return false;
}

/* Reports fresh series of a verdict, with the threshold in the sign of the change. */
static void
report_verdict(struct look *look, enum verdict verdict, enum reason reason, enum severity severity)
{
	char name[METRIC_NAME];

	for (size_t i = 0; i < look->n; i++) {
		const struct judged *s = &look->series[i];
		if (s->x.verdict != verdict || !is_fresh(look, s))
			continue;
		metric_name(name, s->metric);
		report(look, reason, severity, s->x.since, name, s->x.change,
		        copysign(s->x.mcid, s->x.change));
	}
}

static void
worse(struct look *look)
{
	if (!dose_fell(look))
		report_verdict(look, VERDICT_WORSE, WORSE, SEVERITY_SOON);
}

static void
dose_down_worse(struct look *look)
{
	if (dose_fell(look))
		report_verdict(look, VERDICT_WORSE, DOSE_DOWN_WORSE, SEVERITY_SOON);
}

static void
mcid(struct look *look)
{
	report_verdict(look, VERDICT_IMPROVED, MCID, SEVERITY_GOOD);
}

static void
pain_rising(struct look *look)
{
	const struct metric pain = { METRIC_PAIN, NULL, SIDE_NONE };
	struct dailies all = DAILY_INIT;
	int day[RISING_DAYS];
	double value[RISING_DAYS];
	size_t n = 0;

	values_of(&look->evidence, &pain, &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].day >= since_days(look, RISING_DAYS) && n < RISING_DAYS) {
			day[n] = all.at[i].day;
			value[n++] = all.at[i].value;
		}
	dailies_free(&all);
	if (n < RISING_LEAST)
		return;
	struct trend t = trend_of(day, value, n);
	double week = 7 * t.slope;
	if (at_least(4 * week, 4 * RISING_SLOPE) && t.p < RISING_P)
		report(look, PAIN_RISING, SEVERITY_WATCH, day[0], "pain", week, RISING_SLOPE);
}

static bool
has_condition(const struct look *look, const char *id)
{
	const char *value[PROFILE_MOST];
	size_t n = profile_condition_ids(look->h, look->c, look->today, value, PROFILE_MOST);

	for (size_t i = 0; i < n; i++)
		if (strcmp(value[i], id) == 0)
			return true;
	return false;
}

static void
pain_after(struct look *look)
{
	double limit = cat_setting(look->c, "pain-limit"), highest = UNKNOWN;
	int first = DAY_NONE, day = DAY_NONE, days = 0;

	for (size_t i = 0; i < look->h->n; i++) {
		const struct entry *e = &look->h->row[i];
		if (e->kind != KIND_EXERCISE || e->date.day < since_days(look, FORTNIGHT) ||
		        !(e->pain_after > limit) || e->pain_after <= e->pain_before)
			continue;
		highest = fmax(highest, e->pain_after);
		days += e->date.day != day;
		day = e->date.day;
		if (first == DAY_NONE)
			first = day;
	}
	/* Where pain is no measure of harm it is not held against a limit. */
	if (days && !has_condition(look, "central-sensitization"))
		report(look, PAIN_AFTER, days >= PAIN_AFTER_SOON ? SEVERITY_SOON : SEVERITY_WATCH,
		        first, "pain_after", highest, limit);
}

static int
quiet_since(const struct look *look)
{
	return look->last_done != DAY_NONE ? look->last_done : look->first_plan;
}

/* The profile says so, or plan rows exist and none of the newest asks for anything. */
static bool
is_paused(const struct look *look)
{
	return look->care == CARE_PAUSED || (look->newest_plan != DAY_NONE && !look->asks);
}

static bool
is_quiet(const struct look *look)
{
	return quiet_since(look) != DAY_NONE && !is_paused(look) &&
	        look->today - quiet_since(look) > cat_setting(look->c, "quiet-days");
}

static void
quiet(struct look *look)
{
	int since = quiet_since(look), days = look->today - since;

	if (is_quiet(look))
		report(look, QUIET,
		        days >= cat_setting(look->c, "quiet-soon-days") ? SEVERITY_SOON
		                                                        : SEVERITY_WATCH,
		        since, "gap", days, cat_setting(look->c, "quiet-days"));
}

static void
plan_expired(struct look *look)
{
	double plan_days = cat_setting(look->c, "plan-days");
	int age = look->today - look->newest_plan;

	if (look->asks && look->care != CARE_PAUSED && age >= plan_days)
		report(look, PLAN_EXPIRED, SEVERITY_SOON, look->newest_plan + (int)plan_days,
		        "adherence", age, plan_days);
}

static bool
is_contact(const struct entry *e)
{
	return e->kind != KIND_PLAN && e->kind != KIND_PROFILE;
}

static int
first_contact(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (is_contact(&h->row[i]))
			return h->row[i].date.day;
	return DAY_NONE;
}

static void
little_data(struct look *look)
{
	int first = first_contact(look->h), since = since_days(look, FORTNIGHT);
	double least = cat_setting(look->c, "data-days");

	if (first == DAY_NONE || first > since || quiet_since(look) == DAY_NONE || is_quiet(look) ||
	        is_paused(look))
		return;
	int days = data_days(look->h, since, look->today);
	if (days < least)
		report(look, LITTLE_DATA, SEVERITY_WATCH, since, "data-days", days, least);
}

static void
measure_overdue(struct look *look)
{
	double limit = cat_setting(look->c, "overdue-days");

	if (look->care == CARE_PAUSED)
		return;
	/* The last row of a measure is the one behind which no other stands. */
	for (size_t i = 0; i < look->h->n; i++) {
		const struct entry *e = &look->h->row[i];
		bool last = e->kind == KIND_MEASURE && known(e->value);
		int days = look->today - e->date.day;
		if (days <= limit)
			break;
		for (size_t j = i + 1; last && j < look->h->n; j++)
			last = look->h->row[j].kind != KIND_MEASURE ||
			        !known(look->h->row[j].value) ||
			        !slice_is(look->h->row[j].item, e->item);
		if (last)
			report(look, MEASURE_OVERDUE, SEVERITY_WATCH, e->date.day, e->item.s, days,
			        limit);
	}
}

static void
look_at_goal(struct look *look, const struct goal_target *goal)
{
	struct dailies values = DAILY_INIT;
	char said[METRIC_NAME], name[METRIC_NAME], room[METRIC_NAME];
	size_t met = 0;

	if (goal->metric.n >= sizeof said)
		return;
	snprintf(said, sizeof said, "%.*s", SLICE_ARG(goal->metric));
	metric_canonical(look->c, said, name);
	struct metric m = metric_parse(name, room);
	values_of(&look->evidence, &m, &values);
	while (met < values.n && goal_met(goal, values.at[values.n - 1 - met].value))
		met++;
	if (met >= GOAL_LEAST)
		report(look, GOAL, SEVERITY_GOOD, values.at[values.n - met].day, name,
		        values.at[values.n - 1].value, goal->number);
	dailies_free(&values);
}

static void
goal(struct look *look)
{
	const char *text[PROFILE_MOST];
	size_t n = profile_list(look->h, look->c, "goal", look->today, text, PROFILE_MOST);
	struct goal_target target;

	for (size_t i = 0; i < n; i++)
		if (goal_parse(text[i], &target) && goal_is_measured(look->c, &target))
			look_at_goal(look, &target);
}

static void
habit(struct look *look)
{
	double least = cat_setting(look->c, "habit-days");
	int day[FORTNIGHT];
	size_t n =
	        done_days(look->h, NULL, since_days(look, FORTNIGHT), look->today, day, FORTNIGHT);

	if ((double)n >= least)
		report(look, HABIT, SEVERITY_GOOD, day[0], "sessions", (double)n, least);
}

static void
streak(struct look *look)
{
	double least = cat_setting(look->c, "streak-blocks");
	double percent = cat_setting(look->c, "streak-percent");
	struct days range;
	int n = 0;

	if (!span_range(&look->evidence, METRIC_ADHERENCE, &range))
		return;
	int blocks = (look->today - range.from + 1) / BLOCK;
	for (int a = range.from + (blocks - 1) * BLOCK; n < blocks; a -= BLOCK, n++)
		if (!at_least(span_value(&look->evidence, METRIC_ADHERENCE, a, a + BLOCK - 1),
		            percent))
			break;
	if (n >= least)
		report(look, STREAK, SEVERITY_GOOD, range.from + (blocks - n) * BLOCK, "adherence",
		        n, least);
}

static void
find_plan(struct look *look)
{
	const struct history *h = look->h;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_PLAN || e->decision == DECISION_REVIEW)
			continue;
		if (look->first_plan == DAY_NONE)
			look->first_plan = e->date.day;
		look->newest_plan = e->date.day;
	}
	/* The newest rows are the likeliest to be in force. */
	for (size_t i = h->n; i-- > 0 && !look->asks;) {
		const struct entry *e = &h->row[i];
		if (e->kind == KIND_PLAN && plan_asks(e))
			look->asks = plan_in_force(h, e, look->today);
	}
}

static void
find_done(struct look *look)
{
	for (size_t i = 0; i < look->h->n; i++)
		if (entry_done(&look->h->row[i]))
			look->last_done = look->h->row[i].date.day;
}

static void
find_series(struct look *look)
{
	const struct series_query q = { .period = { DAY_MIN, DAY_MAX },
		.asof = look->today,
		.catalogue = look->c,
		.brief = true };
	struct summary_query summary = summary_query_of(&q);
	struct dailies values = DAILY_INIT;
	char name[METRIC_NAME];

	metrics_of(look->h, false, NULL, &look->metrics);
	look->series = xreallocarray(NULL, look->metrics.n + 1, sizeof *look->series);
	for (size_t i = 0; i < look->metrics.n; i++) {
		struct judged *s = &look->series[look->n];
		s->metric = &look->metrics.at[i];
		metric_name(name, s->metric);
		s->info = metric_info_of(look->c, s->metric, name);
		values_of(&look->evidence, s->metric, &values);
		look->n += summarise(&values, s->metric->id, &s->info, &summary, &s->x);
	}
	dailies_free(&values);
}

/* Of a patient who was discharged or has not been heard of for long, only red flags are reported.
 */
static bool
is_active(struct look *look)
{
	int newest = last_contact(look->h);
	struct days range;

	if (look->care == CARE_DISCHARGED)
		return false;
	if (newest == DAY_NONE && !span_range(&look->evidence, METRIC_ADHERENCE, &range))
		return false;
	for (size_t i = 0; newest == DAY_NONE && i < look->h->n; i++)
		if (look->h->row[look->h->n - 1 - i].kind == KIND_PLAN)
			newest = look->h->row[look->h->n - 1 - i].date.day;
	return look->today - newest <= cat_setting(look->c, "active-days");
}

static void (*const looks[])(struct look *) = { worse, dose_down_worse, pain_rising, pain_after,
	quiet, plan_expired, little_data, measure_overdue, goal, mcid, habit, streak };

void
attention_of(
        const struct history *h, const struct catalogue *c, int today, struct attention_table *out)
{
	struct look look = { .h = h,
		.c = c,
		.today = today,
		.care = profile_care(h, today),
		.out = out,
		.last_done = DAY_NONE,
		.first_plan = DAY_NONE,
		.newest_plan = DAY_NONE };

	if (look.care == CARE_DECEASED)
		return;
	evidence_begin(&look.evidence, h, c, today);
	red_flag(&look);
	if (is_active(&look)) {
		find_plan(&look);
		find_done(&look);
		find_series(&look);
		for (size_t i = 0; i < LENGTH(looks); i++)
			looks[i](&look);
	}
	free(look.series);
	metric_set_free(&look.metrics);
	evidence_free(&look.evidence);
}
