/*
 * What ptlog does with rows, from the first to the last: read, fold the sets
 * of an export, select, drop repeats, drop what was taken back, sort, write.
 * Every row read is written or counted as folded, repeated, filtered or rejected.
 */
#ifndef PT_PIPELINE_H
#define PT_PIPELINE_H

#include "log/additions.h"
#include "log/deidentify.h"
#include "log/import.h"
#include "log/select.h"
#include "log/sort.h"

struct pipeline_opts {
	struct reader_opts reader;
	struct import *import; /* NULL: the input is a log */
	struct select_opts select;
	bool unique, net, sort;
	enum sort_key sort_key;
	bool check;            /* no output */
	struct additions *add; /* rows go there instead of standard output; NULL */
	const char *add_to;    /* its file, which must not be an input */
	struct deid *deid;     /* rows may leave the clinic; NULL: they are what they are */
	const char *rejects;   /* file for the records that were rejected, or NULL */
};

struct pipeline_sum { /* of longs alone: pipeline.c adds up those of two processes */
	long read, written, folded, repeated, filtered, rejected;
};

/* Writes the log to standard output, unless opts say otherwise. */
struct pipeline_sum pipeline_run(char *const files[], const struct pipeline_opts *opts);
/* ptlog: read 2078, written 702, folded 1340, repeated 0, filtered 36, rejected 0 */
void pipeline_say(const struct pipeline_sum *sum);

#endif
