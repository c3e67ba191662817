#include "domain/packed.h"

#include "base/mem.h"

#define NO_MINUTE 0u

uint32_t
when_pack(struct when when)
{
	uint32_t minute = when.minute == NO_TIME ? NO_MINUTE : (uint32_t)when.minute + 1;

	return (uint32_t)(when.day - DAY_MIN) * WHEN_DAY + minute;
}

static struct when
when_unpack(uint32_t when)
{
	uint32_t minute = when % WHEN_DAY;

	return (struct when){ (int)(when / WHEN_DAY) + DAY_MIN,
		minute == NO_MINUTE ? NO_TIME : (int)minute - 1 };
}

/* X as a whole number of 1/SCALE below LIMIT, which stands for empty; false: it is none. */
static bool
fixed(double x, double scale, uint32_t limit, uint32_t *out)
{
	if (!known(x)) {
		*out = limit;
		return true;
	}
	double n = x * scale;
	if (!(n >= 0 && n < (double)limit - 0.5))
		return false;
	*out = (uint32_t)(n + 0.5);
	return (double)*out / scale == x && !signbit(x);
}

/* Without a branch: whether a field is empty is as good as random. */
static double
plain(uint32_t n, double scale, uint32_t limit)
{
	const double either[] = { (double)n / scale, UNKNOWN };

	return either[n == limit];
}

static bool
pack_dose(struct packed *p, const struct entry *e)
{
	uint32_t sets, reps, per_week;

	if (!fixed(e->sets, 1, UINT8_MAX, &sets) || !fixed(e->reps, 1, UINT16_MAX, &reps) ||
	        !fixed(e->per_week, 1000, UINT16_MAX, &per_week) ||
	        !fixed(e->load_kg, 1000, UINT32_MAX, &p->of.work.load) ||
	        !fixed(e->seconds, 1000, UINT32_MAX, &p->of.work.seconds))
		return false;
	p->sets = (uint8_t)sets;
	p->reps = (uint16_t)reps;
	p->per_week = (uint16_t)per_week;
	return true;
}

static bool
pack_felt(struct packed *p, const struct entry *e)
{
	const double tenths[] = { e->pain_before, e->pain_after, e->dizzy_before, e->dizzy_after,
		e->rpe };
	uint32_t n[LENGTH(tenths)], settle;

	for (size_t i = 0; i < LENGTH(tenths); i++)
		if (!fixed(tenths[i], 10, UINT8_MAX, &n[i]))
			return false;
	if (!fixed(e->settle_min, 10, UINT16_MAX, &settle))
		return false;
	p->u.felt.pain_before = (uint8_t)n[0];
	p->u.felt.pain_after = (uint8_t)n[1];
	p->u.felt.dizzy_before = (uint8_t)n[2];
	p->u.felt.dizzy_after = (uint8_t)n[3];
	p->u.felt.rpe = (uint8_t)n[4];
	p->u.felt.settle_min = (uint16_t)settle;
	return true;
}

static bool
feels_nothing(const struct entry *e)
{
	return !known(e->pain_before) && !known(e->pain_after) && !known(e->dizzy_before) &&
	        !known(e->dizzy_after) && !known(e->settle_min) && !known(e->rpe);
}

enum form { FORM_FELT, FORM_PLAN, FORM_SAID, FORM_VALUE };

static const enum form form_of[KIND_COUNT] = {
	[KIND_EXERCISE] = FORM_FELT,
	[KIND_PLAN] = FORM_PLAN,
	[KIND_PROFILE] = FORM_SAID,
	[KIND_FINDING] = FORM_VALUE,
	[KIND_MEASURE] = FORM_VALUE,
	[KIND_MEDICINE] = FORM_VALUE,
	[KIND_REDFLAG] = FORM_VALUE,
	[KIND_NOTE] = FORM_SAID,
	[KIND_VOID] = FORM_SAID,
	[KIND_TRIAL] = FORM_PLAN,
};

static uint32_t
text_id(struct packed_texts *texts, struct slice text)
{
	return text.n ? pool_add(texts->texts, text.s, text.n) : POOL_NONE;
}

/* The value stands where load and seconds would. */
static bool
pack_value(struct packed *p, const struct entry *e)
{
	if (known(e->load_kg) || known(e->seconds))
		return false;
	p->of.value = e->value;
	return pack_felt(p, e);
}

/* The part that differs by kind; false: a field is filled that this form has no room for. */
static bool
pack_form(struct packed_texts *texts, struct packed *p, const struct entry *e)
{
	enum form form = form_of[e->kind];

	if (form != FORM_FELT && form != FORM_VALUE && !feels_nothing(e))
		return false;
	if ((form != FORM_VALUE && known(e->value)) || (form != FORM_SAID && e->text.n) ||
	        (form != FORM_PLAN && e->rule.n))
		return false;
	switch (form) {
	case FORM_FELT:
		return pack_felt(p, e);
	case FORM_PLAN:
		p->u.rule = text_id(texts, e->rule);
		break;
	case FORM_SAID:
		p->u.text = text_id(texts, e->text);
		break;
	case FORM_VALUE:
		return pack_value(p, e);
	}
	return true;
}

