/*
 * The keys of --by: what a table is divided by, and a patient's values of them.
 */
#ifndef PT_KEYS_H
#define PT_KEYS_H

#include "base/intern.h"
#include "records/csvout.h"
#include "records/stream.h"
#include "stat/values.h"

#define KEYS_MOST 8

enum key {
	KEY_PATIENT,
	KEY_ITEM,
	KEY_FOCUS,
	KEY_CONDITION,
	KEY_APPROACH,
	KEY_THERAPIST,
	KEY_CLINIC,
	KEY_ALL
};
extern const char *const key_names[]; /* by enum, NULL at the end */

/* A list of keys; the values of one row stand in the same order. */
struct keys {
	enum key key[KEYS_MOST];
	size_t n;
};
struct keys keys_of(const enum key *key, size_t n);
bool keys_have(const struct keys *keys, enum key key);
bool keys_equal(const struct keys *a, const struct keys *b);
/* The same with KEY in front, unless it is among them. */
struct keys keys_with_patient(const struct keys *keys);
/* The keys of a table that was read: its columns before `metric`. */
struct keys keys_of_header(const struct header *h);

/*
 * Sets the values that a row of this evidence has under the keys, one combination after the
 * other (a patient with two conditions has two), and calls EACH for every one.  ITEM and FOCUS
 * are those of the evidence.  Texts belong to the history or the catalogue.
 */
void keys_each(const struct keys *keys, const struct evidence *evidence, const char *item,
        const char *focus, void (*each)(const char *const value[KEYS_MOST], void *context),
        void *context);

/*
 * Calls EACH for every part of the evidence that the keys tell apart: once for all rows, or for
 * each item or focus, with the evidence limited to it.
 */
void parts_each(const struct keys *keys, struct evidence *evidence,
        void (*each)(struct evidence *evidence, const char *item, const char *focus, void *context),
        void *context);

/* Did the patient have more than one value of the key, so that the newest stands for all? */
bool key_switched(const struct history *h, enum key key);

/* The values of a row that was read; texts go to the pool.  False: a key is no column of it, said.
 */
bool keys_read(
        struct keys keys, const struct row *row, struct pool *pool, const char *value[KEYS_MOST]);
/* Where the keys asked for stand among those of a table by patient. */
struct key_places {
	size_t place[KEYS_MOST], n, patient;
};
/* A sentence when one is missing, or the patient; else NULL. */
const char *key_places_find(struct key_places *out, struct keys table, struct keys asked);
void key_places_take(const struct key_places *places, const char *const *from, const char **to);
/* The sentence for a patient who stands in two tables. */
extern const char split_patient[];

int keys_compare(const struct keys *keys, const char *const *a, const char *const *b);
void keys_head(const struct keys *keys, struct csvout *out);
void keys_write(const struct keys *keys, const char *const *value, struct csvout *out);

#endif
