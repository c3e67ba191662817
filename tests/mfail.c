/*
 * A preload library for tests/faults: the MFAIL-th allocation of the process fails, 0 none;
 * MCOUNT names a file that gets the number of allocations at the end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

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
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

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
