/*
 * genlog: a made-up log on standard output, the same bytes for the same options.
 *
 *   genlog ROWS PATIENTS [together|scattered] [plain|quoted|crlf]
 *
 * Rows are sorted by date over three years.  Those of one visit stand together, six on
 * average; "scattered": each row is a visit of its own.  Half of the rows have a note; of
 * all rows 7 % have one in quotes and 1 % one with a line break inside.  "plain": no quotes at
 * all; "quoted": every field in quotes; "crlf": CR LF ends the records.  All rows are valid.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

#define TAILS 65536 /* rows without date and patient, of which each row is one */
#define DAYS 1095

static const char *const header[] = { "date", "patient", "kind", "item", "value", "side", "sets",
	"reps", "load_kg", "seconds", "pain_before", "pain_after", "rpe", "note" };

static const char *const exercises[] = { "sit-to-stand", "standing-heel-raise", "bridge", "clamshell",
	"side-plank", "bird-dog", "wall-plank", "step-up", "tandem-stand", "seated-knee-extension",
	"side-lying-hip-abduction", "mini-squat", "dead-bug", "ankle-pump", "glute-set" };
static const struct {
	const char *item;
	size_t most;
} measures[] = { { "nprs", 10 }, { "psfs", 10 }, { "berg", 56 }, { "tug", 60 }, { "gait-speed", 2 },
	{ "30s-chair-stand", 30 } };

static const char *const plain_notes[] = { "good form", "slow tempo", "needs cue", "no complaint",
	"tired today", "home programme", "with band", "full range", "stopped early",
	"better than last week", "mild swelling", "as planned", "supervised", "morning visit",
	"Übung ok" };
static const char *const comma_notes[] = { "stiff at start, loosened after warm-up",
	"left 3, right 4", "no swelling, no redness", "cue hips, knees, toes",
	"stopped at rep 8, cramp", "tired, slept badly" };
static const char *const quote_notes[] = { "patient says \"much better\"",
	"felt a \"pop\", no pain", "wants \"more weight\"", "reports \"pins and needles\"" };
static const char *const break_notes[] = { "stopped early\nresume Thursday",
	"home plan:\n2x10 daily\nice after", "see the letter,\ncopy in file" };

#define PICK(array) (array)[below(LENGTH(array))]

static uint64_t state = 1;
static bool no_quotes, all_quoted, crlf;

/* splitmix64 */
static size_t
below(size_t n)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (size_t)((z ^ (z >> 31)) % n);
}

static void
add(struct str *t, const char *text)
{
	bool quoted = all_quoted || text[strcspn(text, ",\"\n")] != '\0';

	str_puts(t, t->n > 0 ? "," : "");
	str_puts(t, quoted ? "\"" : "");
	for (; *text; text++) {
		if (*text == '"')
			str_putc(t, '"');
		str_putc(t, *text);
	}
	str_puts(t, quoted ? "\"" : "");
}

static void
add_number(struct str *t, bool there, size_t n, const char *tail)
{
	char text[32] = "";

	if (there)
		snprintf(text, sizeof(text), "%zu%s", n, tail);
	add(t, text);
}

static const char *
note(void)
{
	size_t x = below(100);

	if (x < 50)
		return "";
	if (x < 92 || no_quotes)
		return PICK(plain_notes);
	return x < 97 ? PICK(comma_notes) : x < 99 ? PICK(quote_notes) : PICK(break_notes);
}

static void
add_exercise(struct str *t)
{
	static const char *const sides[] = { "left", "right", "both", "" };
	bool timed = below(4) == 0;
	size_t halves = 1 + below(160);

	add(t, "exercise");
	add(t, PICK(exercises));
	add(t, "");
	add(t, PICK(sides));
	add_number(t, true, 1 + below(5), "");
	add_number(t, !timed, 4 + below(17), "");
	add_number(t, below(10) > 3, halves / 2, halves % 2 ? ".5" : "");
	add_number(t, timed, 10 + below(590), "");
}

static void
add_measure(struct str *t)
{
	size_t m = below(LENGTH(measures));

	add(t, "measure");
	add(t, measures[m].item);
	add_number(t, true, 1 + below(measures[m].most), "");
	for (int i = 0; i < 5; i++)
		add(t, "");
}

static char *
tail(void)
{
	struct str t = STR_INIT;
	size_t before = below(11), after = before + below(4);

	if (below(100) < 85)
		add_exercise(&t);
	else
		add_measure(&t);
	after = after < 2 ? 0 : after - 2 > 10 ? 10 : after - 2;
	add_number(&t, below(100) > 2, before, "");
	add_number(&t, below(100) > 2, after, "");
	add_number(&t, below(10) > 1, below(11), "");
	add(&t, note());
	str_puts(&t, crlf ? "\r\n" : "\n");
	return t.s;
}

static void
write_header(void)
{
	struct str t = STR_INIT;

	for (size_t i = 0; i < LENGTH(header); i++)
		add(&t, header[i]);
	printf("%s%s", str_text(&t), crlf ? "\r\n" : "\n");
	str_free(&t);
}

static void
write_rows(size_t rows, size_t patients, bool scattered)
{
	const char *quote = all_quoted ? "\"" : "";
	char **tails = xcalloc(TAILS, sizeof(*tails));
	size_t left = 0, patient = 0;
	char date[DATE_TEXT];

	for (size_t i = 0; i < TAILS; i++)
		tails[i] = tail();
	for (size_t i = 0; i < rows; i++) {
		date[day_write(date, day_of(2023, 1, 2) + (int)(i * DAYS / rows))] = '\0';
		if (left == 0) {
			left = scattered ? 1 : 1 + below(11);
			patient = 1 + below(patients);
		}
		left--;
		printf("%s%s%s,%sP%06zu%s,%s", quote, date, quote, quote, patient, quote,
			tails[below(TAILS)]);
	}
}

int
main(int argc, char *argv[])
{
	bool scattered = false;

	if (argc < 3)
		return 2;
	for (int i = 3; i < argc; i++) {
		scattered |= strcmp(argv[i], "scattered") == 0;
		no_quotes |= strcmp(argv[i], "plain") == 0;
		all_quoted |= strcmp(argv[i], "quoted") == 0;
		crlf |= strcmp(argv[i], "crlf") == 0;
	}
	write_header();
	write_rows(strtoul(argv[1], NULL, 10), strtoul(argv[2], NULL, 10), scattered);
	return ferror(stdout) || fclose(stdout) ? 2 : 0;
}
