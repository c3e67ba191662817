/* The summary's groups: how patients of one condition fare together. */
#include "base/mem.h"
#include "reports/shape.h"
#include "reports/summary_tables.h"
#include "reports/words.h"

#define GROUP_LEAST 3 /* smaller ones say what their lines say already */

static void
add_share(struct grid *g, double percent, long n)
{
	struct str t = STR_INIT;

	if (n > 0 && known(percent)) {
		words_percent(&t, percent);
		str_addf(&t, " of %ld", n);
	}
	summary_cell(g, TONE_PLAIN, &t);
}

static void
add_group(struct grid *g, const struct facts *f, const struct group *group)
{
	const struct condition *c = cat_condition(f->catalogue, slice_of(group->key[0]));
	struct str metric = STR_INIT, change = STR_INIT, n = STR_INIT;

	words_metric(&metric, f->catalogue, group->metric);
	words_capital(&metric, 0);
	if (known(group->change)) {
		words_change(&change, group->change, 1);
		if (known(group->change_lo)) {
			str_puts(&change, " (");
			words_change(&change, group->change_lo, 1);
			str_puts(&change, " to ");
			words_change(&change, group->change_hi, 1);
			str_putc(&change, ')');
		}
	}
	str_addf(&n, "%ld", group->n);
	grid_add(g, c ? c->name.text : *group->key[0] ? group->key[0] : "without condition");
	grid_add(g, str_text(&metric));
	grid_add(g, str_text(&n));
	summary_cell(g, TONE_PLAIN, &change);
	add_share(g, group->responders_30, group->responders_n);
	str_free(&metric);
	str_free(&n);
}

/* One row a condition and measure: its first measure, or pain. */
static bool
leads(const struct facts *f, const struct group *group)
{
	const struct condition *c = cat_condition(f->catalogue, slice_of(group->key[0]));
	const char *first = c ? c->default_measures[0] : NULL;

	if (!first || strcmp(first, "nprs") == 0)
		return strcmp(group->metric, "pain") == 0;
	return strcmp(group->metric, first) == 0;
}

/* A table of groups that came with the stream says what its maker asked for. */
static void
write_given_groups(struct out *out, const struct facts *f)
{
	struct str left_out = STR_INIT;
	struct grid *g;

	if (!f->given_groups || grid_rows(f->given_groups) == 0)
		return;
	g = shape_columns(f->given_groups, &left_out);
	out_heading(out, 2, "Groups");
	out_table(out, g);
	grid_free(g);
	str_free(&left_out);
}

void
summary_groups(struct out *out, const struct facts *f)
{
	static const struct grid_column column[] = {
		{ "Condition", ALIGN_LEFT, true, true },
		{ "Measure", ALIGN_LEFT, false, true },
		{ "n", ALIGN_RIGHT, false, false },
		{ "Mean change (95 %)", ALIGN_LEFT, false, true },
		{ "30 % better", ALIGN_RIGHT, false, false },
	};
	struct grid *g = grid_new("Groups by condition", column, LENGTH(column));

	for (size_t i = 0; f->groups && i < f->groups->n; i++)
		if (f->groups->at[i].patients >= GROUP_LEAST && f->groups->at[i].n > 0 &&
		        leads(f, &f->groups->at[i]))
			add_group(g, f, &f->groups->at[i]);
	if (grid_rows(g)) {
		out_heading(out, 2, "Groups");
		out_table(out, g);
		out_remark(out, TONE_QUIET,
		        "n: patients with a first and a later value. People start on a bad day: "
		        "part of "
		        "every change is that, and no group here is held against another.");
	}
	grid_free(g);
	write_given_groups(out, f);
}
