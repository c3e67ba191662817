/*
 * Void rows on their way into a log, each of which must mean exactly one row: of the log, or in
 * front of it on the way there.  Rows that are equal count as one.
 */
#ifndef PT_VOIDS_H
#define PT_VOIDS_H

#include "log/entry.h"

struct voids;

struct voids *voids_new(void);
void voids_free(struct voids *v);
/* A void row of the input; copied. */
void voids_add(struct voids *v, const struct entry *e, const struct row *row);
size_t voids_count(const struct voids *v);
/* Once all are added: what follows may begin. */
void voids_sort(struct voids *v);
/* A row that one of them may mean, in the order of the log; copied if so. */
void voids_pass(struct voids *v, const struct entry *e, const struct row *row);
/*
 * Does this void mean one of the rows that went by?  False: none, or several that differ, whose
 * places replace PLACES ("v.csv:3, 7"); empty for none.
 */
bool voids_check(const struct voids *v, const struct entry *e, struct str *places);

#endif
