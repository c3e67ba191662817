/*
 * A temporary file without a name: mode 0600, in $TMPDIR or /tmp, gone when
 * the program ends however it ends.
 */
#ifndef PT_TEMPFILE_H
#define PT_TEMPFILE_H

#include <stddef.h>

/* WHAT (an option) is named when a full disk or the like ends the program. */
int tempfile_open(const char *what);
void tempfile_write(int fd, const char *bytes, size_t n, const char *what);
_Noreturn void tempfile_failed(const char *what, const char *did);

#endif
