/* What is said and how a program ends, seen from outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"

struct result {
	char text[8192]; /* standard error, a '|' behind each write */
	int status;
};

/* Standard error is a socket that keeps writes apart: each message must be one of them. */
static struct result
run(void (*child)(void))
{
	struct result r = { "", 0 };
	int fds[2];
	pid_t pid;
	size_t n = 0;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], STDERR_FILENO);
		close(fds[0]);
		close(fds[1]);
		child();
		_exit(diag_end());
	}
	close(fds[1]);
	for (ssize_t k; (k = read(fds[0], r.text + n, sizeof r.text - 2 - n)) > 0;) {
		n += (size_t)k;
		r.text[n++] = '|';
	}
	close(fds[0]);
	waitpid(pid, &r.status, 0);
	r.status = WIFEXITED(r.status) ? WEXITSTATUS(r.status) : -1;
	return r;
}

static void
expect(void (*child)(void), const char *text, int status)
{
	const struct result r = run(child);

	assert_string_equal(r.text, text);
	assert_int_equal(r.status, status);
}

static void
say_nothing(void)
{
	diag_begin("ptlog");
}

static void
say_places(void)
{
	diag_begin("ptlog");
	diag_warning((struct place){ "a.csv", 17, "pain_after" }, "%s is odd", quote(SLICE("x")));
	diag_warning((struct place){ "a.csv", 17, NULL }, "odd");
	diag_warning((struct place){ "a.csv", 0, NULL }, "odd");
	diag_warning((struct place){ NULL, 0, "date" }, "odd");
	diag_note("note");
}

/* A name of a file may hold anything: it must not make a line of its own. */
static void
say_hostile(void)
{
	diag_begin("ptlog");
	diag_note("%s", "a\nptlog: forged\x1b[2J\x07\x7f\xff\xc2\x9b\u202e");
}

static void
say_rejected(void)
{
	diag_begin("ptlog");
	diag_reject((struct place){ "a.csv", 2, "date" }, "bad");
}

static void
say_strict(void)
{
	diag_begin("ptlog");
	diag_strict(true);
	diag_warning((struct place){ "a.csv", 2, "date" }, "bad");
}

static void
say_many(void)
{
	diag_begin("ptlog");
	for (int i = 0; i < 451; i++)
		diag_reject((struct place){ "a.csv", i, i < 139 ? "date" : "pain_after" }, "bad");
}

static void
end_died(void)
{
	say_many();
	die("disk %s", "full");
}

static void
end_try(void)
{
	diag_begin("ptlog");
	die_try("ptlog --encoding cp1252 export.csv", "export.csv is not UTF-8");
}

static void
say_try(void)
{
	diag_begin("ptlog");
	diag_note_try("ptlog --date-format dmy \n", "day first");
}

static void
end_usage(void)
{
	diag_begin("ptlog");
	usage_error("unknown option '%s'", "--x");
}

static void
end_usage_at(void)
{
	diag_begin("ptlog");
	usage_error_at("pain\t> größe 5", 13, "--where: %s", "no");
}

static void
end_no_memory(void)
{
	diag_begin("ptlog");
	die_no_memory();
}

static void
test_messages(void **state)
{
	(void)state;
	expect(say_nothing, "", 0);
	expect(say_places,
	        "ptlog: a.csv:17: pain_after: 'x' is odd\n|ptlog: a.csv:17: odd\n|"
	        "ptlog: a.csv: odd\n|ptlog: date: odd\n|ptlog: note\n|",
	        0);
	expect(say_hostile, "ptlog: a\\x0aptlog: forged\\x1b[2J\\x07\\x7f\\xff\\u009b\\u202e\n|",
	        0);
	expect(say_rejected, "ptlog: a.csv:2: date: bad\n|", 1);
	expect(say_strict, "ptlog: a.csv:2: date: bad\n|", 1);
}

