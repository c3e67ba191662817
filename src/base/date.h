/*
 * Civil dates: a day is the number of days since 1970-01-01 in the proleptic
 * Gregorian calendar; no time zones, no leap seconds, no mktime.  Weeks are
 * those of ISO 8601.  Years from YEAR_MIN to YEAR_MAX are read.
 */
#ifndef PT_DATE_H
#define PT_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define DAY_NONE (-1000000)
#define DAY_MIN (-25567) /* 1900-01-01 */
#define DAY_MAX 84005    /* 2199-12-31 */
#define NO_TIME (-1)

struct when {
	int day;
	int minute; /* of the day, or NO_TIME */
};

enum date_order { DATE_YMD, DATE_DMY, DATE_MDY };

/*
 * YYYY-MM-DD in every order; else the given order with . / or - between.  The year has four
 * digits, or two (20YY) where the order was chosen.  Then optionally T or blanks and HH:MM or
 * HH:MM:SS (seconds are dropped).  Nothing is allocated for what is right.
 * False: WHY (may be NULL) gets a sentence that names the value, what is wrong and what to type.
 */
bool date_read(struct slice text, enum date_order order, struct when *out, struct str *why);

int day_of(int year, int month, int day); /* the parts must be valid */
void day_parts(int day, int *year, int *month, int *dom);
int days_in_month(int year, int month);
int weekday(int day);                         /* 1 Monday … 7 Sunday */
void iso_week(int day, int *year, int *week); /* the year is that of the week */
int months_after(int day, int months);        /* clamped to the month's last day */

/* Bytes written without the terminator; buf of at least DATE_TEXT bytes. */
#define DATE_TEXT 24
size_t day_write(char *buf, int day);           /* 2026-11-23 */
size_t when_write(char *buf, struct when when); /* 2026-11-23T10:30, or without time */

/* Calendar periods, both ends inclusive. */
enum every { EVERY_NONE, EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_YEAR };
struct days {
	int from, to;
};
struct days period_of(int day, enum every every);
size_t period_write(char *buf, int day, enum every every); /* 2026-W47, 2026-11, … */

/*
 * A day as options take it: YYYY-MM-DD, today, yesterday, -14d, -6w, -3m (before today).
 * A period: also this-week last-week this-month last-month 2026 2026-11 2026-W47 A..B A.. ..B;
 * -14d alone is from that day to today; A and B may be days or periods; open ends are DAY_MIN
 * and DAY_MAX.  False when the word is none of these, or B lies before A.
 */
bool day_word(const char *word, int today, int *out);
bool period_word(const char *word, int today, struct days *out);
/* All words of both, NULL at the end: for "did you mean". */
extern const char *const period_words[];

#endif
