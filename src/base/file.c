#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/mem.h"

#define LOCK_WAIT 10 /* seconds */

int
file_open(const char *name, int flags, mode_t mode)
{
	int fd;

	do
		fd = open(name, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

int
file_make(struct str *name, const char *stem)
{
	int fd;

	do {
		str_reset(name);
		str_addf(name, "%s.XXXXXX", stem);
		fd = mkostemp(name->s, O_CLOEXEC);
	} while (fd < 0 && errno == EINTR);
	return fd;
}

bool
file_write(int fd, const char *s, size_t n)
{
	while (n > 0) {
		const ssize_t put = write(fd, s, n);
		if (put > 0) {
			s += put;
			n -= (size_t)put;
		} else if (put < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
		} else if (put == 0) {
			errno = ENOSPC;
			return false;
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

bool
file_rewind(int fd)
{
	off_t got;

	do
		got = lseek(fd, 0, SEEK_SET);
	while (got != 0 && errno == EINTR);
	return got == 0;
}

bool
file_truncate(int fd, off_t size)
{
	int got;

	do
		got = ftruncate(fd, size);
	while (got != 0 && errno == EINTR);
	return got == 0;
}

bool
file_sync(int fd)
{
	int got;

	do
		got = fdatasync(fd);
	while (got != 0 && errno == EINTR);
	return got == 0;
}

bool
file_make_private(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 &&
	        (!S_ISREG(st.st_mode) || (st.st_mode & 077) == 0 || fchmod(fd, 0600) == 0);
}

static void
on_alarm(int signal)
{
	(void)signal; /* only to interrupt flock() */
}

/* In the kernel's queue, so that many take turns; the timer repeats, so no tick is missed. */
static bool
wait_for_lock(int fd)
{
	const struct sigaction wake = { .sa_handler = on_alarm };
	const struct itimerval off = { { 0, 0 }, { 0, 0 } };
	const struct itimerval tick = { { 1, 0 }, { 1, 0 } };
	struct sigaction before;
	sigset_t alarm, mask;
	int ticks = 0, got;

	sigaction(SIGALRM, &wake, &before);
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &alarm, &mask); /* whoever started us may have blocked it */
	setitimer(ITIMER_REAL, &tick, NULL);
	while ((got = flock(fd, LOCK_EX)) != 0 && errno == EINTR && ++ticks < LOCK_WAIT)
		continue;
	const int error = errno == EINTR ? EWOULDBLOCK : errno;
	setitimer(ITIMER_REAL, &off, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGALRM, &before, NULL);
	errno = error;
	return got == 0;
}

bool
file_lock(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 || wait_for_lock(fd);
}

bool
file_is_at(const struct stat *st, const char *name)
{
	struct stat path;

	return st->st_nlink > 0 && lstat(name, &path) == 0 && path.st_dev == st->st_dev &&
	        path.st_ino == st->st_ino;
}

bool
file_close(int fd)
{
	return close(fd) == 0 || errno == EINTR;
}

bool
file_rename(const char *old, const char *name)
{
	int got;

	do
		got = rename(old, name);
	while (got != 0 && errno == EINTR);
	return got == 0;
}

bool
file_sync_folder(const char *name)
{
	char *copy = xstrdup(name);
	const int fd = file_open(dirname(copy), O_RDONLY | O_DIRECTORY, 0);
	int got = -1;

	free(copy);
	if (fd < 0)
		return false;
	do
		got = fsync(fd);
	while (got != 0 && errno == EINTR);
	const int error = errno;
	const bool closed = file_close(fd);
	if (got != 0)
		errno = error;
	return got == 0 && closed;
}
