/*
 * The bytes of an input in one window that slides over it, decoded to UTF-8:
 * a byte-order mark of UTF-16 or UTF-32 names the encoding, else the caller
 * may.  A byte that the encoding does not know arrives as 0xff, which no UTF-8
 * has, so that whoever validates meets it in its place.
 *
 * The window is [at, end): the caller moves AT over what it has used.  SENTINEL
 * line feeds stand behind END, so that as many bytes can be read from any place;
 * they are no part of the input.
 */
#ifndef PT_SOURCE_H
#define PT_SOURCE_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define SENTINEL 64

struct source {
	char *window;
	size_t at, end, cap;
	size_t moves; /* how often its bytes were others since */
	int error;    /* errno of a failed read; the input ends there */
	bool decoding;

	int fd; /* -1: memory */
	struct slice memory;
	size_t block;
	uint64_t offset, size; /* bytes as they came: read so far, in all (0: unknown) */
	char last;
	uint64_t looked; /* the offset at which an unfinished tail was looked at again */
	bool regular, ended;
	bool own;       /* we opened it, so that its lock is ours */
	bool placed;    /* read from where we say, not from where the descriptor stands */
	uint64_t until; /* a read that begins before this place does not go beyond it */
	iconv_t decoder;
	size_t unit;      /* bytes to skip behind one that cannot be decoded */
	struct str coded; /* not yet decoded */
};

/* BLOCK: most bytes of one read, 0 for the best.  The descriptor is closed by source_close(). */
void source_open_fd(struct source *s, int fd, size_t block);
void source_open_memory(struct source *s, struct slice bytes, size_t block);
void source_close(struct source *s);

/* Up to N bytes as they came; only before source_decode(). */
struct slice source_peek(struct source *s, size_t n);
/* From now on the window holds UTF-8 without a mark.  False: no such encoding is known. */
bool source_decode(struct source *s, const char *encoding);
/* At least one byte more behind the window, which moves.  False: the input has ended. */
bool source_more(struct source *s);
/* Goes on at that byte of a regular file which we opened and do not decode. */
void source_go(struct source *s, uint64_t place);
/* The window holds at least N bytes, or all that are left. */
bool source_has(struct source *s, size_t n);

#endif
