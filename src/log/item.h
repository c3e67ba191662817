/*
 * The item of a row as the log has it: an id of the catalogue by id, alias or
 * name, or the clinic's own, in lower case with hyphens.  Each spelling is
 * looked up once; what the catalogue lacks is remembered for one note a name.
 */
#ifndef PT_ITEM_H
#define PT_ITEM_H

#include "log/number.h"

struct item {
	const char *text; /* canonical */
	size_t n;
	bool known;
	bool changed;    /* differs from the spelling */
	const char *why; /* not NULL: this is no item */
	/* What the catalogue says of it; NULL when that is nothing. */
	const struct measure *measure;
	const struct medicine *medicine;
	const struct finding *finding;
	struct number_spec number; /* what its values may be, when these are numbers */
};

#define ITEM_BYTES 256 /* longest item */

struct items;

struct items *items_new(const struct catalogue *c);
void items_free(struct items *items);

/* The spelling is trimmed and not empty.  The answer lives until the next call. */
const struct item *item_find(struct items *items, enum kind kind, struct slice spelling);
/*
 * "; did you mean 'ID'?"  An exercise done to the other ear is another one: where the catalogue has
 * an id for each side, that of the row's side is named, or both.
 */
void item_ask_id(const struct catalogue *c, const char *id, enum side side, struct str *out);
/* The same of the nearest known id of that kind, if there is one. */
void item_ask(
        struct items *items, enum kind kind, struct slice text, enum side side, struct str *out);
/* An item that the catalogue lacks was kept at this place, in a row of that side. */
void item_unknown(struct items *items, enum kind kind, const struct item *item, enum side side,
        struct place at);
/* One note for each name kept, with the nearest; twenty at most, then how many more. */
void items_report(struct items *items);

/* The items of profile rows. */
extern const char *const profile_items[]; /* NULL at the end */

#endif
