/*
 * What the columns of a table mean that has other names than a log: what options and import maps
 * say of them, what the maps propose, and what is near.
 */
#ifndef PT_MEANING_H
#define PT_MEANING_H

#include "log/import.h"

/* The column of the log that a foreign name stands for, by any map or as below, or NULL. */
const char *column_meant(const struct catalogue *c, struct slice name);
/* Does such a name say that its loads are in pounds? */
bool column_is_pounds(const struct catalogue *c, struct slice name);
/* Of a name that no map reads: what the maps propose, or the nearest, or NULL. */
const char *column_likely(const struct catalogue *c, struct slice name);

/*
 * The import map of the catalogue that fits the table best, or NULL; then whether the rows have a
 * patient by it, and whether it asks for the unit of loads.
 */
const char *meaning_map(
        const struct catalogue *c, const struct header *h, bool *patient, bool *asks);

struct meanings {
	const char *of[CSVIN_MAX_FIELDS]; /* the log's column, "" when dropped, NULL: not known */
	bool guessed[CSVIN_MAX_FIELDS];   /* so that a --map must say it */
	bool have[COLUMNS + 1];           /* with dose */
	bool pounds; /* a load that was guessed, or given by --map, is in lb by its name */
};

/*
 * By the options IM (or NULL), the map FROM (or NULL) and the names themselves; then by guess.
 * CLOCK: columns that may hold times of day, which are no seconds of exercise.
 */
void meanings_find(struct meanings *m, const struct catalogue *c, const struct import *im,
        const char *from, const struct header *h, const bool *clock);
/* The argument of --map that says what was guessed; nothing when nothing was. */
void meanings_maps(const struct meanings *m, const struct header *h, struct str *map);
/* The first column of nothing else that may tell whose the rows are, or -1. */
int meanings_person(const struct meanings *m, const struct header *h);

#endif
