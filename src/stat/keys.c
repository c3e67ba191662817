#include "stat/keys.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/mem.h"
#include "domain/profile.h"

const char *const key_names[] = { "patient", "item", "focus", "condition", "approach", "therapist",
	"clinic", "all", NULL };

struct keys
keys_of(const enum key *key, size_t n)
{
	struct keys out = { .n = n };

	memcpy(out.key, key, n * sizeof *key);
	return out;
}

bool
keys_have(const struct keys *keys, enum key key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (keys->key[i] == key)
			return true;
	return false;
}

bool
keys_equal(const struct keys *a, const struct keys *b)
{
	return a->n == b->n && memcmp(a->key, b->key, a->n * sizeof *a->key) == 0;
}

struct keys
keys_with_patient(const struct keys *keys)
{
	struct keys out = { { KEY_PATIENT }, 1 };

	if (keys_have(keys, KEY_PATIENT))
		return *keys;
	for (size_t i = 0; i < keys->n && out.n < KEYS_MOST; i++)
		out.key[out.n++] = keys->key[i];
	return out;
}

struct keys
keys_of_header(const struct header *h)
{
	struct keys out = { .n = 0 };

	for (size_t i = 0; i < h->n && strcmp(h->name[i], "metric") != 0; i++)
		for (enum key k = 0; key_names[k]; k++)
			if (strcmp(h->name[i], key_names[k]) == 0 && out.n < KEYS_MOST)
				out.key[out.n++] = k;
	return out;
}

static size_t
values_of_key(enum key key, const struct evidence *evidence, const char *item, const char *focus,
        const char **out)
{
	const struct history *h = evidence->whole;
	size_t n;

	switch (key) {
	case KEY_PATIENT:
		out[0] = h->patient;
		return 1;
	case KEY_ITEM:
		out[0] = item;
		return 1;
	case KEY_FOCUS:
		out[0] = focus;
		return 1;
	case KEY_ALL:
		out[0] = "all";
		return 1;
	case KEY_CONDITION:
		n = profile_condition_ids(h, evidence->c, evidence->asof, out, PROFILE_MOST);
		if (n)
			return n;
		out[0] = "";
		return 1;
	default:
		out[0] = profile_value(h, key_names[key], evidence->asof);
		if (!out[0])
			out[0] = "";
		return 1;
	}
}

void
keys_each(const struct keys *keys, const struct evidence *evidence, const char *item,
        const char *focus, void (*each)(const char *const value[KEYS_MOST], void *context),
        void *context)
{
	const char *choice[KEYS_MOST][PROFILE_MOST], *value[KEYS_MOST] = { NULL };
	size_t n[KEYS_MOST], at[KEYS_MOST] = { 0 }, k;

	for (k = 0; k < keys->n; k++)
		n[k] = values_of_key(keys->key[k], evidence, item, focus, choice[k]);
	do {
		for (k = 0; k < keys->n; k++)
			value[k] = choice[k][at[k]];
		each(value, context);
		for (k = 0; k < keys->n && ++at[k] == n[k]; k++)
			at[k] = 0;
	} while (k < keys->n);
}

void
parts_each(const struct keys *keys, struct evidence *evidence,
        void (*each)(struct evidence *evidence, const char *item, const char *focus, void *context),
        void *context)
{
	const bool by_item = keys_have(keys, KEY_ITEM), by_focus = keys_have(keys, KEY_FOCUS);

	if (!by_item && !by_focus) {
		each(evidence, NULL, NULL, context);
		return;
	}
	evidence_divide(evidence, by_item);
	for (size_t i = 0; i < evidence->parts; i++) {
		const char *text = evidence->part[i].text;
		const char *focus = by_item ? NULL : text;
		if (by_item && by_focus)
			focus = focus_of(evidence->c, slice_of(text));
		evidence->rows = evidence->part[i].rows;
		each(evidence, by_item ? text : NULL, focus, context);
	}
	evidence->rows = *evidence->whole;
}

bool
key_switched(const struct history *h, enum key key)
{
	const char *first = NULL;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = &h->row[i];
		if (e->kind != KIND_PROFILE || !e->text.n || !slice_eq(e->item, key_names[key]))
			continue;
		if (first && strcmp(first, e->text.s) != 0)
			return true;
		first = e->text.s;
	}
	return false;
}

bool
keys_read(struct keys keys, const struct row *row, struct pool *pool, const char *value[KEYS_MOST])
{
	for (size_t i = 0; i < keys.n; i++) {
		int c = header_column(row->header, key_names[keys.key[i]]);
		if (c < 0 && keys.key[i] != KEY_ALL) {
			diag_reject((struct place){ row->file, row->record.line, NULL },
			        "the table has no column '%s'", key_names[keys.key[i]]);
			return false;
		}
		struct slice text = c >= 0 ? row->record.field[c] : SLICE("all");
		value[i] = pool_text(pool, pool_add(pool, text.s, text.n));
	}
	return true;
}

const char split_patient[] = "one patient stands in two tables; shards must not split a patient: "
                             "ptlog --shard";

const char *
key_places_find(struct key_places *out, struct keys table, struct keys asked)
{
	static const char missing[] = "the table must have the key patient and those asked for: "
	                              "ptstat --by patient,KEY first";
	size_t found = 0;

	out->n = asked.n;
	out->patient = KEYS_MOST;
	for (size_t i = 0; i < table.n; i++) {
		if (table.key[i] == KEY_PATIENT)
			out->patient = i;
		for (size_t k = 0; k < asked.n; k++)
			if (table.key[i] == asked.key[k]) {
				out->place[k] = i;
				found++;
			}
	}
	return found == asked.n && out->patient < KEYS_MOST ? NULL : missing;
}

void
key_places_take(const struct key_places *places, const char *const *from, const char **to)
{
	for (size_t i = 0; i < places->n; i++)
		to[i] = from[places->place[i]];
}

int
keys_compare(const struct keys *keys, const char *const *a, const char *const *b)
{
	for (size_t i = 0; i < keys->n; i++) {
		int order = a[i] == b[i] ? 0 : strcmp(a[i], b[i]);
		if (order)
			return order;
	}
	return 0;
}

void
keys_head(const struct keys *keys, struct csvout *out)
{
	for (size_t i = 0; i < keys->n; i++)
		csvout_text(out, key_names[keys->key[i]]);
}

void
keys_write(const struct keys *keys, const char *const *value, struct csvout *out)
{
	for (size_t i = 0; i < keys->n; i++)
		csvout_text(out, value[i]);
}
