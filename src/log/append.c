#include "log/append.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

struct append {
	const char *name;
	int fd;
	struct stat st; /* as it was under the lock, after healing */
	bool made;      /* by us */
	bool empty;     /* it held nothing when we had its lock */
	bool end_line;  /* the last line lacks its line end */
	bool committed;
	sigset_t signals;      /* the mask to go back to */
	struct sigaction pipe; /* what SIGPIPE did */
};

/*
 * A log that we made and that is still empty goes again: only under its lock, as another writer may
 * have been quicker to fill it.
 */
static void
take_away(const struct append *a)
{
	if (a->made && a->empty)
		unlink(a->name);
}

/* The one way out for errors: says why, and leaves the log as it was. */
_Noreturn static void
refuse(struct append *a, const char *why)
{
	take_away(a);
	die("%s: %s; nothing was written", a->name, why);
}

static void
check_kind(struct append *a)
{
	if (fstat(a->fd, &a->st) != 0)
		refuse(a, strerror(errno));
	if (!S_ISREG(a->st.st_mode))
		refuse(a, "not a regular file");
}

static void
open_log(struct append *a)
{
	const int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

	a->fd = file_open(a->name, flags, 0);
	if (a->fd < 0 && errno == ENOENT) {
		a->fd = file_open(a->name, flags | O_CREAT | O_EXCL, 0600);
		a->made = a->fd >= 0;
		if (a->fd < 0 && errno == EEXIST) /* another writer was first */
			a->fd = file_open(a->name, flags, 0);
	}
	if (a->fd >= 0)
		return;
	if (errno == ELOOP)
		refuse(a, "is a symbolic link; name the file itself");
	if (errno == EISDIR)
		refuse(a, "is a directory");
	if (errno == ENXIO)
		refuse(a, "not a regular file");
	refuse(a, strerror(errno));
}

static void
lock_log(struct append *a)
{
	if (file_lock(a->fd))
		return;
	if (errno == EWOULDBLOCK)
		refuse(a, "locked by another program for 10 s; try again");
	refuse(a, strerror(errno));
}

/* False: the path now names another file than the one locked, or none. */
static bool
still_the_log(struct append *a)
{
	if (fstat(a->fd, &a->st) != 0)
		refuse(a, strerror(errno));
	return file_is_at(&a->st, a->name);
}

/* From here to the end a key press or a hang-up must not tear what is being written. */
static void
hold_signals(struct append *a)
{
	sigset_t hold;

	signal(SIGXFSZ, SIG_IGN);
	sigemptyset(&hold);
	sigaddset(&hold, SIGINT);
	sigaddset(&hold, SIGTERM);
	sigaddset(&hold, SIGHUP);
	sigprocmask(SIG_BLOCK, &hold, &a->signals);
}

struct append *
append_open(const char *log)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct append *a = xcalloc(1, sizeof *a);

	a->name = log;
	sigaction(SIGPIPE, &ignore, &a->pipe); /* a remark that nobody reads harms no log */
	for (;;) {
		open_log(a);
		check_kind(a);
		lock_log(a);
		hold_signals(a);
		if (still_the_log(a))
			break;
		sigprocmask(SIG_SETMASK, &a->signals, NULL);
		close(a->fd);
		a->made = false;
	}
	a->empty = a->st.st_size == 0;
	if (a->st.st_mode & (S_IRGRP | S_IROTH))
		diag_note("%s: readable by others (mode %04o): chmod 600 %s", log,
		        (unsigned)a->st.st_mode & 07777, log);
	return a;
}

bool
append_is_new(const struct append *a)
{
	return a->empty;
}

/* The offset is shared, but what is written goes to the end and pread() has its own. */
int
append_reader(struct append *a)
{
	const int fd = fcntl(a->fd, F_DUPFD_CLOEXEC, 0);

	if (fd < 0 || !file_rewind(fd))
		refuse(a, strerror(errno));
	return fd;
}

