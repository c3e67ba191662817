/*
 * The patient's handout: one page in large print, in the patient's language.  It is made from the
 * plan in force and never makes one.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/adherence.h"
#include "domain/profile.h"
#include "reports/handout.h"
#include "reports/view.h"
#include "reports/words.h"

#define URGENT_MOST 6 /* urgent signs that a page has room for; emergencies are never left out */

/* ---- The plan ---- */

static int
newest_plan_day(const struct history *h)
{
	for (size_t i = h->n; i-- > 0;)
		if (h->row[i].kind == KIND_PLAN && h->row[i].decision != DECISION_REVIEW)
			return h->row[i].date.day;
	return DAY_NONE;
}

/* The rows in force that ask for something, in the order of the newest plan; the number.  While
 * care is paused nothing does. */
static size_t
rows_in_force(
        const struct handout *s, const struct history *h, const struct entry **out, size_t most)
{
	size_t n = 0;

	if (profile_care(h, s->asof) != CARE_ACTIVE)
		return 0;
	for (size_t i = 0; i < h->n && n < most; i++) {
		const struct entry *e = &h->row[i];

		if (plans_exercise(s->catalogue, e) && plan_is_to_do(h, e, s->asof))
			out[n++] = e;
	}
	return n;
}

/* What the planner or the therapist said about it, in the patient's language where the rule has it.
 */
static const char *
reason(struct handout *s, const struct entry *e)
{
	const struct catalogue *c = s->catalogue;
	bool missing = false;

	for (size_t i = 0; i < c->n_rules && strcmp(s->lang, "en") != 0; i++) {
		const char *text;

		if (!slice_eq(e->rule, c->rules[i].id))
			continue;
		text = text_in(&c->rules[i].note, s->lang, &missing);
		if (!missing && !strchr(text, '{'))
			return text;
	}
	return e->note.n ? e->note.s : NULL;
}

/* "Why" is said once when it is the same for all. */
static bool
same_reason(const struct entry *const *row, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (!slice_is(row[i]->note, row[0]->note))
			return false;
	return n > 0;
}

/* WHY may be NULL. */
static void
write_exercise(struct handout *s, const struct entry *e, size_t number, const char *why)
{
	const struct exercise *x = cat_exercise(s->catalogue, e->item);
	struct str title = STR_INIT, dose = STR_INIT, text = STR_INIT;

	str_addf(&title, "%zu. %s", number, x ? handout_text(s, &x->name) : e->item.s);
	words_dose(&dose, s->catalogue, s->lang, e);
	str_puts(&dose, "; ");
	words_per_week(&dose, s->catalogue, s->lang, e->per_week);
	words_capital(&dose, 0);
	s->out->format->open(s->out);
	out_heading(s->out, 2, str_text(&title));
	s->out->format->dose(s->out, str_text(&dose), (int)(e->per_week + 0.5));
	if (x)
		str_puts(&text, handout_text(s, &x->instruction));
	if (why)
		str_addf(&text, "%s%s", text.n ? " " : "", why);
	if (text.n)
		out_paragraph(s->out, str_text(&text));
	s->out->format->close(s->out);
	str_free(&title);
	str_free(&dose);
	str_free(&text);
}

/* Referrals and pauses of the newest plan: what the patient must read first. */
static bool
is_stop(const struct entry *e, int day)
{
	return e->kind == KIND_PLAN && e->date.day == day &&
	        (e->decision == DECISION_REFER ||
	                (e->decision == DECISION_PAUSE && slice_eq(e->item, "plan")));
}

/* Does one of them, of the first N rows, say this?  The page has no room to say it twice. */
static bool
is_said(struct handout *s, const struct history *h, size_t n, int day, const char *text)
{
	for (size_t i = 0; i < n; i++) {
		const char *said = is_stop(&h->row[i], day) ? reason(s, &h->row[i]) : NULL;

		if (said && text && strcmp(said, text) == 0)
			return true;
	}
	return false;
}

static void
write_stops(struct handout *s, const struct history *h, int day)
{
	for (size_t i = 0; i < h->n; i++) {
		const char *text = is_stop(&h->row[i], day) ? reason(s, &h->row[i]) : NULL;

		if (is_stop(&h->row[i], day) && !is_said(s, h, i, day, text))
			out_remark(s->out, TONE_URGENT,
			        text ? text : handout_phrase(s, "sheet-paused"));
	}
}

