/*
 * Records and their lines.  Each input is read whole and by 1, 2, 3 and 7 bytes, by both paths,
 * and what comes is written as text: "LINE:field|field" for a record (with ! when a byte-order
 * mark stood before it, ~ when the input ends without a line end), "LINE bad N: why" or "LINE
 * broken N: why".
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "records/csvin.h"

static void
tell_record(struct str *t, const struct record *r)
{
	str_addf(t, "%ld:%s%s", r->line, r->mark ? "!" : "", r->unended ? "~" : "");
	for (size_t i = 0; i < r->n; i++) {
		str_puts(t, i ? "|" : "");
		str_add(t, r->field[i].s, r->field[i].n);
	}
	str_puts(t, "\n");
}

static void
tell(struct str *t, struct csvin *in)
{
	struct record r;

	for (;;)
		switch (csvin_next(in, &r)) {
		case CSVIN_END:
			return;
		case CSVIN_RECORD:
			tell_record(t, &r);
			break;
		case CSVIN_BAD:
			str_addf(t, "%ld bad %zu: %s\n", r.line, r.bad_field, r.why);
			break;
		case CSVIN_BROKEN:
			str_addf(t, "%ld broken %zu: %s\n", r.line, r.bad_field, r.why);
		}
}

static void
gives_with(struct csvin_opts opts, const char *bytes, size_t n, const char *expected)
{
	static const size_t blocks[] = { 0, 1, 2, 3, 7 };

	for (size_t i = 0; i < 2 * LENGTH(blocks); i++) {
		struct str t = STR_INIT;
		struct csvin *in;

		opts.block = blocks[i / 2];
		opts.plain_off = i % 2;
		in = csvin_open_memory(bytes, n, "test", &opts);
		tell(&t, in);
		assert_string_equal(str_text(&t), expected);
		csvin_close(in);
		str_free(&t);
	}
}

#define GIVES(input, expected)                                                                     \
	gives_with((struct csvin_opts){ 0 }, (input), sizeof(input) - 1, (expected))
#define GIVES_WITH(opts, input, expected) gives_with((opts), (input), sizeof(input) - 1, (expected))

static void
line_ends(void **state)
{
	(void)state;
	GIVES("a,b\n1,2\n", "1:a|b\n2:1|2\n");
	GIVES("a,b\r\n1,2\r\n", "1:a|b\n2:1|2\n");
	GIVES("a,b\r1,2\r3,4\n5,6\r\n7,8", "1:a|b\n2:1|2\n3:3|4\n4:5|6\n5:~7|8\n");
	GIVES("a,b\r\r\n1,2\r\r\n", "1:a|b\n2:1|2\n");
	GIVES("a,b\n1,2", "1:a|b\n2:~1|2\n");
	GIVES("a,b\n1,\"2\"", "1:a|b\n2:~1|2\n");
	GIVES("a,b\n1,2\r", "1:a|b\n2:~1|2\n");
	GIVES("", "");
	GIVES("\n\n\n", "");
	GIVES("\n\na\n  \t \n\r\nb\n", "3:a\n6:b\n");
	GIVES("a\n\"\"\nb\n", "1:a\n2:\n3:b\n");
}

static void
quotes(void **state)
{
	(void)state;
	GIVES("\"a\",\"b,c\"\n\"d\"\"e\",f\n", "1:a|b,c\n2:d\"e|f\n");
	GIVES("a,\"one\ntwo\"\nb,c\n", "1:a|one\ntwo\n3:b|c\n");
	GIVES("a,\"one\r\ntwo\"\r\nb,c\r\n", "1:a|one\r\ntwo\n3:b|c\n");
	GIVES("a,\"one\rtwo\"\nb,c\n", "1:a|one\rtwo\n2:b|c\n");
	GIVES(" a , \"b\" ,\tc\t\n", "1:a|b|c\n");
	GIVES("\" a \",b  \n", "1: a |b\n");
	GIVES("\"\",\"\"\"\"\n,\n", "1:|\"\n2:|\n");
	GIVES("a,\"b;c\"\n", "1:a|b;c\n");
}

#define STRAY "a quote in an unquoted field; put the field in quotes and double each quote within"
#define BEHIND "text behind a closing quote; double a quote that is part of the text"

static void
bad_records_are_told_and_passed(void **state)
{
	(void)state;
	GIVES("a,b\n1,5'10\" tall\n2,3\n", "1:a|b\n2 bad 1: " STRAY "\n3:2|3\n");
	GIVES("a,b\n1,said \"ok\" twice\n2,3\n", "1:a|b\n2 bad 1: " STRAY "\n3:2|3\n");
	GIVES("a,b\n\"x\\\"y\",1\n2,3\n", "1:a|b\n2 bad 0: " BEHIND "\n3:2|3\n");
	GIVES("a,b\n1,\"x\ny\"z\n2,3\n",
	        "1:a|b\n2 bad 1: " BEHIND
	        " (on line 2 of this record, which goes over several lines)\n4:2|3\n");
	/* no stump of a bad record is joined to the next one */
	GIVES("ba\"d\nok\n", "1 bad 0: " STRAY "\n2:ok\n");
	GIVES("a,b\n1,x\ry\n2,3\n",
	        "1:a|b\n2 bad 1: a CR alone in an unquoted field would split the record; quote the "
	        "field\n3:2|3\n");
}

