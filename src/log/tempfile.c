#include "log/tempfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"

_Noreturn void
tempfile_failed(const char *what, const char *did)
{
	die("temporary file for %s: %s: %s (TMPDIR names another place)", what, did,
	        strerror(errno));
}

int
tempfile_open(const char *what)
{
	const char *dir = getenv("TMPDIR");
	struct str stem = STR_INIT, name = STR_INIT;
	int fd;

	str_addf(&stem, "%s/pt", dir != NULL && *dir != '\0' ? dir : "/tmp");
	fd = file_make(&name, str_text(&stem));
	if (fd < 0 || unlink(str_text(&name)) != 0)
		tempfile_failed(what, "cannot be made");
	str_free(&stem);
	str_free(&name);
	return fd;
}

void
tempfile_write(int fd, const char *bytes, size_t n, const char *what)
{
	if (!file_write(fd, bytes, n))
		tempfile_failed(what, "cannot be written");
}
