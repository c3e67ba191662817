#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

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
