/*
 * Tables of a stream.  Each case runs in a process of its own, because a whole input that is
 * refused ends the program; what it printed and its status are compared.  Events are written as
 * "LINE TABLE a|b|c" for a header, "LINE a|b|c" for a row, "LINE BAD" for a rejected one.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "records/stream.h"

static char folder[] = "/tmp/u-stream-XXXXXX";
static struct stream_opts options;
static const char *stdin_name; /* NULL: the null device */
static bool ahead;

static void
tell_fields(const struct record *r)
{
	for (size_t i = 0; i < r->n; i++)
		printf("%s%.*s", i ? "|" : "", SLICE_ARG(r->field[i]));
	printf("\n");
}

static void
tell(struct stream *in)
{
	const struct header *const *headers;
	enum stream_got got;
	struct row row;

	if (ahead)
		printf("%zu headers\n", stream_headers(in, &headers));
	while ((got = stream_next(in, &row)) != STREAM_END) {
		printf("%ld ", row.record.line);
		if (got == STREAM_BAD) {
			printf("BAD\n");
			continue;
		}
		if (got == STREAM_HEADER)
			printf("%s ", table_name(row.header->table));
		tell_fields(&row.record);
	}
}

static _Noreturn void
child(char *const files[], int out)
{
	struct stream *in;

	dup2(open(stdin_name ? stdin_name : "/dev/null", O_RDONLY), 0);
	dup2(out, 1);
	dup2(out, 2);
	setvbuf(stdout, NULL, _IONBF, 0);
	diag_begin("t");
	in = stream_open(files, &options);
	tell(in);
	stream_close(in);
	_exit(diag_end());
}

static void
run(int status, const char *expected, char *const files[])
{
	char said[4096];
	ssize_t n;
	FILE *out = tmpfile();
	int ended;
	pid_t pid = fork();

	if (pid == 0)
		child(files, fileno(out));
	assert_int_equal(waitpid(pid, &ended, 0), pid);
	n = pread(fileno(out), said, sizeof(said) - 1, 0);
	said[n < 0 ? 0 : n] = '\0';
	fclose(out);
	assert_string_equal(said, expected);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), status);
}

static void
put(const char *name, const char *bytes, size_t n)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

#define PUT(name, bytes) put((name), (bytes), sizeof(bytes) - 1)
#define FILES(...) ((char *[]){ __VA_ARGS__, NULL })
#define GIVES(bytes, status, expected)                                                             \
	do {                                                                                       \
		PUT("a", bytes);                                                                   \
		run((status), (expected), FILES("a"));                                             \
	} while (0)

static int
setup(void **state)
{
	(void)state;
	options = (struct stream_opts){ .any = false };
	stdin_name = NULL;
	ahead = false;
	unsetenv("PTLOG");
	return 0;
}

static void
tables(void **state)
{
	(void)state;
	GIVES("date,patient,item\n2026-01-05,P1,squat\n", 0,
	        "1 log date|patient|item\n2 2026-01-05|P1|squat\n");
	GIVES("Item, Patient ,DATE,note\nsquat,P1,2026-01-05,n\n", 0,
	        "1 log Item|Patient|DATE|note\n2 squat|P1|2026-01-05|n\n");
	GIVES("date,patient,item\n2026-01-05,P1,squat\nitem,date,patient,note\nsquat,2026-01-06,P1,"
	      "n\n",
	        0,
	        "1 log date|patient|item\n2 2026-01-05|P1|squat\n3 log item|date|patient|note\n"
	        "4 squat|2026-01-06|P1|n\n");
	GIVES("date,patient,item\n\xef\xbb\xbf"
	      "date,patient,item,note\n",
	        0, "1 log date|patient|item\n2 log date|patient|item|note\n");
	GIVES("patient,metric,baseline,current,verdict\nP1,pain,6,3,improved\n"
	      "metric,period,mean\npain,2026-W01,3\nmetric,patients,responders_30\n"
	      "patient,severity,reason\nrule,outcome,because\n",
	        0,
	        "1 series patient|metric|baseline|current|verdict\n2 P1|pain|6|3|improved\n"
	        "3 timeline metric|period|mean\n4 pain|2026-W01|3\n"
	        "5 groups metric|patients|responders_30\n6 attention patient|severity|reason\n"
	        "7 explain rule|outcome|because\n");
	/* a note that talks of a patient is no header */
	GIVES("note,patient,item,date\npatient,P1,squat,2026-01-05\n", 0,
	        "1 log note|patient|item|date\n2 patient|P1|squat|2026-01-05\n");
	options.any = true;
	GIVES("a,b\n1,2\n", 0, "1 foreign a|b\n2 1|2\n");
}

