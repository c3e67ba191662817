/*
 * Why a row may have another number of fields than its header.
 */
#ifndef PT_RAGGED_H
#define PT_RAGGED_H

#include "records/stream.h"

void ragged_explain(struct str *why, const struct record *r, const struct header *h);

#endif
