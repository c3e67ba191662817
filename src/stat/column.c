#include "stat/column.h"

#include <limits.h>
#include <stdio.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/num.h"

/* Decimals of figures, digits of the others. */
static const int precision[] = {
	[CELL_FIGURE] = 12, [CELL_OVER] = 10, [CELL_SD] = 13, [CELL_TAIL] = 10
};

static bool
has_decimals(enum cell cell)
{
	return cell == CELL_FIGURE || cell == CELL_OVER;
}

static double
double_at(const struct column_spec *c, const void *row)
{
	return *(const double *)(const void *)((const char *)row + c->at);
}

/* The printed form; TEXT has room for NUM_TEXT bytes. */
static size_t
print_figure(const struct column_spec *c, double x, char *text)
{
	if (!isfinite(x))
		return 0;
	return has_decimals(c->cell) ? figure_write(text, x, precision[c->cell])
	                             : digits_write(text, x, precision[c->cell]);
}

void
columns_head(struct csvout *out, const struct column_spec *columns)
{
	for (const struct column_spec *c = columns; c->name; c++)
		csvout_text(out, c->name);
}

static void
write_cell(struct csvout *out, const struct column_spec *c, const void *row)
{
	const char *at = (const char *)row + c->at;
	char text[NUM_TEXT];
	int n;

	switch (c->cell) {
	case CELL_TEXT:
		csvout_text(out, *(const char *const *)(const void *)at);
		break;
	case CELL_COUNT:
		n = snprintf(text, sizeof text, "%ld", *(const long *)(const void *)at);
		csvout_field(out, text, text[0] == '-' ? 0 : (size_t)n);
		break;
	case CELL_DAY:
		csvout_day(out, *(const int *)(const void *)at);
		break;
	default:
		csvout_field(out, text, print_figure(c, double_at(c, row), text));
		break;
	}
}

void
columns_write(struct csvout *out, const struct column_spec *columns, const void *row)
{
	for (const struct column_spec *c = columns; c->name; c++)
		write_cell(out, c, row);
}

/* %g prints exponents that no log holds: 8.225747301e-15. */
static bool
read_tiny(struct slice text, double *out)
{
	struct slice mantissa, exponent = text;
	double power;

	if (!slice_split(&exponent, 'e', &mantissa) || num_read(mantissa, false, out) != NUM_OK ||
	        num_read(exponent, false, &power) != NUM_OK)
		return false;
	*out *= pow(10, power);
	return true;
}

static bool
read_number(struct slice text, double *out)
{
	*out = UNKNOWN;
	return text.n == 0 || num_read(text, false, out) == NUM_OK || read_tiny(text, out);
}

static bool
read_count(struct slice text, long *out)
{
	double x;

	if (!read_number(text, &x) ||
	        (known(x) && !(x >= 0 && x < (double)LONG_MAX && x == floor(x))))
		return false;
	*out = known(x) ? (long)x : -1;
	return true;
}

static bool
read_day(struct slice text, int *out)
{
	struct when when = { DAY_NONE, NO_TIME };
	bool good = text.n == 0 || date_read(text, DATE_YMD, &when, NULL);

	*out = when.day;
	return good;
}

static bool
read_cell(const struct column_spec *c, struct slice text, struct pool *pool, void *row)
{
	void *at = (char *)row + c->at;

	switch (c->cell) {
	case CELL_TEXT:
		*(const char **)at = pool_text(pool, pool_add(pool, text.s, text.n));
		return true;
	case CELL_COUNT:
		return read_count(text, at);
	case CELL_DAY:
		return read_day(text, at);
	default:
		return read_number(text, at);
	}
}

bool
columns_read(const struct row *row, const struct column_spec *columns, struct pool *pool, void *out)
{
	bool good = true;

	for (const struct column_spec *c = columns; c->name; c++) {
		int i = header_column(row->header, c->name);
		struct slice text =
		        i >= 0 && (size_t)i < row->record.n ? row->record.field[i] : SLICE("");
		if (read_cell(c, text, pool, out))
			continue;
		diag_reject((struct place){ row->file, row->record.line, c->name },
		        "%s is not what ptstat prints there", quote(text));
		good = false;
	}
	return good;
}

/* With at most three decimals and nine digits every printed form reads back as the same number. */
static bool
is_settled(double x)
{
	const double size = fabs(x), thousandths = floor(size * 1000 + 0.5);

	return size < 1e6 && thousandths / 1000 == size && !(x == 0 && signbit(x));
}

/* Only what %g prints with an exponent must be printed for that. */
static void
settle(const struct column_spec *c, double *x)
{
	char text[NUM_TEXT];

	if (has_decimals(c->cell) && fabs(*x) < 1e15)
		*x = figure_round(*x, precision[c->cell]);
	else if (has_decimals(c->cell) || !digits_round(x, precision[c->cell]))
		read_number((struct slice){ text, print_figure(c, *x, text) }, x);
}

void
columns_settle(const struct column_spec *columns, void *row)
{
	for (const struct column_spec *c = columns; c->name; c++) {
		double *x = (void *)((char *)row + c->at);
		if (c->cell >= CELL_FIGURE && known(*x) && !is_settled(*x))
			settle(c, x);
	}
}

static bool
equal_cell(const struct column_spec *c, const void *a, const void *b)
{
	const char *x = (const char *)a + c->at, *y = (const char *)b + c->at;

	if (c->cell == CELL_TEXT)
		return strcmp(*(const char *const *)(const void *)x,
		               *(const char *const *)(const void *)y) == 0;
	if (c->cell == CELL_COUNT)
		return *(const long *)(const void *)x == *(const long *)(const void *)y;
	if (c->cell == CELL_DAY)
		return *(const int *)(const void *)x == *(const int *)(const void *)y;
	double p = double_at(c, a), q = double_at(c, b);
	return p == q || (!known(p) && !known(q));
}

bool
columns_equal(const struct column_spec *columns, const void *a, const void *b)
{
	for (const struct column_spec *c = columns; c->name; c++)
		if (!equal_cell(c, a, b))
			return false;
	return true;
}
