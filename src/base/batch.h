/*
 * What a twin makes of things that stand in a row, such as the records of a block: bytes, and
 * between them the things that it leaves to the process which takes them.
 */
#ifndef PT_BATCH_H
#define PT_BATCH_H

#include <stdint.h>

#include "base/str.h"
#include "base/twin.h"

/* Bytes made of neighbouring things, then one that is left, or the end. */
struct part {
	size_t bytes;
	uint64_t place; /* of what is left, for whoever makes and takes it; BATCH_END */
	long line;      /* more of that */
};
#define BATCH_END UINT64_MAX

/* Start with all zero, end with batch_free(). */
struct batch {
	struct str made; /* to be added to */
	struct part *part;
	size_t parts, cap;
	size_t at;   /* the next part to be taken */
	size_t used; /* of what was made, by parts */
};

void batch_free(struct batch *b);

/* Nothing is made yet. */
void batch_begin(struct batch *b);
/* The next thing is left; BATCH_END: there is none, and the batch is whole. */
void batch_leave(struct batch *b, uint64_t place, long line);
/* Behind HEAD, N bytes that say which batch it is.  False: nobody takes it any more. */
bool batch_send(const struct batch *b, int fd, const void *head, size_t n);

/* False: there will be no other. */
bool batch_receive(struct batch *b, struct twin *t, void *head, size_t n);
/* The next part, its bytes in *MADE. */
const struct part *batch_part(struct batch *b, struct slice *made);

#endif
