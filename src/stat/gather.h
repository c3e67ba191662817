/*
 * What belongs to groups, gathered patient by patient: members of one size under the same keys and
 * metric.  Groups are told apart by the pointers of these texts, so equal ones must be the same.
 */
#ifndef PT_GATHER_H
#define PT_GATHER_H

#include "stat/keys.h"

struct gathered {
	const char *key[KEYS_MOST];
	const char *metric, *unit;
	enum metric_id id;
	void *member; /* in the order in which they came */
	size_t n, cap;
	unsigned long told; /* in a twin: when its texts were sent */
};

struct gathering {
	struct keys by;
	size_t size; /* of a member */
	struct pool *numbers;
	struct gathered *group;
	size_t n, cap;
	struct str *made; /* in a twin: where members go */
	size_t sent;      /* bytes of it after the last one */
	unsigned long telling;
	uint32_t *ours; /* groups by their number in the twin */
	size_t ours_cap;
};

struct gathering gathering_new(const enum key *key, size_t keys, size_t size);
/* Adds a member to the group of these texts, which stay the caller's. */
void gathering_add(struct gathering *g, const char *const *key, const char *metric,
        const char *unit, enum metric_id id, const void *member);
/*
 * For a twin (base/twin.h): from now on members go to MADE, and nothing is gathered; and in the
 * other process, which adds them: TEXTS holds the texts of its own groups.
 */
void gathering_send(struct gathering *g, struct str *made);
void gathering_take(struct gathering *g, struct slice made, struct pool *texts);
/* By keys, then by metric; nothing is added after that. */
void gathering_sort(struct gathering *g);
/* Members of the largest group, at least 1. */
size_t gathering_most(const struct gathering *g);
void gathering_free(struct gathering *g);

#endif