static void
bytes_that_are_no_text(void **state)
{
	static const char nul[] = "NUL bytes, as a crash leaves them; mend or delete this line";
	struct str t = STR_INIT;

	(void)state;
	str_addf(&t, "1:a|b\n2 bad 1: %s\n3:3|4\n", nul);
	GIVES("a,b\n1,\0\n3,4\n", str_text(&t));
	str_free(&t);
	GIVES("a\nM\xfcller\nok\n",
	        "1:a\n2 bad 0: not valid UTF-8 (byte 0xfc); if the file is Windows-1252, try: "
	        "ptlog "
	        "--encoding cp1252\n3:ok\n");
	GIVES("a\n\"M\xfcller\"\nok\n",
	        "1:a\n2 bad 0: not valid UTF-8 (byte 0xfc); if the file is Windows-1252, try: "
	        "ptlog "
	        "--encoding cp1252\n3:ok\n");
	GIVES("a\nab\xc3\n", "1:a\n2 bad 0: a UTF-8 character is cut short\n");
	GIVES("a\n\xed\xa0\x80\n", "1:a\n2 bad 0: not valid UTF-8 (a surrogate)\n");
	GIVES("a\nM\xc3\xbcller\n", "1:a\n2:M\xc3\xbcller\n");
}

#define NEVER "the quote opened here is not closed before the end of the input"

static void
a_quote_that_never_closes(void **state)
{
	struct csvin_opts small = { .max_record = 20 };

	(void)state;
	GIVES("a,b\n1,\"2\n3,4\n5,6\n",
	        "1:a|b\n2 broken 1: " NEVER "; nothing from this line on was read\n");
	GIVES("a,b\n\"x\ny\",\"2\n3,4\n",
	        "1:a|b\n3 broken 1: " NEVER "; nothing from this line on was read\n");
	GIVES("a,b\n1,\"he said \"\"",
	        "1:a|b\n2 broken 1: " NEVER
	        "; a torn last line of a log is mended by ptlog --append\n");
	GIVES_WITH(small, "a,b\n1,\"2\n3,4\n5,6\n7,8\n9,10\n11,12\n",
	        "1:a|b\n2 broken 1: the quote opened here is not closed within 20 bytes; close it, "
	        "or "
	        "double a quote that is part of the text\n");
}

static void
records_are_bounded(void **state)
{
	struct csvin_opts small = { .max_record = 8 };
	struct str many = STR_INIT;

	(void)state;
	GIVES_WITH(small, "a,b\n1,345678\n2,3\n", "1:a|b\n2:1|345678\n3:2|3\n");
	GIVES_WITH(small, "a,b\n1,3456789\n2,3\n",
	        "1:a|b\n2 bad 1: longer than 8 bytes; is a line end missing?\n3:2|3\n");
	GIVES_WITH(small, "a,b\n1,34567890123456789", /* and no line end at all */
	        "1:a|b\n2 bad 1: longer than 8 bytes; is a line end missing?\n");
	/* A stray quote makes all behind it look quoted, but is no reason to pass over good lines.
	 */
	GIVES_WITH(small, "a,b\n1,2\"\n3,4\n5,6\n7,8\n",
	        "1:a|b\n2 bad 1: " STRAY "\n3:3|4\n4:5|6\n5:7|8\n");
	GIVES_WITH(small, "a,b\n1,2\"45678901\n3,4\n", "1:a|b\n2 bad 1: " STRAY "\n3:3|4\n");
	for (int i = 0; i < CSVIN_MAX_FIELDS; i++)
		str_puts(&many, ",");
	str_puts(&many, "\nok\n");
	gives_with((struct csvin_opts){ 0 }, many.s, many.n,
	        "1 bad 256: 257 fields, at most 256 are read\n2:ok\n");
	str_free(&many);
}

