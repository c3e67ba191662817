/*
 * Any words as the command line of each program, over a small log: it ends by itself with one of
 * the three statuses, and never with 2 without a word.  A usage error comes before any output.
 *
 * The first byte chooses the program; each line that follows the second byte is a word.
 */
#include "../fuzz/random.h"
#include "inside.h"

#define WORDS_MOST 32

static const struct {
	inside_main *program;
	const char *name;
} programs[] = { { ptlog_main, "ptlog" }, { ptplan_main, "ptplan" }, { ptstat_main, "ptstat" },
	{ ptreport_main, "ptreport" } };

static const char visits[] =
        "date,patient,kind,item,value,side,sets,reps,load_kg,pain_before,pain_after,rpe,note\n"
        "2026-11-02,P1,profile,condition,chronic-low-back-pain,,,,,,,,\n"
        "2026-11-02,P1,measure,odi,40,,,,,,,,\n"
        "2026-11-03,P1,exercise,bridge,,,3,10,,4,3,5,\"well, better\"\n"
        "2026-11-10,P1,exercise,bridge,,,3,10,,4,4,5,\n"
        "2026-11-12,P2,exercise,clamshell,,left,2,8,,1,1,3,\n"
        "2026-11-12,P2,exercise,clamshell,,left,2,8,,1,11,3,\n"
        "2026-11-17,P1,measure,odi,30,,,,,,,,\n";

/* No word may name a file outside of the folder: a slash stays only in front of a digit (1/4). */
static void
tame(char *words)
{
	for (char *s = words; (s = strchr(s, '/')); s++)
		if (s[1] < '0' || s[1] > '9')
			*s = '_';
}

static size_t
split(char *words, const char **args)
{
	size_t n = 0;

	for (char *end; n < WORDS_MOST && *words; words = end) {
		end = words + strcspn(words, "\n");
		if (*end)
			*end++ = '\0';
		args[n++] = words;
	}
	args[n] = NULL;
	return n;
}

/* KEEPS: a catalogue may have been loaded, which lives as long as the program. */
static void
check(const struct inside *got, bool keeps)
{
	if (got->status < 0 || got->status > 2)
		fault("a strange status");
	if (got->status == 2 && got->err.n == 0)
		fault("not done, and no word why");
	if (got->status == 1 && got->err.n == 0)
		fault("rows rejected, and no word why");
	/* an item is known to be unknown when the whole input was seen */
	if (got->status == 2 && got->out.n > 0 && strstr(str_text(&got->err), "--help") != NULL &&
	        strstr(str_text(&got->err), "input") == NULL)
		fault("a usage error after output");
	if (got->returned && got->status < 2 && got->blocks > 0 && !keeps)
		fault("%zu blocks of memory were left", got->blocks);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static bool begun;
	const char *args[WORDS_MOST + 1];
	char *words;
	size_t which;
	bool keeps;

	if (!begun)
		inside_begin();
	begun = true;
	if (n < 2)
		return 0;
	which = bytes[0] % LENGTH(programs);
	words = xstrndup((const char *)bytes + 2, n - 2);
	tame(words);
	keeps = strstr(words, "--ca") != NULL || strstr(words, "--fr") != NULL;
	split(words, args);
	inside_empty();
	inside_put("log.csv", SLICE(visits));
	check(inside_run(programs[which].program, programs[which].name, args, SLICE(visits)),
		keeps);
	free(words);
	return 0;
}

#ifndef LIBFUZZER
static const struct slice options_words[] = {
	SLICE("\n"), SLICE("\n"), SLICE("\n"), SLICE("\n"), SLICE("\n"), SLICE("--"), SLICE("-"),
	SLICE("="), SLICE("patient"), SLICE("kind"), SLICE("item"), SLICE("where"), SLICE("since"),
	SLICE("until"), SLICE("period"), SLICE("shard"), SLICE("unique"), SLICE("net"),
	SLICE("sort"), SLICE("from"), SLICE("map"), SLICE("set"), SLICE("unit"),
	SLICE("encoding"), SLICE("delimiter"), SLICE("date-format"), SLICE("prefix"),
	SLICE("check"), SLICE("stats"), SLICE("rejects"), SLICE("strict"), SLICE("append"),
	SLICE("deidentify"), SLICE("list"), SLICE("catalogue"), SLICE("today"), SLICE("explain"),
	SLICE("replay"), SLICE("grouped"), SLICE("tee"), SLICE("by"), SLICE("every"),
	SLICE("attention"), SLICE("metric"), SLICE("at"), SLICE("as"), SLICE("format"),
	SLICE("title"), SLICE("mail-to"), SLICE("if-attention"), SLICE("color"), SLICE("help"),
	SLICE("version"), SLICE("log.csv"), SLICE("P1"), SLICE("P2"), SLICE("exercise"),
	SLICE("bridge"), SLICE("pain_after > 3"), SLICE("2026-11-10"), SLICE("2026-11"),
	SLICE(".."), SLICE("last-week"), SLICE("-14d"), SLICE("26w"), SLICE("1/2"), SLICE("date"),
	SLICE("patient=P9"), SLICE("item=bridge"), SLICE("dose=3x10"), SLICE("reps=8"),
	SLICE("week"), SLICE("pain"), SLICE("odi"), SLICE("condition"), SLICE("html"),
	SLICE("sheet"), SLICE("story"), SLICE("table"), SLICE("text"), SLICE("strong"),
	SLICE("hevy"), SLICE("exercises"), SLICE("cp1252"), SLICE("tab"), SLICE(","), SLICE(";"),
	SLICE("always"), SLICE("a@b.org"), SLICE("\x1b"), SLICE("\xff"), SLICE("\xe2\x80\xae"),
	SLICE("kg"), SLICE("lb"), SLICE("dmy"), SLICE("%s%n"), SLICE("-p"), SLICE("-P"),
	SLICE("-w"), SLICE("-f"), SLICE("-t"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, options_words, LENGTH(options_words));
}
#endif
