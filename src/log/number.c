#include "log/number.h"

#include <string.h>

#include "base/mem.h"

const struct unit_word load_units[] = { { "kg", 1 }, { "kgs", 1 }, { "lb", KG_PER_LB },
	{ "lbs", KG_PER_LB }, { "pound", KG_PER_LB }, { "pounds", KG_PER_LB }, { NULL, 0 } };
static const struct unit_word second_units[] = { { "s", 1 }, { "sec", 1 }, { "secs", 1 },
	{ "second", 1 }, { "seconds", 1 }, { "m", 60 }, { "min", 60 }, { "mins", 60 },
	{ "minute", 60 }, { "minutes", 60 }, { "h", 3600 }, { "hr", 3600 }, { "hour", 3600 },
	{ "hours", 3600 }, { NULL, 0 } };
static const struct unit_word minute_units[] = { { "m", 1 }, { "min", 1 }, { "mins", 1 },
	{ "minute", 1 }, { "minutes", 1 }, { "h", 60 }, { "hr", 60 }, { "hour", 60 },
	{ "hours", 60 }, { NULL, 0 } };

#define SCALE                                                                                      \
	{                                                                                          \
		.most = 10, .of_most = true                                                        \
	}

static const struct number_spec specs[] = {
	[COL_SETS] = { .most = 9999, .whole = true },
	[COL_REPS] = { .most = 9999, .whole = true },
	[COL_LOAD_KG] = { .most = 1000, .units = load_units },
	[COL_SECONDS] = { .most = 86400, .units = second_units, .clock = true },
	[COL_PER_WEEK] = { .most = 50 },
	[COL_PAIN_BEFORE] = SCALE,
	[COL_PAIN_AFTER] = SCALE,
	[COL_DIZZY_BEFORE] = SCALE,
	[COL_DIZZY_AFTER] = SCALE,
	[COL_SETTLE_MIN] = { .most = 10080, .units = minute_units },
	[COL_RPE] = SCALE,
};

const struct number_spec *
number_spec(enum column column)
{
	return &specs[column];
}

#define UNKNOWN_ADVICE "is not a number: leave it empty when it is unknown"

/* What people write where a number is wanted, and what they should. */
static const struct {
	const char *word, *advice;
} words[] = {
	{ "bw", "is not a number: leave it empty for body weight" },
	{ "bodyweight", "is not a number: leave it empty for body weight" },
	{ "body weight", "is not a number: leave it empty for body weight" },
	{ "none", "could be 0 or not asked: write 0 or leave it empty" },
	{ "no", "could be 0 or not asked: write 0 or leave it empty" },
	{ "yes", "is not a number: write 1 for yes, 0 for no" },
	{ "positive", "is not a number: write 1 for positive, 0 for negative" },
	{ "negative", "is not a number: write 1 for positive, 0 for negative" },
	{ "present", "is not a number: write 1 for present, 0 for absent" },
	{ "absent", "is not a number: write 1 for present, 0 for absent" },
	{ "nil", "could be 0 or not asked: write 0 or leave it empty" },
	{ "n/a", UNKNOWN_ADVICE },
	{ "na", UNKNOWN_ADVICE },
	{ "n.a", UNKNOWN_ADVICE },
	{ "n.a.", UNKNOWN_ADVICE },
	{ "n. a.", UNKNOWN_ADVICE },
	{ "k.a", UNKNOWN_ADVICE },
	{ "k.a.", UNKNOWN_ADVICE },
	{ "k. a.", UNKNOWN_ADVICE },
	{ "n.v.t.", UNKNOWN_ADVICE },
	{ "null", UNKNOWN_ADVICE },
	{ "unknown", UNKNOWN_ADVICE },
	{ "missing", UNKNOWN_ADVICE },
	{ "-", UNKNOWN_ADVICE },
	{ "--", UNKNOWN_ADVICE },
	{ "\xe2\x80\x93", UNKNOWN_ADVICE },
	{ "\xe2\x80\x94", UNKNOWN_ADVICE },
	{ "?", UNKNOWN_ADVICE },
	{ "\xc2\xbd", "is not a number: write 0.5" },
	{ "\xc2\xbc", "is not a number: write 0.25" },
	{ "\xc2\xbe", "is not a number: write 0.75" },
};

/* 3x10 in a field for one number. */
static bool
is_sets_by_reps(struct slice t)
{
	size_t i = 0;

	while (i < t.n && is_digit(t.s[i]))
		i++;
	return i > 0 && i + 1 < t.n && (t.s[i] == 'x' || t.s[i] == 'X') && is_digit(t.s[i + 1]);
}

static const char *
sheet_advice(struct slice t)
{
	switch (t.s[0]) {
	case '#':
		return "is an error that a spreadsheet wrote: look at the original";
	case '=':
		return "is a formula: export values, not formulas";
	case '\'':
		return "has an apostrophe in front (a spreadsheet's mark for text): write the "
		       "number alone";
	default:
		return "is what a spreadsheet makes of two numbers such as 3-10 or 3/10: look at "
		       "the "
		       "original";
	}
}

