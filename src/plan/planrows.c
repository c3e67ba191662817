#include "plan/planrows.h"

#include <stdio.h>

/* ---- The sentence ---- */

static void
say_english(struct planrows *rows, const char *language)
{
	struct slice said = { str_text(&rows->english), rows->english.n }, one;

	while (slice_split(&said, '\n', &one))
		if (slice_eq(one, language))
			return;
	str_addf(&rows->english, "%s\n", language);
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
		if (scope == SCOPE_METRIC && view->metric == NULL)
			; /* no notice tells of which */
		else if (scope == SCOPE_METRIC && slice_eq(name, "metric") && view->metric->measure)
			str_puts(out,
			        text_in(&view->metric->measure->name, view->patient->language,
			                NULL));
		else
			view_name(view, scope, name, out);
		text = close + 1;
	}
}

/* What a built-in rule says: of this decision, where it has words for it, else of any. */
static const char *
builtin_note(const struct planrows *rows, const struct patient *p, const struct plan_line *line)
{
	const struct catalogue *c = rows->planner->c;
	char id[64];

	snprintf(id, sizeof id, "rule-%s-%s", line->by->id, decision_names[line->decision]);
	const char *text = cat_phrase(c, id, p->language);
	if (strcmp(text, id) != 0)
		return text;
	snprintf(id, sizeof id, "rule-%s", line->by->id);
	text = cat_phrase(c, id, p->language);
	return strcmp(text, id) != 0 ? text : "";
}

/* A metric rule that holds an exercise speaks of the first metric for which it fired. */
static struct view
view_of(const struct planrows *rows, const struct desk *desk, const struct plan_line *line)
{
	const struct rule *rule = line->by->rule;
	struct view view = { &desk->patient, line->metric, line->exercise };

	if (!view.metric && rule && rule->scope == SCOPE_METRIC)
		view.metric = &desk->plan.metric[rule - rows->planner->rules->rule];
	return view;
}

static void
make_note(struct planrows *rows, const struct desk *desk, const struct plan_line *line)
{
	const struct patient *p = &desk->patient;
	const struct view view = view_of(rows, desk, line);
	const struct rule *rule = line->by->rule;
	bool missing = false;

	str_reset(&rows->note);
	if (line->by->words.n > 0) {
		str_add(&rows->note, line->by->words.s, line->by->words.n);
	} else if (rule) {
		const char *text = text_in(&rule->row->note, p->language, &missing);
		fill(&rows->note, text, &view, rule->scope);
		if (missing && p->language && *text)
			say_english(rows, p->language);
	} else {
		str_puts(&rows->note, builtin_note(rows, p, line));
	}
}

/* ---- Rows ---- */

static void
notice_line(const struct notice *n, void (*each)(const struct plan_line *, void *), void *context)
{
	each(&(struct plan_line){ n->item, n->side, n->decision, &n->by, PRESCRIPTION_EMPTY,
	             &n->metric, NULL },
	        context);
}

static void
proposal_lines(
        const struct proposal *r, void (*each)(const struct plan_line *, void *), void *context)
{
	if (r->replaces)
		each(&(struct plan_line){ r->task->item, r->task->side, DECISION_STOP, &r->by,
		             PRESCRIPTION_EMPTY, NULL, &r->state },
		        context);
	each(&(struct plan_line){ r->item, r->side, r->decision, &r->by, r->rx, NULL, &r->state },
	        context);
}

void
plan_lines(const struct plan *plan, void (*each)(const struct plan_line *line, void *context),
        void *context)
{
	for (size_t i = 0; i < plan->n_notices; i++)
		notice_line(&plan->notice[i], each, context);
	for (size_t i = 0; i < plan->n; i++)
		proposal_lines(&plan->at[i], each, context);
}

struct writing {
	struct planrows *rows;
	const struct desk *desk;
	const char *patient;
};

static void
write_line(const struct plan_line *line, void *context)
{
	const struct writing *w = context;
	struct entry e = ENTRY_INIT;

	make_note(w->rows, w->desk, line);
	e.date.day = w->desk->patient.chart.day;
	e.patient = slice_of(w->patient);
	e.kind = w->rows->kind;
	e.item = line->item;
	e.side = line->side;
	e.decision = line->decision;
	e.rule = slice_of(line->by->id);
	e.note = slice_of(str_text(&w->rows->note));
	e.sets = line->rx.sets;
	e.reps = line->rx.reps;
	e.load_kg = line->rx.load_kg;
	e.seconds = line->rx.seconds;
	e.per_week = line->rx.per_week;
	logout_entry(w->rows->out, &e, NULL);
}

void
planrows_write(struct planrows *rows, const struct desk *desk, const char *patient)
{
	struct writing w = { rows, desk, patient };

	plan_lines(&desk->plan, write_line, &w);
}

void
planrows_free(struct planrows *rows)
{
	str_free(&rows->note);
	str_free(&rows->english);
}
