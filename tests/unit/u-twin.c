/* Batches from a second process, whole or not at all, however it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/batch.h"
#include "base/effect.h"
#include "base/mem.h"

/* Number N: "N" and a dot N times, the things 10 and 11 left, then "end". */
static void
make(struct batch *b, long n)
{
	batch_begin(b);
	str_addf(&b->made, "%ld", n);
	for (long i = 0; i < n; i++)
		str_putc(&b->made, '.');
	batch_leave(b, 10, n);
	batch_leave(b, 11, -n);
	str_puts(&b->made, "end");
	batch_leave(b, BATCH_END, 0);
}

static void
send_three(void *context, int fd)
{
	struct batch b = { 0 };

	(void)context;
	for (long n = 0; n < 300000; n += 100000) {
		make(&b, n);
		if (!batch_send(&b, fd, &n, sizeof n))
			break;
	}
	batch_free(&b);
}

static void
takes(struct batch *b, uint64_t place, long line, size_t bytes)
{
	struct slice made;
	const struct part *p = batch_part(b, &made);

	assert_true(p->place == place);
	assert_int_equal(p->line, line);
	assert_int_equal(made.n, bytes);
	assert_non_null(made.s);
}

static void
batches_come_whole_and_in_order(void **state)
{
	struct batch b = { 0 };
	struct twin t;
	long n;

	(void)state;
	assert_true(twin_start(&t, send_three, NULL));
	for (long i = 0; i < 3; i++) {
		assert_true(batch_receive(&b, &t, &n, sizeof n));
		assert_int_equal(n, 100000 * i);
		takes(&b, 10, n, i ? (size_t)n + 6 : 1);
		takes(&b, 11, -n, 0);
		takes(&b, BATCH_END, 0, 3);
	}
	assert_false(batch_receive(&b, &t, &n, sizeof n));
	assert_false(batch_receive(&b, &t, &n, sizeof n));
	twin_end(&t);
	batch_free(&b);
}

/* The head alone, or all but the last byte, is no batch. */
static void
send_part(void *context, int fd)
{
	const size_t *bytes = context;
	char memory[4096];
	struct batch b = { 0 };
	long n = 7;
	int ends[2];

	make(&b, n);
	if (pipe(ends) != 0 || !batch_send(&b, ends[1], &n, sizeof n) ||
	        read(ends[0], memory, *bytes) != (ssize_t)*bytes || write(fd, memory, *bytes) < 0)
		abort();
	batch_free(&b);
	abort();
}

static void
a_batch_that_is_cut_is_none(void **state)
{
	const size_t whole = sizeof(long) + 2 * sizeof(size_t) + 3 * sizeof(struct part) + 11;

	(void)state;
	for (size_t bytes = 0; bytes <= whole; bytes++) {
		struct batch b = { 0 };
		struct twin t;
		long n;

		assert_true(twin_start(&t, send_part, &bytes));
		assert_int_equal(batch_receive(&b, &t, &n, sizeof n), bytes == whole);
		twin_end(&t);
		batch_free(&b);
	}
}

/* One that is not wanted any more ends, though it has much to say, and leaves no process behind. */
static void
a_twin_ends_with_its_reader(void **state)
{
	struct twin t;

	(void)state;
	assert_true(twin_start(&t, send_three, NULL));
	twin_end(&t);
	assert_int_equal(waitpid(t.pid, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

/* What it says or writes reaches nobody, and its effects are its own. */
static void
talk(void *context, int fd)
{
	static const char words[] = "heard\n";

	effect();
	for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++)
		if (write(i, words, sizeof words - 1) < 0)
			return;
	if (read(STDIN_FILENO, context, 1) == 0 && write(fd, "x", 1) < 0)
		return;
}

static void
a_twin_is_silent(void **state)
{
	const unsigned long before = effects();
	const int out = dup(STDOUT_FILENO);
	struct twin t;
	int ends[2];
	char byte;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[1], STDOUT_FILENO) >= 0);
	close(ends[1]);
	assert_true(twin_start(&t, talk, &byte));
	assert_true(twin_read(&t, &byte, 1));
	twin_end(&t);
	assert_true(dup2(out, STDOUT_FILENO) >= 0);
	close(out);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	assert_int_equal(effects(), before);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(batches_come_whole_and_in_order),
		cmocka_unit_test(a_batch_that_is_cut_is_none),
		cmocka_unit_test(a_twin_ends_with_its_reader),
		cmocka_unit_test(a_twin_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
