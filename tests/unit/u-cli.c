/* Options, their help and their arguments, each in a child whose output is read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"

static const struct cli_option options[] = {
	{ 0, "Which rows", NULL, NULL },
	{ 'p', "patient", "LIST", "only these patients, with commas between" },
	{ 't', "tee", NULL, "the input first" },
	{ 256, "today", "DATE",
	        "a sentence that is longer than what is left of the line and must go on below" },
	{ 257, "title", "TEXT", "the heading" },
	{ 0, NULL, NULL, NULL },
};
static const struct cli cli = { "[OPTION]... [FILE]...\n--append LOG [FIELD=VALUE]...",
	"Does a thing.", options, "  ptlog a.csv\n  ptlog b.csv\n  ptlog c.csv\n" };

/* What a child printed on standard output and error together, and its status. */
struct result {
	char text[8192];
	int status;
};

static struct result
run(void (*child)(void *), void *context)
{
	struct result r = { "", 0 };
	int fds[2];
	pid_t pid;
	size_t n = 0;

	assert_int_equal(pipe(fds), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		dup2(fds[1], STDERR_FILENO);
		close(fds[0]);
		close(fds[1]);
		diag_begin("ptlog");
		child(context);
		_exit(0);
	}
	close(fds[1]);
	for (ssize_t k; (k = read(fds[0], r.text + n, sizeof r.text - 1 - n)) > 0;)
		n += (size_t)k;
	close(fds[0]);
	waitpid(pid, &r.status, 0);
	r.status = WIFEXITED(r.status) ? WEXITSTATUS(r.status) : -1;
	return r;
}

/* Prints every option, then the operands. */
static void
print_options(void *context)
{
	char **argv = context;
	const char *arg;
	int argc = 0, id;

	while (argv[argc])
		argc++;
	while ((id = cli_next(&cli, argc, argv, &arg)) != CLI_DONE)
		dprintf(STDOUT_FILENO, "%d %s\n", id, arg ? arg : "-");
	while (optind < argc)
		dprintf(STDOUT_FILENO, "operand %s\n", argv[optind++]);
}

static const struct {
	const char *words[6];
	const char *output;
	int status;
} lines[] = {
	{ { "-p", "P07", "a.csv", "-t" }, "112 P07\n116 -\noperand a.csv\n", 0 },
	{ { "-tpP07", "--", "-t" }, "116 -\n112 P07\noperand -t\n", 0 },
	{ { "--patient=P07,P08", "--pat", "P09" }, "112 P07,P08\n112 P09\n", 0 },
	{ { "--patiens", "x" },
	        "ptlog: unknown option '--patiens'; did you mean '--patient'?\n"
	        "try: ptlog --help\n",
	        2 },
	{ { "--patiens=secret" },
	        "ptlog: unknown option '--patiens'; did you mean '--patient'?\n"
	        "try: ptlog --help\n",
	        2 },
	{ { "--qqqqqqq" }, "ptlog: unknown option '--qqqqqqq'\ntry: ptlog --help\n", 2 },
	{ { "-tz" }, "116 -\nptlog: unknown option '-z'\ntry: ptlog --help\n", 2 },
	{ { "--t" }, "ptlog: option '--t' could be --tee, --today, --title\ntry: ptlog --help\n",
	        2 },
	{ { "--tee=yes" }, "ptlog: option '--tee' takes no argument\ntry: ptlog --help\n", 2 },
	{ { "--patient" }, "ptlog: option '--patient' needs an argument\ntry: ptlog --help\n", 2 },
	{ { "-tp" }, "116 -\nptlog: option '-p' needs an argument\ntry: ptlog --help\n", 2 },
	{ { "--\x1b[31m" }, "ptlog: unknown option '--\\x1b[31m'\ntry: ptlog --help\n", 2 },
	{ { "-h" },
	        "usage: ptlog [OPTION]... [FILE]...\n"
	        "       ptlog --append LOG [FIELD=VALUE]...\n"
	        "Does a thing.\n"
	        "\n"
	        "Which rows\n"
	        "  -p, --patient LIST  only these patients, with commas between\n"
	        "  -t, --tee           the input first\n"
	        "      --today DATE    a sentence that is longer than what is left of the line\n"
	        "                      and must go on below\n"
	        "      --title TEXT    the heading\n"
	        "  -h, --help          this text\n"
	        "  -V, --version       the version\n"
	        "\n"
	        "Examples\n"
	        "  ptlog a.csv\n"
	        "  ptlog b.csv\n"
	        "  ptlog c.csv\n"
	        "\n"
	        "Exit status: 0 done, 1 done but rows were rejected, 2 not done.\n"
	        "The manual: man ptlog, man pttools.\n",
	        0 },
};

static void
test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		char *argv[8] = { (char *)(uintptr_t) "ptlog" };
		struct result r;

		for (size_t k = 0; lines[i].words[k]; k++)
			argv[k + 1] = (char *)(uintptr_t)lines[i].words[k];
		r = run(print_options, argv);
		assert_string_equal(r.text, lines[i].output);
		assert_int_equal(r.status, lines[i].status);
	}
}

