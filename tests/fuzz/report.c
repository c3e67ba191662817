/*
 * Logs of any bytes as reports: whatever stands in notes, ids and tables, HTML is XML of a closed
 * set of tags, Markdown keeps its tables, and no text holds a byte that a terminal obeys.
 *
 * The first two bytes are options: report and format; whether the bytes stand below the log's own
 * header, and what else is asked for.
 */
#include "../fuzz/random.h"
#include "inside.h"
#include "markup.h"

#define HEADER                                                                                     \
	"date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,"        \
	"pain_after,dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded\n"

static const char *const reports[] = { "summary", "story", "sheet", "first-session", "table" };
static const char *const formats[] = { "html", "markdown", "text" };
#define REPORTS LENGTH(reports)
#define FORMATS LENGTH(formats)

enum { RAW = 1, ONE = 2, PERIOD = 4, ASCII = 8, COLOUR = 16, TITLE = 32, MAIL = 64, SILENT = 128 };

/* Lines of ASCII that a mailer takes as they are. */
static const char *
mail_fault(struct slice text, size_t *at)
{
	size_t length = 0;

	for (size_t i = 0; i < text.n; i++) {
		const unsigned char c = (unsigned char)text.s[i];

		*at = i;
		length = c == '\n' ? 0 : length + 1;
		if (c != '\n' && (c < 0x20 || c > 0x7e))
			return "no printable ASCII";
		if (length > 78)
			return "a long line";
	}
	return NULL;
}

static void
check(struct slice out, const char *format, unsigned options)
{
	const char *wrong;
	size_t at = 0;

	if (options & MAIL)
		wrong = mail_fault(out, &at);
	else if (strcmp(format, "html") == 0)
		wrong = html_fault(out, &at);
	else if (strcmp(format, "markdown") == 0)
		wrong = markdown_fault(out, &at);
	else
		wrong = text_fault(out, options & COLOUR, &at);
	if (wrong)
		fault("%s at byte %zu: %.80s", wrong, at, out.s + at);
}

static void
add(const char **args, size_t *n, const char *option, const char *value)
{
	args[(*n)++] = option;
	if (value)
		args[(*n)++] = value;
}

static void
try(const char *report, const char *format, unsigned options, struct slice input)
{
	static char ascii[] = "LC_ALL=C", utf8[] = "LC_ALL=C.UTF-8";
	const char *args[24] = { "--as", report };
	const struct inside *got;
	size_t n = 2;

	putenv(options & ASCII ? ascii : utf8);
	if (strcmp(report, "table") == 0)
		options &= ~(unsigned)(MAIL | SILENT);
	if (options & MAIL)
		add(args, &n, "--mail-to", "me@clinic.org");
	else
		add(args, &n, "-f", format);
	if (options & ONE)
		add(args, &n, "-p", "P1");
	if (options & PERIOD)
		add(args, &n, "-P", "2026-10-01..2026-11-20");
	if (options & COLOUR)
		add(args, &n, "--color", "always");
	if (options & TITLE)
		add(args, &n, "--title", "<b>|\x1b[1m&\xe2\x80\xae" "title\n#");
	if (options & SILENT)
		add(args, &n, "--if-attention", NULL);
	got = inside_run(ptreport_main, "ptreport", args, input);
	if (got->status == 2 && got->err.n == 0)
		fault("no report, and no word why");
	if (got->status < 2 && got->out.n > 0)
		check((struct slice){ got->out.s, got->out.n }, format, options);
	if (got->status < 2 && got->blocks > 0)
		fault("%zu blocks of memory were left", got->blocks);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct str input;
	static bool begun;

	if (!begun)
		inside_begin();
	begun = true;
	if (n < 2)
		return 0;
	str_reset(&input);
	if (!(bytes[1] & RAW))
		str_puts(&input, HEADER);
	str_add(&input, (const char *)bytes + 2, n - 2);
	try(reports[bytes[0] % REPORTS], formats[bytes[0] / REPORTS % FORMATS], bytes[1],
		(struct slice){ str_text(&input), input.n });
	return 0;
}

#ifndef LIBFUZZER
static const struct slice report_words[] = {
	SLICE("2026-11-20,P1,exercise,bridge,,,3,10,,,,3,4,,,,5,,,,\n"),
	SLICE("2026-11-13,P1,measure,nprs,4,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-10-13,P1,medicine,morphine,30,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-11-13,P1,note,note,,,,,,,,,,,,,,,,<script>alert(1)</script>,\n"),
	SLICE("2026-11-13,P1,redflag,saddle-numbness,1,,,,,,,,,,,,,,,,\n"),
	SLICE("2026-11-13,P1,profile,language,de,,,,,,,,,,,,,,,,\n"),
	SLICE("\n2026-11-19,P1,exercise,"),
	SLICE("\n2026-11-19,P2,measure,"),
	SLICE("\n2026-11-19,P1,profile,goal,"),
	SLICE("\n2026-11-19,P1,plan,bridge,,,3,10,,,3,,,,,,,start,first,"),
	SLICE("P1"),
	SLICE("condition"),
	SLICE("low-back-pain"),
	SLICE(","),
	SLICE(",,"),
	SLICE("<b>"),
	SLICE("</td>"),
	SLICE("&amp;"),
	SLICE("\"\"\"\""),
	SLICE("|"),
	SLICE("`a`"),
	SLICE("](x)"),
	SLICE("\x1b[31m"),
	SLICE("\xe2\x80\xae"),
	SLICE("\xc2\x9b"),
	SLICE("\xef\xbf\xbf"),
	SLICE("\xf0\x9f\x98\x80"),
	SLICE("e\xcc\x81"),
	SLICE("999999999999999"),
	SLICE("0.000001"),
	SLICE("2199-12-31"),
	SLICE("1900-01-01"),
	SLICE("\n"),
};

int
main(int argc, char *argv[])
{
	return fuzz_main(argc, argv, report_words, LENGTH(report_words));
}
#endif
