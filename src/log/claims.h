/*
 * What profiles say of conditions, limits, equipment, languages and goals, against the catalogue: a
 * mistyped limit would exclude nothing, and nobody would know.
 */
#ifndef PT_CLAIMS_H
#define PT_CLAIMS_H

#include "log/entry.h"

struct claims;

struct claims *claims_new(const struct catalogue *c); /* which lives as long */
void claims_free(struct claims *f);

/* The catalogue's id of what a profile item's value names in any way, or NULL. */
const char *claims_id(const struct catalogue *c, struct slice item, struct slice value);

/*
 * Does the row give a value that the catalogue lacks, so that somebody must be told?  Limits
 * always; the others once for each text, where unknown names are told of, or each time with strict.
 * WHY says it.
 */
bool claims_doubt(
        struct claims *f, const struct entry *e, const struct entry_style *style, struct str *why);

#endif
