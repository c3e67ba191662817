#include "base/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"

#ifndef PT_VERSION
#define PT_VERSION "0"
#endif

#define HELP 'h'
#define VERSION 'V'

static const struct cli_option common[] = {
	{ HELP, "help", NULL, "this text" },
	{ VERSION, "version", NULL, "the version" },
	{ 0, NULL, NULL, NULL },
};

/* What getopt_long wants, made once from a program's table and the common options. */
static struct option *longs;
static struct str shorts;

static bool
is_heading(const struct cli_option *o)
{
	return o->id == 0;
}

static void
add_options(const struct cli_option *o, size_t *n, size_t *cap)
{
	for (; o->name != NULL; o++) {
		if (is_heading(o))
			continue;
		GROW(longs, *cap, *n);
		longs[(*n)++] = (struct option){ o->name, o->arg ? required_argument : no_argument,
			NULL, o->id };
		if (o->id < 256)
			str_addf(&shorts, "%c%s", o->id, o->arg ? ":" : "");
	}
}

static void
prepare(const struct cli *cli)
{
	size_t n = 0, cap = 0;

	if (longs != NULL)
		return;
	str_putc(&shorts, ':'); /* a missing argument is told apart from an unknown option */
	add_options(cli->options, &n, &cap);
	add_options(common, &n, &cap);
	GROW(longs, cap, n);
	longs[n] = (struct option){ NULL, 0, NULL, 0 };
	opterr = 0;
}

static void
print_option(const struct cli_option *o)
{
	struct str left = STR_INIT;

	if (is_heading(o)) {
		printf("\n%s\n", o->name);
		return;
	}
	if (o->id < 256)
		str_addf(&left, "-%c, --%s", o->id, o->name);
	else
		str_addf(&left, "    --%s", o->name);
	if (o->arg != NULL)
		str_addf(&left, " %s", o->arg);
	if (left.n > 27)
		printf("  %s\n%31s%s\n", str_text(&left), "", o->help);
	else
		printf("  %-27s  %s\n", str_text(&left), o->help);
	str_free(&left);
}

static void
print_help(const struct cli *cli)
{
	const char *usage = cli->usage;

	for (bool first = true; *usage != '\0'; first = false) {
		const size_t n = strcspn(usage, "\n");
		printf("%s %s %.*s\n", first ? "usage:" : "      ", diag_program(), (int)n, usage);
		usage += n + (usage[n] == '\n');
	}
	printf("%s\n", cli->about);
	for (const struct cli_option *o = cli->options; o->name != NULL; o++)
		print_option(o);
	for (const struct cli_option *o = common; o->name != NULL; o++)
		print_option(o);
	printf("\nExamples\n%s", cli->examples);
	printf("\nExit status: 0 done, 1 done but rows were rejected, 2 not done.\n"
	       "The manual: man %s, man pttools.\n",
	        diag_program());
}

static void
print_version(void)
{
	printf("%s (pttools) %s\n"
	       "License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.\n"
	       "This is free software: you are free to change and redistribute it.\n"
	       "There is NO WARRANTY, to the extent permitted by law.\n",
	        diag_program(), PT_VERSION);
}

static _Noreturn void
unknown_option(const char *word)
{
	const char **names;
	const char *near;
	size_t n = 0;

	if (word[0] != '-' || word[1] != '-') {
		const int letter = optopt;
		usage_error("unknown option '-%c'", letter);
	}
	while (longs[n].name != NULL)
		n++;
	names = xcalloc(n + 1, sizeof *names);
	for (size_t i = 0; i < n; i++)
		names[i] = longs[i].name;
	near = nearest((struct slice){ word + 2, strcspn(word + 2, "=") }, names);
	if (near != NULL)
		usage_error("unknown option '%s'; did you mean '--%s'?", word, near);
	usage_error("unknown option '%s'", word);
}

static _Noreturn void
missing_argument(int id, const char *word)
{
	for (size_t i = 0; longs[i].name != NULL; i++)
		if (longs[i].val == id)
			usage_error("option '--%s' needs an argument", longs[i].name);
	usage_error("option '%s' needs an argument", word);
}

