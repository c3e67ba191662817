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
	unsigned long told; /* in a twin: the round in which its texts were sent */
};

struct gathering {
	struct keys by;
	size_t size; /* of a member */
	struct pool *numbers;
	struct gathered *group;
	size_t n, cap;
	/* In a twin. */
	struct str *made;    /* where members go */
	size_t end;          /* of the last one there */
	unsigned long round; /* a new one when texts that were sent may have been dropped */
	/* In the other process, by number of a group in the twin: the place of ours and 1. */
	struct numbers ours;
};

/*
 * Members of SIZE bytes, all of which are the member's own, without padding: a twin sends them. End
 * with gathering_free().
 */
struct gathering gathering_new(const enum key *key, size_t keys, size_t size);
/*
 * Adds a member to the group of these texts.  They outlive the gathering, and equal ones are the
 * same pointer.
 */
void gathering_add(struct gathering *g, const char *const *key, const char *metric,
        const char *unit, enum metric_id id, const void *member);
/*
 * For two processes (struct store_share).  In a twin: from now on members go to MADE, and nothing
 * is gathered.
 */
void gathering_send(struct gathering *g, struct str *made);
/* In the other: adds what the twin made; the texts of groups are those of TEXTS, as are its own. */
void gathering_take(struct gathering *g, struct slice made, struct pool *texts);
/* By keys, then by metric; nothing is added after that. */
void gathering_sort(struct gathering *g);
/* Members of the largest group, at least 1. */
size_t gathering_most(const struct gathering *g);
void gathering_free(struct gathering *g);

#endif
