/*
 * Records written: quotes only where they are needed, every byte read back, failed writes told.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/num.h"
#include "records/csvin.h"
#include "records/csvout.h"

static void
fields(void **state)
{
	static const char *const texts[] = { "a", "", "b c", " b", "c\t", "d,e", "f;g", "h\"i",
		"j\nk", "l\rm", "M\xc3\xbc", NULL };
	struct str t = STR_INIT;
	struct csvout *out = csvout_to_str(&t, ',');

	(void)state;
	for (size_t i = 0; i < LENGTH(texts); i++)
		csvout_text(out, texts[i]);
	csvout_end(out);
	csvout_raw(out, "x,y", 3);
	csvout_end(out);
	csvout_number(out, 2.5);
	csvout_number(out, UNKNOWN);
	csvout_day(out, day_of(2026, 11, 23));
	csvout_day(out, DAY_NONE);
	csvout_end(out);
	csvout_close(out);
	assert_string_equal(str_text(&t),
	        "a,,b c,\" b\",\"c\t\",\"d,e\",f;g,\"h\"\"i\",\"j\nk\",\"l\rm\",M\xc3\xbc,\n"
	        "x,y\n2.5,,2026-11-23,\n");
	str_free(&t);
}

static void
a_field_of_nothing_is_a_record(void **state)
{
	struct str t = STR_INIT;
	struct csvout *out = csvout_to_str(&t, ';');

	(void)state;
	csvout_field(out, NULL, 0);
	csvout_end(out);
	csvout_text(out, "a;b");
	csvout_text(out, "");
	csvout_end(out);
	csvout_close(out);
	assert_string_equal(str_text(&t), "\"\"\n\"a;b\";\n");
	str_free(&t);
}

/* Random fields of awkward bytes come back as they went. */
static void
round_trip(void **state)
{
	static const char bytes[] = "ab \t,;\"\n\r\xef\xbb\xbf";
	char text[4][8];
	struct record r;

	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		struct str t = STR_INIT;
		struct csvout *out = csvout_to_str(&t, ',');
		size_t n = 1 + (size_t)rand() % 4;
		struct csvin *in;

		for (size_t f = 0; f < n; f++) {
			size_t length = (size_t)rand() % 7, b = 0;

			while (b < length)
				text[f][b++] = bytes[rand() % 9];
			text[f][b] = '\0';
			if (rand() % 8 == 0)
				strcpy(text[f], bytes + 9); /* a byte-order mark */
			csvout_text(out, text[f]);
		}
		csvout_end(out);
		csvout_close(out);
		in = csvin_open_memory(t.s, t.n, "t", &(struct csvin_opts){ .delimiter = ',' });
		assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
		assert_int_equal(r.n, n);
		for (size_t f = 0; f < n; f++)
			assert_true(slice_eq(r.field[f], text[f]));
		assert_int_equal(csvin_next(in, &r), CSVIN_END);
		csvin_close(in);
		str_free(&t);
	}
}

/* Through a pipe that is read slowly: short writes, and fields longer than any buffer. */
static void
every_byte_is_written(void **state)
{
	int ends[2], status;
	size_t total = 0;
	char block[5000];
	ssize_t n;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	pid = fork();
	if (pid == 0) {
		struct csvout *out = csvout_new(ends[1], "pipe", ',');
		char *big = xcalloc(1, 700001);

		memset(big, 'x', 700000);
		for (int i = 0; i < 30000; i++) {
			csvout_text(out, "0123456789");
			csvout_end(out);
		}
		csvout_text(out, big);
		csvout_end(out);
		csvout_close(out);
		free(big);
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], block, sizeof(block))) > 0)
		total += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(total, 30000 * 11 + 700001);
}

static void
a_full_disk_ends_the_program(void **state)
{
	int fd = open("/dev/full", O_WRONLY), status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		struct csvout *out = csvout_new(fd, "standard output", ',');

		close(2);
		csvout_text(out, "a");
		csvout_end(out);
		csvout_close(out);
		_exit(0);
	}
	close(fd);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), STATUS_FAILED);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(a_field_of_nothing_is_a_record),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(every_byte_is_written),
		cmocka_unit_test(a_full_disk_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