/* getopt_long answers '?' for three faults; which one is read off optopt and the word. */
static _Noreturn void
bad_option(const char *word)
{
	const size_t n = strcspn(word, "=");
	size_t matches = 0;

	if (word[0] == '-' && word[1] == '-') {
		for (size_t i = 0; longs[i].name != NULL; i++) {
			if (strncmp(longs[i].name, word + 2, n - 2) != 0)
				continue;
			matches++;
			if (optopt == longs[i].val && word[n] == '=')
				usage_error("option '--%s' takes no argument", longs[i].name);
		}
		if (matches > 1)
			usage_error("option '%s' is ambiguous; write it out", word);
	}
	unknown_option(word);
}

int
cli_next(const struct cli *cli, int argc, char *argv[], const char **arg)
{
	int id;

	prepare(cli);
	id = getopt_long(argc, argv, str_text(&shorts), longs, NULL);
	*arg = optarg;
	switch (id) {
	case HELP:
		print_help(cli);
		exit(diag_end());
	case VERSION:
		print_version();
		exit(diag_end());
	case ':':
		missing_argument(optopt, argv[optind - 1]);
	case '?':
		bad_option(argv[optind - 1]);
	default:
		return id;
	}
}

static int today = DAY_NONE;

/* Seconds since the epoch, in UTC, as reproducible builds and reports have it. */
static bool
source_date(int *out)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	double seconds;

	if (text == NULL || *text == '\0')
		return false;
	if (num_read(slice_of(text), false, &seconds) != NUM_OK)
		usage_error("SOURCE_DATE_EPOCH: '%s' is not a number of seconds", text);
	*out = (int)floor(seconds / 86400);
	return true;
}

int
cli_today(void)
{
	time_t now;
	struct tm local;

	if (today != DAY_NONE || source_date(&today))
		return today;
	now = time(NULL);
	if (localtime_r(&now, &local) == NULL)
		die("the clock gives no date; use --today");
	today = day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
	return today;
}

void
cli_set_today(const char *arg)
{
	today = cli_day("--today", arg);
}

int
cli_day(const char *option, const char *arg)
{
	const char *near;
	int day;

	if (day_word(arg, cli_today(), &day))
		return day;
	near = nearest(slice_of(arg), period_words);
	if (near != NULL)
		usage_error("%s: '%s' is not a day; did you mean '%s'?", option, arg, near);
	usage_error(
	        "%s: '%s' is not a day; write 2026-11-23, today, -14d, -6w or -3m", option, arg);
}

struct days
cli_period(const char *option, const char *arg)
{
	const char *near;
	struct days days;

	if (period_word(arg, cli_today(), &days))
		return days;
	near = nearest(slice_of(arg), period_words);
	if (near != NULL)
		usage_error("%s: '%s' is not a period; did you mean '%s'?", option, arg, near);
	usage_error("%s: '%s' is not a period; write last-week, 2026-11, 2026-W47, -14d or A..B",
	        option, arg);
}

long
cli_number(const char *option, const char *arg, long least, long most)
{
	char *end;
	long x;

	errno = 0;
	x = strtol(arg, &end, 10);
	if (*arg == '\0' || *end != '\0' || errno != 0 || x < least || x > most)
		usage_error(
		        "%s: '%s' is not a whole number from %ld to %ld", option, arg, least, most);
	return x;
}

int
cli_choice(const char *option, const char *arg, const char *const *names)
{
	struct str all = STR_INIT;
	const char *near;

	for (int i = 0; names[i] != NULL; i++) {
		if (strcmp(arg, names[i]) == 0)
			return i;
		str_addf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
	}
	near = nearest(slice_of(arg), names);
	if (near != NULL)
		usage_error("%s: unknown word '%s'; did you mean '%s'?", option, arg, near);
	usage_error("%s: unknown word '%s'; it takes one of %s", option, arg, str_text(&all));
}

void
cli_list_add(struct cli_list *list, const char *option, const char *arg)
{
	struct slice rest = slice_of(arg), piece;

	while (slice_split(&rest, ',', &piece)) {
		if (piece.n == 0)
			usage_error("%s: an empty word in '%s'", option, arg);
		GROW(list->item, list->cap, list->n);
		list->item[list->n++] = xstrndup(piece.s, piece.n);
	}
	if (list->n == 0)
		usage_error("%s: a list with commas is wanted", option);
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
