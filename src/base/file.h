/*
 * Descriptors with every answer heeded: what a signal interrupted is tried
 * again (but close, which on Linux is done all the same), short writes go on.
 * All return false or -1 with errno, and none ends the program.
 */
#ifndef PT_FILE_H
#define PT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/str.h"

int file_open(const char *name, int flags, mode_t mode);
/* A new file of mode 0600; its name, STEM and a random end, replaces NAME. */
int file_make(struct str *name, const char *stem);
/* All N bytes; waits when a descriptor that does not block is full. */
bool file_write(int fd, const char *s, size_t n);
bool file_rewind(int fd);
bool file_truncate(int fd, off_t size);
bool file_sync(int fd); /* data, and what is needed to find it */
/* A regular file that others can read is its owner's alone; a device is not ours to change. */
bool file_make_private(int fd);
/* Its lock, exclusive; waits for 10 s at most, then errno is EWOULDBLOCK. */
bool file_lock(int fd);
/* Does the path name that file still, which was opened by it? */
bool file_is_at(const struct stat *st, const char *name);
bool file_close(int fd);
bool file_rename(const char *old, const char *name);
/* The folder's entry of NAME is on the disk too: after a new file or a rename. */
bool file_sync_folder(const char *name);

#endif
