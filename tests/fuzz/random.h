/*
 * Random inputs for a fuzz target, made of words that matter to it and of the inputs of a corpus,
 * changed here and there: the same seed gives the same inputs everywhere.  The target is built by
 * itself, with this as its driver (NAME [SEED [COUNT [CORPUS]]]), or as a target of libFuzzer with
 * -DLIBFUZZER.
 */
#ifndef PT_FUZZ_RANDOM_H
#define PT_FUZZ_RANDOM_H

#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
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

static inline uint64_t
fuzz_below(uint64_t *state, uint64_t most)
{
	return most ? fuzz_number(state) % most : 0;
}

struct fuzz {
	uint64_t state;
	const struct slice *words;
	size_t n_words;
	struct str input[256]; /* the corpus */
	size_t n_inputs;
};

/* Mostly short inputs: a fault that a long one shows has nearly always a short one too. */
static inline void
fuzz_words(struct fuzz *f, struct str *t, bool is_long)
{
	uint64_t n = fuzz_number(&f->state) % (is_long ? 200 : 20);

	for (int k = 0; k < 2; k++) /* the options */
		str_putc(t, (char)fuzz_number(&f->state));
	while (n-- > 0) {
		struct slice word = f->words[fuzz_number(&f->state) % f->n_words];

		str_add(t, word.s, word.n);
	}
}

/* From OLD: all but some bytes, with something in their place. */
static inline void
fuzz_edit(struct fuzz *f, struct str *t, const struct str *old)
{
	const struct str *other = &f->input[fuzz_below(&f->state, f->n_inputs)];
	const size_t at = fuzz_below(&f->state, old->n + 1), left = old->n - at;
	const size_t gone = fuzz_below(&f->state, left < 16 ? left + 1 : 16);
	const size_t from = fuzz_below(&f->state, other->n + 1);
	const struct slice word = f->words[fuzz_below(&f->state, f->n_words)];

	str_reset(t);
	str_add(t, str_text(old), at);
	switch (fuzz_number(&f->state) % 6) {
	case 0: /* cut off */
		return;
	case 1: /* goes on as another does */
		str_add(t, str_text(other) + from, other->n - from);
		return;
	case 2:
		str_putc(t, (char)fuzz_number(&f->state));
		break;
	case 3: /* the other's piece */
		str_add(t, str_text(other) + from, fuzz_below(&f->state, other->n - from + 1));
		break;
	default:
		str_add(t, word.s, word.n);
	}
	str_add(t, str_text(old) + at + gone, left - gone);
}

static inline void
fuzz_from_corpus(struct fuzz *f, struct str *t)
{
	const struct str *one = &f->input[fuzz_below(&f->state, f->n_inputs)];
	struct str room = STR_INIT;

	str_add(t, str_text(one), one->n);
	for (uint64_t edits = 1 + fuzz_below(&f->state, 4); edits > 0; edits--) {
		struct str old = *t;

		fuzz_edit(f, &room, &old);
		*t = room;
		room = old;
	}
	str_free(&room);
}

static struct slice fuzz_now; /* the input being tried */
static volatile long fuzz_tried;

/* A long run that is stopped says how far it came. */
static inline void
fuzz_stop(int signal)
{
	(void)signal;
	fprintf(stderr, "stopped after %ld inputs: no fault\n", fuzz_tried);
	_Exit(0);
}

/* What a crash was about, as printf '...' would write it again. */
static inline void
fuzz_tell(int signal)
{
	(void)signal;
	fputs("--- the input:\n", stderr);
	for (size_t i = 0; i < fuzz_now.n; i++) {
		const unsigned char c = (unsigned char)fuzz_now.s[i];

		fprintf(stderr, c >= 0x20 && c < 0x7f && c != '\\' ? "%c" : "\\%03o", c);
	}
	fputc('\n', stderr);
	_Exit(3);
}

static inline void
fuzz_one(const struct str *t)
{
	fuzz_now = (struct slice){ str_text(t), t->n };
	fuzz_tried++;
	LLVMFuzzerTestOneInput((const uint8_t *)fuzz_now.s, fuzz_now.n);
}

static inline void
fuzz_random(struct fuzz *f, long count)
{
	struct str t = STR_INIT;

	signal(SIGTERM, fuzz_stop);
	signal(SIGABRT, fuzz_tell);
	signal(SIGSEGV, fuzz_tell);
	signal(SIGFPE, fuzz_tell);
	for (size_t i = 0; i < f->n_inputs; i++) /* as they are */
		fuzz_one(&f->input[i]);
	for (long i = 0; i < count; i++) {
		str_reset(&t);
		if (f->n_inputs > 0 && i % 4 != 0)
			fuzz_from_corpus(f, &t);
		else
			fuzz_words(f, &t, i % 64 == 0);
		fuzz_one(&t);
	}
	str_free(&t);
}

static inline int
fuzz_by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static inline void
fuzz_read_corpus(struct fuzz *f, const char *folder)
{
	struct dirent **item;
	const int n = scandir(folder, &item, NULL, fuzz_by_name);
	struct str name = STR_INIT;

	for (int i = 0; i < n; i++) {
		struct str *input = &f->input[f->n_inputs];
		FILE *file;
		int c;

		str_reset(&name);
		str_addf(&name, "%s/%s", folder, item[i]->d_name);
		if (item[i]->d_name[0] != '.' && f->n_inputs < LENGTH(f->input) &&
		        (file = fopen(str_text(&name), "r")) != NULL) {
			while ((c = getc(file)) != EOF)
				str_putc(input, (char)c);
			fclose(file);
			f->n_inputs++;
		}
		free(item[i]);
	}
	if (n > 0)
		free(item);
	str_free(&name);
}

static inline int
fuzz_main(int argc, char *argv[], const struct slice *words, size_t n_words)
{
	static struct fuzz f;
	const uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	const long count = argc > 2 ? atol(argv[2]) : 1000000;

	f.state = seed;
	f.words = words;
	f.n_words = n_words;
	if (argc > 3)
		fuzz_read_corpus(&f, argv[3]);
	if (argc > 3 && f.n_inputs == 0) {
		fprintf(stderr, "%s: no corpus\n", argv[3]);
		return 2;
	}
	fuzz_random(&f, count);
	printf("%ld inputs from seed %llu, %zu of a corpus: no fault\n", count,
		(unsigned long long)seed, f.n_inputs);
	for (size_t i = 0; i < f.n_inputs; i++)
		str_free(&f.input[i]);
	return 0;
}

#endif
