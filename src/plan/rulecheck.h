/*
 * A catalogue checked as a compiler checks a program (--check-catalogue): unknown names, type
 * errors in conditions, shadowed rules, states that no rule covers, broken chains, exercises
 * without a way back; each by file and line.
 */
#ifndef PT_RULECHECK_H
#define PT_RULECHECK_H

#include "plan/rules.h"

/* Everything wrong is reported as a rejection; what is only doubtful, as a warning. */
void rules_check(const struct catalogue *c);

#endif
