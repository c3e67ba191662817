#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/intern.h"
#include "base/mem.h"

#define CHUNK ((size_t)64 << 10)
#define FIRST_SLOTS 64

/* A text in a chunk: this head, the bytes, a terminator. */
struct word {
	uint32_t id, n;
	char s[];
};

struct slot {
	uint64_t hash;
	const struct word *word; /* NULL: free */
};

struct pool {
	struct slot *slot;
	size_t mask; /* slots less one; a power of two */
	const struct word **word;
	size_t n, cap;
	char **chunk;
	size_t chunks, chunk_cap;
	char *free; /* in the newest chunk */
	size_t left;
};

/* The key of this run, drawn once. */
static uint64_t key[4];

static void
draw_key(void)
{
	if (key[0])
		return;
	if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
		for (size_t i = 0; i < LENGTH(key); i++) /* the address differs from run to run */
			key[i] = ((uint64_t)(uintptr_t)&i + i) * 0x9e3779b97f4a7c15u;
	key[0] |= 1;
}

static uint64_t
load(const char *s, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, s, n);
	return word;
}

/* Both halves of the product of 128 bits, folded. */
static uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/*
 * A multiplying hash of 16 bytes a step, mixed with secret words before each
 * product: who does not know the key cannot choose texts that collide.
 */
static uint64_t
hash_of(const char *s, size_t n)
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
	free(p->word);
	free(p->slot);
	free(p);
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *
slot_of(const struct pool *p, uint64_t hash, const char *s, size_t n)
{
	size_t i = hash & p->mask;

	for (; p->slot[i].word; i = (i + 1) & p->mask)
		if (p->slot[i].hash == hash && p->slot[i].word->n == n &&
		        memcmp(p->slot[i].word->s, s, n) == 0)
			break;
	return &p->slot[i];
}

/* Twice as many slots, so that at most half of them are in use. */
static void
widen(struct pool *p)
{
	size_t old = p->mask + 1, mask = 2 * old - 1;
	struct slot *wide = xcalloc(2 * old, sizeof *wide);

	for (size_t i = 0; i < old; i++) {
		size_t at = p->slot[i].hash & mask;

		if (p->slot[i].word == NULL)
			continue;
		while (wide[at].word)
			at = (at + 1) & mask;
		wide[at] = p->slot[i];
	}
	free(p->slot);
	p->slot = wide;
	p->mask = mask;
}

static const struct word *
keep(struct pool *p, const char *s, size_t n)
{
	const size_t align = _Alignof(struct word);
	size_t size = (sizeof(struct word) + n + 1 + align - 1) / align * align;
	struct word *w;

	if (size > p->left) {
		p->left = size > CHUNK ? size : CHUNK;
		GROW(p->chunk, p->chunk_cap, p->chunks);
		p->free = p->chunk[p->chunks++] = xmalloc(p->left);
	}
	w = (struct word *)(void *)p->free;
	p->free += size;
	p->left -= size;
	w->id = (uint32_t)p->n;
	w->n = (uint32_t)n;
	memcpy(w->s, s, n);
	w->s[n] = '\0';
	GROW(p->word, p->cap, p->n);
	p->word[p->n++] = w;
	return w;
}

uint32_t
pool_add(struct pool *p, const char *s, size_t n)
{
	uint64_t hash = hash_of(s, n);
	struct slot *slot = slot_of(p, hash, s, n);

	if (slot->word)
		return slot->word->id;
	if (2 * (p->n + 1) > p->mask) {
		widen(p);
		slot = slot_of(p, hash, s, n);
	}
	*slot = (struct slot){ hash, keep(p, s, n) };
	return slot->word->id;
}

uint32_t
pool_find(const struct pool *p, const char *s, size_t n)
{
	const struct slot *slot = slot_of(p, hash_of(s, n), s, n);

	return slot->word ? slot->word->id : POOL_NONE;
}

const char *
pool_text(const struct pool *p, uint32_t id)
{
	return p->word[id]->s;
}

size_t
pool_count(const struct pool *p)
{
	return p->n;
}

uint64_t
stable_hash(const char *s, size_t n)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
	return h;
}