static const char *
advice(enum num_error error, struct slice t)
{
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_eq_nocase(t, words[i].word))
			return words[i].advice;
	if (error != NUM_HEX && is_sets_by_reps(t))
		return "is sets and reps: write each in its column, or name the column dose";
	switch (error) {
	case NUM_COMMA:
		return "has a decimal comma: write a point, as in 12.5";
	case NUM_POINTS:
		return "has two decimal points";
	case NUM_HEX:
		return "is not a decimal number";
	case NUM_NAN:
		return UNKNOWN_ADVICE;
	case NUM_RANGE:
		return "is a range: write one number";
	case NUM_SHEET:
		return sheet_advice(t);
	case NUM_DIGITS:
		return "is no number with at most 15 of the digits 0-9";
	case NUM_TAIL:
		return "has text behind the number: put it in the note";
	default:
		return "is not a number";
	}
}

static enum number_got
bad(struct str *why, struct slice text, const char *what)
{
	str_reset(why);
	str_add_quoted(why, text);
	str_putc(why, ' ');
	str_puts(why, what);
	return NUMBER_BAD;
}

/* H:MM:SS or M:SS, in seconds. */
static bool
read_clock(struct slice t, double *out)
{
	struct slice rest = t, piece;
	double part[3];
	size_t n = 0;

	while (slice_split(&rest, ':', &piece)) {
		if (n == 3 || piece.n == 0 || piece.n > 4 || (n > 0 && piece.n != 2))
			return false;
		part[n] = 0;
		for (size_t i = 0; i < piece.n; i++) {
			if (!is_digit(piece.s[i]))
				return false;
			part[n] = 10 * part[n] + (piece.s[i] - '0');
		}
		if (n > 0 && part[n] >= 60)
			return false;
		n++;
	}
	if (n < 2)
		return false;
	*out = n == 2 ? 60 * part[0] + part[1] : 3600 * part[0] + 60 * part[1] + part[2];
	return true;
}

/* Splits "25 lb" into its number and the factor of its unit. */
static bool
split_unit(const struct unit_word *units, struct slice *t, double *factor)
{
	for (const struct unit_word *u = units; u && u->word; u++) {
		const size_t n = strlen(u->word);
		if (t->n <= n || !slice_eq_nocase((struct slice){ t->s + t->n - n, n }, u->word))
			continue;
		const struct slice before = slice_trim((struct slice){ t->s, t->n - n });
		if (before.n == 0 ||
		        (!is_digit(before.s[before.n - 1]) && before.s[before.n - 1] != '.'))
			continue;
		*t = before;
		*factor = u->factor;
		return true;
	}
	return false;
}

/* 8/10 on a scale that ends at 10. */
static bool
split_scale(const struct number_spec *spec, bool comma, struct slice *t)
{
	const char *slash = memchr(t->s, '/', t->n);
	double most;

	if (!spec->of_most || slash == NULL)
		return false;
	const size_t n = (size_t)(slash - t->s);
	const struct slice after = slice_trim((struct slice){ slash + 1, t->n - n - 1 });
	const struct slice before = slice_trim((struct slice){ t->s, n });
	if (before.n == 0 || num_read(after, comma, &most) != NUM_OK || most != spec->most)
		return false;
	*t = before;
	return true;
}

static enum number_got
check(struct slice text, const struct number_spec *spec, double x, struct str *why)
{
	char limit[2][NUM_TEXT];

	if (spec->whole && x != floor(x))
		return bad(why, text, "is not a whole number");
	if (x >= spec->least && x <= spec->most)
		return NUMBER_OK;
	limit[0][num_write(limit[0], spec->least)] = '\0';
	limit[1][num_write(limit[1], spec->most)] = '\0';
	bad(why, text, "is not between ");
	str_addf(why, "%s and %s", limit[0], limit[1]);
	return NUMBER_BAD;
}

/* 00020 and 3.0 for 3: read, and said once. */
static bool
is_odd(const struct number_spec *spec, struct slice t)
{
	return (t.n > 1 && t.s[0] == '0' && is_digit(t.s[1])) ||
	        (spec->whole && memchr(t.s, '.', t.n) != NULL);
}

static enum number_got
read_as(struct slice text, double x, struct str *why)
{
	char number[NUM_TEXT];

	number[num_write(number, x)] = '\0';
	bad(why, text, "read as ");
	str_puts(why, number);
	return NUMBER_AS;
}

enum number_got
number_read_long(struct slice text, const struct number_spec *spec, bool comma, double factor,
        double *out, struct str *why)
{
	struct slice t = text;
	double x;

	if (spec->clock && memchr(t.s, ':', t.n) != NULL) {
		if (!read_clock(t, &x))
			return bad(why, text,
			        "is no time: write minutes:seconds as in 1:30, or seconds");
		*out = x;
		return check(text, spec, x, why);
	}
	const bool scale = split_scale(spec, comma, &t);
	const enum num_error error = num_read(t, comma, &x);
	if (error != NUM_OK && spec->of_most && is_digit(t.s[0]) && memchr(t.s, '/', t.n) != NULL)
		return bad(why, text, "is not on this scale: write the number alone");
	if (error != NUM_OK) {
		if (!split_unit(spec->units, &t, &factor) || num_read(t, comma, &x) != NUM_OK)
			return bad(why, text, advice(error, text));
	}
	if (factor != 1)
		x = round(x * factor * 100) / 100;
	*out = x == 0 ? 0 : x; /* -0 */
	const enum number_got got = check(text, spec, x, why);
	if (got == NUMBER_OK && (scale || is_odd(spec, t)))
		return read_as(text, x, why);
	return got;
}
