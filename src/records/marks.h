/*
 * Where fields may end within 64 bytes of text.  By words it is the same on every machine; every
 * x86-64 compares 16 bytes at once and finds what the words find (tests/unit/u-marks.c).
 * Private to the plain path of csvin.
 */
#ifndef PT_MARKS_H
#define PT_MARKS_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/word.h"

#define MARKS_SPAN 64

struct marks {
	uint64_t ends; /* a bit for each byte that is the delimiter or less than '#': quotes, line
	                  ends and NUL are among these */
	uint64_t high; /* not 0: some byte is no ASCII */
};

static inline struct marks
marks_by_words(const char *block, char delimiter)
{
	const uint64_t delimiters = EACH((unsigned char)delimiter);
	struct marks m = { 0, 0 };

	for (unsigned i = 0; i < MARKS_SPAN; i += 8) {
		const uint64_t word = word_of(block + i);

		m.high |= word & HIGH_BITS;
		m.ends |= word_bits(word_less(word, '#') | word_less(word ^ delimiters, 1)) << i;
	}
	return m;
}

#ifdef __SSE2__
static inline struct marks
marks_of(const char *block, char delimiter)
{
	const __m128i delimiters = _mm_set1_epi8(delimiter), most = _mm_set1_epi8('#' - 1);
	struct marks m = { 0, 0 };

	for (unsigned i = 0; i < MARKS_SPAN; i += 16) {
		const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
		const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, most), bytes);
		const __m128i ends = _mm_or_si128(low, _mm_cmpeq_epi8(bytes, delimiters));

		m.high |= (uint64_t)_mm_movemask_epi8(bytes);
		m.ends |= (uint64_t)_mm_movemask_epi8(ends) << i;
	}
	return m;
}
#else
static inline struct marks
marks_of(const char *block, char delimiter)
{
	return marks_by_words(block, delimiter);
}
#endif

#endif
