#include "plan/chains.h"

#include <stdlib.h>

#include "base/mem.h"

static size_t
place(const struct chains *chains, const struct exercise *ex)
{
	return (size_t)(ex - chains->c->exercises);
}

/* A cycle, which the check of a catalogue refuses, ends where it began. */
static const struct exercise *
find_root(const struct chains *chains, const struct exercise *ex)
{
	const struct exercise *root = ex;

	for (size_t i = 0; i < chains->c->n_exercises && chain_easier(chains, root); i++)
		root = chain_easier(chains, root);
	return root;
}

struct chains *
chains_new(const struct catalogue *c)
{
	struct chains *chains = xcalloc(1, sizeof *chains);
	const size_t n = c->n_exercises;

	chains->c = c;
	chains->easier = xcalloc(n + 1, sizeof *chains->easier);
	chains->harder = xcalloc(n + 1, sizeof *chains->harder);
	chains->root = xcalloc(n + 1, sizeof *chains->root);
	for (size_t i = 0; i < n; i++) {
		const struct exercise *ex = &c->exercises[i];
		chains->easier[i] = *ex->easier ? cat_exercise(c, slice_of(ex->easier)) : NULL;
		chains->harder[i] = *ex->harder ? cat_exercise(c, slice_of(ex->harder)) : NULL;
	}
	for (size_t i = 0; i < n; i++)
		chains->root[i] = find_root(chains, &c->exercises[i]);
	return chains;
}

void
chains_free(struct chains *chains)
{
	if (!chains)
		return;
	free(chains->easier);
	free(chains->harder);
	free(chains->root);
	free(chains);
}

const struct exercise *
chain_easier(const struct chains *chains, const struct exercise *ex)
{
	return chains->easier[place(chains, ex)];
}

const struct exercise *
chain_harder(const struct chains *chains, const struct exercise *ex)
{
	return chains->harder[place(chains, ex)];
}

const struct exercise *
chain_root(const struct chains *chains, const struct exercise *ex)
{
	return chains->root[place(chains, ex)];
}

bool
chain_same(const struct chains *chains, const struct exercise *a, const struct exercise *b)
{
	return chain_root(chains, a) == chain_root(chains, b);
}
