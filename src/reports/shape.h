/*
 * A table of the stream made ready to be looked at: columns in which nothing stands are taken out,
 * numbers stand by their points, figures of statistics have the digits that an eye can use.
 */
#ifndef PT_SHAPE_H
#define PT_SHAPE_H

#include "records/stream.h"
#include "reports/out.h"

/* An empty grid with the columns of a header. */
struct grid *shape_new(const struct header *h);
/* Has the grid the columns of this header? */
bool shape_fits(const struct grid *g, const struct header *h);
/* Adds a row; a log's fields as they are written, other figures with four digits or so. */
void shape_row(struct grid *g, const struct row *row);
/* A new grid without the empty columns; LEFT_OUT gets their names. */
struct grid *shape_columns(const struct grid *g, struct str *left_out);

#endif
