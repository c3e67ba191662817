#include <stdint.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/num.h"

#define DIGITS_MOST 15
#define MANTISSA_END 1000000000000000u /* 10^15 */

/* Powers of ten that a double holds exactly. */
static const double power[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
#define POWER_MOST ((int)LENGTH(power) - 1)

/* A number taken apart: mantissa x 10^exponent. */
struct decimal {
	uint64_t mantissa; /* below 10^15, or MANTISSA_END when it has more digits */
	int exponent;
	size_t digits; /* as written */
};

static void
add_digit(struct decimal *d, char c)
{
	d->digits++;
	if (d->mantissa < MANTISSA_END)
		d->mantissa = d->mantissa * 10 + (uint64_t)(c - '0');
	if (d->mantissa > MANTISSA_END)
		d->mantissa = MANTISSA_END;
}

/* Zeros at the end of the fraction say nothing: they wait until another digit follows. */
static const char *
read_fraction(const char *s, const char *end, struct decimal *d)
{
	int waiting = 0;

	for (; s < end && is_digit(*s); s++) {
		if (*s == '0') {
			waiting++;
			continue;
		}
		for (; waiting > 0; waiting--, d->exponent--)
			add_digit(d, '0');
		add_digit(d, *s);
		d->exponent--;
	}
	d->digits += (size_t)waiting;
	return s;
}

static const char *
read_exponent(const char *s, const char *end, struct decimal *d)
{
	const char *p = s + 1;
	bool minus = p < end && *p == '-';
	int e = 0;

	p += p < end && (*p == '-' || *p == '+');
	if (p == end || !is_digit(*p))
		return s;
	for (; p < end && is_digit(*p); p++)
		e = e < 1000 ? 10 * e + (*p - '0') : e;
	d->exponent += minus ? -e : e;
	return p;
}

static enum num_error
value_of(const struct decimal *d, bool minus, double *out)
{
	double x = (double)d->mantissa;

	if (d->mantissa >= MANTISSA_END)
		return NUM_DIGITS;
	if (d->exponent < -POWER_MOST || d->exponent > POWER_MOST)
		return d->mantissa ? NUM_NOT : (*out = 0, NUM_OK);
	/* Both factors are exact, so the one operation rounds correctly. */
	x = d->exponent < 0 ? x / power[-d->exponent] : x * power[d->exponent];
	if (x >= 1e15)
		return NUM_DIGITS;
	*out = minus && x > 0 ? -x : x;
	return NUM_OK;
}

/* Why the text is no number; only asked when it is none. */
static enum num_error explain(struct slice text, bool comma);

enum num_error
num_read(struct slice text, bool comma, double *out)
{
	const char *s = text.s, *end = s + text.n;
	struct decimal d = { 0, 0, 0 };
	bool minus;

	if (text.n == 0)
		return NUM_EMPTY;
	minus = *s == '-';
	s += minus || *s == '+';
	while (s < end && is_digit(*s))
		add_digit(&d, *s++);
	if (s + 1 < end && (*s == '.' || (comma && *s == ',')) && is_digit(s[1]))
		s = read_fraction(s + 1, end, &d);
	if (s < end && d.digits && (*s | 0x20) == 'e')
		s = read_exponent(s, end, &d);
	if (s == end && d.digits)
		return value_of(&d, minus, out);
	if (slice_trim(text).n < text.n)
		return num_read(slice_trim(text), comma, out);
	return explain(text, comma);
}

static bool
begins(struct slice text, const char *word)
{
	size_t n = strlen(word);

	return text.n >= n && slice_eq_nocase((struct slice){ text.s, n }, word);
}

/* Digits of other scripts and fractions such as one half, by their first bytes in UTF-8. */
static bool
has_other_digits(struct slice t)
{
	static const char *const sign[] = { "\xef\xbc\x90", "\xd9\xa0", "\xdb\xb0",
		"\xe0\xa5\xa6" };

	for (size_t i = 0; i + 1 < t.n; i++) {
		unsigned char c = (unsigned char)t.s[i], next = (unsigned char)t.s[i + 1];

		if (c == 0xc2 && (next == 0xb2 || next == 0xb3 || (next >= 0xb9 && next <= 0xbe)))
			return true; /* superscripts and fractions of Latin-1 */
		if (c == 0xe2 && (next == 0x81 || next == 0x82 || next == 0x85))
			return true; /* other superscripts, subscripts, fractions, Roman numerals */
		for (size_t k = 0; k < LENGTH(sign); k++) {
			size_t n = strlen(sign[k]);

			if (i + n <= t.n && memcmp(t.s + i, sign[k], n - 1) == 0 &&
			        (unsigned char)(t.s[i + n - 1] - sign[k][n - 1]) <= 9)
				return true;
		}
	}
	return false;
}

static bool
is_month_word(struct slice t)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
		"aug", "sep", "oct", "nov", "dec", "mrz", "mai", "okt", "dez" };

	for (size_t i = 0; i < LENGTH(months); i++)
		if (begins(t, months[i]))
			return true;
	return false;
}

