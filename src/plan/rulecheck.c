#include "plan/rulecheck.h"

static void
report(const struct rule_row *row, const struct rule_error *error)
{
	diag_reject((struct place){ row->file, row->line, error->column }, "rule '%s': %s", row->id,
	        error->text);
}

void
rules_check(const struct catalogue *c)
{
	rules_free(rules_compile(c, report));
}
