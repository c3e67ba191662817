#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/effect.h"
#include "base/intern.h"
#include "base/mem.h"

#define CHUNK ((size_t)64 << 10)
#define FIRST_SLOTS 64

#define HEAD 16

/* Texts up to HEAD bytes stand in the slot too, so that to find one is one miss of the cache. */
struct slot {
	uint64_t hash;
	uint32_t number; /* the id + 1; 0: free */
	uint32_t n;
	char head[HEAD];
};

struct pool {
	struct slot *slot;
	size_t mask; /* slots less one; a power of two */
	struct slice *text;
	size_t n, cap;
	char **chunk; /* what the texts stand in */
	size_t chunks, chunk_cap;
	char *free; /* in the newest chunk */
	size_t left;
};

/* The keys of this run, drawn once: of the pools, and of the other half of keyed_hash(). */
static uint64_t keys[2][4];

static void
draw_key(void)
{
	if (keys[0][0])
		return;
	if (getrandom(keys, sizeof keys, 0) != (ssize_t)sizeof keys)
		for (size_t i = 0; i < 2 * LENGTH(keys[0]);
		        i++) /* the address differs from run to run */
			keys[i / 4][i % 4] = ((uint64_t)(uintptr_t)&i + i) * 0x9e3779b97f4a7c15u;
	keys[0][0] |= 1;
}

static uint64_t
load(const char *s, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, s, n);
	return word;
}

/* Both halves of the product of 128 bits, folded. */
#ifdef __SIZEOF_INT128__
static uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}
#else /* a machine of 32 bits: the same product by halves */
static uint64_t
fold(uint64_t a, uint64_t b)
{
	const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	const uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)mid;

	return (cross << 32 | (uint32_t)low) ^ (a1 * b1 + (mid >> 32) + (cross >> 32));
}
#endif

/*
 * A multiplying hash of 16 bytes a step, mixed with secret words before each
 * product: who does not know the key cannot choose texts that collide.
 */
static uint64_t
hash_of(const uint64_t key[4], const char *s, size_t n)
{
	uint64_t h = key[2] ^ n, a, b;

	for (; n > 16; s += 16, n -= 16)
		h = fold(load(s, 8) ^ key[0], load(s + 8, 8) ^ h);
	if (n >= 8) {
		a = load(s, 8);
		b = load(s + n - 8, 8);
	} else if (n >= 4) {
		a = load(s, 4);
		b = load(s + n - 4, 4);
	} else {
		a = n ? (uint64_t)(unsigned char)s[0] << 16 |
		                (uint64_t)(unsigned char)s[n / 2] << 8 | (unsigned char)s[n - 1]
		      : 0;
		b = 0;
	}
	return fold(fold(a ^ key[0], b ^ key[1] ^ h), key[3] ^ h);
}

struct pool *
pool_new(void)
{
	struct pool *p = xcalloc(1, sizeof *p);

	draw_key();
	p->mask = FIRST_SLOTS - 1;
	p->slot = xcalloc(FIRST_SLOTS, sizeof *p->slot);
	return p;
}

void
pool_free(struct pool *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->chunks; i++)
		free(p->chunk[i]);
	free(p->chunk);
	free(p->text);
	free(p->slot);
	free(p);
}

static bool
holds(const struct pool *p, const struct slot *slot, uint64_t hash, const char *s, size_t n)
{
	if (slot->hash != hash || slot->n != n)
		return false;
	return memcmp(n <= HEAD ? slot->head : p->text[slot->number - 1].s, s, n) == 0;
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *
slot_of(const struct pool *p, uint64_t hash, const char *s, size_t n)
{
	size_t i = (size_t)hash & p->mask;

	while (p->slot[i].number && !holds(p, &p->slot[i], hash, s, n))
		i = (i + 1) & p->mask;
	return &p->slot[i];
}

/* Twice as many slots, so that at most half of them are in use. */
static void
widen(struct pool *p)
{
	size_t old = p->mask + 1, mask = 2 * old - 1;
	struct slot *wide = xcalloc(2 * old, sizeof *wide);

	for (size_t i = 0; i < old; i++) {
		size_t at = (size_t)p->slot[i].hash & mask;

		if (p->slot[i].number == 0)
			continue;
		while (wide[at].number)
			at = (at + 1) & mask;
		wide[at] = p->slot[i];
	}
	free(p->slot);
	p->slot = wide;
	p->mask = mask;
}

/* A terminated copy that stays where it is. */
static const char *
keep(struct pool *p, const char *s, size_t n)
{
	char *copy;

	if (n + 1 > p->left) {
		p->left = n + 1 > CHUNK ? n + 1 : CHUNK;
		GROW(p->chunk, p->chunk_cap, p->chunks);
		p->free = p->chunk[p->chunks++] = xmalloc(p->left);
	}
	copy = p->free;
	p->free += n + 1;
	p->left -= n + 1;
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

/* Fills a free slot. */
static void
occupy(struct pool *p, struct slot *slot, uint64_t hash, const char *s, size_t n)
{
	GROW(p->text, p->cap, p->n);
	p->text[p->n++] = (struct slice){ keep(p, s, n), n };
	slot->hash = hash;
	slot->number = (uint32_t)p->n;
	slot->n = (uint32_t)n;
	memcpy(slot->head, s, n < HEAD ? n : HEAD);
}

uint64_t
pool_prefetch(const struct pool *p, const char *s, size_t n)
{
	const uint64_t hash = hash_of(keys[0], s, n);

	__builtin_prefetch(&p->slot[(size_t)hash & p->mask]);
	return hash;
}

uint32_t
pool_add_hashed(struct pool *p, uint64_t hash, const char *s, size_t n)
{
	struct slot *slot = slot_of(p, hash, s, n);

	if (slot->number == 0 && 2 * (p->n + 1) > p->mask) {
		widen(p);
		slot = slot_of(p, hash, s, n);
	}
	if (slot->number == 0)
		occupy(p, slot, hash, s, n);
	return slot->number - 1;
}

uint32_t
pool_add(struct pool *p, const char *s, size_t n)
{
	s = n ? s : ""; /* an empty slice may point nowhere */
	return pool_add_hashed(p, hash_of(keys[0], s, n), s, n);
}

bool
pool_remember(struct pool *p, struct slice text, size_t most)
{
	const size_t known = p->n;
	const bool added = known < most && pool_add(p, text.s, text.n) == known;

	if (added)
		effect();
	return added;
}

uint32_t
pool_find(const struct pool *p, const char *s, size_t n)
{
	s = n ? s : "";
	return slot_of(p, hash_of(keys[0], s, n), s, n)->number - 1; /* 0, a free slot: POOL_NONE */
}

const char *
pool_text(const struct pool *p, uint32_t id)
{
	return p->text[id].s;
}

struct slice
pool_slice(const struct pool *p, uint32_t id)
{
	return p->text[id];
}

size_t
pool_count(const struct pool *p)
{
	return p->n;
}

void
keyed_hash(const char *s, size_t n, uint64_t out[2])
{
	draw_key();
	out[0] = hash_of(keys[0], s, n);
	out[1] = hash_of(keys[1], s, n);
}

uint64_t
stable_hash(const char *s, size_t n)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
	return h;
}

uint32_t *
numbers_at(struct numbers *numbers, uint32_t id)
{
	while (id >= numbers->cap) {
		const size_t old = numbers->cap;
		GROW(numbers->of, numbers->cap, old);
		memset(numbers->of + old, 0, (numbers->cap - old) * sizeof *numbers->of);
	}
	return &numbers->of[id];
}