static void
write_dates(struct handout *s, const struct history *h, int day, bool to_do)
{
	bool old = s->asof - day >= (int)cat_setting(s->catalogue, "plan-days");
	struct str line = STR_INIT, date = STR_INIT;

	words_day(&date, day);
	handout_fill(&line, s, "sheet-for", "patient", h->patient);
	str_puts(&line, ". ");
	handout_fill(&line, s, "sheet-of", "date", str_text(&date));
	str_puts(&line, ".");
	if (to_do)
		str_addf(&line, " %s", handout_phrase(s, "sheet-tick"));
	out_remark(s->out, TONE_QUIET, str_text(&line));
	if (old) {
		str_reset(&line);
		handout_fill(&line, s, "sheet-expired", "date", str_text(&date));
		out_remark(s->out, TONE_URGENT, str_text(&line));
	}
	str_free(&line);
	str_free(&date);
}

/* Why the exercise is as it is, unless the head of the page says so. */
static const char *
unsaid_reason(struct handout *s, const struct history *h, int day, const struct entry *e)
{
	const char *why = reason(s, e);

	return is_said(s, h, h->n, day, why) ? NULL : why;
}

static void
write_exercises(struct handout *s, const struct history *h, int day, const struct entry *const *row,
        size_t n)
{
	bool same = same_reason(row, n);

	if (n == 0)
		out_paragraph(s->out, handout_phrase(s, "sheet-none"));
	else if (same && unsaid_reason(s, h, day, row[0]))
		out_paragraph(s->out, unsaid_reason(s, h, day, row[0]));
	for (size_t i = 0; i < n; i++)
		write_exercise(s, row[i], i + 1, same ? NULL : unsaid_reason(s, h, day, row[i]));
}

/* ---- The traffic light, by the condition that has its own ---- */

/* Of several conditions the one with its own light speaks; central sensitisation has the last word
 * because its quota replaces limits by pain. */
static const char *
light_of(const struct handout *s, const struct condition *const *condition, size_t n)
{
	const char *own = "";

	for (size_t i = 0; i < n; i++) {
		struct str id = STR_INIT;

		str_addf(&id, "green-%s", condition[i]->id);
		if (words_has(s->catalogue, str_text(&id)) &&
		        (!*own || strcmp(condition[i]->approach, "graded-exposure") == 0))
			own = condition[i]->id;
		str_free(&id);
	}
	return own;
}

static void
write_lights(struct handout *s, const struct condition *const *condition, size_t n)
{
	const char *own = light_of(s, condition, n);
	const struct point light[] = {
		{ TONE_GOOD, handout_phrase(s, "light-green"),
		        words_special(s->catalogue, s->lang, "green", own) },
		{ TONE_SOON, handout_phrase(s, "light-yellow"),
		        words_special(s->catalogue, s->lang, "yellow", own) },
		{ TONE_URGENT, handout_phrase(s, "light-red"),
		        words_special(s->catalogue, s->lang, "red", own) },
	};

	out_heading(s->out, 2, handout_phrase(s, "sheet-lights"));
	out_list(s->out, LIST_LIGHTS, light, LENGTH(light));
}

/* ---- When to stop, whom to call ---- */

static bool
names_flag(const struct redflag *flag, const struct condition *const *condition, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list_has(flag->conditions, condition[i]->id))
			return true;
	return false;
}

static bool
says_any(const struct redflag *flag)
{
	return list_has(flag->conditions, "any");
}

/* The signs of the patient's own conditions come first, then everybody's. */
static size_t
choose_flags(struct handout *s, const struct condition *const *condition, size_t n,
        enum urgency urgency, struct point *out, size_t most)
{
	const struct catalogue *c = s->catalogue;
	size_t count = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < c->n_redflags && count < most; i++) {
			const struct redflag *flag = &c->redflags[i];

			if (flag->urgency == urgency &&
			        (pass ? says_any(flag) : names_flag(flag, condition, n)))
				out[count++] = (struct point){ TONE_PLAIN, NULL,
					handout_text(s, &flag->name) };
		}
	return count;
}

static void
write_stop_signs(struct handout *s, const struct condition *const *condition, size_t n)
{
	static const struct {
		enum urgency urgency;
		const char *heading;
		size_t most;
	} part[] = { { REFER_EMERGENCY, "sheet-stop", SIZE_MAX },
		{ REFER_URGENT, "sheet-stop-urgent", URGENT_MOST } };

	struct point *sign = xreallocarray(NULL, s->catalogue->n_redflags + 1, sizeof *sign);

	for (size_t i = 0; i < LENGTH(part); i++) {
		size_t count = choose_flags(s, condition, n, part[i].urgency, sign, part[i].most);

		if (count == 0)
			continue;
		out_heading(s->out, 2, handout_phrase(s, part[i].heading));
		out_list(s->out, LIST_BULLETS, sign, count);
	}
	free(sign);
}

