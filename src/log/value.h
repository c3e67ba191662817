/*
 * The column `value`, whose meaning depends on the kind: a score within the
 * measure's range, the day's amount of a medicine in its unit, a finding's
 * severity, a red flag raised or cleared, or text.
 */
#ifndef PT_VALUE_H
#define PT_VALUE_H

#include "log/item.h"
#include "log/number.h"

/* The numbers that a value may be, of kinds whose values are numbers.  ITEM may be NULL. */
struct number_spec value_spec(enum kind kind, const struct item *item);

/*
 * Reads a trimmed value that is not empty into out->value or out->text, according to out->kind.
 * ITEM may be NULL.  BUF holds a text that had to be changed.  *changed: the canonical text is
 * another one.
 */
enum number_got value_read(struct entry *out, const struct item *item, struct slice text,
        bool comma, struct str *buf, bool *changed, struct str *why);

/*
 * Does the value of a red flag, which is neither 0 nor 1, say no and nothing else ("none", "n/a",
 * "-")?  An empty
 * value is a flag that was raised, so such a word must not be emptied.
 */
bool value_denies(struct slice text);

/* "not x", in any case, which ends the profile's x: x is left in *TEXT. */
bool takes_away(struct slice *text);

/* "'TEXT' is none of WORDS", with the nearest; WORDS ends with NULL. */
void none_of(struct str *why, struct slice text, const char *const *words);

/* The words of the profile item irritability, NULL at the end. */
extern const char *const irritabilities[];

/* Is x, written as the log writes it, this text? */
bool number_is(struct slice text, double x);

#endif
