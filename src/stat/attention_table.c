#include "stat/attention.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"

const char *const severity_names[] = { "urgent", "soon", "watch", "good", NULL };
const char *const attention_reasons[] = { "red-flag", "worse", "dose-down-worse", "pain-rising",
	"pain-after", "quiet", "plan-expired", "little-data", "measure-overdue", "goal", "mcid",
	"habit", "streak", NULL };

struct attention_table *
attention_table_new(void)
{
	struct attention_table *t = xcalloc(1, sizeof *t);

	t->pool = pool_new();
	return t;
}

void
attention_table_free(struct attention_table *t)
{
	if (!t)
		return;
	pool_free(t->pool);
	free(t->at);
	free(t);
}

/* A row as it is printed and read: words for what is a number above. */
struct printed {
	const char *patient, *severity, *reason;
	int since;
	const char *metric;
	double value, limit;
};

#define AT(member) offsetof(struct printed, member)
static const struct column_spec columns[] = {
	{ "patient", CELL_TEXT, AT(patient) },
	{ "severity", CELL_TEXT, AT(severity) },
	{ "reason", CELL_TEXT, AT(reason) },
	{ "since", CELL_DAY, AT(since) },
	{ "metric", CELL_TEXT, AT(metric) },
	{ "value", CELL_FIGURE, AT(value) },
	{ "limit", CELL_FIGURE, AT(limit) },
	{ NULL, CELL_TEXT, 0 },
};

static int
place_in(const char *word, const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	return -1;
}

static const char *
keep(struct attention_table *t, const char *text)
{
	return pool_text(t->pool, pool_add(t->pool, text, strlen(text)));
}

void
attention_add(struct attention_table *t, const struct attention *row)
{
	GROW(t->at, t->cap, t->n);
	t->at[t->n] = *row;
	t->at[t->n].patient = keep(t, row->patient);
	t->at[t->n].metric = keep(t, row->metric);
	t->at[t->n].place = t->n;
	t->n++;
}

bool
attention_read(struct attention_table *t, const struct row *row)
{
	struct printed p;

	if (!columns_read(row, columns, t->pool, &p))
		return false;
	int severity = place_in(p.severity, severity_names);
	int reason = place_in(p.reason, attention_reasons);
	if (severity < 0 || reason < 0) {
		diag_reject((struct place){ row->file, row->record.line,
		                    severity < 0 ? "severity" : "reason" },
		        "%s is not what ptstat prints there",
		        quote(slice_of(severity < 0 ? p.severity : p.reason)));
		return false;
	}
	GROW(t->at, t->cap, t->n);
	t->at[t->n] = (struct attention){ p.patient, (enum severity)severity,
		attention_reasons[reason], p.since, p.metric, p.value, p.limit, t->n };
	t->n++;
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct attention *x = a, *y = b;
	int order = (x->severity > y->severity) - (x->severity < y->severity);

	if (order == 0)
		order = strcmp(x->patient, y->patient);
	if (order == 0)
		order = place_in(x->reason, attention_reasons) -
		        place_in(y->reason, attention_reasons);
	if (order == 0)
		order = metric_compare(x->metric, y->metric);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

void
attention_sort(struct attention_table *t)
{
	if (t->n)
		qsort(t->at, t->n, sizeof *t->at, compare);
}

void
attention_write(const struct attention_table *t, struct csvout *out)
{
	columns_head(out, columns);
	csvout_end(out);
	for (size_t i = 0; i < t->n; i++) {
		const struct attention *a = &t->at[i];
		struct printed p = { a->patient, severity_names[a->severity], a->reason, a->since,
			a->metric, a->value, a->limit };
		columns_write(out, columns, &p);
		csvout_end(out);
	}
}
