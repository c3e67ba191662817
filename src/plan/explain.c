#include "plan/explain.h"

#include <stdlib.h>

#include "base/mem.h"

struct tried {
	struct slice item;
	enum side side;
	const struct rule *rule;
	enum truth truth;
	struct str saw;
};

struct explain {
	struct csvout *out;
	const char *patient;
	int day;
	struct tried *tried; /* not settled yet */
	size_t n, cap;
};

struct explain *
explain_new(struct csvout *out)
{
	struct explain *x = xcalloc(1, sizeof *x);

	x->out = out;
	return x;
}

void
explain_free(struct explain *x)
{
	if (!x)
		return;
	free(x->tried);
	free(x);
}

static void
write_row(struct explain *x, const char *const fields[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		csvout_text(x->out, fields[i]);
	csvout_end(x->out);
}

void
explain_header(struct explain *x)
{
	static const char *const names[] = { "patient", "date", "item", "side", "rule", "decision",
		"outcome", "saw", "because" };

	write_row(x, names, LENGTH(names));
}

void
explain_begin(struct explain *x, const char *patient, int day)
{
	if (!x)
		return;
	x->patient = patient;
	x->day = day;
}

void
explain_tried(struct explain *x, struct slice item, enum side side, const struct rule *rule,
        const struct view *view, enum truth truth)
{
	if (!x)
		return;
	GROW(x->tried, x->cap, x->n);
	struct tried *t = &x->tried[x->n++];
	*t = (struct tried){ item, side, rule, truth, STR_INIT };
	view_seen(view, rule->when, &t->saw);
}

static void
write_line(struct explain *x, struct slice item, enum side side, const char *id,
        enum decision decision, const char *outcome, const char *saw, const char *because)
{
	csvout_text(x->out, x->patient);
	csvout_day(x->out, x->day);
	csvout_field(x->out, item.s, item.n);
	csvout_text(x->out, side_names[side]);
	csvout_text(x->out, id);
	csvout_text(x->out, decision_names[decision]);
	csvout_text(x->out, outcome);
	csvout_text(x->out, saw);
	csvout_text(x->out, because);
	csvout_end(x->out);
}

struct outcome {
	const char *word;
	struct str because;
};

static void
judge(struct outcome *o, const struct tried *t, const char *winner, enum decision decision,
        const char *capped)
{
	const char *id = t->rule->row->id;

	if (t->truth != TRUTH_TRUE) {
		o->word = t->truth == TRUTH_FALSE ? "false" : "unknown";
		str_puts(&o->because, t->rule->row->when);
	} else if (winner && strcmp(winner, id) == 0) {
		o->word = "won";
		str_puts(&o->because, "the most careful decision, first by priority");
	} else if (t->rule->decision == DECISION_NONE) {
		o->word = "won";
		str_puts(&o->because, "caps: ");
		for (list cap = t->rule->row->cap; *cap; cap++)
			str_addf(&o->because, "%s%s", cap == t->rule->row->cap ? "" : "; ", *cap);
	} else if (!winner) {
		o->word = "won";
		str_addf(&o->because, "%s",
		        *t->rule->row->change ? t->rule->row->change : "every exercise it reaches");
	} else if (capped && strcmp(capped, id) == 0) {
		o->word = "capped";
		str_addf(&o->because, "held back by %s", winner);
	} else {
		o->word = "outvoted";
		str_addf(&o->because, "%s decided: %s", winner, decision_names[decision]);
	}
}

void
explain_settle(struct explain *x, const char *winner, enum decision decision, const char *capped)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->n; i++) {
		struct tried *t = &x->tried[i];
		struct outcome o = { "", STR_INIT };
		judge(&o, t, winner, decision, capped);
		write_line(x, t->item, t->side, t->rule->row->id, t->rule->decision, o.word,
		        str_text(&t->saw), str_text(&o.because));
		str_free(&o.because);
		str_free(&t->saw);
	}
	x->n = 0;
}

void
explain_builtin(struct explain *x, struct slice item, enum side side, const char *id,
        enum decision decision, const char *because)
{
	if (x)
		write_line(x, item, side, id, decision, "won", "", because);
}
