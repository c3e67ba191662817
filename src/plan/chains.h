/*
 * The chains of exercises from easier to harder, worked out once for a catalogue.
 */
#ifndef PT_CHAINS_H
#define PT_CHAINS_H

#include "catalogue/catalogue.h"

struct chains {
	const struct catalogue *c;
	/* By place in the catalogue; NULL where the chain ends. */
	const struct exercise **easier, **harder;
	const struct exercise **root; /* the easiest of the chain */
};

struct chains *chains_new(const struct catalogue *c);
void chains_free(struct chains *chains);

const struct exercise *chain_easier(const struct chains *chains, const struct exercise *ex);
const struct exercise *chain_harder(const struct chains *chains, const struct exercise *ex);
bool chain_same(const struct chains *chains, const struct exercise *a, const struct exercise *b);
const struct exercise *chain_root(const struct chains *chains, const struct exercise *ex);

#endif
