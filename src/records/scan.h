/*
 * How csvin.c gets its records: one shape, two ways to the same answer, which
 * tests/fuzz/csvin.c proves.  Private to csvin.c, scan_plain.c and scan_libcsv.c.
 *
 * A record whose quotes, if it has any, enclose whole fields or stand in them doubled, with an LF
 * or CR LF behind it and no NUL in it, is split in place.  Any other
 * goes to libcsv, from its first byte to the line end that has an even number of quotes before it.
 */
#ifndef PT_SCAN_H
#define PT_SCAN_H

#include <csv.h>

#include "records/csvin.h"
#include "records/marks.h"
#include "records/source.h"

/* Where fields may end, for 64 bytes of the window at once. */
struct look {
	const char *block;
	struct marks marks; /* those that were not given yet */
	const char *at;     /* what the marks follow, in the window after that many moves */
	size_t moves;
};

struct csvin {
	struct source src;
	struct csv_parser parser;
	char *name;
	char *encoding;
	char delimiter; /* 0 until the first line was looked at */
	char line_end;  /* '\n' (with or without CR before it), or '\r': CR, LF and CR LF */
	bool plain;
	bool skipping; /* the rest of a line that is too long */
	size_t max_record;
	long line; /* of the next byte */
	struct str why;
	/* For the plain path: */
	struct look look;
	bool ends_text[256]; /* bytes that cannot stand in an unquoted field */

	struct slice field[CSVIN_MAX_FIELDS];
	size_t n;
	char *text; /* the bytes of fields that are not in the window as they are */
	size_t text_n, text_cap;
	/* While libcsv has a record: */
	bool row_ended;
	bool split_by_cr; /* something followed the record in its own line */
};

/* Both take the record that begins the window, which is not empty. */
enum plain {
	PLAIN_RECORD,
	PLAIN_BLANK, /* a blank line: nothing to tell of */
	PLAIN_CUT,   /* the window ends before the record does: nothing was taken */
	PLAIN_HARD   /* for libcsv: nothing was taken */
};
void plain_begin(struct csvin *in);
enum plain scan_plain(struct csvin *in, struct record *out);

/* CSVIN_END: a blank line. */
void libcsv_begin(struct csvin *in);
enum csvin_got scan_libcsv(struct csvin *in, struct record *out);

/*
 * Behind the text_n bytes of text, room for those that a record still has: never more than it takes
 * in the window.
 */
char *text_room(struct csvin *in);
/* The end of all reading, at LINE, for the reason in WHY. */
enum csvin_got scan_broken(struct csvin *in, struct record *out, long line);
/* A line end I bytes behind the window's begin: its length, else 0.  May move the window. */
size_t line_end_at(struct csvin *in, size_t i);

#endif
