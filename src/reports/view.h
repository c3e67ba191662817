/*
 * The kinds of report.  A view knows what is said and in which order; how it looks is the
 * format's (out.h), and what is known is the facts'.
 */
#ifndef PT_VIEW_H
#define PT_VIEW_H

#include "reports/facts.h"

struct view {
	const char *name;
	const char *title; /* of the file; the headings are the view's own */
	enum look look;
	bool notes;    /* it shows texts of notes */
	bool computes; /* it needs facts_compute() */
	bool streams;  /* it reads its input itself, however large, and gets no facts */
	/* The language of the file; NULL: English. */
	const char *(*language)(struct facts *facts);
	void (*write)(struct out *out, const struct query *q, struct facts *facts);
};

extern const struct view view_summary, view_sheet, view_story, view_first, view_table;
extern const struct view *const views[]; /* NULL at the end */

/*
 * A report of patients who are not there claims nothing of them, not even that they have no plan.
 * True: that was said in its place.
 */
bool view_of_nobody(struct out *out, const struct facts *f);

/* The subject of a mail: what it is, of when, how many need a look.  No patient. */
void summary_subject(struct str *out, const struct facts *f);

#endif
