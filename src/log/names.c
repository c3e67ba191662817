#include "log/entry.h"

const char *const kind_names[] = { "exercise", "plan", "profile", "finding", "measure", "medicine",
	"redflag", "note", "void", "trial", NULL };

const char *const side_names[] = { "", "left", "right", "both", NULL };

const char *const decision_names[] = { "", "start", "progress", "hold", "regress", "pause", "refer",
	"stop", "override", "review", NULL };

const char *const column_names[] = { "date", "patient", "kind", "item", "value", "side", "sets",
	"reps", "load_kg", "seconds", "per_week", "pain_before", "pain_after", "dizzy_before",
	"dizzy_after", "settle_min", "rpe", "decision", "rule", "note", "recorded", NULL };

static const size_t number_at[COLUMNS] = {
	[COL_SETS] = offsetof(struct entry, sets),
	[COL_REPS] = offsetof(struct entry, reps),
	[COL_LOAD_KG] = offsetof(struct entry, load_kg),
	[COL_SECONDS] = offsetof(struct entry, seconds),
	[COL_PER_WEEK] = offsetof(struct entry, per_week),
	[COL_PAIN_BEFORE] = offsetof(struct entry, pain_before),
	[COL_PAIN_AFTER] = offsetof(struct entry, pain_after),
	[COL_DIZZY_BEFORE] = offsetof(struct entry, dizzy_before),
	[COL_DIZZY_AFTER] = offsetof(struct entry, dizzy_after),
	[COL_SETTLE_MIN] = offsetof(struct entry, settle_min),
	[COL_RPE] = offsetof(struct entry, rpe),
};

double *
entry_number(struct entry *e, enum column column)
{
	return (double *)((char *)e + number_at[column]);
}

double
entry_number_of(const struct entry *e, enum column column)
{
	return *(const double *)((const char *)e + number_at[column]);
}

bool
entry_done(const struct entry *e)
{
	if (e->kind != KIND_EXERCISE || e->sets == 0)
		return false;
	return !(e->reps == 0 && !(e->seconds > 0));
}
