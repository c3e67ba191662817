/*
 * The file of rejected records: each as it came, under its table's own header, with
 * reject_line and reject_reason behind it, ready to be corrected and read again.
 */
#ifndef PT_REJECTS_H
#define PT_REJECTS_H

#include "records/stream.h"

struct rejects;

/* Mode 0600, made anew. */
struct rejects *rejects_open(const char *file);
/* ROW is the record as it came; REASON NULL: it is no CSV and stands alone. */
void rejects_add(struct rejects *r, const struct row *row, const char *reason);
void rejects_close(struct rejects *r);

#endif
