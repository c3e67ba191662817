/*
 * Files that are no CSV, told by their first bytes, with the command that makes CSV of them.
 */
#ifndef PT_FILETYPE_H
#define PT_FILETYPE_H

#include "base/str.h"

/* NULL: nothing speaks against CSV.  Else "an Excel workbook; try: xlsx2csv FILE | ptlog". */
const char *filetype_not_csv(struct slice head);

#endif
