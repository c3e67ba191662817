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
};

struct gathering {
	struct keys by;
	size_t size; /* of a member */
	struct pool *numbers;
	struct gathered *group;
	size_t n, cap;
};

struct gathering gathering_new(const enum key *key, size_t keys, size_t size);
/* The group of these texts, made when new, with room for one member behind its last; the caller
 * puts it there and counts it. */
struct gathered *gathering_room(struct gathering *g, const char *const *key, const char *metric,
        const char *unit, enum metric_id id);
/* By keys, then by metric; nothing is added after that. */
void gathering_sort(struct gathering *g);
/* Members of the largest group, at least 1. */
size_t gathering_most(const struct gathering *g);
void gathering_free(struct gathering *g);

#endif
