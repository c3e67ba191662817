#include "log/void.h"

#include <string.h>

static bool
value_agrees(const struct entry *v, const struct entry *e)
{
	double number = v->value;

	if (v->text.n == 0 && !known(number))
		return true;
	if (!known(e->value))
		return slice_is(v->text, e->text);
	if (v->text.n && num_read(v->text, false, &number) != NUM_OK)
		return false;
	return number == e->value;
}

bool
void_agrees(const struct entry *v, const struct entry *e)
{
	if (e->kind == KIND_VOID || v->date.day != e->date.day ||
	        v->date.minute != e->date.minute || (v->item.n && !slice_is(v->item, e->item)) ||
	        (v->side && v->side != e->side) || (v->decision && v->decision != e->decision) ||
	        (v->rule.n && !slice_is(v->rule, e->rule)) || !value_agrees(v, e))
		return false;
	for (enum column c = FIRST_NUMBER; c <= LAST_NUMBER; c++) {
		const double want = entry_number_of(v, c);
		if (known(want) && want != entry_number_of(e, c))
			return false;
	}
	return true;
}

void
void_resolve(const struct entry *const *rows, size_t n, bool *gone)
{
	memset(gone, 0, n * sizeof *gone);
	for (size_t i = 0; i < n; i++) {
		if (rows[i]->kind != KIND_VOID)
			continue;
		gone[i] = true;
		for (size_t j = i; j-- > 0;)
			if (!gone[j] && void_agrees(rows[i], rows[j])) {
				gone[j] = true;
				break;
			}
	}
}