static void
test_ends(void **state)
{
	(void)state;
	expect(end_try,
	        "ptlog: export.csv is not UTF-8\ntry: ptlog --encoding cp1252 export.csv\n|", 2);
	expect(say_try, "ptlog: day first\ntry: ptlog --date-format dmy \\x0a\n|", 0);
	expect(end_usage, "ptlog: unknown option '--x'\ntry: ptlog --help\n|", 2);
	expect(end_usage_at, "ptlog: --where: no\n  pain\\x09> größe 5\n                ^\n|", 2);
	expect(end_no_memory, "ptlog: out of memory\n|", 2);
}

static void
test_tally(void **state)
{
	const struct result r = run(say_many), died = run(end_died);
	int writes = 0;

	(void)state;
	for (const char *s = r.text; *s; s++)
		writes += *s == '|';
	assert_int_equal(writes, 21);
	assert_non_null(strstr(r.text, "ptlog: … and 431 more (312 pain_after, 119 date)\n|"));
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(died.text, "119 date)\n|ptlog: disk full\n|"));
	assert_int_equal(died.status, 2);
}

static void
test_quote(void **state)
{
	char longer[64];
	const char *first = quote(SLICE("a\u200bb")), *second;

	(void)state;
	assert_string_equal(first, "'a\\u200bb'");
	second = quote(SLICE(""));
	assert_string_equal(second, "''");
	assert_string_equal(first, "'a\\u200bb'"); /* still there */
	memset(longer, 'x', sizeof longer);
	assert_string_equal(
	        quote((struct slice){ longer, 40 }), "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'");
	assert_string_equal(
	        quote((struct slice){ longer, 41 }), "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'");
	memcpy(longer + 39, "ü", 2);
	assert_string_equal(
	        quote((struct slice){ longer, 64 }), "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'");
	memcpy(longer + 36, "\U0001F600x", 5);
	assert_string_equal(quote((struct slice){ longer, 64 }),
	        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\U0001F600…'");
}

/* --- standard output --- */

static void
print_to_full_disk(void)
{
	const int full = open("/dev/full", O_WRONLY);

	dup2(full, STDOUT_FILENO);
	diag_begin("ptlog");
	printf("x\n");
}

/* More than a buffer: the reason must not be lost between the write and the end. */
static void
print_much_to_full_disk(void)
{
	static const char much[100000];
	const int full = open("/dev/full", O_WRONLY);

	dup2(full, STDOUT_FILENO);
	diag_begin("ptlog");
	diag_print(much, sizeof much);
}

static void
print_to_closed(void)
{
	close(STDOUT_FILENO);
	diag_begin("ptlog");
	printf("x\n");
}

static void
print_nothing_to_closed(void)
{
	close(STDOUT_FILENO);
	diag_begin("ptlog");
}

/* A file opened next must not become the output. */
static void
write_to_closed(void)
{
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	diag_begin("ptlog");
	if (open("/dev/null", O_RDWR) <= STDERR_FILENO)
		die("a file got the number of a standard stream");
	if (write(STDOUT_FILENO, "x", 1) != -1 || errno != EBADF)
		die("a write to closed output went through");
	if (read(STDIN_FILENO, (char[1]){ 0 }, 1) != -1 || errno != EBADF)
		die("closed input was read");
}

static void
inherit_ignored_pipe(void)
{
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	diag_begin("ptlog");
	if (pipe(fds) == 0 && close(fds[0]) == 0 && write(fds[1], "x", 1) == -1)
		die("SIGPIPE is still ignored");
}

static void
test_output(void **state)
{
	(void)state;
	expect(print_to_full_disk, "ptlog: standard output: No space left on device\n|", 2);
	expect(print_much_to_full_disk, "ptlog: standard output: No space left on device\n|", 2);
	expect(print_to_closed, "ptlog: standard output: Bad file descriptor\n|", 2);
	expect(print_nothing_to_closed, "", 0);
	expect(write_to_closed, "", 0);
	expect(inherit_ignored_pipe, "", -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_tally),
		cmocka_unit_test(test_quote),
		cmocka_unit_test(test_output),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
