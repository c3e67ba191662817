/*
 * Allocations that fail, for tests/faults: the MFAIL-th of the process does, 0 none; MCOUNT names a
 * file that gets their number at the end.  A library to preload, in which those of libc fail too;
 * or, with -DWRAP, a part of a program linked with --wrap=malloc and so on and with the leak
 * sanitizer, whose own allocator stays below.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef WRAP
#define OURS(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define OURS(name) name
#define REAL(name) __libc_##name
#endif
extern void *REAL(malloc)(size_t size);
extern void *REAL(calloc)(size_t count, size_t size);
extern void *REAL(realloc)(void *old, size_t size);

static long number, failing = -1;

static int
fails(void)
{
	if (failing < 0) {
		const char *text = getenv("MFAIL");
		failing = text != NULL ? atol(text) : 0;
	}
	if (++number != failing)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
OURS(malloc)(size_t size)
{
	return fails() ? NULL : REAL(malloc)(size);
}

void *
OURS(calloc)(size_t count, size_t size)
{
	return fails() ? NULL : REAL(calloc)(count, size);
}

void *
OURS(realloc)(void *old, size_t size)
{
	return fails() ? NULL : REAL(realloc)(old, size);
}

#ifdef WRAP
void *
__wrap_reallocarray(void *old, size_t count, size_t size)
{
	return size > 0 && count > SIZE_MAX / size ? NULL : OURS(realloc)(old, count * size);
}
#endif

__attribute__((destructor)) static void
tell(void)
{
	const char *name = getenv("MCOUNT");
	const long n = number;
	FILE *file = name != NULL ? fopen(name, "w") : NULL;

	if (file == NULL)
		return;
	fprintf(file, "%ld\n", n);
	fclose(file);
}