static void
write_call(struct handout *s, const struct history *h)
{
	const char *therapist = profile_value(h, "therapist", s->asof);
	const char *clinic = profile_value(h, "clinic", s->asof);
	struct str who = STR_INIT, line = STR_INIT;

	str_addf(&who, "%s%s%s", therapist ? therapist : "", therapist && clinic ? ", " : "",
	        clinic ? clinic : "");
	if (who.n)
		handout_fill(&line, s, "sheet-call-therapist", "therapist", str_text(&who));
	else
		str_puts(&line, handout_phrase(s, "sheet-call-anyone"));
	out_heading(s->out, 2, handout_phrase(s, "sheet-call"));
	out_paragraph(s->out, str_text(&line));
	out_paragraph(s->out, handout_phrase(s, "sheet-medicine"));
	str_free(&who);
	str_free(&line);
}

static void
write_page(struct handout *s, const struct history *h, int day)
{
	const struct condition *condition[PROFILE_MOST];
	const struct entry **row = xreallocarray(NULL, h->n + 1, sizeof *row);
	size_t to_do = rows_in_force(s, h, row, h->n), unknown;
	size_t n = profile_conditions(h, s->catalogue, s->asof, condition, PROFILE_MOST, &unknown);

	handout_page(s, h, "sheet-title");
	write_dates(s, h, day, to_do > 0);
	write_stops(s, h, day);
	write_exercises(s, h, day, row, to_do);
	/* Who is to do nothing must not read "green: carry on". */
	if (to_do > 0)
		write_lights(s, condition, n);
	write_stop_signs(s, condition, n);
	write_call(s, h);
	out_flush(s->out);
	free(row);
}

/* Whose treatment is over gets no plan to follow; of the dead nobody is told whom to call. */
static void
write_ended(struct handout *s, const struct history *h, enum care care)
{
	struct str line = STR_INIT;

	handout_page(s, h, "sheet-title");
	handout_fill(&line, s, "sheet-for", "patient", h->patient);
	str_putc(&line, '.');
	out_remark(s->out, TONE_QUIET, str_text(&line));
	out_paragraph(s->out, handout_phrase(s, "sheet-ended"));
	if (care != CARE_DECEASED)
		write_call(s, h);
	out_flush(s->out);
	str_free(&line);
}

static void
write_patient(const struct history *h, void *context)
{
	const struct handout *s = context;
	const enum care care = profile_care(h, s->asof);
	int day = newest_plan_day(h);

	if (day == DAY_NONE)
		return;
	if (care >= CARE_DISCHARGED)
		write_ended(context, h, care);
	else
		write_page(context, h, day);
}

/* ---- Sheets that are general ---- */

struct profiles {
	size_t missing; /* patients with a plan */
	bool log;       /* somebody's: a row is there that is no plan's */
};

static bool
has_profile(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->row[i].kind == KIND_PROFILE)
			return true;
	return false;
}

static void
look_for_profile(const struct history *h, void *context)
{
	struct profiles *p = context;

	for (size_t i = 0; i < h->n && !p->log; i++)
		p->log = h->row[i].kind != KIND_PLAN;
	p->missing += newest_plan_day(h) != DAY_NONE && !has_profile(h);
}

/* Without the profile a handout knows neither condition nor language: its danger signs are general.
 */
static void
note_missing_profiles(struct facts *f)
{
	static bool said; /* a mail has two parts */
	struct profiles p = { 0 };

	if (said)
		return;
	said = true;
	store_each(f->store, ORDER_PLACE, f->asof, look_for_profile, &p);
	if (p.missing && !p.log)
		diag_note("a plan without its patient's profile gives a general sheet: name the "
		          "log too, as in ptreport --as sheet LOG plan.csv");
	else if (p.missing)
		diag_note_try(
		        "ptlog --append LOG patient=ID kind=profile item=condition value=NAME",
		        "%zu patient%s no profile in the log, so %s general", p.missing,
		        p.missing == 1 ? " has" : "s have",
		        p.missing == 1 ? "the sheet is" : "their sheets are");
}

static void
write_no_plan(struct out *out, const struct query *q)
{
	struct str line = STR_INIT;

	str_addf(&line,
	        "There is no plan%s in this input, and a report makes none. Make one and print it: "
	        "ptplan LOG > plan.csv; ptreport --as sheet LOG plan.csv",
	        q->patients.n ? " of the patients asked for" : "");
	out_paragraph(out, str_text(&line));
	str_free(&line);
}

static void
write_sheet(struct out *out, const struct query *q, struct facts *f)
{
	if (view_of_nobody(out, f))
		return;
	note_missing_profiles(f);
	if (handout_write(out, q, f, write_patient) == 0)
		write_no_plan(out, q);
}

const struct view view_sheet = { .name = "sheet",
	.title = "Exercise sheet",
	.look = LOOK_SHEET,
	.notes = true,
	.language = handout_language,
	.write = write_sheet };
