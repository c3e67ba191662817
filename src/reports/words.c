#include "reports/words.h"

#include <ctype.h>

#include "base/mem.h"
#include "stat/series.h"

bool
words_has(const struct catalogue *c, const char *id)
{
	return strcmp(cat_phrase(c, id, "en"), id) != 0;
}

const char *
words_special(const struct catalogue *c, const char *lang, const char *id, const char *suffix)
{
	struct str special = STR_INIT;
	const char *text;

	str_addf(&special, "%s-%s", id, suffix);
	text = words_has(c, str_text(&special)) ? cat_phrase(c, str_text(&special), lang)
	                                        : cat_phrase(c, id, lang);
	str_free(&special);
	return text;
}

static const char *
blank_text(const struct blank *blanks, struct slice name)
{
	for (; blanks && blanks->name; blanks++)
		if (slice_eq(name, blanks->name))
			return blanks->text;
	return NULL;
}

void
words_phrase(struct str *out, const struct catalogue *c, const char *lang, const char *id,
        const struct blank *blanks)
{
	const char *s = cat_phrase(c, id, lang), *open, *close, *text;

	while ((open = strchr(s, '{')) && (close = strchr(open, '}'))) {
		text = blank_text(blanks, (struct slice){ open + 1, (size_t)(close - open - 1) });
		str_add(out, s, (size_t)(open - s));
		if (text)
			str_puts(out, text);
		else
			str_add(out, open, (size_t)(close - open + 1));
		s = close + 1;
	}
	str_puts(out, s);
}

void
words_number(struct str *out, double x, int most)
{
	char text[NUM_TEXT];

	str_add(out, text, figure_write(text, x, most));
}

void
words_percent(struct str *out, double x)
{
	words_number(out, x, 0);
	str_puts(out, PERCENT);
}

void
words_change(struct str *out, double x, int most)
{
	size_t before = out->n;

	words_number(out, x, most);
	if (x > 0 && strcmp(str_text(out) + before, "0") != 0) {
		out->n = before;
		str_putc(out, '+');
		words_number(out, x, most);
	}
}

void
words_day(struct str *out, int day)
{
	char text[DATE_TEXT];

	str_add(out, text, day_write(text, day));
}

void
words_days(struct str *out, struct days days)
{
	words_day(out, days.from);
	if (days.to == days.from)
		return;
	str_puts(out, " to ");
	words_day(out, days.to);
}

void
words_capital(struct str *text, size_t from)
{
	if (from < text->n)
		text->s[from] = (char)toupper((unsigned char)text->s[from]);
}

/* pain, sessions, mme …: the names of what is not in the table of measures */
static bool
add_own_metric(struct str *out, const struct catalogue *c, struct slice metric)
{
	struct str id = STR_INIT;
	bool has;

	str_puts(&id, "metric-");
	str_add(&id, metric.s, metric.n);
	has = words_has(c, str_text(&id));
	if (has)
		str_puts(out, cat_phrase(c, str_text(&id), "en"));
	str_free(&id);
	return has;
}

void
words_metric(struct str *out, const struct catalogue *c, const char *metric)
{
	const char *colon = strchr(metric, ':');
	struct slice head = { metric, colon ? (size_t)(colon - metric) : strlen(metric) };
	const struct measure *m = cat_measure(c, head);
	const struct medicine *drug = colon ? cat_medicine(c, slice_of(colon + 1)) : NULL;
	size_t before = out->n;

	if (slice_eq(head, "medicine"))
		str_puts(out, drug ? drug->name : colon ? colon + 1 : metric);
	else if (slice_eq(head, "symmetry") && colon)
		str_addf(out, "symmetry of %s", words_item(c, "en", colon + 1));
	else if (!add_own_metric(out, c, head) && m)
		str_puts(out, m->name.text);
	else if (!m && out->n == before)
		str_add(out, head.s, head.n);
	if (colon && (strcmp(colon, ":left") == 0 || strcmp(colon, ":right") == 0))
		str_addf(out, " (%s)", colon + 1);
}

const char *
words_item(const struct catalogue *c, const char *lang, const char *item)
{
	const struct exercise *e = cat_exercise(c, slice_of(item));

	return e ? text_in(&e->name, lang, NULL) : item;
}

static double
at_least_one(double x)
{
	return known(x) && x > 0 ? x : 1;
}

