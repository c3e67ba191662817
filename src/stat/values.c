#include "stat/values.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

#define BLOCK 7 /* days of one value of a span metric */
#define NEXT 2  /* days, 48 hours: how long after exercise pain-next looks */

void
evidence_begin(
        struct evidence *evidence, const struct history *h, const struct catalogue *c, int asof)
{
	planned_free(evidence->planned);
	evidence->planned = NULL;
	evidence->c = c;
	evidence->whole = h;
	evidence->rows = *h;
	evidence->asof = asof;
	evidence->last_contact = last_contact(h);
	evidence->rest_known = false;
}

void
evidence_free(struct evidence *evidence)
{
	planned_free(evidence->planned);
	dailies_free(&evidence->rest);
	free(evidence->room);
	free(evidence->part);
	*evidence = (struct evidence){ 0 };
}

const char *
focus_of(const struct catalogue *c, struct slice item)
{
	const struct exercise *exercise = cat_exercise(c, item);

	return exercise ? exercise->focus : "";
}

static void
reserve_room(struct evidence *evidence)
{
	const size_t n = evidence->whole->n;

	if (evidence->room_cap >= n)
		return;
	evidence->room_cap = n;
	evidence->room = xreallocarray(evidence->room, n, sizeof *evidence->room);
}

void
evidence_limit(struct evidence *evidence, const char *item)
{
	const struct history *whole = evidence->whole;
	size_t n = 0;

	evidence->rows = *whole;
	if (!item)
		return;
	reserve_room(evidence);
	for (size_t i = 0; i < whole->n; i++)
		if (whole->row[i].kind == KIND_EXERCISE && slice_eq(whole->row[i].item, item))
			evidence->room[n++] = whole->row[i];
	evidence->rows.row = evidence->room;
	evidence->rows.n = n;
}

static size_t
part_named(struct evidence *evidence, const char *text)
{
	for (size_t i = 0; i < evidence->parts; i++)
		if (strcmp(evidence->part[i].text, text) == 0)
			return i;
	GROW(evidence->part, evidence->parts_cap, evidence->parts);
	evidence->part[evidence->parts] = (struct part){ text, *evidence->whole };
	evidence->part[evidence->parts].rows.n = 0;
	return evidence->parts++;
}

/* The items of a patient, each with its part. */
struct sorting {
	struct item_part {
		const char *item;
		size_t part;
	} * item;
	size_t n, cap;
	bool by_item;
};

static size_t
part_of(struct sorting *s, struct evidence *evidence, struct slice item)
{
	for (size_t i = s->n; i-- > 0;) /* texts of one pool */
		if (s->item[i].item == item.s)
			return s->item[i].part;
	const size_t part = part_named(evidence, s->by_item ? item.s : focus_of(evidence->c, item));
	GROW(s->item, s->cap, s->n);
	s->item[s->n++] = (struct item_part){ item.s, part };
	return part;
}

#define NO_PART SIZE_MAX

/* Counts the rows of each part; freed by the caller: the part of each row. */
static size_t *
count_parts(struct evidence *evidence, bool by_item)
{
	const struct history *whole = evidence->whole;
	size_t *part = xreallocarray(NULL, whole->n + 1, sizeof *part);
	struct sorting sorting = { .by_item = by_item };

	evidence->parts = 0;
	for (size_t i = 0; i < whole->n; i++) {
		part[i] = NO_PART;
		if (whole->row[i].kind != KIND_EXERCISE)
			continue;
		part[i] = part_of(&sorting, evidence, whole->row[i].item);
		evidence->part[part[i]].rows.n++;
	}
	free(sorting.item);
	return part;
}

void
evidence_divide(struct evidence *evidence, bool by_item)
{
	const struct history *whole = evidence->whole;
	size_t *part = count_parts(evidence, by_item);
	size_t start = 0;

	reserve_room(evidence);
	for (size_t i = 0; i < evidence->parts; i++) {
		evidence->part[i].rows.row = evidence->room + start;
		start += evidence->part[i].rows.n;
		evidence->part[i].rows.n = 0;
	}
	for (size_t i = 0; i < whole->n; i++)
		if (part[i] != NO_PART) {
			struct history *rows = &evidence->part[part[i]].rows;
			rows->row[rows->n++] = whole->row[i];
		}
	free(part);
}

/* One value a day out of what the rows of the day give. */
struct day_maker {
	struct dailies *out;
	double sum;
	size_t n;
	bool mean;
};

static void
day_value(struct day_maker *maker, int day, double x)
{
	struct dailies *out = maker->out;

	if (!known(x))
		return;
	if (out->n == 0 || out->at[out->n - 1].day != day) {
		dailies_add(out, day, x);
		maker->sum = x;
		maker->n = 1;
		return;
	}
	maker->sum += x;
	maker->n++;
	out->at[out->n - 1].value = maker->mean ? maker->sum / (double)maker->n : maker->sum;
}