static void
headers_that_cannot_be(void **state)
{
	(void)state;
	GIVES("date,patient,item,Note,note\n", 2,
	        "t: a:1: columns 4 and 5 have the same name, 'note'; rename one\n");
	GIVES("date,,patient,item\n", 2, "t: a:1: column 2 has no name\n");
	GIVES("date,patient,item,,,\n2026-01-05,P1,squat,,,\n2026-01-05,P1,squat\n"
	      "2026-01-05,P1,squat,,,x\n",
	        1,
	        "t: a:1: 3 unnamed empty columns at the end dropped\n1 log date|patient|item\n"
	        "2 2026-01-05|P1|squat\n3 2026-01-05|P1|squat\n"
	        "t: a:4: 6 fields, the header has 3; two rows joined, without a line end between "
	        "them?\n4 BAD\n");
	GIVES("#date,patient,item\n", 2,
	        "t: a:1: no header of a log: missing date (is it '#date'?)\n");
	GIVES("2026-01-05,P1,squat\n", 2,
	        "t: a:1: no header of a log: missing patient, date, item\n");
	GIVES("date,patient,item,2026\n", 2,
	        "t: a:1: this is no header: a date or a number stands among the names\n");
	GIVES("Clinic North,,\nExport;2026-01-05\ndate;patient;item\n", 2,
	        "t: a:1: this is no header; line 3 looks like one; try: tail -n +3 a | t\n");
	GIVES("\"date,patient,item\"\n\"2026-01-05,P1,squat\"\n", 2,
	        "t: a:1: each whole line is quoted, as if it were one field (exported twice?); "
	        "try: "
	        "sed 's/^\"//; s/\"$//; s/\"\"/\"/g' a | t\n");
}

static void
rows_that_do_not_fit(void **state)
{
	(void)state;
	GIVES("date,patient,item,load_kg,reps\n2026-01-05,P1,squat\n2026-01-05,P1,squat,12,5,3\n"
	      "2026-01-05;P1;squat;12,5\n2026-01-05,P1,squat,1,5,2026-01-05,P1,squat,1,5\n"
	      "2026-01-05,P1,sq",
	        1,
	        "1 log date|patient|item|load_kg|reps\n"
	        "t: a:2: 3 fields, the header has 5\n2 BAD\n"
	        "t: a:3: 6 fields, the header has 5; is there a decimal comma without quotes?\n"
	        "3 BAD\n"
	        "t: a:4: 2 fields, the header has 5\n4 BAD\n"
	        "t: a:5: 10 fields, the header has 5; two rows joined, without a line end between "
	        "them?\n5 BAD\n"
	        "t: a:6: the last line has no line end\n"
	        "t: a:6: 3 fields, the header has 5; the line looks unfinished\n6 BAD\n");
	GIVES("date,patient,item\n2026-01-05;P1;squat\n2026-01-05,P\"1,squat\n", 1,
	        "1 log date|patient|item\n"
	        "t: a:2: 1 field, the header has 3; this line is divided by ';'\n2 BAD\n"
	        "t: a:3: patient: a quote in an unquoted field; put the field in quotes and double "
	        "each quote within\n3 BAD\n");
}

