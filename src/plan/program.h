/*
 * What the plan rows of a log say: the program (every exercise and side whose newest row is
 * no stop, in the order in which they first entered a plan), each one's dose, and the
 * newest batch.  A log without plan rows (an import) has as its program what was done in the
 * last days (setting history-days), at the dose of the last of them.
 */
#ifndef PT_PROGRAM_H
#define PT_PROGRAM_H

#include "domain/adherence.h"
#include "plan/chart.h"
#include "plan/prescription.h"

struct task {
	struct slice item;
	enum side side;
	const struct exercise *ex; /* NULL: unknown to the catalogue */
	size_t newest;             /* its newest plan row; ROW_NONE: it was only done */
	size_t since;     /* what is new stands after this: NEWEST, or that of the program */
	size_t changed;   /* newest start, progress, regress or override */
	size_t regressed; /* newest regress */
	size_t override;  /* the override that stands, or ROW_NONE */
	size_t dosed;     /* the row that gives the dose */
	struct prescription rx;
	struct prescription before_regress; /* the dose before the newest regress */
	bool in_program;
};

struct program {
	struct task *task; /* all that ever were planned */
	size_t n, cap;
	bool planned;                   /* a plan row of an exercise exists */
	int batch;                      /* day of the newest batch, or DAY_NONE */
	size_t batch_first, batch_last; /* its first and last row */
	/* What is new stands after this row: the last of the batch; without one, the last before
	 * the days that an import looks back.  ROW_NONE: all is new. */
	size_t since;
};

/* PROGRAM is zeroed before its first use; freed once. */
/* HISTORY_DAYS: how far back a log without plan rows is looked at. */
void program_make(struct program *program, const struct chart *chart, double history_days);
void program_free(struct program *program);

/* Does a plan row say how much: neither pause nor stop, sets other than 0? */
bool plan_gives_dose(const struct entry *e);
/* Is the exercise forbidden by an override with 0 sets? */
bool program_forbids(const struct program *program, const struct chart *chart, const char *item);

#endif
