/*
 * Items and patients as a person names them on the command line.
 */
#ifndef PT_ASKED_H
#define PT_ASKED_H

#include "base/cli.h"
#include "base/intern.h"
#include "catalogue/catalogue.h"

#define ASKED_MOST 6

/*
 * The ids of items that the word may mean, kept in POOL: as it would be written, then those of the
 * catalogue by any name, which may be several as each kind has names of its own.  How many.
 */
size_t asked_item(
        const struct catalogue *c, struct slice word, struct pool *pool, uint32_t id[ASKED_MOST]);
/* Of an id that no row had: a usage error unless the catalogue knows it.  ID is terminated. */
void asked_item_known(const char *option, const struct catalogue *c, struct slice id);
/* Likewise of a rule. */
void asked_rule_known(const char *option, const struct catalogue *c, struct slice id);
/* No row was of this patient: reported with the nearest of IDS, those of the input (status 1). */
void asked_patient_missing(const char *option, const char *patient, const struct pool *ids);
/* The same of each patient of --patient who is not among IDS. */
void asked_patients_missing(const struct cli_list *patients, const struct pool *ids);

#endif
