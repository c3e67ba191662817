/*
 * A folder with one table of any bytes as a catalogue.  It is refused by file and line, or it
 * works: what --list prints of it reads back as itself, and plans and reports can be made with it.
 *
 * The first byte chooses the table, the second what is made.
 */
#include "../fuzz/random.h"
#include <sys/stat.h>

#include "catalogue/catalogue.h"
#include "inside.h"
#include "markup.h"

#define FOLDER "tables"

static const char visits[] =
        "date,patient,kind,item,value,side,sets,reps,load_kg,seconds,pain_before,pain_after,rpe\n"
        "2026-11-02,P1,profile,condition,chronic-low-back-pain,,,,,,,,\n"
        "2026-11-02,P1,profile,goal,tug <= 10,,,,,,,,\n"
        "2026-11-02,P1,profile,language,de,,,,,,,,\n"
        "2026-11-02,P1,finding,forward-bend-pain,2,,,,,,,,\n"
        "2026-11-02,P1,measure,odi,40,,,,,,,,\n"
        "2026-11-02,P1,medicine,tramadol,100,,,,,,,,\n"
        "2026-11-03,P1,exercise,bridge,,,3,10,,,4,3,5\n"
        "2026-11-10,P1,exercise,bridge,,,3,10,,,4,4,5\n"
        "2026-11-17,P1,exercise,bridge,,,3,10,,,3,3,5\n"
        "2026-11-17,P1,measure,odi,30,,,,,,,,\n"
        "2026-11-20,P2,redflag,saddle-numbness,1,,,,,,,,\n";

static const struct inside *
run(inside_main *program, const char *name, const char *one, const char *two)
{
	const char *const args[] = { "--catalogue", FOLDER, one, two, NULL };

	return inside_run(program, name, args, SLICE(visits));
}

/* What is refused is refused with a place or a reason; nothing of it is printed. */
static bool
is_refused(const struct inside *got)
{
	if (got->status == 2 && (got->err.n == 0 || got->out.n > 0))
		fault("a table neither taken nor refused");
	return got->status == 2;
}

/* A table listed reads back as itself. */
static void
listing(const char *table, const char *file)
{
	const struct inside *got = run(ptlog_main, "ptlog", "--list", table);
	struct str listed = STR_INIT;

	if (is_refused(got))
		return;
	str_add(&listed, str_text(&got->out), got->out.n);
	inside_put(file, (struct slice){ str_text(&listed), listed.n });
	got = run(ptlog_main, "ptlog", "--list", table);
	if (got->status != 0 || !slice_is((struct slice){ listed.s, listed.n },
	                                (struct slice){ got->out.s, got->out.n })) {
		fprintf(stderr, "listed first:\n%s", str_text(&listed));
		fault("a table listed is not the table read");
	}
	str_free(&listed);
}

static void
checking(const char *table, const char *file)
{
	(void)table, (void)file;
	is_refused(run(ptplan_main, "ptplan", "--check-catalogue", NULL));
}

static void
report(const char *as)
{
	const struct inside *got = run(ptreport_main, "ptreport", as, "-fhtml");
	const char *wrong;
	size_t at = 0;

	if (is_refused(got))
		return;
	wrong = html_fault((struct slice){ str_text(&got->out), got->out.n }, &at);
	if (wrong)
		fault("%s at byte %zu: %.80s", wrong, at, got->out.s + at);
}

static void
story(const char *table, const char *file)
{
	(void)table, (void)file;
	report("--as=story");
}

static void
sheet(const char *table, const char *file)
{
	(void)table, (void)file;
	report("--as=sheet");
}

/* A plan is rows of the log, which ptlog takes without a word. */
static void
plan(const char *table, const char *file)
{
	const struct inside *got = run(ptplan_main, "ptplan", NULL, NULL);
	static struct str made;
	const char *const args[] = { "--catalogue", FOLDER, NULL };

	(void)table, (void)file;
	if (is_refused(got) || got->status != 0)
		return;
	str_reset(&made);
	str_add(&made, str_text(&got->out), got->out.n);
	got = inside_run(ptlog_main, "ptlog", args, (struct slice){ made.s, made.n });
	if (got->status != 0 ||
	        !slice_is((struct slice){ made.s, made.n }, (struct slice){ got->out.s, got->out.n }))
		fault("a plan that is no log:\n%s", str_text(&made));
}

/* What one input is tried with: one thing, as loading all tables is most of the time. */
static void (*const uses[])(const char *table, const char *file) = { listing, checking, plan, story,
	sheet };

static size_t
tables(void)
{
	size_t n = 0;

	while (catalogue_table_names[n])
		n++;
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct str file;
	static bool begun;
	const char *table;

	if (!begun) {
		inside_begin();
		mkdir(FOLDER, 0700);
		begun = true;
	}
	if (n < 2)
		return 0;
	table = catalogue_table_names[bytes[0] % tables()];
	str_reset(&file);
	str_addf(&file, FOLDER "/%s.csv", table);
	inside_put(str_text(&file), (struct slice){ (const char *)bytes + 2, n - 2 });
	uses[bytes[1] % LENGTH(uses)](table, str_text(&file));
	inside_remove(str_text(&file));
	return 0;
}

#ifndef LIBFUZZER
static const struct slice table_words[] = {
	SLICE("id"),
	SLICE("name"),
	SLICE("name_de"),
	SLICE("aliases"),
	SLICE("source"),
	SLICE("unit"),
	SLICE("easier"),
	SLICE("harder"),
	SLICE("bridge"),
	SLICE("odi"),
	SLICE("chronic-low-back-pain"),
	SLICE("yes"),
	SLICE("no"),
	SLICE("3x10"),
	SLICE("pain_after > 3 and sessions >= 2"),
	SLICE("sets + 1"),
	SLICE("load * 1.1"),
	SLICE("hold"),
	SLICE("progress"),
	SLICE("a;b;c"),
	SLICE(";"),
	SLICE(","),
	SLICE(","),
	SLICE("\n"),
	SLICE("\n"),
	SLICE("\""),
	SLICE("\r\n"),
	SLICE("-1"),
	SLICE("0"),
	SLICE("999999999999999"),
	SLICE("1e-9"),
	SLICE("<b>"),
	SLICE("\x1b"),
	SLICE("\0"),
	SLICE("\xff"),
	SLICE("\xe2\x80\xae"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, table_words, LENGTH(table_words));
}
#endif
