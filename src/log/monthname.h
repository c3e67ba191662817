/*
 * Dates with English month names, as training apps write them: 22 Dec 2025,
 * 08:00 and Dec 22, 2025, 8:00 AM.
 */
#ifndef PT_MONTHNAME_H
#define PT_MONTHNAME_H

#include "base/date.h"

bool monthname_read(struct slice text, struct when *out);

#endif
