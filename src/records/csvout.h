/*
 * CSV to a descriptor: LF line ends, fields quoted only where RFC 4180 needs
 * it (by libcsv), own buffer, every write checked.  A failed write ends the
 * program with status 2, as a full disk must.
 */
#ifndef PT_CSVOUT_H
#define PT_CSVOUT_H

#include "base/str.h"

struct csvout;

/* Writes to FD with this delimiter (',' as a rule).  NAME is for messages. */
struct csvout *csvout_new(int fd, const char *name, char delimiter);
/* Into TEXT instead, which the caller keeps. */
struct csvout *csvout_to_str(struct str *text, char delimiter);
void csvout_field(struct csvout *out, const char *s, size_t n);
void csvout_text(struct csvout *out, const char *s); /* NULL is an empty field */
void csvout_number(struct csvout *out, double x);    /* shortest form; empty when unknown */
void csvout_day(struct csvout *out, int day);        /* empty for DAY_NONE */
void csvout_end(struct csvout *out);                 /* ends the record */
/* Bytes of records that are known to be right: one without its line end, which csvout_end() adds,
 * or any number with theirs. */
void csvout_raw(struct csvout *out, const char *s, size_t n);
/* For bytes that are known to be right: room for N of them, and where they end, at most there. */
char *csvout_room(struct csvout *out, size_t n);
void csvout_end_at(struct csvout *out, char *end);
/* The bytes that a field takes between commas. */
size_t csvout_length(struct slice field);
void csvout_flush(struct csvout *out);
/* Flushes and frees; the descriptor stays open (standard output is judged by diag_end). */
void csvout_close(struct csvout *out);

#endif
