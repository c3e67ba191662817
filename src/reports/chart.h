/*
 * One patient's course as data for a drawing: pain at rest on its fixed scale of 0 to 10,
 * beneath it the days with exercise and a medicine, all over the same days.
 */
#ifndef PT_REPORTS_CHART_H
#define PT_REPORTS_CHART_H

#include "base/date.h"
#include "domain/daily.h"

enum mark { MARK_FLAG, MARK_PLAN, MARK_CARE /* paused, over, in other hands */ };

struct chart_mark {
	int day;
	enum mark mark;
	const char *text; /* what happened, for the mark's own title */
};

struct chart {
	const char *title, *desc; /* the text alternative */
	int from, to;
	const char *symptom;   /* "Pain", or "Dizziness" */
	struct dailies values; /* of the symptom, 0 to 10 */
	double baseline;       /* a line across, or UNKNOWN */
	double target;         /* where a change that matters begins, or UNKNOWN */
	struct dailies done;   /* days with exercise */
	const char *medicine;  /* "Morphine equivalents, MME/day"; NULL: no such panel */
	const char *dose_unit; /* "MME/day" */
	struct dailies doses;  /* a value for each day from its first on */
	struct chart_mark *mark;
	size_t marks, cap;
};

void chart_mark(struct chart *c, int day, enum mark mark, const char *text);
void chart_empty(struct chart *c); /* its lists; the texts are the caller's */

/* The longest stretch of days without a value that a line still bridges. */
#define CHART_GAP 14

/* What the marks of a drawing mean: those that this one has, or all (NULL). */
void chart_legend(struct str *out, const struct chart *c);

/*
 * What the weeks of a chart hold, for formats that cannot draw: the months of a course of more than
 * a year, the years of one of more than four.
 */
struct chart_part {
	struct days days;
	double mean; /* of the symptom's values, or UNKNOWN */
	long sessions;
	double dose; /* on the last day of it, or UNKNOWN */
	bool flag, plan;
};
struct chart_parts {
	enum every every;
	struct chart_part *at; /* the caller frees it */
	size_t n;
};
struct chart_parts chart_parts_of(const struct chart *c);

#endif
