#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/effect.h"
#include "base/file.h"
#include "base/mem.h"

#define LINES_SHOWN 20

/* How many messages beyond the shown ones speak of each column. */
struct tally {
	char *column;
	long n;
};

static const char *program = "pttools";
static bool strict;
static long rejected, shown, hidden;
static struct tally *tallies;
static size_t n_tallies, tally_cap;

/* A descriptor that came closed is taken by one that refuses its use: no file gets its number. */
static void
guard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void
diag_begin(const char *name)
{
	program = name;
	strict = false;
	rejected = shown = hidden = 0;
	n_tallies = tally_cap = 0;
	tallies = NULL;
	guard_descriptors();
	signal(SIGPIPE, SIG_DFL); /* a service manager may have set it to be ignored */
	/* Ignored, a twin's number may be another process's by the time it ends. */
	signal(SIGCHLD, SIG_DFL);
}

const char *
diag_program(void)
{
	return program;
}

/* One write, so that lines of programs in a pipe do not mix; standard error is best effort. */
static void
say(const struct str *line)
{
	const char *s = line->s;
	size_t n = line->n;

	while (n > 0) {
		const ssize_t put = write(STDERR_FILENO, s, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return;
		s += put;
		n -= (size_t)put;
	}
}

/* Everything that comes from outside is shown escaped; MORE (may be NULL) are whole lines below. */
static void say_at(struct place at, const char *more, const char *format, va_list args)
        __attribute__((format(printf, 3, 0)));
static void
say_at(struct place at, const char *more, const char *format, va_list args)
{
	struct str message = STR_INIT, line = STR_INIT;

	effect();
	if (at.file != NULL)
		str_addf(&message, at.line > 0 ? "%s:%ld: " : "%s: ", at.file, at.line);
	if (at.column != NULL)
		str_addf(&message, "%s: ", at.column);
	str_addv(&message, format, args);
	str_addf(&line, "%s: ", program);
	str_add_visible(&line, str_text(&message), message.n);
	str_putc(&line, '\n');
	if (more != NULL)
		str_puts(&line, more);
	say(&line);
	str_free(&line);
	str_free(&message);
}

static const struct place nowhere = { NULL, 0, NULL };

static void
count_hidden(const char *column)
{
	const char *name = column != NULL ? column : "row";

	effect();
	hidden++;
	for (size_t i = 0; i < n_tallies; i++)
		if (strcmp(tallies[i].column, name) == 0) {
			tallies[i].n++;
			return;
		}
	GROW(tallies, tally_cap, n_tallies);
	tallies[n_tallies++] = (struct tally){ xstrdup(name), 1 };
}

static void report(struct place at, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));
static void
report(struct place at, const char *format, va_list args)
{
	if (shown < LINES_SHOWN) {
		shown++;
		say_at(at, NULL, format, args);
	} else {
		count_hidden(at.column);
	}
}

void
diag_reject(struct place at, const char *format, ...)
{
	va_list args;

	rejected++;
	va_start(args, format);
	report(at, format, args);
	va_end(args);
}

void
diag_warning(struct place at, const char *format, ...)
{
	va_list args;

	if (strict)
		rejected++;
	va_start(args, format);
	report(at, format, args);
	va_end(args);
}

void
diag_note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_at(nowhere, NULL, format, args);
	va_end(args);
}

void
diag_strict(bool on)
{
	strict = on;
}

long
diag_rejected(void)
{
	return rejected;
}

static int
by_number(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp(x->column, y->column);
}

/* Said once, the column with most messages first. */
static void
say_tally(void)
{
	struct str columns = STR_INIT;

	if (n_tallies == 0)
		return;
	qsort(tallies, n_tallies, sizeof *tallies, by_number);
	for (size_t i = 0; i < n_tallies; i++) {
		str_addf(&columns, "%s%ld %s", i > 0 ? ", " : "", tallies[i].n, tallies[i].column);
		free(tallies[i].column);
	}
	free(tallies);
	tallies = NULL;
	n_tallies = tally_cap = 0;
	diag_note("\xe2\x80\xa6 and %ld more (%s)", hidden, columns.s);
	str_free(&columns);
}

void
die(const char *format, ...)
{
	va_list args;

	say_tally();
	va_start(args, format);
	say_at(nowhere, NULL, format, args);
	va_end(args);
	exit(STATUS_FAILED);
}

/* A message with a command to paste below it. */
static void say_try(const char *command, const char *format, va_list args)
        __attribute__((format(printf, 2, 0)));
static void
say_try(const char *command, const char *format, va_list args)
{
	struct str more = STR_INIT;

	str_puts(&more, "try: ");
	str_add_visible(&more, command, strlen(command));
	str_putc(&more, '\n');
	say_at(nowhere, str_text(&more), format, args);
	str_free(&more);
}

void
diag_note_try(const char *command, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_try(command, format, args);
	va_end(args);
}

void
die_try(const char *command, const char *format, ...)
{
	va_list args;

	say_tally();
	va_start(args, format);
	say_try(command, format, args);
	va_end(args);
	exit(STATUS_FAILED);
}

void
usage_error(const char *format, ...)
{
	struct str command = STR_INIT;
	va_list args;

	say_tally();
	str_addf(&command, "%s --help", program);
	va_start(args, format);
	say_try(str_text(&command), format, args);
	va_end(args);
	exit(STATUS_FAILED);
}

void
usage_error_at(const char *text, size_t at, const char *format, ...)
{
	struct str more = STR_INIT;
	va_list args;

	str_add_caret(&more, text, at);
	str_putc(&more, '\n');
	va_start(args, format);
	say_at(nowhere, str_text(&more), format, args);
	va_end(args);
	exit(STATUS_FAILED);
}

void
die_no_memory(void)
{
	static const char words[] = ": out of memory\n";
	char line[64];
	const size_t n = strnlen(program, sizeof line - sizeof words);

	memcpy(line, program, n);
	memcpy(line + n, words, sizeof words - 1);
	(void)!write(STDERR_FILENO, line, n + sizeof words - 1);
	exit(STATUS_FAILED);
}

const char *
quote(struct slice value)
{
	static struct str ring[4];
	static unsigned next;
	struct str *text = &ring[next++ % LENGTH(ring)];

	str_reset(text);
	str_add_quoted(text, value);
	return str_text(text);
}

void
diag_print(const char *s, size_t n)
{
	if (!file_write(STDOUT_FILENO, s, n))
		die("standard output: %s", strerror(errno));
}

/* What was written must have arrived: a full disk, a closed or vanished output is told here. */
static bool
close_output(void)
{
	const bool failed = ferror(stdout) != 0;

	errno = 0;
	return (fclose(stdout) == 0 || errno == EINTR) && !failed;
}

int
diag_end(void)
{
	say_tally();
	if (!close_output()) {
		diag_note("standard output: %s", errno != 0 ? strerror(errno) : "write error");
		return STATUS_FAILED;
	}
	return rejected > 0 ? STATUS_REJECTED : STATUS_DONE;
}