static void
day_by_day(const struct history *h, bool mean, double (*value)(const struct entry *e),
        struct dailies *out)
{
	struct day_maker maker = { .out = out, .mean = mean };

	for (size_t i = 0; i < h->n; i++)
		if (h->row[i].kind == KIND_EXERCISE)
			day_value(&maker, h->row[i].date.day, value(&h->row[i]));
}

static double
response_of(const struct entry *e)
{
	return e->pain_after - e->pain_before;
}

static double
rpe_of(const struct entry *e)
{
	return e->rpe;
}

/* Sets, on each side; empty is one. */
static double
sets_of(const struct entry *e)
{
	return (known(e->sets) ? e->sets : 1) * (e->side == SIDE_BOTH ? 2 : 1);
}

/* Repetitions; 0 beside seconds is how exports write an empty field. */
static double
reps_of(const struct entry *e)
{
	return e->reps == 0 ? UNKNOWN : e->reps;
}

static double
volume_of(const struct entry *e)
{
	return entry_done(e) ? sets_of(e) * reps_of(e) * e->load_kg : UNKNOWN;
}

static double
minutes_of(const struct entry *e)
{
	double reps = reps_of(e);

	return entry_done(e) ? sets_of(e) * (known(reps) ? reps : 1) * e->seconds / 60 : UNKNOWN;
}

static void
measure_values(const struct history *h, const struct metric *m, struct dailies *out)
{
	struct day_maker maker = { .out = out, .mean = true };

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		enum side side = e->side == SIDE_BOTH ? SIDE_NONE : e->side;
		if (e->kind == KIND_MEASURE && side == m->side && slice_eq(e->item, m->item))
			day_value(&maker, e->date.day, e->value);
	}
}

static void
resting_values(const struct history *h, void (*resting)(const struct history *, struct dailies *),
        struct dailies *out)
{
	struct dailies all = DAILY_INIT;

	resting(h, &all);
	day_means(&all, out);
	dailies_free(&all);
}

/* The first resting pain in FROM…TO, and its day; *AT goes on from where it stood. */
static const struct daily *
first_resting(const struct dailies *rest, size_t *at, int from, int to)
{
	while (*at < rest->n && rest->at[*at].day < from)
		++*at;
	return *at < rest->n && rest->at[*at].day <= to ? &rest->at[*at] : NULL;
}

static const struct dailies *
rest_of(struct evidence *evidence)
{
	if (!evidence->rest_known) {
		dailies_reset(&evidence->rest);
		resting_pains(evidence->whole, &evidence->rest);
		evidence->rest_known = true;
	}
	return &evidence->rest;
}

static void
pain_next_values(struct evidence *evidence, struct dailies *out)
{
	const struct dailies *rest = rest_of(evidence);
	size_t here = 0;
	int day = DAY_NONE;

	for (size_t i = 0; i < evidence->rows.n; i++) {
		const struct entry *e = &evidence->rows.row[i];
		if (e->date.day == day || !entry_done(e))
			continue;
		day = e->date.day;
		const struct daily *now = first_resting(rest, &here, day, day);
		size_t ahead = here;
		const struct daily *next =
		        now ? first_resting(rest, &ahead, day + 1, day + NEXT) : NULL;
		if (next)
			dailies_add(out, day, next->value - now->value);
	}
}

static void
gap_values(const struct history *h, struct dailies *out)
{
	int before = DAY_NONE;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->date.day == before || !entry_done(e))
			continue;
		if (before != DAY_NONE)
			dailies_add(out, e->date.day, e->date.day - before);
		before = e->date.day;
	}
}

/* What one side could do on a day. */
struct strength {
	double sum, n; /* of its measures */
	double load, seconds;
};

static void
strength_add(struct strength *s, const struct entry *e)
{
	if (e->kind == KIND_MEASURE && known(e->value)) {
		s->sum += e->value;
		s->n++;
	} else if (entry_done(e)) {
		s->load = fmax(s->load, e->load_kg);
		s->seconds = fmax(s->seconds, e->seconds);
	}
}

static double
weaker_percent(double a, double b)
{
	double most = fmax(a, b);

	return most > 0 ? 100 * fmin(a, b) / most : UNKNOWN;
}

/* Both sides by the same kind: measures, else loads, else seconds. */
static double
symmetry_of(const struct strength *left, const struct strength *right)
{
	bool measured = left->n > 0 || right->n > 0;

	if (left->n > 0 && right->n > 0)
		return weaker_percent(left->sum / left->n, right->sum / right->n);
	if (measured)
		return UNKNOWN;
	if (left->load > 0 && right->load > 0)
		return weaker_percent(left->load, right->load);
	if (left->seconds > 0 && right->seconds > 0)
		return weaker_percent(left->seconds, right->seconds);
	return UNKNOWN;
}

