/*
 * Figures in plain words: doses, changes, what needs a look.  The sentences stand in the table
 * `phrases` of the catalogue, with {blanks} that are filled here.
 */
#ifndef PT_WORDS_H
#define PT_WORDS_H

#include "catalogue/catalogue.h"
#include "domain/profile.h"
#include "log/entry.h"
#include "reports/out.h"
#include "stat/attention.h"

struct blank {
	const char *name; /* NULL ends the list */
	const char *text;
};

/* The phrase with its {blanks} filled; a blank that is not in the list stays as it is. */
void words_phrase(struct str *out, const struct catalogue *c, const char *lang, const char *id,
        const struct blank *blanks);
/* The phrase ID-SUFFIX where the table has it, else ID. */
const char *words_special(
        const struct catalogue *c, const char *lang, const char *id, const char *suffix);
/* Does the table hold this phrase? */
bool words_has(const struct catalogue *c, const char *id);

/* A number with at most that many decimals; "unknown" signs are the caller's. */
void words_number(struct str *out, double x, int most);
#define PERCENT "\u00a0%" /* behind a number, which no line parts from it */
/* "68 %", a whole number. */
void words_percent(struct str *out, double x);
/* With its sign: +1.5, -2, 0. */
void words_change(struct str *out, double x, int most);
void words_day(struct str *out, int day);
void words_days(struct str *out, struct days days); /* 2026-11-16 to 2026-11-22, or the one day */
/* First letter in upper case (ASCII). */
void words_capital(struct str *text, size_t from);

/* The name of a metric for people: Pain, Oswestry Disability Index, Grip strength (left). */
void words_metric(struct str *out, const struct catalogue *c, const char *metric);
/* The name of an exercise, or what the log calls it. */
const char *words_item(const struct catalogue *c, const char *lang, const char *item);
/* "2 sets of 8, hold 5 seconds, each side" from a plan row. */
void words_dose(
        struct str *out, const struct catalogue *c, const char *lang, const struct entry *plan);
/* "3 days a week" */
void words_per_week(struct str *out, const struct catalogue *c, const char *lang, double per_week);

/*
 * What is the matter and what to do about it: of the first of N rows, and of those after it that
 * say the same of the same patient (measures that are due, measures that got better).  The rows
 * told.
 */
size_t words_attention(
        struct str *out, const struct catalogue *c, const struct attention *a, size_t n);
/* What became of care with this status: paused, active again. */
const char *words_status(enum care care);
enum tone words_tone(enum severity severity);
enum tone words_verdict_tone(const char *verdict); /* one of verdict_names, or NULL */

#endif
