#include "base/twin.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Holds what is made of one block, so that the twin need not wait for whoever reads it. */
#define PIPE_BYTES (1 << 20)

bool
twin_is_of_use(void)
{
	cpu_set_t ours;

	return sched_getaffinity(0, sizeof ours, &ours) == 0 && CPU_COUNT(&ours) > 1;
}

/* Descriptors 0 to 2 lead nowhere: the output is this one's to end, the words its own to say. */
static bool
fall_silent(void)
{
	const int nowhere = open("/dev/null", O_RDWR);
	bool done = nowhere >= 0;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		done = done && dup2(nowhere, fd) == fd;
	return done;
}

/* It ends when the parent does, who may be killed. */
static bool
stays_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

/* An end of the pipe that stays open in the wrong process would have the other wait for ever. */
bool
twin_start(struct twin *t, void (*run)(void *context, int fd), void *context)
{
	const pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* else it waits more often */
	t->fd = ends[0];
	t->pid = fork();
	if (t->pid == 0) {
		if (close(ends[0]) == 0 && fall_silent() && stays_with(parent))
			run(context, ends[1]);
		_exit(0);
	}
	if (close(ends[1]) == 0 && t->pid > 0)
		return true;
	twin_end(t);
	return false;
}

bool
twin_read(struct twin *t, void *to, size_t n)
{
	char *at = to;

	while (n > 0) {
		const ssize_t got = read(t->fd, at, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* It has nothing to save. */
void
twin_end(struct twin *t)
{
	close(t->fd);
	if (t->pid <= 0)
		return;
	kill(t->pid, SIGKILL);
	while (waitpid(t->pid, NULL, 0) < 0 && errno == EINTR)
		;
}