static void
delimiters(void **state)
{
	struct csvin_opts pipe = { .delimiter = '|' };

	(void)state;
	GIVES("a;b,c\n", "1:a;b|c\n");
	GIVES("a;b;c,d\n", "1:a|b|c,d\n");
	GIVES("a\tb\n1\t\n\t2 \n", "1:a|b\n2:1|\n3:|2\n");
	GIVES("a|b\n1|2\n", "1:a|b\n2:1|2\n");
	GIVES("\"x;y;z\",b\n", "1:x;y;z|b\n");
	GIVES("sep=;\r\na;b,c,d\r\n1;2\r\n", "2:a|b,c,d\n3:1|2\n");
	GIVES("\"sep=;\"\na;b\n", "2:a|b\n");
	GIVES("\xef\xbb\xbfSEP=\t\na\tb\n", "2:a|b\n");
	GIVES("\n\na;b\n", "3:a|b\n");
	GIVES_WITH(pipe, "a,b|c\n", "1:a,b|c\n");
}

static void
marks_and_encodings(void **state)
{
	struct csvin_opts cp1252 = { .encoding = "cp1252" };
	struct csvin_opts ascii = { .encoding = "US-ASCII" };
	struct csvin_opts vietnamese = { .encoding = "CP1258" };
	struct csvin_opts unknown = { .encoding = "klingon" };
	struct csvin_opts utf16 = { .encoding = "utf-16le" };

	(void)state;
	GIVES("\xef\xbb\xbf\"a\",b\n\xef\xbb\xbf"
	      "1,2\n",
	        "1:a|b\n2:!1|2\n");
	GIVES("\xef\xbb\xbf", "");
	GIVES("\xef\xbb\xbf\n\xef\xbb\xbf\n", "");
	GIVES("\xff\xfe"
	      "a\0,\0\xe9\0\n\0"
	      "1\0,\0"
	      "2\0\n\0",
	        "1:a|\xc3\xa9\n2:1|2\n");
	GIVES("\xfe\xff\0a\0\t\0b\0\n", "1:a|b\n");
	GIVES("\xff\xfe\0\0a\0\0\0,\0\0\0b\0\0\0\n\0\0\0", "1:a|b\n");
	GIVES_WITH(cp1252, "M\xfcller;\x80\n", "1:M\xc3\xbcller|\xe2\x82\xac\n");
	GIVES_WITH(cp1252, "\xef\xbb\xbfM\xc3\xbcller\n", "1:M\xc3\xbcller\n");
	GIVES_WITH(ascii, "a,b\n1,\xfc\n3,4\n",
	        "1:a|b\n2 bad 1: a byte that the encoding of this input does not know\n3:3|4\n");
	GIVES("\xff\xfe"
	      "a\0\n\0"
	      "\0\xd8"
	      "b\0\n\0c\0\n\0"
	      "x",
	        "1:a\n2 bad 0: a byte that the encoding of this input does not know\n3:c\n"
	        "4 bad 0: a byte that the encoding of this input does not know\n");
	GIVES_WITH(utf16,
	        "a\0\n\0"
	        "\0\xd8"
	        "b\0\n\0c\0\n\0"
	        "x",
	        "1:a\n2 bad 0: a byte that the encoding of this input does not know\n3:c\n"
	        "4 bad 0: a byte that the encoding of this input does not know\n");
	/* Here a letter waits for a tone mark that may follow, the last one too. */
	GIVES_WITH(vietnamese, "a,b\n1,abc", "1:a|b\n2:~1|abc\n");
	GIVES_WITH(vietnamese, "a,b\n1,a\n2,\"a\"", "1:a|b\n2:1|a\n3:~2|a\n");
	GIVES_WITH(vietnamese, "a,b\n1,a\xcc", "1:a|b\n2:~1|\xc3\xa0\n");
	GIVES_WITH(unknown, "a\n",
	        "1 broken 0: no encoding is called 'klingon'; iconv -l lists them\n");
}