static void
test_version(void **state)
{
	char *argv[] = { (char *)(uintptr_t) "ptlog", (char *)(uintptr_t) "--version", NULL };
	const struct result r = run(print_options, argv);

	(void)state;
	assert_ptr_equal(strstr(r.text, "ptlog (pttools) "), r.text);
	assert_non_null(strstr(r.text, "License GPLv3+"));
	assert_int_equal(r.status, 0);
}

/* --- arguments --- */

static const char *const words[] = { "text", "markdown", "html", NULL };

enum reading { DAY, PERIOD, NUMBER, CHOICE, TODAY, EPOCH, LIST };

struct argument {
	enum reading how;
	const char *arg, *output;
	int status;
};

static void
print_days(struct days d)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	dprintf(STDOUT_FILENO, "%.*s %.*s", (int)day_write(from, d.from), from,
	        (int)day_write(to, d.to), to);
}

static void
print_day(int day)
{
	char text[DATE_TEXT];

	dprintf(STDOUT_FILENO, "%.*s", (int)day_write(text, day), text);
}

static void
print_list(const char *arg)
{
	struct cli_list list = CLI_LIST_INIT;

	cli_list_add(&list, "-p", arg);
	for (size_t i = 0; i < list.n; i++)
		dprintf(STDOUT_FILENO, "[%s]", list.item[i]);
	dprintf(STDOUT_FILENO, " %d", cli_list_has(&list, SLICE("P07")));
	cli_list_free(&list);
}

static void
print_argument(void *context)
{
	const struct argument *a = context;

	setenv("SOURCE_DATE_EPOCH", a->how == EPOCH ? a->arg : "1795392000", 1); /* 2026-11-23 */
	if (a->how == DAY)
		print_day(cli_day("--since", a->arg));
	else if (a->how == PERIOD)
		print_days(cli_period("-P", a->arg));
	else if (a->how == NUMBER)
		dprintf(STDOUT_FILENO, "%ld", cli_number("--at", a->arg, 1, 99));
	else if (a->how == CHOICE)
		dprintf(STDOUT_FILENO, "%d", cli_choice("-f", a->arg, words));
	else if (a->how == LIST)
		print_list(a->arg);
	else if (a->how == TODAY)
		cli_set_today(a->arg);
	if (a->how == TODAY || a->how == EPOCH)
		print_day(cli_today());
}

static const struct argument arguments[] = {
	{ DAY, "2026-11-01", "2026-11-01", 0 },
	{ DAY, "-14d", "2026-11-09", 0 },
	{ DAY, "tody", "ptlog: --since: 'tody' is unknown; did you mean 'today'?\n", 2 },
	{ DAY, "soon",
	        "ptlog: --since: 'soon' is not a day; write YYYY-MM-DD, today, yesterday, -14d, "
	        "-6w or -3m\n",
	        2 },
	{ DAY, "2026-02-29",
	        "ptlog: --since: '2026-02-29': 2026 is not a leap year; February has 28 days\n",
	        2 },
	{ PERIOD, "last-week", "2026-11-16 2026-11-22", 0 },
	{ PERIOD, "last-wek", "ptlog: -P: 'last-wek' is unknown; did you mean 'last-week'?\n", 2 },
	{ PERIOD, "2026-12..2026-11", "ptlog: -P: '2026-12..2026-11' ends before it begins\n", 2 },
	{ PERIOD, "winter",
	        "ptlog: -P: 'winter' is not a period; write 2026-11, 2026-W47, last-week, -14d, "
	        "A..B, A.. or ..B\n",
	        2 },
	{ NUMBER, "26", "26", 0 },
	{ NUMBER, "0", "ptlog: --at: '0' is not a whole number from 1 to 99\n", 2 },
	{ NUMBER, "2.5", "ptlog: --at: '2.5' is not a whole number from 1 to 99\n", 2 },
	{ NUMBER, "26w", "ptlog: --at: '26w' is not a whole number from 1 to 99\n", 2 },
	{ CHOICE, "html", "2", 0 },
	{ CHOICE, "htm", "ptlog: -f: 'htm' is unknown; did you mean 'html'?\n", 2 },
	{ CHOICE, "pdf", "ptlog: -f: 'pdf' is unknown; it can be text, markdown, html\n", 2 },
	{ TODAY, "2026-01-05", "2026-01-05", 0 },
	{ TODAY, "yesterday", "2026-11-22", 0 },
	{ EPOCH, "86399", "1970-01-01", 0 },
	{ EPOCH, "86400", "1970-01-02", 0 },
	{ EPOCH, "now", "ptlog: SOURCE_DATE_EPOCH: 'now' is not a number of seconds since 1970\n",
	        2 },
	{ LIST, "P07", "[P07] 1", 0 },
	{ LIST, "a, b ,P07", "[a][b][P07] 1", 0 },
	{ LIST, "p07", "[p07] 0", 0 },
	{ LIST, "a,,b", "ptlog: -p: 'a,,b' has an empty item\n", 2 },
};

static void
test_arguments(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(arguments); i++) {
		struct argument a = arguments[i];
		struct result r = run(print_argument, &a);
		char *more = strstr(r.text, "try: ptlog --help\n");

		if (more)
			*more = '\0';
		assert_string_equal(r.text, a.output);
		assert_int_equal(r.status, a.status);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
