/*
 * Rows of other shapes as rows of the log: the maps of the catalogue or of a
 * clinic (--from), --map, --set and --prefix.  Here only text moves into the
 * log's columns, units written behind numbers and dates as the log writes them;
 * what the texts mean is checked as for every other row.
 */
#ifndef PT_IMPORT_H
#define PT_IMPORT_H

#include "base/cli.h"
#include "log/reader.h"

struct import_opts {
	const struct catalogue *catalogue;
	const char *from;           /* a map of the catalogue, or a file; may be NULL */
	const struct cli_list *map; /* NAME=COLUMN */
	const struct cli_list *set; /* COLUMN=VALUE, where the input has none */
	const char *unit;           /* kg or lb for loads that name none; NULL */
	const char *prefix;         /* before each patient; NULL */
	bool date_order_given;      /* --date-format: the map's own is not used */
	bool encoding_given;
};

/* A wrong map, name or column is a usage error. */
struct import *import_new(const struct import_opts *opts);
void import_free(struct import *im);
/* Names the columns of --map that no header had. */
void import_say_unmapped(const struct import *im);
/* What the map says of the stream and of how its texts are read. */
void import_prepare(struct import *im, struct stream_opts *stream, struct entry_style *style);

/* The header that the rows of this one get; lives as long as the import. */
const struct header *import_header(struct import *im, const struct header *h);
/* What nobody says of the rows of such a table, though it must be said. */
struct import_lacks {
	bool unit; /* of loads */
	bool patient;
};
struct import_lacks import_lacks(struct import *im, const struct header *h);
/* Does --from or --map give columns other names? */
bool import_renames(const struct import *im);
/* The column that --map gives that name, or NULL. */
const char *import_maps(const struct import *im, const char *label);
/* Does --set give this column? */
bool import_sets(const struct import *im, const char *column);
/* False: no set but a rest timer or the like.  OUT lives until the next call. */
bool import_row(struct import *im, const struct row *in, struct row *out);
/* Equal neighbouring rows are sets of one exercise and become one row. */
bool import_folds(const struct import *im);
/* The encoding of bytes that are not UTF-8, or NULL. */
const char *import_encoding(const struct import *im);

/* Do two names of columns agree but for case, blanks and underscores? */
bool column_name_is(struct slice a, const char *b);

#endif
