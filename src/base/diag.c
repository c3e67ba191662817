#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	guard_descriptors();
	signal(SIGPIPE, SIG_DFL); /* a service manager may have set it to be ignored */
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

static void
add_message(struct str *line, const char *format, va_list args)
{
	char *text;
	const int n = vasprintf(&text, format, args);

	if (n < 0)
		return;
	/* A message may bring a second line of its own (a caret under a word): only line feeds pass
	 * raw. */
	for (const char *at = text; *at != '\0';) {
		const size_t piece = strcspn(at, "\n");
		str_add_visible(line, at, piece);
		at += piece;
		if (*at == '\n') {
			str_putc(line, '\n');
			at++;
		}
	}
	free(text);
}

static void
say_at(struct place at, const char *format, va_list args)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s: ", program);
	if (at.file != NULL) {
		str_add_visible(&line, at.file, strlen(at.file));
		str_puts(&line, at.line > 0 ? ":" : ": ");
	}
	if (at.line > 0)
		str_addf(&line, "%ld: ", at.line);
	if (at.column != NULL) {
		str_add_visible(&line, at.column, strlen(at.column));
		str_puts(&line, ": ");
	}
	add_message(&line, format, args);
	str_putc(&line, '\n');
	say(&line);
	str_free(&line);
}

static void
count_hidden(const char *column)
{
	const char *name = column != NULL ? column : "row";

	hidden++;
	for (size_t i = 0; i < n_tallies; i++)
		if (strcmp(tallies[i].column, name) == 0) {
			tallies[i].n++;
			return;
		}
	GROW(tallies, tally_cap, n_tallies);
	tallies[n_tallies++] = (struct tally){ xstrdup(name), 1 };
}

static void
report(struct place at, const char *format, va_list args)
{
	if (shown < LINES_SHOWN) {
		shown++;
		say_at(at, format, args);
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
	say_at((struct place){ NULL, 0, NULL }, format, args);
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

static void
say_tally(void)
{
	struct str line = STR_INIT;

	if (hidden == 0)
		return;
	str_addf(&line, "%s: \xe2\x80\xa6 and %ld more (", program, hidden);
	for (size_t i = 0; i < n_tallies; i++) {
		str_addf(&line, "%s%ld ", i > 0 ? ", " : "", tallies[i].n);
		str_add_visible(&line, tallies[i].column, strlen(tallies[i].column));
	}
	str_puts(&line, ")\n");
	say(&line);
	str_free(&line);
}

void
die(const char *format, ...)
{
	va_list args;

	say_tally();
	va_start(args, format);
	say_at((struct place){ NULL, 0, NULL }, format, args);
	va_end(args);
	exit(STATUS_FAILED);
}

void
usage_error(const char *format, ...)
{
	struct str more = STR_INIT;
	va_list args;

	str_addf(&more, "%s\ntry: %s --help", format, program);
	va_start(args, format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	say_at((struct place){ NULL, 0, NULL }, str_text(&more), args);
#pragma GCC diagnostic pop
	va_end(args);
	exit(STATUS_FAILED);
}

void
usage_error_at(const char *text, size_t at, const char *format, ...)
{
	struct str more = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&more, format, args);
	va_end(args);
	str_putc(&more, '\n');
	str_add_caret(&more, text, at);
	usage_error("%s", str_text(&more));
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

/* What was written must have arrived: a full disk, a closed or vanished output is told here. */
static bool
close_output(void)
{
	const bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fclose(stdout) == 0 && !failed)
		return true;
	/* Closed from the start and nothing was written: nothing is lost. */
	return !failed && errno == EBADF;
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