static void
whole_inputs_refused(void **state)
{
	(void)state;
	GIVES("", 2, "t: a: the file is empty; a log begins with a line of column names\n");
	GIVES("\n\n", 2, "t: a: no header line; a log begins with a line of column names\n");
	GIVES("PK\x03\x04rest", 2,
	        "t: a: this is a workbook (or another zip archive), not CSV; try: "
	        "xlsx2csv a | t\n");
	GIVES("\x1f\x8b\x08", 2, "t: a: this is a gzip file, not CSV; try: zcat a | t\n");
	GIVES("%PDF-1.4", 2,
	        "t: a: this is a PDF, not CSV; export it as CSV from where it comes from\n");
	GIVES("\xef\xbb\xbf[{\"date\":1}]", 2,
	        "t: a: this is JSON, not CSV; try: mlr --ijson --ocsv cat a | t\n");
	GIVES(" [{\"date\":1}]", 2,
	        "t: a: this is JSON, not CSV; try: mlr --ijson --ocsv cat a | t\n");
	GIVES("<!DOCTYPE html>", 2,
	        "t: a: this is HTML or XML, not CSV; export it as CSV from where it comes from\n");
	GIVES("d\0a\0t\0e\0,\0p\0\n\0", 2,
	        "t: a: UTF-16 without a byte-order mark (every second byte is NUL); try: ptlog "
	        "--encoding UTF-16LE a\n");
	GIVES("date,patient,item\n2026-01-05,P1,\"squat\n", 2,
	        "1 log date|patient|item\n"
	        "t: a:2: item: the quote opened here is not closed before the end of the input; "
	        "nothing from this line on was read\n");
	GIVES("date,patient,item\ndate;patient;item;note\n", 2,
	        "1 log date|patient|item\n"
	        "t: a:2: a header with another delimiter than the table above it; name the files "
	        "one "
	        "by one\n");
	PUT("it's", "PK\x03\x04");
	run(2,
	        "t: it's: this is a workbook (or another zip archive), not CSV; try: xlsx2csv "
	        "'it'\\''s' | t\n",
	        FILES("it's"));
	run(2, "t: none: No such file or directory\n", FILES("none"));
	run(2, "t: .: is a directory; name the files in it\n", FILES("."));
	run(2, "t: standard input (-) can be read only once\ntry: t --help\n", FILES("-", "-"));
}

static void
where_input_comes_from(void **state)
{
	static const char ways[] =
	        "t: no input: name a FILE, pipe rows into standard input, or let "
	        "PTLOG name your log (export PTLOG=visits.csv)\ntry: t --help\n";
	char *none[] = { NULL };

	(void)state;
	PUT("a", "date,patient,item\n");
	PUT("empty", "");
	run(2, ways, none);
	stdin_name = "a";
	run(0, "1 log date|patient|item\n", none);
	run(0, "1 log date|patient|item\n1 log date|patient|item\n", FILES("a", "-"));
	stdin_name = "empty";
	run(2, "t: no input on standard input; under cron, name the log\n", none);
	stdin_name = NULL;
	setenv("PTLOG", "a", 1);
	run(0, "1 log date|patient|item\n", none);
}

static void
headers_read_ahead(void **state)
{
	(void)state;
	PUT("a", "date,patient,item\n2026-01-05,P1,squat\n");
	PUT("b", "item,date,patient,more\nsquat,2026-01-05,P1,x\n");
	ahead = true;
	run(0,
	        "2 headers\n1 log date|patient|item\n2 2026-01-05|P1|squat\n"
	        "1 log item|date|patient|more\n2 squat|2026-01-05|P1|x\n",
	        FILES("a", "b"));
	assert_int_equal(mkfifo("f", 0600), 0);
	if (fork() == 0) {
		PUT("f", "date,patient,item\n2026-01-05,P2,squat\n");
		_exit(0);
	}
	run(0,
	        "2 headers\n1 log date|patient|item\n2 2026-01-05|P1|squat\n"
	        "1 log date|patient|item\n2 2026-01-05|P2|squat\n",
	        FILES("a", "f"));
}

static void
the_same_file_is_seen(void **state)
{
	struct stream *in = stream_open(FILES("a"), &options);
	struct stat st;

	(void)state;
	assert_int_equal(stat("a", &st), 0);
	assert_true(stream_reads(in, &st));
	assert_int_equal(stat("b", &st), 0);
	assert_false(stream_reads(in, &st));
	stream_close(in);
}

static int
enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int
leave_folder(void **state)
{
	static const char *const files[] = { "a", "b", "f", "it's", "empty" };

	(void)state;
	for (size_t i = 0; i < LENGTH(files); i++)
		unlink(files[i]);
	return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(tables, setup),
		cmocka_unit_test_setup(headers_that_cannot_be, setup),
		cmocka_unit_test_setup(rows_that_do_not_fit, setup),
		cmocka_unit_test_setup(whole_inputs_refused, setup),
		cmocka_unit_test_setup(where_input_comes_from, setup),
		cmocka_unit_test_setup(headers_read_ahead, setup),
		cmocka_unit_test_setup(the_same_file_is_seen, setup),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
