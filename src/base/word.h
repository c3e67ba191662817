/*
 * Text eight bytes at a time, the same on every machine.
 */
#ifndef PT_WORD_H
#define PT_WORD_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))
#define HIGH_BITS EACH(0x80) /* set in no byte of ASCII */

/* The eight bytes at S, the first of them lowest. */
static inline uint64_t
word_of(const char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof word);
	return le64toh(word);
}

/* The high bit of each byte of WORD that is less than LIMIT, which is at most 0x80. */
static inline uint64_t
word_less(uint64_t word, unsigned limit)
{
	return ~(((word & ~HIGH_BITS) + EACH(0x80 - limit)) | word) & HIGH_BITS;
}

/* The high bits of the bytes side by side: that of the first byte is bit 0. */
static inline uint64_t
word_bits(uint64_t high)
{
	return (high >> 7) * 0x0102040810204080u >> 56;
}

#endif
