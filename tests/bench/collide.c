/*
 * collide ROWS same|other: a log of so many patients, a row each, on standard output.
 *
 * "same": FNV-1a of every id has its lowest 20 bits zero, so that a table by that hash would hold
 * them all in one place; "other": ids of the same shape, as they come.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LOW 0xfffffu
#define PRIME 0x100000001b3u
#define HALF 4096 /* choices of three letters */

struct tail {
	uint32_t state; /* from which these three letters lead to zero */
	char letter[3];
};

static uint64_t random_state = 1;

static uint64_t
draw(void)
{
	uint64_t x = random_state += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static void
letters(char *to, size_t n, uint64_t x)
{
	for (size_t i = 0; i < n; i++, x >>= 4)
		to[i] = "abcdefghijklmnop"[x & 15];
}

static uint32_t
fnv(uint64_t h, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * PRIME;
	return (uint32_t)h & LOW;
}

/* The low bits of a product depend on low bits alone, so each step can be taken back. */
static struct tail *
make_tails(void)
{
	struct tail *tails = xcalloc(HALF, sizeof *tails);
	uint64_t inverse = 1;

	for (int i = 0; i < 6; i++)
		inverse *= 2 - PRIME * inverse;
	for (uint32_t k = 0; k < HALF; k++) {
		struct tail *t = &tails[k];
		uint64_t h = 0;
		letters(t->letter, 3, k);
		for (int i = 2; i >= 0; i--)
			h = (h * inverse) ^ (unsigned char)t->letter[i];
		t->state = (uint32_t)h & LOW;
	}
	return tails;
}

/* Sixteen letters at random, three that lead to the state of a tail, and the tail. */
static void
make_same(char id[22], const struct tail *tails, const uint32_t *tail_of)
{
	for (;;) {
		letters(id, 16, draw());
		const uint32_t h = fnv(0xcbf29ce484222325u, id, 16);
		for (uint32_t k = 0; k < HALF; k++) {
			letters(id + 16, 3, k);
			const uint32_t tail = tail_of[fnv(h, id + 16, 3)];
			if (tail == 0)
				continue;
			memcpy(id + 19, tails[tail - 1].letter, 3);
			return;
		}
	}
}

int
main(int argc, char *argv[])
{
	const long rows = argc > 1 ? atol(argv[1]) : 0;
	struct tail *tails = make_tails();
	uint32_t *tail_of = xcalloc(LOW + 1, sizeof *tail_of);
	char id[22];

	if (argc != 3)
		return 2;
	for (uint32_t k = 0; k < HALF; k++)
		tail_of[tails[k].state] = k + 1;
	puts("date,patient,item,sets,reps,pain_before,pain_after");
	for (long i = 0; i < rows; i++) {
		make_same(id, tails, tail_of);
		if (strcmp(argv[2], "same") != 0)
			letters(id + 16, 6, draw());
		printf("2026-11-%02ld,%.22s,bridge,2,8,%ld,%ld\n", i % 20 + 1, id, i % 10, i % 7);
	}
	free(tails);
	free(tail_of);
	return 0;
}
