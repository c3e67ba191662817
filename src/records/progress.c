#include "records/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 2.0 /* seconds */
#define INTERVAL 0.25

static double
now(void)
{
	struct timespec t = { 0, 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
progress_begin(struct progress *p, const char *file, uint64_t size)
{
	*p = (struct progress){ .file = file, .size = isatty(STDERR_FILENO) ? size : 0 };
	if (p->size > 0)
		p->begun = p->told = now();
}

/* One write; whether it arrives is nobody's concern. */
static void
show(const char *text, int n)
{
	if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0)
		return;
}

/* The cursor goes back to the line's begin, so that a message covers it. */
static void
tell(const struct progress *p, uint64_t offset, double seconds)
{
	char line[80];
	double part = (double)offset / (double)p->size;
	double left = seconds * (1 - part) / part;
	int n = snprintf(line, sizeof(line), "%8ld rows  %3.0f %%  %.0f rows/s  %.0f s left   \r",
	        p->rows, 100 * part, (double)p->rows / seconds, left);

	show(line, n < (int)sizeof(line) ? n : (int)sizeof(line) - 1);
}

void
progress_look(struct progress *p, uint64_t offset)
{
	double time = now();

	if (time - p->begun < PATIENCE || time - p->told < INTERVAL || offset == 0 ||
	        offset > p->size)
		return;
	tell(p, offset, time - p->begun);
	p->told = time;
	p->shown = true;
}

void
progress_end(struct progress *p)
{
	static const char blanks[] =
	        "\r                                                               \r";

	if (p->shown)
		show(blanks, sizeof(blanks) - 1);
	p->shown = false;
}
