#include "records/source.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK ((size_t)256 << 10)

/* Line feeds, of which the first ends every search; the rest is read along with it. */
static void
end_window(struct source *s)
{
	memset(s->window + s->end, '\n', SENTINEL);
	s->moves++;
}

static void
source_begin(struct source *s, size_t block)
{
	s->block = block ? block : BLOCK;
	s->cap = BLOCK;
	s->window = xmalloc(s->cap + SENTINEL);
	end_window(s);
}

void
source_open_fd(struct source *s, int fd, size_t block)
{
	struct stat st;

	*s = (struct source){ .fd = fd };
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		s->regular = true;
		s->size = (uint64_t)st.st_size;
	}
	source_begin(s, block);
}

void
source_open_memory(struct source *s, struct slice bytes, size_t block)
{
	*s = (struct source){ .fd = -1, .memory = bytes, .size = bytes.n };
	source_begin(s, block);
}

void
source_close(struct source *s)
{
	if (s->decoding)
		iconv_close(s->decoder);
	if (s->fd >= 0)
		close(s->fd);
	str_free(&s->coded);
	free(s->window);
}

static ssize_t
read_memory(struct source *s, char *to, size_t n)
{
	if (n > s->memory.n)
		n = s->memory.n;
	if (n > 0)
		memcpy(to, s->memory.s, n);
	s->memory.s += n;
	s->memory.n -= n;
	return (ssize_t)n;
}

static ssize_t
read_fd(const struct source *s, char *to, size_t n)
{
	for (;;) {
		ssize_t got =
		        s->placed ? pread(s->fd, to, n, (off_t)s->offset) : read(s->fd, to, n);

		if (got < 0 && errno == EAGAIN)
			poll(&(struct pollfd){ .fd = s->fd, .events = POLLIN }, 1, -1);
		else if (got >= 0 || errno != EINTR)
			return got;
	}
}

static void
wait_a_moment(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
}

/*
 * Waits for whoever is writing the file to finish, but not for ever: a script may hold the lock
 * around us (flock LOG ptreport LOG).
 */
static void
wait_for_writer(int fd)
{
	for (int tries = 0; tries < 100 && flock(fd, LOCK_SH | LOCK_NB) != 0; tries++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return;
		wait_a_moment();
	}
}

/* A lock goes with the open file, which standard input shares with whoever opened it. */
static ssize_t
read_again(struct source *s, char *to, size_t n)
{
	ssize_t got;

	if (!s->own) {
		wait_a_moment();
		return read_fd(s, to, n);
	}
	wait_for_writer(s->fd);
	got = read_fd(s, to, n);
	flock(s->fd, LOCK_UN);
	return got;
}

/* A regular file that ends without a line end may be in the middle of a write: a second look. */
static ssize_t
read_unfinished(struct source *s, char *to, size_t n)
{
	if (!s->regular || s->last == '\n' || s->looked == s->offset)
		return 0;
	s->looked = s->offset;
	return read_again(s, to, n);
}

/* Bytes as they come; 0 at the end and after an error, which is kept. */
static size_t
source_read(struct source *s, char *to, size_t n)
{
	ssize_t got;

	if (s->ended)
		return 0;
	if (n > s->block)
		n = s->block;
	if (s->until > s->offset && n > s->until - s->offset)
		n = (size_t)(s->until - s->offset);
	got = s->fd < 0 ? read_memory(s, to, n) : read_fd(s, to, n);
	if (got == 0)
		got = read_unfinished(s, to, n);
	if (got <= 0) {
		s->error = got < 0 ? errno : 0;
		s->ended = true;
		return 0;
	}
	s->offset += (uint64_t)got;
	s->last = to[got - 1];
	return (size_t)got;
}

static void
make_room(struct source *s)
{
	if (s->at > 0) {
		memmove(s->window, s->window + s->at, s->end - s->at);
		s->end -= s->at;
		s->at = 0;
	}
	if (s->cap - s->end < BLOCK / 4) {
		s->cap *= 2;
		s->window = xreallocarray(s->window, s->cap + SENTINEL, 1);
	}
}