static void
raw_bytes(void **state)
{
	static const char text[] = "a , \"b\"\r\n \"c\nd\",e\r\nx\"y\n\xef\xbb\xbf"
	                           "f";
	static const char *const raw[] = { "a , \"b\"", " \"c\nd\",e", "x\"y", "f" };

	(void)state;
	for (int off = 0; off < 2; off++) {
		struct csvin *in = csvin_open_memory(text, sizeof(text) - 1, "-",
		        &(struct csvin_opts){ .plain_off = off, .block = 1 });
		struct record r;

		assert_string_equal(csvin_name(in), "standard input");
		for (size_t i = 0; i < LENGTH(raw); i++) {
			assert_int_equal(csvin_next(in, &r), i == 2 ? CSVIN_BAD : CSVIN_RECORD);
			assert_true(slice_eq(r.raw, raw[i]));
			assert_int_equal(r.quoted, i < 3);
		}
		assert_int_equal(csvin_next(in, &r), CSVIN_END);
		assert_int_equal(csvin_next(in, &r), CSVIN_END);
		csvin_close(in);
	}
}

static void
peek_leaves_the_bytes(void **state)
{
	struct csvin *in = csvin_open_memory("\xff\xfe"
	                                     "a\0\n\0",
	        6, "test", &(struct csvin_opts){ 0 });
	struct slice head = csvin_peek(in);
	struct record r;

	(void)state;
	assert_int_equal(head.n, 6);
	assert_memory_equal(head.s,
	        "\xff\xfe"
	        "a",
	        3);
	assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
	assert_true(slice_eq(r.field[0], "a"));
	csvin_close(in);
}

static void
reading_a_directory_fails(void **state)
{
	struct csvin *in = csvin_open("/", &(struct csvin_opts){ 0 });
	struct record r;

	(void)state;
	assert_non_null(in);
	assert_int_equal(csvin_next(in, &r), CSVIN_BROKEN);
	assert_string_equal(r.why, "cannot be read: Is a directory");
	assert_int_equal(csvin_next(in, &r), CSVIN_END);
	csvin_close(in);
}

/* What was read of a row when the reading failed is none, though it looks like one. */
static void
a_row_that_cannot_be_read_to_its_end(void **state)
{
	static const char *const torn[] = { "a,b\n1,2\n3,4", "a,b\n1,2\n3,\"4", "a,b\n1,2\n" };

	(void)state;
	for (size_t i = 0; i < LENGTH(torn); i++) {
		struct str t = STR_INIT;
		struct csvin *in;
		int ends[2];

		/* Who goes without having read what was sent to it resets the connection. */
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
		assert_int_equal(write(ends[0], "x", 1), 1);
		assert_int_equal(write(ends[1], torn[i], strlen(torn[i])), strlen(torn[i]));
		close(ends[1]);
		in = csvin_open_fd(ends[0], "test", &(struct csvin_opts){ 0 });
		tell(&t, in);
		assert_string_equal(str_text(&t),
		        "1:a|b\n2:1|2\n3 broken 256: cannot be read: Connection reset by peer\n");
		csvin_close(in);
		str_free(&t);
	}
}

