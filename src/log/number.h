/*
 * One number of the log as people and programs write it: units, clock times,
 * x/10, decimal commas; and what to type instead when it cannot be read exactly.
 */
#ifndef PT_NUMBER_H
#define PT_NUMBER_H

#include "log/entry.h"

enum number_got {
	NUMBER_SAME, /* written as num_write() writes it */
	NUMBER_OK,   /* that remains to be seen */
	NUMBER_AS,   /* read, but worth a remark: 8/10, 00020, 3.0 */
	NUMBER_BAD
};

struct unit_word {
	const char *word;
	double factor; /* to the unit of the log */
};

struct number_spec {
	double least, most;
	bool whole;
	bool of_most;                  /* 8/10 is 8 where most is 10 */
	const struct unit_word *units; /* word NULL at the end; may be NULL */
	bool clock;                    /* 1:30 and 01:30:00, in seconds */
};

/* What a column from COL_SETS to COL_RPE may hold. */
const struct number_spec *number_spec(enum column column);

static inline unsigned
digit_at(struct slice t, size_t i)
{
	return (unsigned)(unsigned char)t.s[i] - '0';
}

/* Two to four digits, the first not 0, perhaps one more that is not 0 behind a point. */
static inline bool
number_is_few_digits(struct slice t, bool whole, double *x)
{
	const unsigned last = digit_at(t, t.n - 1);
	const bool tenths = !whole && t.n > 2 && t.s[t.n - 2] == '.';
	const size_t digits = tenths ? t.n - 2 : t.n;
	unsigned n = digit_at(t, 0);

	if (last > 9 || digits > 4 || (n == 0 && digits > 1) || (tenths && last == 0))
		return false;
	for (size_t i = 1; i < digits; i++) {
		const unsigned digit = digit_at(t, i);
		if (digit > 9)
			return false;
		n = 10 * n + digit;
	}
	*x = tenths ? (10 * n + last) / 10.0 : n;
	return true;
}

/*
 * A digit, or few of them, within the limits: nearly every number of a log.  True and *OUT, or
 * false and nothing.
 */
static inline bool
number_is_short(struct slice t, const struct number_spec *spec, double *out)
{
	double x = digit_at(t, 0);

	if (!(x <= 9) || (t.n > 1 && !number_is_few_digits(t, spec->whole, &x)) ||
	        !(x >= spec->least && x <= spec->most))
		return false;
	*out = x;
	return true;
}

/*
 * Reads a trimmed text that is not empty.  COMMA: a comma is the decimal sign too.  FACTOR
 * is that of a number without unit (1 as a rule).  WHY is set for NUMBER_AS and NUMBER_BAD.
 */
enum number_got number_read_long(struct slice text, const struct number_spec *spec, bool comma,
        double factor, double *out, struct str *why);
static inline enum number_got
number_read(struct slice text, const struct number_spec *spec, bool comma, double factor,
        double *out, struct str *why)
{
	return factor == 1 && number_is_short(text, spec, out)
	        ? NUMBER_SAME
	        : number_read_long(text, spec, comma, factor, out, why);
}

extern const struct unit_word load_units[];
#define KG_PER_LB 0.45359237

#endif