/* The text from the first byte that is no digit, sign apart; *DIGITS are those before it. */
static struct slice
behind_digits(struct slice t, size_t *digits)
{
	size_t i = t.n && (t.s[0] == '-' || t.s[0] == '+'), first = i;

	while (i < t.n && is_digit(t.s[i]))
		i++;
	*digits = i - first;
	return (struct slice){ t.s + i, t.n - i };
}

/* What stands behind a decimal point or comma and its digits. */
static struct slice
behind_fraction(struct slice t, char *sign)
{
	size_t n;

	*sign = '\0';
	if (t.n < 2 || (t.s[0] != '.' && t.s[0] != ',') || !is_digit(t.s[1]))
		return t;
	*sign = t.s[0];
	return behind_digits((struct slice){ t.s + 1, t.n - 1 }, &n);
}

static bool
is_range(struct slice rest)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", ".." };
	struct slice t = slice_trim(rest);

	for (size_t i = 0; i < LENGTH(dashes); i++) {
		size_t n = strlen(dashes[i]);
		struct slice more;

		if (!begins(t, dashes[i]))
			continue;
		more = slice_trim((struct slice){ t.s + n, t.n - n });
		return more.n > 0 && is_digit(more.s[0]);
	}
	return false;
}

static bool
is_sheet_word(struct slice t)
{
	size_t n;
	struct slice rest;

	if (t.s[0] == '#' || t.s[0] == '=' || t.s[0] == '\'')
		return true;
	rest = behind_digits(t, &n);
	if (n && rest.n > 1 && (rest.s[0] == '-' || rest.s[0] == '.' || rest.s[0] == ' '))
		return is_month_word((struct slice){ rest.s + 1, rest.n - 1 });
	return is_month_word(t) && t.n > 4 && t.s[3] == '-';
}

static enum num_error
explain(struct slice text, bool comma)
{
	struct slice t = slice_trim(text), rest;
	char sign, second;
	size_t digits;

	if (t.n == 0)
		return NUM_EMPTY;
	if (is_sheet_word(t))
		return NUM_SHEET;
	if (has_other_digits(t))
		return NUM_DIGITS;
	rest = behind_digits(t, &digits);
	if (digits == 0 && (begins(rest, "nan") || begins(rest, "inf")))
		return NUM_NAN;
	if (digits == 1 && begins(rest, "x") && *(rest.s - 1) == '0')
		return NUM_HEX;
	if (digits == 0)
		return NUM_NOT;
	rest = behind_fraction(rest, &sign);
	if (behind_fraction(rest, &second).n == 0 && second)
		return sign == second ? NUM_POINTS : NUM_COMMA;
	if (is_range(rest))
		return NUM_RANGE;
	if (sign == ',' && !comma)
		return NUM_COMMA;
	if (second)
		return NUM_POINTS;
	return rest.n ? NUM_TAIL : NUM_NOT;
}

/* The digits of M at the end of a buffer; gives the first of them. */
static char *
digits_before(char *end, uint64_t m)
{
	do
		*--end = (char)('0' + m % 10);
	while ((m /= 10) > 0);
	return end;
}

