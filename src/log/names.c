#include "log/entry.h"

const char *const kind_names[] = { "exercise", "plan", "profile", "finding", "measure", "medicine",
	"redflag", "note", "void", "trial", NULL };

const char *const side_names[] = { "", "left", "right", "both", NULL };

const char *const decision_names[] = { "", "start", "progress", "hold", "regress", "pause", "refer",
	"stop", "override", "review", NULL };

const char *const column_names[] = { "date", "patient", "kind", "item", "value", "side", "sets",
	"reps", "load_kg", "seconds", "per_week", "pain_before", "pain_after", "dizzy_before",
	"dizzy_after", "settle_min", "rpe", "decision", "rule", "note", "recorded", NULL };
