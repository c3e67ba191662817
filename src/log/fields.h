/*
 * A row from FIELD=VALUE words of the command line.
 */
#ifndef PT_FIELDS_H
#define PT_FIELDS_H

#include "log/pipeline.h"

/* The row is checked like any other; a name that is no column of the log is a usage error. */
struct pipeline_sum fields_add(
        char *const words[], const struct pipeline_opts *opts, struct additions *to);

#endif
