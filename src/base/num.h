/*
 * Numbers as text, exactly: no locale, no exponents beyond what is said, no
 * guess.  NAN stands for "unknown" throughout the suite: missing is never zero.
 */
#ifndef PT_NUM_H
#define PT_NUM_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define UNKNOWN ((double)NAN)

static inline bool
known(double x)
{
	return !isnan(x);
}

/*
 * What sums and products of decimals may miss by: 6.1 - 4.1 is at least 2, and 0.3 / 0.1 is 3 whole
 * steps.
 */
#define NUM_SLACK 1e-9

enum num_error {
	NUM_OK,
	NUM_EMPTY,
	NUM_NOT,    /* not a decimal number */
	NUM_COMMA,  /* a decimal comma where a point is wanted */
	NUM_POINTS, /* two decimal points */
	NUM_HEX,
	NUM_NAN,    /* nan, inf and relatives */
	NUM_RANGE,  /* 3-4 */
	NUM_SHEET,  /* #NAME?, #DIV/0!, =1+2, '10, 3-Oct: what a spreadsheet did to it */
	NUM_DIGITS, /* other digits than 0-9, or more than 15 significant ones */
	NUM_TAIL    /* text behind the number */
};

/*
 * A plain decimal, [-+]digits[.digits][e[+-]digits] with at most 15 significant
 * digits and |x| < 1e15, correctly rounded; the fast form is exact integer
 * arithmetic without allocation.  COMMA: a comma is the decimal sign too.  Blanks
 * at the edges are no part of it.
 */
enum num_error num_read(struct slice text, bool comma, double *out);

/*
 * The shortest decimal that num_read() takes for x, without exponent; nothing for an unknown.
 * What needs more than 15 significant digits or 22 decimals is rounded to them.  Bytes written; buf
 * of NUM_TEXT.
 */
#define NUM_TEXT 40
size_t num_write(char *buf, double x);
/*
 * A figure of a table (the definition of statistics, section 9): fixed notation, at
 * most 15 significant digits and MOST decimals, zeros at the end dropped, never -0;
 * nothing for an unknown.
 */
size_t figure_write(char *buf, double x, int most);
/* What reading the figure gives; |x| < 1e15, or unknown. */
double figure_round(double x, int most);
/* %.DIGITSg, DIGITS at most 15; buf of NUM_TEXT. */
size_t digits_write(char *buf, double x, int digits);
/* Makes it what reading that gives; false: it may have an exponent, or is none, and is left alone.
 */
bool digits_round(double *x, int digits);

/* The nearest of NAMES (NULL at the end) by Damerau-Levenshtein distance, or NULL when none is
 * near. */
const char *nearest(struct slice word, const char *const *names);
/* The distance itself, cut off at LIMIT. */
int word_distance(struct slice a, struct slice b, int limit);

#endif
