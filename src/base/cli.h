/*
 * The command line of all four programs: options from one table that makes
 * both the parser (getopt_long) and --help, unknown words answered with the
 * nearest known one, dates, periods and lists read in one place.
 */
#ifndef PT_CLI_H
#define PT_CLI_H

#include <stdbool.h>
#include <time.h>

#include "base/date.h"
#include "base/str.h"

struct cli_option {
	int id;           /* what cli_next() returns: the letter, or 256 and up; 0: a heading */
	const char *name; /* without the dashes; of a heading, its text; NULL ends the table */
	const char *arg;  /* the word for its argument, or NULL */
	const char *help;
};

struct cli {
	const char *usage;                /* lines after "usage: PROGRAM " */
	const char *about;                /* one sentence */
	const struct cli_option *options; /* -h and -V are added */
	const char *examples;             /* three lines, each with its line feed */
};

#define CLI_DONE (-1)

/*
 * The next option's id, or CLI_DONE; its argument is in *arg.  --help and --version
 * print and end the program; an unknown option, a missing argument or an argument too
 * many is a usage error that names the nearest.  Operands are argv[optind…] afterwards.
 */
int cli_next(const struct cli *cli, int argc, char *argv[], const char **arg);

/*
 * Where a plain option's answer goes: a bool becomes true, a const char * points to the argument, a
 * struct cli_list gets its words.
 */
enum cli_slot_kind { CLI_FLAG, CLI_WORD, CLI_LIST };
struct cli_slot {
	int id; /* 0 ends a table */
	enum cli_slot_kind kind;
	void *to;
};
/* False: the option has no slot. */
bool cli_store(const struct cli_slot *slots, int id, const char *arg);

/*
 * The options that the command line gave, as a shell reads them, each with a blank in front; but
 * none of BUT, names without dashes, NULL at the end.  After CLI_DONE only.
 */
void cli_given(struct str *out, const char *const *but);

/*
 * SOURCE_DATE_EPOCH, seconds since 1970 in UTC that stand for the clock, so that what is made is
 * the same each time.  False: it is not set; what is no such number ends the program.
 */
bool cli_epoch(time_t *seconds);
/* Today: what --today gave, else SOURCE_DATE_EPOCH, else the local date. */
int cli_today(void);
void cli_set_today(const char *arg);
/* Passes over the options for --today alone (its ID), because others count from it; then anew. */
void cli_today_first(const struct cli *cli, int argc, char *argv[], int id);

/*
 * The argument of OPTION ("--since") as a day, period, number or one of NAMES; else a usage
 * error.  Days and periods count from cli_today(): read them when --today is known.
 */
int cli_day(const char *option, const char *arg);
struct days cli_period(const char *option, const char *arg);
/*
 * The days that --period, or --since and --until, ask a report about; NULL: was not given.  Both
 * ways at once and no day are usage errors.  Without any: all days.
 */
struct days cli_reported(const char *period, const char *since, const char *until);
long cli_number(const char *option, const char *arg, long least, long most);
int cli_choice(const char *option, const char *arg, const char *const *names);

/* Words of the command line that are compared with text or become it must be UTF-8, as the input
 * is; OPTION is the option's, or what else to call the place.  A usage error when ARG is not. */
void cli_text(const char *option, const char *arg);

/* A list separated by commas, appended to earlier ones.  Start with CLI_LIST_INIT. */
struct cli_list {
	char **item;
	size_t n, cap;
};
#define CLI_LIST_INIT                                                                              \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}
void cli_list_add(struct cli_list *list, const char *option, const char *arg);
bool cli_list_has(const struct cli_list *list, struct slice word);
void cli_list_free(struct cli_list *list);

#endif
