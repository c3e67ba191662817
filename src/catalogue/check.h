/*
 * What a single table cannot say of itself: that every id it names exists, that chains of
 * exercises lead there and back, that limits and contraindications mirror each other.  The
 * build runs this over the built-in tables, catalogue_with() over a folder's.
 */
#ifndef PT_CATALOGUE_CHECK_H
#define PT_CATALOGUE_CHECK_H

#include "catalogue/table.h"

/* Reports every mistake by file and line (diag_reject). */
void catalogue_check(const struct catalogue *c);
/* The same for an import map that stands alone. */
void imports_check(const struct import_row *row, size_t n, const struct origin *origin);
/*
 * What is right but hardly meant, for --check-catalogue (diag_warning): focuses of a condition
 * that none of its exercises serves, findings that no exercise helps, exercises for no condition.
 */
void catalogue_review(const struct catalogue *c);

#endif
