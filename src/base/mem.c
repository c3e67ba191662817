#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"

static void *
checked(void *memory)
{
	if (memory == NULL)
		die_no_memory();
	return memory;
}

/* A size of 0 asks for one byte: NULL means failure and nothing else. */
void *
xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(count && size ? calloc(count, size) : calloc(1, 1));
}

void *
xreallocarray(void *old, size_t count, size_t size)
{
	if (count == 0 || size == 0)
		count = size = 1;
	return checked(reallocarray(old, count, size));
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t n)
{
	char *copy = xmalloc(n + 1);

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}
