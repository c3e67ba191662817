/*
 * Whole programs inside a fuzz target: main() runs as a function, a million times in one process.
 *
 * The linker hands the calls that matter to inside.c: exit() comes back here, what is written to
 * standard output and error is caught, and memory that a run leaves behind is taken back, so that
 * an early end costs nothing.  Each message is judged as it is written: one write, the program's
 * name in front, nothing in it that a terminal would obey.
 */
#ifndef PT_FUZZ_INSIDE_H
#define PT_FUZZ_INSIDE_H

#include <stdio.h>

#include "base/str.h"

typedef int inside_main(int argc, char *argv[]);
inside_main ptlog_main, ptplan_main, ptstat_main, ptreport_main;

struct inside {
	int status;
	bool returned;       /* from main; else by exit() */
	size_t blocks;       /* of memory that were left */
	struct str out, err; /* each message ends in a line feed */
};

/* Makes a folder of the process's own, in memory where it can be, and goes there; once. */
void inside_begin(void);

/*
 * Runs a program.  ARGS is NULL-terminated and without its name; INPUT is standard input, a
 * regular file; the clock stands at 2026-11-23.  The result lives until the next run.
 */
const struct inside *inside_run(
        inside_main *program, const char *name, const char *const *args, struct slice input);

/* Files of the folder. */
void inside_put(const char *name, struct slice bytes);
bool inside_get(const char *name, struct str *bytes); /* false: no such file */
void inside_remove(const char *name);
void inside_empty(void); /* removes all */

/* A fault was found: says which on the true standard error, with the output so far, and aborts. */
_Noreturn void fault(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