/* M / 10^DECIMALS without zeros at the end. */
static size_t
fixed_write(char *buf, bool minus, uint64_t m, int decimals)
{
	char text[24], *end = text + sizeof text, *s;
	size_t n = 0, whole;

	for (; decimals > 0 && m % 10 == 0; decimals--)
		m /= 10;
	s = digits_before(end, m);
	if (minus && m)
		buf[n++] = '-';
	whole = (size_t)(end - s) > (size_t)decimals ? (size_t)(end - s) - (size_t)decimals : 0;
	if (whole == 0)
		buf[n++] = '0';
	memcpy(buf + n, s, whole);
	n += whole;
	if (decimals > 0) {
		buf[n++] = '.';
		for (int zeros = decimals - (int)(end - s); zeros > 0; zeros--)
			buf[n++] = '0';
		memcpy(buf + n, s + whole, (size_t)(end - s) - whole);
		n += (size_t)(end - s) - whole;
	}
	return n;
}

static size_t
whole_write(char *buf, bool minus, uint64_t m)
{
	char text[24], *end = text + sizeof text, *s = digits_before(end, m);

	if (minus)
		*--s = '-';
	memcpy(buf, s, (size_t)(end - s));
	return (size_t)(end - s);
}

/*
 * X x 10^DECIMALS as a whole number, ties to even, exactly: fma() gives the part of the
 * product that the multiplication rounded away.  The product is below 2^52.
 */
static uint64_t
scaled(double x, int decimals)
{
	const double product = x * power[decimals], lost = fma(x, power[decimals], -product);
	const double whole = floor(product), part = product - whole;
	const bool up =
	        part > 0.5 || (part == 0.5 && (lost > 0 || (lost == 0 && fmod(whole, 2) == 1)));

	return (uint64_t)whole + up;
}

/* Decimals that make so many significant digits of x > 0, at most MOST. */
static int
decimals_for(double x, int digits, int most)
{
	int decimals = digits;

	if (x >= 1)
		for (int i = 1; i <= digits && x >= power[i - 1]; i++)
			decimals--;
	else
		while (decimals < POWER_MOST && x * power[decimals - digits + 1] < 1)
			decimals++;
	return decimals < most ? decimals : most;
}

static size_t
decimal_write(char *buf, double x, int most)
{
	double size = fabs(x), whole = floor(size * 1000 + 0.5);

	if (!(size < 1e15))
		return (size_t)snprintf(buf, NUM_TEXT, "%.15g", x);
	if ((double)(uint64_t)size == size)
		return whole_write(buf, x < 0, (uint64_t)size);
	/* Nearly all values have at most three decimals: then the quotient gives them back. */
	if (most >= 3 && whole < 1e15 && whole / 1000 == size)
		return fixed_write(buf, x < 0, (uint64_t)whole, 3);
	most = decimals_for(size, DIGITS_MOST, most);
	return fixed_write(buf, x < 0, scaled(size, most), most);
}

size_t
num_write(char *buf, double x)
{
	return known(x) ? decimal_write(buf, x, POWER_MOST) : 0;
}

size_t
figure_write(char *buf, double x, int most)
{
	return known(x) ? decimal_write(buf, x, most) : 0;
}

double
figure_round(double x, int most)
{
	const double size = fabs(x), whole = floor(size * 1000 + 0.5);

	if (!(size < 1e15) || size == 0)
		return size;
	if (whole < 1e15 && whole / 1000 == size && most >= 3)
		return x;
	most = decimals_for(size, DIGITS_MOST, most);
	const double rounded = (double)scaled(size, most) / power[most];
	return x < 0 && rounded > 0 ? -rounded : rounded;
}

/* Does %g surely print so many digits of it without an exponent? */
static bool
is_plain(double x, int digits)
{
	return fabs(x) >= 1e-4 && fabs(x) <= power[digits] - 1;
}

size_t
digits_write(char *buf, double x, int digits)
{
	if (!is_plain(x, digits))
		return (size_t)snprintf(buf, NUM_TEXT, "%.*g", digits, x);
	const int decimals = decimals_for(fabs(x), digits, POWER_MOST);
	return fixed_write(buf, x < 0, scaled(fabs(x), decimals), decimals);
}

bool
digits_round(double *x, int digits)
{
	if (!is_plain(*x, digits))
		return false;
	const int decimals = decimals_for(fabs(*x), digits, POWER_MOST);
	*x = copysign((double)scaled(fabs(*x), decimals) / power[decimals], *x);
	return true;
}
