#include "records/ragged.h"

#include "base/diag.h"
#include "records/dialect.h"

static bool
all_digits(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
	return s.n > 0;
}

/* Does a decimal comma stand between this field and the next: 12 and 5? */
static bool
may_be_decimal(const struct record *r, size_t i)
{
	struct slice whole = r->field[i], part = r->field[i + 1];

	return all_digits(whole) && all_digits(part) && whole.n <= 3 && part.n <= 2;
}

/* A row that is one field too long; which number it is can be said when there is but one. */
static bool
explain_comma(struct str *why, const struct record *r, const struct header *h)
{
	size_t found = 0, at = 0;

	if (h->delimiter != ',' || r->n != h->n + 1)
		return false;
	for (size_t i = 0; i + 1 < r->n; i++)
		if (may_be_decimal(r, i)) {
			at = i;
			found++;
		}
	if (found == 1)
		str_addf(why, "; is '%.*s,%.*s' a decimal comma without quotes?",
		        SLICE_ARG(r->field[at]), SLICE_ARG(r->field[at + 1]));
	else if (found > 1)
		str_puts(why, "; is there a decimal comma without quotes?");
	return found > 0;
}

void
ragged_explain(struct str *why, const struct record *r, const struct header *h)
{
	char delimiter = delimiter_of(r->raw);

	str_addf(why, "%zu field%s, the header has %zu", r->n, r->n == 1 ? "" : "s", h->n);
	if (explain_comma(why, r, h))
		return;
	if (r->n == 1 && delimiter != h->delimiter && memchr(r->raw.s, delimiter, r->raw.n))
		str_addf(why, "; this line is divided by %s",
		        delimiter == '\t' ? "tabs" : quote((struct slice){ &delimiter, 1 }));
	else if (r->n + 1 >= 2 * h->n && h->n > 1)
		str_puts(why, "; two rows joined, without a line end between them?");
	else if (r->unended)
		str_puts(why, "; the line looks unfinished");
}
