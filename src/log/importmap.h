/*
 * An import map: the rows of the catalogue's table `imports`, or of a clinic's
 * own file, that belong to one source of exports.  The table is described
 * beside struct import_row.
 */
#ifndef PT_IMPORTMAP_H
#define PT_IMPORTMAP_H

#include "base/date.h"
#include "catalogue/catalogue.h"
#include "records/stream.h"

struct import_map {
	const struct import_row *row; /* all of them follow one another */
	size_t n;
	const char *header;     /* names that make a header, ";" between; NULL: those of the log */
	const char *encoding;   /* of bytes that are not UTF-8, or NULL */
	const char *line_break; /* what stands for one in notes, or NULL */
	unsigned dates;         /* forms, one bit each */
	bool named_months;
	bool comma, fold, skip_empty;
};

/* Not so the rows of `any`: they only say what to propose. */
bool import_map_is(const char *name);
/* Ends the program when there is no such map or file. */
void import_map_open(struct import_map *m, const struct catalogue *c, const char *from);

/* The row for a foreign column, or NULL. */
const struct import_row *import_map_column(const struct import_map *m, const char *label);
bool import_map_is_header(const struct import_map *m, const char *const *names, size_t n);
const char *import_map_unit_column(const struct import_map *m, const char *column);
/* Must somebody say the unit of this foreign column? */
bool import_map_asks(const struct import_map *m, const char *column, const char *label);
bool import_map_zero_empty(const struct import_map *m, const char *column);
/* The log's word for a foreign one, or NULL. */
const char *import_map_word(const struct import_map *m, const char *column, struct slice text);
bool import_map_date(const struct import_map *m, struct slice text, struct when *out);
/* Has the map one order of day and month for figures? */
bool import_map_order(const struct import_map *m, enum date_order *out);
/* Is this row no set, by what stands in one of its columns? */
bool import_map_skips(const struct import_map *m, const struct row *row);

#endif
