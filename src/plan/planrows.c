#include "plan/planrows.h"

#include <stdio.h>

#define LANGUAGE_MOST 16

/* ---- The sentence ---- */

static void
say_english(const char *language)
{
	static char said[LANGUAGE_MOST];

	if (strncmp(said, language, sizeof said - 1) == 0)
		return;
	snprintf(said, sizeof said, "%s", language);
	diag_note("no sentences in language '%s' for some rules: they are in English", language);
}

/* {name} is filled from the state; what is unknown is left out. */
static void
fill(struct str *out, const char *text, const struct view *view, enum scope scope)
{
	while (*text) {
		const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;
		if (!close) {
			str_puts(out, text);
			return;
		}
		const struct slice name = { open + 1, (size_t)(close - open - 1) };
		str_add(out, text, (size_t)(open - text));
		if (scope == SCOPE_METRIC && slice_eq(name, "metric") && view->metric->measure)
			str_puts(out,
			        text_in(&view->metric->measure->name, view->patient->language,
			                NULL));
		else
			view_name(view, scope, name, out);
		text = close + 1;
	}
}

static void
make_note(struct planrows *rows, const struct patient *p, const struct decider *by,
        const struct metric_state *metric, const struct exercise_state *exercise)
{
	const struct view view = { p, metric, exercise };
	bool missing = false;

	str_reset(&rows->note);
	if (by->rule) {
		const char *text = text_in(&by->rule->row->note, p->language, &missing);
		fill(&rows->note, text, &view, by->rule->scope);
		if (missing && p->language && *text)
			say_english(p->language);
	} else {
		char id[64];
		snprintf(id, sizeof id, "rule-%s", by->id);
		const char *text = cat_phrase(rows->planner->c, id, p->language);
		if (strcmp(text, id) != 0)
			str_puts(&rows->note, text);
	}
}

/* ---- Rows ---- */

static struct entry
row_of(const struct planrows *rows, const struct desk *desk, const char *patient)
{
	struct entry e = ENTRY_INIT;

	e.date.day = desk->patient.chart.day;
	e.patient = slice_of(patient);
	e.kind = rows->kind;
	return e;
}

static void
set_dose(struct entry *e, const struct prescription *rx)
{
	e->sets = rx->sets;
	e->reps = rx->reps;
	e->load_kg = rx->load_kg;
	e->seconds = rx->seconds;
	e->per_week = rx->per_week;
}

static void
write_notice(
        struct planrows *rows, const struct desk *desk, const char *patient, const struct notice *n)
{
	struct entry e = row_of(rows, desk, patient);

	e.item = n->item;
	e.side = n->side;
	e.decision = n->decision;
	e.rule = slice_of(n->by.id);
	make_note(rows, &desk->patient, &n->by, &n->metric, NULL);
	e.note = slice_of(str_text(&rows->note));
	logout_entry(rows->out, &e, NULL);
}

static void
write_proposal(struct planrows *rows, const struct desk *desk, const char *patient,
        const struct proposal *r)
{
	struct entry e = row_of(rows, desk, patient);

	make_note(rows, &desk->patient, &r->by, NULL, &r->state);
	e.note = slice_of(str_text(&rows->note));
	e.rule = slice_of(r->by.id);
	if (r->replaces) {
		e.item = r->task->item;
		e.side = r->task->side;
		e.decision = DECISION_STOP;
		logout_entry(rows->out, &e, NULL);
	}
	e.item = r->item;
	e.side = r->side;
	e.decision = r->decision;
	set_dose(&e, &r->rx);
	logout_entry(rows->out, &e, NULL);
}

void
planrows_write(struct planrows *rows, const struct desk *desk, const char *patient)
{
	const struct plan *plan = &desk->plan;

	for (size_t i = 0; i < plan->n_notices; i++)
		write_notice(rows, desk, patient, &plan->notice[i]);
	for (size_t i = 0; i < plan->n; i++)
		write_proposal(rows, desk, patient, &plan->at[i]);
}

void
planrows_free(struct planrows *rows)
{
	str_free(&rows->note);
}
