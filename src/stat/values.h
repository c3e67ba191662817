/*
 * The values of a metric: one a day at most, or one a block of seven days.
 */
#ifndef PT_VALUES_H
#define PT_VALUES_H

#include "domain/adherence.h"
#include "domain/daily.h"
#include "domain/medicine.h"
#include "stat/metric.h"

/*
 * What the metrics of one patient are computed from.  ROWS may be the patient's rows of one
 * exercise or focus only; resting pains and the last contact are always those of all rows.
 */
struct evidence {
	const struct catalogue *c;
	const struct history *whole;
	struct history rows;
	int asof, last_contact;
	struct dailies rest; /* resting pains of all rows, when known */
	bool rest_known;
	struct planned *planned; /* made when first asked for */
	struct entry *room;      /* memory of rows that stand apart */
	size_t room_cap;
	struct part *part;
	size_t parts, parts_cap;
};

/* The exercise rows of one item or focus. */
struct part {
	const char *text;
	struct history rows;
};

/* Start with a zeroed evidence, which keeps its memory from patient to patient. */
void evidence_begin(
        struct evidence *evidence, const struct history *h, const struct catalogue *c, int asof);
/* Leaves in rows only exercise rows of ITEM; NULL: all rows. */
void evidence_limit(struct evidence *evidence, const char *item);
/*
 * Makes a part of the exercise rows of each item, in the order of first sight, or of each focus
 * ("": of items without one).
 */
void evidence_divide(struct evidence *evidence, bool by_item);
void evidence_free(struct evidence *evidence);
/* The focus of an exercise, "" when the catalogue lacks it. */
const char *focus_of(const struct catalogue *c, struct slice item);

/* The values in order of days; OUT is reset. */
void values_of(struct evidence *evidence, const struct metric *m, struct dailies *out);
/* A span metric over the days A…B, both included; UNKNOWN when not defined there. */
double span_value(struct evidence *evidence, enum metric_id id, int a, int b);
/* The first and last day on which a span metric can have something to say; false: none. */
bool span_range(struct evidence *evidence, enum metric_id id, struct days *out);

#endif