/* "5 minutes", "1 minute 30 seconds", "45 seconds" */
static void
add_time(struct str *out, const struct catalogue *c, const char *lang, double seconds)
{
	double minutes = (double)((long)seconds / 60), rest = seconds - 60 * minutes;
	struct str m = STR_INIT, s = STR_INIT;

	words_number(&m, minutes, 0);
	words_number(&s, rest, 1);
	if (minutes > 0)
		words_phrase(out, c, lang, minutes == 1 ? "time-minute" : "time-minutes",
		        (struct blank[]){ { "n", str_text(&m) }, { NULL, NULL } });
	if (minutes > 0 && rest > 0)
		str_putc(out, ' ');
	if (rest > 0)
		words_phrase(out, c, lang, rest == 1 ? "time-second" : "time-seconds",
		        (struct blank[]){ { "n", str_text(&s) }, { NULL, NULL } });
	str_free(&m);
	str_free(&s);
}

/* How often and how many: the part of the dose that every unit has. */
static void
add_counts(struct str *out, const struct catalogue *c, const char *lang, const char *id,
        double sets, double reps, const char *time)
{
	struct str s = STR_INIT, r = STR_INIT, n = STR_INIT, phrase = STR_INIT;

	words_number(&s, sets, 0);
	words_number(&r, reps, 0);
	words_number(&n, sets * reps, 0);
	str_addf(&phrase, "%s%s", id, sets * reps == 1 ? "-once" : sets == 1 ? "-one-set" : "");
	words_phrase(out, c, lang, str_text(&phrase),
	        (struct blank[]){ { "sets", str_text(&s) }, { "reps", str_text(&r) },
	                { "n", str_text(&n) }, { "time", time }, { NULL, NULL } });
	str_free(&s);
	str_free(&r);
	str_free(&n);
	str_free(&phrase);
}

/* A dose that is held may be known to the patient alone. */
static bool
says_amount(const struct entry *p)
{
	return known(p->reps) || known(p->seconds) || p->sets > 1 || p->decision != DECISION_HOLD;
}

static void
add_amount(struct str *out, const struct catalogue *c, const char *lang, const struct entry *p,
        enum unit unit)
{
	const bool timed = p->seconds > 0 && (unit == UNIT_SECONDS || unit == UNIT_MINUTES);
	const char *counts = timed                     ? "dose-time"
	        : unit == UNIT_STEPS && known(p->reps) ? "dose-steps"
	                                               : "dose-reps";
	double sets = at_least_one(p->sets), reps = at_least_one(p->reps);
	struct str time = STR_INIT;

	if (!says_amount(p)) {
		str_puts(out, cat_phrase(c, "dose-as-before", lang));
		return;
	}
	if (p->seconds > 0)
		add_time(&time, c, lang, p->seconds);
	/* a set of one bout is a bout */
	if (!known(p->reps) || (timed && reps == 1))
		add_counts(out, c, lang, counts, 1, sets, str_text(&time));
	else
		add_counts(out, c, lang, counts, sets, reps, str_text(&time));
	if (time.n && !timed) {
		str_puts(out, ", ");
		words_phrase(out, c, lang, "dose-hold",
		        (struct blank[]){ { "time", str_text(&time) }, { NULL, NULL } });
	}
	str_free(&time);
}

void
words_dose(struct str *out, const struct catalogue *c, const char *lang, const struct entry *p)
{
	static const char *const side[SIDE_COUNT] = { [SIDE_LEFT] = "dose-left",
		[SIDE_RIGHT] = "dose-right",
		[SIDE_BOTH] = "dose-each-side" };
	const struct exercise *e = cat_exercise(c, p->item);
	enum unit unit = e                             ? e->unit
	        : known(p->reps) || !known(p->seconds) ? UNIT_REPS
	                                               : UNIT_SECONDS;
	struct str kg = STR_INIT;

	add_amount(out, c, lang, p, unit);
	if (known(p->load_kg) && p->load_kg > 0) {
		words_number(&kg, p->load_kg, 2);
		str_puts(out, ", ");
		words_phrase(out, c, lang, "dose-load",
		        (struct blank[]){ { "kg", str_text(&kg) }, { NULL, NULL } });
		str_free(&kg);
	}
	if (side[p->side])
		str_addf(out, ", %s", cat_phrase(c, side[p->side], lang));
}

void
words_per_week(struct str *out, const struct catalogue *c, const char *lang, double per_week)
{
	struct str n = STR_INIT;

	words_number(&n, per_week, 1);
	words_phrase(out, c, lang,
	        per_week >= 7           ? "per-week-daily"
	                : per_week == 1 ? "per-week-once"
	                                : "per-week",
	        (struct blank[]){ { "n", str_text(&n) }, { NULL, NULL } });
	str_free(&n);
}

const char *
words_status(enum care care)
{
	return care == CARE_ACTIVE ? "active again" : care_names[care];
}

