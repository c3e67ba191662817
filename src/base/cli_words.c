/*
 * The arguments of options: days, periods, numbers, words and lists.
 */
#include "base/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"

static int today = DAY_NONE;

void
cli_set_today(const char *arg)
{
	today = cli_day("--today", arg);
}

#define DAY_SECONDS 86400

bool
cli_epoch(time_t *seconds)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	double x;

	if (text == NULL || *text == '\0')
		return false;
	if (num_read(slice_of(text), false, &x) != NUM_OK || x < 0 || x / DAY_SECONDS > DAY_MAX)
		die("SOURCE_DATE_EPOCH: %s is not a number of seconds since 1970",
		        quote(slice_of(text)));
	*seconds = (time_t)x;
	return true;
}

static int
clock_day(void)
{
	time_t now = time(NULL);
	struct tm tm;

	if (localtime_r(&now, &tm) == NULL)
		die("the clock cannot be read; give --today");
	return day_of(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

/* Without --today. */
static int
default_day(void)
{
	time_t epoch;

	return cli_epoch(&epoch) ? (int)(epoch / DAY_SECONDS) : clock_day();
}

int
cli_today(void)
{
	if (today == DAY_NONE)
		today = default_day();
	return today;
}

#define DATE_BYTES 10 /* of YYYY-MM-DD */

/* A sentence about a day that the calendar lacks, written as options want it; else NULL. */
static const char *
bad_date(const char *arg, struct str *why)
{
	struct when when;

	if (strlen(arg) != DATE_BYTES || strspn(arg, "0123456789") != 4 || arg[4] != '-' ||
	        date_read(slice_of(arg), DATE_YMD, &when, why))
		return NULL;
	return str_text(why);
}

static _Noreturn void
refuse_time(const char *option, const char *arg, const char *const *words, const char *forms)
{
	struct str why = STR_INIT;
	const char *near = nearest(slice_of(arg), words), *sentence = bad_date(arg, &why);

	if (sentence)
		usage_error("%s: %s", option, sentence);
	if (near)
		usage_error("%s: %s is unknown; did you mean '%s'?", option, quote(slice_of(arg)),
		        near);
	usage_error("%s: %s is not %s", option, quote(slice_of(arg)), forms);
}

int
cli_day(const char *option, const char *arg)
{
	static const char *const words[] = { "today", "yesterday", NULL };
	/* "--today yesterday" is counted from the default, never from itself. */
	int base = strcmp(option, "--today") == 0 ? default_day() : cli_today(), day;

	if (!day_word(arg, base, &day))
		refuse_time(option, arg, words,
		        "a day; write YYYY-MM-DD, today, yesterday, -14d, -6w or -3m");
	return day;
}

/* A..B of which both are known but B lies before A. */
static void
check_order(const char *option, const char *arg)
{
	const char *dots = strstr(arg, "..");
	char first[DATE_TEXT];
	struct days from, to;
	size_t n = dots ? (size_t)(dots - arg) : 0;

	if (n == 0 || n >= sizeof first)
		return;
	memcpy(first, arg, n);
	first[n] = '\0';
	if (period_word(first, cli_today(), &from) && period_word(dots + 2, cli_today(), &to) &&
	        from.from > to.to)
		usage_error("%s: %s ends before it begins", option, quote(slice_of(arg)));
}

struct days
cli_period(const char *option, const char *arg)
{
	struct days period;

	if (!period_word(arg, cli_today(), &period)) {
		check_order(option, arg);
		refuse_time(option, arg, period_words,
		        "a period; write 2026-11, 2026-W47, last-week, -14d, A..B, A.. or ..B");
	}
	return period;
}

struct days
cli_reported(const char *period, const char *since, const char *until)
{
	struct days days = { DAY_MIN, DAY_MAX };

	if (period && (since || until))
		usage_error("--period and --since or --until say the same twice: give one");
	if (period)
		days = cli_period("--period", period);
	if (since)
		days.from = cli_day("--since", since);
	if (until)
		days.to = cli_day("--until", until);
	if (days.from > days.to)
		usage_error("the period ends before it begins");
	return days;
}

long
cli_number(const char *option, const char *arg, long least, long most)
{
	double x;

	if (num_read(slice_of(arg), false, &x) != NUM_OK || x != floor(x) || x < (double)least ||
	        x > (double)most)
		usage_error("%s: %s is not a whole number from %ld to %ld", option,
		        quote(slice_of(arg)), least, most);
	return (long)x;
}

int
cli_choice(const char *option, const char *arg, const char *const *names)
{
	struct str all = STR_INIT;
	const char *near;

	for (int i = 0; names[i]; i++) {
		if (strcmp(names[i], arg) == 0) {
			str_free(&all);
			return i;
		}
		str_addf(&all, "%s%s", i ? ", " : "", names[i]);
	}
	near = nearest(slice_of(arg), names);
	if (near)
		usage_error("%s: %s is unknown; did you mean '%s'?", option, quote(slice_of(arg)),
		        near);
	usage_error(
	        "%s: %s is unknown; it can be %s", option, quote(slice_of(arg)), str_text(&all));
}

void
cli_text(const char *option, const char *arg)
{
	const size_t n = strlen(arg);

	if (utf8_valid_length(arg, n) != n)
		usage_error("%s: %s is not UTF-8", option, quote(slice_of(arg)));
}

void
cli_list_add(struct cli_list *list, const char *option, const char *arg)
{
	struct slice rest = slice_of(arg), word;

	cli_text(option, arg);
	while (slice_split(&rest, ',', &word)) {
		if (word.n == 0)
			usage_error("%s: %s has an empty item", option, quote(slice_of(arg)));
		GROW(list->item, list->cap, list->n);
		list->item[list->n++] = xstrndup(word.s, word.n);
	}
}

bool
cli_list_has(const struct cli_list *list, struct slice word)
{
	for (size_t i = 0; i < list->n; i++)
		if (slice_eq(word, list->item[i]))
			return true;
	return false;
}

void
cli_list_free(struct cli_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->item[i]);
	free(list->item);
	*list = (struct cli_list)CLI_LIST_INIT;
}
