/*
 * The metrics: what is measured, in which unit, which direction is better, and
 * in which order they stand in every table (pttools(7), STATISTICS).
 */
#ifndef PT_METRIC_H
#define PT_METRIC_H

#include "catalogue/catalogue.h"
#include "domain/history.h"
#include "log/item.h"

enum metric_id {
	METRIC_PAIN,
	METRIC_PAIN_RESPONSE,
	METRIC_PAIN_NEXT,
	METRIC_DIZZINESS,
	METRIC_RPE,
	METRIC_SESSIONS,
	METRIC_ADHERENCE,
	METRIC_GAP,
	METRIC_VOLUME,
	METRIC_MINUTES,
	METRIC_MME,
	METRIC_MEDICINE, /* medicine:ITEM */
	METRIC_MEASURE,  /* ITEM, ITEM:left, ITEM:right */
	METRIC_SYMMETRY  /* symmetry:ITEM */
};
extern const char *const metric_names[]; /* those without an item, by id, NULL at the end */

struct metric {
	enum metric_id id;
	const char *item; /* of medicine, measure and symmetry */
	enum side side;   /* of a measure: left, right or none */
};

#define METRIC_NAME (ITEM_BYTES + 32) /* an item, and what stands before and behind it */
/* The name as it is printed, terminated; bytes without the terminator. */
size_t metric_name(char name[METRIC_NAME], const struct metric *m);
/*
 * The metric of that name; an unknown one is a measure.  Its item is a part of NAME, or of ROOM; of
 * a name that is too long to be one, whole characters.
 */
struct metric metric_parse(const char *name, char room[METRIC_NAME]);
/* The order of metrics in every table, of printed names. */
int metric_compare(const char *a, const char *b);

struct metric_info {
	const char *unit;
	enum better better;
	double mcid, mdc; /* mcid in points, or percent of the baseline by kind */
	enum mcid_kind mcid_kind;
	const char *name; /* for people: "Numeric pain rating", or the id */
};
struct metric_info metric_info(const struct catalogue *c, const char *metric);
/* The same of a metric that is known, and of its name. */
struct metric_info metric_info_of(
        const struct catalogue *c, const struct metric *metric, const char *name);

/* Does the catalogue know a metric of that name?  A clinic's own measure is known to the log alone.
 */
bool metric_is_known(const struct catalogue *c, const char *name);
/* The name in a table of what the catalogue knows by any name: pain of Pain, 5xsts of 5xSTS, else
 * NAME itself.  Metrics come first: "pain" is also called nprs. */
void metric_canonical(const struct catalogue *c, const char *name, char out[METRIC_NAME]);
/* The known name that is nearest; false: none is near. */
bool metric_nearest(const struct catalogue *c, const char *name, char near[METRIC_NAME]);
/* Can one exercise alone tell it: the metrics of --by item and focus? */
bool metric_of_exercise(enum metric_id id);
/* Amounts that are carried from day to day, not observed: mme and medicine:ID. */
bool metric_is_dose(enum metric_id id);
/* One value for a stretch of days: sessions and adherence. */
bool metric_is_span(enum metric_id id);

/* The metrics that a history may have a value of, each once. */
struct metric_set {
	struct metric *at;
	size_t n, cap;
};
#define METRIC_SET_INIT                                                                            \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}
/*
 * Does the list of --metric pick this one?  An empty list picks all; the id of a measure also
 * picks its sides.
 */
struct cli_list;
bool metric_picked(const struct cli_list *wanted, const struct metric *m);
/*
 * Resets the set.  EXERCISE: only what one exercise or focus can tell; WANTED: only what this list
 * picks.
 */
void metrics_of(const struct history *h, bool exercise, const struct cli_list *wanted,
        struct metric_set *out);
void metric_set_free(struct metric_set *set);

#endif