static void
symmetry_values(const struct history *h, const char *item, struct dailies *out)
{
	for (size_t i = 0, j; i < h->n; i = j) {
		struct strength side[SIDE_COUNT] = { { 0, 0, 0, 0 } };
		int day = h->row[i].date.day;
		for (j = i; j < h->n && h->row[j].date.day == day; j++)
			if (slice_eq(h->row[j].item, item))
				strength_add(&side[h->row[j].side], &h->row[j]);
		double value = symmetry_of(&side[SIDE_LEFT], &side[SIDE_RIGHT]);
		if (known(value))
			dailies_add(out, day, value);
	}
}

static struct planned *
planned_of(struct evidence *evidence)
{
	if (!evidence->planned)
		evidence->planned =
		        planned_new(evidence->whole, cat_setting(evidence->c, "plan-days"));
	return evidence->planned;
}

double
span_value(struct evidence *evidence, enum metric_id id, int a, int b)
{
	int day = DAY_NONE, n = 0;

	if (id == METRIC_ADHERENCE)
		return adherence(planned_of(evidence), a, b);
	for (size_t i = 0; i < evidence->rows.n && evidence->rows.row[i].date.day <= b; i++) {
		const struct entry *e = &evidence->rows.row[i];
		if (e->date.day < a || e->date.day == day || !entry_done(e))
			continue;
		day = e->date.day;
		n++;
	}
	return n;
}

bool
span_range(struct evidence *evidence, enum metric_id id, struct days *out)
{
	*out = (struct days){ DAY_NONE, DAY_NONE };
	if (id == METRIC_ADHERENCE) {
		out->from = planned_first(planned_of(evidence), evidence->asof);
		out->to = planned_last(planned_of(evidence), evidence->asof);
		return out->from != DAY_NONE;
	}
	for (size_t i = 0; i < evidence->rows.n; i++) {
		if (!entry_done(&evidence->rows.row[i]))
			continue;
		out->to = evidence->rows.row[i].date.day;
		if (out->from == DAY_NONE)
			out->from = out->to;
	}
	return out->from != DAY_NONE;
}

/* Full blocks of seven days, each dated on its first. */
static void
adherence_blocks(struct evidence *evidence, struct dailies *out)
{
	struct days range;

	if (!span_range(evidence, METRIC_ADHERENCE, &range))
		return;
	for (int a = range.from; a + BLOCK - 1 <= evidence->asof; a += BLOCK) {
		double value = span_value(evidence, METRIC_ADHERENCE, a, a + BLOCK - 1);
		if (known(value))
			dailies_add(out, a, value);
	}
}

static void
add_empty_blocks(int from, int to, struct dailies *out)
{
	for (int a = from; a + BLOCK - 1 <= to; a += BLOCK)
		dailies_add(out, a, 0);
}

static void
session_blocks(const struct evidence *evidence, struct dailies *out)
{
	int first = DAY_NONE, day = DAY_NONE;

	for (size_t i = 0; i < evidence->rows.n; i++) {
		const struct entry *e = &evidence->rows.row[i];
		if (e->date.day == day || !entry_done(e))
			continue;
		day = e->date.day;
		if (first == DAY_NONE) {
			first = day;
			add_empty_blocks(first, evidence->last_contact, out);
		}
		size_t block = (size_t)((day - first) / BLOCK);
		if (block < out->n)
			out->at[block].value++;
	}
}

void
values_of(struct evidence *evidence, const struct metric *m, struct dailies *out)
{
	const struct history *h = &evidence->rows;

	dailies_reset(out);
	switch (m->id) {
	case METRIC_PAIN:
		resting_values(h, resting_pains, out);
		break;
	case METRIC_PAIN_RESPONSE:
		day_by_day(h, true, response_of, out);
		break;
	case METRIC_PAIN_NEXT:
		pain_next_values(evidence, out);
		break;
	case METRIC_DIZZINESS:
		resting_values(h, resting_dizziness, out);
		break;
	case METRIC_RPE:
		day_by_day(h, true, rpe_of, out);
		break;
	case METRIC_SESSIONS:
		session_blocks(evidence, out);
		break;
	case METRIC_ADHERENCE:
		adherence_blocks(evidence, out);
		break;
	case METRIC_GAP:
		gap_values(h, out);
		break;
	case METRIC_VOLUME:
		day_by_day(h, false, volume_of, out);
		break;
	case METRIC_MINUTES:
		day_by_day(h, false, minutes_of, out);
		break;
	case METRIC_MME:
		mme_days(h, evidence->c, evidence->last_contact, out);
		break;
	case METRIC_MEDICINE:
		medicine_days(h, m->item, evidence->last_contact, out);
		break;
	case METRIC_MEASURE:
		measure_values(h, m, out);
		break;
	case METRIC_SYMMETRY:
		symmetry_values(h, m->item, out);
		break;
	}
}
