/*
 * Records of a CSV stream as slices of bytes, with the exact physical line on
 * which each began.  libcsv decides what a record is; how records get to it is
 * known to csvin.c alone.
 *
 * What is done here: byte-order marks before any record, UTF-16 with a mark,
 * other encodings through iconv, a leading "sep=;" line, LF, CR LF and CR line
 * ends (CR alone where the first line ends so), a record's size bounded so that
 * a quote which never closes is an error with its line and not a full memory,
 * and a clean start at the line behind the fault of a bad record.  A NUL,
 * invalid UTF-8, more fields than CSVIN_MAX_FIELDS and a CR inside an unquoted
 * field make a record bad.  Blank lines are skipped, but counted.
 *
 * Everything a record points to belongs to the reader and lives until the next
 * call of csvin_next().
 */
#ifndef PT_CSVIN_H
#define PT_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define CSVIN_MAX_RECORD ((size_t)1 << 20) /* bytes */
#define CSVIN_MAX_FIELDS 256
#define CSVIN_PEEK ((size_t)64 << 10)

struct csvin;

struct csvin_opts {
	char delimiter;       /* 0: the one of , ; tab | that the first line holds most of */
	const char *encoding; /* for iconv; NULL: UTF-8, or UTF-16 when its mark says so */
	size_t max_record;    /* 0: CSVIN_MAX_RECORD, which is also the most */
	size_t block;         /* bytes a read; 0: the best; tests read one byte at a time */
	bool held;            /* the caller holds the lock: an unfinished end is what it is */
	bool plain_off;       /* every record through libcsv: the reference of tests */
};

struct record {
	const struct slice *field; /* unquoted; blanks around unquoted fields are dropped */
	size_t n;
	struct slice raw; /* the record's own bytes (after decoding), without its line end */
	long line;        /* physical line of its first byte, from 1; of a quote never closed */
	bool quoted;      /* some field was quoted: raw may span lines */
	bool bare;        /* raw is the fields and the delimiters between them, nothing else */
	bool unended;     /* the last record of the input, without a line end */
	bool mark;        /* a byte-order mark stood before it and was dropped */
	/* CSVIN_BAD only */
	const char *why;  /* a sentence: what is wrong and what to type */
	size_t bad_field; /* number of the field in which it went wrong, from 0 */
};

enum csvin_got {
	CSVIN_END,
	CSVIN_RECORD,
	CSVIN_BAD,   /* this record is refused; the next call goes on behind it */
	CSVIN_BROKEN /* nothing behind this place can be read: quote never closed, read error */
};

/* NAME "-" is standard input.  NULL: cannot be opened, errno says why. */
struct csvin *csvin_open(const char *name, const struct csvin_opts *opts);
/* Reads a descriptor that the reader will close, and whose lock, if any, stays as it is. */
struct csvin *csvin_open_fd(int fd, const char *name, const struct csvin_opts *opts);
/* Reads memory that the caller keeps alive: tables compiled in, tests, fuzzers. */
struct csvin *csvin_open_memory(
        const char *bytes, size_t n, const char *name, const struct csvin_opts *opts);
void csvin_close(struct csvin *in);
/* Another encoding than that of the options, before the first record. */
void csvin_set_encoding(struct csvin *in, const char *encoding);

enum csvin_got csvin_next(struct csvin *in, struct record *out);

const char *csvin_name(const struct csvin *in); /* for messages: "standard input" for "-" */
char csvin_delimiter(const struct csvin *in);   /* known once the first record was read */
/*
 * The first bytes of the input, up to CSVIN_PEEK, as they came (before decoding), without
 * consuming them: what kind of file is this?
 */
struct slice csvin_peek(struct csvin *in);
/*
 * Between two records of a file: where the next begins, in bytes from the start, and the line it
 * begins on; and going on at such a place.  Only where csvin_has_places(): in a regular file that
 * was opened by name, of UTF-8 with LF or CR LF.
 */
bool csvin_has_places(const struct csvin *in);
uint64_t csvin_place(struct csvin *in);
long csvin_line(const struct csvin *in); /* of the place asked for last */
void csvin_go(struct csvin *in, uint64_t place, long line);
/* It will go elsewhere from about that place: until then little more than that is read. */
void csvin_read_to(struct csvin *in, uint64_t place);
/*
 * Goes on at the first line that begins at PLACE or behind it, which counts as line 0; a quoted
 * field may hold it.  False: there is none.
 */
bool csvin_go_near(struct csvin *in, uint64_t place);
/* An unfinished end is what it is: nobody waits for its writer. */
void csvin_take_end(struct csvin *in);
/* Bytes consumed so far and the size of a regular file (0: unknown): for a progress line. */
uint64_t csvin_offset(const struct csvin *in);
uint64_t csvin_size(const struct csvin *in);

#endif
