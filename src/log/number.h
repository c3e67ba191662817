/*
 * One number of the log as people and programs write it: units, clock times,
 * x/10, decimal commas; and what to type instead when it cannot be read exactly.
 */
#ifndef PT_NUMBER_H
#define PT_NUMBER_H

#include "log/entry.h"

enum number_got {
	NUMBER_OK,
	NUMBER_AS, /* read, but worth a remark: 8/10, 00020, 3.0 */
	NUMBER_BAD
};

struct unit_word {
	const char *word;
	double factor; /* to the unit of the log */
};

struct number_spec {
	double least, most;
	bool whole;
	bool of_most;                  /* 8/10 is 8 where most is 10 */
	const struct unit_word *units; /* word NULL at the end; may be NULL */
	bool clock;                    /* 1:30 and 01:30:00, in seconds */
};

/* What a column from COL_SETS to COL_RPE may hold. */
const struct number_spec *number_spec(enum column column);

/*
 * Reads a trimmed text that is not empty.  COMMA: a comma is the decimal sign too.  FACTOR
 * is that of a number without unit (1 as a rule).  WHY is set, but for NUMBER_OK.
 */
enum number_got number_read(struct slice text, const struct number_spec *spec, bool comma,
        double factor, double *out, struct str *why);

extern const struct unit_word load_units[];
#define KG_PER_LB 0.45359237

/* 'TEXT' with control characters visible, cut to 40 bytes: how messages show a value. */
void add_quoted(struct str *out, struct slice text);

#endif
