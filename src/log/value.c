#include "log/value.h"

#include "base/mem.h"
#include "log/freetext.h"

static const struct unit_word percent_units[] = { { "%", 1 }, { NULL, 0 } };
static const struct unit_word metre_units[] = { { "m", 1 }, { NULL, 0 } };
static const struct unit_word mg_units[] = { { "mg", 1 }, { "g", 1000 }, { "mg/day", 1 },
	{ "mg/d", 1 }, { NULL, 0 } };
static const struct unit_word mcg_units[] = { { "mcg", 1 }, { "mcg/h", 1 }, { NULL, 0 } };

/* How the units of the catalogue may stand behind a number. */
static const struct {
	const char *unit;
	const struct unit_word *words;
	bool clock;
} units[] = {
	{ "percent", percent_units, false },
	{ "seconds", NULL, true }, /* those of the column seconds */
	{ "kg", load_units, false },
	{ "metres", metre_units, false },
	{ "mg/day", mg_units, false },
	{ "mcg/h", mcg_units, false },
};

static void
use_units(struct number_spec *spec, const char *unit)
{
	for (size_t i = 0; i < LENGTH(units); i++)
		if (strcmp(units[i].unit, unit) == 0) {
			spec->clock = units[i].clock;
			spec->units =
			        spec->clock ? number_spec(COL_SECONDS)->units : units[i].words;
		}
}

#define ANY_NUMBER 1e9

static struct number_spec
measure_spec(const struct measure *m)
{
	struct number_spec spec = { .least = -ANY_NUMBER, .most = ANY_NUMBER };

	if (m == NULL)
		return spec;
	if (known(m->min))
		spec.least = m->min;
	if (known(m->max))
		spec.most = m->max;
	spec.of_most = spec.least == 0;
	use_units(&spec, m->unit);
	return spec;
}

static struct number_spec
finding_spec(const struct finding *f)
{
	if (f && strncmp(f->scale, "measure:", 8) == 0)
		return (struct number_spec){ .least = -ANY_NUMBER, .most = ANY_NUMBER };
	const bool event = f && strcmp(f->scale, "event") == 0;
	return (struct number_spec){ .most = event ? 1 : 3, .whole = true };
}

struct number_spec
value_spec(enum kind kind, const struct item *item)
{
	struct number_spec spec = { .most = 1, .whole = true }; /* a red flag */

	if (kind == KIND_MEASURE)
		return measure_spec(item ? item->measure : NULL);
	if (kind == KIND_FINDING)
		return finding_spec(item ? item->finding : NULL);
	if (kind == KIND_MEDICINE) {
		spec = (struct number_spec){ .most = 100000 };
		if (item && item->medicine)
			use_units(&spec, item->medicine->unit);
	}
	return spec;
}

bool
number_is(struct slice text, double x)
{
	char number[NUM_TEXT];

	return slice_is(text, (struct slice){ number, num_write(number, x) });
}

/* Profile items that are not just any text. */
static const char *const statuses[] = { "active", "paused", "discharged", "deceased", NULL };
const char *const irritabilities[] = { "low", "moderate", "high", NULL };

static const struct fact {
	const char *item;
	double least, most; /* of a whole number */
	const char *const *words;
	const char *advice; /* in place of what is wrong with the number */
} facts[] = {
	/* A date of birth is not shown: messages end up in mail. */
	{ "birth-year", YEAR_MIN, YEAR_MAX, NULL,
	        "write the year of birth alone, from 1900 to 2199, as in 1968" },
	{ "minutes", 1, 1440, NULL, NULL },
	{ "exercises", 1, 50, NULL, NULL },
	{ "status", 0, 0, statuses, NULL },
	{ "irritability", 0, 0, irritabilities, NULL },
};

void
none_of(struct str *why, struct slice text, const char *const *words)
{
	const char *near = nearest(text, words);

	str_reset(why);
	str_add_quoted(why, text);
	str_puts(why, " is none of");
	for (size_t i = 0; words[i]; i++)
		str_addf(why, "%s %s", i ? "," : "", words[i]);
	if (near)
		str_addf(why, "; did you mean '%s'?", near);
}

static void
set_text(struct entry *out, struct str *buf, const char *text, size_t n)
{
	str_reset(buf);
	str_add(buf, text, n);
	out->text = (struct slice){ str_text(buf), buf->n };
}

/* A word of a list in any case. */
static bool
read_word(struct entry *out, struct slice text, const char *const *list_of, bool *changed,
        struct str *buf)
{
	for (; *list_of && !slice_eq_nocase(text, *list_of); list_of++)
		continue;
	if (*list_of == NULL)
		return false;
	if (!slice_eq(text, *list_of)) {
		set_text(out, buf, *list_of, strlen(*list_of));
		*changed = true;
	}
	return true;
}

static enum number_got
read_count(struct entry *out, struct slice text, const struct fact *fact, bool *changed,
        struct str *buf, struct str *why)
{
	const struct number_spec spec = { .least = fact->least, .most = fact->most, .whole = true };
	char number[NUM_TEXT];
	double x;
	const enum number_got got = number_read(text, &spec, false, 1, &x, why);

