/*
 * Random inputs for a fuzz target, made of words that matter to it: the same
 * seed gives the same inputs everywhere.  The target is built by itself, with
 * this as its driver (NAME [SEED [COUNT]]), or as a target of libFuzzer with
 * -DLIBFUZZER.
 */
#ifndef PT_FUZZ_RANDOM_H
#define PT_FUZZ_RANDOM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* splitmix64 */
static inline uint64_t
fuzz_number(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Mostly short inputs: a fault that a long one shows has nearly always a short one too. */
static inline void
fuzz_random(uint64_t seed, long count, const struct slice *words, size_t n_words)
{
	struct str t = STR_INIT;

	for (long i = 0; i < count; i++) {
		uint64_t n = fuzz_number(&seed) % (i % 64 == 0 ? 200 : 20);

		str_reset(&t);
		for (int k = 0; k < 2; k++) /* the options */
			str_putc(&t, (char)fuzz_number(&seed));
		while (n-- > 0) {
			struct slice word = words[fuzz_number(&seed) % n_words];

			str_add(&t, word.s, word.n);
		}
		LLVMFuzzerTestOneInput((const uint8_t *)t.s, t.n);
	}
	str_free(&t);
}

static inline int
fuzz_main(int argc, char *argv[], const struct slice *words, size_t n_words)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	long count = argc > 2 ? atol(argv[2]) : 1000000;

	fuzz_random(seed, count, words, n_words);
	printf("%ld inputs from seed %llu: no fault\n", count, (unsigned long long)seed);
	return 0;
}

#endif
