/*
 * A folder of tables as a catalogue: what --catalogue reads, and what the build reads
 * before there is a built-in one.
 */
#ifndef PT_CATALOGUE_LOAD_H
#define PT_CATALOGUE_LOAD_H

#include "catalogue/catalogue.h"

/*
 * The tables of DIR over those of BASE, indexed and checked, each mistake reported.  With BASE
 * NULL the folder must hold every table, with every column.
 */
const struct catalogue *catalogue_load(const char *dir, const struct catalogue *base);

#endif
