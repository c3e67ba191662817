/*
 * The columns of the statistics tables as data: each names a member of the
 * row's struct and how it is printed (pttools(7), STATISTICS).  What is printed
 * can be read back to the same bytes; groups are defined on the printed text.
 */
#ifndef PT_COLUMN_H
#define PT_COLUMN_H

#include "base/intern.h"
#include "records/csvout.h"
#include "records/stream.h"

enum cell {
	CELL_TEXT,   /* const char *; NULL prints empty */
	CELL_COUNT,  /* long; below 0 prints empty */
	CELL_DAY,    /* int */
	CELL_FIGURE, /* double, at most 12 decimals */
	CELL_OVER,   /* double over patients, at most 10 decimals */
	CELL_SD,     /* double, %.13g */
	CELL_TAIL    /* double from a distribution, %.10g */
};
struct column_spec {
	const char *name; /* NULL ends a table */
	enum cell cell;
	size_t at; /* offset in the struct */
};

void columns_head(struct csvout *out, const struct column_spec *columns);
void columns_write(struct csvout *out, const struct column_spec *columns, const void *row);
/*
 * Reads the cells of a row by the names of its header; texts go to the pool.  A cell that
 * cannot be read is reported with file, line and column, and the answer is false.
 */
bool columns_read(
        const struct row *row, const struct column_spec *columns, struct pool *pool, void *out);
/* Makes each figure what reading its printed form gives. */
void columns_settle(const struct column_spec *columns, void *row);
/* Are all cells equal as printed, once settled? */
bool columns_equal(const struct column_spec *columns, const void *a, const void *b);

#endif
