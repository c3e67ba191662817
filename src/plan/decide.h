/*
 * What becomes of each exercise of the program: an override stands, a limit or missing
 * equipment excludes, else all rules that match are collected and the most careful wins.
 */
#ifndef PT_DECIDE_H
#define PT_DECIDE_H

#include "plan/proposal.h"

/* Adds a proposal for the task.  SESSIONS is memory to work in. */
void decide_task(const struct planning *k, const struct task *task, struct sessions *sessions);
/* Does the override of the task speak against a limit that is in force? */
bool override_barred(const struct planning *k, const struct task *task);
/* Does a fired patient or metric rule hold exercises (a hold, or a referral with `hold`)? */
bool rule_holds(const struct rule *rule);

#endif
