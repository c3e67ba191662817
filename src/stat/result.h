/*
 * The table that ptstat prints: series, groups of them, a timeline, groups of that, or attention,
 * whichever the query asks for; from histories, or from series and timelines that were printed
 * before.
 */
#ifndef PT_RESULT_H
#define PT_RESULT_H

#include "stat/attention.h"
#include "stat/groups.h"
#include "stat/timeline.h"

struct result_query {
	struct series_query q; /* its keys: those of the rows that are computed */
	struct keys by;        /* those of the table that is printed */
	enum every every;      /* EVERY_NONE: no timeline */
	bool attention;
	bool tee;                 /* the log goes to the same output, ahead of the table */
	bool grouped;             /* patients come as the input has them, not in order of id */
	struct cli_list patients; /* none: all; rows that are read are held to it */
};

struct result;

/* Query and writer outlive the result. */
struct result *result_new(const struct result_query *query, struct csvout *out);
void result_free(struct result *r);

/* The rows of one patient. */
void result_add(struct result *r, const struct history *h);
/*
 * Do patients change nothing but what is printed or gathered of them, in order of id?  Then two
 * processes can do some each (struct store_share): in a twin result_add() adds to MADE from
 * result_send() on, and result_take() has that in the other.
 */
bool result_can_be_shared(const struct result *r);
void result_send(struct result *r, struct str *made);
void result_take(struct result *r, struct slice made);
/* The header, or a row, of a table that was read; one that does not fit ends the program. */
void result_header(struct result *r, const struct row *row);
void result_row(struct result *r, const struct row *row);
/* Prints what was not printed at once; ends the program when rows contradict each other, or a
 * metric was asked for that neither the catalogue nor the input knows. */
void result_write(struct result *r);

#endif
