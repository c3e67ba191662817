/*
 * Decisions of the past from what was known then (--replay): for each day with a session or a
 * plan, from the rows of earlier days and those of that day before its first plan row.
 */
#ifndef PT_REPLAY_H
#define PT_REPLAY_H

#include "plan/planrows.h"

/* ROWS may be NULL: only the planner's explanations are wanted. */
void replay(struct planrows *rows, const struct planner *planner, struct desk *desk,
        const struct history *h, struct days period);

#endif
