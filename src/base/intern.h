/*
 * A pool of distinct texts, each kept once for the life of the pool.  Ids
 * count from 0 in the order of first sight, and texts never move, so two
 * texts of one pool are equal exactly when their pointers are.  The hash is
 * keyed at random: no choice of ids makes look-ups slow.
 */
#ifndef PT_INTERN_H
#define PT_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define POOL_NONE UINT32_MAX

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *p);
/* The id of the text, which is added when new.  n is at most 1 MiB. */
uint32_t pool_add(struct pool *p, const char *s, size_t n);
/*
 * The same in two steps: the first calls for the memory where the text would stand, which is slow
 * to come when the pool is large; more texts can be called for before the second needs it.
 */
uint64_t pool_prefetch(const struct pool *p, const char *s, size_t n);
uint32_t pool_add_hashed(struct pool *p, uint64_t hash, const char *s, size_t n);
/* Remembers a text, up to MOST of them: true, and an effect(), when it is a new one. */
bool pool_remember(struct pool *p, struct slice text, size_t most);
/* The id of the text, or POOL_NONE. */
uint32_t pool_find(const struct pool *p, const char *s, size_t n);
/* Terminated; belongs to the pool. */
const char *pool_text(const struct pool *p, uint32_t id);
struct slice pool_slice(const struct pool *p, uint32_t id);
size_t pool_count(const struct pool *p);

/* A number for each id, 0 at first.  Start with all zero, end with free() of what it points to. */
struct numbers {
	uint32_t *of;
	size_t cap;
};
uint32_t *numbers_at(struct numbers *numbers, uint32_t id);

/* 128 bits, others in each run: who does not know the key cannot choose texts that agree in them.
 */
void keyed_hash(const char *s, size_t n, uint64_t out[2]);

/* A hash that does not depend on the run: what --shard divides patients by (FNV-1a, 64 bits). */
uint64_t stable_hash(const char *s, size_t n);

#endif