/* Reads exactly N bytes at OFFSET. */
static void
read_at(struct append *a, char *buf, size_t n, off_t offset)
{
	while (n > 0) {
		const ssize_t got = pread(a->fd, buf, n, offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			refuse(a, got < 0 ? strerror(errno) : "changed while it was read");
		buf += got;
		n -= (size_t)got;
		offset += got;
	}
}

struct tail {
	off_t start; /* of the last line: behind the last line end outside quotes */
	long line;   /* its number, counting every line end */
};

/* Both places at which the unfinished last line may begin. */
struct tails {
	struct tail physical; /* behind the last line end */
	struct tail outside;  /* behind the last line end outside quotes */
};

/* Only a scan from the start knows which line ends are quoted; it is needed only after a crash. */
static struct tails
find_tails(struct append *a)
{
	static char block[1 << 16];
	struct tails t = { { 0, 1 }, { 0, 1 } };
	bool quoted = false;
	long line = 1;

	for (off_t at = 0; at < a->st.st_size;) {
		const off_t left = a->st.st_size - at;
		const size_t n = left < (off_t)sizeof block ? (size_t)left : sizeof block;
		read_at(a, block, n, at);
		for (size_t i = 0; i < n; i++) {
			if (block[i] == '"')
				quoted = !quoted;
			if (block[i] != '\n')
				continue;
			t.physical = (struct tail){ at + (off_t)i + 1, ++line };
			if (!quoted)
				t.outside = t.physical;
		}
		at += (off_t)n;
	}
	return t;
}

/*
 * A row that was torn inside a quoted line break begins before the last line end.  But when
 * whole rows follow the open quote, that quote is damage further up, which is not ours to cut.
 */
static struct tail
find_tail(struct append *a, bool (*whole)(void *context, const char *line, size_t n), void *context)
{
	const struct tails t = find_tails(a);
	const size_t n = (size_t)(t.physical.start - t.outside.start);
	struct tail found = t.outside;
	char *text, *line, *end;

	if (n == 0 || n > APPEND_MAX_ROW)
		return t.physical;
	text = xmalloc(n + 1);
	read_at(a, text, n, t.outside.start);
	text[n] = '\0';
	line = (char *)memchr(text, '\n', n) + 1; /* there is one: it ends the text */
	for (; line < text + n; line = end + 1) {
		end = memchr(line, '\n', (size_t)(text + n - line));
		*end = '\0';
		if (whole(context, line, (size_t)(end - line)))
			found = t.physical;
	}
	free(text);
	return found;
}

/* Keeps the stump's line beside the log before it is cut off: one write, as a row is. */
static void
set_aside(struct append *a, const char *line, size_t n)
{
	/* a pipe of that name would wait for its reader */
	const int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
	struct str name = STR_INIT;
	int fd;

	str_addf(&name, "%s.torn", a->name);
	fd = file_open(str_text(&name), flags, 0600);
	if (fd < 0 || !file_make_private(fd))
		die("%s: %s; nothing was written", str_text(&name), strerror(errno));
	const bool kept =
	        file_write(fd, line, n) && file_sync(fd) && file_sync_folder(str_text(&name));
	const int error = errno;
	if (!file_close(fd) || !kept)
		die("%s: %s; nothing was written", str_text(&name), strerror(kept ? errno : error));
	str_free(&name);
}

static void
cut_stump(struct append *a, const struct tail *t, char *stump, size_t n)
{
	stump[n] = '\n'; /* there is room for it */
	set_aside(a, stump, n + 1);
	if (!file_truncate(a->fd, t->start) || !file_sync(a->fd))
		refuse(a, strerror(errno));
	a->st.st_size = t->start;
	diag_note("%s:%ld: an unfinished line from an earlier crash was set aside in %s.torn",
	        a->name, t->line, a->name);
}

/* Lines that end in CR alone, of which every one may be whole: no crash of ours left them. */
static bool
has_other_lines(const char *text, size_t n)
{
	for (const char *end = text + n; (text = memchr(text, '\r', (size_t)(end - text))); text++)
		if (text + 1 < end && text[1] != '\n')
			return true;
	return false;
}

void
append_heal(
        struct append *a, bool (*whole)(void *context, const char *line, size_t n), void *context)
{
	char last;

	read_at(a, &last, 1, a->st.st_size - 1);
	if (last == '\n')
		return;
	const struct tail t = find_tail(a, whole, context);
	const size_t n = (size_t)(a->st.st_size - t.start);
	char *line = xmalloc(n + 1);
	read_at(a, line, n, t.start);
	line[n] = '\0';
	if (memchr(line, '\0', n) == NULL && whole(context, line, n)) {
		a->end_line = true;
		diag_note("%s:%ld: the last line had no line end; it is kept, please check it",
		        a->name, t.line);
	} else if (t.start == 0 || has_other_lines(line, n)) {
		refuse(a, "its lines end in CR alone; write it out with ptlog");
	} else {
		cut_stump(a, &t, line, n);
	}
	free(line);
}

void
append_commit(struct append *a, const char *rows, size_t n)
{
	struct str all = STR_INIT;

	if (a->end_line) {
		str_putc(&all, '\n');
		str_add(&all, rows, n);
		rows = str_text(&all);
		n = all.n;
	}
	if (!file_write(a->fd, rows, n) || !file_sync(a->fd) ||
	        (a->empty && !file_sync_folder(a->name))) {
		const int error = errno;
		if (!file_truncate(a->fd, a->st.st_size))
			die("%s: %s, and it could not be cut back: the rows may be there", a->name,
			        strerror(error));
		refuse(a, strerror(error));
	}
	a->committed = true;
	if (a->empty)
		diag_note("%s: new log", a->name);
	str_free(&all);
}

void
append_close(struct append *a)
{
	if (!a->committed)
		take_away(a);
	if (!file_close(a->fd) && a->committed) /* a network disk tells late */
		die("%s: %s; the rows may not be there", a->name, strerror(errno));
	if (!a->committed) /* else the status is to say so, whatever is still remarked */
		sigaction(SIGPIPE, &a->pipe, NULL);
	sigprocmask(SIG_SETMASK, &a->signals, NULL);
	free(a);
}