/* A writer holds the lock between the two halves of a row: the reader waits for the second. */
static void
an_unfinished_tail_is_looked_at_again(void **state)
{
	char path[] = "/tmp/u-csvin-XXXXXX";
	int fd = mkstemp(path), ready[2], status;
	struct str t = STR_INIT;
	struct csvin *in;
	pid_t writer;
	char byte;

	(void)state;
	assert_int_equal(write(fd, "a,b\n1,", 6), 6);
	close(fd);
	assert_int_equal(pipe(ready), 0);
	writer = fork();
	if (writer == 0) {
		fd = open(path, O_WRONLY | O_APPEND);
		if (flock(fd, LOCK_EX) != 0 || write(ready[1], "", 1) != 1)
			_exit(1);
		usleep(50000);
		_exit(write(fd, "2\n", 2) != 2);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	in = csvin_open(path, &(struct csvin_opts){ 0 });
	tell(&t, in);
	assert_string_equal(str_text(&t), "1:a|b\n2:1|2\n");
	csvin_close(in);
	str_free(&t);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
	unlink(path);
}

/* What a Windows spreadsheet writes takes the quick way, too: only there records are bare. */
static void
lines_of_cr_lf_are_plain(void **state)
{
	static const char text[] = "a,b\r\n1,2\r\n3,\"4\"\r\n5,6\r\n7,8\r\n";
	const struct csvin_opts opts = { .delimiter = ',' };
	struct csvin *in = csvin_open_memory(text, sizeof text - 1, "test", &opts);
	struct record r;

	(void)state;
	for (long line = 1; line <= 5; line++) {
		assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
		assert_int_equal(r.line, line);
		assert_int_equal(r.n, 2);
		assert_int_equal(r.bare, line != 3);
	}
	assert_int_equal(csvin_next(in, &r), CSVIN_END);
	csvin_close(in);
}

/*
 * From each place between two records, forwards and backwards, the same records come; and from any
 * byte the reader finds the next line, which is a record's first where no quotes are open.
 */
static void
any_place_between_records(void **state)
{
	static const char text[] = "a,b\n1,2\n\n3,\"4\n5\"\r\n6,\"7 \"\"8\"\"\"\n9,0\n";
	static const uint64_t place[] = { 0, 4, 8, 18, 30, 34 };
	static const long line[] = { 1, 2, 3, 6, 7, 8 };
	static const char *const first[] = { "a", "1", "3", "6", "9" };
	char path[] = "/tmp/u-csvin-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
	close(fd);
	for (size_t block = 0; block < 8; block++) {
		struct csvin *in = csvin_open(path, &(struct csvin_opts){ .block = block });
		struct record r;

		assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
		assert_true(csvin_has_places(in));
		for (size_t i = 0; i < LENGTH(first) * LENGTH(first); i++) {
			const size_t k = i * 2 % LENGTH(first);
			csvin_go(in, place[k], line[k]);
			assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
			assert_true(slice_eq(r.field[0], first[k]));
			assert_int_equal(r.line, k == 2 ? 4 : line[k]);
			assert_int_equal(csvin_place(in), place[k + 1]);
			assert_int_equal(csvin_line(in), line[k + 1]);
		}
		for (uint64_t at = 1; at < sizeof text - 1; at++) {
			assert_true(csvin_go_near(in, at));
			assert_int_equal(csvin_place(in), strchr(text + at - 1, '\n') + 1 - text);
			assert_int_equal(csvin_line(in), 0);
		}
		assert_false(csvin_go_near(in, sizeof text));
		csvin_close(in);
	}
	unlink(path);
}

static void
inputs_without_places(void **state)
{
	static const char text[] = "a,b\n1,2\n";
	struct csvin *in =
	        csvin_open_memory(text, sizeof text - 1, "test", &(struct csvin_opts){ 0 });
	struct record r;
	int ends[2];

	(void)state;
	assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
	assert_false(csvin_has_places(in));
	csvin_close(in);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
	close(ends[1]);
	in = csvin_open_fd(ends[0], "test", &(struct csvin_opts){ 0 });
	assert_int_equal(csvin_next(in, &r), CSVIN_RECORD);
	assert_false(csvin_has_places(in));
	csvin_close(in);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_ends),
		cmocka_unit_test(lines_of_cr_lf_are_plain),
		cmocka_unit_test(quotes),
		cmocka_unit_test(bad_records_are_told_and_passed),
		cmocka_unit_test(bytes_that_are_no_text),
		cmocka_unit_test(a_quote_that_never_closes),
		cmocka_unit_test(records_are_bounded),
		cmocka_unit_test(delimiters),
		cmocka_unit_test(marks_and_encodings),
		cmocka_unit_test(raw_bytes),
		cmocka_unit_test(peek_leaves_the_bytes),
		cmocka_unit_test(reading_a_directory_fails),
		cmocka_unit_test(a_row_that_cannot_be_read_to_its_end),
		cmocka_unit_test(an_unfinished_tail_is_looked_at_again),
		cmocka_unit_test(any_place_between_records),
		cmocka_unit_test(inputs_without_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