enum tone
words_tone(enum severity severity)
{
	static const enum tone tones[] = { [SEVERITY_URGENT] = TONE_URGENT,
		[SEVERITY_SOON] = TONE_SOON,
		[SEVERITY_WATCH] = TONE_WATCH,
		[SEVERITY_GOOD] = TONE_GOOD };

	return tones[severity];
}

enum tone
words_verdict_tone(const char *verdict)
{
	if (verdict && strcmp(verdict, "improved") == 0)
		return TONE_GOOD;
	return verdict && strcmp(verdict, "worse") == 0 ? TONE_SOON : TONE_PLAIN;
}

static void
add_flag(struct str *out, const struct catalogue *c, const struct attention *a, const char *since)
{
	static const char *const act[] = { [REFER_ROUTINE] = "act-routine",
		[REFER_URGENT] = "act-urgent",
		[REFER_EMERGENCY] = "act-emergency" };
	const struct redflag *f = cat_redflag(c, slice_of(a->metric));

	words_phrase(out, c, "en", "attention-red-flag",
	        (struct blank[]){ { "flag", f ? f->name.text : a->metric }, { "since", since },
	                { "act", cat_phrase(c, act[f ? f->urgency : REFER_URGENT], "en") },
	                { NULL, NULL } });
}

static void
add_event(struct str *out, const struct catalogue *c, const struct attention *a, const char *since)
{
	const char *colon = strchr(a->metric, ':');
	const size_t n = colon ? (size_t)(colon - a->metric) : strlen(a->metric);
	const struct finding *f = cat_finding(c, (struct slice){ a->metric, n });
	struct str event = STR_INIT;

	str_addf(&event, "%s%s%s", f ? f->name.text : a->metric, colon ? ", " : "",
	        colon ? colon + 1 : "");
	words_phrase(out, c, "en", "attention-event",
	        (struct blank[]){ { "event", str_text(&event) }, { "since", since },
	                { "act", words_special(c, "en", "event-act", f ? f->id : a->metric) },
	                { NULL, NULL } });
	str_free(&event);
}

/* One row by its own sentence, ID. */
static void
add_attention(struct str *out, const struct catalogue *c, const struct attention *a, const char *id)
{
	struct str since = STR_INIT, value = STR_INIT, limit = STR_INIT, metric = STR_INIT;
	struct metric_info info = metric_info(c, a->metric);
	/* a goal's figures are readings, the others are sizes of changes: "worse by 2" */
	bool reading = strcmp(a->reason, "goal") == 0;

	words_day(&since, a->since);
	words_number(&value, reading ? a->value : fabs(a->value), 1);
	words_number(&limit, reading ? a->limit : fabs(a->limit), 1);
	words_metric(&metric, c, a->metric);
	words_phrase(out, c, "en", id,
	        (struct blank[]){ { "metric", str_text(&metric) }, { "value", str_text(&value) },
	                { "limit", str_text(&limit) }, { "since", str_text(&since) },
	                { "unit", info.unit ? info.unit : "" }, { NULL, NULL } });
	str_free(&since);
	str_free(&value);
	str_free(&limit);
	str_free(&metric);
}

/* Rows of one patient and one reason that are told in one sentence, where the table has a `-each`.
 */
static size_t
add_run(struct str *out, const struct catalogue *c, const struct attention *a, size_t n,
        const char *id, const char *each)
{
	struct str line = STR_INIT;
	size_t told = 0;

	for (; told < n && strcmp(a[told].patient, a->patient) == 0 &&
	        strcmp(a[told].reason, a->reason) == 0;
	        told++) {
		if (told)
			str_puts(&line, "; ");
		add_attention(&line, c, &a[told], each);
	}
	words_phrase(
	        out, c, "en", id, (struct blank[]){ { "list", str_text(&line) }, { NULL, NULL } });
	str_free(&line);
	return told;
}

size_t
words_attention(struct str *out, const struct catalogue *c, const struct attention *a, size_t n)
{
	struct str id = STR_INIT, each = STR_INIT, since = STR_INIT;
	size_t before = out->n, told = 1;

	str_addf(&id, "attention-%s", a->reason);
	str_addf(&each, "%s-each", str_text(&id));
	words_day(&since, a->since);
	if (strcmp(a->reason, "red-flag") == 0)
		add_flag(out, c, a, str_text(&since));
	else if (strcmp(a->reason, "event") == 0)
		add_event(out, c, a, str_text(&since));
	else if (words_has(c, str_text(&each)))
		told = add_run(out, c, a, n, str_text(&id), str_text(&each));
	else
		add_attention(out, c, a, str_text(&id));
	words_capital(out, before);
	str_free(&id);
	str_free(&each);
	str_free(&since);
	return told;
}
