#include "plan/replay.h"

static bool
is_batch(const struct entry *e)
{
	return e->kind == KIND_PLAN && e->decision != DECISION_OVERRIDE;
}

/* Of the rows FROM to before TO, all of one day: those that were known when it was planned. */
static size_t
known_then(const struct history *h, size_t from, size_t to, bool *worth_it)
{
	size_t plan = to;

	*worth_it = false;
	for (size_t i = from; i < to; i++) {
		if (is_batch(&h->row[i]) && plan == to)
			plan = i;
		*worth_it = *worth_it || is_batch(&h->row[i]) || h->row[i].kind == KIND_EXERCISE;
	}
	return plan;
}

void
replay(struct planrows *rows, const struct planner *planner, struct desk *desk,
        const struct history *h, struct days period)
{
	for (size_t i = 0, j; i < h->n; i = j) {
		const int day = h->row[i].date.day;
		struct history then = *h;
		bool worth_it;

		for (j = i; j < h->n && h->row[j].date.day == day; j++)
			;
		then.n = known_then(h, i, j, &worth_it);
		if (!worth_it || day < period.from || day > period.to)
			continue;
		plan_make(planner, desk, &then, day);
		if (rows)
			planrows_write(rows, desk, h->patient);
	}
}
