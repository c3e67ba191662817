/*
 * Logs of any bytes, as a crash or an editor may have left them, and a row appended: nothing that
 * was complete is lost, what is cut off stands in LOG.torn, and the log is healed for good.  A
 * refused append may have set such a stump aside, and has not touched a byte else.
 *
 * The first byte is an option: odd, and the bytes stand below the log's own header.
 */
#include "../fuzz/random.h"
#include "inside.h"

#define HEADER                                                                                     \
	"date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,"        \
	"pain_after,dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded\n"
#define STAMP "2026-11-20T10:00:00Z"

/* Whole rows: whatever stands around them, they stay. */
static const char *const rows[] = {
	"2026-11-20,P1,exercise,bridge,,,3,10,,,,,2,,,,,,,," STAMP "\n",
	"2026-11-20,P1,note,note,,,,,,,,,,,,,,,,plain words," STAMP "\n",
	"2026-11-20,P2,measure,nprs,4,,,,,,,,,,,,,,,," STAMP "\n",
};

static struct str before, after, torn, again;

static struct slice
slice_from(const struct str *t, size_t at)
{
	return (struct slice){ str_text(t) + at, t->n - at };
}

static const struct inside *
append(const char *note)
{
	const char *const args[] = { "--append", "log.csv", "patient=P9", "kind=note", note, NULL };

	return inside_run(ptlog_main, "ptlog", args, (struct slice){ "", 0 });
}

/* The length of T without its last line, which must be the row appended. */
static size_t
without_row(const struct str *t, const char *note)
{
	size_t at = t->n;

	if (at == 0 || t->s[at - 1] != '\n')
		fault("the log does not end a line");
	for (at--; at > 0 && t->s[at - 1] != '\n'; at--)
		continue;
	if (memmem(t->s + at, t->n - at, note, strlen(note)) == NULL)
		fault("the last line is not the row appended: %s", t->s + at);
	return at;
}

/* What was cut off: kept byte for byte, and no whole row of a log in it. */
static void
check_stump(size_t at)
{
	const struct slice stump = slice_from(&before, at);

	if (at > 0 && before.s[at - 1] != '\n')
		fault("cut in the middle of a line");
	if (torn.n != stump.n + 1 || memcmp(torn.s, stump.s, stump.n) != 0)
		fault("the stump was not set aside: %s", str_text(&torn));
	for (size_t i = 0; i < LENGTH(rows) && strncmp(before.s, HEADER, strlen(HEADER)) == 0; i++)
		for (const char *found = stump.s;
		        (found = memmem(found, (size_t)(stump.s + stump.n - found), rows[i],
		                 strlen(rows[i]))) != NULL;
		        found++)
			if (found > stump.s && found[-1] == '\n')
				fault("a whole row was cut off: %s", rows[i]);
}

static void
check_healed(bool is_torn)
{
	const size_t body = without_row(&after, "first-new");
	const struct slice kept = { after.s, body };
	const bool ended = before.n == 0 || before.s[before.n - 1] == '\n';

	if (body > 0 && after.s[body - 1] != '\n')
		fault("glued to an unfinished line");
	if (before.n == 0 && slice_is(kept, SLICE(HEADER)))
		; /* a new log */
	else if (slice_is(kept, slice_from(&before, 0)) ||
	        (!ended && body == before.n + 1 && memcmp(kept.s, before.s, before.n) == 0)) {
		if (is_torn)
			fault("nothing was cut off, but something set aside");
	} else if (!ended && body < before.n && memcmp(kept.s, before.s, body) == 0)
		check_stump(body);
	else
		fault("the log's own bytes were changed");
}

static void
check_refused(bool is_torn)
{
	if (is_torn && after.n < before.n && memcmp(str_text(&after), before.s, after.n) == 0)
		check_stump(after.n);
	else if (is_torn || !slice_is(slice_from(&before, 0), slice_from(&after, 0)))
		fault("a refused append changed the log");
}

/* A second append finds nothing to heal. */
static void
check_again(void)
{
	const struct inside *got = append("note=second-new");

	if (got->status != 0 || strstr(str_text(&got->err), "last line") != NULL ||
	        strstr(str_text(&got->err), "set aside") != NULL)
		fault("a healed log was not well");
	inside_get("log.csv", &again);
	if (!slice_is((struct slice){ again.s, without_row(&again, "second-new") },
	            slice_from(&after, 0)))
		fault("the second append changed the log");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static bool begun;
	const struct inside *got;
	bool is_torn;

	if (!begun)
		inside_begin();
	begun = true;
	if (n == 0)
		return 0;
	str_reset(&before);
	if (bytes[0] & 1)
		str_puts(&before, HEADER);
	str_add(&before, (const char *)bytes + 1, n - 1);
	inside_put("log.csv", slice_from(&before, 0));
	inside_remove("log.csv.torn");
	got = append("note=first-new");
	inside_get("log.csv", &after);
	is_torn = inside_get("log.csv.torn", &torn);
	if (got->status == 2)
		check_refused(is_torn);
	if (got->status == 0) {
		check_healed(is_torn);
		check_again();
	}
	if (got->status == 1)
		fault("an append is done or not done");
	return 0;
}

#ifndef LIBFUZZER
static const struct slice torn_words[] = {
	SLICE(HEADER),
	SLICE("2026-11-20,P1,exercise,bridge,,,3,10,,,,,2,,,,,,,," STAMP "\n"),
	SLICE("2026-11-20,P1,note,note,,,,,,,,,,,,,,,,plain words," STAMP "\n"),
	SLICE("2026-11-20,P2,measure,nprs,4,,,,,,,,,,,,,,,," STAMP "\n"),
	SLICE("2026-11-20,P1,note,note,,,,,,,,,,,,,,,,\"with \"\"quotes\"\", and more\"," STAMP "\n"),
	SLICE("2026-11-20,P1,note,note,,,,,,,,,,,,,,,,\"two\nlines\"," STAMP "\n"),
	SLICE("2026-11-20,P1"),
	SLICE("date,patient,item,note\n"),
	SLICE("date;patient;item;note\n"),
	SLICE("\xef\xbb\xbf"),
	SLICE(STAMP),
	SLICE("\""),
	SLICE("\""),
	SLICE("\n"),
	SLICE("\r\n"),
	SLICE("\r"),
	SLICE(","),
	SLICE("\0"),
	SLICE("\0\0\0\0"),
	SLICE("\xff"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, torn_words, LENGTH(torn_words));
}
#endif