/* Decodes what it can of CODED into the window; a bad unit becomes 0xff.  Bytes made. */
static size_t
decode(struct source *s)
{
	char *in = s->coded.s, *out = s->window + s->end;
	size_t in_left = s->coded.n, out_left = s->cap - s->end, made;

	while (in_left > 0 && out_left > 0) {
		size_t skip = s->unit;

		if (iconv(s->decoder, &in, &in_left, &out, &out_left) != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && !s->ended) || out_left == 0)
			break;
		if (skip > in_left)
			skip = in_left;
		*out++ = (char)0xff;
		out_left--;
		in += skip;
		in_left -= skip;
	}
	made = s->cap - s->end - out_left;
	if (in_left > 0)
		memmove(s->coded.s, in, in_left);
	s->coded.n = in_left;
	s->end += made;
	return made;
}

/* The last letter, where the encoding may join one to the next: once, then there is none. */
static bool
flush_decoder(struct source *s)
{
	char *out = s->window + s->end;
	size_t left = s->cap - s->end; /* enough, by make_room() */
	const size_t before = left;

	iconv(s->decoder, NULL, NULL, &out, &left);
	s->end += before - left;
	return left < before;
}

static bool
more_decoded(struct source *s)
{
	char block[4096];

	while (decode(s) == 0) {
		size_t got = source_read(s, block, sizeof(block));

		if (got == 0 && s->coded.n == 0)
			return flush_decoder(s);
		str_add(&s->coded, block, got);
	}
	return true;
}

bool
source_more(struct source *s)
{
	size_t got;

	make_room(s);
	if (s->decoding) {
		got = more_decoded(s);
	} else {
		got = source_read(s, s->window + s->end, s->cap - s->end);
		s->end += got;
	}
	end_window(s);
	return got > 0;
}

bool
source_has(struct source *s, size_t n)
{
	while (s->end - s->at < n)
		if (!source_more(s))
			return false;
	return true;
}

struct slice
source_peek(struct source *s, size_t n)
{
	source_has(s, n);
	return (struct slice){ s->window, s->end < n ? s->end : n };
}

void
source_go(struct source *s, uint64_t place)
{
	const uint64_t begin = s->offset - s->end; /* of the window */

	s->placed = true;
	if (place >= begin && place <= s->offset) {
		s->at = (size_t)(place - begin);
		return;
	}
	s->at = s->end = 0;
	s->offset = place;
	s->last = '\n';
	s->ended = false;
	end_window(s);
}

static const struct mark {
	const char *bytes;
	size_t n;
	const char *encoding;
} marks[] = {
	{ "\xff\xfe\0\0", 4, "UTF-32" },
	{ "\0\0\xfe\xff", 4, "UTF-32" },
	{ "\xff\xfe", 2, "UTF-16" },
	{ "\xfe\xff", 2, "UTF-16" },
	{ "\xef\xbb\xbf", 3, "UTF-8" },
};

static const struct mark *
mark_of(const char *s, size_t n)
{
	for (size_t i = 0; i < LENGTH(marks); i++)
		if (n >= marks[i].n && memcmp(s, marks[i].bytes, marks[i].n) == 0)
			return &marks[i];
	return NULL;
}

/* The bytes that a letter takes: of two the second, since a mark may stand before the first. */
static size_t
unit_of(const char *encoding)
{
	iconv_t encoder = iconv_open(encoding, "UTF-8");
	char letters[] = "aa", coded[32], *in = letters, *out = coded;
	size_t left = sizeof coded, before = left;

	if (encoder == (iconv_t)-1)
		return 1;
	for (size_t i = 0; i < 2; i++) {
		size_t one = 1;

		before = left;
		iconv(encoder, &in, &one, &out, &left);
	}
	iconv_close(encoder);
	return before > left ? before - left : 1;
}

bool
source_decode(struct source *s, const char *encoding)
{
	const struct mark *mark;

	source_has(s, 4);
	mark = mark_of(s->window + s->at, s->end - s->at);
	if (mark)
		encoding = mark->encoding; /* a mark is exact, a name may have been guessed */
	if (!encoding || strcmp(encoding, "UTF-8") == 0)
		return true;
	s->decoder = iconv_open("UTF-8", encoding);
	if (s->decoder == (iconv_t)-1)
		return false;
	s->decoding = true;
	s->unit = unit_of(encoding);
	str_add(&s->coded, s->window + s->at, s->end - s->at);
	s->end = s->at = 0;
	end_window(s);
	return true;
}