static void
pack_wide(struct packed_texts *texts, struct packed *p, const struct entry *e)
{
	GROW(texts->wide, texts->cap_wide, texts->n_wide);
	struct wide *wide = &texts->wide[texts->n_wide];

	wide->value = e->value;
	for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++)
		wide->number[c - FIRST_NUMBER] = entry_number_of(e, c);
	wide->text = text_id(texts, e->text);
	wide->rule = text_id(texts, e->rule);
	p->is_wide = 1;
	p->of.wide = (uint32_t)texts->n_wide++;
}

/*
 * A therapist's words on an override are repeated with it, and why somebody was referred is said in
 * every summary; other notes only some reports need.
 */
static bool
keeps_note(const struct packed_texts *texts, const struct entry *e)
{
	return texts->notes ||
	        (e->kind == KIND_PLAN &&
	                (e->decision == DECISION_OVERRIDE || e->decision == DECISION_REFER));
}

struct packed
pack(struct packed_texts *texts, uint32_t patient, const struct entry *e)
{
	struct packed p = {
		.patient = patient,
		.item = pool_add(texts->items, e->item.s, e->item.n),
		.when = when_pack(e->date),
		.note = keeps_note(texts, e) ? text_id(texts, e->note) : POOL_NONE,
		.kind = (uint8_t)e->kind,
		.side_decision = (uint8_t)((unsigned)e->side << 4 | (unsigned)e->decision),
	};

	if (!pack_dose(&p, e) || !pack_form(texts, &p, e))
		pack_wide(texts, &p, e);
	return p;
}

uint32_t *
packed_text(struct packed *p)
{
	const enum form form = form_of[p->kind];

	return form == FORM_PLAN ? &p->u.rule : form == FORM_SAID ? &p->u.text : NULL;
}

static struct slice
text_of(const struct pool *pool, uint32_t id)
{
	return id == POOL_NONE ? SLICE("") : pool_slice(pool, id);
}

static void
unpack_wide(const struct packed_texts *texts, const struct packed *p, struct entry *out)
{
	const struct wide *wide = &texts->wide[p->of.wide];

	out->value = wide->value;
	for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++)
		*entry_number(out, c) = wide->number[c - FIRST_NUMBER];
	out->text = text_of(texts->texts, wide->text);
	out->rule = text_of(texts->texts, wide->rule);
}

static void
unpack_felt(const struct packed *p, struct entry *out)
{
	out->pain_before = plain(p->u.felt.pain_before, 10, UINT8_MAX);
	out->pain_after = plain(p->u.felt.pain_after, 10, UINT8_MAX);
	out->dizzy_before = plain(p->u.felt.dizzy_before, 10, UINT8_MAX);
	out->dizzy_after = plain(p->u.felt.dizzy_after, 10, UINT8_MAX);
	out->rpe = plain(p->u.felt.rpe, 10, UINT8_MAX);
	out->settle_min = plain(p->u.felt.settle_min, 10, UINT16_MAX);
}

static void
unpack_work(const struct packed *p, struct entry *out)
{
	out->load_kg = plain(p->of.work.load, 1000, UINT32_MAX);
	out->seconds = plain(p->of.work.seconds, 1000, UINT32_MAX);
}

static void
unpack_narrow(const struct packed_texts *texts, const struct packed *p, struct entry *out)
{
	const enum form form = form_of[p->kind];

	out->sets = plain(p->sets, 1, UINT8_MAX);
	out->reps = plain(p->reps, 1, UINT16_MAX);
	out->per_week = plain(p->per_week, 1000, UINT16_MAX);
	if (form == FORM_VALUE)
		out->value = p->of.value;
	else
		unpack_work(p, out);
	if (form == FORM_PLAN)
		out->rule = text_of(texts->texts, p->u.rule);
	else if (form == FORM_SAID)
		out->text = text_of(texts->texts, p->u.text);
	else
		unpack_felt(p, out);
}

void
unpack(const struct packed_texts *texts, const struct packed *p, struct entry *out)
{
	static const struct entry empty = { .date = { DAY_NONE, NO_TIME },
		.value = UNKNOWN,
		.text = { "", 0 },
		.sets = UNKNOWN,
		.reps = UNKNOWN,
		.load_kg = UNKNOWN,
		.seconds = UNKNOWN,
		.per_week = UNKNOWN,
		.pain_before = UNKNOWN,
		.pain_after = UNKNOWN,
		.dizzy_before = UNKNOWN,
		.dizzy_after = UNKNOWN,
		.settle_min = UNKNOWN,
		.rpe = UNKNOWN,
		.rule = { "", 0 },
		.recorded = { "", 0 } };

	*out = empty;
	out->date = when_unpack(p->when);
	out->kind = p->kind;
	out->side = p->side_decision >> 4;
	out->decision = p->side_decision & 15;
	out->item = pool_slice(texts->items, p->item);
	out->note = text_of(texts->texts, p->note);
	if (p->is_wide)
		unpack_wide(texts, p, out);
	else
		unpack_narrow(texts, p, out);
}
