/*
 * Who needs a look, and good news: pttools(7), STATISTICS, section 8.
 */
#ifndef PT_ATTENTION_H
#define PT_ATTENTION_H

#include "stat/series.h"

enum severity { SEVERITY_URGENT, SEVERITY_SOON, SEVERITY_WATCH, SEVERITY_GOOD };
extern const char *const severity_names[];

struct attention {
	const char *patient;
	enum severity severity;
	const char *reason; /* one of attention_reasons, or a report's own */
	int since;
	const char *metric;
	double value, limit;
	size_t place; /* in which it was added: equal rows keep their order */
};
extern const char *const attention_reasons[]; /* in table order, NULL at the end */

struct attention_table {
	struct attention *at;
	size_t n, cap;
	struct pool *pool;
};
struct attention_table *attention_table_new(void);
void attention_table_free(struct attention_table *t);
/* Adds what there is to say of one patient on the day. */
void attention_of(
        const struct history *h, const struct catalogue *c, int today, struct attention_table *out);
/*
 * Adds a row.  A reason that is not one of attention_reasons stands before those of its patient and
 * severity: a report has some of its own, and ptstat prints none of them.
 */
void attention_add(struct attention_table *t, const struct attention *row);
bool attention_read(struct attention_table *t, const struct row *row);
void attention_sort(struct attention_table *t);
void attention_write(const struct attention_table *t, struct csvout *out);

#endif
