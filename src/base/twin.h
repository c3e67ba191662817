/*
 * A second process that begins as a copy of this one, works on its own and sends what it makes
 * through a pipe.  Its descriptors 0 to 2 lead nowhere: whatever ends it, a signal or die(), this
 * process only sees that nothing more comes.  It does not outlive this one.
 */
#ifndef PT_TWIN_H
#define PT_TWIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct twin {
	pid_t pid;
	int fd; /* what it sends */
};

/* Can it run beside this process, on another processor? */
bool twin_is_of_use(void);
/*
 * RUN writes to FD and ends when it is done, or when a write fails.  True: this process goes on,
 * and calls twin_end().  False: there is no twin.
 */
bool twin_start(struct twin *t, void (*run)(void *context, int fd), void *context);
/* Waits for N bytes; false: they will not come. */
bool twin_read(struct twin *t, void *to, size_t n);
void twin_end(struct twin *t);

#endif
