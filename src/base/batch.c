#include "base/batch.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

void
batch_free(struct batch *b)
{
	str_free(&b->made);
	free(b->part);
	*b = (struct batch){ 0 };
}

void
batch_begin(struct batch *b)
{
	str_reset(&b->made);
	b->parts = b->at = b->used = 0;
}

void
batch_leave(struct batch *b, uint64_t place, long line)
{
	GROW(b->part, b->cap, b->parts);
	b->part[b->parts++] = (struct part){ b->made.n - b->used, place, line };
	b->used = b->made.n;
}

bool
batch_send(const struct batch *b, int fd, const void *head, size_t n)
{
	const size_t size[] = { b->parts, b->made.n };

	return file_write(fd, head, n) && file_write(fd, (const char *)size, sizeof size) &&
	        file_write(fd, (const char *)b->part, b->parts * sizeof *b->part) &&
	        file_write(fd, b->made.s, b->made.n);
}

bool
batch_receive(struct batch *b, struct twin *t, void *head, size_t n)
{
	size_t size[2];

	batch_begin(b);
	if (!twin_read(t, head, n) || !twin_read(t, size, sizeof size))
		return false;
	if (size[0] > b->cap) {
		b->cap = size[0];
		b->part = xreallocarray(b->part, b->cap, sizeof *b->part);
	}
	b->parts = size[0];
	str_room(&b->made, size[1]);
	b->made.n = size[1];
	return twin_read(t, b->part, b->parts * sizeof *b->part) &&
	        twin_read(t, b->made.s, b->made.n);
}

const struct part *
batch_part(struct batch *b, struct slice *made)
{
	const struct part *p = &b->part[b->at++];

	*made = (struct slice){ b->made.s + b->used, p->bytes };
	b->used += p->bytes;
	return p;
}