	if (got != NUMBER_BAD && !number_is(text, x)) {
		set_text(out, buf, number, num_write(number, x));
		*changed = true;
	}
	if (got == NUMBER_BAD && fact->advice) {
		str_reset(why);
		str_puts(why, fact->advice);
	}
	return got;
}

static enum number_got
read_profile(struct entry *out, struct slice text, bool *changed, struct str *buf, struct str *why)
{
	struct when when;

	str_reset(why);
	if (slice_eq(out->item, "onset") && !date_read(text, DATE_YMD, &when, why))
		return NUMBER_BAD;
	for (size_t i = 0; i < LENGTH(facts); i++) {
		if (!slice_eq(out->item, facts[i].item))
			continue;
		if (facts[i].words == NULL)
			return read_count(out, text, &facts[i], changed, buf, why);
		if (!read_word(out, text, facts[i].words, changed, buf)) {
			none_of(why, text, facts[i].words);
			return NUMBER_BAD;
		}
	}
	return NUMBER_OK;
}

/* A void row's value is compared with the canonical value of the row it takes back. */
static void
read_void(struct entry *out, struct slice text, bool comma, bool *changed, struct str *buf)
{
	char number[NUM_TEXT];
	double x;

	if (num_read(text, comma, &x) != NUM_OK || number_is(text, x))
		return;
	set_text(out, buf, number, num_write(number, x));
	*changed = true;
}

static enum number_got
read_text(struct entry *out, struct slice text, bool comma, bool *changed, struct str *buf,
        struct str *why)
{
	const char *reason = "";
	const enum text_got got = text_read(text, buf, &out->text, &reason);

	str_reset(why);
	str_puts(why, reason);
	if (got == TEXT_BAD)
		return NUMBER_BAD;
	if (got == TEXT_CHANGED) {
		*changed = true;
		return NUMBER_OK;
	}
	if (out->kind == KIND_PROFILE)
		return read_profile(out, text, changed, buf, why);
	if (out->kind == KIND_VOID)
		read_void(out, text, comma, changed, buf);
	return NUMBER_OK;
}

/* Words that say of a red flag: not raised, or not asked. */
static const char *const denials[] = { "no", "none", "non", "not", "nein", "kein", "keine", "nee",
	"n", "na", "nil", "never", "neg", "negative", "negativ", "false", "absent", "denied",
	"denies", "clear", "cleared", "off", NULL };
/* What may stand behind them; anything else may be what is wrong ("no sensation"). */
static const char *const denied[] = { "asked", "present", "reported", "noted", "known", "done",
	"applicable", "a", NULL };

static bool
is_among(const char *const *words, struct slice word)
{
	for (; *words; words++)
		if (slice_eq_nocase(word, *words))
			return true;
	return false;
}

/* The next word of letters, REST behind it and the signs that follow; empty: there is none. */
static struct slice
next_word(struct slice *rest)
{
	struct slice word = { rest->s, 0 };
	size_t n;

	while (word.n < rest->n && is_letter(rest->s[word.n]))
		word.n++;
	for (n = word.n; n < rest->n && strchr(" .,;:!/()", rest->s[n]) && rest->s[n];)
		n++;
	*rest = (struct slice){ rest->s + n, rest->n - n };
	return word;
}

bool
value_denies(struct slice text)
{
	static const char *const dashes[] = { "-", "--", "\xe2\x80\x93", "\xe2\x80\x94",
		"\xe2\x88\x92", NULL };

	for (size_t i = 0; dashes[i]; i++)
		if (slice_eq(text, dashes[i]))
			return true;
	if (text.n > 2 && text.s[0] == '0' && text.s[text.s[1] == ' ' ? 2 : 1] == '(')
		return true; /* 0 (asked) */
	if (!is_among(denials, next_word(&text)))
		return false;
	return text.n == 0 || (is_among(denied, next_word(&text)) && text.n == 0);
}

bool
takes_away(struct slice *text)
{
	if (text->n < 5 || !slice_eq_nocase((struct slice){ text->s, 4 }, "not "))
		return false;
	*text = slice_trim((struct slice){ text->s + 4, text->n - 4 });
	return true;
}

enum number_got
value_read(struct entry *out, const struct item *item, struct slice text, bool comma,
        struct str *buf, bool *changed, struct str *why)
{
	enum number_got got;

	if (out->kind != KIND_MEASURE && out->kind != KIND_MEDICINE && out->kind != KIND_FINDING &&
	        out->kind != KIND_REDFLAG)
		return read_text(out, text, comma, changed, buf, why);
	if (item) {
		got = number_read(text, &item->number, comma, 1, &out->value, why);
	} else {
		const struct number_spec any = value_spec(out->kind, NULL);
		got = number_read(text, &any, comma, 1, &out->value, why);
	}
	if (got == NUMBER_BAD)
		out->value = UNKNOWN;
	else if (got != NUMBER_SAME && !number_is(text, out->value))
		*changed = true;
	return got;
}
