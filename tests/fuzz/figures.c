/*
 * Logs of any bytes as plans and as tables of statistics.  A plan is rows of the log, which ptlog
 * passes on as they are; a series or a timeline is read by ptstat as it was written; no cell is
 * the name of what is no number.
 *
 * The first byte chooses the run; odd, the second, and the bytes bring their own header.
 */
#include "../fuzz/random.h"
#include "inside.h"

#define HEADER                                                                                     \
	"date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,"        \
	"pain_after,dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded\n"
#define ARGS_MOST 6

static const struct trial {
	inside_main *program;
	const char *name;
	const char *args[ARGS_MOST];
	/* Reads what came out, and must write the same; NULL: nobody reads it. */
	inside_main *reader;
	const char *reader_name;
	const char *reader_args[ARGS_MOST];
} trials[] = {
	{ ptplan_main, "ptplan", { NULL }, ptlog_main, "ptlog", { NULL } },
	{ ptstat_main, "ptstat", { NULL }, ptstat_main, "ptstat", { NULL } },
	{ ptplan_main, "ptplan", { "--explain", NULL }, NULL, NULL, { NULL } },
	{ ptplan_main, "ptplan", { "--replay", "2026-11-10..", NULL }, NULL, NULL, { NULL } },
	{ ptstat_main, "ptstat", { "--by", "patient,item", NULL }, ptstat_main, "ptstat",
	        { "--by", "patient,item", NULL } },
	{ ptstat_main, "ptstat", { "--by", "condition", NULL }, NULL, NULL, { NULL } },
	{ ptstat_main, "ptstat", { "--every", "week", NULL }, ptstat_main, "ptstat",
	        { "--every", "week", NULL } },
	{ ptstat_main, "ptstat", { "--attention", NULL }, NULL, NULL, { NULL } },
	{ ptplan_main, "ptplan", { "--tee", "--grouped", NULL }, NULL, NULL, { NULL } },
	{ ptstat_main, "ptstat", { "--at", "2w", "--by", "all", NULL }, NULL, NULL, { NULL } },
};

static void
check_numbers(struct slice table)
{
	static const char *const words[] = { "nan", "-nan", "inf", "-inf", "-0" };

	for (size_t i = 0, n; i < table.n; i += n + 1) {
		for (n = 0; i + n < table.n && table.s[i + n] != ',' && table.s[i + n] != '\n'; n++)
			continue;
		for (size_t w = 0; w < LENGTH(words); w++)
			if (slice_eq((struct slice){ table.s + i, n }, words[w]))
				fault("a cell is %s", words[w]);
	}
}

static void
check(const struct inside *got)
{
	if (got->status == 2 ? got->err.n == 0 : got->status == 1 && got->err.n == 0)
		fault("not all done, and no word why");
	if (got->status < 2 && got->blocks > 0)
		fault("%zu blocks of memory were left", got->blocks);
}

static void
read_back(const struct trial *t, const struct str *out)
{
	const struct slice table = { out->s, out->n };
	const struct inside *got =
	        inside_run(t->reader, t->reader_name, t->reader_args, table);

	if (got->status != 0 || !slice_is(table, (struct slice){ got->out.s, got->out.n })) {
		fprintf(stderr, "--- what was read:\n%s", str_text(out));
		fault("what %s wrote is not what %s reads", t->name, t->reader_name);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct str input, out;
	static bool begun;
	const struct inside *got;
	const struct trial *t;

	if (!begun)
		inside_begin();
	begun = true;
	if (n < 2)
		return 0;
	t = &trials[bytes[0] % LENGTH(trials)];
	str_reset(&input);
	if (!(bytes[1] & 1))
		str_puts(&input, HEADER);
	str_add(&input, (const char *)bytes + 2, n - 2);
	got = inside_run(t->program, t->name, t->args, (struct slice){ str_text(&input), input.n });
	check(got);
	if (got->status == 2 || bytes[1] & 1)
		return 0;
	str_reset(&out);
	str_add(&out, str_text(&got->out), got->out.n);
	if (t->program == ptstat_main)
		check_numbers((struct slice){ out.s, out.n });
	if (t->reader)
		read_back(t, &out);
	return 0;
}

#ifndef LIBFUZZER
static const struct slice figures_words[] = {
	SLICE("2026-11-20,P1,exercise,bridge,,,3,10,,,,3,4,,,,5,,,,\n"),
	SLICE("2026-11-13,P1,exercise,bridge,,,3,10,,,,5,4,,,,5,,,,\n"),
	SLICE("2026-11-13,P1,measure,nprs,4,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-10-13,P1,medicine,morphine,30,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-11-13,P1,redflag,saddle-numbness,1,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-10-13,P1,profile,condition,chronic low back pain,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-10-13,P1,finding,forward-bend-pain,2,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-11-01,P1,plan,bridge,,,3,10,,,3,,,,,,,start,first,why,\n"),
	SLICE("\n2026-11-19,P1,exercise,"),
	SLICE("\n2026-11-19,P2,measure,"),
	SLICE("\n2026-11-19,P1,profile,"),
	SLICE("\n2026-11-19,P1,medicine,"),
	SLICE("\n2026-11-19,P1,void,"),
	SLICE("goal"),
	SLICE("limit"),
	SLICE("equipment"),
	SLICE("minutes"),
	SLICE("status"),
	SLICE("not "),
	SLICE("override"),
	SLICE("stop"),
	SLICE("left"),
	SLICE("both"),
	SLICE("odi"),
	SLICE("P1"),
	SLICE(","),
	SLICE(",,"),
	SLICE("0"),
	SLICE("10"),
	SLICE("-1"),
	SLICE("99999999999"),
	SLICE("0.000001"),
	SLICE("2199-12-31"),
	SLICE("1900-01-01"),
	SLICE("T10:30"),
	SLICE("\n"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, figures_words, LENGTH(figures_words));
}
#endif
