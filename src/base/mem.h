/*
 * Memory that is there or the program ends: out of memory is status 2 with
 * one message.  What these return is freed with free().
 */
#ifndef PT_MEM_H
#define PT_MEM_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n); /* exactly n bytes and a terminator */

/* Makes room for one more element: ARRAY, CAP (a size_t) and N the elements in use. */
#define GROW(array, cap, n)                                                                        \
	do {                                                                                       \
		if ((n) == (cap)) {                                                                \
			(cap) = (cap) ? 2 * (cap) : 16;                                            \
			(array) = xreallocarray((array), (cap), sizeof *(array));                  \
		}                                                                                  \
	} while (0)

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#endif
